/// Tests of io/yaml: places, repeated keys, what is refused, and the way back to text.
#include "io/yaml.hpp"

#include <filesystem>
#include <fstream>
#include <string>

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mechanisms/catalogue.hpp"
#include "scenario/validate.hpp"

using namespace hansa;

namespace {

Node parse(std::string_view text) {
  return parse_yaml(text, "s.yaml").root;
}

std::string problem(std::string_view text) {
  try {
    (void)parse(text);
  } catch (Error const& error) {
    CHECK(error.complaints().size() == 1);
    return error.what();
  }
  return "accepted";
}

/// A repeatable source of choices.
class Choices {
 public:
  explicit Choices(std::uint64_t seed) : state_(seed) {}
  std::size_t below(std::size_t n) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::size_t>(state_ >> 33) % n;
  }

 private:
  std::uint64_t state_;
};

/// The same form, texts, keys and, where it matters, quotes; places apart.
bool same(Node const& a, Node const& b) {
  if (a.form != b.form || a.text != b.text || a.items.size() != b.items.size() || a.entries.size() != b.entries.size())
    return false;
  if (a.quoted && !b.quoted) return false;
  for (std::size_t i = 0; i < a.items.size(); ++i)
    if (!same(a.items[i], b.items[i])) return false;
  for (std::size_t i = 0; i < a.entries.size(); ++i)
    if (a.entries[i].key != b.entries[i].key || !same(a.entries[i].value, b.entries[i].value)) return false;
  return true;
}

std::string random_text(Choices& choices) {
  static constexpr char const* pieces[] = {"a",        "Z",           "0",    "1.5", "-",    ".",    ":",
                                           ": ",       "#",           " #",   " ",   "  ",   "\n",   "\t",
                                           "\"",       "'",           "\\",   "{",   "}",    "[",    "]",
                                           ",",        "&",           "*",    "!",   "|",    ">",    "%",
                                           "@",        "`",           "?",    "~",   "null", "true", "é",
                                           "日",       "\x01",        "\x7f", "---", "=",    "\r",   "\xEF\xBB\xBF",
                                           "\xC2\x85", "\xE2\x80\xA8"};
  std::string text;
  for (std::size_t n = choices.below(5); n > 0; --n) text += pieces[choices.below(std::size(pieces))];
  return text;
}

Node random_tree(Choices& choices, int depth) {
  Node node;
  std::size_t const kind = choices.below(depth > 0 ? 6 : 3);
  if (kind == 0) return node;
  if (kind <= 2) {
    node.form = Node::Form::scalar;
    node.quoted = choices.below(2) == 0;
    node.text = node.quoted ? random_text(choices) : std::string(1, "abc019"[choices.below(6)]);
  } else if (kind == 3) {
    node.form = Node::Form::list;
    for (std::size_t n = choices.below(4); n > 0; --n) node.items.push_back(random_tree(choices, depth - 1));
  } else {
    node.form = Node::Form::map;
    for (std::size_t n = choices.below(4); n > 0; --n)
      node.entries.push_back({random_text(choices), {}, random_tree(choices, depth - 1)});
  }
  return node;
}

constexpr std::string_view valid = R"(hansa: 1
title: Bike share
time: {start: 1998, end: 2024, unit: year}
seed: 7
replicates: 50
sources:
  policies.led.baseline: assumed
cities:
  file: cities.csv
  attributes:
    size: {log: population, standardize: true}
    class: {bins: population, at: [1, 5], labels: [small, middle, large]}
networks:
  sister: {file: ties.csv, directed: false}
  nearby: {nearest: {k: 8}, weight: {decay_km: 1500}}
  chance: {erdos_renyi: {degree: 10}}
collaborations:
  file: memberships.csv
  properties:
    club: {members: {top: 40, by: population}, dissolved: 2030}
policies:
  led:
    baseline: {chance: 0.001}
    attributes: {size: 0.4, region: {Africa: 0.2}}
    trend: {spline: {knots: [2000, 2005, 2010], coefficients: [1, 2]}}
    adopters: {file: adoptions.csv, until: 2007, coverage: {not: {where: {income: [low], size: {min: 2}}}}}
    at_risk: {from: entry, cities: {or: [{members: club}, {random: 5}]}}
    mechanisms:
      imitation: {exposure: {network: nearby, shape: {logistic: {midpoint: 0.3, steepness: 10}}}, strength: 1.5}
      purchase: {scale: {pool: {collaboration: club}, progress_ratio: 0.85}}
  tram: {rule: threshold, threshold: {uniform: [0, 1]}}
