/// Texts, keys and seeds of points.
#include "sweep/points.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "base/digest.hpp"
#include "base/error.hpp"
#include "base/random.hpp"

namespace hansa {

std::string value_text(PointColumn const& column, std::size_t point) {
  if (!column.words.empty()) return column.words[point];
  return std::isnan(column.numbers[point]) ? std::string() : fmt::format("{}", column.numbers[point]);
}

std::vector<PointSetting> settings_of(PointTable const& points, std::vector<std::string> const& seeds,
                                      std::size_t point) {
  std::vector<PointSetting> settings;
  settings.reserve(points.columns.size() + 1);
  for (PointColumn const& each : points.columns) {
    std::string value = value_text(each, point);
    if (!value.empty()) settings.push_back({each.path, std::move(value), each.words.empty()});
  }
  if (!seeds.empty()) settings.push_back({"seed", seeds[point]});
  return settings;
}

std::vector<std::int64_t> point_keys(PointTable const& points) {
  std::vector<std::size_t> by_path(points.columns.size());
  for (std::size_t k = 0; k < by_path.size(); ++k) by_path[k] = k;
  std::sort(by_path.begin(), by_path.end(),
            [&](std::size_t a, std::size_t b) { return points.columns[a].path < points.columns[b].path; });
  std::map<std::string, std::uint64_t> before;
  std::vector<std::int64_t> keys;
  for (std::size_t point = 0; point < points.size(); ++point) {
    Digest digest;
    digest.add(std::string_view(points.scenarios[static_cast<std::size_t>(points.scenario_of[point])]));
    for (std::size_t const k : by_path) {
      digest.add(std::string_view(points.columns[k].path));
      digest.add(std::string_view(value_text(points.columns[k], point)));
    }
    std::string const values = digest.hex();
    std::string const hex = sha256(fmt::format("{} {}", values, before[values]++)).substr(0, 16);
    keys.push_back(static_cast<std::int64_t>(std::stoull(hex, nullptr, 16)));
  }
  std::vector<std::int64_t> sorted = keys;
  std::sort(sorted.begin(), sorted.end());
  if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end())
    throw Error(Complaint{"two points of the design have the same key", {}, "change one of them a little"},
                Fault::failure);
  return keys;
}

std::vector<std::string> independent_seeds(std::uint64_t seed, std::vector<std::int64_t> const& keys) {
  std::vector<std::string> seeds;
  seeds.reserve(keys.size());
  for (std::int64_t const key : keys)
    seeds.push_back(fmt::format("{}", mix64(mix64(seed) ^ static_cast<std::uint64_t>(key)) >> 1));
  return seeds;
}

std::vector<std::int32_t> spread_order(std::size_t count) {
  std::vector<std::int32_t> order;
  order.reserve(count);
  int const bits = static_cast<int>(std::bit_width(count == 0 ? 0 : count - 1));
  for (std::size_t k = 0; k < (std::size_t{1} << bits) && count > 0; ++k) {
    std::size_t reversed = 0;
    for (int b = 0; b < bits; ++b) reversed |= ((k >> b) & 1u) << (bits - 1 - b);
    if (reversed < count) order.push_back(static_cast<std::int32_t>(reversed));
  }
  return order;
}

}  // namespace hansa
