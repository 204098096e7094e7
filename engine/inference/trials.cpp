/// Rows gathered into trials.
#include "inference/trials.hpp"

#include "base/flat_math.hpp"

namespace hansa {

Trials trials_of(Design const& design, Eigen::VectorXd const& chances) {
  Trials trials;
  for (std::size_t row = 0; row < design.rows();) {
    std::size_t end = row + 1;
    if (design.spell[row] >= 0) {
      while (end < design.rows() && design.spell[end] == design.spell[row]) ++end;
      if (design.event[end - 1] == 0) end = row + 1;
    }
    double chance = chances[static_cast<Eigen::Index>(row)];
    if (end > row + 1) {
      double log_none = 0;
      for (std::size_t k = row; k < end; ++k) log_none += flat::log1p(-chances[static_cast<Eigen::Index>(k)]);
      chance = -flat::expm1(log_none);
    }
    trials.chance.push_back(chance);
    trials.event.push_back(design.event[end - 1]);
    trials.city.push_back(design.city[row]);
    row = end;
  }
  return trials;
}

}  // namespace hansa
