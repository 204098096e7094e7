/// Tests of study/followers: the table on a line of four cities is that of enumeration.
#include "study/followers.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "lines.hpp"
#include "mechanisms/catalogue.hpp"
#include "study/knock_out.hpp"

using namespace hansa;
using namespace hansa::testing;

namespace {

constexpr std::int64_t replicates = 4000;

enum class Ties { passing, idle };

FollowersFound found_with(std::string const& interventions, Ties ties, int threads = 0) {
  auto const base = line(""), with = line(interventions);
  RerunOptions options;
  options.replicates = replicates;
  options.threads = threads;
  options.model_of = [&](std::int64_t) {
    Complaints ignored;
    Model model = compile(with->scenario, with->world, standard_catalogue(), ignored);
    if (ties == Ties::idle) knock_out(model, "m");
    return model;
  };
  auto found = find_followers(with->world, base->model, with->model, PolicyId{0}, options);
  REQUIRE(found);
  return *found;
}

}  // namespace

TEST_CASE("who follows whom on a line of four cities") {
  FollowersFound const found = found_with(seed_a_and_c, Ties::passing);
  REQUIRE(found.following);
  REQUIRE(found.reruns);
  CHECK(found.reruns->replicates == replicates);
  CHECK(found.reruns->left_out.empty());
  std::int32_t const expected[] = {1, 1, 1, 1, 50, 2, 2};
  for (std::size_t k = 0; k < 7; ++k) CHECK(found.reruns->kinds.at(k) == Reruns::Count{expected[k], expected[k]});
  Following const& following = *found.following;
  CHECK(following.groups == std::vector<std::string>{"a", "c"});
  // a alone: b, c, d with 1/2, 1/4, 1/8. c alone: d with 1/2. Added to c, a moves b alone; added to a, c moves d
  // whenever it adopts at all: earlier, or at all.
  double const alone[] = {0, 0.5, 0.25, 0.125, 0, 0, 0, 0.5};
  double const added[] = {0, 0.5, 0, 0, 0, 0, 0, 0.5};
  for (std::size_t k = 0; k < 8; ++k) {
    CAPTURE(k);
    CHECK(std::fabs(static_cast<double>(following.changed_alone.at(k)) - alone[k]) <= slack(alone[k], replicates));
    if (k != 2) {  // c is funded itself
      CHECK(std::fabs(static_cast<double>(following.changed_added.at(k)) - added[k]) <= slack(added[k], replicates));
    }
  }
  CHECK(std::fabs(following.alone.at(0).mean - 0.875) < 0.09);
  CHECK(std::fabs(following.alone.at(1).mean - 0.5) < 0.05);
  CHECK(std::fabs(following.added.at(0).mean - 0.5) < 0.05);
  CHECK(std::fabs(following.added.at(1).mean - 0.375) < 0.05);
  CHECK(following.added.at(1).low < following.added.at(1).mean);
  CHECK(following.added.at(1).high > following.added.at(1).mean);
}

TEST_CASE("rivals: as many others, each with its own followers") {
  FollowersFound const found = found_with(seed_a, Ties::passing);
  REQUIRE(found.rivals);
  Rivals const& rivals = *found.rivals;
  CHECK(std::fabs(rivals.chosen.mean - 0.875) < 0.09);
  REQUIRE(rivals.random.size() == random_choices);
  // One city of four: a leads to 0.875 followers, b to 0.75, c to 0.5, d to none.
  std::size_t equal = 0, below = 0;
  for (Interval const& each : rivals.random) {
    double least = 1;
    for (double const known : {0.875, 0.75, 0.5, 0.0}) least = std::min(least, std::fabs(each.mean - known));
    CHECK(least < 0.09);
    equal += each.mean == rivals.chosen.mean;
    below += each.mean < rivals.chosen.mean;
  }
  CHECK(equal > 0);
  CHECK(below > 0);
  CHECK(rivals.beaten == doctest::Approx((static_cast<double>(below) + 0.5 * static_cast<double>(equal)) / 50));
  // a, b and c are observed by one city each: the first by id.
  CHECK(rivals.best_connected.mean == rivals.chosen.mean);
}

TEST_CASE("without strength nobody follows anybody") {
  FollowersFound const found = found_with(seed_a_and_c, Ties::idle);
  for (float const each : found.following->changed_alone) CHECK(each == 0);
  for (Interval const& each : found.following->alone) CHECK((each.mean == 0 && each.low == 0 && each.high == 0));
  for (Interval const& each : found.rivals->random) CHECK(each.mean == 0);
  CHECK(found.rivals->beaten == 0.5);
}

TEST_CASE("threads change no bit") {
  FollowersFound const one = found_with(seed_a_and_c, Ties::passing, 1),
                       three = found_with(seed_a_and_c, Ties::passing, 3);
  CHECK(one.following->changed_alone == three.following->changed_alone);
  CHECK(one.following->alone[0].mean == three.following->alone[0].mean);
  CHECK(one.rivals->beaten == three.rivals->beaten);
}

TEST_CASE("nobody is funded, and nothing is rerun") {
  auto const base = line(seed_a);
  auto const found = find_followers(base->world, base->model, base->model, PolicyId{0}, {});
  REQUIRE(found);
  CHECK_FALSE(found->reruns);
  CHECK_FALSE(found->rivals);
  CHECK_FALSE(found->following);
}
