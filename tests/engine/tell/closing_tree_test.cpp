/// The closing table as a tree: the same numbers by name.
#include <doctest/doctest.h>

#include "tell/closing.hpp"

using namespace hansa;

namespace {

Summary one_policy() {
  PolicySummary policy;
  policy.policy = "bikes";
  policy.adopters = {40, 50, 61};
  policy.compared_at = 2021;
  policy.compared = Compared{60, {31, 39, 48}, 33};
  policy.observed_elsewhere = 7;
  policy.groups = {{"region", "Africa", 1, {0, 1, 1}, {}},
                   {"region", "Asia", 99, {40, 49, 60}, Compared{59, {31, 38, 47}, 33}}};
  policy.shares = {{"imitation", 0.7}, {"baseline", 0.3}};
  return {"Bike share", {1998, 2024, "year"}, 100, 100, {policy}};
}

}  // namespace

TEST_CASE("the tree has the numbers of the table") {
  Node const tree = closing_tree(one_policy(), {.seconds = 2, .asked = 100, .failed = 0, .file = "b.h5"});
  CHECK(tree.find("complete")->text == "true");
  CHECK(tree.find("file")->text == "b.h5");
  CHECK(tree.find("file")->quoted);
  Node const& policy = tree.find("policies")->items.at(0);
  CHECK(policy.find("adopters")->find("median")->text == "50");
  CHECK(policy.find("at")->text == "2024");
  CHECK(policy.find("time_to_half")->form == Node::Form::null);
  CHECK(policy.find("groups")->items.at(1).find("value")->text == "Asia");
  CHECK(policy.find("groups")->items.at(1).find("adopters")->find("high")->text == "60");
  CHECK(policy.find("attributed")->find("imitation")->text == "0.7");
}

TEST_CASE("what is compared with data has its own label and its own cities") {
  Node const tree = closing_tree(one_policy(), {.seconds = 2, .asked = 100});
  Node const& compared = *tree.find("policies")->items.at(0).find("compared");
  CHECK(compared.find("at")->text == "2021");
  CHECK(compared.find("cities")->text == "60");
  CHECK(compared.find("adopters")->find("median")->text == "39");
  CHECK(compared.find("observed")->text == "33");
  CHECK(compared.find("observed_elsewhere")->text == "7");
  REQUIRE(compared.find("groups")->items.size() == 1);  // the data tell nothing of Africa
  Node const& asia = compared.find("groups")->items[0];
  CHECK(asia.find("value")->text == "Asia");
  CHECK(asia.find("cities")->text == "59");
  CHECK(asia.find("adopters")->find("low")->text == "31");
  CHECK(asia.find("observed")->text == "33");
  Summary summary = one_policy();
  summary.policies[0].compared.reset();
  CHECK(closing_tree(summary, {.asked = 100}).find("policies")->items.at(0).find("compared")->form == Node::Form::null);
}

TEST_CASE("a run cut short is not complete, and without a replicate there are no numbers") {
  Summary summary = one_policy();
  summary.replicates = 0;
  Node const tree = closing_tree(summary, {.seconds = 2, .asked = 100, .failed = 99});
  CHECK(tree.find("complete")->text == "false");
  CHECK(closing_tree(summary, {.seconds = 2, .asked = 100, .failed = 100}).find("complete")->text == "false");
  CHECK(tree.find("file")->form == Node::Form::null);
  CHECK(tree.find("policies")->items.at(0).find("adopters")->form == Node::Form::null);
  CHECK(tree.find("policies")->items.at(0).find("compared")->form == Node::Form::null);
}

TEST_CASE("costs and subsidies are in the tree where there are some") {
  Summary summary = one_policy();
  Node const without = closing_tree(summary, {.asked = 100});
  CHECK(without.find("policies")->items.at(0).find("cost")->form == Node::Form::null);
  CHECK(without.find("currency")->form == Node::Form::null);
  CHECK(without.find("subsidies")->items.empty());
  summary.currency = "EUR";
  summary.policies[0].cost = CostSummary{{1, 2, 3}, 40, {}};
  summary.subsidies = {{"fund", 2010, 2015, 20, {4, 5, 6}, 40, Spread{2013, 2014, 2020}}};
  Node const tree = closing_tree(summary, {.asked = 100});
  Node const& cost = *tree.find("policies")->items.at(0).find("cost");
  CHECK(cost.find("spending")->find("high")->text == "3");
  CHECK(cost.find("first")->text == "40");
  CHECK(cost.find("last")->form == Node::Form::null);
  CHECK(tree.find("currency")->text == "EUR");
  Node const& fund = tree.find("subsidies")->items.at(0);
  CHECK(fund.find("until")->text == "2015");
  CHECK(fund.find("paid")->find("median")->text == "5");
  CHECK(fund.find("budget_spent")->text == "40");
  CHECK(fund.find("budget_spent_at")->find("low")->text == "2013");
}

TEST_CASE("what beliefs do in the end is counted by period") {
  Summary summary = one_policy();
  CHECK(closing_tree(summary, {.asked = 100}).find("policies")->items.at(0).find("beliefs")->form == Node::Form::null);
  summary.policies[0].beliefs = BeliefSummary{60, {{2, 30}}, 10};
  Node const tree = closing_tree(summary, {.asked = 100});
  Node const& beliefs = *tree.find("policies")->items.at(0).find("beliefs");
  CHECK(beliefs.find("settled")->text == "60");
  CHECK(beliefs.find("moving")->text == "10");
  CHECK(beliefs.find("circling")->items.at(0).find("period")->text == "2");
  CHECK(beliefs.find("circling")->items.at(0).find("replicates")->text == "30");
}
