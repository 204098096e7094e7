/// Learning where its law is known: without noise beliefs are a function of who has adopted, with noise and random
/// merit they are normal, and so are their moments and the coverage of their intervals.
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "cases.hpp"

namespace hansa::exact {

namespace {

constexpr std::array<double, cities> size{0.5, -1, 2, 0}, bar{0.2, 0.5, 0.5, 1};

/// Weight of the tie along which `city` observes `other`; 0 without one.
double weight(int city, int other) {
  constexpr double of[cities][cities] = {{0, 0, 0, 0}, {1, 0, 0, 3}, {2, 1, 0, 0}, {0, 1.5, 0.5, 0}};
  return of[city][other];
}

/// True once the other's adoption has been looked at: from the step after it, and after the first for initial adopters.
bool seen(View const& v, int other) {
  return v.t > first_label && v.adopted(other) > 0;
}

struct LearningCase {
  std::string merit, learning;
  Formula m;
};

/// M from prior and risk aversion, and what each look is worth and shows.
Formula news(std::function<double(int)> mean, std::function<double(int)> precision, double aversion,
             std::function<double(int, int)> worth, std::function<double(int)> performance) {
  return [=](View const& v) {
    double tau = precision(v.city), sum = tau * mean(v.city);
    for (int other = 0; other < cities; ++other) {
      if (weight(v.city, other) == 0 || !seen(v, other)) continue;
      tau += worth(v.city, other);
      sum += worth(v.city, other) * performance(other);
    }
    return (sum / tau - aversion / std::sqrt(tau)) - (mean(v.city) - aversion / std::sqrt(precision(v.city)));
  };
}

double at(std::array<double, cities> const& values, int city) {
  return values[static_cast<std::size_t>(city)];
}

double distance(int a, int b) {
  double const mean = std::accumulate(size.begin(), size.end(), 0.0) / cities;
  double squares = 0;
  for (double const x : size) squares += (x - mean) * (x - mean) / (cities - 1);
  return std::abs(at(size, a) - at(size, b)) / std::sqrt(squares);
}

std::vector<LearningCase> without_noise() {
  auto const always = [](double x) { return [x](int) { return x; }; };
  return {
      {"{mean: 1.5}", "prior: {mean: 0.5, precision: 2}",
       news(
           always(0.5), always(2), 0, [](int i, int j) { return weight(i, j); }, always(1.5))},
      {"{mean: -1, attributes: {size: 0.5}}",
       "observation_sd: 2, risk_aversion: 0.4, prior: {mean: {attribute: size}, precision: {attribute: votes}}",
       news([](int i) { return at(size, i); }, [](int i) { return at(votes, i); }, 0.4,
            [](int i, int j) { return weight(i, j) / 4; }, [](int j) { return -1 + 0.5 * at(size, j); })},
      {"{mean: 1}", "transferability: {on: [size], sd: 0.7}",
       news(
           always(0), always(1), 0,
           [](int i, int j) { return 1 / (1 / weight(i, j) + 0.49 * distance(i, j) * distance(i, j)); }, always(1))},
      {"{performance: {attribute: bar}, spread: 0.6}", "prior: {precision: 0.5}",
       news(
           always(0), always(0.5), 0, [](int i, int j) { return 1 / (1 / weight(i, j) + 0.36); },
           [](int j) { return at(bar, j); })},
  };
}

double logistic(double x) {
  return 1 / (1 + std::exp(-x));
}

}  // namespace

TEST_CASE("without noise the enumerated law holds") {
  struct RuleCase {
    std::string yaml;
    double baseline;
    Chance chance;
  };
  std::vector<RuleCase> const rules{
      {"rule: logit, baseline: -0.7", -0.7, logit()},
      {"rule: cloglog, baseline: -1.2", -1.2, cloglog()},
      {"rule: threshold, threshold: {normal: [0.3, 0.5]}", 0,
       threshold([](int, double x) { return normal_below(x, 0.3, 0.5); })},
  };
  for (RuleCase const& rule : rules) {
    for (LearningCase const& each : without_noise()) {
      Formula const eta = [&](View const& v) { return rule.baseline + 0.9 * each.m(v); };
      check_law(fmt::format("  p: {{{}, adopters: [a], merit: {}, mechanisms: {{m: {{learning: {{network: ties, noise: "
                            "none, {}}}, strength: 0.9}}}}}}\n",
                            rule.yaml, each.merit, each.learning),
                enumerate({eta, rule.chance, a_before, {}}));
    }
  }
}

TEST_CASE("noise and random merit, integrated out") {
  // Only b decides. It looks at a, the initial adopter, at the end of step 1; then its pressure stays.
  double const k = 1 / 0.64, v = 1 / (1 / k + 0.25), tau = 0.5 + v;
  double const mean = v * (1.2 - 0.2) / tau, sd = std::sqrt(v) / tau;  // v²(σ² + 1/k) = v
  double const first = logistic(-0.7);
  std::map<test::Outcome, double> law;
  auto const pressed = [&](double u) { return logistic(-0.7 + 1.5 * (mean + sd * u)); };
  law[{0, 1, never, never}] = first;
  law[{0, 2, never, never}] = (1 - first) * over_normal(pressed);
  law[{0, 3, never, never}] = (1 - first) * over_normal([&](double u) { return (1 - pressed(u)) * pressed(u); });
  law[{0, never, never, never}] = (1 - first) * over_normal([&](double u) { return std::pow(1 - pressed(u), 2); });
  check_law(
      "  p: {baseline: -0.7, adopters: [a], at_risk: {cities: [b]}, merit: {mean: 1.2, spread: 0.5}, mechanisms: {m: "
      "{learning: {network: ties, observation_sd: 0.8, prior: {mean: 0.2, precision: 0.5}}, strength: 1.5}}}\n",
      law);
  // The same from prior means that differ: what presses is what has changed.
  double const wide = std::sqrt(v + v * v * 0.7 * 0.7) / tau;
  auto const from_own = [&](double u) { return logistic(-0.7 + 1.5 * (mean + wide * u)); };
  law[{0, 2, never, never}] = (1 - first) * over_normal(from_own);
  law[{0, 3, never, never}] = (1 - first) * over_normal([&](double u) { return (1 - from_own(u)) * from_own(u); });
  law[{0, never, never, never}] = (1 - first) * over_normal([&](double u) { return std::pow(1 - from_own(u), 2); });
  check_law(
      "  p: {baseline: -0.7, adopters: [a], at_risk: {cities: [b]}, merit: {mean: 1.2, spread: 0.5}, mechanisms: {m: "
      "{learning: {network: ties, observation_sd: 0.8, prior: {mean: 0.2, precision: 0.5, spread: 0.7}}, strength: "
      "1.5}}}\n",
      law);
}

namespace {

/// City hub looks at s0 … s11, which adopt in 1 … 6, two a year, along ties of weight 1, 2, 3, 1, 2, 3, …; s3 leaves in
/// 4 and comes back in 5. Nobody decides. `ties`: rows besides the header.
struct Star {
  static constexpr int sources = 12, steps = 6;
  static double tie(int source) { return 1 + source % 3; }
  /// Looks at each source.
  static int looks(int source) { return source == 3 ? 2 : 1; }

