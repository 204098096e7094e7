/// Counting what there is.
#include "tell/found.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <variant>

#include <fmt/format.h>

#include "base/counted.hpp"
#include "scenario/value_words.hpp"
#include "tell/rules.hpp"
#include "tell/set_words.hpp"
#include "tell/sweep_words.hpp"
#include "tell/text_table.hpp"
#include "tell/tree.hpp"
#include "world/reach.hpp"

namespace hansa {

namespace {

std::int64_t given_count(PolicyModel const& policy) {
  return std::ranges::count_if(policy.dated, [](DatedEvent const& each) { return each.event.sign > 0; });
}

std::int64_t member_count(Collaboration const& collaboration) {
  std::vector<Index> cities;
  for (Membership const& each : collaboration.members) cities.push_back(each.city);
  std::ranges::sort(cities);
  return std::distance(cities.begin(), std::unique(cities.begin(), cities.end()));
}

/// "; recruits; pledges led".
std::string contract_words(Collaboration const& collaboration, Model const& model) {
  std::string text;
  for (MembersModel const& each : model.members) {
    if (each.collaboration->name != collaboration.name) continue;
    if (each.recruit) text += "; recruits";
    if (each.pledge) text += "; pledges " + model.policies[each.pledge->policy.value].name;
  }
  return text;
}

std::vector<std::string> mechanism_names(PolicySpec const& policy) {
  std::vector<std::string> names;
  for (MechanismSpec const& each : policy.mechanisms) {
    names.push_back(each.name == each.kind ? each.name : fmt::format("{} ({})", each.name, each.kind));
  }
  return names;
}

}  // namespace

namespace {

/// "12 ties", "12 dated ties, drawn anew in each replicate", "3 complete groups".
std::string tie_words(NetworkLayer const& layer) {
  if (!layer.group.empty()) {
    std::set<std::int32_t> groups(layer.group.begin(), layer.group.end());
    groups.erase(-1);
    return fmt::format("{} complete {}", groups.size(), groups.size() == 1 ? "group" : "groups");
  }
  return fmt::format("{}{} ties{}", layer.ties(), layer.dated() ? " dated" : "",
                     layer.redrawn ? ", drawn anew in each replicate" : "");
}

/// "2000000 EUR once", "0 to 300 in every step".
std::string cost_words(CostModel const& cost, std::string const& currency) {
  std::string text = fmt::format("{}", cost.amount.start());
  if (!cost.given.empty()) {
    auto const [least, most] = std::ranges::minmax(cost.given);
    text = fmt::format("{} to {}", least, most);
  }
  if (!currency.empty()) text += " " + currency;
  return text + (cost.per == CostPer::once ? " once" : " in every step");
}

/// What each kind of intervention does: "seeds 20 cities with led in 2006, with chance 0.9 each".
struct ActWords {
  std::string cities;  ///< "20 cities"
  std::string policy;
  std::string when;  ///< "in 2006", "from 2006 to 2010"
  Scenario const& scenario;
  std::size_t reached;  ///< cities
  std::size_t changed;  ///< cities or ties

