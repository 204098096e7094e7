/// Counters of a pool, in logarithms.
#include "mechanisms/log_adopters.hpp"

#include <array>

#include "base/flat_math.hpp"
#include "mechanisms/pool_term.hpp"

namespace hansa {

namespace {

constexpr std::array log_adopters_fields{
    Field{.name = "pool", .kind = Kind::pool, .need = Need::required, .meaning = "the cities whose adopters count"},
};

class LogAdopters final : public PoolTerm<LogAdopters> {
 public:
  using PoolTerm::PoolTerm;
  [[nodiscard]] double of(std::int32_t adopters, std::int32_t /*others*/) const noexcept {
    return flat::log1p(double(adopters));
  }
};

}  // namespace

constexpr Schema log_adopters_schema{
    .name = "log_adopters",
    .opening = "Adopters so far, with diminishing effect: the covariate of the event-history literature.",
    .formula = "M = ln(1 + N), N the other current adopters in the pool",
    .source = "Berry & Berry 1990; Allison 1982",
    .parameters = log_adopters_fields,
    .observable = true,
};

std::unique_ptr<Term> make_log_adopters(MechanismSpec const& spec, TermContext const& context, Complaints& complaints) {
  auto pool = PoolCount::make(spec.parameters.pool("pool"), Counted::current, context, complaints);
  if (!pool) return nullptr;
  return std::make_unique<LogAdopters>(std::move(*pool));
}

}  // namespace hansa
