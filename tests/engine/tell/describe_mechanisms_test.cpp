/// Tests of tell/describe_mechanisms: whether a fit could estimate a mechanism.
#include "asked.hpp"
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
}

TEST_CASE("what follows ties that are drawn anew could not be estimated") {
  std::string const text = mechanisms_described(asked(
      "hansa: 1\ntime: {start: 2000, end: 2009}\ncities: {generate: 30}\nnetworks: {anew: {erdos_renyi: {degree: 4}, "
      "redraw: replicate}}\npolicies: {led: {baseline: -5, mechanisms: {m: {exposure: {network: anew}}}}}\n"));
  CHECK(text.find("It depends on ties that are drawn anew in each replicate, and could not be estimated") !=
        std::string::npos);
}
