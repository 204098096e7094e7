/// Tests of run/predictor: numbers that are set by date, as they are compiled, and by hand what cities do then.
#include "run/predictor.hpp"

#include <doctest/doctest.h>

#include "base/flat_math.hpp"
#include "base/random.hpp"
#include "support/question.hpp"

using namespace hansa;

namespace {

using SumsByStep = std::vector<std::pair<std::int32_t, double>>;

SumsByStep of_city(std::vector<AttributeStep> const& later, Index city) {
  SumsByStep steps;
  for (AttributeStep const& each : later)
    if (each.city == city) steps.emplace_back(each.step, each.sum);
  return steps;
}

/// Four cities, of which c has its size doubled in 2004; five steps.
std::unique_ptr<test::Question> four(std::string const& policy, std::string const& acts) {
  return test::ask(
      {"hansa: 1\ntime: {start: 2001, end: 2005}\ncities: {file: c.csv, panel: y.csv}\n"
       "policies: {p: {" +
           policy + "}}\ninterventions: [" + acts + "]\n",
       {{"c.csv", "id,country\na,X\nb,X\nc,Y\nd,Y\n"},
        {"y.csv", "city,year,size\na,2001,1\nb,2001,2\nc,2001,3\nd,2001,4\nc,2004,6\n"}}});
}

}  // namespace

TEST_CASE("baselines, effects and strengths by date") {
  auto const q = four(
      "baseline: -2, attributes: {size: 0.5}, mechanisms: {m: {log_adopters: {pool: all}, strength_by: "
      "{size: 1}}}",
      "{at: 2003, until: 2004, set: {policies.p.baseline: -1, policies.p.attributes.size: 1, "
      "policies.p.mechanisms.m.strength: 5}}");
  PolicyModel const& p = q->model.policies[0];
  CHECK(p.baseline == -2);
  REQUIRE(p.baselines_later.size() == 2);
  CHECK(p.baselines_later[0].step == 3);
  CHECK(p.baselines_later[0].number == -1);
  CHECK(p.baselines_later[1].step == 5);
  CHECK(p.baselines_later[1].number == -2);
  CHECK(p.attributes == std::vector<double>{0.5, 1, 1.5, 2});
  CHECK(of_city(p.attributes_later, 0) == SumsByStep{{3, 1}, {5, 0.5}});
  CHECK(of_city(p.attributes_later, 2) == SumsByStep{{3, 3}, {4, 6}, {5, 3}});
  REQUIRE(p.terms.size() == 1);
  CHECK(p.terms[0].strengths == std::vector<double>{2, 3, 4, 5});
  CHECK(of_city(p.terms[0].strengths_later, 0) == SumsByStep{{3, 6}, {5, 2}});
  CHECK(of_city(p.terms[0].strengths_later, 2) == SumsByStep{{3, 8}, {4, 11}, {5, 7}});
  CHECK(q->model.interventions[0].cities == 4);
  CHECK(q->model.interventions[0].policy == PolicyId{0});
}

TEST_CASE("one strength for all cities stays one until it is set; campaigns multiply what is set") {
  std::string const policy = "baseline: -2, mechanisms: {m: {log_adopters: {pool: all}, strength: 2}}";
  CHECK(four(policy, "{at: 2003, set: {policies.p.mechanisms.m.strength: 2}}")
            ->model.policies[0]
            .terms[0]
            .strengths.empty());
  auto const q = four(policy,
                      "{at: 2002, until: 2003, set: {policies.p.mechanisms.m.strength: 0}},"
                      "{at: 2003, until: 2004, campaign: {policy: p, mechanism: m, factor: 3, cities: [b]}}");
  CompiledTerm const& term = q->model.policies[0].terms.at(0);
  CHECK(term.strengths == std::vector<double>{2, 2, 2, 2});
  CHECK(of_city(term.strengths_later, 0) == SumsByStep{{2, 0}, {4, 2}});
  CHECK(of_city(term.strengths_later, 1) == SumsByStep{{2, 0}, {4, 6}, {5, 2}});
}

