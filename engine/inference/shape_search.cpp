/// Grids, Brent's method, and the simplex of Nelder and Mead.
#include "inference/shape_search.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

namespace hansa {

namespace {

constexpr double nothing = -std::numeric_limits<double>::infinity();
constexpr double worth_moving = 1e-7;
constexpr double gain_of_a_turn = 1e-2, gain_of_a_simplex = 1e-6;
constexpr std::size_t most_peaks = 3;
constexpr int most_turns = 20, most_simplices = 10;

Shapes with(Shapes at, std::size_t shape, double value) {
  at[shape] = value;
  return at;
}

double value_at(ShapeValues const& values, Shapes const& at) {
  return values({at}).front();
}

/// Evenly spaced points and the point `own`, ascending.
std::vector<double> grid_of(ShapeRange const& range, double own) {
  std::vector<double> grid;
  for (int k = 0; k <= shape_gaps; ++k) {
    double const share = static_cast<double>(k) / shape_gaps;
    grid.push_back(k == shape_gaps ? range.highest : range.lowest + share * (range.highest - range.lowest));
  }
  double const same = 1e-9 * (range.highest - range.lowest);
  auto const near = std::find_if(grid.begin(), grid.end(), [&](double each) { return std::fabs(each - own) <= same; });
  if (near != grid.end())
    *near = own;
  else
    grid.push_back(own);
  std::sort(grid.begin(), grid.end());
  return grid;
}

std::vector<double> values_along(ShapeValues const& values, Shapes const& at, std::size_t shape,
                                 std::vector<double> const& grid) {
  std::vector<Shapes> points;
  for (double const each : grid) points.push_back(with(at, shape, each));
  return values(points);
}

/// The highest peaks of values on a grid, the highest first; of a plateau its first point.
std::vector<std::size_t> peaks_of(std::vector<double> const& found) {
  std::vector<std::size_t> peaks;
  for (std::size_t k = 0; k < found.size(); ++k) {
    bool const rises = k == 0 || found[k] > found[k - 1];
    bool const falls = k + 1 == found.size() || found[k] >= found[k + 1];
    if (found[k] > nothing && rises && falls) peaks.push_back(k);
  }
  std::stable_sort(peaks.begin(), peaks.end(), [&](std::size_t a, std::size_t b) { return found[a] > found[b]; });
  if (peaks.size() > most_peaks) peaks.resize(most_peaks);
  return peaks;
}

struct Peak {
  double at = 0, value = nothing;
};

/// Brent's (1973) method for a maximum inside of (a, b), from a point in it.
template <class Function>
Peak brent(Function const& function, double a, double b, Peak best, double tolerance) {
  constexpr double golden = 0.3819660112501051;
  Peak second = best, third = best;
  double step = 0, before = 0;
  for (int k = 0; k < 60; ++k) {
    double const middle = 0.5 * (a + b);
    if (std::fabs(best.at - middle) <= 2 * tolerance - 0.5 * (b - a)) break;
    bool is_parabola = false;
    if (std::fabs(before) > tolerance) {
      double const r = (best.at - second.at) * (best.value - third.value);
      double q = (best.at - third.at) * (best.value - second.value);
      double p = (best.at - third.at) * q - (best.at - second.at) * r;
      q = 2 * (q - r);
      if (q > 0) p = -p;
      q = std::fabs(q);
      bool const inside = p > q * (a - best.at) && p < q * (b - best.at);
      if (std::isfinite(p) && std::isfinite(q) && std::fabs(p) < std::fabs(0.5 * q * before) && inside) {
        before = step;
        step = p / q;
        double const next = best.at + step;
        if (next - a < 2 * tolerance || b - next < 2 * tolerance) step = best.at < middle ? tolerance : -tolerance;
        is_parabola = true;
      }
    }
    if (!is_parabola) {
      before = best.at < middle ? b - best.at : a - best.at;
      step = golden * before;
    }
    double const at = best.at + (std::fabs(step) >= tolerance ? step : step > 0 ? tolerance : -tolerance);
    Peak const tried{at, function(at)};
    if (tried.value >= best.value) {
      (tried.at < best.at ? b : a) = best.at;
      third = second;
      second = best;
      best = tried;
    } else {
      (tried.at < best.at ? a : b) = tried.at;
      if (tried.value >= second.value || second.at == best.at) {
        third = second;
        second = tried;
      } else if (tried.value >= third.value || third.at == best.at || third.at == second.at) {
        third = tried;
      }
    }
  }
  return best;
}

/// The best value of one shape over its range, the others held.
ShapeMaximum along(std::vector<ShapeRange> const& ranges, ShapeValues const& values, ShapeMaximum const& from,
                   std::size_t shape) {
  ShapeRange const& range = ranges[shape];
  std::vector<double> const grid = grid_of(range, from.at[shape]);
  std::vector<double> const found = values_along(values, from.at, shape, grid);
  double const tolerance = 1e-7 * (range.highest - range.lowest);
  ShapeMaximum best = from;
  for (std::size_t const k : peaks_of(found)) {
    double const a = grid[k == 0 ? 0 : k - 1], b = grid[std::min(k + 1, grid.size() - 1)];
    auto const function = [&](double at) { return value_at(values, with(from.at, shape, at)); };
    Peak const peak = brent(function, a, b, {grid[k], found[k]}, tolerance);
    if (peak.value > best.value + worth_moving) best = {with(from.at, shape, peak.at), peak.value};
  }
  return best;
}

/// Nelder and Mead's (1965) simplex within the ranges of the shapes that may move.
class Simplex {
 public:
  Simplex(std::vector<ShapeRange> const& ranges, ShapeValues const& values, std::vector<std::size_t> free)
      : ranges_(ranges), values_(values), free_(std::move(free)) {}

