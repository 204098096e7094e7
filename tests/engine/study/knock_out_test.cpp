/// Models without a mechanism, and what adopters then leave by.
#include "study/knock_out.hpp"

#include <doctest/doctest.h>

#include "support/question.hpp"

namespace hansa {

namespace {

/// Twenty cities in a ring, half of which have a policy that is worse than its prior.
test::Texts ring(std::string const& abandonment) {
  test::Texts texts;
  texts.yaml =
      "hansa: 1\ntime: {start: 1, end: 20}\nseed: 4\ncities: {file: cities.csv}\nnetworks: {ties: {file: "
      "ties.csv}}\npolicies:\n  p: {baseline: -3, adopters: {random: 10}, abandonment: " +
      abandonment +
      ", merit: {mean: -2, spread: 1}, mechanisms: {m: {learning: {network: ties, own_precision: 2, prior: {mean: "
      "0.5}}, strength: 0.01}}}\n";
  texts.files["cities.csv"] = "id\n";
  texts.files["ties.csv"] = "source,target\n";
  for (int i = 0; i < 20; ++i) {
    texts.files["cities.csv"] += "c" + std::to_string(i) + "\n";
    texts.files["ties.csv"] += "c" + std::to_string(i) + ",c" + std::to_string((i + 1) % 20) + "\n";
  }
  return texts;
}

int left(test::Question const& question) {
  int sum = 0;
  for (std::int64_t r = 0; r < 50; ++r) {
    History const history = test::run_one(question, r, Lanes::full);
    for (std::int16_t const each : history.policies[0].abandonments) sum += each;
  }
  return sum;
}

}  // namespace

TEST_CASE("without learning adopters leave by what they believed at first") {
  auto const base = test::ask(ring("{logit: {base: -1.5, own_belief: 1}}"));
  auto const without = test::ask(ring("{logit: {base: -1.5, own_belief: 1}}"));
  knock_out(without->model, "m");
  // The prior mean of 0.5, for good: a constant hazard.
  auto const constant = test::ask(ring("{logit: {base: -2}}"));
  knock_out(constant->model, "m");
  for (std::int64_t r = 0; r < 20; ++r) {
    History const x = test::run_one(*without, r, Lanes::full), y = test::run_one(*constant, r, Lanes::full);
    CHECK(x.policies[0].adoption_time == y.policies[0].adoption_time);
    CHECK(x.policies[0].abandonments == y.policies[0].abandonments);
    CHECK(x.policies[0].adopters == y.policies[0].adopters);
  }
  CHECK(left(*base) > left(*without) + 100);
  CHECK(left(*without) > 100);
}

TEST_CASE("what is not learning leaves alone how adopters leave") {
  test::Texts texts = ring("{logit: {base: -1.5, own_belief: 1}}");
  std::string const learning = "m: {learning";
  texts.yaml.insert(texts.yaml.find(learning), "also: {exposure: {network: ties}, strength: 0}, ");
  auto const base = test::ask(texts), without = test::ask(texts);
  knock_out(without->model, "also");
  CHECK(left(*base) == left(*without));
  CHECK(mechanisms_of(base->model) == std::vector<std::string>{"also", "m"});
}

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

}  // namespace hansa
