/// How national laws are read, and what cannot stand beside them.
#include "scenario/laws.hpp"

#include "support.hpp"

using namespace hansa;
using namespace hansa::testing;

namespace {

constexpr std::string_view kinds_of_laws[] = {"enabling", "mandate", "preempt"};
constexpr Field hazard[] = {{.name = "base", .kind = Kind::number_or_attribute, .need = Need::required, .lowest = 0},
                            {.name = "share", .kind = Kind::number_or_attribute, .need = Need::required, .lowest = 0}};
constexpr Field enact[] = {{.name = "share", .kind = Kind::number_or_attribute, .lowest = 0, .highest = 1},
                           {.name = "hazard", .kind = Kind::section, .inside = hazard},
                           {.name = "file", .kind = Kind::file}};
constexpr Field national_fields[] = {
    {.name = "kind", .kind = Kind::choice, .need = Need::required, .choices = kinds_of_laws},
    {.name = "enact", .kind = Kind::section, .need = Need::required, .inside = enact},
    {.name = "delay", .kind = Kind::number_or_attribute, .standard = "0", .lowest = 0},
    {.name = "compliance", .kind = Kind::number_or_attribute, .standard = "1", .lowest = 0, .highest = 1}};
constexpr std::string_view by_date[] = {"enact.share", "delay", "compliance"};
constexpr Schema national{.name = "national",
                          .opening = "",
                          .formula = "",
                          .source = "",
                          .parameters = national_fields,
                          .observable = false,
                          .remembers = true,
                          .by_date = by_date};

Checked law_read(std::string const& law, std::string const& rest = "", std::string const& policy = "baseline: -5",
                 std::string const& of_scenario = "") {
  Schema const* const known[] = {&exposure, &national};
  return check_with(of_scenario, "{led: {" + policy + ", mechanisms: {law: {national: {" + law + "}" + rest + "}}}}",
                    known);
}

std::string refused_law(std::string const& law, std::string const& rest = "",
                        std::string const& policy = "baseline: -5", std::string const& of_scenario = "") {
  return lines(law_read(law, rest, policy, of_scenario).errors);
}

bool holds(std::string const& text, std::string const& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("laws of every kind and trigger are read") {
  Checked const enabling = law_read("kind: enabling, enact: {share: {attribute: need}}, delay: 2", ", strength: 0.5");
  CHECK(lines(enabling.errors) == "");
  MechanismSpec const& law = enabling.scenario.policies.at(0).mechanisms.at(0);
  CHECK_FALSE(is_law(law));
  CHECK_FALSE(law.file.has_value());
  Checked const mandate = law_read("kind: mandate, enact: {hazard: {base: 0.1, share: 0}}, compliance: 0.5");
  CHECK(lines(mandate.errors) == "");
  CHECK(is_law(mandate.scenario.policies.at(0).mechanisms.at(0)));
  Checked const ban = law_read("kind: preempt, enact: {file: laws.csv}");
  CHECK(lines(ban.errors) == "");
  REQUIRE(ban.scenario.policies.at(0).mechanisms.at(0).file.has_value());
  CHECK(ban.scenario.policies.at(0).mechanisms.at(0).file->given == "laws.csv");
}

TEST_CASE("what is missing, or does not go together, is told") {
  CHECK(holds(refused_law("kind: enabling"), "'enact' is missing in 'national'"));
  CHECK(holds(refused_law("enact: {share: 0.5}"), "'kind' is missing in 'national'"));
  CHECK(
      holds(refused_law("kind: enabling, enact: {}"), "'enact' has none of share, hazard, file, exactly one of them"));
  CHECK(holds(refused_law("kind: enabling, enact: {share: 0.5, file: l.csv}"), "'file' cannot stand beside 'share'"));
  CHECK(holds(refused_law("kind: enabling, enact: {share: 1.5}"), "a number from 0 to 1 or {attribute: NAME}"));
  CHECK(holds(refused_law("kind: enabling, enact: {hazard: {base: 0.1}}"), "'share' is missing in 'hazard'"));
  CHECK(holds(refused_law("kind: preempt, enact: {file: l.csv}, delay: 1"), "'delay' cannot stand beside 'file'"));
  CHECK(holds(refused_law("kind: preempt, enact: {share: 1}, compliance: 1"),
              "'compliance' goes only with 'kind: mandate'"));
  CHECK(holds(refused_law("kind: law, enact: {share: 1}"), "one of enabling, mandate, preempt was expected"));
}

TEST_CASE("what binds or bars has no strength, nowhere") {
  for (std::string const kind : {"mandate", "preempt"}) {
    std::string const law = "kind: " + kind + ", enact: {share: 1}";
    CHECK(holds(refused_law(law, ", strength: 2"), "'strength' cannot stand beside 'kind: " + kind + "'"));
    CHECK(
        holds(refused_law(law, ", strength_by: {size: 1}"), "'strength_by' cannot stand beside 'kind: " + kind + "'"));
    auto const acts = [&](std::string const& act) {
      return refused_law(law, "", "baseline: -5", "interventions: [{at: 2001, " + act + "}], ");
    };
    CHECK(holds(acts("campaign: {policy: led, mechanism: law, factor: 2}"),
                "'law' is a law, and has no strength to multiply"));
    CHECK(holds(acts("set: {policies.led.mechanisms.law.strength: 2}"), "a law that binds or bars cities has none"));
    CHECK(acts("set: {policies.led.mechanisms.law.national.delay: 2}") == "");
    std::string const complying = acts("set: {policies.led.mechanisms.law.national.compliance: 0.5}");
    CHECK(holds(complying, "'compliance' goes only with 'kind: mandate'") == (kind == "preempt"));
    CHECK(complying.empty() == (kind == "mandate"));
  }
}

TEST_CASE("the strength of a law that enables can be set, and what enacts it") {
  std::string const law = "kind: enabling, enact: {share: 1}";
  auto const acts = [&](std::string const& path, std::string const& number) {
    return refused_law(
        law, "", "baseline: -5",
        "interventions: [{at: 2001, set: {policies.led.mechanisms.law." + path + ": " + number + "}}], ");
  };
  CHECK(acts("strength", "0") == "");
  CHECK(acts("national.enact.share", "0.5") == "");
  CHECK(holds(acts("national.compliance", "0.5"), "'compliance' goes only with 'kind: mandate'"));
  CHECK(holds(acts("national.enact.share", "{attribute: need}"), "a number was expected"));
  CHECK(holds(acts("national.enact.hazard.base", "1"), "its strength can be set"));
}

TEST_CASE("rule cascade takes mandates, and no other law") {
  std::string const rule = "rule: cascade";
  CHECK(refused_law("kind: mandate, enact: {share: 1}", "", rule) == "");
  for (std::string const kind : {"enabling", "preempt"})
    CHECK(holds(refused_law("kind: " + kind + ", enact: {share: 1}", "", rule),
                "'national' cannot stand beside rule cascade, exposure on a network, or a mandate, was expected"));
}
