/// Tests of tell/describe; the program describes the bundled scenarios in tests/engine/cli.
#include "tell/describe.hpp"

#include "asked.hpp"
#include "support/says.hpp"
#include "tell/describe_parts.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

using hansa::test::says;

std::string described(Asked const& question) {
  static std::map<std::string, std::string> const digests = {{"folder/asked.yaml", "00ff"}, {"c.csv", "11ee"}};
  auto const known = schemas(standard_catalogue());
  return description({question.draft.root, *question.scenario, *question.world, question.model, known, digests});
}

std::string described(std::string_view policies, std::string_view more = "") {
  return described(asked_about(policies, more));
}

PolicySpec policy(std::string_view text) {
  return asked_about(text).scenario->policies.at(0);
}

constexpr Clock clock_of_tests{2000, 2009, "year"};

}  // namespace

TEST_CASE("seven elements in order, and what the author left open") {
  std::string const text = described("{led: {baseline: -5}}");
  std::size_t last = 0;
  for (std::string_view const heading :
       {"\n## 1. Purpose and patterns\n", "\n## 2. Entities, state variables, and scales\n",
        "\n## 3. Process overview and scheduling\n", "\n## 4. Design concepts\n", "\n## 5. Initialization\n",
        "\n## 6. Input data\n", "\n## 7. Submodels\n"}) {
    std::size_t const at = text.find(heading);
    REQUIRE_MESSAGE(at != std::string::npos, heading);
    CHECK(at > last);
    last = at;
  }
  CHECK(says(text, "**Purpose.** *not stated by the author*"));
  CHECK(says(text, "**Patterns.** *not stated by the author*"));
  CHECK(says(text, "| `policies.led.baseline` | `-5` | set | assumed (not stated) |"));
}

TEST_CASE("purpose, patterns and sources are the author's words") {
  std::string const text = described("{led: {baseline: -5}}",
                                     "purpose: Who follows *whom*?\npatterns: An S\nsources: {policies.led.baseline: "
                                     "literature (Rogers 2003)}\n");
  CHECK(says(text, "**Purpose.** Who follows \\*whom\\*?"));
  CHECK(says(text, "**Patterns.** An S\n"));
  CHECK(says(text, "| `-5` | set | literature (Rogers 2003) |"));
}

TEST_CASE("cities that adopt on given dates neither decide nor do nothing") {
  auto const who = [](std::string_view keys) { return described("{led: {baseline: -5, " + std::string(keys) + "}}"); };
  CHECK(says(who("attributes: {x: 1}"), "\nAll cities can decide.\n"));
  CHECK(says(who("adopters: [c1, c2]"), "\nAll cities can decide. Of these 2 adopt on given dates instead.\n"));
  CHECK(says(who("at_risk: {cities: [c1, c2, c3]}"),
             "\n3 of 30 cities can decide. The others are seen, and do nothing.\n"));
  CHECK(says(
      who("at_risk: {cities: [c1, c2, c3]}, adopters: [c3, c4, c5]"),
      "\n3 of 30 cities can decide. Of these 1 adopts on given dates instead. The others are seen: 2 adopt on given "
      "dates, and 25 do nothing.\n"));
  CHECK(says(who("at_risk: {cities: {not: [c4]}}, adopters: [c4]"),
             "\n29 of 30 cities can decide. The others are seen, and adopt on given dates.\n"));
}

TEST_CASE("the same question gives the same page") {
  CHECK(described("{led: {baseline: -5}}") == described("{led: {baseline: -5}}"));
}