TEST_CASE("a mechanism whose parameter is set has a term for each, of one name, and one has a strength at a time") {
  auto const q = four(
      "baseline: -2, mechanisms: {a: {log_adopters: {pool: all}}, m: {scale: {pool: all, progress_ratio: "
      "0.8}, strength: 2}, z: {log_adopters: {pool: all}}}",
      "{at: 2002, until: 2003, set: {policies.p.mechanisms.m.scale.progress_ratio: 0.5}},"
      "{at: 2003, until: 2004, name: s, set: {policies.p.mechanisms.m.strength: 7}}");
  std::vector<CompiledTerm> const& terms = q->model.policies[0].terms;
  REQUIRE(terms.size() == 4);
  CHECK(terms[1].name == "m");
  CHECK(terms[2].name == "m");
  CHECK(terms[1].mechanism == terms[2].mechanism);
  CHECK(terms[3].name == "z");
  CHECK(terms[1].strengths == std::vector<double>(4, 2));
  CHECK(of_city(terms[1].strengths_later, 3) == SumsByStep{{2, 0}, {4, 7}, {5, 2}});
  CHECK(terms[2].strengths == std::vector<double>(4, 0));
  CHECK(of_city(terms[2].strengths_later, 3) == SumsByStep{{2, 2}, {3, 7}, {4, 0}});
}

TEST_CASE("trends and frailties by date") {
  auto const q = four("baseline: -2, trend: {linear: 0.5}, frailty: {city: 1}",
                      "{at: 2003, until: 2004, set: {policies.p.trend.linear: 2, policies.p.frailty.country: 3}}");
  PolicyModel const& p = q->model.policies[0];
  CHECK(p.trend == std::vector<double>{0, 0.5, 4, 6, 2});
  REQUIRE(p.frailty.sds.size() == 3);
  CHECK(p.frailty.sds[0].city == 1);
  CHECK(p.frailty.sds[0].country == 0);
  CHECK(p.frailty.sds[1].step == 3);
  CHECK(p.frailty.sds[1].country == 3);
  CHECK(p.frailty.sds[2].step == 5);
  CHECK(p.frailty.countries.size() == 2);
  auto const logs = four("baseline: -2, trend: {log_time: 0.5}", "{at: 2004, set: {policies.p.trend.log_time: 2}}");
  CHECK(logs->model.policies[0].log_time == 0.5);
  REQUIRE(logs->model.policies[0].log_times_later.size() == 1);
  CHECK(logs->model.policies[0].log_times_later[0].step == 4);
}

