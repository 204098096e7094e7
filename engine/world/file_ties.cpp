/// Reads rows of ties, and the times at which they hold.
#include "world/file_ties.hpp"

#include <algorithm>
#include <limits>

#include "base/counted.hpp"
#include "world/rows.hpp"
#include "world/spells.hpp"

namespace hansa {
namespace {

constexpr std::string_view tie_columns[] = {"source", "target", "weight", "from", "until", "time"};

/// First and last label of a row.
struct Spell {
  std::int64_t from = std::numeric_limits<std::int32_t>::min();
  std::int64_t until = std::numeric_limits<std::int32_t>::max();
};

/// The columns that date rows.
class Dates {
 public:
  Dates(Rows& rows, NetworkSpec const& spec, Clock const& clock, Complaints& complaints)
      : rows_(rows),
        from_(rows.optional("from", tie_columns)),
        until_(rows.optional("until", tie_columns)),
        time_(rows.optional("time", tie_columns)),
        steps_(clock.steps()),
        zero_(std::int64_t{clock.start} - 1 - (spec.timing == TieTiming::lagged ? 1 : 0)),
        timing_(spec.timing) {
    if (!time_ || (!from_ && !until_)) return;
    complaints.add("column 'time' stands beside '" + std::string(from_ ? "from" : "until") +
                       "' in the ties of network '" + spec.name + "'",
                   {rows.table().name, 1, 0},
                   "either slices in 'time', or spells in 'from' and 'until', were expected");
  }

  /// Nothing after a complaint.
  std::optional<Spell> read(std::size_t row) {
    Spell spell;
    if (time_) {
      if (!rows_.blank(row, time_)) return slice(row);
      rows_.complain(row, *time_, "the time of the tie is missing", "a whole number was expected");
      return std::nullopt;
    }
    std::optional<std::int32_t> const from = label(row, from_, std::numeric_limits<std::int32_t>::min());
    std::optional<std::int32_t> const until = label(row, until_, std::numeric_limits<std::int32_t>::max());
    if (!from || !until) return std::nullopt;
    if (*from <= *until) return Spell{*from, *until};
    rows_.complain(row, *until_,
                   "the tie ends in " + std::to_string(*until) + ", before it begins in " + std::to_string(*from),
                   "'from' and 'until' are the first and the last label at which it holds");
    return std::nullopt;
  }

  /// Puts the steps of a spell into the tie; false if it has none.
  [[nodiscard]] bool put(Spell const& spell, Tie& tie) const {
    std::int64_t const from = spell.from - zero_;
    std::int64_t const until = spell.until - zero_;
    if (from > steps_ || until < 1) return false;
    tie.from = static_cast<std::int16_t>(std::max<std::int64_t>(1, from));
    bool const beyond = until > steps_ || (until == steps_ && timing_ == TieTiming::current);
    tie.until = beyond ? for_ever : static_cast<std::int16_t>(until);
    return true;
  }

 private:
  std::optional<Spell> slice(std::size_t row) {
    std::optional<std::int32_t> const at = rows_.year(row, *time_);
    if (!at) return std::nullopt;
    return Spell{*at, *at};
  }
  std::optional<std::int32_t> label(std::size_t row, std::optional<std::size_t> column, std::int32_t blank) {
    if (rows_.blank(row, column)) return blank;
    return rows_.year(row, *column);
  }

  Rows& rows_;
  std::optional<std::size_t> from_, until_, time_;
  std::int64_t steps_;
  std::int64_t zero_;  // the label before step 1
  TieTiming timing_;   // lagged: an end that counts in the last step is before the end of time, and is kept
};

std::optional<double> read_weight(Rows& rows, std::size_t row, std::size_t column) {
  std::string const& text = rows.table().cell(row, column);
  std::optional<double> const weight = parse_number(text);
  if (weight && *weight >= 0) return weight;
  std::string problem = "the weight '" + text + "' is ";
  if (text.empty())
    problem = "the weight is missing";
  else
    problem += weight ? "negative" : "not a finite number";
  rows.complain(row, column, std::move(problem), "a number from 0 was expected");
  return std::nullopt;
}

}  // namespace

DrawnTies read_ties(FileTies const& file, NetworkSpec const& spec, Cities const& cities, Tables const& tables,
                    Clock const& clock, Complaints& complaints) {
  Table const* table = find_table(tables, file.file);
  if (!table) return {};
  Rows rows(*table, cities, complaints);
  Dates dates(rows, spec, clock, complaints);
  std::optional<std::size_t> const source = rows.required("source");
  std::optional<std::size_t> const target = rows.required("target");
  std::optional<std::size_t> const weight = rows.optional("weight", tie_columns);
  DrawnTies drawn{{}, weight ? Weights::given : Weights::none};
  if (!source || !target) return drawn;
  drawn.ties.reserve(table->rows());
  std::size_t outside = 0;
  for (std::size_t row = 0; row < table->rows(); ++row) {
    std::optional<Index> const from = rows.city(row, *source);
    std::optional<Index> const to = rows.city(row, *target);
    std::optional<double> const strength = weight ? read_weight(rows, row, *weight) : std::optional<double>(1);
    std::optional<Spell> const spell = dates.read(row);
    if (!from || !to || !strength || !spell) continue;
    Tie tie{*from, *to, *strength};
    if (dates.put(*spell, tie))
      drawn.ties.push_back(tie);
    else
      ++outside;
  }
  if (outside > 0) {
    complaints.warn(
        "network '" + spec.name + "': " + counted(outside, "tie holds", "ties hold") + " at no step of the simulation",
        {table->name, 0, 0});
  }
  return drawn;
}

std::vector<Pair> read_pairs(FileRef const& file, Cities const& cities, Tables const& tables, Complaints& complaints) {
  std::vector<Pair> pairs;
  Table const* table = find_table(tables, file);
  if (!table) return pairs;
  Rows rows(*table, cities, complaints);
  std::optional<std::size_t> const source = rows.required("source"), target = rows.required("target");
  for (std::size_t row = 0; source && target && row < table->rows(); ++row) {
    std::optional<Index> const from = rows.city(row, *source), to = rows.city(row, *target);
    if (from && to) pairs.push_back({*from, *to});
  }
  return pairs;
}

void mirror_rows(std::vector<Tie>& ties) {
  std::size_t const count = ties.size();
  ties.reserve(2 * count);
  for (std::size_t k = 0; k < count; ++k) {
    if (ties[k].source == ties[k].target) continue;
    ties.push_back(ties[k]);
    std::swap(ties.back().source, ties.back().target);
  }
}

}  // namespace hansa
