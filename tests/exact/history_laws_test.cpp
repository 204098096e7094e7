/// Chances of whole histories, by the likelihood and by simulation.
#include "history_laws.hpp"

#include <fmt/format.h>

namespace hansa {

namespace {

/// Three cities in two countries; b observes a, c observes a and b. Policies are those of `lines`.
test::Texts three(std::string const& lines, std::string const& above = "", std::string const& cities = "",
                  std::string const& table = "id,country,size\na,X,1\nb,X,2\nc,Y,3\n") {
  return {
      "hansa: 1\ntime: {start: 1, end: 3}\nseed: 7\ncities: {file: cities.csv" + cities +
          "}\nnetworks: {sister: {file: ties.csv, directed: true}}\noutput: {events: true}\n" + above + "policies:\n" +
          lines,
      {{"cities.csv", table},
       {"ties.csv", table.find("c,") == std::string::npos ? "source,target\na,b\n" : "source,target\na,b\na,c\nb,c\n"},
       {"laws.csv", "country,policy,from\nX,p,3\n"}}};
}

}  // namespace

TEST_CASE("history law: exposure alone") {
  double const sum =
      test::check_law(three("  p: {baseline: -1, mechanisms: {see: {exposure: {network: sister}, strength: 1.5}}}\n"));
  CHECK(sum > 0.999);
}

TEST_CASE("history law: what requires another waits for it") {
  test::check_law(
      three("  p: {baseline: 0.2, requires: [q], mechanisms: {see: {exposure: {network: sister}, strength: 1}}}\n"
            "  q: {rule: cloglog, baseline: -0.5}\n"));
}

TEST_CASE("history law: a country's law bars the policy, at a share or by date") {
  for (std::string const enact : {"{share: 0.5}", "{file: laws.csv}"})
    test::check_law(three("  p: {baseline: -0.4, mechanisms: {ban: {national: {kind: preempt, enact: " + enact +
                          "}}, see: {exposure: {pool: all}, strength: 1}}}\n"));
}

TEST_CASE("history law: a law that enables presses once a share has adopted") {
  test::check_law(three(
      "  p: {baseline: -0.8, mechanisms: {law: {national: {kind: enabling, enact: {share: 0.5}}, strength: 1.5}}}\n"));
}

TEST_CASE("history law: ties fade, and gain where they are used") {
  test::Texts texts = three(
      "  p: {baseline: -0.8, mechanisms: {see: {exposure: {network: sister}, strength: 2}}}\n"
      "  q: {baseline: -0.5}\n");
  texts.yaml.replace(texts.yaml.find("directed: true}"), 15,
                     "directed: true, dynamics: {decay: 0.5, reinforce: 0.4, floor: 0.2}}");
  test::check_law(texts);
}

TEST_CASE("history law: ties that are seen late fade too") {
  test::Texts texts = three(
      "  p: {baseline: -0.8, mechanisms: {see: {exposure: {network: sister}, strength: 3}}}\n"
      "  q: {baseline: -0.5}\n");
  texts.yaml.replace(texts.yaml.find("directed: true}"), 15,
                     "directed: true, ties: lagged, dynamics: {decay: 0.8, reinforce: 0.4, floor: 0.05}}");
  test::check_law(texts);
}

TEST_CASE("history law: who cannot pay is not at risk") {
  std::string const budgets =
      "resources: {initial: {attribute: size}, income: 0.7, growth: 0.1, returns: {network: sister, per_tie: 0.5}}\n";
  test::check_law(
      three("  p: {baseline: 0, cost: {amount: 3}, mechanisms: {cheap: {scale: {pool: all, "
            "progress_ratio: 0.8}, strength: 1}}}\n  q: {baseline: -0.5}\n",
            budgets));
}

TEST_CASE("history law: who waits for money may have decided before") {
  test::check_law(
      three("  p: {baseline: -0.5, cost: {amount: 3}, when_unaffordable: queue, mechanisms: {see: "
            "{exposure: {network: sister}, strength: 1}}}\n",
            "resources: {initial: {attribute: size}, income: 0.5}\n"));
}

TEST_CASE("history law: policies compete for attention") {
  std::string const policies =
      "  p: {baseline: 0.2, mechanisms: {see: {exposure: {network: sister}, strength: 1}}}\n"
      "  q: {baseline: -0.5, mechanisms: {both: {synergy: {policy: p}, strength: 1}}}\n  r: {baseline: -0.2}\n";
  for (int k = 1; k <= 2; ++k)
    test::check_law(three(policies, "", fmt::format(", attention: {}", k), "id,country,size\na,X,1\nb,X,2\n"));
}

TEST_CASE("history law: what is adopted bars others within the step") {
  test::check_law(
      three("  p: {rule: cloglog, baseline: 0, excludes: [q, r]}\n  q: {rule: cloglog, baseline: 0.3}\n"
            "  r: {rule: cloglog, baseline: -0.5, excludes: [q]}\n",
            "", "", "id,country,size\na,X,1\nb,X,2\n"));
}

TEST_CASE("history law: a threshold that is reached takes attention first") {
  test::check_law(
      three("  p: {baseline: 0.2}\n  q: {baseline: -0.5}\n  t: {rule: threshold, threshold: {attribute: "
            "size}, mechanisms: {see: {exposure: {pool: all, normalize: count}, strength: 1}, "
            "p: {synergy: {policy: p}, strength: 3}}}\nfit: {policies: [p, q]}\n",
            "", ", attention: 1"));
}

TEST_CASE("history law: one budget pays for several policies") {
  test::check_law(
      three("  p: {baseline: 0.2, cost: {amount: 2}}\n  q: {baseline: 0, cost: {amount: 1.5}}\n"
            "  r: {baseline: -0.5, cost: {amount: 1, per: step}}\n",
            "resources: {initial: {attribute: size}, income: 1}\n", "", "id,country,size\na,X,2\nb,X,4\n"));
}

TEST_CASE("history law: pooled policies compete all the same") {
  test::check_law(
      three("  p: {rule: additive, baseline: -0.5, mechanisms: {see: {exposure: {network: sister}, strength: "
            "0.7}}}\n  q: {rule: additive, baseline: -0.5, mechanisms: {see: {exposure: {network: sister}, "
            "strength: 0.7}}}\nfit: {pooled: true}\n",
            "", ", attention: 1"));
}

TEST_CASE("history law: adopters leave by a hazard, or by odds, and adopt again") {
  test::check_law(
      three("  p: {baseline: -0.3, abandonment: {hazard: 0.6}, mechanisms: {see: {exposure: {network: "
            "sister}, strength: 1}}}\n"));
  test::check_law(three("  p: {baseline: -0.3, abandonment: {logit: {base: -0.5}}}\n"));
}

TEST_CASE("history law: adopters leave by what they believe") {
  test::check_law(three(
      "  p:\n    baseline: -0.5\n    merit: {performance: {attribute: size}, spread: 0}\n"
      "    abandonment: {logit: {base: 1, own_belief: 0.8}}\n"
      "    mechanisms: {lessons: {learning: {network: sister, noise: none, own_precision: 1}, strength: 0.5}}\n"));
}

}  // namespace hansa
