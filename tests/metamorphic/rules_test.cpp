/// What must not change an answer of a rule does not, and what must change it in a known direction does: frailties of
/// sd 0, strengths that differ by nothing, more seeds, higher chances, the same hazard under another name.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "scenario/laws.hpp"
#include "support/random_texts.hpp"

namespace hansa::metamorphic {

namespace {

constexpr std::int64_t runs_each = 3;

/// In single precision strengths by city are rounded before they are attributed to.
bool same(History const& a, History const& b, Lanes lanes) {
  for (std::size_t p = 0; p < a.policies.size(); ++p) {
    if (a.policies[p].adoption_time != b.policies[p].adoption_time) return false;
    bool const exact = lanes == Lanes::full;
    if (exact && a.policies[p].adoptions_by_mechanism != b.policies[p].adoptions_by_mechanism) return false;
  }
  return a.policies.size() == b.policies.size();
}

/// Replicates are the same in either lane; false where a pressure is refused.
bool runs_alike(test::Question const& base, test::Question const& other) {
  try {
    for (std::int64_t r = 0; r < runs_each; ++r) {
      for (Lanes const lanes : {Lanes::fast, Lanes::full}) {
        History const before = test::run_one(base, r, lanes);
        CHECK(same(before, test::run_one(other, r, lanes), lanes));
      }
    }
    return true;
  } catch (Error const& error) {
    REQUIRE(error.fault() == Fault::failure);
    return false;
  }
}

/// Settings for every policy of random worlds, which must change nothing.
void check_idle(std::string const& without, std::function<std::vector<std::string>(PolicySpec const&)> const& idle) {
  int ran = 0, set = 0;
  for (std::uint64_t number = 40001; ran < 40; ++number) {
    REQUIRE(number < 41001);
    test::Texts const texts = test::random_texts(number);
    if (texts.yaml.find(without) != std::string::npos) continue;
    CAPTURE(number);
    auto const base = test::ask(texts);
    std::vector<std::string> settings;
    for (PolicySpec const& policy : base->scenario.policies) {
      for (std::string const& each : idle(policy)) settings.push_back(each);
    }
    set += static_cast<int>(settings.size());
    ran += runs_alike(*base, *test::ask(texts, settings));
  }
  CHECK(set > 40);
}

/// A ring and a random network of 300 cities; the policy's YAML without its name.
std::unique_ptr<test::Question> three_hundred(std::string const& policy) {
  return test::ask(
      {"hansa: 1\ntime: {start: 1, end: 40}\nseed: 11\ncities: {generate: 300}\n"
       "networks: {net: {erdos_renyi: {degree: 4}}}\npolicies:\n  p: " +
           policy + "\n",
       {}});
}

/// Everybody adopts no later in `more` than in `less`, and somebody earlier.
void check_no_later(std::string const& less, std::string const& more) {
  CAPTURE(less);
  CAPTURE(more);
  auto const base = three_hundred(less), other = three_hundred(more);
  int earlier = 0;
  auto const late = [](std::int32_t time) { return time == never ? 1000 : time; };
  for (std::int64_t r = 0; r < 20; ++r) {
    auto const before = test::run_one(*base, r, Lanes::full).policies[0].adoption_time;
    auto const after = test::run_one(*other, r, Lanes::full).policies[0].adoption_time;
    for (Index i = 0; i < before.size(); ++i) {
      REQUIRE(late(after[i]) <= late(before[i]));
      earlier += late(after[i]) < late(before[i]);
    }
  }
  CHECK(earlier > 100);
}

}  // namespace

TEST_CASE("frailty of standard deviation 0 is none, bit for bit") {
  check_idle("frailty", [](PolicySpec const& policy) -> std::vector<std::string> {
    if (policy.rule == Rule::cascade || (policy.rule == Rule::additive && !policy.baseline)) return {};
    return {fmt::format("policies.{}.frailty={{city: 0, city_policy: 0, country: 0, period: 0}}", policy.name)};
  });
}

TEST_CASE("strengths that differ by 0 are one strength, bit for bit") {
  check_idle("strength_by", [](PolicySpec const& policy) {
    std::vector<std::string> settings;
    for (MechanismSpec const& each : policy.mechanisms)
      if (!is_law(each))
        settings.push_back(fmt::format("policies.{}.mechanisms.{}.strength_by={{size: 0}}", policy.name, each.name));
    return settings;
  });
}

TEST_CASE("more seeds lead to no fewer adopters, and nobody adopts later") {
  // All pressures are nondecreasing in who has adopted, and runs_each share their resistances.
  for (std::string const rule :
       {"rule: logit, baseline: -4", "rule: cloglog, baseline: -4", "rule: additive", "rule: linear, baseline: 0.01",
        "rule: cascade", "rule: threshold, threshold: {uniform: [0, 1.2]}",
        "rule: cloglog, baseline: -4, frailty: {city: 0.5, period: 0.5}"}) {
    auto const with = [&](int seeds) {
      return fmt::format(
          "{{{}, adopters: {{random: {}}}, mechanisms: {{m: {{exposure: {{network: net}}, strength: "
          "0.3}}}}}}",
          rule, seeds);
    };
    check_no_later(with(5), with(20));
  }
}

TEST_CASE("higher chances of a tie reach no fewer, and nobody later") {
  auto const with = [](double chance) {
    return fmt::format(
        "{{rule: cascade, adopters: {{random: 5}}, mechanisms: {{m: {{exposure: {{network: net}}, "
        "strength: {}}}}}}}",
        chance);
  };
  check_no_later(with(0.2), with(0.3));
  check_no_later(with(0.5), with(1));
}

TEST_CASE("without mechanisms, additive is cloglog, and linear is logit at the same chance") {
  auto const times = [](std::string const& policy, std::int64_t r) {
    return test::run_one(*three_hundred(policy), r, Lanes::full).policies[0].adoption_time;
  };
  for (std::int64_t r = 0; r < 3; ++r) {
    CHECK(times("{rule: additive, baseline: -3, trend: {linear: 0.02}, frailty: {city: 0.5}}", r) ==
          times("{rule: cloglog, baseline: -3, trend: {linear: 0.02}, frailty: {city: 0.5}}", r));
    CHECK(times("{rule: linear, baseline: 0.04}", r) == times("{rule: logit, baseline: {chance: 0.04}}", r));
  }
}

TEST_CASE("frailties of countries go by their names") {
  auto const texts = [](std::string const& a, std::string const& b) {
    std::string rows = "id,country\n";
    for (int i = 0; i < 100; ++i) rows += fmt::format("c{},{}\n", i, i < 50 ? a : b);
    return test::Texts{
        "hansa: 1\ntime: {start: 1, end: 20}\ncities: {file: cities.csv}\npolicies: {p: {rule: cloglog, "
        "baseline: -3, frailty: {country: 1}}}\n",
        {{"cities.csv", rows}}};
  };
  auto const base = test::ask(texts("FRA", "BRA"));
  // Another first country leaves the second one's cities as they were.
  auto const renamed = test::run_one(*test::ask(texts("GER", "BRA")), 0, Lanes::full).policies[0].adoption_time;
  auto const before = test::run_one(*base, 0, Lanes::full).policies[0].adoption_time;
  int changed = 0;
  for (Index i = 0; i < before.size(); ++i) {
    bool const of_first = std::stoi(base->world.cities.id[i].substr(1)) < 50;
    if (!of_first) CHECK(before[i] == renamed[i]);
    changed += of_first && before[i] != renamed[i];
  }
  CHECK(changed > 0);
}

}  // namespace hansa::metamorphic
