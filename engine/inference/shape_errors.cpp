/// Covariances of coefficients and shapes together.
#include "inference/shape_errors.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <map>

#include "base/flat_math.hpp"
#include "inference/covariance.hpp"
#include "inference/group_intercept.hpp"
#include "inference/newton.hpp"
#include "inference/widened_fit.hpp"

namespace hansa {

namespace {

using Position = Eigen::Index;

Position size_of(std::vector<std::size_t> const& list) {
  return static_cast<Position>(list.size());
}

std::vector<std::size_t> free_shapes(std::vector<std::uint8_t> const& known) {
  std::vector<std::size_t> free;
  for (std::size_t k = 0; k < known.size(); ++k)
    if (known[k] == 0) free.push_back(k);
  return free;
}

Shapes moved(Shapes at, std::size_t shape, double by) {
  at[shape] += by;
  return at;
}

/// The slopes of these shapes alone.
Eigen::MatrixXd chosen(Eigen::MatrixXd const& slopes, std::vector<std::size_t> const& free) {
  Eigen::MatrixXd columns(slopes.rows(), size_of(free));
  for (std::size_t k = 0; k < free.size(); ++k)
    columns.col(static_cast<Position>(k)) = slopes.col(static_cast<Position>(free[k]));
  return columns;
}

/// The likelihood of a design with slopes, in orthonormal coordinates.
struct Widened {
  Sample sample;
  Eigen::MatrixXd transform;
  Eigen::VectorXd at;
  std::vector<Position> inside;      // coordinates that are not on a bound
  std::vector<std::size_t> aliased;  // slopes that are combinations of the columns
};

Widened widen(Design const& design, EventHistoryFit const& fit, Eigen::MatrixXd const& slopes) {
  WidenedFit const wide = widened_by(design, fit, slopes);
  Coordinates coordinates = orthonormal(wide.design, fit.link);
  Widened made;
  for (Alias const& each : coordinates.aliased)
    if (each.column >= design.columns()) made.aliased.push_back(each.column - design.columns());
  if (!coordinates.aliased.empty()) return made;
  made.sample = make_sample(wide.design, fit.link, std::move(coordinates.q));
  made.transform = std::move(coordinates.transform);
  made.at = made.transform.triangularView<Eigen::Upper>().solve(wide.fit.coefficients);
  for (std::size_t k = 0; k < wide.design.columns(); ++k)
    if (std::find(fit.boundary.begin(), fit.boundary.end(), k) == fit.boundary.end())
      made.inside.push_back(static_cast<Position>(k));
  return made;
}

/// The inverse of the expected information, in coordinates; empty where there is none.
Eigen::MatrixXd expected_inverse(Widened const& wide) {
  Eigen::MatrixXd const v = inverse_of(evaluate(wide.sample, wide.at).expected(wide.inside, wide.inside));
  if (v.size() == 0) return v;
  Eigen::MatrixXd inverse = Eigen::MatrixXd::Zero(wide.at.size(), wide.at.size());
  inverse(wide.inside, wide.inside) = v;
  return inverse;
}

/// Profile by differences: minus its second derivatives, and the change of all else with the shapes.
struct Curvature {
  Eigen::MatrixXd bend;   // shapes × shapes
  Eigen::MatrixXd moves;  // all else × shapes
};

Curvature curvature_of(ShapeTrials const& trials, Shapes const& at, std::vector<std::size_t> const& free,
                       std::vector<double> const& step) {
  std::vector<Shapes> points;
  for (std::size_t a = 0; a < free.size(); ++a)
    for (double const side : {1., -1.}) points.push_back(moved(at, free[a], side * step[a]));
  for (std::size_t a = 0; a < free.size(); ++a)
    for (std::size_t b = 0; b < a; ++b)
      for (double const side : {1., -1.})
        for (double const other : {1., -1.})
          points.push_back(moved(moved(at, free[a], side * step[a]), free[b], other * step[b]));
  std::vector<double> const values = trials.values(points);
  double const best = trials.at(at).value;
  Position const n = size_of(free);
  Curvature made{Eigen::MatrixXd(n, n), Eigen::MatrixXd(trials.at(at).parameters.size(), n)};
  std::size_t next = 2 * free.size();
  for (Position a = 0; a < n; ++a) {
    auto const k = static_cast<std::size_t>(a);
    made.bend(a, a) = -(values[2 * k] - 2 * best + values[2 * k + 1]) / (step[k] * step[k]);
    for (Position b = 0; b < a; ++b, next += 4) {
      double const mixed = values[next] - values[next + 1] - values[next + 2] + values[next + 3];
      made.bend(a, b) = made.bend(b, a) = -mixed / (4 * step[k] * step[static_cast<std::size_t>(b)]);
    }
    Eigen::VectorXd const &above = trials.at(points[2 * k]).parameters,
                          &below = trials.at(points[2 * k + 1]).parameters;
    bool const same = above.size() == made.moves.rows() && below.size() == made.moves.rows();
    if (same)
      made.moves.col(a) = (above - below) / (2 * step[k]);
    else
      made.moves.col(a).setZero();
  }
  return made;
}

/// Coefficients, deviation of an intercept, free shapes; empty where the profile is no hill.
Eigen::MatrixXd by_refits(EventHistoryFit const& fit, Curvature const& found) {
  Eigen::MatrixXd const v = inverse_of(found.bend);
  if (v.size() == 0) return v;
  Position const n = fit.covariance.rows(), s = v.rows();
  Eigen::MatrixXd joint(n + s, n + s);
  joint.topLeftCorner(n, n) = fit.covariance + found.moves * v * found.moves.transpose();
  joint.topRightCorner(n, s) = found.moves * v;
  joint.bottomLeftCorner(s, n) = joint.topRightCorner(n, s).transpose();
  joint.bottomRightCorner(s, s) = v;
  return joint;
}

/// Steps of a fiftieth of a standard error, which expected information tells, or of the grid of the search.
std::vector<double> steps_of(Widened const& wide, std::vector<FittedShape> const& shapes, Shapes const& at,
                             std::vector<std::size_t> const& free, std::size_t columns) {
  Eigen::MatrixXd const inverse = expected_inverse(wide);
  std::vector<double> steps;
  for (std::size_t k = 0; k < free.size(); ++k) {
    ShapeRange const& range = shapes[free[k]].range;
    double step = (range.highest - range.lowest) / (10 * shape_gaps);
    if (inverse.size() > 0) {
      auto const row = wide.transform.row(static_cast<Position>(columns + k));
      step = std::min(step, 0.02 * std::sqrt(row.dot(inverse * row.transpose())));
    }
    steps.push_back(std::min({step, range.highest - at[free[k]], at[free[k]] - range.lowest}));
  }
  return steps;
}

/// From (coefficients, shapes, deviation) to (coefficients, deviation, shapes).
std::vector<Position> order_of(Position columns, Position shapes, Position others) {
  std::vector<Position> order;
  for (Position k = 0; k < columns; ++k) order.push_back(k);
  for (Position k = 0; k < others; ++k) order.push_back(columns + shapes + k);
  for (Position k = 0; k < shapes; ++k) order.push_back(columns + k);
  return order;
}

/// The sandwich of a joint covariance in the order (coefficients, deviation, shapes).
Clustered sandwich(Widened& wide, Design const& design, EventHistoryFit const& fit, EventHistoryOptions const& options,
                   Eigen::MatrixXd const& joint) {
  bool const integrated = fit.city_sd && *fit.city_sd > 0;
  auto const columns = static_cast<Position>(fit.names.size());
  Position const others = fit.covariance.rows() - columns, shapes = wide.at.size() - columns;
  RowMatrix scores;
  std::vector<std::size_t> rows;
  if (integrated) {
    GroupIntercept intercept(wide.sample, design.city, options.quadrature);
    Eigen::VectorXd at(wide.at.size() + 1);
    at << wide.at, flat::log(*fit.city_sd);
    scores = intercept.scores(at);
    std::map<Index, std::size_t> first;
    for (std::size_t r = 0; r < design.rows(); ++r) first.try_emplace(design.city[r], r);
    for (Index const city : intercept.groups()) rows.push_back(first[city]);
  } else {
    scores = unit_scores(wide.sample, wide.at);
    for (std::size_t u = 0; u < wide.sample.units(); ++u) rows.push_back(wide.sample.begin[u + 1] - 1);
    scores.conservativeResize(scores.rows(), scores.cols() + others);
    scores.rightCols(others).setZero();
  }
  std::vector<std::vector<std::int64_t>> groups;
  for (ErrorCluster const kind : options.clusters) {
    groups.emplace_back();
    for (std::size_t const row : rows) groups.back().push_back(cluster_code(design, row, kind));
  }
  // Scores are in coordinates: columns of the bread too.
  std::vector<Position> const order = order_of(columns, shapes, others);
  Eigen::MatrixXd larger = Eigen::MatrixXd::Identity(wide.at.size() + others, wide.at.size() + others);
  larger.topLeftCorner(wide.at.size(), wide.at.size()) = wide.transform;
  Eigen::MatrixXd straight(joint.rows(), joint.cols());
  for (std::size_t a = 0; a < order.size(); ++a)
    for (std::size_t b = 0; b < order.size(); ++b)
      straight(order[a], order[b]) = joint(static_cast<Position>(a), static_cast<Position>(b));
  Eigen::MatrixXd const bread = larger.triangularView<Eigen::Upper>().solve(straight).transpose();
  Clustered made = clustered_covariance(scores, bread, groups);
  if (made.covariance.size() > 0) made.covariance = Eigen::MatrixXd(made.covariance(order, order));
  return made;
}

/// Zeros for shapes that are known.
Eigen::MatrixXd with_known(Eigen::MatrixXd const& joint, Position others, std::vector<std::size_t> const& free,
                           std::size_t shapes) {
  std::vector<Position> to;
  for (Position k = 0; k < others; ++k) to.push_back(k);
  for (std::size_t const each : free) to.push_back(others + static_cast<Position>(each));
  Position const size = others + static_cast<Position>(shapes);
  Eigen::MatrixXd made = Eigen::MatrixXd::Zero(size, size);
  made(to, to) = joint.topLeftCorner(size_of(free) + others, size_of(free) + others);
  return made;
}

/// Coefficients, deviation, and the shapes that are not known; empty where there is no information on these.
Eigen::MatrixXd joint_covariance(Widened& wide, EventHistoryFit const& fit, ShapeTrials const& trials,
                                 std::vector<FittedShape> const& shapes, Shapes const& at,
                                 std::vector<std::size_t> const& free) {
  if (fit.information == Information::expected && !fit.city_sd) {
    Eigen::MatrixXd const inverse = expected_inverse(wide);
    if (inverse.size() == 0) return inverse;
    Eigen::MatrixXd const joint = wide.transform * inverse * wide.transform.transpose();
    return 0.5 * (joint + joint.transpose());
  }
  std::vector<double> const steps = steps_of(wide, shapes, at, free, fit.names.size());
  Curvature found = curvature_of(trials, at, free, steps);
  if (found.moves.rows() > fit.covariance.rows()) return {};
  Position const rows = found.moves.rows();
  found.moves.conservativeResize(fit.covariance.rows(), found.moves.cols());
  found.moves.bottomRows(fit.covariance.rows() - rows).setZero();
  return by_refits(fit, found);
}

/// Marks shapes whose standard error is wider than the range of their search; whether there were any.
bool mark_vague(std::initializer_list<Eigen::MatrixXd const*> covariances, std::vector<FittedShape> const& shapes,
                std::vector<std::size_t> const& free, std::vector<std::uint8_t>& known) {
  bool any = false;
  for (Eigen::MatrixXd const* const covariance : covariances) {
    for (std::size_t k = 0; covariance->size() > 0 && k < free.size(); ++k) {
      ShapeRange const& range = shapes[free[k]].range;
      Position const last = covariance->rows() - size_of(free) + static_cast<Position>(k);
      if (std::sqrt((*covariance)(last, last)) <= range.highest - range.lowest) continue;
      known[free[k]] = shape_vague;
      any = true;
    }
  }
  return any;
}

}  // namespace

Eigen::MatrixXd shape_slopes(ShapeTrials const& trials, std::vector<FittedShape> const& shapes, Shapes const& at,
                             Eigen::VectorXd const& coefficients, std::vector<std::uint8_t> const& known) {
  Eigen::MatrixXd slopes;
  for (std::size_t k = 0; k < shapes.size(); ++k) {
    ShapeRange const& range = shapes[k].range;
    double const step = 1e-5 * (range.highest - range.lowest);
    Shapes above = at, below = at;
    above[k] = std::min(at[k] + step, range.highest);
    below[k] = std::max(at[k] - step, range.lowest);
    Design const up = trials.design(known[k] != 0 ? at : above);
    if (slopes.size() == 0) slopes = Eigen::MatrixXd::Zero(up.x.rows(), static_cast<Position>(shapes.size()));
    if (known[k] != 0) continue;
    Design const down = trials.design(below);
    for (Position c = 0; c < up.x.cols(); ++c)
      slopes.col(static_cast<Position>(k)) += coefficients[c] / (above[k] - below[k]) * (up.x.col(c) - down.x.col(c));
  }
  return slopes;
}

void join_covariances(EventHistoryFit& fit, ShapeTrials const& trials, std::vector<FittedShape> const& shapes,
                      Shapes const& at, Eigen::MatrixXd& slopes, std::vector<std::uint8_t>& known,
                      EventHistoryOptions const& options) {
  Design const design = trials.design(at);
  Position const others = fit.covariance.rows();
  Eigen::MatrixXd joint, clustered = fit.clustered;
  bool const alone_mended = std::erase(fit.notes, mended_words()) > 0;
  bool mended = false;
  std::vector<std::size_t> free = free_shapes(known);
  for (; !free.empty(); free = free_shapes(known)) {
    Widened wide = widen(design, fit, chosen(slopes, free));
    for (std::size_t const each : wide.aliased) known[free[each]] = shape_known;
    if (!wide.aliased.empty()) continue;
    joint = joint_covariance(wide, fit, trials, shapes, at, free);
    if (joint.size() == 0) {
      known.assign(known.size(), shape_known);
      continue;
    }
    if (fit.clustered.size() > 0) {
      Clustered const made = sandwich(wide, design, fit, options, joint);
      clustered = made.covariance;
      mended = made.mended;
    }
    if (!mark_vague({&joint, &clustered}, shapes, free, known)) break;
  }
  for (std::size_t k = 0; k < known.size(); ++k)
    if (known[k] != 0) slopes.col(static_cast<Position>(k)).setZero();
  if (free.empty()) {
    clustered = fit.clustered;
    mended = alone_mended;
  }
  if (mended) fit.notes.push_back(mended_words());
  if (clustered.size() > 0) clustered = with_known(clustered, others, free, known.size());
  fit.clustered = clustered;
  fit.covariance = with_known(free.empty() ? fit.covariance : joint, others, free, known.size());
}

}  // namespace hansa
