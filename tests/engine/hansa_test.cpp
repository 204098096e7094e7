/// The face of the library: questions read, all mistakes at once, runs into files, sinks and functions.
#include "hansa.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <numeric>
#include <utility>

#include <doctest/doctest.h>

using namespace hansa;

namespace {

constexpr std::string_view lamps = R"(hansa: 1
title: Lamps
time: {start: 2000, end: 2009}
seed: 7
replicates: 12
cities: {generate: 40}
networks:
  chance: {erdos_renyi: {degree: 6}}
policies:
  led:
    baseline: -4
    adopters: {random: 5}
    mechanisms:
      imitation: {exposure: {network: chance}, strength: 4}
)";

std::string with(std::string_view from, std::string_view to) {
  std::string text(lamps);
  text.replace(text.find(from), from.size(), to);
  return text;
}

std::vector<Complaint> mistakes(std::string const& text, ReadOptions const& options = {}) {
  try {
    auto const question = parse_question(text, "lamps.yaml", options);
    return {};
  } catch (Error const& error) {
    CHECK(error.fault() == Fault::input);
    return error.complaints();
  }
}

struct Folder {
  std::filesystem::path path;
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "hansa-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~Folder() { std::filesystem::remove_all(path); }
};

}  // namespace

TEST_CASE("a question can be moved, and asked more than once") {
  Question first = parse_question(lamps, "lamps.yaml");
  Question const question = std::move(first);
  std::vector<std::int32_t> once, again;
  auto const last = [](History const& history) { return history.policies.at(0).adopters.back(); };
  Outcome const outcome = run(question, [&](History const& history) { once.push_back(last(history)); });
  run(question, [&](History const& history) { again.push_back(last(history)); }, {.threads = 3});
  CHECK(outcome.report.finished == 12);
  CHECK(outcome.file.empty());
  CHECK(once == again);
  CHECK(once.size() == 12);
}

TEST_CASE("mistakes of validation, world and model come in one error, in order, without echoes") {
  std::string text = with("seed: 7", "seed: seven");
  text.replace(text.find("network: chance"), 15, "network: change");
  std::vector<Complaint> const told = mistakes(text);
  REQUIRE(told.size() == 2);
  CHECK(told[0].where.line == 4);
  CHECK(told[1].where.line == 14);
  CHECK(told[1].mend.find("did you mean 'chance'") != std::string::npos);
  CHECK(mistakes(with("degree: 6", "degree: lots")).size() == 1);
  CHECK(mistakes(with("generate: 40", "generate: few")).size() == 1);
  CHECK(mistakes(with("generate: 40", "file: absent.csv")).size() == 1);
}

TEST_CASE("each kind of mechanism beside rule cascade is told with all other mistakes") {
  constexpr std::pair<std::string_view, std::string_view> kinds[] = {
      {"collective", "{production: {power: 1}}"},
      {"competition", "{network: chance}"},
      {"exposure", "{pool: all}"},
      {"learning", "{network: chance}"},
      {"log_adopters", "{pool: all}"},
      {"membership", "{}"},
      {"national", "{kind: enabling, enact: {share: 0.5}}"},
      {"scale", "{pool: all, progress_ratio: 0.8}"},
      {"synergy", "{policy: led}"},
  };
  Catalogue const catalogue = standard_catalogue();
  REQUIRE(std::size(kinds) == catalogue.size());
  for (auto const& [kind, parameters] : kinds) {
    CAPTURE(kind);
    CHECK(std::ranges::any_of(catalogue, [&](CatalogueEntry const& each) { return each.schema->name == kind; }));
    std::string text = with("baseline: -4", "rule: cascade");
    std::string const mechanism = "imitation: {" + std::string(kind) + ": " + std::string(parameters) + "}";
    text.replace(text.find("imitation:"), std::string::npos, mechanism + "\n");
    text.replace(text.find("seed: 7"), 7, "seed: x");
    std::vector<Complaint> const told = mistakes(text);
    REQUIRE(!told.empty());
    CHECK(told.front().where.line == 4);
    CHECK(std::ranges::any_of(told, [&](Complaint const& each) {
      std::string const key = kind == "exposure" ? "pool" : std::string(kind);
      return each.problem == "'" + key + "' cannot stand beside rule cascade";
    }));
  }
}

