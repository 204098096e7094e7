/// Tests of study/what_ifs through the face of the library: what-ifs read together, compared, and kept.
#include "study/what_ifs.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <doctest/doctest.h>

#include "hansa.hpp"
#include "io/comparison_reader.hpp"
#include "tell/comparison.hpp"

using namespace hansa;

namespace {

constexpr char const* street = R"(hansa: 1
time: {start: 2000, end: 2009}
seed: 7
replicates: 40
cities: {file: cities.csv}
networks:
  near: {nearest: {k: 4}}
  chance: {erdos_renyi: {degree: 6}}
collaborations: {properties: {club: {members: {random: 10}}}}
policies:
  led:
    baseline: -4
    adopters: {random: 5}
    mechanisms:
      imitation: {exposure: {network: chance}, strength: 4}
      nearby: {exposure: {network: near}, strength: 1}
)";

/// A folder with a base and what-ifs.
struct Street {
  std::filesystem::path folder;
  std::vector<std::filesystem::path> files;

  Street() {
    std::string name = (std::filesystem::temp_directory_path() / "hansa-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    folder = name;
    std::string cities = "id,lat,lon,region\n";
    for (int k = 0; k < 40; ++k)
      cities += "c" + std::to_string(10 + k) + "," + std::to_string(k) + "," + std::to_string(k * k % 90) + "," +
                (k % 2 == 0 ? "N" : "S") + "\n";
    std::ofstream(folder / "cities.csv") << cities;
    write("base.yaml", street);
  }
  ~Street() { std::filesystem::remove_all(folder); }
  Street(Street const&) = delete;
  Street& operator=(Street const&) = delete;

  void write(std::string const& name, std::string const& text) {
    std::ofstream(folder / name) << text;
    files.push_back(folder / name);
  }
  void what_if(std::string const& name, std::string const& interventions, std::string const& more = "") {
    write(name, "hansa: 1\nbase: base.yaml\n" + more + "interventions: [" + interventions + "]\n");
  }
};

constexpr char const* fund = "{at: 2001, name: fund, cost: 60, seed: {policy: led, cities: [c10, c11, c12]}}";

std::string refusal(std::vector<Question> const& questions, WhatIfOptions const& options) {
  try {
    (void)compare(questions, options);
  } catch (Error const& error) {
    CHECK(error.fault() == Fault::input);
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("questions are compared, told of and kept, from C++ as from the program") {
  Street street_of;
  street_of.what_if("fund.yaml", fund);
  std::vector<Question> const questions = read_questions(street_of.files);
  CompareOutcome const outcome =
      compare(questions, {.replicates = 200, .reruns = 20, .knock_outs = {"imitation"}, .threads = 2});
  Comparison const& found = outcome.comparison;
  CHECK(found.scenarios == std::vector<std::string>{"base", "fund", "without imitation"});
  CHECK(found.replicates == 200);
  PolicyDifference const& funded = found.what_ifs.at(0).policies.at(0);
  CHECK(funded.followers.funded.size() == 3);
  CHECK(funded.followers.followers.mean > 0);
  REQUIRE(funded.reruns);
  CHECK(funded.reruns->replicates == 20);
  CHECK(funded.following->groups.size() == 3);
  CHECK(found.what_ifs.at(0).cost->mean == 60);
  CHECK(found.what_ifs.at(1).policies.at(0).adopters.back().mean < 0);
  CHECK_FALSE(found.what_ifs.at(1).policies.at(0).reruns);
  // What is told and kept is the same.
  ComparisonFacts const facts = facts_of(outcome, questions);
  CHECK(facts.strengths == Strengths::assumed);
  CHECK(comparison_words(found, questions[0].world->cities, facts).find("fund, led: ") != std::string::npos);
  write_comparison(outcome, questions, {.file = street_of.folder / "c.h5"});
  ComparisonRecord const read = read_comparison_file(street_of.folder / "c.h5");
  CHECK(read.comparison.what_ifs.at(0).policies.at(0).followers.followers.mean == funded.followers.followers.mean);
  CHECK(read.scenario_texts.size() == 3);
  CHECK(read.scenario_texts[0] == read.scenario_texts[2]);
  CHECK_THROWS_AS(write_comparison(outcome, questions, {.file = street_of.folder / "c.h5"}), Error);
}

TEST_CASE("what cannot be compared is refused before anything runs, and reasons for no reruns are kept") {
  Street street_of;
  street_of.what_if("fund.yaml", fund);
  street_of.what_if("push.yaml", "{at: 2001, push: {policy: led, strength: 1}}");
  std::vector<Question> const questions = read_questions(street_of.files);
  std::span<Question const> const base(questions.data(), 1);
  CHECK_THROWS_WITH_AS(check_what_ifs(base), doctest::Contains("there is nothing to compare it with"), Error);
  CHECK(refusal(questions, {.knock_outs = {"none"}}).find("no mechanism is called 'none'") != std::string::npos);
  CHECK(refusal(questions, {.until = PreciseRequest{Precise::population_covered, 1}}).find("no population") !=
        std::string::npos);
  std::vector<Question> idle = read_questions({street_of.files[0], street_of.files[2]});
  CHECK(refusal(idle, {.until = PreciseRequest{Precise::followers, 1}}).find("there are no followers") !=
        std::string::npos);
  CompareOutcome const none = compare(questions, {.replicates = 10, .reruns = 0});
  CHECK(none.comparison.what_ifs[0].policies[0].reruns->none == "none were asked for");
  CHECK_FALSE(none.comparison.what_ifs[1].policies[0].reruns);
  std::stop_source stop;
  stop.request_stop();
  CompareOutcome const stopped = compare(questions, {.replicates = 1000, .stop = stop.get_token()});
  CHECK(stopped.stopped);
}

TEST_CASE("a world is built once for all scenarios that share it, and each of its own holds what it changes") {
  Street street_of;
  street_of.what_if("fund.yaml", fund);
  street_of.what_if("cut.yaml", "{at: 2001, remove_ties: {network: near, sources: [c10, c11]}}");
  street_of.what_if("club.yaml", "{at: 2001, join: {collaboration: club, cities: [c10, c11, c12, c13, c14]}}");
  street_of.what_if("weak.yaml", fund, "policies: {led: {mechanisms: {imitation: {strength: 1}}}}\n");
  street_of.what_if("other.yaml", fund, "policies: {led: {adopters: {random: 6}}}\n");
  std::vector<Question> const together = read_questions(street_of.files);
  NetworkLayer const &near = *together[0].world->network("near"), &chance = *together[0].world->network("chance");
  for (std::size_t k : {1U, 2U, 3U, 4U}) {
    CAPTURE(k);
    World const& world = *together[k].world;
    CHECK(world.cities.id.shares_with(together[0].world->cities.id));
    CHECK(world.cities.numbers.at("lat").shares_with(together[0].world->cities.numbers.at("lat")));
    CHECK(world.network("chance")->target.shares_with(chance.target));
    CHECK(world.network("near")->target.shares_with(near.target) == (k != 2));
  }
  CHECK_FALSE(together[5].world->cities.id.shares_with(together[0].world->cities.id));  // other adopters
  CHECK(together[5].world->records[0].initial.size() == 6);
  // Nothing differs from what each file alone says, to the bit of a history.
  for (std::size_t k = 0; k < together.size(); ++k) {
    CAPTURE(k);
    Question const alone = read_question(street_of.files[k]);
    CHECK(digest(*alone.world) == digest(*together[k].world));
    CHECK(alone.digests == together[k].digests);
    std::vector<std::int32_t> times, others;
    auto const note = [](std::vector<std::int32_t>& into) {
      return [&into](History const& history) {
        auto const& own = history.policies[0].adoption_time;
        into.insert(into.end(), own.begin(), own.end());
      };
    };
    run(alone, note(times));
    run(together[k], note(others));
    CHECK(times == others);
  }
  CHECK(digest(*together[2].world) != digest(*together[0].world));
  CHECK(digest(*together[3].world) != digest(*together[0].world));
}

TEST_CASE("groups of what-ifs are counted, replicates of theirs are warned of") {
  Street street_of;
  street_of.what_if("fund.yaml", fund, "replicates: 7\noutput: {by: [region]}\n");
  std::vector<Question> const questions = read_questions(street_of.files);
  std::vector<Complaint> const warnings = comparison_warnings(questions);
  REQUIRE(warnings.size() == 1);
  CHECK(warnings[0].problem == "its replicates (7) are not heeded: a comparison takes the base's, 40");
  CompareOutcome const outcome = compare(questions, {.replicates = 10, .reruns = 0});
  std::vector<GroupDifference> const& groups = outcome.comparison.what_ifs[0].policies[0].groups;
  REQUIRE(groups.size() == 2);
  CHECK(groups[0].label == "N");
  CHECK(groups[0].cities == 20);
}

TEST_CASE("events that scenarios ask for are not kept in a comparison, and change no number of it") {
  Street street_of;
  street_of.what_if("fund.yaml", fund);
  std::vector<Question> const plain = read_questions(street_of.files);
  std::vector<Question> const logged = read_questions(street_of.files, {.settings = {"output.events=true"}});
  CHECK(logged[0].plan.events);
  CHECK_FALSE(comparison_plan(logged).events);
  CHECK_FALSE(comparison_plan(logged).attribution);
  CHECK(comparison_plan(logged).adoption_time);
  CompareOutcome const without = compare(plain, {.replicates = 60, .reruns = 5});
  CompareOutcome const with = compare(logged, {.replicates = 60, .reruns = 5});
  CHECK(with.adopters == without.adopters);
  auto const followers = [](CompareOutcome const& outcome) {
    return outcome.comparison.what_ifs[0].policies[0].followers.followers.mean;
  };
  CHECK(followers(with) == followers(without));
}

TEST_CASE("mistakes of all files come in one error, each once") {
  Street street_of;
  street_of.what_if("one.yaml", "{at: 2001, seed: {policy: lead, cities: [c10]}}");
  street_of.what_if("two.yaml", "{at: 1901, seed: {policy: led, cities: [c10]}}");
  street_of.write("base.yaml", std::string(street) + "nonsense: 1\n");
  try {
    (void)read_questions(street_of.files);
    FAIL("no error");
  } catch (Error const& error) {
    CHECK(error.complaints().size() == 3);
  }
}
