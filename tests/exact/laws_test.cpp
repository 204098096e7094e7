/// National laws of every kind, however they are enacted, against enumerated laws under every rule.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "cases.hpp"

namespace hansa::exact {

namespace {

constexpr int countries = 2;                             // X has a and b, Y has c, and d has none
constexpr std::array<int, cities> country{0, 0, 1, -1};  // of a, b, c, d
constexpr std::array<int, countries> cities_of{2, 1};
constexpr std::int32_t not_enacted = std::numeric_limits<std::int32_t>::max();

using Laws = std::array<std::int32_t, countries>;  ///< first label at which each is in force

/// How a law is enacted: in YAML, and what happens at the end of label `t` with so large a share of adopters.
struct Trigger {
  std::string yaml;
  std::int32_t delay = 0;
  std::function<double(int country, double share, std::int32_t t)> chance;  ///< of being enacted
  Laws from{not_enacted, not_enacted};                                      ///< of a file
};

std::vector<Trigger> triggers() {
  auto const at = [](double least) {
    return [=](int, double share, std::int32_t) { return share >= least ? 1.0 : 0.0; };
  };
  auto const hazard = [](int, double share, std::int32_t t) {
    return t < first_label ? 0.0 : -std::expm1(-(0.2 + 1.5 * share));
  };
  auto const own = [](int which, double share, std::int32_t) { return share >= (which == 0 ? 0.75 : 0) ? 1.0 : 0.0; };
  auto const none = [](int, double, std::int32_t) { return 0.0; };
  return {{"enact: {share: 0.5}", 0, at(0.5)},
          {"enact: {share: 0.5}, delay: 1", 1, at(0.5)},
          {"enact: {share: 1}", 0, at(1)},
          {"enact: {share: {attribute: need}}", 0, own},
          {"enact: {hazard: {base: 0.2, share: 1.5}}", 0, hazard},
          {"enact: {hazard: {base: 0.2, share: 1.5}}, delay: 1", 1, hazard},
          {"enact: {file: laws.csv}", 0, none, {2, 0}}};
}

/// A policy on which a law of strength 1.2 may act: YAML, and the chance of adopting under pressure `m` of the law when
/// the largest pressure before was `highest`.
struct UnderLaw {
  std::string yaml;
  std::function<double(double m, double highest)> chance;
};

std::vector<UnderLaw> policies() {
  return {{"baseline: -0.9", [](double m, double) { return 1 / (1 + std::exp(0.9 - m)); }},
          {"rule: cloglog, baseline: -1.4", [](double m, double) { return -std::expm1(-std::exp(m - 1.4)); }},
          {"rule: additive, baseline: -1.3", [](double m, double) { return -std::expm1(-std::exp(-1.3) - m); }},
          {"rule: linear, baseline: 0.2", [](double m, double) { return std::min(1.0, 0.2 + m); }},
          {"rule: threshold, threshold: {uniform: [-0.5, 2]}", [](double m, double highest) {
             auto const below = [](double x) { return std::clamp((x + 0.5) / 2.5, 0.0, 1.0); };
             double const before = std::isinf(highest) ? 0 : below(highest);
             return std::max(0.0, below(m) - before) / (1 - before);
           }}};
}

/// What a law does: its words, and the chance of adopting while it is in force or not.
struct Effect {
  std::string yaml, after;
  std::function<double(UnderLaw const&, bool in_force, double highest)> chance;
  double strength = 0;
};

std::vector<Effect> effects() {
  return {
      {"kind: enabling", ", strength: 1.2",
       [](UnderLaw const& policy, bool in_force, double highest) { return policy.chance(in_force ? 1.2 : 0, highest); },
       1.2},
      {"kind: mandate, compliance: 0.4", "",
       [](UnderLaw const& policy, bool in_force, double highest) {
         return 1 - (in_force ? 0.6 : 1) * (1 - policy.chance(0, highest));
       }},
      {"kind: preempt", "",
       [](UnderLaw const& policy, bool in_force, double highest) { return in_force ? 0 : policy.chance(0, highest); }}};
}

/// Enumerates what cities and governments do, step by step.
class HistoriesUnderLaws {
 public:
  HistoriesUnderLaws(UnderLaw const& policy, Effect const& effect, Trigger const& trigger, double leaves)
      : policy_(policy), effect_(effect), trigger_(trigger), leaves_(leaves) {}

  std::map<test::Outcome, double> run() {
    Course course;
    course.first = {0, never, never, never};
    course.has = {true, false, false, false};
    course.highest.fill(-std::numeric_limits<double>::infinity());
    course.laws = trigger_.from;
    enact(0, course, 1);
    return std::move(law_);
  }

