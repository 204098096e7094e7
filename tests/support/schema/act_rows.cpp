/// What interventions and sets of cities ask beyond their tables.
#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "scenario/fields.hpp"
#include "support/schema/numbers_of.hpp"
#include "support/schema/rows.hpp"
#include "support/schema/world_files.hpp"
#include "tell/tree.hpp"

namespace hansa::test {

namespace {

Node all_acts(Author& a, Field const&) {
  std::vector<Node> items;
  for (int k = a.dice.between(1, 7); k > 0; --k) {
    Node item = a.section("intervention", fields::intervention, "intervention");
    if (a.target != nullptr || !a.club.empty() || a.chosen("intervention").ends_with("ties"))
      items.push_back(std::move(item));
  }
  return items.empty() ? Node{} : list_node(std::move(items));
}

// Who is meant, and when.

using Fits = bool (*)(Author&, DrawnPolicy const&);

bool any_policy(Author&, DrawnPolicy const&) {
  return true;
}
bool begins(Author& a, DrawnPolicy const& policy) {
  return !policy.until || *policy.until < a.ground.end;
}
bool is_pressed(Author&, DrawnPolicy const& policy) {
  return !policy.mechanisms.empty();
}

std::vector<DrawnPolicy*> policies_that(Author& a, Fits fits) {
  std::vector<DrawnPolicy*> found;
  for (DrawnPolicy& each : a.ground.drawn)
    if (fits(a, each)) found.push_back(&each);
  return found;
}

template <Fits fits>
int if_policy(Author& a) {
  return policies_that(a, fits).empty() ? 0 : 100;
}

int if_club(Author& a) {
  return a.ground.clubs.empty() ? 0 : 60;
}
int if_ties(Author& a) {
  return a.settled().empty() ? 0 : 80;
}

/// Nobody joins what is dissolved, and of one club all either join or leave in one step.
void choose_club(Author& a, std::string const& verb) {
  a.club = a.dice.pick(a.ground.clubs);
  a.at = a.date();
  auto const ended = a.ended.find(a.club);
  if (ended != a.ended.end() && a.at >= ended->second) return a.club.clear();
  if (verb == "dissolve") {
    auto const joined = a.joined.find(a.club);
    if (joined != a.joined.end() && joined->second >= a.at) return a.club.clear();
    a.ended[a.club] = a.at;
    return;
  }
  if (a.memberships.emplace(std::pair(a.club, a.at), verb).first->second != verb) return a.club.clear();
  if (verb == "join") a.joined[a.club] = std::max(a.joined.emplace(a.club, a.at).first->second, a.at);
}

Node at(Author& a, Field const&) {
  std::string const verb = a.chosen("intervention");
  a.target = nullptr;
  a.club.clear();
  a.at = a.dice.chance(25) ? a.ground.start : a.dice.chance(15) ? a.ground.end : a.date();
  if (verb == "join" || verb == "leave" || verb == "dissolve") {
    choose_club(a, verb);
  } else if (!verb.ends_with("ties")) {
    Fits const fits = verb == "seed" ? begins : verb == "campaign" ? is_pressed : any_policy;
    a.target = a.dice.pick(policies_that(a, fits));
    if (verb == "seed") a.at = std::max(a.at, a.target->until.value_or(a.at) + (a.target->until ? 1 : 0));
  }
  a.until = a.ground.end;
  return scalar(a.at);
}

Node until(Author& a, Field const&) {
  a.until = a.dice.between(a.at, a.ground.end);
  return scalar(a.until);
}

/// An own name, unless the default one is still to be had.
int name_odds(Author& a) {
  bool const is_new = a.used.insert(fmt::format("{}-{}", a.chosen("intervention"), a.at)).second;
  return is_new ? 60 : 100;
}

Node name(Author& a, Field const&) {
  return scalar(fmt::format("{}{}", a.dice.pick(Names{"z", "A", "m-", "u_"}),
                            a.used.size() * 100 + static_cast<std::size_t>(a.dice.between(0, 99))));
}

Node target_policy(Author& a, Field const&) {
  return scalar(a.target->name);
}
Node target_club(Author& a, Field const&) {
  return scalar(a.club.empty() ? a.ground.clubs.front() : a.club);
}
Node settled_network(Author& a, Field const&) {
  return scalar(a.dice.pick(a.settled()));
}

Node push_strength(Author& a, Field const&) {
  std::string const& rule = a.target->rule;
  bool const adds = rule == "additive" || rule == "cascade" || rule == "linear";
  return scalar(a.dice.chance(10) ? "0" : adds ? a.dice.decimal(0, 0.4) : a.dice.decimal(-1.5, 2));
}

Node factor(Author& a, Field const&) {
  return scalar(
      a.dice.pick(a.target->rule == "cascade" ? Names{"0", "0.5", "1", "0.9"} : Names{"0", "0.5", "1", "1.5", "2"}));
}

Node compliance(Author& a, Field const&) {
  return scalar(a.dice.pick(Names{"0", "0.05", "10 %", "0.3"}));
}

Node share_paid(Author& a, Field const&) {
  return scalar(a.dice.pick(Names{"0.05", "30 %", "0.6", "0.99"}));
}

Node tie_weight(Author& a, Field const&) {
  return scalar(a.dice.pick(Names{"2", "0.5", "0.37", "3e-7"}));
}

Node file_of_ties(Author& a, Field const&) {
  std::string const file = fmt::format("more{}.csv", a.texts.files.size());
  write_ties(a, file, Spread::thin);
  return scalar(file);
}

int no_choice(Author& a) {
  return a.has("sources") || a.has("targets") ? 0 : 100;
}

/// Numbers of the policy, near what they are or from nothing; each is set by one at a time.
Node settings(Author& a, Field const&) {
  std::vector<SettableNumber> numbers = numbers_of(a.target->node, a.target->name, a.target->rule, a.kinds);
  std::ranges::copy(shared_numbers_of(a.whole()), std::back_inserter(numbers));
  std::erase_if(numbers, [&](SettableNumber const& each) {
    auto const last = a.set_until.find(each.number);
    return last != a.set_until.end() && last->second >= a.at;
  });
  a.dice.shuffle(numbers);
  Node node = map_node({});
  std::set<std::string> here;
  std::size_t const most = static_cast<std::size_t>(a.dice.between(1, 4));
  for (SettableNumber const& each : numbers) {
    if (node.entries.size() >= most || !here.insert(each.number).second) continue;
    a.set_until[each.number] = a.until;
    node.entries.push_back({each.path, {}, scalar(each.another(a.dice))});
  }
  if (node.entries.empty()) a.target = nullptr;  // nothing to set: the item is left out
  return node;
}

// Sets of cities.

Node conditions(Author& a, Field const&) {
  Ground const& ground = a.ground;
  Node node = map_node({});
  Names const texts = ground.texts + ground.changing_texts;
  if (!texts.empty() && (ground.numbers.empty() || a.dice.chance(60))) {
    std::string const& text = a.dice.pick(texts);
    Names const& values = ground.values.at(text);
    node.entries.push_back({text, {}, a.dice.chance(50) ? scalar(a.dice.pick(values)) : list(some(a.dice, values, 2))});
    if (a.dice.chance(60)) return node;
  }
  Names const numbers = ground.numbers + ground.changing;
  if (numbers.empty()) return node;
  Node range = a.section("range", fields::range, "range");
  if (range.entries.empty()) range = one("min", scalar("0.5"));
  node.entries.push_back({a.dice.pick(numbers), {}, std::move(range)});
  return node;
}

int if_known(Author& a) {
  return a.ground.numbers.empty() && a.ground.texts.empty() ? 0 : 130;
}
int if_numbers(Author& a) {
  return a.ground.numbers.empty() && a.settled().empty() ? 0 : 150;
}

/// Of a part of the cities, which may be small, at most one is taken.
Node so_many(Author& a, Field const&) {
  return scalar(a.dice.between(a.among ? 0 : 1, a.among ? 1 : std::max(1, a.ground.cities / 3)));
}

Node among(Author& a, Field const&) {
  return a.dice.chance(40) ? scalar("all") : one("not", list({a.city()}));
}

Node by(Author& a, Field const&) {
  bool const central = !a.settled().empty() && (a.ground.numbers.empty() || a.dice.chance(45));
  if (!central) return scalar(a.dice.pick(a.ground.numbers + a.ground.changing));
  return a.section("centrality", fields::centrality, "selector.by");
}

/// Those whose members are the same in every run.
Names lasting_clubs(Author const& a) {
  Names clubs = a.ground.clubs;
  std::erase_if(clubs, [&](std::string const& each) { return std::ranges::count(a.ground.recruiting, each) > 0; });
  return clubs;
}

constexpr Row act_rows_table[] = {
    {"scenario.interventions", odds<75>, all_acts},
    {"intervention.at", nullptr, at},
    {"intervention.until", odds<55>, until},
    {"intervention.name", name_odds, name},
    {"intervention.cost", odds<15>, [](Author& a, Field const&) { return scalar(a.dice.between(0, 900)); }},
    {"intervention.seed", if_policy<begins>},
    {"intervention.campaign", if_policy<is_pressed>},
    {"intervention.join", if_club},
    {"intervention.leave", if_club},
    {"intervention.dissolve", [](Author& a) { return if_club(a) / 2; }},
    {"intervention.add_ties", if_ties},
    {"intervention.remove_ties", if_ties},
    {"intervention.set", odds<200>, settings},
    {"intervention.seed.policy", nullptr, target_policy},
    {"intervention.push.policy", nullptr, target_policy},
    {"intervention.campaign.policy", nullptr, target_policy},
    {"intervention.mandate.policy", nullptr, target_policy},
    {"intervention.subsidy.policy", nullptr, target_policy},
    {"intervention.seed.cities", odds<85>},
    {"intervention.push.cities", odds<70>},
    {"intervention.campaign.cities", odds<70>},
    {"intervention.mandate.cities", odds<70>},
    {"intervention.subsidy.cities", odds<60>},
    {"intervention.seed.success", odds<60>,
     [](Author& a, Field const&) {
       return scalar(a.dice.pick(Names{"0", "25 %", "0.5", "0.9"}));
     }},
    {"intervention.push.strength", nullptr, push_strength},
    {"intervention.campaign.mechanism", nullptr,
     [](Author& a, Field const&) { return scalar(a.dice.pick(a.target->mechanisms)); }},
    {"intervention.campaign.factor", nullptr, factor},
    {"intervention.mandate.compliance", odds<95>, compliance},
    {"intervention.subsidy.share", [](Author& a) { return a.target->priced ? 50 : 100; }, share_paid},
    {"intervention.subsidy.amount", [](Author& a) { return a.has("share") ? 0 : 100; },
     [](Author& a, Field const&) { return scalar(a.dice.decimal(0.1, 400)); }},
    {"intervention.subsidy.budget", [](Author& a) { return a.target->priced ? 60 : 0; },
     [](Author& a, Field const&) { return scalar(a.dice.decimal(0.5, 900)); }},
    {"intervention.join.collaboration", nullptr, target_club},
    {"intervention.leave.collaboration", nullptr, target_club},
    {"intervention.dissolve.collaboration", nullptr, target_club},
    {"intervention.join.cities", odds<90>},
    {"intervention.leave.cities", odds<90>},
    {"intervention.add_ties.network", nullptr, settled_network},
    {"intervention.add_ties.sources", odds<60>},
    {"intervention.add_ties.targets", [](Author& a) { return a.has("sources") ? 85 : 0; }},
    {"intervention.add_ties.weight", [](Author& a) { return a.has("sources") ? 60 : 0; }, tie_weight},
    {"intervention.add_ties.file", no_choice, file_of_ties},
    {"intervention.remove_ties.network", nullptr, settled_network},
    {"intervention.remove_ties.sources", odds<60>},
    {"intervention.remove_ties.targets", odds<50>},
    {"intervention.remove_ties.file", no_choice, file_of_ties},
    {"selector.where", if_known, conditions},
    {"selector.top", if_numbers, so_many},
    {"selector.random", odds<100>, so_many},
    {"selector.members", [](Author& a) { return lasting_clubs(a).empty() ? 0 : 100; },
     [](Author& a, Field const&) { return scalar(a.dice.pick(lasting_clubs(a))); }},
    {"selector.neighbours", if_ties},
    {"selector.network", odds<100>, settled_network},
    {"selector.or", odds<60>},
    {"selector.and", odds<60>},
    {"selector.not", odds<60>},
    {"selector.by", odds<100>, by},
    {"selector.by.network", nullptr, settled_network},
    {"selector.among", [](Author& a) { return a.among ? 100 : 0; }, among},
    {"range.min", odds<60>, [](Author& a, Field const&) { return scalar(a.dice.decimal(-0.5, 1)); }},
    {"range.max", odds<60>, [](Author& a, Field const&) { return scalar(a.dice.decimal(1, 5)); }},
};

}  // namespace

std::span<Row const> act_rows() {
  return act_rows_table;
}

}  // namespace hansa::test
