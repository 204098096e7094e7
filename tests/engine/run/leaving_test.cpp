/// Who leaves when: constant hazards, and such that follow beliefs, by hand.
#include "run/leaving.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "base/flat_math.hpp"
#include "base/random.hpp"
#include "support/question.hpp"

namespace hansa {

namespace {

constexpr Index many = 200;
constexpr std::int32_t steps = 30;

/// A policy that cities leave, and what it takes to ask who does.
struct Left {
  Cities cities;
  PolicyModel policy;
  Clock clock{1, steps, "year"};

  Left() {
    for (Index i = 0; i < many; ++i) {
      cities.id.push_back(fmt::format("c{:03}", i));
      cities.hash.push_back(hash_id(cities.id.back()));
    }
    policy.hash = hash_id("p");
  }

  /// Steps in which cities leave that adopt in `adopted`; believe(city, step) is what they believe.
  template <class Believe>
  std::map<Index, std::int32_t> leave(std::int32_t adopted, Believe const& believe) {
    RiskSet const risk(policy, many, steps);
    Leaving leaving(policy, risk, cities, clock, 7);
    LawsInForce const none(policy, Force::mandate, clock, many);
    leaving.begin(0);
    std::map<Index, std::int32_t> left;
    for (Index i = 0; i < many; ++i) leaving.adopted(i, adopted);
    for (std::int32_t t = std::max(policy.first_decision, adopted); t <= steps; ++t) {
      auto const believing = [&](std::span<Index const> of, double* b) {
        for (std::size_t k = 0; k < of.size(); ++k) b[k] = believe(of[k], t);
      };
      for (Index const city : leaving.by_belief() ? leaving.leave(t, none, believing) : leaving.leave(t, none)) {
        CHECK(left.emplace(city, t).second);
        CHECK(leaving.episode(city) == 1);
      }
    }
    return left;
  }

