/// Rules against enumerated laws: contagion, Bass, the independent cascade as live edges, strengths that differ,
/// settled thresholds.
#include <algorithm>
#include <cmath>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "cases.hpp"
#include "options.hpp"

namespace hansa::exact {

TEST_CASE("additive and linear: the enumerated law holds for the options of exposure, scale and collective") {
  for (auto const& options : {exposure_options(), scale_options(), collective_options()}) {
    for (Option const& option : options) {
      // A count, or ln 100, times 0.1 leaves a probability below 1 for some and certainty for none.
      auto const policy = [&](std::string const& rule) {
        return fmt::format("  p: {{{}, adopters: [a], mechanisms: {{m: {{{}, strength: 0.15}}}}}}\n", rule,
                           option.yaml);
      };
      Formula const felt = [&](View const& v) { return 0.2 + 0.15 * option.m(v); };
      check_law(policy("rule: additive, baseline: -1.6094379124341003"), enumerate({felt, additive(), a_before, {}}));
      check_law(policy("rule: linear, baseline: 0.2"), enumerate({felt, linear(), a_before, {}}));
    }
  }
}

TEST_CASE("additive: trend and attributes multiply the exogenous hazard alone") {
  static constexpr std::array<double, cities> size{0.5, -1, 2, 0};
  Formula const h = [](View const& v) {
    return std::exp(-1.5 + 0.4 * size[static_cast<std::size_t>(v.city)] + 0.3 * (v.t - 1)) + 0.5 * v.others() / 3;
  };
  check_law(
      "  p: {rule: additive, baseline: -1.5, attributes: {size: 0.4}, trend: {linear: 0.3}, adopters: [a], "
      "mechanisms: {m: {exposure: {pool: all}, strength: 0.5}}}\n",
      enumerate({h, additive(), a_before, {}}));
}

TEST_CASE("linear: attributes and trend are added, and from 1 on a city adopts") {
  static constexpr std::array<double, cities> size{0.5, -1, 2, 0};
  Formula const p = [](View const& v) {
    return 0.2 + 0.1 * size[static_cast<std::size_t>(v.city)] + 0.05 * (v.t - 1) + 0.6 * v.others() / 3;
  };
  check_law(
      "  p: {rule: linear, baseline: 0.2, attributes: {size: 0.1}, trend: {linear: 0.05}, adopters: [a], "
      "mechanisms: {m: {exposure: {pool: all}, strength: 0.6}}}\n",
      enumerate({p, linear(), a_before, {}}));
  for (std::string const baseline : {"1", "3"}) {
    check_law("  p: {rule: linear, baseline: " + baseline + "}\n", {{{1, 1, 1, 1}, 1.0}});
  }
  check_law("  p: {rule: linear, baseline: 0}\n", {{{never, never, never, never}, 1.0}});
}

TEST_CASE("baselines given as a chance") {
  Chance const given = [](int, double, double) { return 0.3; };
  for (std::string const rule : {"additive", "linear"}) {
    check_law(fmt::format("  p: {{rule: {}, baseline: {{chance: 0.3}}}}\n", rule),
              enumerate({[](View const&) { return 0.0; }, given, nobody, {}}));
  }
}

TEST_CASE("contagion (SI): a city escapes each of its adopters each step with probability 1 - beta w") {
  // Who observes whom in the tiny world, by city: source and weight.
  static std::vector<std::vector<std::pair<int, double>>> const ties{
      {}, {{0, 1}, {3, 3}}, {{0, 2}, {1, 1}}, {{1, 1.5}, {2, 0.5}}};
  Chance const chance = [](int, double escapes, double) { return 1 - escapes; };
  Formula const escapes = [](View const& v) {
    double product = 1;
    for (auto const& [source, weight] : ties[static_cast<std::size_t>(v.city)]) {
      if (v.adopted(source) > 0) product *= 1 - 0.3 * weight;
    }
    return product;
  };
  check_law(
      "  p: {rule: additive, adopters: [a], mechanisms: {contact: {exposure: {network: ties, transmission: 0.3}}}}\n",
      enumerate({escapes, chance, a_before, {}}));
  // The same with importations from outside.
  Formula const twice = [&](View const& v) { return 0.9 * escapes(v); };
  check_law(
      "  p: {rule: additive, baseline: {chance: 0.1}, adopters: [a], mechanisms: {contact: {exposure: {network: ties, "
      "transmission: 0.3}}}}\n",
      enumerate({twice, chance, a_before, {}}));
}

namespace {

/// Law of the numbers of adopters of n alike cities at the end of steps 1 … T, each non-adopter adopting with
/// probability chance(adopters), by the binomial recursion.
std::map<test::Outcome, double> curves(int n, int steps, std::function<double(int)> const& chance) {
  std::map<test::Outcome, double> law{{{}, 1.0}};
  for (int t = 0; t < steps; ++t) {
    std::map<test::Outcome, double> next;
    for (auto const& [curve, probability] : law) {
      int const adopters = curve.empty() ? 0 : curve.back(), rest = n - adopters;
      double const p = chance(adopters);
      for (int more = 0; more <= rest; ++more) {
        test::Outcome longer = curve;
        longer.push_back(adopters + more);
        next[longer] += probability * ways(more, rest) * std::pow(p, more) * std::pow(1 - p, rest - more);
      }
    }
    law = std::move(next);
  }
  return law;
}

test::Texts ten_alike(std::string const& policy) {
  return {"hansa: 1\ntime: {start: 1, end: 4}\nseed: 5\ncities: {generate: 10}\npolicies:\n  p: " + policy + "\n", {}};
}

}  // namespace

TEST_CASE("the discrete Bass model, in probabilities and in hazards") {
  // Bass (1969): p + q N/n. The pool gives the share N/(n - 1) of the others, so that its strength is q (n - 1)/n.
  constexpr double p = 0.05, q = 0.4;
  constexpr int n = 10;
  std::string const imitation = fmt::format("mechanisms: {{q: {{exposure: {{pool: all}}, strength: {}}}}}", q * 0.9);
  check_fit(ten_alike(fmt::format("{{rule: linear, baseline: {}, {}}}", p, imitation)),
            curves(n, 4, [](int adopters) { return p + q * adopters / n; }), curve_of);
  check_fit(ten_alike(fmt::format("{{rule: additive, baseline: {}, {}}}", std::log(p), imitation)),
            curves(n, 4, [](int adopters) { return -std::expm1(-(p + q * adopters / n)); }), curve_of);
}

namespace {

/// A tie that is open with probability `p`; whom it comes from and goes to.
struct Edge {
  int source, target;
  double p;
};

/// Adoption times of a cascade from a: distances on the graph of the edges that are live (Kempe, Kleinberg & Tardos
/// 2003, claim 2.3), summed over all those graphs.
std::map<test::Outcome, double> live_edges(std::vector<Edge> const& edges) {
  std::map<test::Outcome, double> law;
  for (unsigned live = 0; live < 1u << edges.size(); ++live) {
    double chance = 1;
    std::array<std::int32_t, cities> distance{0, 99, 99, 99};
    for (std::size_t k = 0; k < edges.size(); ++k) chance *= (live >> k & 1u) != 0 ? edges[k].p : 1 - edges[k].p;
    for (int round = 0; round < cities; ++round) {
      for (std::size_t k = 0; k < edges.size(); ++k) {
        if ((live >> k & 1u) == 0) continue;
        auto const source = static_cast<std::size_t>(edges[k].source),
                   target = static_cast<std::size_t>(edges[k].target);
        distance[target] = std::min(distance[target], distance[source] + 1);
      }
    }
    test::Outcome times;
    for (std::int32_t const d : distance) times.push_back(d <= last_label ? d : never);
    law[times] += chance;
  }
  return law;
}

std::vector<Edge> edges_of_ties(double strength) {
  std::vector<Edge> edges{{0, 1, 1}, {3, 1, 3}, {0, 2, 2}, {1, 2, 1}, {1, 3, 1.5}, {2, 3, 0.5}};
  for (Edge& edge : edges) edge.p = std::min(1.0, strength * edge.p);
  return edges;
}

}  // namespace

TEST_CASE("the independent cascade reaches whom live edges reach, when they do") {
  for (double const strength : {0.1, 0.3, 0.5}) {  // with 0.5 a tie of weight 2 is certain, one of 3 more than that
    check_law(fmt::format("  p: {{rule: cascade, adopters: [a], mechanisms: {{m: {{exposure: {{network: ties}}, "
                          "strength: {}}}}}}}\n",
                          strength),
              live_edges(edges_of_ties(strength)));
  }
}

TEST_CASE("several mechanisms of a cascade are several chances") {
  std::vector<Edge> edges = edges_of_ties(0.2);
  for (Edge const& edge : edges_of_ties(0.1)) edges.push_back(edge);
  check_law(
      "  p: {rule: cascade, adopters: [a], mechanisms: {m: {exposure: {network: ties}, strength: 0.2}, n: {exposure: "
      "{network: ties}, strength: 0.1}}}\n",
      live_edges(edges));
}

TEST_CASE("chances may differ between those who are reached") {
  // votes are 3, 1, 2, 2: a strength of 0.05 + 0.05 votes.
  std::vector<Edge> edges = edges_of_ties(1);
  static constexpr std::array<double, cities> theta{0.2, 0.1, 0.15, 0.15};
  std::vector<double> const weights{1, 3, 2, 1, 1.5, 0.5};
  for (std::size_t k = 0; k < edges.size(); ++k)
    edges[k].p = theta[static_cast<std::size_t>(edges[k].target)] * weights[k];
  check_law(
      "  p: {rule: cascade, adopters: [a], mechanisms: {m: {exposure: {network: ties}, strength: 0.05, strength_by: "
      "{votes: 0.05}}}}\n",
      live_edges(edges));
}

TEST_CASE("a cascade along complete groups") {
  // Regions: a and c, b and d. Only c can be reached, and once.
  test::Texts texts = world_with(
      "  p: {rule: cascade, adopters: [a], mechanisms: {m: {exposure: {network: region}, strength: 0.4}}}\n");
  texts.yaml.insert(texts.yaml.find("collaborations:"), "  region: {same: region}\n");
  check_fit(texts, live_edges({{0, 2, 0.4}, {2, 0, 0.4}, {1, 3, 0.4}, {3, 1, 0.4}}));
}

TEST_CASE("strengths may differ between cities under every rule") {
  auto const theta = [](View const& v) { return 0.1 + 0.15 * votes[static_cast<std::size_t>(v.city)]; };
  std::string const mechanism =
      "adopters: [a], mechanisms: {m: {exposure: {pool: all}, strength: 0.1, strength_by: {votes: 0.15}}}";
  auto const felt = [&](double baseline) {
    return [=](View const& v) { return baseline + theta(v) * v.others() / 3; };
  };
  check_law("  p: {rule: logit, baseline: -1, " + mechanism + "}\n", enumerate({felt(-1), logit(), a_before, {}}));
  check_law("  p: {rule: cloglog, baseline: -1, " + mechanism + "}\n", enumerate({felt(-1), cloglog(), a_before, {}}));
  check_law("  p: {rule: linear, baseline: 0.2, " + mechanism + "}\n", enumerate({felt(0.2), linear(), a_before, {}}));
  check_law("  p: {rule: additive, " + mechanism + "}\n", enumerate({felt(0), additive(), a_before, {}}));
  check_law("  p: {rule: threshold, threshold: {normal: [0.2, 0.3]}, " + mechanism + "}\n",
            enumerate({felt(0), threshold([](int, double x) { return normal_below(x, 0.2, 0.3); }), a_before, {}}));
}

TEST_CASE("settled thresholds lie above the pressure of a city's first step") {
  auto const normal = [](int, double x) { return normal_below(x, 0.6, 0.5); };
  auto const uniform = [](int, double x) { return std::clamp((x + 0.25) / 1.5, 0.0, 1.0); };
  Formula const eta = [](View const& v) { return 0.9 * v.others() / 3 + 0.3 * (v.t - 1); };
  std::string const rest =
      "entry: settled, adopters: [a], trend: {linear: 0.3}, mechanisms: {m: {exposure: {pool: all}, strength: 0.9}}";
  check_law("  p: {rule: threshold, threshold: {normal: [0.6, 0.5]}, " + rest + "}\n",
            enumerate({eta, settled(normal), a_before, {}}));
  check_law("  p: {rule: threshold, threshold: {uniform: [-0.25, 1.25]}, " + rest + "}\n",
            enumerate({eta, settled(uniform), a_before, {}}));
  // Attributes lower thresholds; b enters in 2, and its first pressure is that of 2.
  static constexpr std::array<double, cities> size{0.5, -1, 2, 0};
  auto const lowered = [&](int city, double x) { return normal(city, x + 0.2 * size[static_cast<std::size_t>(city)]); };
  auto const in_the_world = [](int city, std::int32_t t) { return !(city == 1 && t < 2) && !(city == 2 && t > 2); };
  check_law(
      "  p: {rule: threshold, threshold: {normal: [0.6, 0.5]}, attributes: {size: 0.2}, at_risk: {from: entry, "
      "until: exit}, " +
          rest + "}\n",
      enumerate({eta, settled(lowered), a_before, in_the_world}));
}

}  // namespace hansa::exact
