/// Tests of tell/levels.
#include "tell/levels.hpp"

#include <cmath>

#include "asked.hpp"
#include "base/flat_math.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

Levels levels(std::string_view mechanism, std::string_view more = "") {
  Asked const question = asked_about("{led: {baseline: -5, mechanisms: {m: {" + std::string(mechanism) + "}}}}", more);
  PolicySpec const& policy = question.scenario->policies.at(0);
  return levels_of(policy.mechanisms.at(0), question.model.policies.at(0).terms.at(0), policy, *question.world,
                   question.model);
}

std::vector<double> m_of(Levels const& all) {
  std::vector<double> m;
  for (Level const& each : all.levels) m.push_back(each.m);
  return m;
}

constexpr std::string_view club = "collaborations: {properties: {club: {members: {random: 10}}}}\n";

}  // namespace

TEST_CASE("a share of those observed: none, half, all") {
  Levels const all = levels("exposure: {network: near}");
  CHECK(m_of(all) == std::vector{0.0, 0.5, 1.0});
  CHECK(all.levels[1].when == "half of those observed");
  CHECK(all.scale == Scale::share);
}

TEST_CASE("a step has its two sides, a bend its middle") {
  Levels const step = levels("exposure: {network: near, shape: {step: 0.3}}");
  CHECK(m_of(step) == std::vector{0.0, 1.0});
  CHECK(step.levels[1].when == "from 30 % of those observed on");
  Levels const bend = levels("exposure: {network: near, shape: {logistic: {midpoint: 0.3, steepness: 10}}}");
  CHECK(bend.levels[1].when == "30 % of those observed");
  CHECK(m_of(bend).back() == 1);
}

TEST_CASE("numbers and weights of those observed, as the middle city has them") {
  CHECK(m_of(levels("exposure: {network: near, normalize: count}")) == std::vector{0.0, 1.0, 2.0, 4.0});
  CHECK(levels("exposure: {network: near, normalize: weight}").levels.back().when == "all of them (4)");
  CHECK(m_of(levels("exposure: {pool: all, normalize: count}")) == std::vector{0.0, 1.0, 14.5, 29.0});
}

TEST_CASE("contagion adds up over sources") {
  Asked const question =
      asked_about("{led: {rule: additive, mechanisms: {m: {exposure: {network: near, transmission: 0.02}}}}}");
  PolicySpec const& policy = question.scenario->policies.at(0);
  Levels const all = levels_of(policy.mechanisms.at(0), question.model.policies.at(0).terms.at(0), policy,
                               *question.world, question.model);
  double const one = -flat::log1p(-0.02);
  CHECK(all.levels.at(1).m == doctest::Approx(one));
  CHECK(all.levels.back().m == doctest::Approx(4 * one));
}

TEST_CASE("costs fall with the adopters of the pool") {
  Levels const all = levels("scale: {pool: all, progress_ratio: 0.5}");
  REQUIRE(all.levels.size() == 4);
  CHECK(all.levels[0].m == 0);
  CHECK(all.levels[1].m == doctest::Approx(flat::log(2.0)));
  CHECK(all.levels[2].m == doctest::Approx(flat::log(11.0)));
  CHECK(all.levels[3].when == "29 adopters, all others in the pool");
  Levels const shared = levels("scale: {pool: all, shared: {fixed: 3, variable: 1}}");
  CHECK(shared.levels[1].m == doctest::Approx(flat::log(4.0 / 2.5)));
}

TEST_CASE("the logarithm of adopters") {
  CHECK(levels("log_adopters: {pool: all}").levels.at(1).m == doctest::Approx(flat::log(2.0)));
}

TEST_CASE("collective goods before and after their step, and what one's own part would add") {
  Levels const step = levels("collective: {production: {step: 0.4}}", club);
  CHECK(m_of(step) == std::vector{0.0, 1.0});
  Levels const pivotal = levels("collective: {production: {power: 2}, incentive: marginal}", club);
  REQUIRE(pivotal.levels.size() == 3);
  CHECK(pivotal.levels[0].m == doctest::Approx(0.1));  // (0.1² - 0)/0.1
  CHECK(pivotal.levels[2].m == doctest::Approx(1.9));  // (1 - 0.9²)/0.1
}

