/// Counters of a pool, in logarithms.
#include "mechanisms/log_adopters.hpp"

#include <algorithm>
#include <array>

#include "base/flat_math.hpp"
#include "mechanisms/pool.hpp"

namespace hansa {

namespace {

constexpr std::array log_adopters_fields{
    Field{.name = "pool", .kind = Kind::pool, .need = Need::required, .meaning = "the cities whose adopters count"},
};

class LogAdopters final : public TermOf<LogAdopters> {
 public:
  explicit LogAdopters(PoolCount pool) : pool_(std::move(pool)) {}

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
      std::fill_n(m, cities.size(), static_cast<Lane>(flat::log1p(double(pool_.adopters(counts, cities[0])))));
      return;
    }
    std::int32_t last_n = 0;
    Lane last = 0;
    for (std::size_t k = 0; k < cities.size(); ++k) {
      std::int32_t const n = pool_.adopters(counts, cities[k]);
      if (n != last_n) {
        last_n = n;
        last = static_cast<Lane>(flat::log1p(double(n)));
      }
      m[k] = last;
    }
  }

 private:
  struct Counters final : Kept {
    PoolCount::Counts counts;
  };
  PoolCount pool_;
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
