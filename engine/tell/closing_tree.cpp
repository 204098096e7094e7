/// The closing table as a tree of values.
#include "tell/closing.hpp"
#include "tell/tree.hpp"

namespace hansa {

namespace {

Node spread_node(Spread const& values) {
  return map_node(
      {{"low", number_node(values.low)}, {"median", number_node(values.median)}, {"high", number_node(values.high)}});
}

Node group_node(GroupSummary const& group) {
  return map_node({{"attribute", text_node(group.attribute)},
                   {"value", text_node(group.label)},
                   {"cities", number_node(group.cities)},
                   {"adopters", spread_node(group.adopters)}});
}

using Entries = std::vector<std::pair<std::string, Node>>;

void add_compared(Compared const& compared, Entries& entries) {
  entries.emplace_back("cities", number_node(compared.cities));
  entries.emplace_back("adopters", spread_node(compared.adopters));
  entries.emplace_back("observed", number_node(compared.observed));
}

Node compared_node(PolicySummary const& policy) {
  std::vector<Node> groups;
  for (GroupSummary const& each : policy.groups) {
    if (!each.compared) continue;
    Entries group{{"attribute", text_node(each.attribute)}, {"value", text_node(each.label)}};
    add_compared(*each.compared, group);
    groups.push_back(map_node(std::move(group)));
  }
  Entries entries{{"at", number_node(std::int64_t{policy.compared_at})}};
  add_compared(*policy.compared, entries);
  entries.emplace_back("observed_elsewhere", number_node(policy.observed_elsewhere));
  entries.emplace_back("groups", list_node(std::move(groups)));
  return map_node(std::move(entries));
}

Node cost_node(CostSummary const& cost) {
  return map_node({{"spending", spread_node(cost.spending)},
                   {"first", cost.first ? number_node(*cost.first) : Node()},
                   {"last", cost.last ? number_node(*cost.last) : Node()}});
}

Node beliefs_node(BeliefSummary const& beliefs) {
  std::vector<Node> circling;
  for (auto const& [period, count] : beliefs.circling)
    circling.push_back(map_node({{"period", number_node(std::int64_t{period})}, {"replicates", number_node(count)}}));
  return map_node({{"settled", number_node(beliefs.settled)},
                   {"circling", list_node(std::move(circling))},
                   {"moving", number_node(beliefs.moving)}});
}

Node policy_node(Summary const& summary, PolicySummary const& policy) {
  bool const counted = summary.replicates > 0;
  std::vector<Node> groups;
  for (GroupSummary const& each : policy.groups) {
    if (counted) groups.push_back(group_node(each));
  }
  Entries shares;
  for (MechanismShare const& each : policy.shares) shares.emplace_back(each.mechanism, number_node(each.share));
  return map_node({{"name", text_node(policy.policy)},
                   {"at", number_node(std::int64_t{summary.clock.end})},
                   {"adopters", counted ? spread_node(policy.adopters) : Node()},
                   {"time_to_half", policy.time_to_half ? spread_node(*policy.time_to_half) : Node()},
                   {"reached_half", number_node(policy.reached_half)},
                   {"at_risk", number_node(policy.at_risk)},
                   {"given", number_node(policy.given)},
                   {"sources_only", number_node(policy.sources_only)},
                   {"groups", list_node(std::move(groups))},
                   {"attributed", map_node(std::move(shares))},
                   {"cost", policy.cost ? cost_node(*policy.cost) : Node()},
                   {"beliefs", policy.beliefs ? beliefs_node(*policy.beliefs) : Node()},
                   {"compared", counted && policy.compared ? compared_node(policy) : Node()},
                   {"unknown", number_node(policy.unknown)}});
}

Node seed_node(SeedSummary const& seed) {
  return map_node({{"name", text_node(seed.intervention)},
                   {"at", number_node(std::int64_t{seed.label})},
                   {"cities", number_node(seed.cities)},
                   {"cost", seed.cost ? number_node(*seed.cost) : Node()},
                   {"seeded", number_node(seed.seeded)},
                   {"failed", number_node(seed.failed)},
                   {"adopted_before", number_node(seed.adopters)},
                   {"excluded", number_node(seed.excluded)}});
}

Node subsidy_node(SubsidySummary const& subsidy) {
  return map_node({{"name", text_node(subsidy.intervention)},
                   {"at", number_node(std::int64_t{subsidy.label})},
                   {"until", number_node(std::int64_t{subsidy.until})},
                   {"cities", number_node(subsidy.cities)},
                   {"paid", spread_node(subsidy.paid)},
                   {"budget_spent", number_node(subsidy.spent)},
                   {"budget_spent_at", subsidy.spent_at ? spread_node(*subsidy.spent_at) : Node()}});
}

Node resources_node(ResourceSummary const& resources) {
  std::vector<Node> budgets;
  for (BudgetSummary const& each : resources.budgets)
    budgets.push_back(map_node({{"attribute", each.attribute.empty() ? Node() : text_node(each.attribute)},
                                {"group", each.attribute.empty() ? Node() : text_node(each.label)},
                                {"budget", spread_node(each.budget)}}));
  return map_node({{"budgets", list_node(std::move(budgets))},
                   {"ties_used", resources.ties_used ? spread_node(*resources.ties_used) : Node()},
                   {"fees", resources.fees ? spread_node(*resources.fees) : Node()}});
}

Node members_node(MembersSummary const& of) {
  bool const pledges = !of.pledged.empty();
  return map_node({{"name", text_node(of.collaboration)},
                   {"members", spread_node(of.members)},
                   {"pledged", pledges ? text_node(of.pledged) : Node()},
                   {"pledges_kept", pledges ? number_node(of.concluded) : Node()},
                   {"pledges_kept_at", of.at ? spread_node(*of.at) : Node()},
                   {"pledged_adoptions", of.kept ? spread_node(*of.kept) : Node()}});
}

}  // namespace

Node closing_tree(Summary const& summary, RunFacts const& facts) {
  std::vector<Node> policies;
  for (PolicySummary const& each : summary.policies) policies.push_back(policy_node(summary, each));
  std::vector<Node> seeds;
  for (SeedSummary const& each : summary.seeds) seeds.push_back(seed_node(each));
  std::vector<Node> subsidies;
  for (SubsidySummary const& each : summary.subsidies) subsidies.push_back(subsidy_node(each));
  Node tree =
      map_node({{"title", text_node(summary.title)},
                {"file", facts.file.empty() ? Node() : text_node(facts.file)},
                {"complete", truth_node(summary.replicates > 0 && summary.replicates + facts.failed == facts.asked)},
                {"replicates", number_node(summary.replicates)},
                {"asked", number_node(facts.asked)},
                {"failed", number_node(facts.failed)},
                {"warnings", number_node(static_cast<std::int64_t>(facts.warnings))},
                {"seconds", number_node(facts.seconds)},
                {"cities", number_node(summary.cities)},
                {"start", number_node(std::int64_t{summary.clock.start})},
                {"end", number_node(std::int64_t{summary.clock.end})},
                {"unit", text_node(summary.clock.unit)},
                {"currency", summary.currency.empty() ? Node() : text_node(summary.currency)},
                {"policies", list_node(std::move(policies))},
                {"interventions", list_node(std::move(seeds))},
                {"subsidies", list_node(std::move(subsidies))},
                {"resources", resources_node(summary.resources)}});
  if (summary.collaborations.empty()) return tree;
  std::vector<Node> collaborations;
  for (MembersSummary const& each : summary.collaborations) collaborations.push_back(members_node(each));
  tree.entries.push_back({"collaborations", {}, list_node(std::move(collaborations))});
  return tree;
}

}  // namespace hansa