TEST_CASE("predictors in the scenario's own numbers") {
  CHECK(predictor_text(policy("{led: {baseline: -5, attributes: {x: -0.4, y: 2}, trend: {polynomial: [0.1, -0.2]}, "
                              "mechanisms: {m: {exposure: {network: near}, strength: 1.5}}}}"),
                       clock_of_tests) ==
        "eta_i(t) = -5\n    - 0.4 x_i\n    + 2 y_i\n    + 0.1 (t - 2000)\n    - 0.2 (t - 2000)^2\n    + 1.5 M[m]_i(t)");
  CHECK(predictor_text(policy("{led: {baseline: -5, frailty: {city: 0.5, period: 0.1}, mechanisms: {m: {exposure: "
                              "{network: near}, strength: 1, strength_by: {x: -0.5}}}}}"),
                       clock_of_tests) == "eta_i(t) = -5\n    + 1 (1 - 0.5 x_i) M[m]_i(t)\n    + u_i\n    + s_t");
  CHECK(predictor_text(policy("{led: {rule: additive, mechanisms: {m: {exposure: {network: near}, strength: 2}}}}"),
                       clock_of_tests) == "h_i(t) = 0\n    + 2 M[m]_i(t)");
  CHECK(predictor_text(policy("{led: {rule: additive, baseline: -4, attributes: {x: 1}}}"), clock_of_tests) ==
        "h_i(t) = exp( -4\n    + 1 x_i )");
  CHECK(predictor_text(policy("{led: {rule: cascade, adopters: [c1], mechanisms: {m: {exposure: {network: near}, "
                              "strength: 0.3}}}}"),
                       clock_of_tests) == "p_ij = min(1, 0.3 w_ij) along near");
  CHECK(predictor_text(policy("{led: {rule: threshold, threshold: 0.3}}"), clock_of_tests) == "eta_i(t) = 0");
}

TEST_CASE("under rule threshold what lasts lowers the threshold") {
  std::string const text = described(
      "{led: {rule: threshold, threshold: 0.3, attributes: {x: 0.2}, frailty: {city_policy: 0.1, period: 0.4}, "
      "mechanisms: {m: {exposure: {pool: all, source_weight: x}}}}}");
  CHECK(says(text, "eta_i(t) = 1 M[m]_i(t)\n    + s_t\n"));
  CHECK(says(text, "R_i = 0.3, lowered by\n    0.2 x_i\n    + v_i\n"));
  CHECK(says(text, "E = sum_j a_j A_j / sum_j a_j\n"));
}

TEST_CASE("under rule cascade a tie is a chance, and nothing is said of shares") {
  std::string const text = described(
      "{led: {rule: cascade, adopters: [c1], mechanisms: {m: {exposure: {network: near}, strength: 0.3, strength_by: "
      "{x: "
      "0.1}}}}}");
  CHECK(says(text, "p_ij = min(1, (0.3 + 0.1 x_i) w_ij) along near"));
  CHECK(says(text, "p_ij = min(1, theta w_ij), once, in the step after j adopted"));
  CHECK(!says(text, "- `normalize`"));
  CHECK(!says(text, "A_j / sum_j"));
}

TEST_CASE("what policies require, exclude and compete for") {
  std::string const text = described(
      "{bus: {baseline: -5}, led: {baseline: -5, requires: [bus], excludes: [tram], mechanisms: {pair: {synergy: "
      "{policy: bus}}}}, tram: {baseline: -5}}");
  CHECK(says(text,
             "A city can decide on it in the year after it has adopted bus; while it lacks that, its resistance "
             "is not consumed"));
  CHECK(says(text, "A city that has adopted tram cannot adopt it"));
  CHECK(says(text, "M = 1 if i has adopted bus, else 0"));
  CHECK(says(text, "Peterson, R. A. & Mahajan, V. (1978)."));
  CHECK_FALSE(says(text, "**Attention.**"));
  CHECK_FALSE(says(described("{led: {baseline: -5}}"), "**Other policies.**"));
}

TEST_CASE("times before the year 0") {
  PolicySpec spec;
  spec.rule = Rule::linear;
  spec.baseline = 0.1;
  spec.trend = {Trend::Form::polynomial, {0.2}, {}, {}};
  CHECK(predictor_text(spec, {-5, 5, "year"}) == "eta_i(t) = 0.1\n    + 0.2 (t + 5)");
}

TEST_CASE("each rule has its own words, and thresholds their law") {
  std::string const text = described(
      "{led: {rule: threshold, threshold: {normal: [0.25, 0.1]}, entry: settled, mechanisms: {m: {exposure: {network: "
      "near, shape: {step: 0.5}}}}}}");
  CHECK(says(text, "**Rule `threshold`.**"));
  CHECK(says(text, "R_i ~ N(0.25, 0.1^2)"));
  CHECK(says(text, "given that R_i lies above the pressure at the first decision"));
  CHECK(says(text, "M = 1 if E >= 0.5, else 0"));
  CHECK(says(text, "Granovetter, M. (1978)."));
  CHECK(!says(text, "Sellke"));
}

