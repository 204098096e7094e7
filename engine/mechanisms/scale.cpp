/// The cost curve of a pool, in logarithms.
#include "mechanisms/scale.hpp"

#include <array>

#include "base/flat_math.hpp"
#include "mechanisms/pool_term.hpp"

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

class Scale final : public PoolTerm<Scale> {
 public:
  Scale(PoolCount pool, CostCurve curve) : PoolTerm(std::move(pool)), curve_(curve) {}
  [[nodiscard]] double of(std::int32_t adopters, std::int32_t /*others*/) const noexcept { return curve_(adopters); }

 private:
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
  bool const falls = parameters.has("progress_ratio");
  if (falls && shared) {
    refuse_both(spec.kind, "progress_ratio", parameters.place("progress_ratio"), "shared",
                parameters.place("shared.fixed"), complaints);
    return nullptr;
  }
  if (!falls && !shared) {
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
  if (shared && context.policy.cost) {
    complaints.add("'shared' beside the 'cost' of the policy", parameters.place("shared.fixed"),
                   "it gives the cost itself, in every step: no 'cost' was expected");
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
