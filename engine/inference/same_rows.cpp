/// The rows of two designs side by side.
#include "inference/same_rows.hpp"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace hansa {

namespace {

constexpr std::size_t most_named = 3;

auto key_of(RowName const& row) {
  return std::tie(row.policy, row.city, row.period);
}

/// Rows of one kind: how many, and the first of them.
struct Odd {
  std::size_t count = 0;
  std::vector<std::string> first;

  void add(RowName const& row) {
    ++count;
    if (first.size() < most_named) first.push_back(fmt::format("{} in {}", row.city, row.period));
  }
  [[nodiscard]] std::string words() const {
    return fmt::format("{}{}", fmt::join(first, ", "), count > first.size() ? ", …" : "");
  }
};

}  // namespace

RowNames row_names(Design const& design, Scenario const& scenario, Cities const& cities) {
  RowNames names;
  for (std::size_t r = 0; r < design.rows(); ++r) {
    bool const spell = design.spell[r] >= 0;
    bool const goes_on = spell && r > 0 && design.spell[r - 1] == design.spell[r];
    names.push_back({scenario.policies[design.policy[r]].name, cities.id[design.city[r]], design.period[r],
                     design.event[r] != 0, static_cast<std::uint8_t>(spell ? (goes_on ? 2 : 1) : 0)});
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string row_difference(RowNames const& first, RowNames const& other) {
  Odd missing, further, changed;
  std::size_t a = 0, b = 0;
  while (a < first.size() || b < other.size()) {
    bool const only_first = b == other.size() || (a < first.size() && key_of(first[a]) < key_of(other[b]));
    bool const only_other = a == first.size() || (b < other.size() && key_of(other[b]) < key_of(first[a]));
    if (only_first) {
      missing.add(first[a++]);
    } else if (only_other) {
      further.add(other[b++]);
    } else {
      if (first[a] != other[b]) changed.add(other[b]);
      ++a;
      ++b;
    }
  }
  std::vector<std::string> parts;
  if (missing.count > 0) parts.push_back(fmt::format("lacks {} ({})", missing.count, missing.words()));
  if (further.count > 0) parts.push_back(fmt::format("has {} more ({})", further.count, further.words()));
  if (changed.count > 0)
    parts.push_back(fmt::format("tells of other decisions in {} ({})", changed.count, changed.words()));
  if (parts.empty()) return {};
  return fmt::format("it has not the {} rows of the first scenario: it {}", first.size(), fmt::join(parts, ", "));
}

}  // namespace hansa
