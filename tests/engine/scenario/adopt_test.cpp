/// Tests of scenario/adopt: where estimates go, what they push aside, and what gives way to nothing.
#include "scenario/adopt.hpp"

#include "support.hpp"

using namespace hansa;
using namespace hansa::testing;

namespace {

/// The draft in flow style.
std::string text_of(Node const& node) {
  std::string text;
  switch (node.form) {
    case Node::Form::null:
      return "";
    case Node::Form::scalar:
      return node.text;
    case Node::Form::list:
      for (Node const& item : node.items) text += (text.empty() ? "" : ", ") + text_of(item);
      return "[" + text + "]";
    case Node::Form::map:
      for (Node::Entry const& entry : node.entries)
        text += (text.empty() ? "" : ", ") + entry.key + ": " + text_of(entry.value);
      return "{" + text + "}";
  }
  return text;
}

struct Adopted {
  ScenarioDraft draft;
  std::string errors;
  [[nodiscard]] std::string at(std::string_view path) const {
    Node const* node = &draft.root;
    for (std::string const& key : split_path(path, {})) {
      node = node->find(key);
      if (!node) return "none";
    }
    return text_of(*node);
  }
};

Adopted adopted(std::string const& policies, std::vector<PathValue> const& values,
                std::vector<std::string> const& settings = {}, std::string const& more = "") {
  Adopted result{{"s.yaml", FlowReader("{" + more + "policies: " + policies + "}").read()}, ""};
  Complaints complaints;
  adopt(result.draft, values, settings, {"fit.h5", 0, 0}, complaints);
  for (Complaint const& each : complaints.errors()) result.errors += (result.errors.empty() ? "" : "\n") + format(each);
  return result;
}

constexpr char const* led =
    "{led: {baseline: {chance: 0.01}, attributes: {size: 1, region: {Asia: 1, Africa: 2}}, frailty: {city: 1}, "
    "mechanisms: {peers: {exposure: {network: n}, strength_by: {size: 1}}}}}";

}  // namespace

TEST_CASE("every kind of path takes its estimate, exactly") {
  Adopted const a = adopted(led, {{"policies.led.baseline", -5.123456789012345},
                                  {"policies.led.attributes.size", 1e-7},
                                  {"policies.led.attributes.region.Asia", 0.1 + 0.2},
                                  {"policies.led.mechanisms.peers.strength", 1.5},
                                  {"policies.led.mechanisms.peers.strength_by.size", -2},
                                  {"policies.led.mechanisms.peers.exposure.half_life", 3},
                                  {"policies.led.frailty.city", 0.25},
                                  {"policies.led.attributes.\"a.b\"", 7}});
  CHECK(a.errors == "");
  CHECK(
      a.at("policies") ==
      "{led: {baseline: -5.123456789012345, attributes: {size: 1e-07, region: {Asia: 0.30000000000000004, Africa: 2}, "
      "a.b: 7}, frailty: {city: 0.25}, mechanisms: {peers: {exposure: {network: n, half_life: 3}, strength_by: "
      "{size: -2}, strength: 1.5}}}}");
}

TEST_CASE("sources say fitted, and nothing else of the same number") {
  Adopted const a = adopted(led, {{"policies.led.baseline", -5}, {"policies.led.attributes.region.Asia", 1}}, {},
                            "sources: {policies.led.baseline.chance: assumed, policies.led.attributes.region.Asia: "
                            "assumed, policies.led.attributes.region.Africa: assumed},");
  CHECK(a.at("sources") ==
        "{policies.led.attributes.region.Africa: assumed, policies.led.attributes.region.Asia: fitted, "
        "policies.led.baseline: fitted}");
  CHECK(adopted(led, {{"policies.led.baseline", -5}}).at("sources") == "{policies.led.baseline: fitted}");
  CHECK(adopted(led, {{"policies.led.baseline", -5}}, {}, "sources: [a],").at("sources") == "[a]");
}