  /// `size`: of its first edges, in gaps of the grid.
  ShapeMaximum climb(ShapeMaximum const& from, double size) {
    begin(from, size);
    for (int k = 0; k < 200 * static_cast<int>(free_.size()); ++k) {
      sort();
      bool const flat = corners_.front().value - corners_.back().value < 1e-9;
      if (flat && width() < 1e-3) break;
      if (width() < 1e-7) break;
      move();
    }
    sort();
    return corners_.front().value > from.value ? corners_.front() : from;
  }

 private:
  void begin(ShapeMaximum const& from, double size) {
    corners_ = {from};
    std::vector<Shapes> points;
    for (std::size_t const shape : free_) {
      double const step = size * (ranges_[shape].highest - ranges_[shape].lowest) / shape_gaps;
      double const own = from.at[shape];
      points.push_back(with(from.at, shape, own + step <= ranges_[shape].highest ? own + step : own - step));
    }
    std::vector<double> const found = values_(points);
    for (std::size_t k = 0; k < points.size(); ++k) corners_.push_back({points[k], found[k]});
  }

  void sort() {
    std::stable_sort(corners_.begin(), corners_.end(),
                     [](ShapeMaximum const& a, ShapeMaximum const& b) { return a.value > b.value; });
  }

  /// The widest extent, as a share of the range.
  [[nodiscard]] double width() const {
    double widest = 0;
    for (std::size_t const shape : free_) {
      for (ShapeMaximum const& each : corners_) {
        double const range = ranges_[shape].highest - ranges_[shape].lowest;
        widest = std::max(widest, std::fabs(each.at[shape] - corners_.front().at[shape]) / range);
      }
    }
    return widest;
  }

  /// The point at `share` of the way from the worst corner through the middle of the others.
  [[nodiscard]] ShapeMaximum tried(double share) const {
    Shapes at = corners_.front().at;
    for (std::size_t const shape : free_) {
      double middle = 0;
      for (std::size_t k = 0; k + 1 < corners_.size(); ++k) middle += corners_[k].at[shape];
      middle /= static_cast<double>(corners_.size() - 1);
      double const worst = corners_.back().at[shape];
      at[shape] = std::clamp(worst + share * (middle - worst), ranges_[shape].lowest, ranges_[shape].highest);
    }
    double const value = value_at(values_, at);
    return {std::move(at), value};
  }

  void move() {
    ShapeMaximum& worst = corners_.back();
    double const second_worst = corners_[corners_.size() - 2].value;
    ShapeMaximum const mirrored = tried(2);
    if (mirrored.value > corners_.front().value) {
      ShapeMaximum const farther = tried(3);
      worst = farther.value > mirrored.value ? farther : mirrored;
    } else if (mirrored.value > second_worst) {
      worst = mirrored;
    } else {
      ShapeMaximum const nearer = tried(mirrored.value > worst.value ? 1.5 : 0.5);
      if (nearer.value > std::max(worst.value, mirrored.value) ||
          (nearer.value > worst.value && worst.value == nothing))
        worst = nearer;
      else
        shrink();
    }
  }

  void shrink() {
    std::vector<Shapes> points;
    for (std::size_t k = 1; k < corners_.size(); ++k) {
      for (std::size_t const shape : free_)
        corners_[k].at[shape] = 0.5 * (corners_[k].at[shape] + corners_.front().at[shape]);
      points.push_back(corners_[k].at);
    }
    std::vector<double> const found = values_(points);
    for (std::size_t k = 1; k < corners_.size(); ++k) corners_[k].value = found[k - 1];
  }

