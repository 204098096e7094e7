/// Budgets by hand on three cities.
#include "run/budgets.hpp"

#include <array>

#include <doctest/doctest.h>

#include "support/question.hpp"

using namespace hansa;

namespace {

struct Purses {
  World world;
  Model model;
  RecordPlan plan;

  Purses() {
    world.cities.id = {"a", "b", "c"};
    world.networks.push_back(make_ties());
    model.clock = {2000, 2003, "year"};
    model.policies.emplace_back();
    ResourceModel& resources = model.resources.emplace();
    resources.initial = {100, 50, 0};
    resources.income = {10, 10, 0};
    resources.income_later = {{2, 1, 20}, {3, 1, 0}};
    resources.growth = 0.5;
    resources.network = &world.networks[0];
    resources.per_tie = 4;
  }
  static NetworkLayer make_ties() {
    Complaints complaints;
    return make_layer("ties", {{0, 1, 1}, {0, 2, 1}, {1, 2, 3}}, 3, {}, complaints);
  }
};

}  // namespace

TEST_CASE("who has exactly the price can pay it, though the price is a logarithm's") {
  // Two adopters share 15: 8 + 15/3 = 13, which a saves until the end of step 13.
  auto const question = test::ask(
      {"hansa: 1\ntime: {start: 1, end: 20}\ncities: {file: cities.csv}\nresources: {income: 1}\npolicies:\n"
       "  p: {rule: additive, baseline: 4, adopters: [b, c], mechanisms: {m: {scale: {pool: all, shared: {fixed: 15, "
       "variable: 8}}, strength: 0}}}\n",
       {{"cities.csv", "id\na\nb\nc\n"}}});
  CHECK(test::adoption_times(*question, test::run_one(*question, 0, Lanes::full), "p").at("a") == 14);
  CHECK(is_enough(13, 13 + 1e-12));
  CHECK_FALSE(is_enough(13, 13.001));
  CHECK_FALSE(is_enough(-1, 0));
}

TEST_CASE("a budget grows, gains its income and what used ties bring, and is spent") {
  Purses kept;
  kept.model.fees = {{{2, 0, 5}, {3, 0, 0}}, {0, 5, 0, 0}};
  Recorder recorder(kept.model, kept.world, kept.plan);
  Budgets budgets(kept.model, kept.world);
  for (int again = 0; again < 2; ++again) {
    recorder.begin(0);
    budgets.begin({});
    std::array const before{Event{0, 0, +1}};
    budgets.note(PolicyId{0}, before);
    budgets.close(0, recorder);
    CHECK(budgets[0] == 100);
    std::array const events{Event{1, 0, +1}, Event{2, 0, +1}};
    budgets.note(PolicyId{0}, events);
    budgets.spend(1, 30);
    budgets.spend(1, 1);
    budgets.close(1, recorder);
    CHECK(budgets[0] == 150 + 10 + 2 * 4);
    CHECK(budgets[1] == 75 + 10 + 4 - 31);
    CHECK(budgets[2] == 4);
    budgets.close(2, recorder);
    CHECK(budgets[0] == 168 * 1.5 + 10 - 5);
    CHECK(budgets[1] == 58 * 1.5 + 20);
    CHECK(budgets[2] == 6);
    budgets.spend(2, 10);
    budgets.close(3, recorder);
    CHECK(budgets[0] == 257 * 1.5 + 10);
    CHECK(budgets[1] == 107 * 1.5);
    CHECK(budgets[2] == -1);  // below 0
    budgets.close(4, recorder);
    History const& history = recorder.finish();
    CHECK(history.shared.budget[0] == (168 + 58 + 4) / 3.0);
    CHECK(history.shared.ties_used == std::vector<double>{2, 0, 0, 0});
    CHECK(history.shared.fees == std::vector<double>{0, 5, 0, 0});
  }
}

TEST_CASE("without budgets and fees there is nothing to do") {
  Purses kept;
  kept.model.resources.reset();
  CHECK(Budgets(kept.model, kept.world).empty());
  kept.model.fees.total = {1, 1, 1, 1};
  CHECK_FALSE(Budgets(kept.model, kept.world).empty());
  CHECK_FALSE(Budgets(kept.model, kept.world).are_kept());
}

TEST_CASE("growth and what ties bring are those of the step") {
  Purses kept;
  kept.model.resources->growth.add(2, 1);
  kept.model.resources->per_tie.add(2, 6);
  Recorder recorder(kept.model, kept.world, kept.plan);
  Budgets budgets(kept.model, kept.world);
  recorder.begin(0);
  budgets.begin({});
  std::array const before{Event{0, 0, +1}}, first{Event{1, 0, +1}}, second{Event{2, 0, +1}};
  budgets.note(PolicyId{0}, before);
  budgets.close(0, recorder);
  budgets.note(PolicyId{0}, first);
  budgets.close(1, recorder);
  CHECK(budgets[0] == 150 + 10 + 4);
  budgets.note(PolicyId{0}, second);  // two of whom it observes have the policy
  budgets.close(2, recorder);
  CHECK(budgets[0] == 2 * 164 + 10 + 6);
  CHECK(budgets[2] == 2 * 6);
}

TEST_CASE("an income that all cities have from a step on is theirs in each replicate") {
  Purses kept;
  kept.model.resources->income_later.clear();
  kept.model.resources->incomes_later = {{2, 1}, {3, 2}};
  kept.model.resources->network = nullptr;
  Recorder recorder(kept.model, kept.world, kept.plan);
  Budgets budgets(kept.model, kept.world);
  for (int again = 0; again < 2; ++again) {
    recorder.begin(0);
    budgets.begin({});
    std::array<double, 3> const gained{10, 1, 2};
    double balance = 100;
    for (std::int32_t step = 0; step <= 3; ++step) {
      budgets.close(step, recorder);
      if (step > 0) balance = balance * 1.5 + gained[static_cast<std::size_t>(step - 1)];
      CHECK(budgets[0] == balance);
    }
  }
}