  [[nodiscard]] double power(Index city) const {
    double r = 0;
    draw_exponential(make_key(7, 0, Purpose::staying, policy.hash), std::span(&cities.hash[city], 1), 0,
                     std::span(&r, 1));
    return on_grid(r);
  }
};

}  // namespace

TEST_CASE("a hazard that beliefs leave alone is a constant one, whatever holds cities back") {
  auto const none = [](Index, std::int32_t) { return 0.0; };
  for (double const base : {-3.0, -0.5, 2.0}) {
    Left constant, believing;
    constant.policy.leaving.hazard = flat::softplus(base);
    believing.policy.leaving.base = base;
    believing.policy.leaving.own_belief = 2;
    CHECK(believing.policy.leaving.by_belief());
    for (Left* each : {&constant, &believing}) {
      each->policy.first_decision = 4;
      each->policy.entry.assign(many, 1);
      each->policy.exit.assign(many, steps);
      for (Index i = 0; i < many; i += 3) each->policy.entry[i] = 9;
      for (Index i = 0; i < many; i += 5) each->policy.exit[i] = 12;
      for (Index i = 0; i < many; i += 2) each->policy.leaving.bound.push_back({i, 6, 7});
      for (Index i = 0; i < many; i += 4) each->policy.leaving.bound.push_back({i, 10, 10});
      std::sort(
          each->policy.leaving.bound.begin(), each->policy.leaving.bound.end(),
          [](BoundSpell const& x, BoundSpell const& y) { return std::tie(x.city, x.from) < std::tie(y.city, y.from); });
    }
    for (std::int32_t const adopted : {0, 2, 5, 29}) {
      auto const left = constant.leave(adopted, none);
      CHECK(left == believing.leave(adopted, none));
      CHECK((adopted == 29 || left.size() > many / 4));
    }
  }
}

TEST_CASE("staying power is taken step by step by what is believed then") {
  Left of;
  of.policy.leaving.base = -2;
  of.policy.leaving.own_belief = 1.5;
  auto const belief = [](Index city, std::int32_t t) { return 0.02 * city - 0.1 * t; };
  auto const left = of.leave(1, belief);
  CHECK(left.size() > many / 2);
  CHECK(left.size() < many);
  for (Index i = 0; i < many; ++i) {
    double rest = of.power(i);
    std::int32_t t = 1;
    while (rest > 0 && ++t <= steps) rest -= std::log1p(std::exp(-2 - 1.5 * belief(i, t)));
    auto const found = left.find(i);
    REQUIRE((found == left.end()) == (t > steps));
    if (found != left.end()) CHECK(found->second == t);
  }
}

TEST_CASE("the better an adopter believes it to be, the longer it stays") {
  Left of;
  of.policy.leaving.base = -1;
  of.policy.leaving.own_belief = 1;
  auto const good = of.leave(1, [](Index, std::int32_t) { return 1.0; });
  auto const bad = of.leave(1, [](Index, std::int32_t) { return -1.0; });
  for (auto const& [city, step] : good) CHECK(bad.at(city) <= step);
  CHECK(bad.size() == many);
  // Beliefs beyond all measure are certainty one way or the other.
  CHECK(of.leave(1, [](Index, std::int32_t) { return 1e300; }).empty());
  for (auto const& [city, step] : of.leave(1, [](Index, std::int32_t) { return -1e300; })) CHECK(step == 2);
}

TEST_CASE("who leaves by data or was never there uses up nothing") {
  Left of;
  of.policy.leaving.base = 2;
  of.policy.leaving.own_belief = 1;
  RiskSet const risk(of.policy, many, steps);
  Leaving leaving(of.policy, risk, of.cities, of.clock, 7);
  LawsInForce const none(of.policy, Force::mandate, of.clock, many);
  leaving.begin(0);
  auto const nothing = [](std::span<Index const> cities, double* b) { std::fill_n(b, cities.size(), 0.0); };
  leaving.adopted(3, 1);
  leaving.forget(3);
  for (std::int32_t t = 2; t <= steps; ++t) CHECK(leaving.leave(t, none, nothing).empty());
  leaving.adopted(4, 1);
  leaving.begin(1);
  CHECK(leaving.leave(30, none, nothing).empty());
}

namespace {

/// b and c have adopted; b sees its own misery, c a success; neither sees the other. Nobody adopts.
test::Texts two(std::string const& abandonment) {
  test::Texts texts;
  texts.yaml =
      "hansa: 1\ntime: {start: 1, end: 12}\nseed: 3\ncities: {file: cities.csv}\nnetworks: {ties: {file: "
      "ties.csv}}\noutput: {beliefs: true}\npolicies:\n  p: {baseline: -30, adopters: [b, c], abandonment: " +
      abandonment +
      ", merit: {performance: {attribute: q}}, mechanisms: {m: {learning: {network: ties, noise: none, own_precision: "
      "1}}}}\n";
  texts.files["cities.csv"] = "id,q\na,0\nb,-3\nc,3\n";
  texts.files["ties.csv"] = "source,target\nb,a\n";
  return texts;
}

}  // namespace

TEST_CASE("in a run adopters leave by what they have seen until the step before, and take it in") {
  auto const question = test::ask(two("{logit: {base: -1, own_belief: 1}}"));
  std::int64_t early = 0, late = 0;
  for (std::int64_t r = 0; r < 200; ++r) {
    PolicyHistory const history = test::run_one(*question, r, Lanes::full).policies[0];
    // b leaves in the step in which this uses up its staying power.
    double rest = 0;
    std::uint64_t const who = hash_id("b");
    draw_exponential(make_key(3, static_cast<std::uint64_t>(r), Purpose::staying, hash_id("p")), std::span(&who, 1), 0,
                     std::span(&rest, 1));
    std::int32_t t = 0;
    while (rest > 0 && ++t <= 12) rest -= std::log1p(std::exp(-1 + 3.0 * (t - 1) / t));  // b has seen t - 1 times
    REQUIRE(t <= 12);
    for (std::int32_t at = 1; at <= 12; ++at) {
      double const seen = t - 1;
      double const mean = at >= t ? -3 * seen / (1 + seen) : 0;
      CHECK(history.belief_mean[static_cast<std::size_t>(at - 1) * 3 + 1] == doctest::Approx(mean).epsilon(1e-12));
    }
    CHECK(history.abandonments[1] == 1);
    early += t <= 2;
    late += history.abandonments[2] == 0;
  }
  CHECK(early > 60);
  CHECK(late > 60);  // c has good reason to stay
}

TEST_CASE("a hazard that changes by date is added up step by step") {
  Left of;
  of.policy.leaving.hazard = 0;
  CHECK(of.policy.leaving.empty());
  of.policy.leaving.hazard.add(5, 0.4);
  of.policy.leaving.hazard.add(9, 0.1);
  CHECK_FALSE(of.policy.leaving.empty());
  of.policy.leaving.bound = {{3, 5, 7}};  // by city
  auto const left = of.leave(2, [](Index, std::int32_t) { return 0.0; });
  std::size_t none = 0;
  for (Index city = 0; city < many; ++city) {
    double power = of.power(city);
    std::int32_t expected = steps + 1;
    for (std::int32_t t = 3; t <= steps && expected > steps; ++t) {
      double const hazard = t < 5 ? 0 : t < 9 ? 0.4 : 0.1;
      if (city == 3 && t >= 5 && t <= 7) continue;
      power -= (hazard + 384.0) - 384.0;
      if (power <= 0) expected = t;
    }
    auto const found = left.find(city);
    CHECK((found == left.end() ? steps + 1 : found->second) == expected);
    none += found == left.end() ? 1 : 0;
  }
  CHECK(none > 0);
  CHECK(none < many);
}

TEST_CASE("odds that change by date are those of the step, also where no belief counts any more") {
  Left of;
  of.policy.leaving.base = -1;
  of.policy.leaving.own_belief = 1;
  of.policy.leaving.base.add(4, -2);
  of.policy.leaving.own_belief.add(6, 0);
  auto const left = of.leave(1, [](Index, std::int32_t) { return -0.5; });
  for (Index city = 0; city < many; ++city) {
    double power = of.power(city);
    std::int32_t expected = steps + 1;
    for (std::int32_t t = 2; t <= steps && expected > steps; ++t) {
      double const odds = t < 4 ? -0.5 : t < 6 ? -1.5 : -2;
      power -= (flat::softplus(odds) + 384.0) - 384.0;
      if (power <= 0) expected = t;
    }
    auto const found = left.find(city);
    CHECK((found == left.end() ? steps + 1 : found->second) == expected);
  }
}

}  // namespace hansa