  std::vector<ShapeRange> const& ranges_;
  ShapeValues const& values_;
  std::vector<std::size_t> free_;
  std::vector<ShapeMaximum> corners_;
};

ShapeMaximum by_simplices(std::vector<ShapeRange> const& ranges, ShapeValues const& values, ShapeMaximum best,
                          std::vector<std::size_t> const& free, double size) {
  for (int k = 0; k < most_simplices; ++k) {
    ShapeMaximum const found = Simplex(ranges, values, free).climb(best, size);
    double const gain = found.value - best.value;
    if (gain > worth_moving || best.value == nothing) best = found;
    if (!(gain >= gain_of_a_simplex)) break;
  }
  return best;
}

/// The maximum over all shapes but one, near where they were.
ShapeMaximum held(std::vector<ShapeRange> const& ranges, ShapeValues const& values, Shapes const& near,
                  std::size_t shape, double at) {
  ShapeMaximum point{with(near, shape, at), 0};
  point.value = value_at(values, point.at);
  if (ranges.size() == 1) return point;
  std::vector<std::size_t> free;
  for (std::size_t k = 0; k < ranges.size(); ++k)
    if (k != shape) free.push_back(k);
  return by_simplices(ranges, values, point, free, 0.5);
}

/// One end of an interval.
class End {
 public:
  End(std::vector<ShapeRange> const& ranges, ShapeValues const& values, ShapeMaximum const& best, std::size_t shape,
      double loss)
      : ranges_(ranges), values_(values), best_(best), shape_(shape), level_(best.value - loss) {}

  /// The end on one side; true if there is none within the range.
  bool find(int side, double& end) const {
    std::vector<double> grid = grid_of(ranges_[shape_], best_.at[shape_]);
    std::erase_if(grid, [&](double each) { return side * (each - best_.at[shape_]) <= 0; });
    if (side < 0) std::reverse(grid.begin(), grid.end());
    ShapeMaximum inside = best_, last = best_;
    std::optional<ShapeMaximum> outside;
    for (double const each : grid) {
      ShapeMaximum const point = held(ranges_, values_, last.at, shape_, each);
      if (point.value >= level_) {
        inside = point;
        outside.reset();
      } else if (!outside) {
        outside = point;
        if (ranges_.size() > 1) break;
      }
      if (point.value > nothing) last = point;
    }
    end = outside ? crossing(inside, *outside) : side > 0 ? ranges_[shape_].highest : ranges_[shape_].lowest;
    return !outside;
  }

 private:
  /// Between a point above the level and one below it: halved and by the secant in turn.
  [[nodiscard]] double crossing(ShapeMaximum inside, ShapeMaximum outside) const {
    double const tolerance = 1e-7 * (ranges_[shape_].highest - ranges_[shape_].lowest);
    for (int k = 0; k < 60 && std::fabs(outside.at[shape_] - inside.at[shape_]) > tolerance; ++k) {
      double const a = inside.at[shape_], b = outside.at[shape_];
      double share = 0.5;
      if (k % 3 != 2 && outside.value > nothing) {
        // roots of the loss run straight where the function is a parabola
        double const root_a = root(inside), root_b = root(outside), root_level = std::sqrt(best_.value - level_);
        if (root_b > root_a) share = std::clamp((root_level - root_a) / (root_b - root_a), 0.01, 0.99);
      }
      ShapeMaximum const point = held(ranges_, values_, inside.at, shape_, a + share * (b - a));
      if (std::fabs(point.value - level_) < 1e-7) return point.at[shape_];
      (point.value >= level_ ? inside : outside) = point;
    }
    return inside.at[shape_];
  }
  [[nodiscard]] double root(ShapeMaximum const& point) const {
    return std::sqrt(std::max(0.0, best_.value - point.value));
  }

  std::vector<ShapeRange> const& ranges_;
  ShapeValues const& values_;
  ShapeMaximum const& best_;
  std::size_t shape_;
  double level_;
};

}  // namespace

ShapeMaximum search_shapes(std::vector<ShapeRange> const& ranges, ShapeValues const& values) {
  ShapeMaximum best;
  for (ShapeRange const& each : ranges) best.at.push_back(each.start);
  best.value = value_at(values, best.at);
  for (int turn = 0; turn < most_turns; ++turn) {
    double const before = best.value;
    for (std::size_t k = 0; k < ranges.size(); ++k) best = along(ranges, values, best, k);
    if (ranges.size() == 1 || !(best.value - before >= gain_of_a_turn)) break;
  }
  if (ranges.size() == 1 || best.value == nothing) return best;
  std::vector<std::size_t> all(ranges.size());
  std::iota(all.begin(), all.end(), 0);
  return by_simplices(ranges, values, best, all, 1);
}

ShapeInterval shape_interval(std::vector<ShapeRange> const& ranges, ShapeValues const& values, ShapeMaximum const& best,
                             std::size_t shape, double loss) {
  End const end(ranges, values, best, shape, loss);
  ShapeInterval interval;
  interval.open_below = end.find(-1, interval.lower);
  interval.open_above = end.find(1, interval.upper);
  return interval;
}

}  // namespace hansa