TEST_CASE("what laws do to cities, and when they come about") {
  std::string const ruled =
      "hansa: 1\ntime: {start: 2000, end: 2009}\ncities: {generate: 30, coordinates: square, attributes: {country: "
      "{bins: x, at: [0.5], labels: [A, B]}}}\npolicies: ";
  std::string const text = described(asked(
      ruled +
      "{led: {baseline: -5, mechanisms: {ban: {national: {kind: preempt, enact: {hazard: {base: 0.1, share: 0.2}}}}, "
      "law: {national: {kind: enabling, enact: {share: 0.3}, delay: 2}, strength: 1.5}, must: {national: {kind: "
      "mandate, enact: {share: 1}, compliance: 0.9}}}}}"));
  CHECK(says(text, "eta_i(t) = -5\n    + 1.5 M[law]_i(t)\n"));
  CHECK(says(text, "the sum of 0.1 + 0.2 s_c reaches R_c ~ Exp(1)\n"));
  CHECK(says(text, "while M_i(t) = 1 city i is not at risk, and cannot be seeded or bound\n"));
  CHECK(says(text, "enacted at the end of the first step with s_c >= 0.3\n"));
  CHECK(says(text, "M_i(t) = 1 from step 1 + 2 after that on"));
  CHECK(says(text, "while M_i(t) = 1: h_i(t) + min(64, -ln(1 - 0.9)) instead of h_i(t)\n"));
  CHECK(says(text, "| country | 2 | by law: whether it is in force |"));
  CHECK(says(text, "resistances of national governments to laws on led (one per country and policy)"));
  CHECK(says(text, "whether a law of its country is in force (law)"));
  CHECK(says(text, "**National laws.**"));
  CHECK(says(text, "Berry, F. S. & Berry, W. D. (1990)."));
  std::string const complying = described(
      asked(ruled +
            "{led: {rule: threshold, threshold: 0.5, mechanisms: {must: {national: {kind: mandate, enact: {share: "
            "1}, compliance: 0.9}}}}}"));
  CHECK(says(complying, "while M_i(t) = 1 city i adopts in t with chance 0.9, if its threshold is not reached"));
  CHECK(!says(complying, "resistances of national governments"));
  CHECK(!says(described("{led: {baseline: -5}}"), "**National laws.**"));
}

TEST_CASE("every mechanism tells its formula, its numbers and its literature") {
  for (Schema const* schema : schemas(standard_catalogue())) {
    if (schema->name == "national") continue;  // needs countries: above
    std::string keys = schema->name == "scale"          ? "pool: all, progress_ratio: 0.5"
                       : schema->name == "log_adopters" ? "pool: all"
                       : schema->name == "collective"   ? "production: {step: 0.5}"
                       : schema->name == "membership"   ? ""
                       : schema->name == "synergy"      ? "policy: other"
                                                        : "network: near";
    std::string const text = described("{led: {baseline: -5, mechanisms: {m: {" + std::string(schema->name) + ": {" +
                                           keys + "}}}}, other: {baseline: -5}}",
                                       "collaborations: {properties: {club: {members: {random: 10}}}}\n");
    CHECK(says(text, "**Mechanism `m`: `" + std::string(schema->name) + "`.**"));
    CHECK(says(text, schema->opening));
    CHECK(says(text, schema->formula.substr(0, schema->formula.find("; degroot: "))));
    CHECK(says(text, schema->source));
  }
}

TEST_CASE("what is learned is the merit, in its own numbers") {
  std::string const mechanisms = "mechanisms: {m: {learning: {network: near}}}}}";
  CHECK(says(described("{led: {baseline: -5, merit: {mean: 0.6, spread: 0.3, attributes: {x: -0.2}}, " + mechanisms),
             "here: q_j = 0.6 - 0.2 x_j + 0.3 z_j, z_j ~ N(0, 1^2) once per adoption\n"));
  CHECK(says(described("{led: {baseline: -5, merit: {performance: {attribute: y}}, " + mechanisms),
             "here: q_j = the y of j\n"));
}

TEST_CASE("learning, frailty and drawn networks are told where they are") {
  std::string const text =
      described("{led: {baseline: -5, frailty: {country: 0}, mechanisms: {m: {learning: {network: near}}}}}");
  CHECK(says(text, "belief about what the policy does"));
  CHECK(says(text, "Cities hold beliefs"));
  std::string const without = described("{led: {baseline: -5, frailty: {city: 0.3}}}");
  CHECK(says(without, "**Learning.** None"));
  CHECK(says(without, "u_i ~ N(0, 0.3^2)"));
  CHECK(says(without, "Vaupel, J. W."));
}