  [[nodiscard]] std::string turning(std::string_view one, std::string_view many) const {
    return counted(changed, fmt::format("city {}", one), fmt::format("cities {}", many));
  }
  [[nodiscard]] std::string ties() const { return counted(changed, "tie is", "ties are"); }
  std::string operator()(SeedSpec const& act) const {
    std::string const chance = act.success < 1 ? fmt::format(", with chance {} each", act.success) : "";
    return fmt::format("seeds {} with {} {}{}", cities, policy, when, chance);
  }
  std::string operator()(PushSpec const& act) const {
    return fmt::format("pushes {} towards {} by {} {}", cities, policy, act.strength, when);
  }
  std::string operator()(CampaignSpec const& act) const {
    return fmt::format("multiplies {} of {} by {} for {} {}", act.mechanism.name, policy, act.factor, cities, when);
  }
  std::string operator()(MandateSpec const& act) const {
    std::string const chance =
        act.compliance < 1 ? fmt::format(", complied with at chance {} a step", act.compliance) : "";
    return fmt::format("mandates {} for {} {}{}", policy, cities, when, chance);
  }
  std::string operator()(SubsidySpec const& act) const {
    std::string text = fmt::format("pays {} of what {} costs {} {}", subsidy_words(act), policy, cities, when);
    return act.budget ? fmt::format("{}, up to {} in all", text, *act.budget) : text;
  }
  std::string operator()(JoinSpec const& act) const {
    return fmt::format("{} {} {}", turning("joins", "join"), act.collaboration.name, when);
  }
  std::string operator()(LeaveSpec const& act) const {
    return fmt::format("{} {} {}", turning("leaves", "leave"), act.collaboration.name, when);
  }
  std::string operator()(DissolveSpec const& act) const {
    return fmt::format("{} is dissolved {}, with {}", act.collaboration.name, when,
                       counted(reached, "member", "members"));
  }
  std::string operator()(AddTiesSpec const& act) const {
    return fmt::format("{} added to {} {}", ties(), act.network.name, when);
  }
  std::string operator()(RemoveTiesSpec const& act) const {
    return fmt::format("{} removed from {} {}", ties(), act.network.name, when);
  }
  std::string operator()(SetSpec const& act) const {
    std::vector<std::string> numbers;
    for (SetWords const& each : set_words(act, scenario))
      numbers.push_back(fmt::format("{} to {} instead of {}", each.path, each.number, each.instead));
    return fmt::format("sets {} {}", fmt::join(numbers, ", "), when);
  }
};

/// "seeds 20 cities with led in 2006, with chance 0.9 each; costs 2000000 EUR".
std::string intervention_words(Scenario const& scenario, World const& world, Model const& model, std::size_t number) {
  InterventionModel const& each = model.interventions[number];
  std::string const when =
      each.until ? fmt::format("from {} to {}", each.label, *each.until) : fmt::format("in {}", each.label);
  ActWords const words{counted(each.cities, "city", "cities"),
                       each.policy ? model.policies[each.policy->value].name : "",
                       when,
                       scenario,
                       each.cities,
                       world.changed_by(each.name)};
  std::string text = std::visit(words, scenario.interventions.at(number).act);
  if (each.cost) text += fmt::format("; costs {}", *each.cost);
  if (each.cost && !scenario.currency.empty()) text += " " + scenario.currency;
  return text;
}

/// What it costs a city at the start, before adoptions lower it.
Node cost_node(CostModel const& cost) {
  std::vector<double> const given = cost.given.empty() ? std::vector{cost.amount.start()} : cost.given;
  auto const [least, most] = std::ranges::minmax(given);
  return map_node({{"per", text_node(cost.per == CostPer::once ? "once" : "step")},
                   {"least", number_node(least)},
                   {"most", number_node(most)}});
}

/// The collaboration or network that it changes.
Node changed_node(InterventionSpec const& spec) {
  return std::visit(
      [](auto const& act) {
        if constexpr (requires { act.collaboration; }) return text_node(act.collaboration.name);
        if constexpr (requires { act.network; }) return text_node(act.network.name);
        return Node();
      },
      spec.act);
}

Node intervention_node(Scenario const& scenario, World const& world, Model const& model, std::size_t number) {
  InterventionSpec const& spec = scenario.interventions.at(number);
  InterventionModel const& each = model.interventions[number];
  auto const* set = std::get_if<SetSpec>(&spec.act);
  auto const changed = static_cast<std::int64_t>(world.changed_by(each.name));
  return map_node({{"name", text_node(each.name)},
                   {"kind", text_node(each.verb)},
                   {"policy", each.policy ? text_node(model.policies[each.policy->value].name) : Node()},
                   {"at", number_node(std::int64_t{each.label})},
                   {"until", each.until ? number_node(std::int64_t{*each.until}) : Node()},
                   {"cities", number_node(static_cast<std::int64_t>(each.cities))},
                   {"changes", changed_node(spec)},
                   {"changed", changes_world(spec) ? number_node(changed) : Node()},
                   {"sets", set != nullptr ? set_tree(*set, scenario) : Node()},
                   {"cost", each.cost ? number_node(*each.cost) : Node()}});
}

}  // namespace

std::string subsidy_words(SubsidySpec const& act) {
  return act.share > 0 ? fmt::format("{} %", 100 * act.share) : fmt::format("{}", act.amount);
}

std::string found_words(Scenario const& scenario, World const& world, Model const& model) {
  std::vector<std::vector<std::string>> rows;
  rows.push_back({"  cities", fmt::format("{}", world.cities.size())});
  rows.push_back({"  time", fmt::format("{} to {}, in steps of a {}", scenario.clock.start, scenario.clock.end,
                                        scenario.clock.unit)});
  rows.push_back({"  replicates", fmt::format("{}", scenario.replicates)});
  for (NetworkLayer const& each : world.networks) {
    rows.push_back({"  network " + each.name, tie_words(each)});
  }
  for (Collaboration const& each : world.collaborations) {
    rows.push_back(
        {"  collaboration " + each.name, fmt::format("{} cities{}", member_count(each), contract_words(each, model))});
  }
  for (std::size_t p = 0; p < scenario.policies.size(); ++p) {
    PolicySpec const& policy = scenario.policies[p];
    std::string text = fmt::format("rule {}", words_of(policy.rule).name);
    if (!policy.mechanisms.empty()) text += fmt::format("; {}", fmt::join(mechanism_names(policy), ", "));
    text += fmt::format("; {} given by data", given_count(model.policies[p]));
    if (!policy.required.empty()) text += fmt::format("; requires {}", fmt::join(names_of(policy.required), ", "));
    if (!policy.excluded.empty()) text += fmt::format("; excludes {}", fmt::join(names_of(policy.excluded), ", "));
    if (model.policies[p].cost) text += "; costs " + cost_words(*model.policies[p].cost, scenario.currency);
    rows.push_back({"  policy " + policy.name, text});
  }
  for (std::size_t k = 0; k < model.interventions.size(); ++k) {
    rows.push_back({"  intervention " + model.interventions[k].name, intervention_words(scenario, world, model, k)});
  }
  if (scenario.sweep)
    rows.push_back({"  sweep", fmt::format("{}; {}", design_words(scenario.sweep->design),
                                           size_words(*scenario.sweep, scenario.replicates))});
  return scenario.title + ": no mistakes found\n" + lay_out(rows, {Align::left, Align::left});
}

Node found_tree(Scenario const& scenario, World const& world, Model const& model) {
  std::vector<Node> networks, collaborations, policies;
  for (NetworkLayer const& each : world.networks) {
    networks.push_back(map_node({{"name", text_node(each.name)}, {"ties", number_node(std::int64_t{each.ties()})}}));
  }
  for (Collaboration const& each : world.collaborations) {
    collaborations.push_back(map_node({{"name", text_node(each.name)}, {"cities", number_node(member_count(each))}}));
  }
  for (std::size_t p = 0; p < scenario.policies.size(); ++p) {
    std::vector<Node> mechanisms;
    for (MechanismSpec const& each : scenario.policies[p].mechanisms) {
      mechanisms.push_back(map_node({{"name", text_node(each.name)}, {"kind", text_node(each.kind)}}));
    }
    policies.push_back(map_node({{"name", text_node(scenario.policies[p].name)},
                                 {"rule", text_node(std::string(words_of(scenario.policies[p].rule).name))},
                                 {"given", number_node(given_count(model.policies[p]))},
                                 {"requires", texts_node(names_of(scenario.policies[p].required))},
                                 {"excludes", texts_node(names_of(scenario.policies[p].excluded))},
                                 {"cost", model.policies[p].cost ? cost_node(*model.policies[p].cost) : Node()},
                                 {"mechanisms", list_node(std::move(mechanisms))}}));
  }
  std::vector<Node> interventions;
  for (std::size_t k = 0; k < model.interventions.size(); ++k)
    interventions.push_back(intervention_node(scenario, world, model, k));
  return map_node({{"title", text_node(scenario.title)},
                   {"cities", number_node(std::int64_t{world.cities.size()})},
                   {"start", number_node(std::int64_t{scenario.clock.start})},
                   {"end", number_node(std::int64_t{scenario.clock.end})},
                   {"replicates", number_node(scenario.replicates)},
                   {"networks", list_node(std::move(networks))},
                   {"collaborations", list_node(std::move(collaborations))},
                   {"policies", list_node(std::move(policies))},
                   {"interventions", list_node(std::move(interventions))}});
}

}  // namespace hansa