TEST_CASE("a trend takes the form that was estimated") {
  auto const trend = [](std::string const& written, std::vector<PathValue> const& values) {
    Adopted const a =
        adopted("{led: {trend: " + written + "}}", values, {}, "sources: {policies.led.trend.linear: assumed},");
    CHECK(a.errors == "");
    return a.at("policies.led.trend");
  };
  std::vector<PathValue> const cubic{{"policies.led.trend.polynomial[1]", -0.5},
                                     {"policies.led.trend.polynomial[0]", 0.25},
                                     {"policies.led.trend.polynomial[2]", 3}};
  for (char const* const written :
       {"linear", "none", "{polynomial: 3}", "{linear: 4}", "{polynomial: [1, 2, 3]}", "{}"})
    CHECK(trend(written, cubic) == "{polynomial: [0.25, -0.5, 3]}");
  CHECK(trend("{polynomial: [1, 2]}", {{"policies.led.trend.polynomial[0]", 9}}) == "{polynomial: [9, 2]}");
  CHECK(trend("log_time", {{"policies.led.trend.log_time", 2}}) == "{log_time: 2}");
  CHECK(trend("periods", {{"policies.led.trend.periods.2001", 2}, {"policies.led.trend.periods.2002", 3}}) ==
        "{periods: {2001: 2, 2002: 3}}");
  CHECK(trend("{spline: {knots: [1, 2, 3]}}",
              {{"policies.led.trend.spline.coefficients[0]", 4}, {"policies.led.trend.spline.coefficients[1]", 5}}) ==
        "{spline: {knots: [1, 2, 3], coefficients: [4, 5]}}");
  CHECK(adopted("{led: {trend: {linear: 4}}}", cubic, {}, "sources: {policies.led.trend.linear: assumed},")
            .at("sources") == "{policies.led.trend.polynomial: fitted}");
}

TEST_CASE("settings of the command line win, whatever part they name") {
  std::vector<PathValue> const values{{"policies.led.baseline", -5}, {"policies.led.mechanisms.peers.strength", 1.5}};
  for (char const* const setting : {"policies.led.baseline=-7", "policies.led={a: b}",
                                    "policies.led.baseline.chance=0.2", "\"policies\".led.baseline=1"}) {
    Adopted const a = adopted(led, values, {setting});
    CHECK(a.at("policies.led.baseline") == "{chance: 0.01}");
    CHECK(a.errors == "");
  }
  Adopted const a =
      adopted(led, values, {"policies.led.baseline=-7", "seed=5", "policies..=", "policies.solar.baseline=1"});
  CHECK(a.at("policies.led.mechanisms.peers.strength") == "1.5");
  CHECK(a.at("sources") == "{policies.led.mechanisms.peers.strength: fitted}");
  Adopted const trend =
      adopted("{led: {trend: linear}}", {{"policies.led.trend.polynomial[0]", 1}}, {"policies.led.trend.log_time=2"});
  CHECK(trend.at("policies.led.trend") == "linear");
}

TEST_CASE("a setting of one period leaves the estimates of the others") {
  std::vector<PathValue> const values{{"policies.led.trend.periods.2001", 2}, {"policies.led.trend.periods.2002", 3}};
  Adopted const a = adopted("{led: {trend: none}}", values, {"policies.led.trend.periods.2002=1"});
  CHECK(a.at("policies.led.trend") == "{periods: {2001: 2}}");
  CHECK(adopted("{led: {trend: none}}", values, {"policies.led.trend=linear"}).at("policies.led.trend") == "none");
}

TEST_CASE("what leads nowhere is told, all of it") {
  Adopted const a = adopted(led, {{"policies.leds.baseline", 1},
                                  {"policies.led.mechanisms.peer.strength", 1},
                                  {"policies..led", 1},
                                  {"policies.led.trend.polynomial[1]", 1},
                                  {"policies.led.attributes.size.big", 1},
                                  {"policies.led.baseline", 1},
                                  {"policies.led.baseline", 2}});
  CHECK(
      a.errors ==
      "fit.h5: the path 'policies..led' has an empty key, keys joined by dots were expected, as in "
      "policies.led.baseline\n"
      "fit.h5: 'policies.led.baseline' is estimated twice, one estimate for each number was expected\n"
      "fit.h5: the path 'policies.led.attributes.size.big' leads to 'big' inside a single value, only keys of maps can "
      "be set\n"
      "fit.h5: the path 'policies.led.mechanisms.peer.strength' leads to an unknown mechanism 'peer', peers was "
      "expected; did you mean 'peers'?\n"
      "fit.h5: 'policies.led.trend.polynomial' has no item 1, estimates of all items before it were expected, it has "
      "0\n"
      "fit.h5: the path 'policies.leds.baseline' leads to an unknown policy 'leds', led was expected; did you "
      "mean 'led'?");
}
