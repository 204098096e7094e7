/// Remembers who has adopted another policy.
#include "mechanisms/synergy.hpp"

#include <algorithm>
#include <array>

namespace hansa {

namespace {

constexpr std::array synergy_fields{
    Field{.name = "policy", .kind = Kind::policy, .need = Need::required, .meaning = "another policy of the same city"},
};

class Synergy final : public TermOf<Synergy> {
 public:
  Synergy(PolicyId other, Index cities) : other_(other), cities_(cities) {}

  std::unique_ptr<Kept> keep() const override { return std::make_unique<Adopted>(); }
  void reset(Kept& kept, Outset const&) const override { static_cast<Adopted&>(kept).has.assign(cities_, 0); }
  void apply(Kept&, std::span<Event const>, Touched&) const override {}
  void apply_other(Kept& kept, PolicyId other, std::span<Event const> events, Touched& touched) const override {
    if (other.value != other_.value) return;
    for (Event const& event : events) {
      static_cast<Adopted&>(kept).has[event.city] = event.sign > 0 ? 1 : 0;
      touched.add(event.city);
    }
  }
  std::size_t bytes_per_city() const noexcept override { return 1; }

  template <class Lane>
  void evaluate(Kept const& kept, std::span<Index const> cities, Lane* m) const {
    auto const& has = static_cast<Adopted const&>(kept).has;
    for (std::size_t k = 0; k < cities.size(); ++k) m[k] = static_cast<Lane>(has[cities[k]]);
  }

 private:
  struct Adopted final : Kept {
    std::vector<std::uint8_t> has;  // per city
  };
  PolicyId other_;
  Index cities_;
};

}  // namespace

constexpr Schema synergy_schema{
    .name = "synergy",
    .opening = "Synergy: having adopted another policy makes this one easier, or harder.",
    .formula = "M = 1 if the city has adopted the other policy, else 0",
    .source = "Peterson & Mahajan 1978",
    .parameters = synergy_fields,
    .observable = true,
};

std::unique_ptr<Term> make_synergy(MechanismSpec const& spec, TermContext const& context, Complaints& complaints) {
  Reference const& name = spec.parameters.reference("policy");
  if (name.name == context.policy.name) {
    complaints.add("'" + spec.name + "' is a synergy of '" + name.name + "' with itself", name.where,
                   "another policy was expected");
    return nullptr;
  }
  auto const found = std::find_if(context.policies.begin(), context.policies.end(),
                                  [&](PolicySpec const& each) { return each.name == name.name; });
  if (found == context.policies.end()) {
    complaints.add("unknown policy '" + name.name + "'", name.where, "the name of a policy was expected");
    return nullptr;
  }
  PolicyId const other{static_cast<Index>(found - context.policies.begin())};
  return std::make_unique<Synergy>(other, context.world.cities.size());
}

}  // namespace hansa
