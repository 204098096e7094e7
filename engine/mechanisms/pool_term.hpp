/// A term whose value depends on nothing but the counts of a pool.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>

#include "mechanisms/pool.hpp"

namespace hansa {

/// Mechanism has a member `double of(std::int32_t adopters, std::int32_t others) const`: M of a city whose pool counts
/// so many adopters among so many other cities.
template <class Mechanism>
class PoolTerm : public TermOf<Mechanism> {
 public:
  explicit PoolTerm(PoolCount pool) : pool_(std::move(pool)) {}

  std::unique_ptr<Kept> keep() const final { return std::make_unique<Counters>(); }
  void reset(Kept& kept, Outset const& outset) const final { pool_.reset(static_cast<Counters&>(kept).counts, outset); }
  void apply(Kept& kept, std::span<Event const> events, Touched& touched) const final {
    pool_.apply(static_cast<Counters&>(kept).counts, events, touched);
  }
  void advance(Kept& kept, Moment moment, Touched& touched) const final {
    pool_.advance(static_cast<Counters&>(kept).counts, moment, touched);
  }
  std::size_t bytes_per_city() const noexcept final { return pool_.per_city() ? 4 : 0; }

  void value_of_adopters(Kept const& kept, std::span<Index const> cities, double* m) const final {
    PoolCount::Counts const& counts = static_cast<Counters const&>(kept).counts;
    evaluate_each(counts, cities, m, [&](Index city) { return pool_.adopters_beside(counts, city); });
  }

  template <class Lane>
  void evaluate(Kept const& kept, std::span<Index const> cities, Lane* m) const {
    auto const& mechanism = static_cast<Mechanism const&>(*this);
    PoolCount::Counts const& counts = static_cast<Counters const&>(kept).counts;
    if (pool_.uniform() && !cities.empty()) {
      double const all = mechanism.of(pool_.adopters(counts, cities[0]), pool_.others(counts, cities[0]));
      std::fill_n(m, cities.size(), static_cast<Lane>(all));
      return;
    }
    evaluate_each(counts, cities, m, [&](Index city) { return pool_.adopters(counts, city); });
  }

 private:
  struct Counters final : Kept {
    PoolCount::Counts counts;
  };

  template <class Lane, class Adopters>
  void evaluate_each(PoolCount::Counts const& counts, std::span<Index const> cities, Lane* m,
                     Adopters const& adopters_of) const {
    auto const& mechanism = static_cast<Mechanism const&>(*this);
    // Neighbours in the list are often in one pool.
    std::int32_t last_adopters = -1;
    std::int32_t last_others = -1;
    Lane last{};
    for (std::size_t k = 0; k < cities.size(); ++k) {
      std::int32_t const adopters = adopters_of(cities[k]);
      std::int32_t const others = pool_.others(counts, cities[k]);
      if (adopters != last_adopters || others != last_others) {
        last_adopters = adopters;
        last_others = others;
        last = static_cast<Lane>(mechanism.of(adopters, others));
      }
      m[k] = last;
    }
  }

  PoolCount pool_;
};

}  // namespace hansa
