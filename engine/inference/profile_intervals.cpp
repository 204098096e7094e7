/// Root finding on constrained maxima.
#include "inference/profile_intervals.hpp"

#include <cmath>
#include <limits>

namespace hansa {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// How the coordinates move with the coefficient, and what holds it.
struct Path {
  Eigen::VectorXd shift;  // of the coordinates per unit of the coefficient
  Constraints constraints;
  double scale = 1;      // change of the constraint's multiplier to the coefficient's
  bool bounded = false;  // the coefficient is at least 0
};

Path make_path(Maximum const& best, ProfileQuestion const& question) {
  Path path{Eigen::VectorXd::Zero(best.at.size()), question.constraints, 1, false};
  Eigen::Index single = -1, others = 0;
  for (Eigen::Index k = 0; k < question.direction.size(); ++k) {
    if (question.direction[k] == 0) continue;
    single = k;
    ++others;
  }
  if (others == 1) {
    path.constraints.fixed.resize(static_cast<std::size_t>(best.at.size()), 0);
    path.constraints.fixed[static_cast<std::size_t>(single)] = 1;
    path.scale = 1 / question.direction[single];
    path.shift[single] = path.scale;
    auto const& nonnegative = question.constraints.nonnegative;
    path.bounded = !nonnegative.empty() && nonnegative[static_cast<std::size_t>(single)] != 0;
    return path;
  }
  path.constraints.direction = question.direction;
  std::vector<Eigen::Index> free;
  for (Eigen::Index k = 0; k < best.at.size(); ++k)
    if (best.on_bound[static_cast<std::size_t>(k)] == 0) free.push_back(k);
  Eigen::MatrixXd v = inverse_of(best.there.observed(free, free));
  if (v.size() == 0) v = inverse_of(best.there.expected(free, free));
  if (v.size() == 0)
    v = Eigen::MatrixXd::Identity(static_cast<Eigen::Index>(free.size()), static_cast<Eigen::Index>(free.size()));
  Eigen::VectorXd const along = question.direction(free);
  Eigen::VectorXd const moved = v * along / along.dot(v * along);
  for (std::size_t k = 0; k < free.size(); ++k) path.shift[free[k]] = moved[static_cast<Eigen::Index>(k)];
  return path;
}

Eigen::VectorXd moved_start(Eigen::VectorXd const& from, Path const& path, double by) {
  Eigen::VectorXd b = from + by * path.shift;
  for (Eigen::Index k = 0; k < b.size(); ++k) {
    auto const at = static_cast<std::size_t>(k);
    if (!path.constraints.nonnegative.empty() && path.constraints.nonnegative[at] != 0 && b[k] < 0) b[k] = 0;
  }
  return b;
}

}  // namespace

double profile_end(Objective const& objective, Maximum const& best, ProfileQuestion const& question) {
  Path const path = make_path(best, question);
  double const centre = question.direction.dot(best.at);
  double const farthest = question.side < 0 && path.bounded ? centre : infinity;
  // distances from the estimate: the root lies above `low` and below `high`
  double low = 0, high = infinity, reached = 0;
  double distance = std::min(question.z * question.error, farthest);
  Eigen::VectorXd from = best.at;
  for (int step = 0; step < 80; ++step) {
    Maximum const there = maximise(objective, moved_start(from, path, question.side * (distance - reached)),
                                   path.constraints, question.tolerance);
    double const loss = 2 * (best.there.value - there.there.value);
    double const root = loss > 0 ? std::sqrt(loss) : 0;
    if (std::isfinite(loss) && std::fabs(root - question.z) < 1e-9 * question.z) break;
    if (root < question.z) {
      if (distance >= farthest) break;
      low = distance;
    } else {
      high = distance;
    }
    if (std::isfinite(loss)) {
      from = there.at;
      reached = distance;
    }
    if (high - low < 1e-12 * high) break;
    if (high == infinity && low > 1e4 * question.error) return question.side * infinity;
    double const slope = -question.side * there.multiplier * path.scale / root;
    double next = distance + (question.z - root) / slope;
    double const ceiling = high < infinity ? high : 3 * low;
    if (!(next > low && next < ceiling)) next = high < infinity ? 0.5 * (low + high) : 3 * low;
    distance = std::min(next, farthest);
  }
  return centre + question.side * distance;
}

}  // namespace hansa