TEST_CASE("names are no mistakes where the section or file that defines them was not read") {
  CHECK(mistakes(with("networks:", "network:")).size() == 1);
  CHECK(mistakes(with("policies:", "policys:")).size() == 1);
  CHECK(mistakes(with("cities:", "city:")).size() == 1);
  std::string const club = "c40: {membership: {collaborations: [c40]}}\n      imitation:";
  CHECK(mistakes(with("imitation:", club)).size() == 1);  // unknown
  Folder const folder;
  std::string const members = (folder.path / "m.csv").string();
  std::string text = with("imitation:", club);
  text.insert(text.find("networks:"), "collaborations: {file: " + members + "}\n");
  std::vector<Complaint> const absent = mistakes(text);
  REQUIRE(absent.size() == 1);
  CHECK(absent[0].problem.find("there is no such file") != std::string::npos);
  std::ofstream(members) << "city,collaborations\nc1,c40\n";
  std::vector<Complaint> const column = mistakes(text);
  REQUIRE(column.size() == 1);
  CHECK(column[0].problem == "column 'collaboration' is missing");
  std::ofstream(members) << "city,collaboration\nc1,c41\n";
  std::vector<Complaint> const name = mistakes(text);
  REQUIRE(name.size() == 1);
  CHECK(name[0].problem == "unknown collaboration 'c40'");
  std::ofstream(members) << "city,collaboration\nc1,c40\n";
  CHECK(mistakes(text).empty());
}

TEST_CASE("columns and policies that are nearly those that are read are warned of") {
  Folder const folder;
  std::ofstream(folder.path / "led.csv") << "city,year,policy,lef\nc1,1995,led,2001\nc2,1996,LED,\n";
  std::ofstream(folder.path / "lamps.yaml") << with("adopters: {random: 5}", "adopters: {file: led.csv}");
  std::vector<std::string> told;
  for (Complaint const& each : read_question(folder.path / "lamps.yaml").warnings) told.push_back(format(each));
  CHECK(told == std::vector<std::string>{
                    "led.csv:3:3: 1 row is of 'LED', a policy that the scenario does not have, did you mean 'led'? the "
                    "row is not read",
                    "led.csv:1:4: column 'lef' is not read as 'left', did you mean 'left'?"});
}

TEST_CASE("settings are applied in order, and mistakes in them are told with the rest") {
  Question const question = parse_question(lamps, "lamps.yaml", {.settings = {"seed=1", "seed=9"}, .replicates = 3});
  CHECK(question.scenario->seed == 9);
  CHECK(question.scenario->replicates == 3);
  CHECK(resolved_text(question).find("replicates: 3") != std::string::npos);
  std::vector<Complaint> const told = mistakes(with("seed: 7", "seed: x"), {.settings = {"nonsense", "seed.deep=1"}});
  CHECK(told.size() == 3);
}

TEST_CASE("results go where the scenario says, or beside its name into the current folder") {
  CHECK(result_path(parse_question(lamps, "some/lamps.yaml")) == "lamps.h5");
  CHECK(result_path(parse_question(lamps, "lamps.yaml", {.settings = {"output.file=out/a.h5"}})) == "out/a.h5");
}

TEST_CASE("a file is read with the digests of all that it names") {
  Folder const folder;
  std::ofstream(folder.path / "cities.csv") << "id\na\nb\nc\n";
  std::ofstream(folder.path / "lamps.yaml")
      << with("cities: {generate: 40}", "cities: {file: cities.csv}").replace(0, 0, "# three cities\n");
  Question const question = read_question(
      folder.path / "lamps.yaml", {.settings = {"policies.led.adopters=[a]", "networks.chance.erdos_renyi.degree=1"}});
  CHECK(question.world->cities.size() == 3);
  CHECK(question.digests.size() == 2);
  CHECK(question.digests.at("cities.csv").size() == 64);
}

