/// Tests of scenario/read_resources, and of fees.
#include "support.hpp"

using namespace hansa;
using namespace hansa::testing;

namespace {

std::string const costly = "{led: {baseline: -5, cost: {amount: 2}}}";

Checked with_resources(std::string const& resources, std::string const& policies = costly,
                       std::string const& more = "") {
  return check_with(more + "resources: " + resources + ",", policies);
}

std::string told_of_budgets(std::string const& resources, std::string const& policies = costly,
                            std::string const& more = "") {
  return lines(with_resources(resources, policies, more).errors);
}

}  // namespace

TEST_CASE("budgets are read with their defaults") {
  Checked const none = with_resources("{}");
  CHECK(lines(none.errors) == "");
  ResourcesSpec const& empty = none.scenario.resources.value();
  CHECK(std::get<double>(empty.initial) == 0);
  CHECK(std::get<double>(empty.income) == 0);
  CHECK(empty.growth == 0);
  CHECK_FALSE(empty.returns);
  Checked const full =
      with_resources("{initial: {attribute: budget}, income: 3, growth: 0.02, returns: {network: sister, per_tie: 5}}",
                     costly, "networks: {sister: {file: t.csv}},");
  CHECK(lines(full.errors) == "");
  ResourcesSpec const& spec = full.scenario.resources.value();
  CHECK(std::get<Reference>(spec.initial).name == "budget");
  CHECK(std::get<double>(spec.income) == 3);
  CHECK(spec.growth == 0.02);
  CHECK(spec.returns->network.name == "sister");
  CHECK(spec.returns->per_tie == 5);
  CHECK_FALSE(check_with("", costly).scenario.resources);
}

TEST_CASE("mistakes in budgets have a place and a mend") {
  CHECK(told_of_budgets("{growth: 2}").find("'growth' is '2', a number from -1 to 1 was expected") !=
        std::string::npos);
  CHECK(told_of_budgets("{returns: {per_tie: 5}}").find("'network' is missing") != std::string::npos);
  CHECK(told_of_budgets("{returns: {network: sisters, per_tie: 5}}", costly, "networks: {sister: {file: t.csv}},")
            .find("unknown network 'sisters', sister was expected; did you mean 'sister'?") != std::string::npos);
  CHECK(told_of_budgets("{returns: {network: tongue, per_tie: 5}}", costly, "networks: {tongue: {same: language}},")
            .find("'returns' cannot use network 'tongue', whose complete groups are never stored as ties") !=
        std::string::npos);
  CHECK(told_of_budgets("{initial: much}").find("'initial' is 'much'") != std::string::npos);
  CHECK(told_of_budgets("[3]").find("'resources' is a list, a map was expected") != std::string::npos);
}

TEST_CASE("budgets from which nothing is paid are refused, and fees are payments too") {
  CHECK(told_of_budgets("{income: 3}", "{led: {baseline: -5}}")
            .find("'resources' gives cities budgets, and nothing is paid") != std::string::npos);
  Checked const fees = with_resources("{income: 3}", "{led: {baseline: -5}}",
                                      "collaborations: {properties: {c40: {fee: {amount: 3, per: once}}}},");
  CHECK(lines(fees.errors) == "");
  FeeSpec const& fee = fees.scenario.collaborations.properties.at(0).fee.value();
  CHECK(fee.amount == 3);
  CHECK(fee.per == CostPer::once);
  CHECK(told_of_budgets("{income: 3}", "{led: {rule: cascade, cost: {amount: 2}}}")
            .find("policy 'led' with the rule cascade is paid from budgets") != std::string::npos);
}

TEST_CASE("a cost that is not understood is told, and not that there is none") {
  CHECK(told_of_budgets("{income: 3}", "{led: {baseline: -5, cost: {amout: 3}}}").find("nothing is paid") ==
        std::string::npos);
}

TEST_CASE("who queues without budgets is warned") {
  Checked const checked = check_with("", "{led: {baseline: -5, when_unaffordable: queue}}");
  CHECK(lines(checked.errors) == "");
  CHECK(lines(checked.warnings).find("cities queue for policy 'led', without 'resources' every city can pay") !=
        std::string::npos);
}