TEST_CASE("files stand with their digests, the scenario first") {
  std::string const text = described("{led: {baseline: -5}}");
  CHECK(text.find("| asked.yaml | this scenario | 00ff |") < text.find("| c.csv | data | 11ee |"));
}

TEST_CASE("a base stands between the scenario and the data, and is no setting") {
  Asked question =
      asked("hansa: 1\ntime: {start: 2000, end: 2009}\ncities: {generate: 9}\npolicies: {led: {baseline: -5}}\n");
  Scenario scenario = *question.scenario;
  scenario.bases = {"folder/near.yaml", "folder/far.yaml"};
  std::map<std::string, std::string> const digests = {
      {"a.csv", "11ee"}, {"folder/asked.yaml", "00ff"}, {"folder/far.yaml", "22dd"}, {"folder/near.yaml", "33cc"}};
  auto const known = schemas(standard_catalogue());
  std::string const text =
      description({question.draft.root, scenario, *question.world, question.model, known, digests});
  std::size_t const own = text.find("| asked.yaml | this scenario | 00ff |");
  std::size_t const near = text.find("| folder/near.yaml | its base | 33cc |");
  std::size_t const far = text.find("| folder/far.yaml | the base of that | 22dd |");
  std::size_t const data = text.find("| a.csv | data | 11ee |");
  CHECK(own < near);
  CHECK(near < far);
  CHECK(far < data);
  CHECK(data < text.size());
  CHECK_FALSE(says(text, "| `base` |"));
  CHECK_FALSE(says(text, "| `remove` |"));
}

TEST_CASE("words for every form of network") {
  Asked const question = asked(
      "hansa: 1\ntime: {start: 2000, end: 2009}\ncities: {generate: 30, coordinates: square, attributes: {d: {of: x}, "
      "g: {bins: x, at: [0.5], labels: [a, b]}}}\nnetworks:\n  near: {nearest: {k: 4, on: [x, y]}}\n"
      "  alike: {similar: {k: 2, on: [x]}}\n  gnp: {erdos_renyi: {degree: 4}}\npolicies: {led: {baseline: -5}}\n");
  for (NetworkSpec const& each : question.scenario->networks) CHECK(network_words(each).size() > 40);
  NetworkSpec spec;
  spec.ties = WattsStrogatzTies{4, 0.1};
  CHECK(says(network_words(spec), "(Watts & Strogatz 1998)"));
  spec.ties = BarabasiAlbertTies{3};
  spec.redraw = Redrawing::replicate;
  CHECK(says(network_words(spec), "Drawn anew in each replicate."));
  spec.ties = ConfigurationTies{{"d", {}}};
  CHECK(says(network_words(spec), "as many ties as its d says"));
  spec.ties = WithinTies{300, {}, {}};
  CHECK(says(network_words(spec), "at most 300 km apart"));
  spec.ties = StochasticBlockTies{{"g", {}}, {{"a", {{"b", 0.1}}}}};
  CHECK(says(network_words(spec), "a–b 0.1,"));
  spec.ties = SameTies{{"g", {}}};
  CHECK(says(network_words(spec), "no tie is stored"));
}

TEST_CASE("sources of a setting: its own, those of what it is part of, those of its parts") {
  Scenario scenario;
  scenario.sources = {{"policies.led.baseline", "assumed"}, {"policies.led.m.shape.power", "fitted"}};
  CHECK(source_of(scenario, "policies.led.baseline.chance") == "assumed");
  CHECK(source_of(scenario, "policies.led.m.shape") == "power: fitted");
  CHECK(source_of(scenario, "policies.led.trend") == "");
}

TEST_CASE("counts and lists in words") {
  CHECK(count_of(1, "city", "cities") == "1 city");
  CHECK(count_of(0, "city", "cities") == "0 cities");
  CHECK(listed({"a", "b", "c"}) == "a, b and c");
  CHECK(listed({"a"}) == "a");
  CHECK(listed({}) == "");
}