TEST_CASE("the other tables are checked though the cities cannot be read") {
  Folder const folder;
  auto const write = [&](char const* name, char const* text) { std::ofstream(folder.path / name) << text; };
  write("ties.csv", "source,targets\na,b\na\n");
  write("members.csv", "city,collaboration,joined\na,c40,soon\n");
  write("adoptions.csv", "city,year\na,2000\nb,never\n");
  write("lamps.yaml", with("cities: {generate: 40}", "cities: {file: cities.csv}\ncollaborations: {file: members.csv}")
                          .replace(0, 0, "# lamps\n")
                          .c_str());
  auto const told = [&](char const* cities) {
    write("cities.csv", cities);
    try {
      (void)read_question(folder.path / "lamps.yaml", {.settings = {"networks.chance={file: ties.csv}",
                                                                    "policies.led.adopters={file: adoptions.csv}"}});
    } catch (Error const& error) {
      return std::string(error.what());
    }
    return std::string("accepted");
  };
  std::string const others =
      "adoptions.csv:3:2: 'never' in column 'year' is not a time label, a whole number was expected\n";
  std::string const more =
      "members.csv:2:3: 'soon' in column 'joined' is not a time label, a whole number was expected\n"
      "ties.csv:1: column 'target' is missing, 'target' was expected among the columns; the header has: source, "
      "targets; is it 'targets'?\n"
      "ties.csv:3: the row has 1 cell, 2 were expected, as in the header";
  CHECK(told("ID,name\na,A\n") == others +
                                      "cities.csv:1: column 'id' is missing, 'id' was expected among the columns; the "
                                      "header has: ID, name; is it 'ID'?\n" +
                                      more);
  CHECK(told("id;name\na;A\n") ==
        others + "cities.csv:1: the cells are separated by ';', save the file as CSV with commas\n" + more);
  CHECK(told("id,name\na\nb,B\n") ==
        others + "cities.csv:2: the row has 1 cell, 2 were expected, as in the header\n" + more);
}

TEST_CASE("a what-if is read with its base, and its text asks the same without it") {
  Folder const folder;
  std::filesystem::create_directories(folder.path / "worlds");
  std::filesystem::create_directories(folder.path / "what");
  std::ofstream(folder.path / "worlds" / "cities.csv") << "id\na\nb\nc\nd\ne\nf\ng\nh\n";
  std::ofstream(folder.path / "worlds" / "lamps.yaml") << with("generate: 40", "file: cities.csv");
  std::ofstream(folder.path / "what" / "if.yaml") << "base: ../worlds/lamps.yaml\nseed: 8\nremove: [title]\n";
  Question const question = read_question(folder.path / "what" / "if.yaml", {.settings = {"replicates=3"}});
  CHECK(question.scenario->title == "if");
  CHECK(question.scenario->seed == 8);
  CHECK(question.scenario->replicates == 3);
  CHECK(question.world->cities.size() == 8);
  CHECK(question.digests.size() == 3);
  CHECK(question.digests.at((folder.path / "worlds" / "lamps.yaml").string()).size() == 64);
  CHECK(question.digests.contains("../worlds/cities.csv"));
  CHECK_THROWS_AS(spare_inputs(question, folder.path / "worlds" / "lamps.yaml"), Error);
  std::string const text = resolved_text(question);
  CHECK(text.find("base:") == std::string::npos);
  Question const again = parse_question(text, folder.path / "what" / "if.yaml");
  CHECK(resolved_text(again) == text);
  CHECK(digest(*again.world) == digest(*question.world));
  std::vector<std::int32_t> once, twice;
  run(question, [&](History const& history) { once.push_back(history.policies.at(0).adopters.back()); });
  run(again, [&](History const& history) { twice.push_back(history.policies.at(0).adopters.back()); });
  CHECK(once == twice);
}

TEST_CASE("a file that is not there is told by its name") {
  CHECK_THROWS_WITH(static_cast<void>(read_question("no-such.yaml")),
                    "no-such.yaml: the file cannot be read: there is no such file");
}

