/// Interventions that change collaborations and networks: what nobody looks at changes no bit, what they do is nothing
/// before their step, and equals what data would do.
#include <algorithm>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "io/yaml.hpp"
#include "worlds.hpp"

namespace hansa::metamorphic {

namespace {

/// The scenario with further interventions.
std::unique_ptr<test::Question> with_acts(test::Texts const& texts, std::string const& yaml) {
  return test::ask(texts, {}, [&](ScenarioDraft& draft) {
    Node more = parse_yaml("x: [" + yaml + "]", "acts").root.entries.at(0).value;
    if (Node* list = draft.root.find("interventions"))
      list->items.insert(list->items.end(), more.items.begin(), more.items.end());
    else
      draft.root.entries.push_back({"interventions", {}, std::move(more)});
  });
}

/// With a network and a collaboration that nothing refers to.
test::Texts with_idle_parts(test::Texts texts) {
  texts.yaml.insert(texts.yaml.find("networks:\n") + 10, "  idle: {file: idle.csv, directed: false}\n");
  texts.files["idle.csv"] = "source,target,weight\ncity0,city1,0.25\ncity1,city0,3\n";
  std::size_t const properties = texts.yaml.find("  properties:\n");
  std::string const club = "    unused: {members: [city0, city1]}\n";
  if (properties != std::string::npos)
    texts.yaml.insert(properties + 14, club);
  else
    texts.yaml.insert(texts.yaml.find("policies:\n"), "collaborations:\n  properties:\n" + club);
  return texts;
}

}  // namespace

TEST_CASE("what changes in a network and a collaboration that nothing uses changes no bit") {
  int worlds = 0;
  // Mechanisms may look at all collaborations.
  for_worlds(60, {"collective: {}", "membership: {}"}, [&](test::Texts const& texts, test::Question const& base) {
    for (PolicySpec const& policy : base.scenario.policies) {
      for (MechanismSpec const& each : policy.mechanisms) {
        bool const of_clubs = each.kind == "collective" || each.kind == "membership";
        if (of_clubs && !each.parameters.has("collaborations")) return;
      }
    }
    ++worlds;
    test::Texts const more = with_idle_parts(texts);
    auto const before = test::ask(more);
    Clock const& clock = base.model.clock;
    std::string acts;
    int number = 0;
    for (std::int32_t const at : {clock.start, (clock.start + clock.end) / 2, clock.end}) {
      ++number;
      acts += fmt::format(
          "{0}{{at: {1}, name: t{2}, add_ties: {{network: idle, sources: [city0], weight: 0.37}}}}, {{at: {1}, name: "
          "u{2}, remove_ties: {{network: idle, sources: [city1]}}}}, {{at: {1}, name: j{2}, {3}}}",
          acts.empty() ? "" : ", ", at, number,
          at < clock.end ? "join: {collaboration: unused}" : "dissolve: {collaboration: unused}");
    }
    auto const after = with_acts(more, acts);
    CHECK(digest(before->world) != digest(after->world));
    for (Lanes const lanes : {Lanes::fast, Lanes::full}) check_same(*before, *after, lanes, Depth::everything);
  });
  CHECK(worlds > 25);
}

TEST_CASE("rows of data say the same as interventions") {
  test::Texts const texts{
      "hansa: 1\ntime: {start: 1, end: 12}\nseed: 5\ncities: {file: cities.csv}\nnetworks: {net: {file: net.csv}}\n"
      "collaborations: {file: clubs.csv}\n"
      "policies: {p: {baseline: -3, mechanisms: {m: {exposure: {network: net}, strength: 3}, c: {collective: "
      "{production: {power: 2}}, strength: 2}, b: {membership: {measure: years, collaborations: [club]}, strength: "
      "0.1}}}}\n",
      {}};
  std::string cities = "id\n", net = "source,target,weight\n", dated = "source,target,weight,from,until\n";
  std::string clubs = "city,collaboration,joined,left\n", spells = clubs;
  for (int i = 0; i < 40; ++i) {
    cities += fmt::format("c{}\n", i);
    for (int k = 1; k < 4; ++k) {
      int const target = (i * 7 + k * 11) % 40;
      if (target == i) continue;
      net += fmt::format("c{},c{},{}\n", i, target, k);
      dated += fmt::format("c{},c{},{},,{}\n", i, target, k, i == 3 || i == 4 ? "6" : "");
    }
    if (i % 3 == 0) clubs += fmt::format("c{},club,0,\n", i);
    if (i % 3 == 0) spells += fmt::format("c{},club,0,{}\n", i, i == 9 ? "5" : "10");
    if (i == 7 || i == 8) {
      spells += fmt::format("c{},club,4,10\n", i);
      for (int target = 20; target < 24; ++target) dated += fmt::format("c{},c{},0.5,8,\n", i, target);
    }
  }
  test::Texts acts = texts, data = texts;
  acts.files = {{"cities.csv", cities}, {"net.csv", net}, {"clubs.csv", clubs}};
  data.files = {{"cities.csv", cities}, {"net.csv", dated}, {"clubs.csv", spells}};
  auto const one = with_acts(
      acts,
      "{at: 7, remove_ties: {network: net, sources: [c3, c4]}}, {at: 4, join: {collaboration: club, cities: [c7, "
      "c8]}}, "
      "{at: 5, leave: {collaboration: club, cities: [c9]}}, {at: 10, dissolve: {collaboration: club}}, {at: 8, "
      "add_ties: {network: net, sources: [c7, c8], targets: [c20, c21, c22, c23], weight: 0.5}}");
  auto const two = test::ask(data);
  CHECK(digest(one->world) == digest(two->world));
  for (Lanes const lanes : {Lanes::fast, Lanes::full}) check_same(*one, *two, lanes, Depth::everything, 20);
}

TEST_CASE("interventions change nothing before their step, and something after it") {
  test::Texts const texts{
      "hansa: 1\ntime: {start: 1, end: 20}\nseed: 3\ncities: {generate: 300}\n"
      "networks: {net: {erdos_renyi: {degree: 4}}}\n"
      "collaborations: {properties: {club: {members: {random: 100}}}}\n"
      "policies: {p: {baseline: -4, mechanisms: {m: {exposure: {network: net}, strength: 3}, c: {collective: "
      "{production: {power: 1}}, strength: 3}}}}\n",
      {}};
  auto const none = test::ask(texts);
  for (std::string const act :
       {"join: {collaboration: club, cities: {random: 150}}", "leave: {collaboration: club}",
        "dissolve: {collaboration: club}", "add_ties: {network: net, sources: {random: 30}, targets: {random: 60}}",
        "remove_ties: {network: net}"}) {
    auto const some = with_acts(texts, "{at: 8, name: it, " + act + "}");
    CAPTURE(act);
    int different = 0;
    for (std::int64_t r = 0; r < 20; ++r) {
      auto const before = test::run_one(*none, r, Lanes::fast).policies[0].adopters,
                 after = test::run_one(*some, r, Lanes::fast).policies[0].adopters;
      CHECK(std::equal(before.begin(), before.begin() + 7, after.begin()));
      different += before != after;
    }
    CHECK(different > 15);
  }
}

}  // namespace hansa::metamorphic