TEST_CASE("interventions are described where there are some, with dates, cities, chances and costs") {
  std::string const led = "{led: {baseline: -5}}";
  std::string const text = described(led,
                                     "currency: EUR\ninterventions:\n  - {at: 2003, name: fund, cost: 100, seed: "
                                     "{policy: led, cities: {random: 5}, success: 0.9}}\n  - {at: 2009, seed: "
                                     "{policy: led, cities: [c3]}}\n");
  CHECK(says(text, "\n### Interventions\n"));
  CHECK(says(text,
             "- `fund`: in 2003, 5 cities are seeded with `led`, each with chance 0.9. Cost to its funder: 100 EUR."));
  CHECK(says(text, "- `seed-2009`: in 2009, 1 city is seeded with `led`.\n"));
  CHECK(says(text, "press no more. Cities that are seeded in t adopt by that"));
  CHECK(says(text, "else: adopters(p, t) <- { i seeded in t } + { i at risk"));
  CHECK(says(text, "| `interventions[0].seed.success` | `0.9` | set | assumed (not stated) |"));
  CHECK(says(text, "| `interventions[1].seed.success` | `1` | default |"));
  CHECK(says(text, "| `interventions[0].at` | `2003` | set |  |"));
  std::string const without = described(led);
  CHECK_FALSE(says(without, "seeded"));
  CHECK(says(without, "else: adopters(p, t) <- { i at risk"));
}

TEST_CASE("pushes, campaigns and mandates are described, and what they mean") {
  std::string const text =
      described("{led: {baseline: -5, mechanisms: {near: {log_adopters: {pool: all}}}}}",
                "interventions:\n  - {at: 2003, until: 2005, push: {policy: led, strength: 0.5, cities: [c1, c2]}}\n"
                "  - {at: 2004, until: 2004, campaign: {policy: led, mechanism: near, factor: 2, cities: [c3]}}\n"
                "  - {at: 2006, until: 2007, mandate: {policy: led, compliance: 0.4, cities: [c1]}}\n");
  CHECK(says(text, "- `push-2003`: from 2003 to 2005, 2 cities feel more pressure towards `led`: 0.5 is added.\n"));
  CHECK(says(text,
             "- `campaign-2004`: from 2004 to 2004, `near` presses 2 times as strongly towards `led` on 1 city.\n"));
  CHECK(says(text,
             "- `mandate-2006`: from 2006 to 2007, 1 city is bound to adopt `led`, and complies with chance 0.4 in "
             "each step.\n"));
  CHECK(says(text, "A push is added to the predictor"));
  CHECK(says(text, "A campaign multiplies the strength"));
  CHECK(says(text, "A mandate with compliance p adds"));
  CHECK(says(text, "**Interventions.** Those of t begin"));
  CHECK(says(text, "| `interventions[0].push.strength` | `0.5` | set | assumed (not stated) |"));
  CHECK(says(text, "| `interventions[1].campaign.factor` | `2` | set | assumed (not stated) |"));
  CHECK(says(text, "| `interventions[2].mandate.compliance` | `0.4` | set | assumed (not stated) |"));
  CHECK_FALSE(says(text, "seeded"));
}

TEST_CASE("numbers that are set are described with what they are instead of, and what they mean from then on") {
  std::string const text =
      described("{led: {baseline: -5, mechanisms: {near: {log_adopters: {pool: all}, strength: 0.5}}}}",
                "interventions:\n  - {at: 2003, until: 2005, set: {policies.led.mechanisms.near.strength: 2, "
                "policies.led.baseline: -4}}\n"
                "  - {at: 2004, name: frail, set: {policies.led.frailty.city: 0.3}}\n");
  CHECK(says(text,
             "- `set-2003`: from 2003 to 2005, `policies.led.baseline` is -4 instead of -5 and "
             "`policies.led.mechanisms.near.strength` is 2 instead of 0.5.\n"));
  CHECK(says(text, "- `frail`: from 2004 to 2009, `policies.led.frailty.city` is 0.3 instead of 0.\n"));
  CHECK(says(text, "Where a number is set, the equations above hold with it while that lasts"));
  CHECK(says(text, "The same with the numbers that hold from 2003 on:"));
  CHECK_FALSE(says(text, "that hold from 2006 on"));  // as before 2003
  CHECK(says(text, "Vaupel, J. W."));
  CHECK(says(text, "| `interventions[0].set.\"policies.led.baseline\"` | `-4` | set | assumed (not stated) |"));
}