  static std::string plain() {
    std::string rows = "source,target,weight\n";
    for (int j = 0; j < sources; ++j) rows += fmt::format("s{},hub,{}\n", j, tie(j));
    return rows;
  }
  /// The same ties one step after the other, with another weight in every second year.
  static std::string sliced() {
    std::string rows = "source,target,weight,from,until\n";
    for (int j = 0; j < sources; ++j) {
      for (int t = 1; t <= steps; ++t) {
        // In the steps in which the source begins an episode the weight is that of the plain ties.
        bool const begins = t == 1 + j / 2 || (j == 3 && t == 5);
        rows += fmt::format("s{},hub,{},{},{}\n", j, tie(j) + (begins ? 0 : 5), t, t);
      }
    }
    return rows;
  }

  static std::unique_ptr<test::Question> ask(std::string const& ties, std::string const& learning) {
    test::Texts texts;
    texts.yaml = fmt::format(
        "hansa: 1\ntime: {{start: 1, end: 6}}\nseed: 77\ncities: {{file: cities.csv}}\n"
        "networks: {{ties: {{file: ties.csv}}}}\noutput: {{beliefs: true}}\npolicies:\n"
        "  p: {{baseline: 0, adopters: {{file: adopters.csv, until: 6}}, merit: {{mean: 0.4, spread: 0.5}}, "
        "mechanisms: "
        "{{m: {{learning: {{network: ties, observation_sd: 1.5{}}}}}}}}}\n",
        learning);
    texts.files["cities.csv"] = "id\nhub\n";
    texts.files["adopters.csv"] = "city,year,left\n";
    for (int j = 0; j < sources; ++j) {
      texts.files["cities.csv"] += fmt::format("s{}\n", j);
      texts.files["adopters.csv"] += fmt::format("s{},{},{}\n", j, 1 + j / 2, j == 3 ? "4" : "");
    }
    texts.files["adopters.csv"] += "s3,5,\n";
    texts.files["ties.csv"] = ties;
    return test::ask(texts);
  }
};

/// What hub believes at the end, replicate by replicate.
struct Final {
  std::vector<double> mean, precision;

