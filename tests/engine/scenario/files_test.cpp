/// Tests of scenario/files: which data files a scenario names, and what they are called without its bases.
#include "scenario/files.hpp"

#include "engine/scenario/support.hpp"

using namespace hansa;
using namespace hansa::testing;

namespace {

/// The text of every section with a file, as if one file said all of it.
constexpr std::string_view text =
    "{hansa: 1, time: {start: 1, end: 2}, cities: {file: c.csv, panel: sub/p.csv}, networks: {n: {file: ../t.csv}},\n"
    "collaborations: {file: /data/m.csv}, policies: {p: {baseline: 1, adopters: {file: a.csv}}}, output: {file: "
    "a.csv}}";

void set_file(Node& node, std::string const& file) {
  node.where.file = file;
  for (Node& each : node.items) set_file(each, file);
  for (Node::Entry& each : node.entries) {
    each.where.file = file;
    set_file(each.value, file);
  }
}

ScenarioDraft draft_of(std::string const& own, std::string const& from) {
  ScenarioDraft draft{own, FlowReader(text).read()};
  set_file(draft.root, from);
  draft.bases = {{"worlds/other.yaml", ""}, {from, ""}};
  return draft;
}

struct Read {
  std::vector<std::string> given, paths;
  Node root;
};

Read read(ScenarioDraft const& draft) {
  Complaints complaints;
  Scenario const scenario = validate(draft, kinds, complaints);
  complaints.throw_if_any();
  Read read;
  for (FileRef const* each : files_of(scenario)) {
    read.given.push_back(each->given);
    read.paths.push_back(each->path.string());
  }
  read.root = without_bases(draft, scenario);
  return read;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("files of a base are read from its folder, and called by their paths from the scenario's") {
  Read const down = read(draft_of("what/if.yaml", "worlds/big/base.yaml"));
  CHECK(down.paths ==
        Texts{"worlds/big/c.csv", "worlds/big/sub/p.csv", "worlds/t.csv", "/data/m.csv", "worlds/big/a.csv"});
  CHECK(down.given == Texts{"../worlds/big/c.csv", "../worlds/big/sub/p.csv", "../worlds/t.csv", "/data/m.csv",
                            "../worlds/big/a.csv"});
  CHECK(read(draft_of("if.yaml", "worlds/base.yaml")).given ==
        Texts{"worlds/c.csv", "worlds/sub/p.csv", "t.csv", "/data/m.csv", "worlds/a.csv"});
  CHECK(read(draft_of("a/b/if.yaml", "base.yaml")).given ==
        Texts{"../../c.csv", "../../sub/p.csv", "../../../t.csv", "/data/m.csv", "../../a.csv"});
  CHECK(read(draft_of("../a/if.yaml", "../../base.yaml")).given ==
        Texts{"../../c.csv", "../../sub/p.csv", "../../../t.csv", "/data/m.csv", "../../a.csv"});
  CHECK(read(draft_of("/x/if.yaml", "/y/base.yaml")).given ==
        Texts{"../y/c.csv", "../y/sub/p.csv", "../t.csv", "/data/m.csv", "../y/a.csv"});
  CHECK(read(draft_of("if.yaml", "/y/base.yaml")).given ==
        Texts{"/y/c.csv", "/y/sub/p.csv", "/t.csv", "/data/m.csv", "/y/a.csv"});
}

TEST_CASE("files of the scenario itself keep the names that it gives them") {
  ScenarioDraft draft = draft_of("folder/s.yaml", "worlds/base.yaml");
  set_file(draft.root, "folder/s.yaml");
  Read const own = read(draft);
  CHECK(own.given == Texts{"c.csv", "sub/p.csv", "../t.csv", "/data/m.csv", "a.csv"});
  CHECK(own.paths == Texts{"folder/c.csv", "folder/sub/p.csv", "t.csv", "/data/m.csv", "folder/a.csv"});
}

TEST_CASE("the tree without bases names data files from the scenario's folder, and moves no other text") {
  Node const root = read(draft_of("what/if.yaml", "worlds/base.yaml")).root;
  CHECK(root.find("cities")->find("file")->text == "../worlds/c.csv");
  CHECK(root.find("cities")->find("panel")->text == "../worlds/sub/p.csv");
  CHECK(root.find("networks")->find("n")->find("file")->text == "../t.csv");
  CHECK(root.find("collaborations")->find("file")->text == "/data/m.csv");
  CHECK(root.find("policies")->find("p")->find("adopters")->find("file")->text == "../worlds/a.csv");
  CHECK(root.find("output")->find("file")->text == "a.csv");  // written where the program is called
}

TEST_CASE("a file that is set is read from the folder of the scenario") {
  ScenarioDraft draft = draft_of("what/if.yaml", "worlds/base.yaml");
  Node value;
  value.form = Node::Form::scalar;
  value.text = "mine.csv";
  value.where = {"--set cities.file", 0, 0};
  apply_setting(draft, "cities.file", value);
  Read const set = read(draft);
  CHECK(set.paths[0] == "what/mine.csv");
  CHECK(set.root.find("cities")->find("file")->text == "mine.csv");
}
