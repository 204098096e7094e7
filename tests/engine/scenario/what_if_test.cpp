/// Tests of scenario/what_if: how changes are laid over a base, and what is told of them.
#include "scenario/what_if.hpp"

#include <utility>

#include "engine/scenario/support.hpp"

using namespace hansa;
using namespace hansa::testing;

namespace {

/// On one line, as it would be written in flow style.
std::string flow(Node const& node) {
  std::string text;
  switch (node.form) {
    case Node::Form::null:
      return "null";
    case Node::Form::scalar:
      return node.text;
    case Node::Form::list:
      for (Node const& each : node.items) text += (text.empty() ? "" : ", ") + flow(each);
      return "[" + text + "]";
    case Node::Form::map:
      for (Node::Entry const& each : node.entries)
        text += (text.empty() ? "" : ", ") + each.key + ": " + flow(each.value);
      return "{" + text + "}";
  }
  return text;
}

void rename_places(Node& node, std::string const& file) {
  node.where.file = file;
  for (Node& each : node.items) rename_places(each, file);
  for (Node::Entry& each : node.entries) {
    each.where.file = file;
    rename_places(each.value, file);
  }
}

Node read(std::string_view text, std::string const& file = "s.yaml") {
  Node node = FlowReader(text).read();
  rename_places(node, file);
  return node;
}

/// The merged map, or all complaints.
std::string merged(std::string_view base, std::string_view changes) {
  Complaints complaints;
  Node const root = merge(read(base, "base.yaml"), read(changes), complaints);
  std::string text = flow(root);
  for (Complaint const& each : complaints.errors()) text = (text.starts_with("{") ? "" : text + "\n") + format(each);
  return text;
}

}  // namespace

TEST_CASE("maps merge key by key, new keys come last") {
  CHECK(merged("{a: 1, b: {c: 2, d: {e: 3}}}", "{b: {d: {f: 4}, g: 5}, h: 6}") ==
        "{a: 1, b: {c: 2, d: {e: 3, f: 4}, g: 5}, h: 6}");
  CHECK(merged("{a: {b: 1}}", "{a: {}}") == "{a: {b: 1}}");
  CHECK(merged("{}", "{a: {b: 1}}") == "{a: {b: 1}}");
}

TEST_CASE("scalars and lists replace, whatever stood there") {
  CHECK(merged("{a: 1, b: [1, 2], c: {d: 1}}", "{a: 2, b: [3], c: 4}") == "{a: 2, b: [3], c: 4}");
  CHECK(merged("{a: 1, b: [1, 2]}", "{a: {c: 1}, b: {d: 2}}") == "{a: {c: 1}, b: {d: 2}}");
  CHECK(merged("{a: {b: [{c: 1}]}}", "{a: {b: [{d: 2}]}}") == "{a: {b: [{d: 2}]}}");
  CHECK(merged("{a: {b: 1}, c: 2}", "{a: }") == "{a: null, c: 2}");
  CHECK(merged("{a: }", "{a: {b: 1}}") == "{a: {b: 1}}");
}

TEST_CASE("interventions are appended, at the top only") {
  CHECK(merged("{interventions: [{at: 1}]}", "{interventions: [{at: 2}, {at: 3}]}") ==
        "{interventions: [{at: 1}, {at: 2}, {at: 3}]}");
  CHECK(merged("{a: 1}", "{interventions: [{at: 2}]}") == "{a: 1, interventions: [{at: 2}]}");
  CHECK(merged("{interventions: [{at: 1}]}", "{a: 1}") == "{interventions: [{at: 1}], a: 1}");
  CHECK(merged("{interventions: }", "{interventions: [{at: 2}]}") == "{interventions: [{at: 2}]}");
  CHECK(merged("{a: {interventions: [1]}}", "{a: {interventions: [2]}}") == "{a: {interventions: [2]}}");
}

TEST_CASE("what is removed goes before the rest is laid over") {
  CHECK(merged("{a: {b: {c: 1}, d: 2}}", "{remove: [a.b], a: {b: {e: 3}}}") == "{a: {d: 2, b: {e: 3}}}");
  CHECK(merged("{interventions: [{name: x, at: 1}, {name: y, at: 1}]}",
               "{remove: [x], interventions: [{name: x, at: 2}]}") ==
        "{interventions: [{name: y, at: 1}, {name: x, at: 2}]}");
}

TEST_CASE("base and remove are not laid over, and a what-if that says nothing else is its base") {
  CHECK(merged("{a: 1}", "{base: b.yaml, remove: []}") == "{a: 1}");
  CHECK(merged("{a: 1}", "{base: b.yaml, base: c.yaml}") ==
        "s.yaml:1:16: 'base' is given twice, it stands already at s.yaml:1:2");
}

TEST_CASE("every node keeps its place") {
  Complaints complaints;
  Node const root =
      merge(read("{a: {b: 1,\nc: 2}, d: [1]}", "base.yaml"), read("{a: {b: 3},\nd: [2], e: 4}"), complaints);
  Node const& a = *root.find("a");
  CHECK(a.where == Place{"base.yaml", 1, 5});
  CHECK(a.find("b")->where == Place{"s.yaml", 1, 9});
  CHECK(a.entries[0].where == Place{"s.yaml", 1, 6});
  CHECK(a.find("c")->where == Place{"base.yaml", 2, 4});
  CHECK(root.entries[0].where == Place{"base.yaml", 1, 2});
  CHECK(root.entries[1].where == Place{"s.yaml", 2, 1});
  CHECK(root.find("d")->items[0].where == Place{"s.yaml", 2, 5});
  CHECK(root.entries[2].where == Place{"s.yaml", 2, 9});
}

