/// Exposure in a pool from its counters.
#include "mechanisms/exposure_pool.hpp"

#include "mechanisms/pool_term.hpp"

namespace hansa {

namespace {

class PoolExposure final : public PoolTerm<PoolExposure> {
 public:
  PoolExposure(PoolCount pool, Normalize normalize, WeightUnit unit, ShapeFunction shape)
      : PoolTerm(std::move(pool)), normalize_(normalize), unit_(unit), shape_(shape) {}
  [[nodiscard]] double of(std::int32_t adopters, std::int32_t others) const noexcept {
    if (normalize_ != Normalize::share) return shape_(unit_(adopters));
    return others > 0 ? shape_(double(adopters) / others) : 0;
  }

 private:
  Normalize normalize_;
  WeightUnit unit_;
  ShapeFunction shape_;
};

}  // namespace

std::unique_ptr<Term> make_pool_exposure(PoolCount pool, Normalize normalize, WeightUnit unit, ShapeFunction shape) {
  return std::make_unique<PoolExposure>(std::move(pool), normalize, unit, shape);
}

}  // namespace hansa
