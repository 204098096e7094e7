/// Lines of the closing table.
#include "tell/closing.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "base/counted.hpp"
#include "tell/text_table.hpp"

namespace hansa {

namespace {

using Rows = std::vector<std::vector<std::string>>;

std::string whole(double value) {
  return fmt::format("{:.0f}", value);
}

std::string percent(double share) {
  double const value = 100 * share + 0.0;  // no -0
  double const size = std::fabs(value);
  if (size > 0 && size < 0.1) return value > 0 ? "under 0.1 %" : "above -0.1 %";
  return size < 9.95 ? fmt::format("{:.1f} %", value) : fmt::format("{:.0f} %", value);
}

std::vector<std::string> spread_row(std::string what, Spread const& values) {
  return {std::move(what), whole(values.low), whole(values.median), whole(values.high)};
}

std::vector<std::string> share_row(std::string what, Spread const& values, std::int64_t cities) {
  auto const share = [&](double adopters) { return percent(cities > 0 ? adopters / static_cast<double>(cities) : 0); };
  return {std::move(what), share(values.low), share(values.median), share(values.high)};
}

std::string group_name(GroupSummary const& group, std::int64_t cities) {
  return fmt::format("    {} ({})", group.label, counted(cities, "city", "cities"));
}

/// The end of the clock.
Rows final_rows(Summary const& summary, PolicySummary const& policy) {
  Rows rows;
  rows.push_back({policy.policy, "5 %", "median", "95 %"});
  rows.push_back(spread_row(fmt::format("  adopters in {}", summary.clock.end), policy.adopters));
  rows.push_back(share_row("  share of all cities", policy.adopters, summary.cities));
  std::string attribute;
  for (GroupSummary const& group : policy.groups) {
    if (group.attribute != attribute) rows.push_back({fmt::format("  by {}", group.attribute)});
    attribute = group.attribute;
    rows.push_back(spread_row(group_name(group, group.cities), group.adopters));
  }
  return rows;
}

/// What data tell, beside the same cities in the simulation.
Rows compared_rows(PolicySummary const& policy) {
  Compared const& all = *policy.compared;
  Rows rows;
  auto const add = [&](std::vector<std::string> row, std::string observed) {
    row.push_back(std::move(observed));
    rows.push_back(std::move(row));
  };
  rows.push_back({fmt::format("{} in {}, where the data tell", policy.policy, policy.compared_at), "5 %", "median",
                  "95 %", "observed"});
  add(spread_row(fmt::format("  adopters among {}", counted(all.cities, "city", "cities")), all.adopters),
      fmt::format("{}", all.observed));
  add(share_row("  share of these cities", all.adopters, all.cities),
      percent(static_cast<double>(all.observed) / static_cast<double>(all.cities)));
  std::string attribute;
  for (GroupSummary const& group : policy.groups) {
    if (!group.compared) continue;
    if (group.attribute != attribute) rows.push_back({fmt::format("  by {}", group.attribute)});
    attribute = group.attribute;
    add(spread_row(group_name(group, group.compared->cities), group.compared->adopters),
        fmt::format("{}", group.compared->observed));
  }
  return rows;
}

std::string half_words(Summary const& summary, PolicySummary const& policy) {
  std::int64_t const missed = summary.replicates - policy.reached_half;
  if (!policy.time_to_half) return "half of all cities: not reached in any replicate";
  Spread const& at = *policy.time_to_half;
  std::string text = fmt::format("half of all cities: reached in {:.0f} (median; 5 to 95 %: {:.0f} to {:.0f})",
                                 at.median, at.low, at.high);
  if (missed > 0) text += fmt::format("; not reached in {} of {} replicates", missed, summary.replicates);
  return text;
}

/// What a reserved name of the attribution stands for.
std::string plain_name(std::string const& mechanism) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> words = {{
      {"baseline", "baseline (of their own accord)"},
      {"attributes", "attributes (what the cities are like)"},
      {"trend", "trend (the times)"},
      {"frailty", "frailty (unobserved differences)"},
      {"intervention", "interventions"},
      {"data", "data (given, not simulated)"},
  }};
  for (auto const& [name, meaning] : words) {
    if (mechanism == name) return std::string(meaning);
  }
  return mechanism;
}

std::string share_words(PolicySummary const& policy) {
  std::string text = "adoptions attributed to: ";
  for (std::size_t i = 0; i < policy.shares.size(); ++i) {
    if (i > 0) text += ", ";
    text += plain_name(policy.shares[i].mechanism) + " " + percent(policy.shares[i].share);
  }
  return text;
}

/// A mean as a whole number where it is one.
std::string mean(double value) {
  return value == std::floor(value) ? fmt::format("{:.0f}", value) : fmt::format("{:.1f}", value);
}

/// An amount as one would say it: "2000000 EUR", "0.25".
std::string money(double amount, std::string const& currency) {
  std::string const number = std::fabs(amount) >= 100 ? whole(amount) : fmt::format("{:.3g}", amount);
  return currency.empty() ? number : number + " " + currency;
}

void add_cost(std::string& text, Summary const& summary, CostSummary const& cost) {
  Spread const& all = cost.spending;
  add_line(text, fmt::format("cities spend {} on it in all (median; 5 to 95 %: {} to {})",
                             money(all.median, summary.currency), money(all.low, {}), money(all.high, {})));
  if (!cost.first || !cost.last) return;
  add_line(text, fmt::format("it costs a city {} in {} and {} in {} (means over cities and replicates)",
                             money(*cost.first, summary.currency), summary.clock.start,
                             money(*cost.last, summary.currency), summary.clock.end));
}

/// Whether beliefs that are averages of each other came to rest.
std::string belief_words(BeliefSummary const& beliefs) {
  std::int64_t all = beliefs.settled + beliefs.moving;
  for (auto const& [period, count] : beliefs.circling) all += count;
  std::string text = beliefs.settled == all
                         ? "beliefs have settled in the end in all replicates"
                         : fmt::format("beliefs have settled in the end in {} of {} replicates", beliefs.settled, all);
  for (auto const& [period, count] : beliefs.circling)
    text += fmt::format("; in {} they go round with period {}, and would not settle", count, period);
  if (beliefs.moving > 0)
    text += fmt::format("; in {} they still move, without a period that could be seen", beliefs.moving);
  return text;
}

std::string seed_words(SeedSummary const& seed) {
  std::string text = fmt::format("{} in {}: {} of {} seeded", seed.intervention, seed.label, mean(seed.seeded),
                                 counted(seed.cities, "city", "cities"));
  if (seed.failed > 0) text += fmt::format("; with {} it failed", mean(seed.failed));
  if (seed.adopters > 0) text += fmt::format("; {} had adopted before", mean(seed.adopters));
  if (seed.excluded > 0) text += fmt::format("; {} had adopted what it excludes", mean(seed.excluded));
  return text + (text.find('.') == std::string::npos ? "" : " (means over replicates)");
}

void add_subsidy(std::string& text, Summary const& summary, SubsidySummary const& subsidy) {
  std::string words = fmt::format("{} from {} to {}: pays {} (median; 5 to 95 %: {} to {})", subsidy.intervention,
                                  subsidy.label, subsidy.until, money(subsidy.paid.median, summary.currency),
                                  money(subsidy.paid.low, {}), money(subsidy.paid.high, {}));
  if (subsidy.spent_at)
    words += fmt::format("; its budget is spent in {} of {} replicates, by {:.0f} (median)", subsidy.spent,
                         summary.replicates, subsidy.spent_at->median);
  add_line(text, words);
}

void add_resources(std::string& text, Summary const& summary) {
  ResourceSummary const& resources = summary.resources;
  auto const range = [](Spread const& all) {
    return fmt::format("(median; 5 to 95 %: {} to {})", money(all.low, {}), money(all.high, {}));
  };
  for (BudgetSummary const& each : resources.budgets) {
    std::string const whose = each.attribute.empty() ? "a city" : fmt::format("{} = {}", each.attribute, each.label);
    add_line(text, fmt::format("{} has {} at the end {}", whose, money(each.budget.median, summary.currency),
                               range(each.budget)));
  }
  if (resources.ties_used)
    add_line(text, fmt::format("ties are used {} times {}", money(resources.ties_used->median, {}),
                               range(*resources.ties_used)));
  if (resources.fees)
    add_line(text, fmt::format("members pay fees of {} {}", money(resources.fees->median, summary.currency),
                               range(*resources.fees)));
}

void add_members(std::string& text, Summary const& summary, MembersSummary const& of) {
  add_line(text, fmt::format("{} has {:.0f} members at the end (median; 5 to 95 %: {:.0f} to {:.0f})", of.collaboration,
                             of.members.median, of.members.low, of.members.high));
  if (of.pledged.empty()) return;
  std::string words =
      fmt::format("pledges to adopt {} are kept in {} of {} replicates", of.pledged, of.concluded, summary.replicates);
  if (of.at) words += fmt::format(", by {:.0f} cities in {:.0f} (medians)", of.kept->median, of.at->median);
  add_line(text, words);
}

void add_numbers(std::string& text, Rows const& rows) {
  constexpr auto right = Align::right;
  text += '\n' + lay_out(rows, {Align::left, right, right, right, right});
}

void add_policy(std::string& text, Summary const& summary, PolicySummary const& policy) {
  add_numbers(text, final_rows(summary, policy));
  add_line(text, half_words(summary, policy));
  std::string risk = fmt::format("{} at risk of adopting", counted(policy.at_risk, "city", "cities"));
  if (policy.given > 0) risk += fmt::format("; {} given by data", counted(policy.given, "adoption", "adoptions"));
  if (policy.sources_only > 0)
    risk += fmt::format("; {} only observed by others", counted(policy.sources_only, "city", "cities"));
  add_line(text, risk);
  if (policy.cost) add_cost(text, summary, *policy.cost);
  if (policy.beliefs) add_line(text, belief_words(*policy.beliefs));
  if (!policy.shares.empty()) add_line(text, share_words(policy));
  if (std::ranges::any_of(policy.shares, [](auto const& each) { return each.share < 0; })) {
    add_line(text, "a share below 0 is of what held adopters back; the others may then exceed 100 %");
  }
  if (policy.compared) add_numbers(text, compared_rows(policy));
  if (policy.observed_elsewhere > 0) {
    add_line(text, fmt::format("observed besides: {} that cannot adopt in this run",
                               counted(policy.observed_elsewhere, "adopter", "adopters")));
  }
  if (policy.unknown > 0) {
    add_line(text, fmt::format("unknown status: {} neither named nor covered by the file of adopters",
                               counted(policy.unknown, "city", "cities")));
  }
}

}  // namespace

