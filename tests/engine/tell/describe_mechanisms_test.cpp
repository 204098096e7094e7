/// Tests of tell/describe_mechanisms: whether a fit could estimate a mechanism.
#include "asked.hpp"
#include "support/says.hpp"
#include "tell/describe.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

std::string mechanisms_described(Asked const& question) {
  static std::map<std::string, std::string> const digests;
  auto const known = schemas(standard_catalogue());
  return description({question.draft.root, *question.scenario, *question.world, question.model, known, digests});
}

/// What is said of the only mechanism.
std::string told(std::string_view policy, std::string_view mechanism, std::string_view more = "") {
  std::string const text = mechanisms_described(asked_about(
      "{led: {" + std::string(policy) + ", mechanisms: {m: {" + std::string(mechanism) + ", strength: 0.5}}}}", more));
  for (std::string_view const begin : {"It is computed from", "It depends on"})
    if (std::size_t const at = text.find(begin); at != std::string::npos)
      return text.substr(at, text.find('\n', at) - at);
  return "";
}

constexpr std::string_view could =
    "It is computed from the history of adoptions and given data, and could be estimated from them.";
constexpr std::string_view no_likelihood =
    "It is computed from the history of adoptions and given data, but could not be estimated from them: the rule ";
constexpr std::string_view nobody =
    "It depends on what nobody can observe, and could not be estimated from adoptions alone, unless performance is "
    "given "
    "as data";

}  // namespace

TEST_CASE("what a rule without a likelihood adds up could not be estimated") {
  std::string_view const exposure = "exposure: {network: near}";
  CHECK(told("baseline: -5", exposure) == could);
  CHECK(told("rule: additive", exposure) == could);
  for (std::string_view const rule : {"cascade", "linear", "threshold"}) {
    std::string const policy = "rule: " + std::string(rule) + (rule == "threshold" ? ", threshold: 0.5" : "") +
                               (rule == "linear" ? ", baseline: 0.1" : "");
    CHECK(told(policy, exposure) ==
          std::string(no_likelihood) + "`" + std::string(rule) + "` has no likelihood that is fitted.");
  }
  CHECK(told("rule: linear, baseline: 0.1", exposure, "fit: {link: logit}\n") == could);
}

TEST_CASE("works are listed where they are cited") {
  auto const cites = [](std::string_view policies) {
    return mechanisms_described(asked_about(policies)).find("Values of Non-Atomic Games") != std::string::npos;
  };
  CHECK(cites("{led: {baseline: -5}}"));
  CHECK_FALSE(cites("{led: {rule: threshold, threshold: 0.5, mechanisms: {m: {exposure: {network: near}}}}}"));
}

TEST_CASE("learning could be estimated where a fit would take it") {
  CHECK(told("baseline: -5", "learning: {network: near}").starts_with(nobody));
  std::string_view const data = "baseline: -5, merit: {performance: {attribute: x}, spread: 0.5}";
  CHECK(told(data, "learning: {network: near, noise: none}") == could);
  CHECK(told(data, "learning: {network: near}").starts_with(nobody));
  CHECK(told(data, "learning: {network: near, noise: none, prior: {spread: 1}}").starts_with(nobody));
  CHECK(told(data, "learning: {network: near, noise: none, own_precision: 2}") == could);
  CHECK(told(data, "learning: {network: near, model: degroot, openness: 0.5}") == could);
  std::string const adapted = std::string(data) + ", reinvention: {probability: 0.5, gain: 1}";
  CHECK(told(adapted, "learning: {network: near, noise: none}").starts_with(nobody));
}

TEST_CASE("learning is told in the formulas and settings of its model of beliefs") {
  std::string const normal = mechanisms_described(
      asked_about("{led: {baseline: -5, merit: {spread: 0.5}, mechanisms: {m: {learning: {network: near, "
                  "own_precision: 2}}}}}"));
  CHECK(says(normal, "one look per tie and adoption"));
  CHECK_FALSE(says(normal, "l sum w b"));
  CHECK_FALSE(says(normal, "`openness`"));
  CHECK(says(normal,
             "P = 1/(1/t_i + 0.5^2), y_i the mean of what i saw of q_i in the n steps with the policy, each with "
             "variance 1/2"));
  CHECK(says(normal, "takes in y_i with precision 1/(0.5^2 + 1/(n 2)), once"));
  CHECK(says(normal, "noise in what adopters see of their own led (one per adopter and step)"));
  std::string const averages =
      mechanisms_described(asked_about("{led: {baseline: -5, abandonment: {logit: {base: -2, own_belief: -1}}, "
                                       "mechanisms: {m: {learning: {network: near, "
                                       "model: degroot, openness: 0.5}}}}}"));
  CHECK(says(averages, "M = m - m0, m <- (1 - l) m + l sum w b / sum w"));
  CHECK_FALSE(says(averages, "one look per tie"));
  CHECK_FALSE(says(averages, "`observation_sd`"));
  CHECK(says(averages, "- `openness`: 0.5, "));
  CHECK(says(averages, "b_i = m_i"));
  CHECK(says(averages, "Reaching a consensus"));
  CHECK_FALSE(says(averages, "noise in"));
  CHECK(says(averages, "leaves the policy with hazard ln(1 + exp(-2 + 1 b_i(t)))"));
  CHECK(says(averages, "Who has adopted led leaves it the sooner the better it believes it to be."));
  CHECK(says(averages, "staying powers under led (one per adoption)"));
}

TEST_CASE("reinvention is told with what it changes, and whose idea it is") {
  std::string const text = mechanisms_described(
      asked_about("{led: {baseline: -5, cost: {amount: 5}, reinvention: {probability: 20 %, gain: 0.3, cost: 0.1}, "
                  "mechanisms: {m: {learning: {network: near}}}}}"));
  CHECK(says(text,
             "**Reinvention.** With probability 20 % an adopter adapts the policy to itself, drawn once per "
             "adoption (Rice & Rogers 1980; Glick & Hays 1991): its performance there is higher by 0.3, which "
             "others see; and what the city pays is multiplied by 1.1."));
  CHECK(says(text, "q_j = 0 + 0.3 where j has adapted it"));
  CHECK(says(text, "Glick, H. R. & Hays, S. P."));
  CHECK(says(text, "reinventions of led (one per adoption)"));
  CHECK_FALSE(says(mechanisms_described(asked_about("{led: {baseline: -5}}")), "**Reinvention.**"));
}

TEST_CASE("what follows ties that are drawn anew could not be estimated") {
  std::string const text = mechanisms_described(asked(
      "hansa: 1\ntime: {start: 2000, end: 2009}\ncities: {generate: 30}\nnetworks: {anew: {erdos_renyi: {degree: 4}, "
      "redraw: replicate}}\npolicies: {led: {baseline: -5, mechanisms: {m: {exposure: {network: anew}}}}}\n"));
  CHECK(text.find("It depends on ties that are drawn anew in each replicate, and could not be estimated") !=
        std::string::npos);
}
