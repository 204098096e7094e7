/// Tests of tell/settings.
#include "tell/settings.hpp"

#include <algorithm>
#include <map>

#include "asked.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

std::map<std::string, Setting> by_path(std::string_view policies, std::string_view more = "") {
  Asked const question = asked_about(policies, more);
  auto const known = schemas(standard_catalogue());
  std::map<std::string, Setting> settings;
  for (Setting const& each : settings_of(question.draft.root, known)) {
    CHECK_MESSAGE(settings.emplace(each.path, each).second, each.path);
  }
  return settings;
}

}  // namespace

TEST_CASE("what is written and what holds by default") {
  auto const settings =
      by_path("{led: {baseline: -5, attributes: {x: 0.4}, mechanisms: {peers: {exposure: {network: near}}}}}");
  CHECK(settings.at("policies.led.baseline").value == "-5");
  CHECK(settings.at("policies.led.baseline").given == Given::written);
  CHECK(settings.at("policies.led.rule").value == "logit");
  CHECK(settings.at("policies.led.rule").given == Given::standard);
  CHECK(settings.at("policies.led.attributes.x").value == "0.4");
  CHECK(settings.at("policies.led.mechanisms.peers.exposure.network").value == "near");
  CHECK(settings.at("policies.led.mechanisms.peers.exposure.normalize").value == "share");
  CHECK(settings.at("policies.led.mechanisms.peers.strength").value == "1");
  CHECK(settings.at("policies.led.mechanisms.peers.strength").given == Given::standard);
  CHECK(settings.at("networks.near.nearest.on").value == "[x, y]");
  CHECK(settings.at("seed").value == "1");
  CHECK(settings.at("output.quantiles").value == "[5, 25, 50, 75, 95]");
  CHECK(settings.at("currency").given == Given::absent);
}

TEST_CASE("what cannot apply is left out") {
  auto const settings = by_path("{led: {baseline: -5}, share: {rule: threshold, threshold: {uniform: [0, 1]}}}");
  CHECK(!settings.contains("policies.led.threshold"));
  CHECK(!settings.contains("policies.led.entry"));
  CHECK(!settings.contains("policies.share.baseline"));
  CHECK(settings.at("policies.share.entry").value == "burst");
  CHECK(settings.at("policies.share.threshold.uniform").value == "[0, 1]");
  CHECK(!settings.contains("policies.share.threshold.normal"));
  CHECK(!settings.contains("cities.file"));
  CHECK(!settings.contains("networks.near.erdos_renyi"));
  CHECK(!settings.contains("networks.near.file"));
}

TEST_CASE("a default that is told in words") {
  auto const settings = by_path("{led: {baseline: -5, adopters: [c1, c2]}}");
  CHECK(settings.at("policies.led.adopters").value == "[c1, c2]");
  CHECK(settings.at("title").value == "the file's name");
  CHECK(settings.at("title").given == Given::standard);
}

TEST_CASE("names with other characters stand in quotes") {
  CHECK(joined("policies", "led") == "policies.led");
  CHECK(joined("collaborations.properties", "C40 cities") == "collaborations.properties.\"C40 cities\"");
  CHECK(joined("", "seed") == "seed");
}

TEST_CASE("values in flow style") {
  Node const root = parse_yaml("{a: [1, {b: c}], d: , e: 'x y'}", "s.yaml").root;
  CHECK(flow_text(root) == "{a: [1, {b: c}], d: null, e: x y}");
}

TEST_CASE("a meaning without its default") {
  CHECK(meaning_of({.name = "a", .meaning = "coordinates; default great circle"}) == "coordinates");
  CHECK(meaning_of({.name = "a", .meaning = "default: the file's name"}) == "default: the file's name");
  CHECK(meaning_of({.name = "a", .meaning = "one; default: two; or three"}) == "one; or three");
}