TEST_CASE("mistakes that only the world can tell are told of what is set, once") {
  auto const told = [](std::string const& policy, std::string const& acts) {
    try {
      (void)four(policy, acts);
    } catch (Error const& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  std::string const mechanism =
      "baseline: -2, mechanisms: {m: {exposure: {pool: all, shape: {logistic: {midpoint: 0.5, "
      "steepness: 3}}}}}";
  CHECK(told(mechanism, "{at: 2003, set: {policies.p.mechanisms.m.exposure.shape.logistic.midpoint: 90000}}")
            .find("this logistic is flat between 0 and 1") != std::string::npos);
  CHECK(told("baseline: -2, mechanisms: {m: {scale: {pool: all, shared: {fixed: 1, variable: 1}}}}",
             "{at: 2003, set: {policies.p.mechanisms.m.scale.progress_ratio: 0.5}}")
            .find("'progress_ratio'") != std::string::npos);
  CHECK(told("baseline: -2, mechanisms: {m: {exposure: {network: nowhere, shape: {power: 2}}}}",
             "{at: 2003, set: {policies.p.mechanisms.m.exposure.shape.power: 0.5}}")
            .find("nowhere") != std::string::npos);
}

namespace {

/// Adoption times of b, c and d under a rule without chance; a has adopted before.
std::vector<std::int32_t> times_of(std::string const& policy, std::string const& acts) {
  auto const q = four("rule: threshold, adopters: [a], " + policy, acts);
  std::vector<std::int32_t> times = test::run_one(*q, 0, Lanes::fast).policies[0].adoption_time;
  times.erase(times.begin());
  return times;
}

}  // namespace

TEST_CASE("by hand: thresholds of a half, of which a third of the others is seen") {
  std::string const policy = "threshold: 0.5, mechanisms: {m: {exposure: {pool: all}}}, attributes: {size: 0}";
  auto const times = [&](std::string const& acts) { return times_of(policy, acts); };
  using All = std::vector<std::int32_t>;
  CHECK(times("") == All(3, never));
  CHECK(times("{at: 2003, set: {policies.p.mechanisms.m.strength: 1.5}}") == All(3, 2003));  // 1.5 / 3 = 0.5
  CHECK(times("{at: 2003, set: {policies.p.mechanisms.m.strength: 1.49}}") == All(3, never));
  CHECK(times("{at: 2001, set: {policies.p.mechanisms.m.strength: 1.5}}") == All(3, 2001));
  CHECK(times("{at: 2005, set: {policies.p.mechanisms.m.strength: 1.5}}") == All(3, 2005));
}

TEST_CASE("by hand: effects lower thresholds while they are set, and cities that have adopted stay adopters") {
  // With an effect of 0.1 those of b, c and d (sizes 2, 3 and 4) are 0.5, 0.4 and 0.3.
  std::string const policy = "threshold: 0.7, mechanisms: {m: {exposure: {pool: all}}}, attributes: {size: 0}";
  using All = std::vector<std::int32_t>;
  CHECK(times_of(policy, "{at: 2002, until: 2002, set: {policies.p.attributes.size: 0.1}}") == All{never, never, 2002});
  // From 2003 on two of three others are seen.
  CHECK(times_of(policy, "{at: 2002, until: 2003, set: {policies.p.attributes.size: 0.1}}") == All{2003, 2003, 2002});
}

TEST_CASE("by hand: a trend that begins, a half-life that fades what is old, a power") {
  using All = std::vector<std::int32_t>;
  std::string const policy = "threshold: 0.5, mechanisms: {m: {exposure: {pool: all}, strength: 1.2}}";  // 0.4
  CHECK(times_of(policy + ", trend: {linear: 0}", "{at: 2002, set: {policies.p.trend.linear: 0.04}}") == All(3, 2004));
  // In 2003 the pressure is 0.4 + 2 * 0.04 = 0.48, and in 2004 0.52.
  CHECK(times_of(policy + ", trend: {periods: {2003: 0}}", "{at: 2001, set: {policies.p.trend.periods.2003: 0.2}}") ==
        All(3, 2003));
  std::string const strong = "threshold: 0.3, mechanisms: {m: {exposure: {pool: all, half_life: 1}, strength: 1.2}}";
  // a adopted in 2000 at the latest: 0.4 in 2001. Silent until 2003, it has faded to 0.1; as if it never faded, to 0.4.
  std::string const silent = "{at: 2001, until: 2002, name: s, set: {policies.p.mechanisms.m.strength: 0}}";
  CHECK(times_of(strong, "") == All(3, 2001));
  CHECK(times_of(strong, silent) == All(3, never));
  CHECK(times_of(strong, silent + ", {at: 2004, set: {policies.p.mechanisms.m.exposure.half_life: 1000}}") ==
        All(3, 2004));
  std::string const shaped = "threshold: 0.5, mechanisms: {m: {exposure: {pool: all, shape: {power: 2}}}}";
  CHECK(times_of(shaped, "{at: 2003, until: 2003, set: {policies.p.mechanisms.m.exposure.shape.power: 0.5}}") ==
        All(3, 2003));  // the root of 1/3 is 0.58
}

TEST_CASE("by hand: frailties are the same draws, times what is set") {
  std::string const policy = "threshold: 0.5, mechanisms: {m: {exposure: {pool: all}, strength: 0.9}}";  // 0.3
  auto const q = four("rule: threshold, adopters: [a], " + policy, "{at: 2003, set: {policies.p.frailty.city: 0.4}}");
  int lowered = 0;
  for (std::int64_t r = 0; r < 50; ++r) {
    std::uint64_t const key = make_key(q->model.seed, static_cast<std::uint64_t>(r), Purpose::frailty_city, 0);
    auto const times = test::run_one(*q, r, Lanes::full).policies[0].adoption_time;
    for (Index i = 1; i < 4; ++i) {
      double const z = flat::inverse_normal(draw_uniform(key, q->world.cities.hash[i], 0));
      bool const at_once = 0.5 - 0.4 * z <= 0.3;
      CHECK((times[i] == 2003) == at_once);
      CHECK((times[i] == never || times[i] >= 2003));
      lowered += at_once;
    }
  }
  CHECK(lowered > 20);
}

TEST_CASE("by hand: what is adopted of the cities' own accord is the baseline's, as it is set") {
  auto const q = four("rule: linear, baseline: 0, mechanisms: {m: {scale: {pool: all, progress_ratio: 1}}}",
                      "{at: 2003, until: 2003, set: {policies.p.baseline: 1}}");
  auto const history = test::run_one(*q, 0, Lanes::full).policies[0];
  CHECK(history.adoption_time == std::vector<std::int32_t>(4, 2003));
  CHECK(history.adoptions_by_mechanism.at(2) == doctest::Approx(4));
}
