/// What a point of a sweep sets, and a name for it that does not change when the sweep is extended.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "io/sweep_manifest.hpp"

namespace hansa {

/// A path with the value that it is given, as text: what `hansa run --set PATH=VALUE` takes.
struct PointSetting {
  std::string path;
  std::string value;
  bool is_number = true;
};

/// The shortest text that reads back as the number, or the word; empty: the scenario's own value stays.
[[nodiscard]] std::string value_text(PointColumn const& column, std::size_t point);

/// All that a point sets, in the order of the columns; its seed, where it has its own, comes last.
[[nodiscard]] std::vector<PointSetting> settings_of(PointTable const& points, std::vector<std::string> const& seeds,
                                                    std::size_t point);

/// Per point: 64 bits of the SHA-256 of its scenario, what it sets, and how many points before it set the same.
/// Error (Fault::failure): two keys are the same.
[[nodiscard]] std::vector<std::int64_t> point_keys(PointTable const& points);

/// Per point a seed of its own: a function of the scenario's seed and the key of the point.
[[nodiscard]] std::vector<std::string> independent_seeds(std::uint64_t seed, std::vector<std::int64_t> const& keys);

/// Numbers 0 … count - 1, each part of them spread over all: by their bits in reverse (van der Corput 1935).
[[nodiscard]] std::vector<std::int32_t> spread_order(std::size_t count);

}  // namespace hansa