std::string duration_words(double seconds) {
  if (seconds < 9.95) return fmt::format("{:.2g} s", seconds);
  auto const whole_seconds = static_cast<std::int64_t>(std::llround(seconds));
  if (whole_seconds < 60) return fmt::format("{} s", whole_seconds);
  if (whole_seconds < 3600) return fmt::format("{} min {} s", whole_seconds / 60, whole_seconds % 60);
  return fmt::format("{} h {} min", whole_seconds / 3600, whole_seconds % 3600 / 60);
}

std::string rate_words(double per_second) {
  return per_second >= 100 ? fmt::format("{:.0f}", per_second) : fmt::format("{:.3g}", per_second);
}

std::string closing_table(Summary const& summary, RunFacts const& facts) {
  std::string text = summary.title + '\n';
  std::int64_t const run = summary.replicates + facts.failed;
  add_line(text, fmt::format("{}, {} to {} in steps of a {}", counted(summary.cities, "city", "cities"),
                             summary.clock.start, summary.clock.end, summary.clock.unit));
  std::string pace = fmt::format("{} in {}", counted(run, "replicate", "replicates"), duration_words(facts.seconds));
  if (run < facts.asked) pace = fmt::format("interrupted: {} of {}", run, facts.asked) + pace.substr(pace.find(' '));
  if (facts.seconds > 0 && run > 0) {
    pace += fmt::format(" ({} a second)", rate_words(static_cast<double>(run) / facts.seconds));
  }
  add_line(text, pace);
  if (facts.failed > 0) {
    add_line(text, fmt::format("{} failed and {} in no number below", counted(facts.failed, "replicate", "replicates"),
                               facts.failed == 1 ? "is" : "are"));
  }
  if (summary.replicates > 0) {
    for (PolicySummary const& policy : summary.policies) add_policy(text, summary, policy);
    if (!summary.seeds.empty() || !summary.subsidies.empty()) text += '\n';
    for (SeedSummary const& seed : summary.seeds) add_line(text, seed_words(seed));
    for (SubsidySummary const& subsidy : summary.subsidies) add_subsidy(text, summary, subsidy);
    if (!summary.resources.budgets.empty() || summary.resources.fees) text += '\n';
    add_resources(text, summary);
    if (!summary.collaborations.empty()) text += '\n';
    for (MembersSummary const& each : summary.collaborations) add_members(text, summary, each);
  }
  text += '\n';
  if (facts.warnings > 0) text += counted(static_cast<std::int64_t>(facts.warnings), "warning", "warnings") + '\n';
  if (!facts.file.empty()) text += "result: " + facts.file + '\n';
  return text;
}

}  // namespace hansa
