/// Rows gathered into trials.
#include "inference/trials.hpp"

#include "base/flat_math.hpp"

namespace hansa {

std::vector<std::size_t> trial_starts(Design const& design) {
  std::vector<std::size_t> starts;
  for (std::size_t row = 0; row < design.rows();) {
    starts.push_back(row);
    std::size_t end = row + 1;
    if (design.spell[row] >= 0) {
      while (end < design.rows() && design.spell[end] == design.spell[row]) ++end;
      if (design.event[end - 1] == 0) end = row + 1;
    }
    row = end;
  }
  starts.push_back(design.rows());
  return starts;
}

Trials trials_of(Design const& design, Eigen::VectorXd const& chances) {
  Trials trials;
  std::vector<std::size_t> const starts = trial_starts(design);
  for (std::size_t t = 0; t + 1 < starts.size(); ++t) {
    std::size_t const row = starts[t], end = starts[t + 1];
    double chance = chances[static_cast<Eigen::Index>(row)];
    if (end > row + 1) {
      double log_none = 0;
      for (std::size_t k = row; k < end; ++k) log_none += flat::log1p(-chances[static_cast<Eigen::Index>(k)]);
      chance = -flat::expm1(log_none);
    }
    trials.chance.push_back(chance);
    trials.event.push_back(design.event[end - 1]);
    trials.city.push_back(design.city[row]);
  }
  return trials;
}

}  // namespace hansa
