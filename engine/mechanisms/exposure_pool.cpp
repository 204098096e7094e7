/// Exposure in a pool from its counters.
#include "mechanisms/exposure_pool.hpp"

#include <algorithm>

namespace hansa {

namespace {

class PoolExposure final : public TermOf<PoolExposure> {
 public:
  PoolExposure(PoolCount pool, Normalize normalize, WeightUnit unit, ShapeFunction shape)
      : pool_(std::move(pool)), normalize_(normalize), unit_(unit), shape_(shape) {}

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
      std::fill_n(m, cities.size(), static_cast<Lane>(of(pool_.adopters(counts, 0), pool_.others(counts, 0))));
      return;
    }
    std::int32_t last_adopters = -1;
    std::int32_t last_others = -1;
    Lane last{};
    for (std::size_t k = 0; k < cities.size(); ++k) {
      std::int32_t const adopters = pool_.adopters(counts, cities[k]);
      std::int32_t const others = pool_.others(counts, cities[k]);
      if (adopters != last_adopters || others != last_others) {
        last_adopters = adopters;
        last_others = others;
        last = static_cast<Lane>(of(adopters, others));
      }
      m[k] = last;
    }
  }

 private:
  struct Counters final : Kept {
    PoolCount::Counts counts;
  };

  [[nodiscard]] double of(std::int32_t adopters, std::int32_t others) const noexcept {
    if (normalize_ != Normalize::share) return shape_(unit_(adopters));
    return others > 0 ? shape_(double(adopters) / others) : 0;
  }

  PoolCount pool_;
  Normalize normalize_;
  WeightUnit unit_;
  ShapeFunction shape_;
};

}  // namespace

std::unique_ptr<Term> make_pool_exposure(PoolCount pool, Normalize normalize, WeightUnit unit, ShapeFunction shape) {
  return std::make_unique<PoolExposure>(std::move(pool), normalize, unit, shape);
}

}  // namespace hansa