TEST_CASE("how cities leave is described, with its chance and what comes after") {
  std::string const text = described("{led: {baseline: -5, abandonment: {hazard: 0.05}}}");
  CHECK(says(text, "an adopter leaves the policy with hazard 0.05 (a chance of 4.9 %)"));
  CHECK(says(text, "is at risk again from the next year on, with a resistance of its own."));
  CHECK(says(text, "staying powers under led (one per adoption)"));
  CHECK(says(text, "Volden, C., Ting, M. M."));
  CHECK(says(described("{led: {rule: threshold, threshold: 1, abandonment: {logit: {base: -2}}}}"),
             "with the threshold that it had."));
  CHECK_FALSE(says(described("{led: {baseline: -5}}"), "**Abandonment.**"));
}

TEST_CASE("costs and subsidies are described, with who pays and who sees it") {
  std::string const scale = "mechanisms: {s: {scale: {pool: all, progress_ratio: 0.9}}}";
  std::string const text =
      described("{led: {baseline: -5, cost: {amount: 5000}, " + scale + "}}",
                "currency: EUR\ninterventions:\n  - {at: 2003, until: 2005, subsidy: {policy: led, "
                "share: 0.3, budget: 90000, cities: [c1, c2]}}\n");
  CHECK(says(text, "**Cost.** A city pays c_i(t) in the step t in which it adopts."));
  CHECK(says(text, "c_i(t) = 5000 EUR exp(-(M[s]_i(t)))"));
  CHECK(says(text, "who funds the seed pays. Nobody is too poor to adopt: there are no budgets."));
  CHECK(says(text,
             "- `subsidy-2003`: from 2003 to 2005, 30 % of what `led` costs 2 cities is paid by others, until "
             "90000 in all are spent.\n"));
  CHECK(says(text, "A subsidy pays a share of what the policy costs its cities"));
  CHECK(says(text, "M grows by ln(c / c_net)"));
  CHECK(says(text, "what cities pay for each policy and what it costs them"));
  CHECK(says(text, "| `policies.led.cost.amount` | `5000` | set | assumed (not stated) |"));
  CHECK(says(text, "| `interventions[0].subsidy.share` | `0.3` | set | assumed (not stated) |"));
  std::string const shared =
      described("{led: {baseline: -5, mechanisms: {s: {scale: {pool: all, shared: {fixed: 9, variable: 1}}}}}}");
  CHECK(says(shared, "**Cost.** A city pays c_i(t) in every step t while it has the policy"));
  CHECK(says(shared, "c_i(t) = 10 exp(-(M[s]_i(t)))"));
  CHECK_FALSE(says(described("{led: {baseline: -5}}"), "**Cost.**"));
}

TEST_CASE("members and ties that interventions change are described, with who they are and when it counts") {
  std::string const text =
      described("{led: {baseline: -5}}",
                "collaborations: {properties: {club: {members: [c0, c1, c2, c3, "
                "c4]}}}\ninterventions:\n"
                "  - {at: 2003, join: {collaboration: club, cities: [c0, c5]}}\n"
                "  - {at: 2004, name: out, cost: 3, leave: {collaboration: club, cities: [c0, c1, c2, c3, c5]}}\n"
                "  - {at: 2005, name: end, dissolve: {collaboration: club}}\n"
                "  - {at: 2003, name: all, remove_ties: {network: near}}\n"
                "  - {at: 2006, name: tie, add_ties: {network: near, sources: [c1], targets: [c2, c3], weight: 0.5}}\n"
                "  - {at: 2003, name: none, join: {collaboration: club, cities: {random: 0}}}\n");
  CHECK(says(text, "- `none`: in 2003, 0 cities join `club` (no city).\n"));
  CHECK(says(text, "- `join-2003`: in 2003, 1 city joins `club` (of `c0` and `c5`).\n"));
  CHECK(says(text, "- `out`: in 2004, 5 cities leave `club` (`c0`, `c1`, `c2` and 2 more). Cost to its funder: 3."));
  CHECK(says(text, "- `end`: in 2005, `club` is dissolved, and its member leaves it.\n"));
  CHECK(says(text, " removed from `near` from all cities to all cities.\n"));
  CHECK(says(text, "- `tie`: in 2006, 2 ties are added to `near` from `c1` to `c2` and `c3`, each of weight 0.5.\n"));
  CHECK(says(text, "chosen by what the data and earlier dates have made of the world, and take effect together."));
  CHECK(says(text, "**Interventions in the world.** Cities that join or leave"));
  CHECK(says(text, "add_ties.weight` | `0.5` | set | assumed (not stated) |"));
  CHECK_FALSE(says(text, "seeded"));
}