output: {file: x.h5, by: [region], quantiles: [5, 50]}
)";

}  // namespace

TEST_CASE("keys and values keep their places, order and quotes") {
  Node const root = parse("b: 1\n\na:\n  - x\n  - {c: \"2\",\n     d: }\n");
  REQUIRE(root.form == Node::Form::map);
  CHECK(root.where == Place{"s.yaml", 1, 1});
  REQUIRE(root.entries.size() == 2);
  CHECK(root.entries[0].key == "b");
  CHECK(root.entries[0].value.where == Place{"s.yaml", 1, 4});
  CHECK_FALSE(root.entries[0].value.quoted);
  CHECK(root.entries[1].where == Place{"s.yaml", 3, 1});
  Node const& list = root.entries[1].value;
  REQUIRE(list.items.size() == 2);
  CHECK(list.items[0].where == Place{"s.yaml", 4, 5});
  Node const& map = list.items[1];
  CHECK(map.entries[0].value.text == "2");
  CHECK(map.entries[0].value.quoted);
  CHECK(map.entries[1].where == Place{"s.yaml", 6, 6});
  CHECK(map.entries[1].value.form == Node::Form::null);
}

TEST_CASE("a key without a value has its place, wherever the next one stands") {
  Node const root = parse("a: 1\nmechanisms:\n\n# more\nb: {c, d: }\n");
  CHECK(root.find("mechanisms")->where == Place{"s.yaml", 2, 1});
  CHECK(root.find("b")->find("c")->where == Place{"s.yaml", 5, 5});
  CHECK(root.find("b")->find("d")->where == Place{"s.yaml", 5, 8});
}

TEST_CASE("repeated keys stay two entries") {
  Node const root = parse("a: 1\nb: 2\na: 3\n");
  REQUIRE(root.entries.size() == 3);
  CHECK(root.entries[2].where == Place{"s.yaml", 3, 1});
  CHECK(root.find("a")->text == "1");
}

TEST_CASE("columns count characters, also after a byte order mark and in CRLF") {
  Node const root = parse("\xEF\xBB\xBF{é日: ü, b: 1}\r\n");
  CHECK(root.entries[0].value.where == Place{"s.yaml", 1, 6});
  CHECK(root.entries[1].where == Place{"s.yaml", 1, 9});
  CHECK(parse("a: 1\r\nb: 2\r\n").entries[1].where == Place{"s.yaml", 2, 1});
  CHECK(parse("a: 1\rb: 2\r").entries[1].value.text == "2");
}

TEST_CASE("scalars are what they are in YAML 1.2") {
  Node const root = parse("{a: no, b: ~, c: null, d: '', e: 'null', f: 0x10, g: !!str 5}");
  CHECK(root.find("a")->text == "no");
  CHECK(root.find("b")->form == Node::Form::null);
  CHECK(root.find("c")->form == Node::Form::null);
  CHECK(root.find("d")->form == Node::Form::scalar);
  CHECK(root.find("e")->text == "null");
  CHECK(root.find("f")->text == "0x10");
  CHECK(root.find("g")->quoted);
}

TEST_CASE("aliases stand for a copy") {
  Node const root = parse("a: &x {b: [1, 2]}\nc: *x\n");
  CHECK(same(*root.find("a"), *root.find("c")));
  CHECK(root.find("c")->where.line == 2);
}