  Final(test::Question const& question, std::int64_t count) {
    std::size_t const n = question.world.cities.size();
    Index const hub = *question.world.cities.find("hub");
    Recorder recorder(question.model, question.world, question.plan);
    Replicate state(question.model, question.world, Lanes::fast);
    for (std::int64_t r = 0; r < count; ++r) {
      recorder.begin(r);
      state.run(r, recorder);
      PolicyHistory const& history = recorder.finish().policies[0];
      mean.push_back(history.belief_mean[(Star::steps - 1) * n + hub]);
      precision.push_back(history.belief_precision[(Star::steps - 1) * n + hub]);
    }
  }
};

constexpr std::int64_t samples = 4000;
constexpr double alarm = 1e-7;  // of a false alarm, of each of the 12 comparisons below

/// Mean and variance of normal numbers against what they should be.
void check_moments(std::vector<double> const& values, double mean, double variance) {
  auto const n = static_cast<double>(values.size());
  double const found = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double squares = 0;
  for (double const x : values) squares += (x - found) * (x - found);
  CHECK(std::erfc(std::abs(found - mean) / std::sqrt(variance / n) / std::numbers::sqrt2) > alarm);
  double const above = test::chi_square_tail(squares / variance, n - 1);
  CHECK(2 * std::min(above, 1 - above) > alarm);
}

}  // namespace

TEST_CASE("beliefs after many looks have the mean and variance of theory") {
  for (std::string const& ties : {Star::plain(), Star::sliced()}) {
    auto const question = Star::ask(ties, ", prior: {mean: -1, precision: 0.8}");
    Final const final(*question, samples);
    double worth = 0;
    for (int j = 0; j < Star::sources; ++j) worth += Star::looks(j) / (2.25 / Star::tie(j) + 0.25);
    double const tau = 0.8 + worth;
    for (double const precision : final.precision) REQUIRE(precision == doctest::Approx(tau).epsilon(1e-12));
    check_moments(final.mean, (0.8 * -1 + worth * 0.4) / tau, worth / (tau * tau));
  }
}

TEST_CASE("intervals of 95 % hold the truth in 95 % of the cases where priors are right") {
  for (std::string const& ties : {Star::plain(), Star::sliced()}) {
    // Prior means lie around the truth as widely as the prior says: sd 1.25 = 1/√0.64.
    auto const question = Star::ask(ties, ", prior: {mean: 0.4, precision: 0.64, spread: 1.25}");
    Final const final(*question, samples);
    std::vector<double> scores;
    double inside = 0;
    for (std::size_t r = 0; r < final.mean.size(); ++r) {
      scores.push_back((final.mean[r] - 0.4) * std::sqrt(final.precision[r]));
      inside += std::abs(scores.back()) < 1.959963984540054;
    }
    check_moments(scores, 0, 1);
    double const sd = std::sqrt(0.95 * 0.05 * samples);
    CHECK(std::erfc(std::abs(inside - 0.95 * samples) / sd / std::numbers::sqrt2) > alarm);
  }
}

TEST_CASE("the test itself: looks that are counted as if adopters were all alike make beliefs overconfident") {
  auto const question = Star::ask(Star::plain(), ", prior: {mean: 0.4, precision: 0.64, spread: 1.25}");
  Final const final(*question, samples);
  double alike = 0.64;
  for (int j = 0; j < Star::sources; ++j) alike += Star::looks(j) * Star::tie(j) / 2.25;
  double inside = 0;
  for (double const m : final.mean) inside += std::abs(m - 0.4) * std::sqrt(alike) < 1.959963984540054;
  CHECK(inside < 0.93 * samples);
}

TEST_CASE("without noise beliefs differ by merit alone") {
  auto const question = Star::ask(Star::plain(), ", noise: none");
  Final const final(*question, samples);
  double worth = 0, squares = 0;
  for (int j = 0; j < Star::sources; ++j) {
    double const v = 1 / (2.25 / Star::tie(j) + 0.25);
    worth += Star::looks(j) * v;
    squares += Star::looks(j) * v * v;
  }
  check_moments(final.mean, worth * 0.4 / (1 + worth), 0.25 * squares / ((1 + worth) * (1 + worth)));
}

}  // namespace hansa::exact
