/// Which names are allowed, and how far a slip of the pen may be from what was meant.
#include "base/names.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>
#include <vector>

namespace hansa {

namespace {

/// Optimal string alignment distance (insert, delete, replace, swap neighbours), by bytes.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::array<std::vector<std::size_t>, 3> rows;
  for (auto& row : rows) row.assign(b.size() + 1, 0);
  for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto& now = rows[i % 3];
    auto const& above = rows[(i + 2) % 3];
    auto const& twice_above = rows[(i + 1) % 3];
    now[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      std::size_t const replace = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      now[j] = std::min({replace, above[j] + 1, now[j - 1] + 1});
      bool const swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) now[j] = std::min(now[j], twice_above[j - 2] + 1);
    }
  }
  return rows[a.size() % 3][b.size()];
}

/// Whether one is the plural of the other in y and ies, which no small number of slips leads to.
bool is_plural_in_ies(std::string_view one, std::string_view other) {
  if (one.size() > other.size()) std::swap(one, other);
  return one.size() > 1 && one.ends_with('y') && other.ends_with("ies") && other.size() == one.size() + 2 &&
         other.starts_with(one.substr(0, one.size() - 1));
}

}  // namespace

bool is_name(std::string_view text) noexcept {
  auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  return !text.empty() && std::all_of(text.begin(), text.end(), allowed);
}

std::string_view nearest_name(std::string_view typed, std::span<std::string_view const> candidates) {
  // Nobody types more; and comparing two texts takes as many steps as the product of their lengths.
  constexpr std::size_t longest = 200;
  if (typed.size() > longest) return {};
  std::string_view best;
  std::size_t best_distance = 0;
  for (std::string_view const candidate : candidates) {
    std::size_t const longer = std::max(typed.size(), candidate.size());
    std::size_t const shorter = std::min(typed.size(), candidate.size());
    std::size_t const allowed = std::max<std::size_t>(1, longer / 3);
    if (shorter == 0 || longer - shorter > allowed) continue;
    std::size_t const distance = is_plural_in_ies(typed, candidate) ? 1 : edit_distance(typed, candidate);
    if (distance > allowed || distance >= longer) continue;
    if (best.empty() || distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

std::string expected_one_of(std::string_view typed, std::span<std::string_view const> candidates) {
  constexpr std::size_t most = 8;
  if (candidates.empty()) return "none is known";
  std::string text = candidates.size() > 1 ? "one of " : "";
  for (std::size_t i = 0; i < std::min(most, candidates.size()); ++i) {
    if (i > 0) text += ", ";
    text += candidates[i];
  }
  if (candidates.size() > most) text += ", …";
  text += " was expected";
  std::string_view const meant = nearest_name(typed, candidates);
  if (!meant.empty()) text += "; did you mean '" + std::string(meant) + "'?";
  return text;
}

}  // namespace hansa
