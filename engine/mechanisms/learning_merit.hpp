/// What a policy turns out to be worth to its adopters.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/attribute_sums.hpp"
#include "model/catalogue.hpp"
#include "model/reinvention.hpp"
#include "model/term.hpp"
#include "world/cities.hpp"

namespace hansa {

/// The performance q = μ + γ·x + σ z of a policy in an adopter, x its attributes when it adopts, z standard normal and
/// drawn anew in each adoption episode; or q as the data have it. Where the adopter adapts the policy, the gain of its
/// reinvention is added. Shared const.
class Merit {
 public:
  /// Complains of attributes that are unknown, text, or have missing values: then it cannot be used.
  Merit(TermContext const& context, Complaints& complaints);

  /// One replicate: the stream of draws, and μ + γ·x as it is now.
  struct Now {
    std::uint64_t key = 0;
    Reinvention reinvention = {};
    std::vector<double> expected = {};  ///< empty where no attribute changes
    std::size_t next_change = 0;
  };
  void reset(Now& now, Outset const& outset) const;
  /// Brings attributes to those of `step`.
  void advance(Now& now, std::int32_t step) const;
  /// q of adoptions that begin in `step`, the cities' episode `episode`; one value a city.
  void realise(Now const& now, std::span<Index const> cities, std::int32_t episode, std::int32_t step,
               std::span<double> q) const;

 private:
  void follow_dates(std::vector<Phase> const& phases, TermContext const& context);

  Cities const& cities_;
  std::uint64_t policy_;
  double mean_;             // of all cities, where no attribute matters and it never changes
  double drawn_;            // sd of what is drawn, 0: nothing is
  AttributeSums expected_;  // μ + γ·x; empty: mean_
  Reinvention reinvention_;
  bool gains_ = false;  // by it; else nothing is drawn
};

}  // namespace hansa
