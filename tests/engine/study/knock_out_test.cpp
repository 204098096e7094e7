/// What is left of a model when a mechanism is taken from it.
#include "study/knock_out.hpp"

#include <doctest/doctest.h>

#include "support/question.hpp"

using namespace hansa;

TEST_CASE("what presses has no strength, and what binds or bars is no more") {
  auto const question =
      test::ask({"hansa: 1\ntime: {start: 1, end: 3}\ncities: {file: c.csv}\npolicies:\n"
                 "  p:\n    baseline: -1\n    mechanisms:\n"
                 "      all: {exposure: {pool: all}}\n"
                 "      ban: {national: {kind: preempt, enact: {share: 0}}}\n"
                 "      must: {national: {kind: mandate, enact: {share: 0}}}\n"
                 "      law: {national: {kind: enabling, enact: {share: 0}}}\n",
                 {{"c.csv", "id,country\na,X\nb,Y\n"}}});
  CHECK(mechanisms_of(question->model) == std::vector<std::string>{"all", "ban", "law", "must"});
  auto const adopters = [&] { return test::run_one(*question, 0, Lanes::full).policies[0].adopters; };
  CHECK(adopters() == std::vector<std::int32_t>{0, 0, 0});
  knock_out(question->model, "ban");
  CHECK(adopters() == std::vector<std::int32_t>{2, 2, 2});
  knock_out(question->model, "must");
  knock_out(question->model, "all");
  PolicyModel const& policy = question->model.policies[0];
  CHECK(policy.laws.empty());
  REQUIRE(policy.terms.size() == 2);
  CHECK((policy.terms[0].strength == 0 && policy.terms[1].strength == 1));
}
