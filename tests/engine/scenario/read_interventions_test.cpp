/// Tests of scenario/read_interventions.
#include "support.hpp"

using namespace hansa;
using namespace hansa::testing;

namespace {

Checked with(std::string const& list, std::string const& policies = "{p: {baseline: -5}}") {
  return check_with("interventions:\n[" + list + "],", policies);
}

/// The one complaint; the list begins in column 2 of line 2.
std::string one(std::string const& list, std::string const& policies = "{p: {baseline: -5}}") {
  Checked const checked = with(list, policies);
  CHECK(checked.errors.size() == 1);
  return lines(checked.errors);
}

SeedSpec const& seed_of(InterventionSpec const& spec) {
  return std::get<SeedSpec>(spec.act);
}

}  // namespace

TEST_CASE("seeds, sorted by name, with defaults") {
  Checked const checked = with(
      "{at: 2006, name: fund-20, cost: 20.5, seed: {policy: p, success: 0.9, cities: {random: 20}}},"
      "{at: 2000, seed: {policy: p}}, {at: 2010, name: Last, seed: {policy: p, success: 25 %, cities: [a]}}");
  CHECK(checked.errors.empty());
  CHECK(checked.warnings.empty());
  auto const& found = checked.scenario.interventions;
  REQUIRE(found.size() == 3);
  CHECK(found[0].name == "Last");
  CHECK(seed_of(found[0]).success == 0.25);
  CHECK(seed_of(found[0]).cities.form == Selector::Form::ids);
  CHECK(found[1].name == "fund-20");
  CHECK(found[1].at == 2006);
  CHECK(found[1].cost == 20.5);
  CHECK(seed_of(found[1]).policy.name == "p");
  CHECK(seed_of(found[1]).success == 0.9);
  CHECK(seed_of(found[1]).cities.form == Selector::Form::random);
  CHECK(seed_of(found[1]).cities.count == 20);
  CHECK(found[2].name == "seed-2000");
  CHECK(seed_of(found[2]).success == 1);
  CHECK_FALSE(found[2].cost);
  CHECK(seed_of(found[2]).cities.form == Selector::Form::all);
  CHECK(seed_of(found[2]).cities.where.line == 2);
  CHECK(with("").scenario.interventions.empty());
}

TEST_CASE("dates outside of time, and in a replay") {
  CHECK(one("{at: 1999, seed: {policy: p}}") ==
        "s.yaml:2:7: 'at' is 1999, but time runs from 2000 to 2010, a step of that time was expected");
  CHECK(one("{at: 2011, seed: {policy: p}}") ==
        "s.yaml:2:7: 'at' is 2011, but time runs from 2000 to 2010, a step of that time was expected");
  CHECK(one("{at: 2004.5, seed: {policy: p}}").starts_with("s.yaml:2:7: 'at' is '2004.5', a whole number"));
  std::string const replayed = "{p: {baseline: -5, adopters: {file: a.csv, until: 2004}}}";
  CHECK(one("{at: 2004, seed: {policy: p}}", replayed) ==
        "s.yaml:2:7: a seed in 2004, but adoptions of 'p' until 2004 are given, a later step was expected: what the "
        "data say has happened");
  CHECK(with("{at: 2005, seed: {policy: p}}", replayed).errors.empty());
}

TEST_CASE("names are names, and each has its own") {
  CHECK(one("{at: 2004, name: a b, seed: {policy: p}}") ==
        "s.yaml:2:19: 'a b' is not a name, letters, digits, '_' and '-' were expected");
  CHECK(one("{at: 2004, seed: {policy: p}}, {at: 2004, seed: {policy: p}}") ==
        "s.yaml:2:33: two interventions are called 'seed-2004', a name of its own was expected; the other stands at "
        "s.yaml:2:2");
  CHECK(one("{at: 2004, name: x, seed: {policy: p}}, {at: 2005, name: x, seed: {policy: p}}") ==
        "s.yaml:2:59: two interventions are called 'x', a name of its own was expected; the other stands at "
        "s.yaml:2:19");
}

