/// A grid over (ln p, ln q), and from its best points Levenberg and Marquardt's steps.
#include "statistics/bass_fit.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "base/flat_math.hpp"

namespace hansa {

namespace {

/// ln p, ln q, m.
using Point = std::array<double, 3>;
using Matrix = std::array<std::array<double, 3>, 3>;

constexpr double lowest_log = -25, highest_log = 4;  ///< of p and q: beyond, the curve is one of two coefficients

/// F and its derivatives in ln p and ln q.
struct Share {
  double f, of_p, of_q;
};

Share share_at(double p, double q, double t) {
  double const e = flat::exp(-(p + q) * t);
  double const ratio = q / p;
  double const below = 1 + ratio * e;
  double const above = 1 - e;
  // d above = t e dp (and dq); d below = e dratio − ratio t e dp.
  double const above_d = t * e;
  double const below_p = -ratio / p * e - ratio * t * e;
  double const below_q = e / p - ratio * t * e;
  double const square = below * below;
  return {above / below, p * (above_d * below - above * below_p) / square,
          q * (above_d * below - above * below_q) / square};
}

/// Sum of squares, gradient Jᵀr and JᵀJ at a point.
struct Normal {
  double squares = 0;
  Point gradient{};
  Matrix information{};
};

Normal normal_at(Point const& at, std::span<double const> x) {
  Normal sums;
  double const p = flat::exp(at[0]), q = flat::exp(at[1]);
  Share before = share_at(p, q, 0);
  for (std::size_t k = 0; k < x.size(); ++k) {
    Share const now = share_at(p, q, static_cast<double>(k + 1));
    Point const slope = {at[2] * (now.of_p - before.of_p), at[2] * (now.of_q - before.of_q), now.f - before.f};
    double const residual = x[k] - at[2] * (now.f - before.f);
    sums.squares += residual * residual;
    for (std::size_t a = 0; a < 3; ++a) {
      sums.gradient[a] += slope[a] * residual;
      for (std::size_t b = 0; b < 3; ++b) sums.information[a][b] += slope[a] * slope[b];
    }
    before = now;
  }
  return sums;
}

/// The inverse of a symmetric matrix, after scaling to a unit diagonal; nothing if it is all but singular.
std::optional<Matrix> inverse_of(Matrix const& matrix) {
  Point scale{};
  for (std::size_t a = 0; a < 3; ++a) {
    if (!(matrix[a][a] > 0) || !std::isfinite(matrix[a][a])) return std::nullopt;
    scale[a] = 1 / std::sqrt(matrix[a][a]);
  }
  auto const entry = [&](std::size_t a, std::size_t b) { return matrix[a][b] * scale[a] * scale[b]; };
  Matrix cofactors{};
  for (std::size_t a = 0; a < 3; ++a)
    for (std::size_t b = 0; b < 3; ++b) {
      std::size_t const a1 = (a + 1) % 3, a2 = (a + 2) % 3, b1 = (b + 1) % 3, b2 = (b + 2) % 3;
      cofactors[b][a] = entry(a1, b1) * entry(a2, b2) - entry(a1, b2) * entry(a2, b1);
    }
  double const determinant =
      entry(0, 0) * cofactors[0][0] + entry(0, 1) * cofactors[1][0] + entry(0, 2) * cofactors[2][0];
  if (!(determinant > 1e-13)) return std::nullopt;
  for (std::size_t a = 0; a < 3; ++a)
    for (std::size_t b = 0; b < 3; ++b) cofactors[a][b] *= scale[a] * scale[b] / determinant;
  return cofactors;
}

bool is_inside(Point const& at) {
  return at[0] > lowest_log && at[0] < highest_log && at[1] > lowest_log && at[1] < highest_log && at[2] > 0 &&
         std::isfinite(at[2]);
}

/// The best m at (p, q), with what is left.
Point with_best_m(double log_p, double log_q, std::span<double const> x) {
  double const p = flat::exp(log_p), q = flat::exp(log_q);
  double products = 0, squares = 0, before = 0;
  for (std::size_t k = 0; k < x.size(); ++k) {
    double const now = bass_share(p, q, static_cast<double>(k + 1));
    products += x[k] * (now - before);
    squares += (now - before) * (now - before);
    before = now;
  }
  return {log_p, log_q, squares > 0 ? products / squares : 0};
}

struct Found {
  Point at;
  Normal normal;
  bool settled = false;
};

/// Steps until the next one would be shorter than 1e-12 of the coefficients, or cannot get shorter.
Found descend(Point at, std::span<double const> x) {
  Found found{at, normal_at(at, x), false};
  double damping = 1e-3, last = std::numeric_limits<double>::infinity();
  for (int step = 0; step < 500; ++step) {
    Matrix damped = found.normal.information;
    for (std::size_t a = 0; a < 3; ++a) damped[a][a] *= 1 + damping;
    std::optional<Matrix> const inverse = inverse_of(damped);
    if (!inverse) return found;
    Point next = found.at;
    double length = 0;
    for (std::size_t a = 0; a < 3; ++a) {
      double move = 0;
      for (std::size_t b = 0; b < 3; ++b) move += (*inverse)[a][b] * found.normal.gradient[b];
      next[a] += move;
      length = std::max(length, std::fabs(move) / (a < 2 ? 1 : std::max(std::fabs(found.at[2]), 1e-300)));
    }
    found.settled = length < 1e-8 && damping <= 1e-6;
    if (found.settled && (length < 1e-12 || length >= last)) return found;
    last = length;
    bool const inside = is_inside(next);
    Normal const tried = inside ? normal_at(next, x) : Normal{};
    // Near the minimum squares differ by their rounding only: a step that is short is taken all the same.
    bool const falls = inside && (tried.squares < found.normal.squares ||
                                  (length < 1e-6 && tried.squares <= found.normal.squares * (1 + 1e-12)));
    if (falls) {
      found.at = next;
      found.normal = tried;
      damping = std::max(damping / 10, 1e-9);
    } else {
      if (found.settled) return found;
      damping *= 10;
      if (damping > 1e12) return found;
    }
  }
  return found;
}

}  // namespace

double bass_share(double p, double q, double t) {
  return share_at(p, q, t).f;
}

std::optional<BassFit> fit_bass(std::span<double const> adoptions) {
  if (adoptions.size() < 4) return std::nullopt;
  if (std::count_if(adoptions.begin(), adoptions.end(), [](double each) { return each > 0; }) < 3) return std::nullopt;
  std::vector<std::pair<double, Point>> starts;
  for (double log_p = -14; log_p <= 0; log_p += 0.5)
    for (double log_q = -6; log_q <= 2; log_q += 0.5) {
      Point const at = with_best_m(log_p, log_q, adoptions);
      if (is_inside(at)) starts.emplace_back(normal_at(at, adoptions).squares, at);
    }
  std::stable_sort(starts.begin(), starts.end(), [](auto const& a, auto const& b) { return a.first < b.first; });
  Found best{{}, {}, false};
  best.normal.squares = std::numeric_limits<double>::infinity();
  for (std::size_t k = 0; k < std::min<std::size_t>(starts.size(), 5); ++k) {
    Found found = descend(starts[k].second, adoptions);
    if (found.normal.squares < best.normal.squares * (1 - 1e-9)) best = found;
  }
  if (!best.settled) return std::nullopt;
  std::optional<Matrix> const inverse = inverse_of(best.normal.information);
  if (!inverse) return std::nullopt;
  double const variance = best.normal.squares / static_cast<double>(adoptions.size() - 3);
  BassFit fit{flat::exp(best.at[0]), flat::exp(best.at[1]), best.at[2], 0, 0, 0};
  fit.p_error = fit.p * std::sqrt(variance * (*inverse)[0][0]);
  fit.q_error = fit.q * std::sqrt(variance * (*inverse)[1][1]);
  fit.m_error = std::sqrt(variance * (*inverse)[2][2]);
  return fit;
}

}  // namespace hansa
