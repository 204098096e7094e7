/// Root finding on constrained maxima.
#include "inference/profile_intervals.hpp"

#include <cmath>
#include <limits>

#include "base/schema.hpp"

namespace hansa {

namespace {

/// How the coordinates move with the coefficient, and what holds it.
struct Path {
  Eigen::VectorXd shift;  // of the coordinates per unit of the coefficient
  Constraints constraints;
  double scale = 1;      // change of the constraint's multiplier to the coefficient's
  bool bounded = false;  // the coefficient is at least 0
  bool single = false;   // the coefficient is one coordinate
};

/// The change of all coordinates with direction·b by which the likelihood loses least, as it bends at a point; of a
/// point that bends no way, the shortest.
Eigen::VectorXd easiest_shift(Maximum const& at, Eigen::VectorXd const& direction) {
  std::vector<Eigen::Index> free;
  for (Eigen::Index k = 0; k < at.at.size(); ++k)
    if (at.on_bound[static_cast<std::size_t>(k)] == 0) free.push_back(k);
  Eigen::MatrixXd v = inverse_of(at.there.observed(free, free));
  if (v.size() == 0) v = inverse_of(at.there.expected(free, free));
  if (v.size() == 0)
    v = Eigen::MatrixXd::Identity(static_cast<Eigen::Index>(free.size()), static_cast<Eigen::Index>(free.size()));
  Eigen::VectorXd const along = direction(free);
  Eigen::VectorXd const moved = v * along / along.dot(v * along);
  Eigen::VectorXd shift = Eigen::VectorXd::Zero(at.at.size());
  for (std::size_t k = 0; k < free.size(); ++k) shift[free[k]] = moved[static_cast<Eigen::Index>(k)];
  return shift;
}

Path make_path(Maximum const& best, ProfileQuestion const& question) {
  Path path{Eigen::VectorXd::Zero(best.at.size()), question.constraints, 1, false, false};
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
    path.single = true;
    auto const& nonnegative = question.constraints.nonnegative;
    path.bounded = !nonnegative.empty() && nonnegative[static_cast<std::size_t>(single)] != 0;
    return path;
  }
  path.constraints.direction = question.direction;
  path.shift = easiest_shift(best, question.direction);
  return path;
}

Eigen::VectorXd moved_start(Eigen::VectorXd const& from, Path const& path, Eigen::VectorXd const& by) {
  Eigen::VectorXd b = from + by;
  for (Eigen::Index k = 0; k < b.size(); ++k) {
    auto const at = static_cast<std::size_t>(k);
    if (!path.constraints.nonnegative.empty() && path.constraints.nonnegative[at] != 0 && b[k] < 0) b[k] = 0;
  }
  return b;
}

/// A maximum with the coefficient held, so far from the estimate.
struct HeldMaximum {
  Maximum maximum;
  double distance = 0;
};

/// The maximum at a distance, from those that are known: the first that is found where there is one peak, the best that
/// is found where bounds allow for several. It is not converged where no search settles.
HeldMaximum held_maximum(Objective const& objective, std::vector<HeldMaximum const*> const& known, Path const& path,
                         double distance, ProfileQuestion const& question) {
  bool const several = !question.constraints.nonnegative.empty();
  Maximum best;
  for (HeldMaximum const* const from : known) {
    std::vector<Eigen::VectorXd> shifts = {path.shift};
    if (!path.single && question.alone.size() > 0) shifts.push_back(question.alone);
    if (!path.single) shifts.push_back(easiest_shift(from->maximum, question.direction));
    double const by = question.side * (distance - from->distance);
    for (Eigen::VectorXd const& shift : shifts) {
      Maximum found =
          maximise(objective, moved_start(from->maximum.at, path, by * shift), path.constraints, question.tolerance);
      // What is left to gain does not move an end.
      found.converged = found.converged || (found.iterations > 0 && std::fabs(found.promised) < 1e-9);
      bool const better = found.converged != best.converged ? found.converged : found.there.value > best.there.value;
      if (best.at.size() == 0 || better) best = std::move(found);
      if (best.converged && !several) return {best, distance};
    }
  }
  return {best, distance};
}

/// Whether three times the distance made no difference, far from the estimate.
bool is_level(HeldMaximum const& before, HeldMaximum const& now, ProfileQuestion const& question) {
  double const change = std::fabs(now.maximum.there.value - before.maximum.there.value);
  return before.distance > 4 * question.z * question.error && now.distance > 2.9 * before.distance && change < 1e-10;
}

}  // namespace

double profile_end(Objective const& objective, Maximum const& best, ProfileQuestion const& question) {
  constexpr int most_unsettled = 12;
  Path const path = make_path(best, question);
  double const centre = question.direction.dot(best.at);
  double const farthest = question.side < 0 && path.bounded ? centre : infinity;
  HeldMaximum inside{best, 0}, outside;  // the root lies above the one's distance and below the other's
  outside.distance = infinity;
  double distance = std::min(question.z * question.error, farthest);
  for (int step = 0, unsettled = 0; step < 200; ++step) {
    std::vector<HeldMaximum const*> known = {&inside};
    if (outside.distance < infinity) {
      bool const nearer = outside.distance - distance < distance - inside.distance;
      known.insert(nearer ? known.begin() : known.end(), &outside);
    }
    HeldMaximum const there = held_maximum(objective, known, path, distance, question);
    double const loss = 2 * (best.there.value - there.maximum.there.value);
    double const root = loss > 0 ? std::sqrt(loss) : 0;
    // Where a search stops short of the maximum, the loss is less than it looks.
    if (!there.maximum.converged && !(root < question.z)) {
      // Where the likelihood is no number there is no search: the way is too far.
      bool const is_number = std::isfinite(there.maximum.there.value);
      if (is_number && ++unsettled > most_unsettled) break;
      distance = 0.5 * (inside.distance + distance);
      continue;
    }
    if (std::fabs(root - question.z) < 1e-9 * question.z) return centre + question.side * distance;
    bool const falls = root > question.z;
    if (!falls && distance >= farthest) return centre + question.side * distance;
    bool const open = outside.distance == infinity && !falls;
    bool const level = open && is_level(inside, there, question);
    (falls ? outside : inside) = there;
    if (level || (open && distance > 1e4 * question.error)) return question.side * infinity;
    if (outside.distance - inside.distance < 1e-12 * outside.distance) return centre + question.side * distance;
    double const slope = -question.side * there.maximum.multiplier * path.scale / root;
    double next = distance + (question.z - root) / slope;
    double const ceiling = outside.distance < infinity ? outside.distance : 3 * inside.distance;
    if (!(next > inside.distance && next < ceiling))
      next = outside.distance < infinity ? 0.5 * (inside.distance + outside.distance) : 3 * inside.distance;
    distance = std::min(next, farthest);
  }
  return std::numeric_limits<double>::quiet_NaN();
}

}  // namespace hansa