TEST_CASE("mistakes in seeds") {
  CHECK(one("{at: 2004, seed: {}}") == "s.yaml:2:13: 'policy' is missing in 'seed', the name of a policy was expected");
  CHECK(one("{at: 2004, seed: {policy: q}}") == "s.yaml:2:28: unknown policy 'q', p was expected");
  CHECK(one("{seed: {policy: p}}") ==
        "s.yaml:2:2: 'at' is missing in item 1 of 'interventions', a whole number from -1000000000 to 1000000000 was "
        "expected");
  CHECK(one("{at: 2004, seed: {policy: p, success: 1.5}}").starts_with("s.yaml:2:40: 'success' is '1.5', a number"));
  CHECK(one("{at: 2004, cost: -1, seed: {policy: p}}").starts_with("s.yaml:2:19: 'cost' is '-1', a number"));
  CHECK(one("{at: 2004}") ==
        "s.yaml:2:2: item 1 of 'interventions' has none of seed, push, campaign, mandate, subsidy, join, leave, "
        "dissolve, add_ties, remove_ties, set, exactly one of them was expected");
  CHECK(one("all").starts_with("s.yaml:2:2: item 1 of 'interventions' is 'all', a map with at and"));
  CHECK(one("{at: 2004, sed: {policy: p}}").find("did you mean 'seed'?") != std::string::npos);
  CHECK(complaint("interventions: {at: 2004},") ==
        "s.yaml:1:17: 'interventions' is a map, a list of interventions was expected");
}

TEST_CASE("pushes, campaigns and mandates, with defaults") {
  std::string const policies = "{p: {baseline: -5, mechanisms: {m: {scale: {progress_ratio: 0.8}}}}}";
  Checked const checked = with(
      "{at: 2002, until: 2004, push: {policy: p, strength: -0.5, cities: [a]}},"
      "{at: 2003, campaign: {policy: p, mechanism: m, factor: 2}}, {at: 2010, until: 2010, mandate: {policy: p}},"
      "{at: 2000, name: z, mandate: {policy: p, compliance: 40 %}}",
      policies);
  CHECK(lines(checked.errors).empty());
  CHECK(checked.warnings.empty());
  auto const& found = checked.scenario.interventions;
  REQUIRE(found.size() == 4);
  CHECK(found[0].name == "campaign-2003");
  auto const& campaign = std::get<CampaignSpec>(found[0].act);
  CHECK(found[0].until == 2010);
  CHECK(campaign.policy.name == "p");
  CHECK(campaign.mechanism.name == "m");
  CHECK(campaign.factor == 2);
  CHECK(campaign.cities.form == Selector::Form::all);
  CHECK(std::get<MandateSpec>(found[1].act).compliance == 1);
  CHECK(found[1].until == 2010);
  CHECK(found[2].name == "push-2002");
  CHECK(found[2].until == 2004);
  CHECK(std::get<PushSpec>(found[2].act).strength == -0.5);
  CHECK(std::get<PushSpec>(found[2].act).cities.form == Selector::Form::ids);
  CHECK(std::get<MandateSpec>(found[3].act).compliance == 0.4);
}

TEST_CASE("ends before beginnings, outside of time, of what acts once, and in a replay") {
  CHECK(one("{at: 2004, until: 2003, mandate: {policy: p}}") ==
        "s.yaml:2:20: 'until' is 2003, but 'at' is 2004, a step that is not before it was expected: both count");
  CHECK(one("{at: 2004, until: 2011, mandate: {policy: p}}") ==
        "s.yaml:2:20: 'until' is 2011, but time runs from 2000 to 2010, a step of that time was expected");
  CHECK(one("{at: 2004, until: 2005, seed: {policy: p}}") ==
        "s.yaml:2:13: 'until' cannot stand beside 'seed', it acts once, in the step 'at'");
  std::string const replayed = "{p: {baseline: -5, adopters: {file: a.csv, until: 2004}}}";
  Checked const early = with("{at: 2002, until: 2004, mandate: {policy: p}}", replayed);
  CHECK(early.errors.empty());
  CHECK(lines(early.warnings) ==
        "s.yaml:2:20: this ends in 2004, and adoptions of 'p' until 2004 are given, it changes nothing: cities decide "
        "from the next step on");
  CHECK(with("{at: 2002, until: 2005, mandate: {policy: p}}", replayed).warnings.empty());
}