TEST_CASE("belonging, and what is learned") {
  CHECK(m_of(levels("membership: {}", club)) == std::vector{0.0, 1.0});
  Asked const question = asked_about("{led: {baseline: -5, mechanisms: {m: {membership: {}}}}}", club);
  MechanismSpec dated = question.scenario->policies.at(0).mechanisms.at(0);
  dated.parameters.set("measure", std::string("years"), {});
  CHECK(m_of(levels_of(dated, question.model.policies.at(0).terms.at(0), question.scenario->policies.at(0),
                       *question.world, question.model)) == std::vector{0.0, 1.0, 10.0});
  Levels const news = levels("learning: {network: near, prior: {mean: 0.5, precision: 4}, risk_aversion: 1}");
  CHECK(news.levels[0].m == 0);
  CHECK(news.levels[1].m == 1);
  CHECK(news.levels[2].m == -1);
  CHECK(news.levels[3].m == doctest::Approx(0 - 0.5 + 0.5));
}

TEST_CASE("a term that is tried agrees with its formula, in a world so small that every city watches") {
  Asked const question = asked_about(
      "{led: {baseline: -5, mechanisms: {a: {exposure: {network: near}}, b: {exposure: {pool: all}}, c: {log_adopters: "
      "{pool: all}}, d: {exposure: {pool: all, half_life: 1, normalize: weight}}}}}");
  auto const& terms = question.model.policies.at(0).terms;
  auto const tried = [&](std::size_t k) {
    return m_of({tried_levels(*terms.at(k).term, *question.world, question.model)});
  };
  for (std::size_t const share : {0, 1}) {
    CHECK(tried(share).front() == 0);
    CHECK(tried(share)[1] == doctest::Approx(0.5).epsilon(0.5));
    CHECK(tried(share).back() == doctest::Approx(1));
  }
  CHECK(tried(2).back() == doctest::Approx(flat::log(30.0)));
  CHECK(tried(3).back() == doctest::Approx(29));  // of the step before: nothing has faded
}

TEST_CASE("what is learned where performance is data is tried, in small worlds and in large ones") {
  for (std::string_view const cities : {"40", "500"}) {
    Asked const question = asked(
        "hansa: 1\ntime: {start: 2000, end: 2009}\ncities: {generate: " + std::string(cities) +
        ", coordinates: square}\nnetworks: {g: {erdos_renyi: {degree: 10}}}\npolicies: {led: {baseline: -5, merit: "
        "{performance: {attribute: x}}, mechanisms: {m: {learning: {network: g, noise: none, prior: {mean: -1}}}}}}\n");
    PolicySpec const& policy = question.scenario->policies.at(0);
    std::vector<double> const m = m_of(levels_of(policy.mechanisms.at(0), question.model.policies.at(0).terms.at(0),
                                                 policy, *question.world, question.model));
    REQUIRE(m.size() == 3);
    CHECK(m[0] == 0);
    CHECK(m[1] > 1);  // prior -1, precision 1; performance is 0.5 on average: five looks of precision 1 bring 1.25
    CHECK(m[2] > m[1]);
    CHECK(m[2] < 2);
  }
}

TEST_CASE("in a large world only a few cities watch, and all others are seen by them") {
  Asked const question = asked(
      "hansa: 1\ntime: {start: 2000, end: 2009}\ncities: {generate: 5000}\nnetworks: {g: {erdos_renyi: {degree: 8}}}\n"
      "policies: {led: {baseline: -5, mechanisms: {a: {exposure: {network: g}}, b: {log_adopters: {pool: all}}}}}\n");
  auto const& terms = question.model.policies.at(0).terms;
  auto const exposure = tried_levels(*terms.at(0).term, *question.world, question.model);
  CHECK(exposure[1].m == doctest::Approx(0.5).epsilon(0.3));
  CHECK(exposure[2].m == 1);
  auto const logarithm = tried_levels(*terms.at(1).term, *question.world, question.model);
  CHECK(logarithm[2].m == doctest::Approx(flat::log(5000.0 - 16 + 1)).epsilon(1e-9));
}

TEST_CASE("medians leave out what is missing") {
  CHECK(median_of({}) == 0);
  CHECK(median_of({std::nan(""), 3, 1, 2}) == 2);
  CHECK(median_of({1, 2, 3, 10}) == 2.5);
}
