/// Reads files of national laws.
#include "world/laws.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "world/countries.hpp"
#include "world/rows.hpp"

namespace hansa {
namespace {

class LawsReader {
 public:
  LawsReader(Table const& table, Cities const& cities, Complaints& complaints)
      : table_(table), cities_(cities), rows_(table, cities, complaints) {}

  std::vector<DatedLaw> read(std::string const& policy) {
    auto const country = rows_.required("country"), of = rows_.required("policy"), from = rows_.required("from");
    if (!country || !of || !from) return {};
    std::vector<DatedLaw> laws;
    std::map<std::string, std::size_t, std::less<>> seen;
    for (std::size_t row = 0; row < table_.rows(); ++row) {
      if (table_.cell(row, *of) != policy) continue;
      auto const code = country_of(row, *country);
      std::string const& name = table_.cell(row, *country);
      auto const [before, is_new] = seen.emplace(name, row);
      if (!is_new && !name.empty())
        rows_.complain(
            row, *country, fmt::format("country '{}' has two laws on '{}'", name, policy),
            fmt::format("one was expected, which stays in force; line {} has one too", table_.lines[before->second]));
      if (rows_.blank(row, *from)) {
        rows_.complain(row, *from, "a year is missing", "that from which the law is in force was expected");
        continue;
      }
      auto const year = rows_.year(row, *from);
      if (code && year && is_new) laws.push_back({*code, *year});
    }
    std::sort(laws.begin(), laws.end(), [](DatedLaw const& a, DatedLaw const& b) { return a.country < b.country; });
    return laws;
  }

 private:
  std::optional<std::int32_t> country_of(std::size_t row, std::size_t column) {
    std::string const& name = table_.cell(row, column);
    auto const found = find_country(cities_, name);
    if (found) return found;
    if (name.empty())
      rows_.complain(row, column, "a country is missing", "the name of a country was expected");
    else if (cities_.complete && cities_.text("country") != nullptr)
      rows_.complain(row, column, fmt::format("country '{}' has a law and no city", name),
                     mend_for_country(cities_, name));
    return std::nullopt;
  }

  Table const& table_;
  Cities const& cities_;
  Rows rows_;
};

/// Warns once of rows that are of no policy of the scenario.
void warn_of_policies(Table const& table, Scenario const& scenario, Complaints& complaints) {
  auto const column = table.column("policy");
  if (!column) return;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    std::string const& name = table.cell(row, *column);
    bool const known = std::any_of(scenario.policies.begin(), scenario.policies.end(),
                                   [&](PolicySpec const& each) { return each.name == name; });
    if (known) continue;
    return complaints.warn(fmt::format("a law on '{}', a policy that the scenario does not have", name),
                           table.place(row, *column), "rows of other policies are not read");
  }
}

}  // namespace

std::vector<LawRecords> read_laws(Scenario const& scenario, Tables const& tables, Cities const& cities,
                                  Complaints& complaints) {
  std::vector<LawRecords> all;
  std::set<Table const*> told;
  std::set<std::pair<Table const*, std::string>> read;
  for (PolicySpec const& policy : scenario.policies) {
    for (MechanismSpec const& each : policy.mechanisms) {
      Table const* const table = each.file ? find_table(tables, *each.file) : nullptr;
      if (table == nullptr) continue;
      Complaints again;  // several mechanisms of a policy may have one file, of which mistakes are told once
      bool const is_first = read.emplace(table, policy.name).second;
      all.push_back(
          {policy.name, each.name, LawsReader(*table, cities, is_first ? complaints : again).read(policy.name)});
      if (told.insert(table).second) warn_of_policies(*table, scenario, complaints);
      if (all.back().laws.empty() && is_first && cities.complete)
        complaints.warn(fmt::format("no row of '{}' is a law on '{}'", each.file->given, policy.name), each.file->where,
                        fmt::format("'{}' does nothing", each.name));
    }
  }
  return all;
}

}  // namespace hansa
