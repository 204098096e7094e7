/// Names in the column `policy` of adopters files that may be slips of those in the scenario.
#include "world/policy_names.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/letters.hpp"
#include "base/names.hpp"
#include "world/rows.hpp"

namespace hansa {
namespace {

/// What of a name is hardly mistyped: without capitals, blanks, '_' and '-'.
std::string bare(std::string_view name) {
  std::string text;
  for (char const c : look_of(name)) {
    if (c == ' ' || c == '_' || c == '-') continue;
    text += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return text;
}

std::string digits(std::string_view name) {
  std::string text;
  std::copy_if(name.begin(), name.end(), std::back_inserter(text), [](char c) { return c >= '0' && c <= '9'; });
  return text;
}

/// The policies of a scenario, to look up what was typed.
class PolicyNames {
 public:
  explicit PolicyNames(std::vector<PolicySpec> const& policies) {
    for (PolicySpec const& each : policies) {
      exact_.insert(each.name);
      by_bare_.emplace(bare(each.name), each.name);
    }
  }

  [[nodiscard]] bool has(std::string_view name) const { return exact_.contains(name); }

  /// The policy that may be meant, or nothing.
  [[nodiscard]] std::string_view near_to(std::string_view typed) const {
    std::vector<std::string_view> candidates;
    for (auto const& [form, name] : by_bare_) {
      if (digits(name) == digits(typed)) candidates.push_back(form);
    }
    std::string_view const nearest = nearest_name(bare(typed), candidates);
    return nearest.empty() ? nearest : by_bare_.find(nearest)->second;
  }

 private:
  std::set<std::string_view> exact_;
  std::map<std::string, std::string_view, std::less<>> by_bare_;
};

struct Occurrences {
  std::size_t first_row;
  std::size_t rows = 0;
};

void warn_of(Table const& table, PolicyNames const& policies, Complaints& complaints) {
  // A file with so many other policies is a collection, and the search would be the longest part of reading it.
  constexpr std::size_t most = 1000;
  std::optional<std::size_t> const column = table.column("policy");
  if (!column) return;
  std::map<std::string_view, Occurrences> others;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    std::string const& name = table.cell(row, *column);
    if (name.empty() || policies.has(name)) continue;
    ++others.try_emplace(name, Occurrences{row}).first->second.rows;
  }
  if (others.size() > most) return;
  for (auto const& [name, found] : others) {
    std::string_view const meant = policies.near_to(name);
    if (meant.empty()) continue;
    bool const one = found.rows == 1;
    complaints.warn(fmt::format("{} of '{}', a policy that the scenario does not have",
                                one ? "1 row is" : fmt::format("{} rows are", found.rows), name),
                    table.place(found.first_row, *column),
                    fmt::format("did you mean '{}'? {}", meant,
                                one ? "the row is not read" : "they are not read; this is the first"));
  }
}

}  // namespace

void warn_of_policy_names(Scenario const& scenario, Tables const& tables, Complaints& complaints) {
  PolicyNames const policies(scenario.policies);
  std::set<Table const*> seen;
  for (PolicySpec const& policy : scenario.policies) {
    auto const* file = std::get_if<FileRef>(&policy.adopters.source);
    Table const* table = file ? find_table(tables, *file) : nullptr;
    if (table && seen.insert(table).second) warn_of(*table, policies, complaints);
  }
}

}  // namespace hansa