 private:
  struct Course {
    Times first;
    std::array<bool, cities> has;
    std::array<std::int32_t, cities> left{};
    std::array<double, cities> highest;
    Laws laws;
  };

  /// Governments, at the end of `t`; then what follows.
  void enact(std::int32_t t, Course const& course, double chance) {
    for (unsigned who = 0; who < 1u << countries; ++who) {
      Course next = course;
      double part = chance;
      for (int c = 0; c < countries; ++c) {
        auto const at = static_cast<std::size_t>(c);
        bool const enacts = (who >> c & 1u) != 0, open = course.laws[at] == not_enacted;
        double adopters = 0;
        for (std::size_t i = 0; i < cities; ++i) adopters += country[i] == c && course.has[i] ? 1 : 0;
        double const p = open ? trigger_.chance(c, adopters / cities_of[at], t) : 0;
        part *= enacts ? p : 1 - p;
        if (enacts) next.laws[at] = t + 1 + trigger_.delay;
      }
      if (part > 0) decide(t + 1, next, part);
    }
  }

  void decide(std::int32_t t, Course course, double chance) {
    if (t > last_label) {
      test::Outcome outcome(course.first.begin(), course.first.end());
      if (leaves_ > 0) outcome.insert(outcome.end(), course.left.begin(), course.left.end());
      law_[outcome] += chance;
      return;
    }
    std::array<double, cities> changes{};
    for (std::size_t i = 0; i < cities; ++i) {
      bool const in_force = country[i] >= 0 && course.laws[static_cast<std::size_t>(country[i])] <= t;
      bool const bound = in_force && effect_.yaml.find("mandate") != std::string::npos;
      if (course.has[i]) {
        changes[i] = bound ? 0 : leaves_;
        continue;
      }
      changes[i] = effect_.chance(policy_, in_force, course.highest[i]);
      bool const barred = in_force && effect_.yaml.find("preempt") != std::string::npos;
      if (!barred) course.highest[i] = std::max(course.highest[i], in_force ? effect_.strength : 0);
    }
    for (unsigned who = 0; who < 1u << cities; ++who) {
      Course next = course;
      double part = chance;
      for (std::size_t i = 0; i < cities; ++i) {
        bool const change = (who >> i & 1u) != 0;
        part *= change ? changes[i] : 1 - changes[i];
        if (!change) continue;
        next.left[i] += next.has[i] ? 1 : 0;
        next.has[i] = !next.has[i];
        if (next.first[i] == never) next.first[i] = t;
      }
      if (part > 0) enact(t, next, part);
    }
  }

  UnderLaw const& policy_;
  Effect const& effect_;
  Trigger const& trigger_;
  double leaves_;
  std::map<test::Outcome, double> law_;
};

test::Texts world_under(std::string const& policy, Effect const& effect, Trigger const& trigger,
                        std::string const& rest = "") {
  test::Texts texts =
      world_with(fmt::format("  p: {{{}, adopters: [a], mechanisms: {{law: {{national: {{{}, {}}}{}}}}}{}}}\n", policy,
                             effect.yaml, trigger.yaml, effect.after, rest));
  texts.files["laws.csv"] = "country,policy,from\nX,p,2\nY,q,1\nY,p,0\n";
  texts.files["countries.csv"] = "country,need\nY,0\nX,0.75\n";
  texts.yaml.insert(texts.yaml.find("networks:"), "countries: {file: countries.csv}\n");
  return texts;
}

}  // namespace

TEST_CASE("laws of every kind, however enacted, have the enumerated law under every rule") {
  for (UnderLaw const& policy : policies())
    for (Effect const& effect : effects())
      for (Trigger const& trigger : triggers())
        check_fit(world_under(policy.yaml, effect, trigger), HistoriesUnderLaws(policy, effect, trigger, 0).run());
}

TEST_CASE("under a mandate nobody leaves, and adopters who left count no more for a share") {
  UnderLaw const policy = policies().front();
  double const leaves = -std::expm1(-0.6);
  for (Effect const& effect : effects())
    for (Trigger const& trigger : triggers())
      check_fit(world_under(policy.yaml, effect, trigger, ", abandonment: {hazard: 0.6}"),
                HistoriesUnderLaws(policy, effect, trigger, leaves).run(), adoptions_and_departures);
}

TEST_CASE("under rule cascade a mandate is a hazard beside the ties") {
  UnderLaw const nothing{"", [](double, double) { return 0.0; }};
  Effect const mandate = effects().at(1);
  for (Trigger const& trigger : triggers())
    check_fit(world_under("rule: cascade", mandate, trigger), HistoriesUnderLaws(nothing, mandate, trigger, 0).run());
}

}  // namespace hansa::exact
