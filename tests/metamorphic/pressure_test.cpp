/// What pushes, campaigns and mandates must not change, and what they must.
#include <algorithm>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "scenario/laws.hpp"
#include "worlds.hpp"

namespace hansa::metamorphic {

namespace {

/// `items(policy)` for every policy of the scenario, and those for each of its mechanisms.
std::string for_policies(test::Question const& base, std::string const& of_policy, std::string const& of_mechanism) {
  std::string all;
  int number = 0;
  auto const add = [&](std::string const& form, std::string const& policy, std::string const& mechanism) {
    if (form.empty()) return;
    all += fmt::format(fmt::runtime(form), fmt::arg("n", number++), fmt::arg("p", policy), fmt::arg("m", mechanism),
                       fmt::arg("start", base.scenario.clock.start), fmt::arg("end", base.scenario.clock.end)) +
           ", ";
  };
  for (PolicySpec const& policy : base.scenario.policies) {
    add(of_policy, policy.name, "");
    for (MechanismSpec const& each : policy.mechanisms)
      if (!is_law(each)) add(of_mechanism, policy.name, each.name);
  }
  return all;
}

}  // namespace

TEST_CASE("pushes of 0, campaigns of factor 1 and mandates without compliance change no bit") {
  // Where adopters leave, a mandate holds them, complied with or not.
  for_worlds(60, {"abandonment"}, [](test::Texts const& texts, test::Question const& base) {
    auto const other =
        with_more(texts, for_policies(base,
                                      "{{at: {start}, name: q{n}, push: {{policy: {p}, strength: 0}}}}, {{at: {end}, "
                                      "name: r{n}, mandate: {{policy: {p}, compliance: 0}}}}",
                                      "{{at: {start}, name: s{n}, campaign: {{policy: {p}, mechanism: {m}, "
                                      "factor: 1}}}}"));
    CHECK(other->model.interventions.size() > base.model.interventions.size());
    for (std::size_t p = 0; p < base.model.policies.size(); ++p) {
      PolicyModel const &before = base.model.policies[p], &after = other->model.policies[p];
      CHECK(before.pushes.size() == after.pushes.size());
      CHECK(before.mandated.size() == after.mandated.size());
      CHECK(before.mandates.size() == after.mandates.size());
      for (std::size_t k = 0; k < before.terms.size(); ++k)
        CHECK(before.terms[k].strengths.size() == after.terms[k].strengths.size());
    }
    for (Lanes const lanes : {Lanes::fast, Lanes::full}) check_same(base, *other, lanes, Depth::everything);
  });
}

TEST_CASE("what cancels changes no bit") {
  for_worlds(60, {"interventions", "additive", "cascade"}, [](test::Texts const& texts, test::Question const& base) {
    auto const other = with_more(
        texts,
        for_policies(base,
                     "{{at: {start}, name: q{n}, push: {{policy: {p}, strength: 1}}}}, {{at: {start}, name: r{n}, "
                     "push: {{policy: {p}, strength: -1}}}}",
                     "{{at: {start}, name: s{n}, campaign: {{policy: {p}, mechanism: {m}, factor: 2}}}}, {{at: "
                     "{start}, name: t{n}, campaign: {{policy: {p}, mechanism: {m}, factor: 0.5}}}}"));
    check_same(base, *other, Lanes::full, Depth::everything);
    check_same(base, *other, Lanes::fast, Depth::times);  // shares have strengths of single precision where they are a
                                                          // city's own
  });
}

TEST_CASE("in the last step a mandate that all comply with leaves nobody at risk; before it changes nothing") {
  for (std::string const& rule : all_rules()) {
    CAPTURE(rule);
    test::Texts const texts = world_of_rule(rule);
    auto const base = test::ask(texts), other = with_more(texts, "{at: 20, mandate: {policy: p}}");
    for (std::int64_t r = 0; r < 10; ++r) {
      auto const a = test::run_one(*base, r, Lanes::fast).policies[0],
                 b = test::run_one(*other, r, Lanes::fast).policies[0];
      CHECK(std::equal(a.adopters.begin(), a.adopters.end() - 1, b.adopters.begin()));
      CHECK(b.adopters.back() == 300);
      for (std::size_t i = 0; i < 300; ++i)
        REQUIRE(b.adoption_time[i] == (a.adoption_time[i] == never ? 20 : a.adoption_time[i]));
    }
  }
}

TEST_CASE("more of it never leads to later adoptions where more adopters never hold anybody back") {
  int earlier = 0;
  for (std::string const& rule : all_rules()) {
    CAPTURE(rule);
    test::Texts const texts = world_of_rule(rule);
    for (auto const& [less, more] :
         {std::pair{"push: {policy: p, strength: 0.1, cities: {random: 90}}",
                    "push: {policy: p, strength: 0.3, cities: {random: 90}}"},
          {"campaign: {policy: p, mechanism: m, factor: 1.2}", "campaign: {policy: p, mechanism: m, factor: 2}"},
          {"mandate: {policy: p, compliance: 0.05, cities: {random: 60}}",
           "mandate: {policy: p, compliance: 20 %, cities: {random: 60}}"}}) {
      auto const none = test::ask(texts),
                 few = with_more(texts, fmt::format("{{at: 8, until: 15, name: x, {}}}", less)),
                 many = with_more(texts, fmt::format("{{at: 8, until: 15, name: x, {}}}", more));
      int moved = 0;
      for (std::int64_t r = 0; r < 10; ++r) {
        auto const a = test::run_one(*none, r, Lanes::full).policies[0],
                   b = test::run_one(*few, r, Lanes::full).policies[0],
                   c = test::run_one(*many, r, Lanes::full).policies[0];
        for (std::size_t t = 0; t < 7; ++t) CHECK(a.adopters[t] == c.adopters[t]);
        for (std::size_t i = 0; i < 300; ++i) {
          REQUIRE(late(b.adoption_time[i]) <= late(a.adoption_time[i]));
          REQUIRE(late(c.adoption_time[i]) <= late(b.adoption_time[i]));
          moved += late(c.adoption_time[i]) < late(b.adoption_time[i]);
        }
      }
      earlier += moved > 0;
    }
  }
  CHECK(earlier == 18);  // every kind under every rule
}

}  // namespace hansa::metamorphic