TEST_CASE("a run that is stopped leaves a file with what was finished, marked as such") {
  Folder const folder;
  Question const question = parse_question(lamps, "lamps.yaml", {.settings = {}, .replicates = 100000});
  std::stop_source stop;
  RunOptions options;
  options.threads = 2;
  options.stop = stop.get_token();
  options.progress = [&](Done done) {
    if (done.finished > 0) stop.request_stop();
  };
  Outcome const outcome = run(question, WriteOptions{.file = folder.path / "a.h5"}, options);
  CHECK(outcome.report.stopped);
  CHECK(outcome.report.finished > 0);
  CHECK(outcome.report.finished < 100000);
  CHECK(outcome.summary.replicates == outcome.report.finished);
  CHECK(std::filesystem::exists(folder.path / "a.h5"));
  CHECK_FALSE(std::filesystem::exists(folder.path / "a.h5.part"));
}

TEST_CASE("an existing file is refused as bad input and left alone") {
  Folder const folder;
  std::ofstream(folder.path / "a.h5") << "precious";
  Question const question = parse_question(lamps, "lamps.yaml");
  CHECK_THROWS_AS(run(question, WriteOptions{.file = folder.path / "a.h5"}), Error);
  CHECK(std::filesystem::file_size(folder.path / "a.h5") == 8);
  CHECK(run(question, WriteOptions{.file = folder.path / "a.h5", .overwrite = Overwrite::yes}).report.finished == 12);
}

TEST_CASE("abandonments that are replayed from data are kept") {
  Folder const folder;
  std::ofstream(folder.path / "led.csv") << "city,year,left\nc1,1995,2001\nc1,2003,\nc2,2002,2009\n";
  std::ofstream(folder.path / "lamps.yaml") << with("adopters: {random: 5}", "adopters: {file: led.csv, until: 2005}");
  std::vector<int> counts;
  run(read_question(folder.path / "lamps.yaml", {.replicates = 1}), [&](History const& history) {
    std::vector<std::int16_t> const& all = history.policies.at(0).abandonments;
    counts.assign(all.begin(), all.end());
  });
  REQUIRE(counts.size() == 40);
  CHECK(std::accumulate(counts.begin(), counts.end(), 0) == 1);  // the other one comes after the replay
  run(parse_question(lamps, "lamps.yaml"),
      [](History const& history) { CHECK(history.policies.at(0).abandonments.empty()); });
}

TEST_CASE("no run replaces what it was read from") {
  Folder const folder;
  std::ofstream(folder.path / "cities.csv") << "id\na\nb\nc\n";
  std::ofstream(folder.path / "ties.csv.part") << "source,target\na,b\n";
  std::ofstream(folder.path / "lamps.yaml") << with("cities: {generate: 40}", "cities: {file: cities.csv}");
  std::filesystem::create_hard_link(folder.path / "cities.csv", folder.path / "same.csv");
  std::filesystem::create_directory(folder.path / "sub");
  Question const question = read_question(
      folder.path / "lamps.yaml", {.settings = {"policies.led.adopters=[a]", "networks.chance={file: ties.csv.part}"}});
  for (char const* const name : {"cities.csv", "lamps.yaml", "same.csv", "sub/../cities.csv", "ties.csv"}) {
    CAPTURE(name);
    CHECK_THROWS_WITH_AS(run(question, WriteOptions{.file = folder.path / name, .overwrite = Overwrite::yes}),
                         doctest::Contains("is an input of this run"), Error);
  }
  CHECK(std::filesystem::file_size(folder.path / "cities.csv") == 9);
  CHECK(std::filesystem::file_size(folder.path / "ties.csv.part") == 18);
  CHECK_NOTHROW(run(question, WriteOptions{.file = folder.path / "sub/cities.csv"}));
}

TEST_CASE("what the receiver throws ends the run and reaches the caller") {
  Question const question = parse_question(lamps, "lamps.yaml");
  CHECK_THROWS_WITH(run(question, [](History const&) { throw std::runtime_error("enough"); }), "enough");
}

TEST_CASE("there is no drawing without a file of estimates") {
  ReadOptions options;
  options.estimates = EstimatesAre::drawn;
  std::vector<Complaint> const told = mistakes(std::string(lamps), options);
  REQUIRE(told.size() == 1);
  CHECK(format(told[0]) == "lamps.yaml: there are no estimates to draw from, a file of estimates was expected");
}