TEST_CASE("mistakes in pushes, campaigns and mandates") {
  CHECK(one("{at: 2004, push: {policy: p}}") == "s.yaml:2:13: 'strength' is missing in 'push', a number was expected");
  CHECK(
      one("{at: 2004, push: {policy: p, strength: .inf}}").starts_with("s.yaml:2:41: 'strength' is '.inf', a number"));
  for (std::string const policy : {"{p: {rule: additive, baseline: -5}}", "{p: {rule: cascade}}"}) {
    CHECK(one("{at: 2004, push: {policy: p, strength: -0.1}}", policy)
              .starts_with("s.yaml:2:41: 'strength' is '-0.1', under rule "));
    CHECK(with("{at: 2004, push: {policy: p, strength: 0}}", policy).errors.empty());
  }
  CHECK(one("{at: 2004, mandate: {policy: p, compliance: 101 %}}").starts_with("s.yaml:2:46: 'compliance' is '101 %'"));
  std::string const policies = "{p: {baseline: -5, mechanisms: {near: {scale: {progress_ratio: 0.8}}}}}";
  CHECK(one("{at: 2004, campaign: {policy: p, mechanism: neer, factor: 2}}", policies) ==
        "s.yaml:2:46: unknown mechanism 'neer', near was expected; did you mean 'near'?");
  CHECK(one("{at: 2004, campaign: {policy: p, mechanism: near, factor: -2}}", policies)
            .starts_with("s.yaml:2:60: 'factor' is '-2', a number"));
  CHECK(one("{at: 2004, campaign: {policy: p, mechanism: m, factor: 2}}") ==
        "s.yaml:2:46: unknown mechanism 'm', none is defined");
  CHECK(one("{at: 2004, campaign: {policy: p, factor: 2}}", policies) ==
        "s.yaml:2:13: 'mechanism' is missing in 'campaign', a text was expected");
  CHECK(one("{at: 2004, campaign: {policy: q, mechanism: x, factor: 2}}") ==
        "s.yaml:2:32: unknown policy 'q', p was expected");
  CHECK(one("{at: 2004, push: {policy: p, strength: 1}, mandate: {policy: p}}") ==
        "s.yaml:2:45: 'mandate' cannot stand beside 'push', only one of them was expected");
}

TEST_CASE("subsidies, by share or amount, with or without a budget, and what they cannot be") {
  Checked const checked = with(
      "{at: 2002, until: 2004, subsidy: {policy: p, share: 30 %, budget: 500, cities: [a]}},"
      "{at: 2003, subsidy: {policy: p, amount: 1.5}}");
  CHECK(lines(checked.errors).empty());
  auto const& found = checked.scenario.interventions;
  REQUIRE(found.size() == 2);
  auto const& share = std::get<SubsidySpec>(found[0].act);
  CHECK(found[0].name == "subsidy-2002");
  CHECK(found[0].until == 2004);
  CHECK(share.share == 0.3);
  CHECK(share.amount == 0);
  CHECK(share.budget == 500);
  CHECK(share.cities.form == Selector::Form::ids);
  auto const& amount = std::get<SubsidySpec>(found[1].act);
  CHECK(amount.amount == 1.5);
  CHECK_FALSE(amount.budget);
  CHECK(found[1].until == 2010);
  for (std::string const share_of : {"0", "100 %", "0.995", "-0.1"})
    CHECK(one("{at: 2004, subsidy: {policy: p, share: " + share_of + "}}").starts_with("s.yaml:2:"));
  CHECK(one("{at: 2004, subsidy: {policy: p}}").find("one of share, amount") != std::string::npos);
  CHECK(one("{at: 2004, subsidy: {policy: p, share: 0.1, amount: 4}}").find("amount") != std::string::npos);
  CHECK(one("{at: 2004, subsidy: {policy: p, amount: 0}}").find("'amount' is '0'") != std::string::npos);
  CHECK(one("{at: 2004, subsidy: {policy: p, share: 0.1, budget: 0}}").find("'budget' is '0'") != std::string::npos);
  CHECK(one("{at: 2004, subsidy: {policy: q, share: 0.1}}").find("unknown policy 'q'") != std::string::npos);
}