TEST_CASE("what is not one YAML document of text is refused with its place") {
  using namespace std::string_literals;
  constexpr char const* text = ", a YAML file in UTF-8 was expected";
  CHECK(problem("") == "s.yaml: the file is empty, a scenario was expected");
  CHECK(problem("# nothing\n\n") == "s.yaml: the file is empty, a scenario was expected");
  CHECK(problem("a: 1\n---\nb: 2\n") == "s.yaml:2:1: the file holds more than one YAML document, one was expected");
  CHECK(problem("a: 1\nb: \0\n"s) == std::string("s.yaml:2:4: the byte 0x00 is not text") + text);
  CHECK(problem("a: 1\nb: \x04\n") == std::string("s.yaml:2:4: the byte 0x04 is not text") + text);
  CHECK(problem("é: \xFC\n") == std::string("s.yaml:1:4: the byte 0xFC is not UTF-8") + text);
  CHECK(problem("a: \"\\0\"\n") == "s.yaml:1:4: a text holds the character NUL");
  CHECK(problem("\xFF\xFE"
                "a\0:\0"s) == "s.yaml: the file is in UTF-16, save it as UTF-8");
  CHECK(problem("a: b: c\n") == "s.yaml:1:5: a second ': ' stands in the value, put the text in quotes");
  CHECK(problem("é: {b: 1\nc: 2\n") == "s.yaml:2:2: a '{' is never closed, it opens at s.yaml:1:4");
  constexpr char const* quote = "a quote is never closed, a closing quote was expected";
  CHECK(problem("a: 'b\n") == std::string("s.yaml:1:4: ") + quote);
  CHECK(problem("a: 1\nb: \"x\nc: 3\n\n") == std::string("s.yaml:2:4: ") + quote);
  CHECK(problem("a: 'it''s'\nb: &x !!str \"y\\\"\n") == std::string("s.yaml:2:13: ") + quote);
  CHECK(problem("a: 'b''").find("s.yaml:1:") == 0);
  CHECK(problem("a: 'it''s'\nb: \"y\\\"\" # \"\nc: |\n  'z\n") == "accepted");
  CHECK(problem("a: *x\n") == "s.yaml:1:4: not valid YAML: the referenced anchor is not defined");
  CHECK(problem("a: &x [*x]\n") == "s.yaml:1:8: an alias stands inside what it stands for");
  CHECK(problem("a: !thing 5\n") == "s.yaml:1:4: the tag '!thing' is not understood");
  CHECK(problem("? [a]\n: b\n").find("a key is not a plain text") != std::string::npos);
}

TEST_CASE("deep nesting and multiplying aliases are refused, fast and without a crash") {
  auto nested = [](int n) { return std::string(n, '[') + std::string(n, ']'); };
  CHECK(problem(nested(200)) == "accepted");
  CHECK(problem(nested(201)) == "s.yaml:1:201: values are nested more than 200 deep");
  for (char const* piece : {"[", "{a: ", "- ", "? ", "a: ", "*", "&a ", "!", "\""}) {
    std::string text;
    for (int i = 0; i < 10000; ++i) text += piece;
    CHECK_MESSAGE(problem(text) != "accepted", piece);
  }
  std::string text = "a: &a [x,x,x,x,x,x,x,x,x,x]\n";
  for (char c = 'b'; c < 'k'; ++c) {
    std::string const before = std::string("*") + static_cast<char>(c - 1);
    text += std::string(1, c) + ": &" + c + " [" + before;
    for (int i = 0; i < 9; ++i) text += ", " + before;
    text += "]\n";
  }
  CHECK(problem(text).find("the file has more than 1000000 values") != std::string::npos);
  std::string deep = "a0: &a0 [x]\n";  // each line one deeper than the one above
  for (int i = 1; i < 300; ++i) {
    std::string const n = std::to_string(i);
    deep += "a" + n + ": &a" + n + " [*a" + std::to_string(i - 1) + "]\n";
  }
  CHECK(problem(deep).find("values are nested more than 200 deep") != std::string::npos);
}

TEST_CASE("only regular files of a bounded size are read") {
  namespace fs = std::filesystem;
  fs::path const folder = fs::temp_directory_path() / ("hansa_yaml_test_" + std::to_string(::getpid()));
  fs::create_directories(folder);
  ::mkfifo((folder / "pipe").c_str(), 0600);
  std::ofstream(folder / "good.yaml") << "hansa: 1\n";
  std::ofstream(folder / "large.yaml") << 'a';
  fs::resize_file(folder / "large.yaml", (4u << 20) + 1);
  CHECK(read_yaml(folder / "good.yaml").root.find("hansa")->where.file == (folder / "good.yaml").string());
  auto text = [&](char const* name) {
    try {
      (void)read_yaml(folder / name);
    } catch (Error const& error) {
      return std::string(error.what());
    }
    return std::string("accepted");
  };
  std::string const path = folder.string();
  CHECK(text("none.yaml") == path + "/none.yaml: the file cannot be read: there is no such file");
  CHECK(text("pipe") == path + "/pipe: the file cannot be read: it is not a regular file");
  CHECK(text(".") == path + "/.: the file cannot be read: it is a folder");
  CHECK(text("large.yaml") ==
        path + "/large.yaml: the file cannot be read: it has 4194305 bytes, at most 4194304 are read");
  fs::remove_all(folder);
}

