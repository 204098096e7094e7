/// The cities and what is known of them, sorted by stable id.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/shared_vector.hpp"
#include "scenario/scenario.hpp"
#include "scenario/tables.hpp"

namespace hansa {

/// A text attribute: `code[i]` is the position in `labels` (sorted, unique), -1 where missing.
struct TextColumn {
  std::vector<std::string> labels;
  std::vector<std::int32_t> code;
  Place first_text;  ///< the first cell that is not a number, to tell why the column is text; line 0 if unknown
};

/// A value that an attribute takes from a label on.
template <class Of>
struct Later {
  std::int32_t from;
  Index city;
  Of value;  ///< a number, or a position in the labels
};

inline constexpr double no_value = std::numeric_limits<double>::quiet_NaN();  ///< of a numeric attribute: missing

/// Immutable once built. All columns have size() values in canonical order; a missing number is NaN.
struct Cities {
  SharedVector<std::string> id;      ///< ascending by bytes
  SharedVector<std::uint64_t> hash;  ///< 64-bit hash of the id; unique
  SharedVector<Index> input_order;   ///< input_order[row] = canonical index: results are written in this order
  std::map<std::string, SharedVector<double>, std::less<>>
      numbers;  ///< columns whose every non-blank cell is a number, and derived ones
  std::map<std::string, TextColumn, std::less<>> texts;  ///< all other columns, and bins
  std::map<std::string, std::vector<Index>, std::less<>>
      refused;  ///< by number column, ascending: cities whose value is missing because it was complained of
  /// Attributes that change after the start, by label, then city: `numbers` and `texts` hold their values at the start.
  std::map<std::string, std::vector<Later<double>>, std::less<>> later_numbers;
  std::map<std::string, std::vector<Later<std::int32_t>>, std::less<>> later_texts;
  Place where;           ///< of the `cities` section
  bool complete = true;  ///< false after a complaint about rows that were left out: any id may be one of theirs

  [[nodiscard]] Index size() const noexcept { return static_cast<Index>(id.size()); }
  [[nodiscard]] std::optional<Index> find(std::string_view city) const noexcept;
  [[nodiscard]] std::vector<double> const* number(std::string_view name) const noexcept;
  [[nodiscard]] TextColumn const* text(std::string_view name) const noexcept;
  [[nodiscard]] bool changes(std::string_view name) const noexcept;  ///< after the start
  /// Names of all attributes, for "did you mean".
  [[nodiscard]] std::vector<std::string_view> attribute_names() const;
};

/// Reads or generates the cities, reads what changes, and derives attributes. Complains of duplicate ids, blank ids,
/// coordinates out of range, non-finite numbers, unknown columns, logs of what is not positive, and hash collisions.
[[nodiscard]] Cities build_cities(CitiesSpec const& spec, Tables const& tables, Clock const& clock, std::uint64_t seed,
                                  Complaints& complaints);

/// Whether a use can do with an attribute that changes over time.
enum class Changes { refused, allowed };

/// A column that must be numeric, with a complaint at the reference if it is unknown, text, changes though it may not,
/// or has a missing value (at the start) that was not complained of at its cell.
/// `what` names its use in the complaint ("effect", "threshold"). Null after a complaint.
[[nodiscard]] std::vector<double> const* require_number(Cities const&, Reference const&, std::string_view what,
                                                        Complaints&, Changes changes = Changes::refused);
/// The same for text attributes (missing values are allowed).
[[nodiscard]] TextColumn const* require_text(Cities const&, Reference const&, std::string_view what, Complaints&,
                                             Changes changes = Changes::refused);
/// False, after a complaint, if the attribute changes over time.
[[nodiscard]] bool require_constant(Cities const&, Reference const&, std::string_view what, Complaints&);

}  // namespace hansa
