/// Sources that fade, weigh, are chosen or come and go; competition, log_adopters and membership: enumerated laws.
#include <algorithm>
#include <cmath>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "cases.hpp"
#include "options.hpp"

namespace hansa::exact {

namespace {

constexpr int a = 0, b = 1, c = 2, d = 3;

/// What is left of the influence of `other`, which is halved in each half-life.
double left(View const& v, int other, double half_life) {
  double const age = v.t - 1 - v.times[static_cast<std::size_t>(other)];
  return v.adopted(other) > 0 ? std::exp2(-age / half_life) : 0;
}

double faded_share(View const& v, double half_life) {
  auto const f = [&](int other) { return left(v, other, half_life); };
  return v.city == b   ? (f(a) + 3 * f(d)) / 4
         : v.city == c ? (2 * f(a) + f(b)) / 3
         : v.city == d ? (1.5 * f(b) + 0.5 * f(c)) / 2
                       : 0;
}

double faded_number(View const& v, double half_life) {
  auto const f = [&](int other) { return left(v, other, half_life); };
  return v.city == b ? f(a) + f(d) : v.city == c ? f(a) + f(b) : v.city == d ? f(b) + f(c) : 0;
}

/// b observes a (1) in 1, d (3) from 2; c observes a (2), and b (1) in 3; d observes b (1.5).
double dated_share(View const& v, std::int32_t t) {
  if (v.city == b) return t == 1 ? v.adopted(a) : t > 1 ? v.adopted(d) : v.adopted(a);
  if (v.city == c) return t == 3 ? (2 * v.adopted(a) + v.adopted(b)) / 3 : v.adopted(a);
  return v.city == d ? v.adopted(b) : 0;
}

double dated_fading_sum(View const& v) {
  auto const f = [&](int other) { return left(v, other, 1); };
  if (v.city == b) return v.t == 1 ? f(a) : 3 * f(d);
  if (v.city == c) return 2 * f(a) + (v.t == 3 ? f(b) : 0);
  return v.city == d ? 1.5 * f(b) : 0;
}

/// Sums over all other cities that pass, in the pool of all.
template <class Passes>
double share_of(View const& v, Passes passes, bool weighed) {
  double top = 0, all = 0;
  for (int other = 0; other < cities; ++other) {
    if (other == v.city || !passes(other)) continue;
    double const weight = weighed ? votes[static_cast<std::size_t>(other)] : 1;
    top += weight * v.adopted(other);
    all += weight;
  }
  return all > 0 ? top / all : 0;
}

double votes_of(int city) {
  return votes[static_cast<std::size_t>(city)];
}

std::vector<Option> source_options() {
  return {
      {"exposure: {network: ties, half_life: 1}", [](View const& v) { return faded_share(v, 1); }},
      {"exposure: {network: ties, half_life: 2, normalize: count}", [](View const& v) { return faded_number(v, 2); }},
      {"exposure: {network: ties, half_life: 1, shape: {step: 0.5}}",
       [](View const& v) { return faded_share(v, 1) >= 0.5 ? 1.0 : 0.0; }},
      {"exposure: {network: ties, source_weight: votes}",
       [](View const& v) {
         return v.city == b   ? (3 * v.adopted(a) + 6 * v.adopted(d)) / 9
                : v.city == c ? (6 * v.adopted(a) + v.adopted(b)) / 7
                : v.city == d ? (1.5 * v.adopted(b) + v.adopted(c)) / 2.5
                              : 0;
       }},
      {"exposure: {network: ties, only: {larger: votes}}",
       [](View const& v) {
         return v.city == b ? (v.adopted(a) + 3 * v.adopted(d)) / 4 : v.city == c ? v.adopted(a) : 0.0;
       }},
      {"exposure: {network: ties, only: {same: region}, half_life: 1}",
       [](View const& v) {
         return v.city == a ? 0 : left(v, v.city == b ? d : v.city == c ? a : b, 1);
       }},
      {"exposure: {network: dated}", [](View const& v) { return dated_share(v, v.t); }},
      {"exposure: {network: lagging}", [](View const& v) { return dated_share(v, v.t - 1); }},
      {"exposure: {network: dated, half_life: 1, normalize: weight}", dated_fading_sum},
      {"exposure: {network: tongue}", [](View const& v) { return v.adopted((v.city + 2) % 4); }},
      {"exposure: {pool: all, half_life: 1}",
       [](View const& v) {
         double sum = 0;
         for (int other = 0; other < cities; ++other) sum += other == v.city ? 0 : left(v, other, 1);
         return sum / 3;
       }},
      {"exposure: {pool: all, source_weight: votes}",
       [](View const& v) {
         return share_of(
             v, [](int) { return true; }, true);
       }},
      {"exposure: {pool: all, only: {smaller: votes}}",
       [](View const& v) {
         return share_of(
             v, [&](int other) { return votes_of(other) < votes_of(v.city); }, false);
       }},
      {"exposure: {pool: all, only: {different: region}, source_weight: votes}",
       [](View const& v) {
         return share_of(
             v, [&](int other) { return other % 2 != v.city % 2; }, true);
       }},
      {"competition: {network: dated}", [](View const& v) { return dated_share(v, v.t); }},
      {"log_adopters: {pool: all}", [](View const& v) { return std::log(1 + v.others()); }},
      {"log_adopters: {pool: {network: tongue}}",
       [](View const& v) { return std::log(1 + v.adopted((v.city + 2) % 4)); }},
      {"membership: {collaborations: [green]}",
       [](View const& v) { return v.city == b   ? (v.t >= 2 ? 1.0 : 0.0)
                                  : v.city == c ? (v.t < 3 ? 1.0 : 0.0)
                                                : 1.0; }},
      {"membership: {collaborations: [gold], measure: years}",
       [](View const& v) { return v.city == b   ? v.t - 1.0
                                  : v.city == d ? v.t + 2.0
                                                : 0.0; }},
  };
}

test::Texts world_of_sources(std::string const& policy) {
  test::Texts texts = world_with(policy);
  std::string const networks = "networks:\n";
  texts.yaml.insert(texts.yaml.find(networks) + networks.size(),
                    "  dated: {file: dated.csv}\n  lagging: {file: dated.csv, ties: lagged}\n  tongue: {same: region}\n"
                    "  chance: {erdos_renyi: {probability: 0.5}, redraw: replicate}\n");
  texts.files["dated.csv"] = "source,target,weight,from,until\na,b,1,,1\nd,b,3,2,\na,c,2,,\nb,c,1,3,3\nb,d,1.5,,\n";
  texts.files["clubs.csv"] += "b,gold,1,,\nc,gold,2,,3\nd,gold,-2,,\n";
  return texts;
}

}  // namespace

TEST_CASE("the enumerated law holds for sources that fade, weigh, are chosen, come and go") {
  auto const below = [](int, double x) { return normal_below(x, 0.6, 0.5); };
  for (Option const& option : source_options()) {
    auto const check = [&](std::string const& rule, double baseline, Chance const& chance) {
      check_fit(world_of_sources(fmt::format("  p: {{{}, adopters: [a], mechanisms: {{m: {{{}, strength: 0.4}}}}}}\n",
                                             rule, option.yaml)),
                enumerate({[&](View const& v) { return baseline + 0.4 * option.m(v); }, chance, a_before, {}}));
    };
    check("rule: logit, baseline: -0.7", -0.7, logit());
    check("rule: additive, baseline: -1.6094379124341003", 0.2, additive());
    check("rule: threshold, threshold: {normal: [0.6, 0.5]}", 0, threshold(below));
  }
}

TEST_CASE("contagion in pools, and from sources that weigh") {
  auto const check = [](std::string const& exposure, Formula const& hazard) {
    check_fit(
        world_of_sources("  p: {rule: additive, adopters: [a], mechanisms: {m: {exposure: {" + exposure + "}}}}\n"),
        enumerate({hazard, additive(), a_before, {}}));
  };
  check("pool: all, transmission: 0.3", [](View const& v) { return -std::log(0.7) * v.others(); });
  check("pool: all, transmission: 0.2, source_weight: votes", [](View const& v) {
    double sum = 0;
    for (int other = 0; other < cities; ++other) {
      if (other != v.city) sum -= std::log(1 - 0.2 * votes_of(other)) * v.adopted(other);
    }
    return sum;
  });
  check("network: ties, transmission: 0.25, half_life: 2, only: {larger: votes}", [](View const& v) {
    if (v.city == b) return -std::log(0.75) * left(v, a, 2) - std::log(0.25) * left(v, d, 2);
    return v.city == c ? -std::log(0.5) * left(v, a, 2) : 0;
  });
}

TEST_CASE("ties drawn anew in each replicate: the law is that of a random network") {
  std::map<test::Outcome, double> law;
  constexpr int pairs = 6;
  for (unsigned drawn = 0; drawn < 1u << pairs; ++drawn) {
    std::array<std::array<bool, cities>, cities> tied{};
    int pair = 0;
    for (std::size_t i = 0; i < cities; ++i) {
      for (std::size_t j = i + 1; j < cities; ++j, ++pair) tied[i][j] = tied[j][i] = (drawn >> pair & 1u) != 0;
    }
    Formula const eta = [&](View const& v) {
      double top = 0, all = 0;
      for (int other = 0; other < cities; ++other) {
        if (!tied[static_cast<std::size_t>(v.city)][static_cast<std::size_t>(other)]) continue;
        top += v.adopted(other);
        all += 1;
      }
      return -1 + (all > 0 ? 2 * top / all : 0);
    };
    for (auto const& [outcome, chance] : enumerate({eta, logit(), a_before, {}})) law[outcome] += chance / (1 << pairs);
  }
  check_fit(world_of_sources("  p: {rule: logit, baseline: -1, adopters: [a], mechanisms: {m: {exposure: {network: "
                             "chance}, strength: 2}}}\n"),
            law);
}

}  // namespace hansa::exact
