/// Costs as the model has them, and what cannot be one.
#include "model/costs.hpp"

#include <doctest/doctest.h>

#include "support/question.hpp"

namespace hansa {

namespace {

test::Texts priced(std::string const& policy) {
  return {
      "hansa: 1\ntime: {start: 1, end: 4}\ncities: {file: cities.csv, panel: panel.csv}\npolicies:\n"
      "  p: {baseline: -1, " +
          policy + "}\n",
      {{"cities.csv", "id,price,debt,gap,name\na,100,1,1,x\nb,200,-1,,y\nc,300,-2,,z\n"},
       {"panel.csv", "city,year,price\nb,3,20\n"}}};
}

/// What is complained of, a line each.
std::string mistakes(std::string const& policy) {
  try {
    (void)test::ask(priced(policy));
    return "none";
  } catch (Error const& error) {
    std::string text;
    for (Complaint const& each : error.complaints()) text += each.problem + "; " + each.mend + "\n";
    return text;
  }
}

std::optional<CostModel> cost_of(std::string const& policy) {
  return test::ask(priced(policy))->model.policies.at(0).cost;
}

}  // namespace

TEST_CASE("a cost is a number, or an attribute by date, paid once or in every step") {
  CHECK_FALSE(cost_of("attributes: {price: 0.01}"));
  CostModel const plain = cost_of("cost: {amount: 12.5}").value();
  CHECK(plain.amount.start() == 12.5);
  CHECK(plain.amount.constant());
  CHECK(plain.per == CostPer::once);
  CHECK(plain.given.empty());
  CostModel const own = cost_of("cost: {amount: {attribute: price}, per: step}").value();
  CHECK(own.per == CostPer::step);
  CHECK(own.given == std::vector<double>{100, 200, 300});
  REQUIRE(own.later.size() == 1);
  CHECK(own.later[0].step == 3);
  CHECK(own.later[0].city == 1);
  CHECK(own.later[0].sum == 20);
  CHECK(cost_of("cost: {amount: 0}").value().amount.start() == 0);
}

TEST_CASE("a cost of all cities that changes by date is one number a date") {
  test::Texts texts = priced("cost: {amount: 12.5}");
  texts.yaml += "interventions: [{at: 2, until: 3, set: {policies.p.cost.amount: 20}}]\n";
  CostModel const cost = test::ask(texts)->model.policies.at(0).cost.value();
  CHECK((cost.given.empty() && cost.later.empty()));
  REQUIRE(cost.amount.later().size() == 2);
  for (std::int32_t step = 1; step <= 4; ++step) CHECK(cost.amount.at(step) == (step == 2 || step == 3 ? 20 : 12.5));
}

TEST_CASE("a shared cost is the cost per step") {
  CostModel const cost = cost_of("mechanisms: {s: {scale: {pool: all, shared: {fixed: 90, variable: 10}}}}").value();
  CHECK(cost.amount.start() == 100);
  CHECK(cost.per == CostPer::step);
  CHECK_FALSE(cost_of("mechanisms: {s: {scale: {pool: all, progress_ratio: 0.8}}}"));
}

TEST_CASE("only mechanisms of the kind scale lower the cost") {
  auto const question =
      test::ask(priced("mechanisms: {a: {log_adopters: {pool: all}}, b: {scale: {pool: all, progress_ratio: 0.8}}}"));
  CHECK_FALSE(question->model.policies[0].terms[0].lowers_cost);
  CHECK(question->model.policies[0].terms[1].lowers_cost);
}

TEST_CASE("what cannot be a cost") {
  CHECK(mistakes("cost: {amount: -1}") ==
        "'amount' is '-1'; a number from 0 to 1e+18 or {attribute: NAME} was expected\n");
  CHECK(mistakes("cost: 5") == "'cost' is '5'; a map was expected\n");
  CHECK(mistakes("cost: {per: once}") ==
        "'amount' is missing in 'cost'; a number from 0 to 1e+18 or {attribute: NAME} was expected\n");
  CHECK(mistakes("cost: {amount: 1, per: year}") == "'per' is 'year'; one of once, step was expected\n");
  CHECK(mistakes("cost: {amount: {attribute: prize}}").starts_with("unknown attribute 'prize' (a cost); one of debt"));
  CHECK(mistakes("cost: {amount: {attribute: name}}").starts_with("attribute 'name' is text (a cost)"));
  CHECK(mistakes("cost: {amount: {attribute: debt}}") ==
        "the cost 'debt' of city 'b' (and of 1 more) is out of range; numbers from 0 to 10^18 were expected\n");
  CHECK(mistakes("cost: {amount: {attribute: gap}}") ==
        "attribute 'gap' is missing for 2 of 3 cities, 'b' the first (a cost); a number for every city was expected\n");
  CHECK(mistakes("cost: {amount: 1}, mechanisms: {s: {scale: {pool: all, shared: {fixed: 9, variable: 1}}}}") ==
        "'shared' beside the 'cost' of the policy; it gives the cost itself, in every step: no 'cost' was expected\n");
}

}  // namespace hansa
