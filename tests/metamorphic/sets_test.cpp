/// What sets of numbers must not change, and what they must.
#include <algorithm>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "support/random_sets.hpp"
#include "worlds.hpp"

namespace hansa::metamorphic {

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
    auto const other = with_more(texts, items);
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

TEST_CASE("numbers set from the first step on are those of the scenario") {
  for_worlds(80, {" set: {"}, [](test::Texts const& texts, test::Question const& base) {
    std::string items;
    std::vector<std::string> settings;
    for (test::PolicyNumber const& each : test::numbers_in(texts.yaml)) {
      bool const of_list = each.path.ends_with(']');
      bool const whole = each.section == "attention" || each.last == "delay";
      if (each.text.empty() || of_list || whole || each.text.ends_with('%')) continue;
      double const half = std::stod(each.text) / 2;
      items += fmt::format("{{at: {}, name: half{}, set: {{\"{}\": {}}}}}, ", base.scenario.clock.start,
                           settings.size(), each.path, half);
      settings.push_back(fmt::format("{}={}", each.path, half));
    }
    auto const set = with_more(texts, items), written = with_more(texts, "", settings);
    for (Lanes const lanes : {Lanes::fast, Lanes::full}) check_same(*written, *set, lanes, Depth::everything);
  });
}

TEST_CASE("one set after another is one set, and before it begins nothing is another") {
  int moved = 0;
  for (std::string const& rule : all_rules()) {
    CAPTURE(rule);
    test::Texts const texts = world_of_rule(rule);
    std::string const path = "policies.p.mechanisms.m.strength";
    auto const base = test::ask(texts),
               whole = with_more(texts, fmt::format("{{at: 8, until: 15, set: {{{}: 0.8}}}}", path)),
               parts = with_more(texts,
                                 fmt::format("{{at: 11, name: z, until: 15, set: {{{0}: 0.8}}}}, {{at: 8, until: 10, "
                                             "set: {{{0}: 0.8}}}}",
                                             path));
    check_same(*whole, *parts, Lanes::full, Depth::everything, 10);
    for (std::int64_t r = 0; r < 10; ++r) {
      auto const a = test::run_one(*base, r, Lanes::full).policies[0],
                 b = test::run_one(*whole, r, Lanes::full).policies[0];
      CHECK(std::equal(a.adopters.begin(), a.adopters.begin() + 7, b.adopters.begin()));
      for (std::size_t i = 0; i < 300; ++i) {
        REQUIRE(late(b.adoption_time[i]) <= late(a.adoption_time[i]));
        moved += late(b.adoption_time[i]) < late(a.adoption_time[i]);
      }
    }
  }
  CHECK(moved > 300);
}

TEST_CASE("a mechanism that is silent until a date is as if it began there") {
  // What its strength is before does not matter, where nothing is pressed by it before.
  for (std::string const& rule : all_rules()) {
    if (rule.find("cascade") != std::string::npos) continue;  // whose chances are above 0
    CAPTURE(rule);
    test::Texts silent = world_of_rule(rule), loud = silent;
    silent.yaml.replace(silent.yaml.find("strength: 0.4"), 13, "strength: 0");
    std::string const path = "policies.p.mechanisms.m.strength";
    auto const begins = with_more(silent, fmt::format("{{at: 9, set: {{{}: 0.4}}}}", path)),
               held = with_more(loud, fmt::format("{{at: 1, until: 8, set: {{{}: 0}}}}", path)),
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
  test::Texts const texts = world_of_rule("baseline: -4, frailty: {city: 0.3}, trend: {linear: 0.02}");
  std::vector<std::string> items{"{at: 5, name: a, set: {policies.p.baseline: -3, policies.p.frailty.city: 0.8}}",
                                 "{at: 5, until: 9, name: b, set: {policies.p.mechanisms.m.exposure.half_life: 2}}",
                                 "{at: 9, name: c, set: {policies.p.trend.linear: 0.1}}",
                                 "{at: 7, name: d, campaign: {policy: p, mechanism: m, factor: 2}}",
                                 "{at: 7, name: e, set: {policies.p.mechanisms.m.strength: 0.9}}"};
  auto const all = [&] { return fmt::format("{}", fmt::join(items, ", ")); };
  auto const first = with_more(texts, all());
  std::reverse(items.begin(), items.end());
  auto const second = with_more(texts, all());
  std::vector<History> const one = test::run_many(*first, 0, 40, 1, Lanes::fast),
                             four = test::run_many(*second, 0, 40, 4, Lanes::fast);
  for (std::size_t r = 0; r < one.size(); ++r) {
    CHECK(one[r].policies[0].adoption_time == four[r].policies[0].adoption_time);
    CHECK(one[r].policies[0].adoptions_by_mechanism == four[r].policies[0].adoptions_by_mechanism);
  }
}

}  // namespace hansa::metamorphic
