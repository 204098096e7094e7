/// What sets of numbers must not change, and what they must.
#include <algorithm>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "io/yaml.hpp"
#include "support/random_sets.hpp"
#include "worlds.hpp"

namespace hansa::metamorphic {

namespace {

/// Items of `interventions` in YAML, after those that the scenario has.
std::unique_ptr<test::Question> with_sets(test::Texts const& texts, std::string const& items,
                                          std::vector<std::string> const& settings = {}) {
  return test::ask(texts, settings, [&](ScenarioDraft& draft) {
    if (items.empty()) return;
    Node list = parse_yaml("x: [" + items + "]", "acts").root.entries.at(0).value;
    Node* const found = draft.root.find("interventions");
    if (found == nullptr) {
      draft.root.entries.push_back({"interventions", {}, std::move(list)});
    } else {
      for (Node& each : list.items) found->items.push_back(std::move(each));
    }
  });
}

constexpr char const* tree_of_a_world =
    "hansa: 1\ntime: {start: 1, end: 20}\nseed: 3\ncities: {generate: 300}\n"
    "networks: {net: {erdos_renyi: {degree: 4}}}\n"
    "policies: {p: {RULE, mechanisms: {m: {exposure: {network: net}, strength: 0.4}}}}\n";

std::vector<std::string> const rules_that_are{"baseline: -4",
                                              "rule: cloglog, baseline: -4",
                                              "rule: additive, baseline: -4",
                                              "rule: linear, baseline: 0.02",
                                              "rule: threshold, threshold: {normal: [0.5, 0.3]}",
                                              "rule: cascade, adopters: {random: 5}"};

test::Texts ruled_world(std::string const& rule) {
  std::string yaml = tree_of_a_world;
  yaml.replace(yaml.find("RULE"), 4, rule);
  return {yaml, {}};
}

std::int32_t or_late(std::int32_t time) {
  return time == never ? 1000 : time;
}

}  // namespace

TEST_CASE("numbers set to what they are change no bit, and each is warned of") {
  for_worlds(80, {" set: {"}, [](test::Texts const& texts, test::Question const& base) {
    std::string items;
    std::size_t count = 0;
    for (test::PolicyNumber const& each : test::numbers_in(texts.yaml)) {
      if (each.text.empty()) continue;
      std::int32_t const at = base.scenario.clock.start + static_cast<std::int32_t>(count % 3 > 0);
      items += fmt::format("{{at: {}, name: same{}, set: {{\"{}\": {}}}}}, ", std::min(at, base.scenario.clock.end),
                           count++, each.path, each.text);
    }
    auto const other = with_sets(texts, items);
    auto const told = std::count_if(other->warnings.begin(), other->warnings.end(),
                                    [](Complaint const& each) { return each.mend == "setting it changes nothing"; });
    CHECK(static_cast<std::size_t>(told) == std::min<std::size_t>(count, 100));
    CHECK(other->model.interventions.size() == base.model.interventions.size() + count);
    for (std::size_t p = 0; p < base.model.policies.size(); ++p) {
      PolicyModel const &before = base.model.policies[p], &after = other->model.policies[p];
      CHECK(before.terms.size() == after.terms.size());
      CHECK(after.baselines_later.empty());
      CHECK(before.attributes_later.size() == after.attributes_later.size());
      CHECK(after.frailty.sds.size() == 1);
      for (std::size_t k = 0; k < before.terms.size(); ++k) {
        CHECK(before.terms[k].strengths.size() == after.terms[k].strengths.size());
        CHECK(before.terms[k].strengths_later.size() == after.terms[k].strengths_later.size());
      }
    }
    for (Lanes const lanes : {Lanes::fast, Lanes::full}) check_same(base, *other, lanes, Depth::everything);
  });
}

TEST_CASE("numbers set from the first step on are those of the policy") {
  for_worlds(80, {" set: {"}, [](test::Texts const& texts, test::Question const& base) {
    std::string items;
    std::vector<std::string> settings;
    for (test::PolicyNumber const& each : test::numbers_in(texts.yaml)) {
      bool const of_list = each.path.ends_with(']');
      if (each.text.empty() || of_list || each.text.ends_with('%')) continue;
      double const half = std::stod(each.text) / 2;
      items += fmt::format("{{at: {}, name: half{}, set: {{\"{}\": {}}}}}, ", base.scenario.clock.start,
                           settings.size(), each.path, half);
      settings.push_back(fmt::format("{}={}", each.path, half));
    }
    auto const set = with_sets(texts, items), written = with_sets(texts, "", settings);
    for (Lanes const lanes : {Lanes::fast, Lanes::full}) check_same(*written, *set, lanes, Depth::everything);
  });
}

TEST_CASE("one set after another is one set, and before it begins nothing is another") {
  int moved = 0;
  for (std::string const& rule : rules_that_are) {
    CAPTURE(rule);
    test::Texts const texts = ruled_world(rule);
    std::string const path = "policies.p.mechanisms.m.strength";
    auto const base = test::ask(texts),
               whole = with_sets(texts, fmt::format("{{at: 8, until: 15, set: {{{}: 0.8}}}}", path)),
               parts = with_sets(texts,
                                 fmt::format("{{at: 11, name: z, until: 15, set: {{{0}: 0.8}}}}, {{at: 8, until: 10, "
                                             "set: {{{0}: 0.8}}}}",
                                             path));
    check_same(*whole, *parts, Lanes::full, Depth::everything, 10);
    for (std::int64_t r = 0; r < 10; ++r) {
      auto const a = test::run_one(*base, r, Lanes::full).policies[0],
                 b = test::run_one(*whole, r, Lanes::full).policies[0];
      CHECK(std::equal(a.adopters.begin(), a.adopters.begin() + 7, b.adopters.begin()));
      for (std::size_t i = 0; i < 300; ++i) {
        REQUIRE(or_late(b.adoption_time[i]) <= or_late(a.adoption_time[i]));
        moved += or_late(b.adoption_time[i]) < or_late(a.adoption_time[i]);
      }
    }
  }
  CHECK(moved > 300);
}

TEST_CASE("a mechanism that is silent until a date is as if it began there") {
  // What its strength is before does not matter, where nothing is pressed by it before.
  for (std::string const& rule : rules_that_are) {
    if (rule.find("cascade") != std::string::npos) continue;  // whose chances are above 0
    CAPTURE(rule);
    test::Texts silent = ruled_world(rule), loud = silent;
    silent.yaml.replace(silent.yaml.find("strength: 0.4"), 13, "strength: 0");
    std::string const path = "policies.p.mechanisms.m.strength";
    auto const begins = with_sets(silent, fmt::format("{{at: 9, set: {{{}: 0.4}}}}", path)),
               held = with_sets(loud, fmt::format("{{at: 1, until: 8, set: {{{}: 0}}}}", path)),
               never_begins = test::ask(silent);
    check_same(*held, *begins, Lanes::full, Depth::everything, 10);
    std::int64_t more = 0;
    for (std::int64_t r = 0; r < 10; ++r)
      more += test::run_one(*begins, r, Lanes::full).policies[0].adopters.back() -
              test::run_one(*never_begins, r, Lanes::full).policies[0].adopters.back();
    CHECK(more > 0);
  }
}

TEST_CASE("results of sets depend neither on threads nor on the order in which they stand") {
  test::Texts const texts = ruled_world("baseline: -4, frailty: {city: 0.3}, trend: {linear: 0.02}");
  std::vector<std::string> items{"{at: 5, name: a, set: {policies.p.baseline: -3, policies.p.frailty.city: 0.8}}",
                                 "{at: 5, until: 9, name: b, set: {policies.p.mechanisms.m.exposure.half_life: 2}}",
                                 "{at: 9, name: c, set: {policies.p.trend.linear: 0.1}}",
                                 "{at: 7, name: d, campaign: {policy: p, mechanism: m, factor: 2}}",
                                 "{at: 7, name: e, set: {policies.p.mechanisms.m.strength: 0.9}}"};
  auto const all = [&] { return fmt::format("{}", fmt::join(items, ", ")); };
  auto const first = with_sets(texts, all());
  std::reverse(items.begin(), items.end());
  auto const second = with_sets(texts, all());
  std::vector<History> const one = test::run_many(*first, 0, 40, 1, Lanes::fast),
                             four = test::run_many(*second, 0, 40, 4, Lanes::fast);
  for (std::size_t r = 0; r < one.size(); ++r) {
    CHECK(one[r].policies[0].adoption_time == four[r].policies[0].adoption_time);
    CHECK(one[r].policies[0].adoptions_by_mechanism == four[r].policies[0].adoptions_by_mechanism);
  }
}

}  // namespace hansa::metamorphic
