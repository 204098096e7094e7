/// What must not change what cities learn does not, and good and bad policies are told apart.
#include <algorithm>
#include <limits>
#include <set>
#include <utility>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "changes.hpp"
#include "support/dice.hpp"
#include "worlds.hpp"

namespace hansa::metamorphic {

namespace {

/// Sixty cities, some adopters before the start; `policy` is what p has besides, `ties` the rows of the network.
test::Texts sixty(std::string const& policy, bool dated = false) {
  constexpr int cities = 60;
  test::Dice dice(3);
  test::Texts texts;
  texts.yaml =
      "hansa: 1\ntime: {start: 1, end: 12}\nseed: 9\ncities: {file: cities.csv}\nnetworks: {net0: {file: "
      "net0.csv}}\noutput: {beliefs: true}\npolicies:\n  p: {baseline: -3, adopters: {random: 4}, " +
      policy + "}\n";
  texts.files["cities.csv"] = "id,size,half\n";
  texts.files["net0.csv"] = dated ? "source,target,weight,from,until\n" : "source,target,weight\n";
  for (int i = 0; i < cities; ++i) {
    double const size = dice.between(-50, 50) / 32.0;  // exact in binary
    texts.files["cities.csv"] += fmt::format("city{},{},{}\n", i, size, size / 2);
    for (int k = 0; k < 6; ++k) {
      texts.files["net0.csv"] += fmt::format("city{},city{},{}", dice.between(0, cities - 1), i, dice.between(1, 4));
      if (dated) texts.files["net0.csv"] += fmt::format(",{},{}", dice.between(1, 6), dice.between(6, 12));
      texts.files["net0.csv"] += "\n";
    }
  }
  return texts;
}

std::string lessons(std::string const& learning, std::string const& strength) {
  return fmt::format("mechanisms: {{m: {{learning: {{network: net0{}}}, strength: {}}}}}", learning, strength);
}

}  // namespace

TEST_CASE("keeping beliefs changes nothing else") {
  int learned = 0;
  for_worlds(30, {}, [&](test::Texts const& texts, test::Question const& base) {
    auto const kept = test::ask(texts, {"output.beliefs=true"}), left = test::ask(texts, {"output.beliefs=false"});
    check_same(base, *kept, Lanes::fast, Depth::everything);
    check_same(base, *left, Lanes::fast, Depth::everything);
    History const history = test::run_one(*kept, 0, Lanes::fast), without = test::run_one(*left, 0, Lanes::fast);
    for (std::size_t p = 0; p < history.policies.size(); ++p) {
      learned += !history.policies[p].belief_mean.empty();
      CHECK(without.policies[p].belief_mean.empty());
    }
  });
  CHECK(learned > 5);
}

TEST_CASE("learning of strength 0 is none") {
  for_worlds(
      30, {"learning:", "rule: cascade", "same: {attribute"}, [](test::Texts const& texts, test::Question const& base) {
        std::string const idle = "{learning: {network: net0, risk_aversion: 0.3, prior: {spread: 1}}, strength: 0}";
        for (std::string const name : {"AAA", "zzz"}) {
          auto const other = test::ask(texts, {}, [&](ScenarioDraft& draft) { add_mechanism(draft, name, idle); });
          check_same(base, *other, Lanes::fast, Depth::times);
          check_same(base, *other, Lanes::full, Depth::times);
        }
      });
}

TEST_CASE("nobody adopts later for good news, nor earlier for bad ones") {
  std::int64_t earlier = 0, later = 0;
  for (bool const dated : {false, true}) {
    auto const none = test::ask(sixty(lessons("", "0"), dated));
    auto const good =
        test::ask(sixty("merit: {mean: 2}, " + lessons(", noise: none, risk_aversion: 0.2", "1.5"), dated));
    auto const bad = test::ask(sixty("merit: {mean: -2}, " + lessons(", noise: none", "1.5"), dated));
    for (std::int64_t r = 0; r < 20; ++r) {
      auto const when = test::adoption_times(*none, test::run_one(*none, r, Lanes::full), "p");
      auto const with_good = test::adoption_times(*good, test::run_one(*good, r, Lanes::full), "p");
      auto const with_bad = test::adoption_times(*bad, test::run_one(*bad, r, Lanes::full), "p");
      auto const order = [](std::int32_t time) {
        return time == never ? std::numeric_limits<std::int32_t>::max() : time;
      };
      for (auto const& [city, time] : when) {
        CHECK(order(with_good.at(city)) <= order(time));
        CHECK(order(with_bad.at(city)) >= order(time));
        earlier += with_good.at(city) != time;
        later += with_bad.at(city) != time;
      }
    }
  }
  CHECK(earlier > 100);
  CHECK(later > 50);
}

TEST_CASE("another unit of performance changes nothing but the beliefs' unit") {
  // Twice the numbers, a quarter of the precisions, half the strength: powers of two, so that no bit may differ.
  auto const one = test::ask(
      sixty("merit: {mean: 0.75, spread: 0.5, attributes: {size: 0.25}}, reinvention: {probability: 0.4, gain: 0.5}, "
            "abandonment: {logit: {base: -1, own_belief: 1}}, " +
            lessons(", own_precision: 3, observation_sd: 1.5, risk_aversion: 0.5, transferability: {on: [size], sd: "
                    "0.25}, prior: {mean: "
                    "-0.5, precision: 2, spread: 0.125}",
                    "2")));
  auto const two = test::ask(sixty(
      "merit: {mean: 1.5, spread: 1, attributes: {size: 0.5}}, reinvention: {probability: 0.4, gain: 1}, abandonment: "
      "{logit: {base: -1, own_belief: 0.5}}, " +
      lessons(", own_precision: 0.75, observation_sd: 3, risk_aversion: 0.5, transferability: {on: [size], sd: 0.5}, "
              "prior: {mean: -1, "
              "precision: 0.5, spread: 0.25}",
              "1")));
  for (std::int64_t r = 0; r < 10; ++r) {
    History const a = test::run_one(*one, r, Lanes::full), b = test::run_one(*two, r, Lanes::full);
    CHECK(a.policies[0].adoption_time == b.policies[0].adoption_time);
    CHECK(a.policies[0].abandonments == b.policies[0].abandonments);
    CHECK(*std::max_element(a.policies[0].abandonments.begin(), a.policies[0].abandonments.end()) > 0);
    REQUIRE(a.policies[0].belief_mean.size() == b.policies[0].belief_mean.size());
    for (std::size_t k = 0; k < a.policies[0].belief_mean.size(); ++k) {
      REQUIRE(2 * a.policies[0].belief_mean[k] == b.policies[0].belief_mean[k]);
      REQUIRE(a.policies[0].belief_precision[k] == 4 * b.policies[0].belief_precision[k]);
    }
  }
}

TEST_CASE("an attribute of merit in another unit changes nothing") {
  auto const one = test::ask(sixty("merit: {attributes: {size: 0.25}}, " + lessons("", "2")));
  auto const two = test::ask(sixty("merit: {attributes: {half: 0.5}}, " + lessons("", "2")));
  check_same(*one, *two, Lanes::full, Depth::everything);
  History const a = test::run_one(*one, 0, Lanes::full), b = test::run_one(*two, 0, Lanes::full);
  CHECK(a.policies[0].belief_mean == b.policies[0].belief_mean);
  CHECK_FALSE(a.policies[0].belief_mean.empty());
}

TEST_CASE("shuffled rows change no bit of a belief, ties dated or not") {
  std::string const more =
      "merit: {mean: 1, spread: 1}, reinvention: {probability: 0.4, gain: 0.5}, abandonment: {logit: {base: -1, "
      "own_belief: 1}}, ";
  for (auto const& [dated, learning] : {std::pair{false, ", prior: {spread: 1}, own_precision: 2"},
                                        {true, ", prior: {spread: 1}, own_precision: 2"},
                                        {false, ", prior: {spread: 1}, model: degroot, openness: 0.3"},
                                        {true, ", prior: {spread: 1}, model: degroot"}}) {
    test::Texts const texts = sixty(more + lessons(learning, "2"), dated);
    auto const base = test::ask(texts), other = test::ask(with_rows_shuffled(texts, 8));
    for (std::int64_t r = 0; r < 5; ++r) {
      PolicyHistory const a = test::run_one(*base, r, Lanes::fast).policies[0],
                          b = test::run_one(*other, r, Lanes::fast).policies[0];
      CHECK(a.adoption_time == b.adoption_time);
      CHECK(a.belief_mean == b.belief_mean);
      CHECK(a.belief_precision == b.belief_precision);
      CHECK(a.abandonments == b.abandonments);
      CHECK(a.belief_period == b.belief_period);
      CHECK(std::set<double>(a.belief_mean.begin(), a.belief_mean.end()).size() > 100);
    }
  }
}

TEST_CASE("where nothing is drawn, the order of the cities' names is no matter") {
  // Ids in the reverse order: every belief is as it was, but for rounding.
  test::Texts texts = sixty("merit: {performance: {attribute: size}, spread: 0.5}, threshold: 0, rule: threshold, " +
                            lessons(", noise: none", "1"));
  texts.yaml.replace(texts.yaml.find("baseline: -3, "), std::string("baseline: -3, ").size(), "");
  texts.yaml.replace(texts.yaml.find("adopters: {random: 4}"), std::string("adopters: {random: 4}").size(),
                     "adopters: {where: {size: {min: 1}}}, at_risk: {cities: {where: {size: {max: -9}}}}");
  test::Texts renamed = texts;
  for (auto& [name, text] : renamed.files) {
    std::string changed;
    for (std::size_t k = 0; k < text.size(); ++k) {
      if (text.compare(k, 4, "city") != 0) {
        changed += text[k];
        continue;
      }
      std::size_t const end = text.find_first_of(",\n", k);
      changed += fmt::format("z{:03}", 999 - std::stoi(text.substr(k + 4, end - k - 4)));
      k = end - 1;
    }
    text = changed;
  }
  auto const base = test::ask(texts), other = test::ask(renamed);
  History const a = test::run_one(*base, 0, Lanes::fast), b = test::run_one(*other, 0, Lanes::fast);
  std::size_t const n = base->world.cities.size();
  int moved = 0;
  for (Index i = 0; i < n; ++i) {
    std::string const id = fmt::format("z{:03}", 999 - std::stoi(base->world.cities.id[i].substr(4)));
    Index const j = *other->world.cities.find(id);
    for (std::size_t t = 0; t < 12; ++t) {
      double const mean = a.policies[0].belief_mean[t * n + i];
      CHECK(mean == doctest::Approx(b.policies[0].belief_mean[t * n + j]).epsilon(1e-12));
      moved += mean != 0;
    }
  }
  CHECK(moved > 300);
}

}  // namespace hansa::metamorphic
