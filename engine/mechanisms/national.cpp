/// Keeps which countries have a law in force.
#include "mechanisms/national.hpp"

#include <array>

#include "mechanisms/enactment.hpp"

namespace hansa {

namespace {

constexpr std::array<std::string_view, 3> kinds{"enabling", "mandate", "preempt"};
constexpr std::array hazard_fields{
    Field{.name = "base",
          .kind = Kind::number_or_attribute,
          .need = Need::required,
          .lowest = 0,
          .highest = 64,
          .meaning = "b: hazard of enacting in a step while no city of the country has adopted"},
    Field{.name = "share",
          .kind = Kind::number_or_attribute,
          .need = Need::required,
          .lowest = 0,
          .highest = 64,
          .meaning = "a: what is added to it when all of them have"},
};
constexpr std::array enact_fields{
    Field{.name = "share",
          .kind = Kind::number_or_attribute,
          .lowest = 0,
          .highest = 1,
          .meaning = "s*: at the end of the first step in which this share of the country's cities has the policy"},
    Field{.name = "hazard",
          .kind = Kind::section,
          .meaning = "at random, the sooner the more of the country's cities have it",
          .inside = hazard_fields},
    Field{.name = "file",
          .kind = Kind::file,
          .meaning = "table of laws: country, policy, from; in force from that step on"},
};
constexpr std::array national_fields{
    Field{.name = "kind",
          .kind = Kind::choice,
          .need = Need::required,
          .meaning = "enabling: adds the strength; mandate: binds the cities to adopt; preempt: bars them from it",
          .choices = kinds},
    Field{.name = "enact",
          .kind = Kind::section,
          .need = Need::required,
          .meaning = "when national governments enact the law: one of share, hazard and file",
          .inside = enact_fields},
    Field{.name = "delay",
          .kind = Kind::number_or_attribute,
          .standard = "0",
          .lowest = 0,
          .highest = 32000,
          .unit = "steps",
          .meaning = "whole steps from the one after enactment to the first in which the law is in force"},
    Field{.name = "compliance",
          .kind = Kind::number_or_attribute,
          .standard = "1",
          .lowest = 0,
          .highest = 1,
          .meaning = "mandate: chance that a city adopts in a step by the law alone"},
};

constexpr std::array<std::string_view, 5> national_by_date{"enact.share", "enact.hazard.base", "enact.hazard.share",
                                                           "delay", "compliance"};

class National final : public TermOf<National> {
 public:
  National(Enactment enactment, Force force, std::vector<double> compliance)
      : enactment_(std::move(enactment)), force_(force), compliance_(std::move(compliance)) {}

  std::unique_ptr<Kept> keep() const override { return std::make_unique<Now>(); }
  void reset(Kept& kept, Outset const& outset) const override {
    enactment_.reset(static_cast<Now&>(kept).state, outset);
  }
  void apply(Kept& kept, std::span<Event const> events, Touched&) const override {
    enactment_.apply(static_cast<Now&>(kept).state, events);
  }
  void advance(Kept& kept, Moment moment, Touched& touched) const override {
    enactment_.advance(static_cast<Now&>(kept).state, moment.step, touched);
  }
  Force force() const noexcept override { return force_; }
  double compliance(Index city) const override {
    std::int32_t const country = enactment_.country(city);
    return country < 0 ? 0 : compliance_[static_cast<std::size_t>(country)];
  }

  template <class Lane>
  void evaluate(Kept const& kept, std::span<Index const> cities, Lane* m) const {
    auto const& state = static_cast<Now const&>(kept).state;
    for (std::size_t k = 0; k < cities.size(); ++k) m[k] = enactment_.in_force(state, cities[k]) ? Lane{1} : Lane{0};
  }

 private:
  struct Now final : Kept {
    Enactment::State state;
  };
  Enactment enactment_;
  Force force_;
  std::vector<double> compliance_;  // per country, of a mandate
};

}  // namespace

constexpr Schema national_schema{
    .name = "national",
    .opening =
        "National legislation: a law of the city's country, enacted as its cities adopt or from outside, makes "
        "adoption easier, binds cities to it, or bars them from it.",
    .formula =
        "M = 1 while the law of the city's country is in force, else 0; enacted at the end of the first step t "
        "with s(t) >= s*, or with sum over u = 1 … t of (b + a s(u)) >= R, R ~ Exp(1) of the country, s the share "
        "of its cities that have adopted; in force from step t + 1 + delay on, for good",
    .source = "Shipan & Volden 2008; Berry & Berry 1990",
    .parameters = national_fields,
    .observable = false,
    .remembers = true,
    .by_date = national_by_date,
};

std::unique_ptr<Term> make_national(MechanismSpec const& spec, TermContext const& context, Complaints& complaints) {
  auto enactment = Enactment::make(spec, context, complaints);
  if (!enactment) return nullptr;
  std::string const& kind = spec.parameters.text("kind");
  Force const force = kind == "mandate" ? Force::mandate : kind == "preempt" ? Force::bar : Force::pressure;
  std::vector<double> compliance;
  if (force == Force::mandate) {
    auto numbers = numbers_of_countries(spec, "compliance", 1, context, complaints);
    if (!numbers) return nullptr;
    compliance = *std::move(numbers);
  }
  return std::make_unique<National>(*std::move(enactment), force, std::move(compliance));
}

}  // namespace hansa
