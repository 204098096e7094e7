/// Tests of scenario/read_power: what a section `power` becomes, and what is said of its mistakes.
#include "scenario/read_power.hpp"

#include "support.hpp"

using namespace hansa;
using namespace hansa::testing;

namespace {

constexpr std::string_view one_policy =
    "{led: {baseline: -5, mechanisms: {peers: {exposure: {pool: all}}, talk: {exposure: {pool: all}}}}}";
constexpr std::string_view three_hypotheses = "fit: {hypotheses: {none: [], peers: [peers], both: [peers, talk]}}, ";
constexpr std::string_view both_effects =
    "effects: {policies.led.mechanisms.peers.strength: [0, 1, 2], policies.led.mechanisms.talk.strength: 0.5}";

Checked checked_with(std::string const& keys, std::string_view fit = three_hypotheses) {
  return check_with(std::string(fit) + "power: {" + keys + "},", one_policy);
}

PowerSpec read(std::string const& keys) {
  Checked const checked = checked_with(keys);
  CHECK(lines(checked.errors) == "");
  REQUIRE(checked.scenario.power);
  return *checked.scenario.power;
}

/// The only complaint, without its place, which is in line 1.
std::string mistake(std::string const& keys, std::string_view fit = three_hypotheses) {
  std::vector<std::string> const errors = checked_with(keys, fit).errors;
  CHECK(lines(errors) == errors.at(0));
  CHECK(errors.at(0).starts_with("s.yaml:1:"));
  return errors.at(0).substr(errors.at(0).find(": ") + 2);
}

}  // namespace

TEST_CASE("a section has defaults for all but the sizes of effects") {
  PowerSpec const spec = read(std::string(both_effects));
  CHECK(spec.histories == 1000);
  CHECK(spec.alpha == 0.05);
  CHECK(spec.test == PowerTest::likelihood_ratio);
  CHECK_FALSE(spec.adoptions);
  CHECK(spec.hypotheses.empty());
  CHECK(spec.levels == 3);
  REQUIRE(spec.effects.size() == 2);
  CHECK(spec.effects[0].policy == "led");
  CHECK(spec.effects[0].mechanism == "peers");
  CHECK(spec.effects[0].sizes == std::vector<double>{0, 1, 2});
  CHECK(spec.effects[1].sizes == std::vector<double>{0.5});
  CHECK(spec.worlds.empty());
}

TEST_CASE("every key is read") {
  PowerSpec const spec = read(
      "histories: 20, alpha: 0.1, test: wald, adoptions: 12.5, hypotheses: [none, peers], effects: "
      "{policies.led.mechanisms.peers.strength: -2}, worlds: {shocks: {sd: [0.5]}, law: {at: 2003, strength: [1, 2]}, "
      "membership: {collaboration: club, strength: [3]}}");
  CHECK(spec.histories == 20);
  CHECK(spec.alpha == 0.1);
  CHECK(spec.test == PowerTest::wald);
  CHECK(spec.adoptions == 12.5);
  REQUIRE(spec.hypotheses.size() == 2);
  CHECK(spec.hypotheses[1].name == "peers");
  CHECK(spec.levels == 1);
  REQUIRE(spec.worlds.size() == 3);
  CHECK(spec.worlds[0].kind == WorldSpec::Kind::law);
  CHECK(spec.worlds[0].at == 2003);
  CHECK(spec.worlds[0].strengths == std::vector<double>{1, 2});
  CHECK(spec.worlds[1].kind == WorldSpec::Kind::membership);
  CHECK(spec.worlds[1].name.name == "club");
  CHECK(spec.worlds[2].kind == WorldSpec::Kind::shocks);
}

TEST_CASE("an effect without a size is none, and a size acts somewhere") {
  CHECK(mistake("effects: {policies.led.mechanisms.peers.strength: 1}") ==
        "'talk' of hypothesis 'both' has no effect sizes, sizes of policies.led.mechanisms.talk.strength were expected "
        "in 'effects': there is no default");
  CHECK(
      mistake("hypotheses: [peers], " + std::string(both_effects)) ==
      "'policies.led.mechanisms.talk.strength' acts under none of the hypotheses, leave it out, or name 'talk' in one "
      "of them");
}

TEST_CASE("sizes are of strengths, and lists go side by side") {
  CHECK(mistake("effects: {policies.led.baseline: [1]}") ==
        "'policies.led.baseline' is not the strength of a mechanism, policies.P.mechanisms.M.strength was expected");
  CHECK(
      mistake("effects: {policies.led.mechanisms.peers.strength: [0, 1], policies.led.mechanisms.talk.strength: [0, 1, "
              "2]}") ==
      "'policies.led.mechanisms.peers.strength' has 2 sizes, and 'policies.led.mechanisms.talk.strength' has 3, lists "
      "go side by side: the same number of sizes, or one, was expected");
  CHECK(mistake("effects: {policies.led.mechanisms.peers.strength: [], policies.led.mechanisms.talk.strength: 1}")
            .find("is empty, at least one size was expected") != std::string::npos);
  CHECK(mistake("hypotheses: [peers], effects: {policies.led.mechanisms.peers.strength: much}").find("'much'") !=
        std::string::npos);
}

TEST_CASE("hypotheses are those of fit") {
  CHECK(mistake("effects: {}", "") ==
        "there are no hypotheses to simulate from, 'hypotheses' in the section 'fit' were expected: {NAME: [MECHANISM, "
        "…]}");
  CHECK(mistake("hypotheses: [pears], " + std::string(both_effects)).find("did you mean 'peers'?") !=
        std::string::npos);
  CHECK(mistake("hypotheses: [peers, peers], effects: {policies.led.mechanisms.peers.strength: 1}").find("peers") !=
        std::string::npos);
}

TEST_CASE("worlds say how strong they are, and when") {
  std::string const rest = ", " + std::string(both_effects);
  CHECK(mistake("worlds: {shocks: {}}" + rest).find("'sd' is missing") != std::string::npos);
  CHECK(mistake("worlds: {shocks: {sd: []}}" + rest).find("there is no default") != std::string::npos);
  CHECK(mistake("worlds: {shocks: {sd: [-1]}}" + rest).find("-1") != std::string::npos);
  CHECK(mistake("worlds: {law: {at: 1900, strength: [1]}}" + rest).starts_with("'at' is 1900, a step from "));
  CHECK(mistake("worlds: {storm: {sd: [1]}}" + rest).find("'storm'") != std::string::npos);
}
