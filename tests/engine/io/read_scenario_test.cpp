/// Tests of io/read_scenario: bases of bases, circles, limits, and files that are none.
#include "io/read_scenario.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include "base/digest.hpp"
#include "io/yaml.hpp"
#include "mechanisms/catalogue.hpp"
#include "scenario/validate.hpp"

using namespace hansa;

namespace {

namespace fs = std::filesystem;

/// A folder in which the test stands, so that paths are as a user would see them.
struct Folder {
  fs::path path, before = fs::current_path();
  Folder() {
    std::string name = (fs::temp_directory_path() / "hansa-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path = name;
    fs::current_path(path);
  }
  Folder(Folder const&) = delete;
  Folder& operator=(Folder const&) = delete;
  ~Folder() {
    fs::current_path(before);
    fs::remove_all(path);
  }
};

void write(fs::path const& file, std::string_view text) {
  if (file.has_parent_path()) fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

std::string told(fs::path const& file) {
  try {
    ScenarioDraft const draft = read_scenario(file);
    draft.mistakes.throw_if_any();
  } catch (Error const& error) {
    return error.what();
  }
  return "accepted";
}

constexpr std::string_view world =
    "hansa: 1\ntime: {start: 2000, end: 2004}\ncities: {generate: 9}\npolicies:\n  led:\n    baseline: -2\n";

}  // namespace

TEST_CASE("a scenario without a base is as it was written") {
  Folder const folder;
  write("s.yaml", world);
  ScenarioDraft const draft = read_scenario("s.yaml");
  CHECK(to_yaml(draft.root) == to_yaml(read_yaml("s.yaml").root));
  CHECK(draft.sha256 == sha256(world));
  CHECK(draft.bases.empty());
  CHECK(draft.mistakes.empty());
}

TEST_CASE("a base may have a base, each in a folder of its own") {
  Folder const folder;
  write("worlds/base.yaml", world);
  write("plans/near.yaml", "base: ../worlds/base.yaml\nseed: 2\npolicies: {led: {baseline: -3}}\n");
  write("what/if.yaml", "base: ../plans/near.yaml\ntime: {end: 2009}\nremove: [seed]\n");
  ScenarioDraft const draft = read_scenario("what/if.yaml");
  CHECK(draft.file == "what/if.yaml");
  CHECK(to_yaml(draft.root) ==
        "hansa: 1\ntime:\n  start: 2000\n  end: 2009\ncities:\n  generate: 9\npolicies:\n  led:\n    baseline: -3\n");
  REQUIRE(draft.bases.size() == 2);
  CHECK(draft.bases[0].path == "plans/near.yaml");
  CHECK(draft.bases[1].path == "worlds/base.yaml");
  CHECK(draft.bases[1].sha256 == sha256(world));
  CHECK(draft.root.find("time")->find("end")->where == Place{"what/if.yaml", 2, 13});
  CHECK(draft.root.find("time")->find("start")->where == Place{"worlds/base.yaml", 2, 15});
  CHECK(draft.root.find("policies")->find("led")->find("baseline")->where == Place{"plans/near.yaml", 3, 28});
  CHECK(draft.mistakes.empty());
}

TEST_CASE("text merges with files, from the folder of its name") {
  Folder const folder;
  write("worlds/base.yaml", world);
  ScenarioDraft const draft = parse_scenario("base: base.yaml\nseed: 3\n", "worlds/text.yaml");
  CHECK(draft.root.find("seed")->text == "3");
  CHECK(draft.root.find("cities") != nullptr);
}

TEST_CASE("mistakes point into the file in which they stand, through all bases") {
  Folder const folder;
  write("a.yaml", std::string(world) + "    rule: logid\n    trent: x\n");
  write("b.yaml", "base: a.yaml\nremove: [policies.led.trend]\nseed: many\n");
  write("c.yaml", "base: b.yaml\nreplicates: 0\nremove: [fund-20]\n");
  Catalogue const catalogue = standard_catalogue();
  Complaints complaints;
  (void)validate(read_scenario("c.yaml"), schemas(catalogue), complaints);
  std::vector<std::string> places;
  try {
    complaints.throw_if_any();
  } catch (Error const& error) {
    for (Complaint const& each : error.complaints()) {
      Place const& where = each.where;
      places.push_back(fmt::format("{}:{}:{}", where.file, where.line, where.column));
    }
  }
  CHECK(places == std::vector<std::string>{"a.yaml:7:11", "a.yaml:8:5", "b.yaml:2:10", "b.yaml:3:7", "c.yaml:2:13",
                                           "c.yaml:3:10"});
}

TEST_CASE("bases in a circle are told with all of them") {
  Folder const folder;
  write("a.yaml", "title: A\nbase: a.yaml\n");
  CHECK(told("a.yaml") ==
        "a.yaml:2:7: the bases go in a circle: a.yaml -> a.yaml, a scenario without a base was expected at the end");
  write("b.yaml", "base: x/c.yaml\n");
  write("x/c.yaml", "base: d.yaml\n");
  write("x/d.yaml", "hansa: 1\nbase: ../x/../x/c.yaml\n");
  CHECK(told("b.yaml") ==
        "x/d.yaml:2:7: the bases go in a circle: b.yaml -> x/c.yaml -> x/d.yaml -> x/c.yaml, a scenario without a base "
        "was expected at the end");
  fs::create_symlink("e.yaml", "link.yaml");
  write("e.yaml", "base: link.yaml\n");
  CHECK(told("e.yaml").starts_with("e.yaml:1:7: the bases go in a circle: e.yaml -> link.yaml,"));
  CHECK_THROWS_AS((void)parse_scenario("base: nowhere.yaml\n", "nowhere.yaml"), Error);
}

TEST_CASE("a chain of bases has an end") {
  Folder const folder;
  write("0.yaml", world);
  for (int k = 1; k <= 33; ++k) write(fmt::format("{}.yaml", k), fmt::format("base: {}.yaml\nseed: {}\n", k - 1, k));
  CHECK(read_scenario("32.yaml").root.find("seed")->text == "32");
  CHECK(read_scenario("32.yaml").bases.size() == 32);
  CHECK(told("33.yaml") == "1.yaml:1:7: the scenario has more than 32 bases, merge some of them");
}

TEST_CASE("a base that is no scenario is told where it is named, or where it goes wrong") {
  Folder const folder;
  auto const with = [&](std::string_view base) {
    write("s.yaml", fmt::format("seed: 1\nbase: {}\n", base));
    return told("s.yaml");
  };
  write("base.yaml", world);
  CHECK(with("bse.yaml") == "s.yaml:2:7: 'bse.yaml' cannot be read: there is no such file, did you mean 'base.yaml'?");
  CHECK(with("nowhere/x/y.yaml") == "s.yaml:2:7: 'nowhere/x/y.yaml' cannot be read: there is no such file");
  fs::create_directory("folder");
  CHECK(with("folder") == "s.yaml:2:7: 'folder' cannot be read: it is a folder");
  REQUIRE(mkfifo("pipe", 0600) == 0);
  CHECK(with("pipe") == "s.yaml:2:7: 'pipe' cannot be read: it is not a regular file");
  CHECK(with("/dev/zero") == "s.yaml:2:7: '/dev/zero' cannot be read: it is not a regular file");
  fs::create_symlink("two", "one");
  fs::create_symlink("one", "two");
  CHECK(with("one") == "s.yaml:2:7: 'one' cannot be read: Too many levels of symbolic links");
  CHECK(with("base.yaml/x") == "s.yaml:2:7: 'base.yaml/x' cannot be read: there is no such file");
  CHECK(with(std::string(300, 'x')).find("cannot be read: File name too long") != std::string::npos);
  write("list.yaml", "- 1\n- 2\n");
  CHECK(with("list.yaml") ==
        "list.yaml:1:1: the base is no scenario, a map with keys such as time, cities, policies was expected");
  write("table.csv", "id,population\na,10\n");
  CHECK(with("table.csv") ==
        "table.csv:1:1: the base is no scenario, a map with keys such as time, cities, policies was expected");
  write("empty.yaml", "");
  CHECK(with("empty.yaml") == "empty.yaml: the file is empty, a scenario was expected");
  write("binary", std::string_view("\x89HDF\r\n\x1a\n", 8));
  CHECK(with("binary") == "binary:2:1: the byte 0x1A is not text, a YAML file in UTF-8 was expected");
  write("torn.yaml", "a: [1\n");
  CHECK(with("torn.yaml").starts_with("torn.yaml:"));
  CHECK(with("[base.yaml]") == "s.yaml:2:7: 'base' is a list, the path of a scenario was expected");
  CHECK(with("base.yaml") == "accepted");
}

TEST_CASE("the limits of a scenario hold for it and its bases together") {
  Folder const folder;
  std::string const half = "a: [" + std::string(std::size_t{3} << 20, ' ') + "]\n";
  write("long.yaml", half);
  write("longer.yaml", "base: long.yaml\n" + half);
  CHECK(told("long.yaml") == "accepted");
  CHECK(told("longer.yaml") == "longer.yaml:1:7: the scenario and its bases have more than 4194304 bytes");
  std::string many = "&a [";
  for (int k = 0; k < 1000; ++k) many += "x,";
  many += "]";
  std::string lists = "list: " + many + "\n";
  for (int k = 0; k < 600; ++k) lists += fmt::format("k{}: *a\n", k);
  write("many.yaml", lists);
  write("more.yaml", "base: many.yaml\n" + lists);
  CHECK(told("many.yaml") == "accepted");
  CHECK(told("more.yaml") == "more.yaml:1:7: the scenario and its bases have more than 1000000 values");
}

TEST_CASE("a setting acts on what was merged") {
  Folder const folder;
  write("base.yaml", world);
  write("s.yaml", "base: base.yaml\npolicies: {led: {baseline: -3}}\n");
  ScenarioDraft draft = read_scenario("s.yaml");
  apply_setting_text(draft, "policies.led.baseline=-9");
  apply_setting_text(draft, "time.end=2002");
  CHECK(draft.root.find("policies")->find("led")->find("baseline")->text == "-9");
  CHECK(draft.root.find("time")->find("start")->text == "2000");
  CHECK(draft.root.find("time")->find("end")->text == "2002");
}
