/// The cost curve of a pool, in logarithms.
#include "mechanisms/scale.hpp"

#include <algorithm>
#include <array>

#include "base/flat_math.hpp"
#include "mechanisms/pool.hpp"

namespace hansa {

namespace {

constexpr std::array shared_fields{
    Field{.name = "fixed",
          .need = Need::required,
          .lowest = 0,
          .unit = "currency",
          .meaning = "cost per step that all current adopters share"},
    Field{.name = "variable",
          .need = Need::required,
          .lowest = 0,
          .unit = "currency",
          .meaning = "cost per step of each adopter"},
};
constexpr std::array scale_fields{
    Field{.name = "pool",
          .kind = Kind::pool,
          .need = Need::required,
          .meaning = "the cities whose adoptions lower the cost"},
    Field{.name = "progress_ratio",
          .lowest = 0.01,
          .highest = 2,
          .meaning = "cost after a doubling of 1+N, as a share of the cost before; or `shared`"},
    Field{.name = "shared",
          .kind = Kind::section,
          .meaning = "a fixed cost that current adopters share; or `progress_ratio`",
          .inside = shared_fields},
};

/// ln(c_ref / c) as a function of N.
class CostCurve {
 public:
  explicit CostCurve(Parameters const& parameters) {
    if (parameters.has("progress_ratio")) {
      slope_ = -flat::log(parameters.number("progress_ratio")) / flat::log(2.0);
    } else {
      fixed_ = parameters.number("shared.fixed");
      variable_ = parameters.number("shared.variable");
    }
  }
  [[nodiscard]] double operator()(std::int32_t n) const noexcept {
    if (fixed_ + variable_ == 0) return slope_ * flat::log(1.0 + n);
    return flat::log((variable_ + fixed_) / (variable_ + fixed_ / (1.0 + n)));
  }

 private:
  double slope_ = 0;
  double fixed_ = 0;
  double variable_ = 0;
};

class Scale final : public TermOf<Scale> {
 public:
  Scale(PoolCount pool, CostCurve curve) : pool_(std::move(pool)), curve_(curve) {}

  std::unique_ptr<Kept> keep() const override { return std::make_unique<Counters>(); }
  void reset(Kept& kept, Outset const& outset) const override {
    pool_.reset(static_cast<Counters&>(kept).counts, outset);
  }
  void apply(Kept& kept, std::span<Event const> events, Touched& touched) const override {
    pool_.apply(static_cast<Counters&>(kept).counts, events, touched);
  }
  void advance(Kept& kept, Moment moment, Touched& touched) const override {
    pool_.advance(static_cast<Counters&>(kept).counts, moment, touched);
  }
  std::size_t bytes_per_city() const noexcept override { return pool_.per_city() ? 4 : 0; }

  template <class Lane>
  void evaluate(Kept const& kept, std::span<Index const> cities, Lane* m) const {
    PoolCount::Counts const& counts = static_cast<Counters const&>(kept).counts;
    if (pool_.uniform() && !cities.empty()) {
      std::fill_n(m, cities.size(), static_cast<Lane>(curve_(pool_.adopters(counts, cities[0]))));
      return;
    }
    std::int32_t last_n = -1;
    Lane last{};
    for (std::size_t k = 0; k < cities.size(); ++k) {
      std::int32_t const n = pool_.adopters(counts, cities[k]);
      if (n != last_n) {
        last_n = n;
        last = static_cast<Lane>(curve_(n));
      }
      m[k] = last;
    }
  }

 private:
  struct Counters final : Kept {
    PoolCount::Counts counts;
  };
  PoolCount pool_;
  CostCurve curve_;
};

}  // namespace

constexpr Schema scale_schema{
    .name = "scale",
    .opening = "Economies of scale: earlier adoptions in the pool lower the cost.",
    .formula = "M = ln(c_ref / c), c = c_ref (1+N)^(-b), b = -log2(progress_ratio); or c = variable + fixed/(1+N)",
    .source = "Wright 1936",
    .parameters = scale_fields,
    .observable = true,
};

std::unique_ptr<Term> make_scale(MechanismSpec const& spec, TermContext const& context, Complaints& complaints) {
  Parameters const& parameters = spec.parameters;
  bool const shared = parameters.has("shared.fixed");
  if (parameters.has("progress_ratio") == shared) {
    complaints.add("scale needs one of 'progress_ratio' and 'shared'", spec.where, "say how the cost falls");
    return nullptr;
  }
  auto const scales = std::count_if(context.policy.mechanisms.begin(), context.policy.mechanisms.end(),
                                    [](MechanismSpec const& other) { return other.kind == "scale"; });
  if (shared && scales > 1) {
    complaints.add("'shared' beside another scale mechanism", parameters.place("shared.fixed"),
                   "it gives the cost itself: no other scale was expected");
    return nullptr;
  }
  if (shared && parameters.number("shared.fixed") + parameters.number("shared.variable") <= 0) {
    complaints.add("'shared' has no cost at all", parameters.place("shared.fixed"),
                   "fixed + variable > 0 was expected");
    return nullptr;
  }
  auto pool =
      PoolCount::make(parameters.pool("pool"), shared ? Counted::current : Counted::episodes, context, complaints);
  if (!pool) return nullptr;
  return std::make_unique<Scale>(std::move(*pool), CostCurve(parameters));
}

}  // namespace hansa
