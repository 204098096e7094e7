/// Counts along the ties of each adopter.
#include "statistics/following.hpp"

#include <limits>

namespace hansa {

namespace {

/// Discounted counts of one city.
struct Followed {
  double just = 0, all = 0, anywhere = 0;
};

/// What k = 1 … periods steps away count.
std::vector<double> discounts(FollowingStatistic const& how) {
  std::vector<double> counts;
  double power = 1;
  for (std::int32_t k = 1; k <= how.periods; ++k) {
    counts.push_back(1 / (how.discount ? power : static_cast<double>(k)));
    if (how.discount) power *= *how.discount;
  }
  return counts;
}

}  // namespace

std::vector<double> following(Adoptions const& adoptions, TieRows const& rows, FollowingStatistic const& how) {
  bool const ahead = how.of == FollowingStatistic::Of::infection;
  Index const n = adoptions.cities();
  std::vector<double> found(n, std::numeric_limits<double>::quiet_NaN());
  std::vector<double> in_step(static_cast<std::size_t>(adoptions.steps) + 1, 0);  // adoptions of all known cities
  for (Index j = 0; j < n; ++j)
    if (adoptions.has_time(j) && adoptions.step(j) >= 1) in_step[static_cast<std::size_t>(adoptions.step(j))] += 1;
  std::vector<double> const counts = discounts(how);
  for (Index i = 0; i < n; ++i) {
    if (!adoptions.has_time(i)) continue;
    Followed sums;
    for (std::int32_t k = 1; k <= how.periods; ++k) {
      std::int64_t const step = adoptions.step(i) + (ahead ? k : -k);
      if (step < 1 || step > adoptions.steps) continue;
      double const count = counts[static_cast<std::size_t>(k - 1)];
      sums.anywhere += count * in_step[static_cast<std::size_t>(step)];
      for (std::size_t entry = rows.first[i]; entry < rows.first[i + 1]; ++entry) {
        Index const j = rows.city[entry];
        if (!adoptions.has_time(j) || !rows.holds(entry, ahead ? step : step + 1)) continue;
        std::int64_t const when = adoptions.step(j);
        if (when == step) sums.just += count;
        if (ahead ? when >= step : when <= step) sums.all += count;
      }
    }
    found[i] = sums.all > 0 ? sums.just / sums.all : 0;
    if (how.relative) found[i] = sums.anywhere > 0 ? found[i] / sums.anywhere : 0;
  }
  return found;
}

}  // namespace hansa
