/// Tests of tell/describe_concepts and tell/describe_draws: what a page says of sight, chance and shares.
#include "asked.hpp"
#include "support/says.hpp"
#include "tell/describe_parts.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

using hansa::test::says;

/// Elements 4 to 6 of a description.
std::string concepts(Asked const& question) {
  static std::map<std::string, std::string> const digests;
  auto const known = schemas(standard_catalogue());
  Page page;
  describe_concepts({question.draft.root, *question.scenario, *question.world, question.model, known, digests}, page);
  return page.text();
}

std::string concepts(std::string_view policies, std::string_view more = "") {
  return concepts(asked_about(policies, more));
}

}  // namespace

TEST_CASE("every draw of a replicate is named, and nothing that is not drawn") {
  CHECK(says(concepts("{led: {baseline: -5}}"),
             "In each replicate are drawn: resistances to led (one per city and episode; section 7). Drawn once, the "
             "same in all replicates: the places of cities. Nothing else is random."));
  CHECK(says(concepts("{led: {rule: threshold, threshold: {uniform: [0, 1]}, mechanisms: {m: {exposure: {network: "
                      "near}}}}}"),
             "In each replicate are drawn: thresholds of led (one per city, kept in every episode; section 7). Drawn"));
  for (std::string_view const given : {"{attribute: x}", "0.4"}) {
    std::string const text = concepts("{led: {rule: threshold, threshold: " + std::string(given) +
                                      ", mechanisms: {m: {exposure: {network: near}}}}}");
    CHECK(says(text, "Nothing is drawn in a replicate, so that all are the same. Drawn once"));
    CHECK(!says(text, "thresholds of"));
  }
  CHECK(says(concepts("{led: {baseline: -5, frailty: {city: 1, period: 0.2}}, met: {baseline: -4}}"),
             "resistances to led and met (one per city and episode; section 7) and frailties of cities and steps. "));
}

TEST_CASE("learning draws performances, noise and priors only where it does") {
  auto const drawn = [](std::string_view merit, std::string_view learning) {
    std::string const text = concepts("{led: {baseline: -5, merit: {" + std::string(merit) +
                                      "}, mechanisms: {m: {learning: {network: near" + std::string(learning) + "}}}}}");
    std::size_t const begin = text.find("section 7)"), end = text.find(" Drawn once", begin);
    return text.substr(begin + 10, end - begin - 9);
  };
  CHECK(drawn("performance: {attribute: x}", ", noise: none") == ". ");
  CHECK(drawn("performance: {attribute: x}, spread: 2", ", noise: none") == ". ");
  CHECK(drawn("mean: 1", "") == " and noise in looks at led (one per city and step). ");
  CHECK(drawn("spread: 2", ", noise: none, prior: {spread: 1}") ==
        ", performances of led (one per adoption) and prior means of led (one per city). ");
  CHECK(
      drawn("spread: 2", ", prior: {spread: 1}") ==
      ", performances of led (one per adoption), noise in looks at led (one per city and step) and prior means of led "
      "(one per city). ");
}

TEST_CASE("ties are drawn once or anew, cities chosen at random once") {
  Asked const question = asked(
      "hansa: 1\ntime: {start: 2000, end: 2009}\ncities: {generate: 30}\nnetworks: {once: {erdos_renyi: {degree: 4}}, "
      "anew: {erdos_renyi: {degree: 4}, redraw: replicate}}\npolicies: {led: {baseline: -5, adopters: {random: 3}}}\n");
  std::string const text = concepts(question);
  CHECK(says(text,
             "section 7) and the ties of anew. Drawn once, the same in all replicates: the ties of once and "
             "random selections of cities. Nothing else"));
}

TEST_CASE("what is observed says what the result keeps") {
  auto const observed = [](std::string const& output) {
    return concepts(
        asked("hansa: 1\ntime: {start: 2000, end: 2009}\ncities: {generate: 30}\npolicies: {led: {baseline: "
              "-5}}\noutput: {" +
              output + "}\n"));
  };
  CHECK(
      says(observed("events: false"),
           "Of every replicate: the step in which each city adopts each policy, the number of adopters by step, and"));
  CHECK(says(observed("events: true, histories: false"),
             "Of every replicate: every adoption and abandonment with what brought it about, the number of adopters by "
             "step, and"));
}

TEST_CASE("whether looks err is said for the scenario") {
  std::string const both = concepts(
      "{led: {baseline: -5, mechanisms: {m: {learning: {network: near}}}}, met: {baseline: -5, mechanisms: {m: "
      "{learning: {network: near, noise: none}}}}}");
  CHECK(says(both,
             "; what led is worth to adopters it sees with noise; what met is worth to adopters it sees as it is, "
             "and allows for error all the same."));
  CHECK(!says(concepts("{led: {baseline: -5, mechanisms: {m: {exposure: {network: near}}}}}"), "is worth to adopters"));
}

TEST_CASE("shares follow the law of the rule") {
  auto const of = [](std::string_view rule) {
    return concepts("{led: {rule: " + std::string(rule) + ", mechanisms: {m: {exposure: {network: near}}}}}");
  };
  CHECK(says(of("logit, baseline: -5"),
             "each mechanism: the Aumann–Shapley shares of the hazard (Aumann & Shapley 1974). "
             "Shares sum to 1."));
  CHECK(says(of("additive"), "to each mechanism the share of its hazard, and the rest by the Aumann–Shapley"));
  std::string const threshold = of("threshold, threshold: 0.5");
  CHECK(says(threshold, "shares in proportion to what each contributes to the pressure. Shares sum to 1."));
  CHECK(!says(threshold, "Aumann"));
  std::string const cascade =
      concepts("{led: {rule: cascade, mechanisms: {m: {exposure: {network: near}, strength: 0.1}}}}");
  CHECK(says(cascade, "what the ties of each took from the resistance"));
  CHECK(!says(cascade, "Aumann"));
  CHECK(says(concepts("{led: {baseline: -5}, met: {rule: threshold, threshold: 0.5, mechanisms: {m: {exposure: "
                      "{network: near}}}}}"),
             "(Aumann & Shapley 1974) (led); shares in proportion to what each contributes to the pressure (met)."));
}
