/// What is known of past adoptions of one policy.
#include "world/records.hpp"

#include <algorithm>
#include <tuple>

#include "world/rows.hpp"
#include "world/select.hpp"

namespace hansa {
namespace {

constexpr std::string_view adoption_columns[] = {"city", "year", "time", "policy", "after", "left"};

/// Reads the rows of an adopters file that concern one policy.
class ObservationReader {
 public:
  ObservationReader(Table const& table, std::string const& policy, World const& world, Complaints& complaints)
      : rows_(table, world.cities, complaints), policy_(policy), world_(world), complaints_(complaints) {}

  std::vector<Observation> read(Place const& where) {
    Table const& table = rows_.table();
    city_ = rows_.required("city");
    year_ = table.column("year");
    if (!year_) year_ = table.column("time");
    if (!year_) year_ = rows_.required("year");
    if (!city_ || !year_) return {};
    policy_column_ = rows_.optional("policy", adoption_columns);
    after_ = rows_.optional("after", adoption_columns);
    left_ = rows_.optional("left", adoption_columns);
    std::vector<Observation> observed;
    std::size_t concerned = 0;
    for (std::size_t row = 0; row < table.rows(); ++row) {
      if (!concerns(row)) continue;
      ++concerned;
      if (std::optional<Observation> one = read_row(row)) observed.push_back(std::move(*one));
    }
    if (concerned == 0) {
      complaints_.warn("no row of " + table.name + " concerns the policy '" + policy_ + "'", where,
                       "check the names in its column policy");
    }
    sort_and_check(observed);
    return observed;
  }

 private:
  bool concerns(std::size_t row) {
    if (!policy_column_) return true;
    std::string const& name = rows_.table().cell(row, *policy_column_);
    if (name.empty()) rows_.complain(row, *policy_column_, "the policy is blank", "the name of a policy was expected");
    return name == policy_;
  }

  std::optional<std::int32_t> optional_year(std::size_t row, std::optional<std::size_t> column, bool& sound) {
    if (rows_.blank(row, column)) return std::nullopt;
    std::optional<std::int32_t> const year = rows_.year(row, *column);
    sound = sound && year;
    return year;
  }

  std::optional<Observation> read_row(std::size_t row) {
    bool sound = true;
    std::optional<Index> const city = rows_.city(row, *city_);
    std::optional<std::int32_t> const year = rows_.year(row, *year_);
    std::optional<std::int32_t> const after = optional_year(row, after_, sound);
    std::optional<std::int32_t> const left = optional_year(row, left_, sound);
    if (year && after && *after >= *year) {
      rows_.complain(row, *after_, "`after` " + std::to_string(*after) + " is not before the year of adoption",
                     "a label before " + std::to_string(*year) + " was expected");
      sound = false;
    }
    if (year && left && *left <= *year) {
      rows_.complain(row, *left_, "`left` " + std::to_string(*left) + " is not after the year of adoption",
                     "a label after " + std::to_string(*year) + " was expected");
      sound = false;
    }
    if (!city || !year || !sound) return std::nullopt;
    return Observation{*city, after ? midpoint(*after, *year) : *year, after, *year, left, rows_.place(row)};
  }

  /// Of the years after + 1 … year, rounded down (also below zero).
  static std::int32_t midpoint(std::int32_t after, std::int32_t year) noexcept {
    std::int64_t const sum = std::int64_t{after} + 1 + year;
    return static_cast<std::int32_t>(sum >> 1);
  }

  /// Sorts by city, then year. A city may come again only after it left: a city that leaves in t can adopt from t + 1.
  void sort_and_check(std::vector<Observation>& observed) {
    std::sort(observed.begin(), observed.end(), [](Observation const& a, Observation const& b) {
      return std::tie(a.city, a.year, a.as_written, a.where.line) <
             std::tie(b.city, b.year, b.as_written, b.where.line);
    });
    for (std::size_t k = 1; k < observed.size(); ++k) {
      Observation const& earlier = observed[k - 1];
      Observation const& later = observed[k];
      if (earlier.city != later.city) continue;
      if (earlier.left && later.year > *earlier.left) {
        check_interval(earlier, later);
        continue;
      }
      Observation const& told = later.where.line > earlier.where.line ? later : earlier;
      Observation const& other = later.where.line > earlier.where.line ? earlier : later;
      complaints_.add("'" + world_.cities.id[later.city] + "' adopts '" + policy_ + "' twice", told.where,
                      "line " + std::to_string(other.where.line) +
                          " has it too; a second adoption needs a `left` before it in the first");
    }
  }

