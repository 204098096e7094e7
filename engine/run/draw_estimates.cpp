/// Parameters drawn from the distribution of their estimates, keyed by seed and replicate.
#include "run/draw_estimates.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/flat_math.hpp"
#include "base/random.hpp"
#include "scenario/draft.hpp"

namespace hansa {

namespace {

/// Standard deviations, hazards of leaving, and under link additive what adds to a hazard.
bool has_bound(std::vector<std::string> const& paths, bool additive) {
  return std::any_of(paths.begin(), paths.end(), [&](std::string const& path) {
    std::vector<std::string> const keys = split_path(path, {});
    if (keys.size() < 4 || keys[0] != "policies") return false;
    bool const strength = keys.size() == 5 && keys[2] == "mechanisms" && keys[4] == "strength";
    bool const hazard = keys[2] == "abandonment" && keys[3] == "hazard";
    return keys[2] == "frailty" || hazard || (additive && strength);
  });
}

/// Of logarithms where these are drawn (delta method).
std::vector<double> scaled_covariance(Estimates const& from, std::vector<DrawScale> const& scales) {
  std::size_t const size = from.values.size();
  std::vector<double> covariance = from.covariance;
  for (std::size_t i = 0; i < size; ++i) {
    if (!scales[i].logarithmic) continue;
    for (std::size_t j = 0; j < size; ++j) {
      covariance[i * size + j] /= from.values[i];
      covariance[j * size + i] /= from.values[i];
    }
  }
  return covariance;
}

/// Draws of logarithms whose error is wider than the logarithms of all numbers are none.
void check_error(Estimates const& from, std::vector<DrawScale> const& scales, std::size_t k) {
  constexpr double widest = 700;
  if (!scales[k].logarithmic) return;
  double const error = std::sqrt(from.covariance[k * from.values.size() + k]) / from.values[k];
  if (error <= widest) return;
  throw Error(
      Complaint{fmt::format("the error of '{}' of '{}' is so wide that it cannot be drawn", from.terms[k], from.name),
                {},
                "a fit that leaves it out of profile was expected, or one that takes it as known"});
}

}  // namespace

std::vector<double> cholesky(std::vector<double> const& matrix, std::size_t size) {
  constexpr double rounding = 1e-9;
  std::vector<double> root(size * size, 0.0);
  for (std::size_t j = 0; j < size; ++j) {
    double rest = matrix[j * size + j];
    for (std::size_t m = 0; m < j; ++m) rest -= root[j * size + m] * root[j * size + m];
    double const whole = std::fabs(matrix[j * size + j]);
    if (!(rest >= -rounding * whole)) return {};
    bool const flat = rest <= rounding * 1e-3 * whole;
    root[j * size + j] = flat ? 0 : std::sqrt(rest);
    for (std::size_t i = j + 1; i < size; ++i) {
      double sum = matrix[i * size + j];
      for (std::size_t m = 0; m < j; ++m) sum -= root[i * size + m] * root[j * size + m];
      double const most = std::sqrt(whole) * std::sqrt(std::fabs(matrix[i * size + i]));
      if (flat && std::fabs(sum) > 1e-4 * most) return {};
      root[i * size + j] = flat ? 0 : sum / root[j * size + j];
    }
  }
  return root;
}

EstimateDraws::EstimateDraws(Estimates estimates, std::uint64_t seed) : estimates_(std::move(estimates)), seed_(seed) {
  std::size_t const size = estimates_.values.size();
  double sum = 0;
  for (double const each : estimates_.weights) cumulated_.push_back(sum += each);
  if (!cumulated_.empty()) return;
  scales_ = estimates_.scales;
  scales_.resize(size);
  root_ = cholesky(scaled_covariance(estimates_, scales_), size);
  if (size > 0 && root_.empty())
    throw Error(
        Complaint{fmt::format("the covariance of the estimates of '{}' is not that of a distribution, so that none "
                              "can be drawn",
                              estimates_.name),
                  {},
                  "a fit with another 'cluster' was expected: of two kinds together it may come out so"});
  for (std::size_t k = 0; k < size; ++k) check_error(estimates_, scales_, k);
  for (std::size_t k = 0; k < size; ++k) {
    who_.push_back(hash_id(estimates_.terms[k]));
    if (has_bound(estimates_.paths[k], estimates_.link == "additive")) scales_[k].least = 0;
    bounded_ = bounded_ || std::isfinite(scales_[k].least) || std::isfinite(scales_[k].most);
  }
}

bool EstimateDraws::can_be(std::vector<double> const& values) const {
  for (std::size_t k = 0; k < values.size(); ++k) {
    bool const inside = scales_[k].least < values[k] && values[k] < scales_[k].most;
    if (!std::isfinite(values[k]) || (!inside && values[k] != estimates_.values[k])) return false;
  }
  return true;
}

Draw EstimateDraws::draw_particle(std::int64_t replicate) const {
  std::uint64_t const key = make_key(seed_, static_cast<std::uint64_t>(replicate), Purpose::posterior, 0);
  double const wanted = draw_uniform(key, 0, 0) * cumulated_.back();
  auto const found = std::upper_bound(cumulated_.begin(), cumulated_.end(), wanted);
  auto const row = std::min<std::ptrdiff_t>(found - cumulated_.begin(), std::ssize(cumulated_) - 1);
  auto const size = static_cast<std::ptrdiff_t>(estimates_.values.size());
  auto const first = estimates_.particles.begin() + row * size;
  return {std::vector<double>(first, first + size), 0};
}

Draw EstimateDraws::draw(std::int64_t replicate) const {
  if (!cumulated_.empty()) return draw_particle(replicate);
  std::size_t const size = estimates_.values.size();
  std::uint64_t const key =
      make_key(seed_, static_cast<std::uint64_t>(replicate), Purpose::estimates, hash_id(estimates_.name));
  std::vector<double> normal(size);
  Draw draw{std::vector<double>(size), 0};
  for (; draw.redrawn < most_tries; ++draw.redrawn) {
    draw_normal(key, who_, static_cast<std::uint32_t>(draw.redrawn), normal);
    for (std::size_t i = 0; i < size; ++i) {
      bool const logarithmic = scales_[i].logarithmic;
      double value = logarithmic ? 0 : estimates_.values[i];
      for (std::size_t j = 0; j <= i; ++j) value += root_[i * size + j] * normal[j];
      draw.values[i] = logarithmic ? estimates_.values[i] * flat::exp(value) : value;
    }
    if (can_be(draw.values)) return draw;
  }
  throw Error(Complaint{fmt::format("of {} draws from the estimates of '{}' all had a parameter where it cannot be",
                                    most_tries, estimates_.name),
                        {},
                        {}},
              Fault::failure);
}

}  // namespace hansa