TEST_CASE("settings are YAML, and keep --set as their place") {
  ScenarioDraft draft = parse_yaml("seed: 1\nnetworks: {n: {file: a}}\n", "s.yaml");
  apply_setting_text(draft, "seed=5");
  apply_setting_text(draft, "networks.n={nearest: {k: 3}}");
  apply_setting_text(draft, "sources.\"a.b=c\"=assumed=yes");
  apply_setting_text(draft, "title=");
  CHECK(draft.root.find("seed")->text == "5");
  CHECK(draft.root.find("seed")->where == Place{"--set seed", 0, 0});
  CHECK(draft.root.find("networks")->find("n")->find("nearest")->find("k")->text == "3");
  CHECK(draft.root.find("sources")->find("a.b=c")->text == "assumed=yes");
  CHECK(draft.root.find("title")->form == Node::Form::null);
  CHECK_THROWS_WITH_AS(apply_setting_text(draft, "seed"),
                       "--set: 'seed' has no '=', path=value was expected, as in policies.led.baseline=-6", Error);
  CHECK_THROWS_WITH_AS(apply_setting_text(draft, "seed=[1"), doctest::Contains("--set seed:1:"), Error);
  CHECK_THROWS_WITH_AS(apply_setting_text(draft, "=1"), doctest::Contains("--set: the path '' has an empty key"),
                       Error);
}

TEST_CASE("a mistake in a setting is told as one of --set") {
  ScenarioDraft draft = parse_yaml(valid, "s.yaml");
  apply_setting_text(draft, "replicates=many");
  Complaints complaints;
  (void)validate(draft, schemas(standard_catalogue()), complaints);
  REQUIRE(complaints.size() == 1);
  CHECK(format(complaints.errors()[0]) ==
        "--set replicates: 'replicates' is 'many', a whole number from 1 to 1000000000 was expected");
}

TEST_CASE("a tree written and read again is the same tree") {
  Choices choices(11);
  for (int i = 0; i < 3000; ++i) {
    Node tree = random_tree(choices, 4);
    if (tree.form == Node::Form::null) continue;
    std::string const text = to_yaml(tree);
    CAPTURE(text);
    REQUIRE(same(tree, parse(text)));
  }
}

TEST_CASE("a scenario written and read again is the same scenario") {
  Node const root = parse(valid);
  std::string const text = to_yaml(root);
  CHECK(same(root, parse(text)));
  CHECK(to_yaml(parse(text)) == text);
  CHECK(text.starts_with("hansa: 1\ntitle: Bike share\ntime:\n  start: 1998\n"));
}

TEST_CASE("a valid scenario has no mistakes, and mutilated ones never crash") {
  auto const kinds = schemas(standard_catalogue());
  Complaints none;
  (void)validate(parse_yaml(valid, "s.yaml"), kinds, none);
  for (Complaint const& each : none.errors()) FAIL_CHECK(format(each));
  CHECK(none.warnings().empty());
  Choices choices(5);
  int refused = 0;
  for (int i = 0; i < 3000; ++i) {
    std::string text(valid);
    for (std::size_t n = 1 + choices.below(3); n > 0; --n) {
      std::size_t const at = choices.below(text.size());
      std::size_t const from = choices.below(text.size());
      switch (choices.below(4)) {
        case 0:
          text.erase(at, 1 + choices.below(8));
          break;
        case 1:
          text.insert(at, text.substr(from, 1 + choices.below(12)));
          break;
        case 2:
          text[at] = "{}[]:,\"'\n -~#x0&*!|>"[choices.below(20)];
          break;
        default:
          text.insert(at, random_text(choices));
          break;
      }
    }
    Complaints complaints;
    try {
      (void)validate(parse_yaml(text, "s.yaml"), kinds, complaints);
      complaints.throw_if_any();
    } catch (Error const& error) {
      ++refused;
      for (Complaint const& each : error.complaints()) CHECK_FALSE(each.problem.empty());
    }
  }
  CHECK(refused > 1500);
}

TEST_CASE("sections exchanged at random never crash") {
  auto const kinds = schemas(standard_catalogue());
  Choices choices(6);
  std::vector<Node*> nodes;
  auto gather = [&](auto&& self, Node& node) -> void {
    nodes.push_back(&node);
    for (Node& item : node.items) self(self, item);
    for (Node::Entry& entry : node.entries) self(self, entry.value);
  };
  for (int i = 0; i < 3000; ++i) {
    ScenarioDraft draft = parse_yaml(valid, "s.yaml");
    nodes.clear();
    gather(gather, draft.root);
    Node const other = *nodes[1 + choices.below(nodes.size() - 1)];
    *nodes[1 + choices.below(nodes.size() - 1)] = other;
    Complaints complaints;
    CHECK_NOTHROW((void)validate(draft, kinds, complaints));
  }
}
