/// Tests of study/reruns: what fails under one choice of seeds spoils no other.
#include "study/reruns.hpp"

#include <cmath>
#include <stdexcept>

#include <doctest/doctest.h>

#include "lines.hpp"
#include "mechanisms/catalogue.hpp"
#include "study/followers.hpp"

using namespace hansa;
using namespace hansa::testing;

namespace {

/// Nobody adopts by itself; whoever observes b has a pressure that cannot be, once b adopts.
std::unique_ptr<test::Question> brittle(std::string const& interventions) {
  return line(
      interventions, "0.5",
      {"networks.next={file: only-b.csv}",
       "policies.p={baseline: -79, adopters: [], mechanisms: {m: {exposure: {network: next}, strength: 200}}}"});
}

Model brittle_model(test::Question const& question) {
  Complaints ignored;
  return compile(question.scenario, question.world, standard_catalogue(), ignored);
}

}  // namespace

TEST_CASE("reruns in which a replicate fails are left out and told, the others stand") {
  auto const base = brittle(""), with = brittle(seed_a);
  for (int const threads : {1, 3}) {
    CAPTURE(threads);
    RerunOptions options;
    options.replicates = 40;
    options.threads = threads;
    options.model_of = [&](std::int64_t) { return brittle_model(*with); };
    auto const found = find_followers(with->world, base->model, with->model, PolicyId{0}, options);
    REQUIRE(found);
    REQUIRE(found->reruns);
    Reruns const& reruns = *found->reruns;
    CHECK(reruns.replicates == 40);
    CHECK(reruns.failed == 0);
    CHECK(reruns.none.empty());
    CHECK(reruns.kinds[0] == Reruns::Count{1, 1});
    CHECK(reruns.kinds[1] == Reruns::Count{1, 1});
    CHECK(reruns.kinds[2] == Reruns::Count{1, 0});  // b alone is observed
    CHECK(reruns.kinds[4].asked == 50);
    CHECK(reruns.kinds[4].made < 50);
    CHECK(reruns.kinds[4].made > 0);
    CHECK(reruns.kinds[5] == Reruns::Count{1, 1});
    CHECK(reruns.left_out.size() == static_cast<std::size_t>(51 - reruns.kinds[4].made));
    CHECK(reruns.left_out.front().rerun == "the best connected");
    CHECK(reruns.left_out.front().why.starts_with("replicate 0: "));
    CHECK(reruns.left_out.front().why.find("city 'c'") != std::string::npos);
    REQUIRE(found->rivals);
    CHECK(found->rivals->chosen.mean == 0);
    CHECK(std::isnan(found->rivals->best_connected.mean));
    CHECK(found->rivals->beaten == 0.5);  // those that stand lead to as many
    CHECK(found->following->alone.at(0).mean == 0);
  }
}

TEST_CASE("a group that fails alone leaves the others, and is not known") {
  auto const base = brittle(""), with = brittle("{at: 2009, name: f, seed: {policy: p, cities: [a, b]}}");
  // In the last step b tells nobody any more; in an earlier one it would.
  auto const early = brittle(
      "{at: 2000, name: f, seed: {policy: p, cities: [a]}}, "
      "{at: 2001, name: g, seed: {policy: p, cities: [b], success: 0.5}}");
  RerunOptions options;
  options.replicates = 40;
  options.model_of = [&](std::int64_t) { return brittle_model(*early); };
  auto const found = find_followers(early->world, base->model, early->model, PolicyId{0}, options);
  REQUIRE(found);
  CHECK(found->reruns->kinds[1] == Reruns::Count{1, 0});
  CHECK(std::isnan(found->rivals->chosen.mean));
  CHECK(std::isnan(found->rivals->beaten));
  Following const& following = *found->following;
  CHECK(following.groups == std::vector<std::string>{"a", "b"});
  CHECK(following.alone.at(0).mean == 0);
  CHECK(std::isnan(following.alone.at(1).mean));
  CHECK(std::isnan(following.added.at(0).mean));  // against the whole, which failed
  CHECK(following.changed_alone.at(2) == 0);
  CHECK(std::isnan(following.changed_alone.at(4 + 2)));
  options.model_of = [&](std::int64_t) { return brittle_model(*with); };
  auto const late = find_followers(with->world, base->model, with->model, PolicyId{0}, options);
  CHECK(late->reruns->left_out.empty());
}

TEST_CASE("replicates whose model cannot be made count in no rerun") {
  auto const base = line(""), with = line(seed_a);
  RerunOptions options;
  options.replicates = 60;
  options.per_draw = 10;
  options.model_of = [&](std::int64_t draw) {
    if (draw == 2) throw std::runtime_error("no such draw");
    return brittle_model(*with);
  };
  auto const found = find_followers(with->world, base->model, with->model, PolicyId{0}, options);
  REQUIRE(found);
  CHECK(found->reruns->replicates == 50);
  CHECK(found->reruns->failed == 10);
  CHECK(found->reruns->left_out.empty());
  CHECK(found->rivals->replicates == 50);
  CHECK(found->rivals->chosen.draws);
  options.model_of = [](std::int64_t) -> Model { throw std::runtime_error("none at all"); };
  auto const none = find_followers(with->world, base->model, with->model, PolicyId{0}, options);
  CHECK_FALSE(none->rivals);
  CHECK(none->reruns->none == "every replicate failed, replicate 0: none at all");
}
