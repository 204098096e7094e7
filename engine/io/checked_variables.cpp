/// Checks lengths before it reads, and numbers after.
#include "io/checked_variables.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

namespace hansa {

namespace {

constexpr hsize_t most_numbers = 100'000'000;

}  // namespace

H5Variable CheckedVariables::variable(std::string const& name, std::vector<hsize_t> const& lengths) const {
  H5Variable found(group_, name);
  if (found.lengths != lengths)
    h5_refuse(fmt::format("the variable '{}' does not have the lengths of its dimensions", name));
  hsize_t size = 1;
  for (hsize_t const each : lengths) size *= each;  // at most four axes, each bounded
  if (size > most_numbers) h5_refuse(fmt::format("the variable '{}' is too large", name));
  return found;
}

H5Variable CheckedVariables::list(std::string const& name, hsize_t most) const {
  H5Variable found(group_, name);
  if (found.lengths.size() != 1) h5_refuse(fmt::format("the variable '{}' is no list", name));
  if (found.lengths[0] > most) h5_refuse(fmt::format("the variable '{}' is too long", name));
  return found;
}

std::vector<std::string> CheckedVariables::names(std::string const& name, hsize_t most) const {
  std::vector<std::string> found = h5_read_texts(list(name, most));
  if (std::set<std::string>(found.begin(), found.end()).size() < found.size())
    h5_refuse(fmt::format("names a {} twice", name));
  return found;
}

/// std::vector<double> within the range, or missing.
std::vector<double> CheckedVariables::numbers(std::string const& name, std::vector<hsize_t> const& lengths,
                                              Range range) const {
  std::vector<double> values = h5_read_rows<double>(variable(name, lengths), 0, lengths[0]);
  for (double const each : values)
    if (!std::isnan(each) && !(range.low <= each && each <= range.high))
      h5_refuse(fmt::format("the variable '{}' has a number out of range", name));
  return values;
}

std::vector<Interval> CheckedVariables::intervals(std::string const& name, std::vector<hsize_t> lengths) const {
  std::vector<double> const means = numbers(name, lengths);
  std::vector<hsize_t> of_bounds = lengths;
  of_bounds.push_back(2);
  std::vector<double> const bounds = numbers(name + "_bound", of_bounds);
  std::vector<Interval> made;
  for (std::size_t k = 0; k < means.size(); ++k) {
    Interval const each{means[k], bounds[2 * k], bounds[2 * k + 1]};
    bool const known = std::isfinite(each.low) && std::isfinite(each.high);
    bool const unknown = std::isnan(each.low) && std::isnan(each.high);
    if (!unknown && !(known && each.low <= each.mean && each.mean <= each.high))
      h5_refuse(fmt::format("the variable '{}_bound' has no interval around each mean", name));
    made.push_back(each);
  }
  if (h5_has(group_, name + "_draws")) add_draws(name, lengths, made);
  return made;
}

void CheckedVariables::add_draws(std::string const& name, std::vector<hsize_t> const& lengths,
                                 std::vector<Interval>& to) const {
  std::vector<Luck> const quantiles = luck(name + "_draws", lengths);
  std::vector<double> const share = numbers(name + "_draws_share", lengths, {0, 1});
  std::vector<double> const error = numbers(name + "_draws_share_error", lengths, {0});
  for (std::size_t k = 0; k < to.size(); ++k) {
    if (std::isnan(to[k].mean)) continue;
    to[k].draws = BetweenDraws{quantiles[k].low, quantiles[k].median, quantiles[k].high, share[k], error[k]};
  }
}

std::vector<Luck> CheckedVariables::luck(std::string const& name, std::vector<hsize_t> lengths) const {
  lengths.push_back(3);
  std::vector<double> const values = numbers(name, lengths);
  std::vector<Luck> made;
  for (std::size_t k = 0; k < values.size(); k += 3) {
    Luck const each{values[k], values[k + 1], values[k + 2]};
    if (each.low > each.median || each.median > each.high)
      h5_refuse(fmt::format("the variable '{}' has quantiles that do not ascend", name));
    made.push_back(each);
  }
  return made;
}

void CheckedVariables::require_labels(std::string const& name, std::vector<std::string> const& labels) const {
  if (names(name) != labels) h5_refuse(fmt::format("the labels of '{}' are not those of a comparison", name));
}

std::string CheckedVariables::text(std::string const& name) const {
  return h5_has_attribute(group_, name) ? h5_read_text(group_, name) : std::string();
}

std::vector<std::int32_t> CheckedVariables::counts(std::string const& name, std::vector<hsize_t> const& lengths,
                                                   std::int64_t most) const {
  std::vector<std::int32_t> values = h5_read_rows<std::int32_t>(variable(name, lengths), 0, lengths[0]);
  if (!std::all_of(values.begin(), values.end(), [&](std::int32_t each) { return each >= -1 && each <= most; }))
    h5_refuse(fmt::format("the variable '{}' has a number out of range", name));
  return values;
}

std::vector<float> CheckedVariables::shares(std::string const& name, std::vector<hsize_t> const& lengths) const {
  std::vector<float> values = h5_read_rows<float>(variable(name, lengths), 0, lengths[0]);
  if (!std::all_of(values.begin(), values.end(),
                   [](float each) { return std::isnan(each) || (each >= 0 && each <= 1); }))
    h5_refuse(fmt::format("the variable '{}' has a number out of range", name));
  return values;
}

}  // namespace hansa