TEST_CASE("keys that a file repeats stay repeated, for validation to complain of") {
  CHECK(merged("{a: 1}", "{a: 2, a: 3}") == "{a: 2, a: 3}");
  CHECK(merged("{a: 1, a: 2}", "{b: 3}") == "{a: 1, a: 2, b: 3}");
  CHECK(merged("{a: 1, a: 2}", "{a: 3}") == "{a: 3, a: 2}");
  CHECK(merged("{}", "{a: 1, a: 2}") == "{a: 1, a: 2}");
}

TEST_CASE("the base's sources of what is replaced or removed go too, and those of the changes count") {
  std::string_view const base =
      "{p: {x: 1, y: 2, z: {v: 3}}, sources: {p.x: fitted, p.y: fitted, p.z.v: fitted, p.z: assumed, p.w: assumed, .: "
      "a}}";
  CHECK(merged(base, "{p: {x: 5}}") ==
        "{p: {x: 5, y: 2, z: {v: 3}}, sources: {p.y: fitted, p.z.v: fitted, p.z: assumed, p.w: assumed, .: a}}");
  CHECK(merged(base, "{p: {z: 5}}") ==
        "{p: {x: 1, y: 2, z: 5}, sources: {p.x: fitted, p.y: fitted, p.w: assumed, .: a}}");
  CHECK(merged(base, "{p: {z: {u: 1}}}") ==
        "{p: {x: 1, y: 2, z: {v: 3, u: 1}}, sources: {p.x: fitted, p.y: fitted, p.z.v: fitted, p.z: assumed, p.w: "
        "assumed, .: a}}");
  CHECK(merged(base, "{remove: [p]}") == "{sources: {.: a}}");
  CHECK(merged(base, "{remove: [p.z], p: {y: 1}, sources: {p.y: assumed}}") ==
        "{p: {x: 1, y: 1}, sources: {p.x: fitted, p.w: assumed, .: a, p.y: assumed}}");
}

TEST_CASE("a base is a text") {
  auto const base = base_of(read("{a: 1,\nbase: x/b.yaml}"));
  REQUIRE(base.has_value());
  CHECK(base->given == "x/b.yaml");
  CHECK(base->where == Place{"s.yaml", 2, 7});
  CHECK_FALSE(base_of(read("{a: 1}")).has_value());
  CHECK_FALSE(base_of(read("[base]")).has_value());
  auto const told = [](std::string_view text) {
    try {
      (void)base_of(read(text));
    } catch (Error const& error) {
      return std::string(error.what());
    }
    return std::string("accepted");
  };
  CHECK(told("{base: [a, b]}") == "s.yaml:1:8: 'base' is a list, the path of a scenario was expected");
  CHECK(told("{base: }") == "s.yaml:1:8: 'base' is empty, the path of a scenario was expected");
  CHECK(told("{base: \"\"}") == "s.yaml:1:8: 'base' is the text '', the path of a scenario was expected");
}

TEST_CASE("what was not merged is told by validation: a remove without a base, and both in settings") {
  Checked const alone = check_with("remove: [seed],");
  CHECK(lines(alone.errors) ==
        "s.yaml:1:2: 'remove' stands without a base, 'base' with the path of a scenario was expected beside it");
  ScenarioDraft draft{
      "s.yaml", read("{hansa: 1, time: {start: 1, end: 2}, cities: {generate: 3}, policies: {p: {baseline: 1}}}")};
  Node value;
  value.form = Node::Form::scalar;
  value.text = "b.yaml";
  value.where = {"--set base", 0, 0};
  apply_setting(draft, "base", value);
  Complaints complaints;
  (void)validate(draft, kinds, complaints);
  REQUIRE(complaints.size() == 1);
  CHECK(format(complaints.errors()[0]) ==
        "--set base: 'base' cannot be set, it was expected in a scenario file: settings act on what was merged");
}

TEST_CASE("mistakes of merging are told with those of validation, however many") {
  ScenarioDraft draft{
      "s.yaml", read("{hansa: 1, time: {start: 1, end: 2}, cities: {generate: 3}, policies: {p: {baseline: x}}}")};
  for (int k = 0; k < 150; ++k) draft.mistakes.add("a mistake", {"s.yaml", k + 1, 3});
  Complaints complaints;
  (void)validate(draft, kinds, complaints);
  CHECK(complaints.size() == 151);
}

TEST_CASE("wide maps merge in no time") {
  Node base, changes;
  base.form = changes.form = Node::Form::map;
  for (int k = 0; k < 200000; ++k) {
    Node value;
    value.form = Node::Form::scalar;
    base.entries.push_back({"a" + std::to_string(k), {}, value});
    changes.entries.push_back({"a" + std::to_string(k + 100000), {}, value});
  }
  Complaints complaints;
  CHECK(merge(std::move(base), std::move(changes), complaints).entries.size() == 300000);
}