  /// Of a city that comes again: not before it left.
  void check_interval(Observation const& earlier, Observation const& later) {
    if (!later.after || *later.after >= *earlier.left) return;
    complaints_.add("`after` " + std::to_string(*later.after) + " is before '" + world_.cities.id[later.city] +
                        "' left '" + policy_ + "'",
                    later.where,
                    "a label from " + std::to_string(*earlier.left) + " on was expected, which line " +
                        std::to_string(earlier.where.line) + " has as `left`");
  }

  Rows rows_;
  std::string const& policy_;
  World const& world_;
  Complaints& complaints_;
  std::optional<std::size_t> city_, year_, policy_column_, after_, left_;
};

/// Labels after the clock's end are seldom meant.
void warn_of_late_rows(std::vector<Observation> const& observed, std::int32_t end, Complaints& complaints) {
  Observation const* first = nullptr;
  std::size_t count = 0;
  for (Observation const& row : observed) {
    if (row.year <= end) continue;
    ++count;
    if (!first || row.where.line < first->where.line) first = &row;
  }
  if (!first) return;
  std::string const noun = count == 1 ? " row is dated after " : " rows are dated after ";
  complaints.warn(
      std::to_string(count) + noun + std::to_string(end) + ", in which time ends", first->where,
      count == 1 ? "it is neither replayed nor compared" : "they are neither replayed nor compared; this is the first");
}

std::vector<std::uint8_t> flags(std::optional<Selector> const& selector, World const& world, std::int32_t at,
                                std::string const& key, Complaints& complaints, int threads) {
  if (!selector) return std::vector<std::uint8_t>(world.cities.size(), 1);
  std::vector<std::uint8_t> result(world.cities.size(), 0);
  for (Index city : select(*selector, world, at, key, complaints, threads)) result[city] = 1;
  return result;
}

}  // namespace

void check_adoptions(PolicySpec const& policy, Tables const& tables, Complaints& complaints) {
  auto const* file = std::get_if<FileRef>(&policy.adopters.source);
  Table const* table = file ? find_table(tables, *file) : nullptr;
  World unread;
  unread.cities.complete = false;
  if (table) (void)ObservationReader(*table, policy.name, unread, complaints).read(file->where);
}

std::vector<std::uint8_t> known_cities(PolicyRecords const& records, Index cities) {
  std::vector<std::uint8_t> known(cities, 1);
  for (Index i = 0; i < cities && !records.covered.empty(); ++i) known[i] = records.covered[i] != 0 ? 1 : 0;
  for (Observation const& row : records.observed) known[row.city] = 1;
  return known;
}

PolicyRecords build_records(PolicySpec const& policy, Clock const& clock, Tables const& tables, World const& world,
                            Complaints& complaints, int threads) {
  PolicyRecords records;
  records.policy = policy.name;
  if (auto const* file = std::get_if<FileRef>(&policy.adopters.source)) {
    if (Table const* table = find_table(tables, *file)) {
      records.observed = ObservationReader(*table, policy.name, world, complaints).read(file->where);
      warn_of_late_rows(records.observed, clock.end, complaints);
    }
  } else if (auto const* selector = std::get_if<Selector>(&policy.adopters.source)) {
    records.initial = select(*selector, world, clock.start, policy.name, complaints, threads);
  }
  records.covered = flags(policy.adopters.coverage, world, clock.start, policy.name, complaints, threads);
  records.eligible = flags(policy.at_risk.cities, world, clock.start, policy.name, complaints, threads);
  return records;
}

}  // namespace hansa
