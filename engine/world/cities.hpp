/// The cities and what is known of them, sorted by stable id.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "scenario/scenario.hpp"
#include "scenario/tables.hpp"

namespace hansa {

/// A text attribute: `code[i]` is the position in `labels` (sorted, unique), -1 where missing.
struct TextColumn {
  std::vector<std::string> labels;
  std::vector<std::int32_t> code;
  Place first_text;  ///< the first cell that is not a number, to tell why the column is text; line 0 if unknown
};

/// Immutable once built. All columns have size() values in canonical order; a missing number is NaN.
struct Cities {
  std::vector<std::string> id;      ///< ascending by bytes
  std::vector<std::uint64_t> hash;  ///< 64-bit hash of the id; unique
  std::vector<Index> input_order;   ///< input_order[row] = canonical index: results are written in this order
  std::map<std::string, std::vector<double>, std::less<>>
      numbers;  ///< columns whose every non-blank cell is a number, and derived ones
  std::map<std::string, TextColumn, std::less<>> texts;  ///< all other columns, and bins
  std::map<std::string, std::vector<Index>, std::less<>>
      refused;           ///< by number column, ascending: cities whose value is missing because it was complained of
  Place where;           ///< of the `cities` section
  bool complete = true;  ///< false after a complaint about rows that were left out: any id may be one of theirs

  [[nodiscard]] Index size() const noexcept { return static_cast<Index>(id.size()); }
  [[nodiscard]] std::optional<Index> find(std::string_view city) const noexcept;
  [[nodiscard]] std::vector<double> const* number(std::string_view name) const noexcept;
  [[nodiscard]] TextColumn const* text(std::string_view name) const noexcept;
  /// Names of all attributes, for "did you mean".
  [[nodiscard]] std::vector<std::string_view> attribute_names() const;
};

/// Reads or generates the cities and derives attributes. Complains of duplicate ids, blank ids, coordinates out of
/// range, non-finite numbers, unknown columns, logs of what is not positive, and hash collisions.
[[nodiscard]] Cities build_cities(CitiesSpec const& spec, Tables const& tables, std::uint64_t seed,
                                  Complaints& complaints);

/// A column that must be numeric, with a complaint at the reference if it is unknown, text, or has a missing value
/// that was not complained of at its cell.
/// `what` names its use in the complaint ("effect", "threshold"). Null after a complaint.
[[nodiscard]] std::vector<double> const* require_number(Cities const&, Reference const&, std::string_view what,
                                                        Complaints&);
/// The same for text attributes (missing values are allowed).
[[nodiscard]] TextColumn const* require_text(Cities const&, Reference const&, std::string_view what, Complaints&);

}  // namespace hansa
