/// Own experience, leaving by own belief, reinvention and averages where their laws are known: of one city that decides
/// all that can happen is enumerated, and beliefs of who has left have closed-form moments.
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "cases.hpp"

namespace hansa::exact {

namespace {

constexpr std::int32_t last = 5;

/// City b alone decides, and leaves again. a, whom it observes with a weight of 1, has adopted before the start.
struct Alone {
  double baseline = -0.7, strength = 0.9;
  double base = -0.4, own_belief = 1.3;
  double mean = 0, precision = 1, spread = 0;
  double own_precision = 0;
  double q_a = 0, q_b = 0;
  double probability = 0, gain = 0;  ///< of reinvention
  bool averages = false;
  double openness = 1;
  bool b_before = false;  ///< b has adopted before the start too
};

struct Standing {
  std::array<double, cities> m{};
  double tau = 1;  ///< of b
  double q_a = 0, q = 0;
  bool adopted = false;
  int seen = 0;
  std::int32_t first = never, left = 0;
};

double chance_at(double x) {
  return 1 / (1 + std::exp(-x));
}

/// Everything that can happen, and how likely it is.
class Histories {
 public:
  explicit Histories(Alone const& of) : of_(of) {}

  std::map<test::Outcome, double> law() {
    Standing start;
    start.m.fill(of_.mean);
    start.tau = of_.precision;
    for (auto const& [gain_a, chance_a] : adapted()) {
      start.q_a = of_.q_a + gain_a;
      if (of_.b_before) {
        adopt(start, chance_a, 0);
      } else {
        decide(start, chance_a, 1);
      }
    }
    return law_;
  }

 private:
  [[nodiscard]] std::vector<std::pair<double, double>> adapted() const {
    return {{of_.gain, of_.probability}, {0, 1 - of_.probability}};
  }

  void adopt(Standing s, double chance, std::int32_t t) {
    s.adopted = true;
    s.seen = 0;
    if (s.first == never) s.first = t;
    for (auto const& [gain, p] : adapted()) {
      s.q = of_.q_b + gain;
      if (t == 0) {
        decide(s, chance * p, 1);
      } else {
        learn(s, chance * p, t, 0);
      }
    }
  }

  void decide(Standing const& s, double chance, std::int32_t t) {
    if (chance == 0) return;
    if (t > last) {
      law_[{0, s.first, never, never, 0, s.left, 0, 0}] += chance;
      return;
    }
    double const p = s.adopted ? chance_at(of_.base - of_.own_belief * own(s))
                               : chance_at(of_.baseline + of_.strength * (s.m[1] - of_.mean));
    learn(s, chance * (1 - p), t, 0);
    if (!s.adopted) return adopt(s, chance * p, t);
    Standing gone = s;
    gone.adopted = false;
    gone.left += 1;
    learn(gone, chance * p, t, s.seen);
  }

  /// What b believes of the policy in its own hands.
  [[nodiscard]] double own(Standing const& s) const {
    double const prior = 1 / (1 / s.tau + of_.spread * of_.spread), seen = s.seen * of_.own_precision;
    return (prior * s.m[1] + seen * s.q) / (prior + seen);
  }

  /// The end of step t; `seen`: how often b has seen what it has left in it.
  void learn(Standing s, double chance, std::int32_t t, int seen) {
    if (of_.averages) {
      average(s);
    } else {
      double const spread = of_.spread * of_.spread;
      double u = 0, v = 0;
      if (seen > 0 && of_.own_precision > 0) {
        double const worth = 1 / (spread + 1 / (seen * of_.own_precision));
        u += worth;
        v += worth * s.q;
      }
      if (t == 1) {
        u += 1 / (1 + spread);
        v += s.q_a / (1 + spread);
      }
      s.m[1] = (s.tau * s.m[1] + v) / (s.tau + u);
      s.tau += u;
      s.seen = s.adopted ? s.seen + 1 : 0;
    }
    decide(s, chance, t + 1);
  }

  void average(Standing& s) const {
    std::array<double, cities> told = s.m;
    told[0] = s.q_a;
    if (s.adopted) told[1] = s.q;
    std::array<double, cities> const before = s.m;
    for (int i = 1; i < cities; ++i) {
      double sum = 0, weights = 0;
      for (auto const& [source, weight] : sources_of(i)) {
        sum += weight * told[static_cast<std::size_t>(source)];
        weights += weight;
      }
      auto const k = static_cast<std::size_t>(i);
      s.m[k] = (1 - of_.openness) * before[k] + of_.openness * sum / weights;
    }
  }

  Alone of_;
  std::map<test::Outcome, double> law_;
};

/// The same in a scenario. `merit`, `learning`: what the policy has of them besides.
void check(Alone const& of, std::string const& merit, std::string const& learning) {
  std::string const reinvention =
      of.gain == 0 ? "" : fmt::format(", reinvention: {{probability: {}, gain: {}}}", of.probability, of.gain);
  test::Texts texts = world_with(fmt::format(
      "  p: {{baseline: {}, adopters: {}, at_risk: {{cities: [b]}}, merit: {}{}, abandonment: {{logit: {{base: {}, "
      "own_belief: {}}}}}, mechanisms: {{m: {{learning: {{network: ties{}}}, strength: {}}}}}}}\n",
      of.baseline, of.b_before ? "[a, b]" : "[a]", merit, reinvention, of.base, of.own_belief, learning, of.strength));
  texts.yaml.replace(texts.yaml.find("end: 3"), 6, fmt::format("end: {}", last));
  std::map<test::Outcome, double> law = Histories(of).law();
  CHECK(law.size() >= 4);
  check_fit(texts, law, adoptions_and_departures);
}

}  // namespace

TEST_CASE("who leaves by its own belief, and comes again, has the enumerated law") {
  for (bool const before : {false, true}) {
    Alone of{.mean = 0.5, .precision = 2, .spread = 0.6, .q_a = 0.2, .q_b = 0.5, .b_before = before};
    std::string const merit = "{performance: {attribute: bar}, spread: 0.6}";
    std::string const prior = ", noise: none, prior: {mean: 0.5, precision: 2}";
    check(of, merit, prior);  // b then believes of its own what it believes of others
    of.own_precision = 0.7;
    check(of, merit, prior + ", own_precision: 0.7");
    of.own_belief = -2;  // the better it is, the sooner it is left
    of.base = 0.5;
    of.own_precision = 5;
    check(of, merit, prior + ", own_precision: 5");
  }
}

TEST_CASE("adapted policies are better by the gain, for who adapts them and for who looks") {
  Alone of{.mean = -0.5, .precision = 0.5, .own_precision = 2, .q_a = -1, .q_b = -1, .probability = 0.35, .gain = 2};
  std::string const learning = ", noise: none, prior: {mean: -0.5, precision: 0.5}, own_precision: 2";
  check(of, "{mean: -1}", learning);
  of.b_before = true;
  check(of, "{mean: -1}", learning);
  of.probability = 1;
  check(of, "{mean: -1}", learning);
}

TEST_CASE("averages of beliefs have the enumerated law") {
  for (double const openness : {1.0, 0.4, 0.0}) {
    Alone of{.mean = 0.25, .q_a = 0.2, .q_b = 0.5, .averages = true, .openness = openness};
    check(of, "{performance: {attribute: bar}}",
          fmt::format(", model: degroot, openness: {}, prior: {{mean: 0.25}}", openness));
    of.q_a = of.q_b = -1.5;
    of.probability = 0.4;
    of.gain = 3;
    check(of, "{mean: -1.5}", fmt::format(", model: degroot, openness: {}, prior: {{mean: 0.25}}", openness));
  }
}

namespace {

/// City hub has the policy from 2 to 5 and from 7 on, its neighbour from 4 on; nobody decides. What hub believes of
/// cities like it at the end of 8, replicate by replicate.
struct Left {
  std::vector<double> mean, precision;

  Left(std::string const& learning, std::int64_t count) {
    test::Texts texts;
    texts.yaml =
        "hansa: 1\ntime: {start: 1, end: 8}\nseed: 78\ncities: {file: cities.csv}\nnetworks: {ties: {file: "
        "ties.csv}}\noutput: {beliefs: true}\npolicies:\n  p: {baseline: 0, adopters: {file: adopters.csv, until: 8}, "
        "merit: {mean: 0.4, spread: 0.5}, mechanisms: {m: {learning: {network: ties, own_precision: 0.8" +
        learning + "}}}}\n";
    texts.files["cities.csv"] = "id\nhub\nother\n";
    texts.files["ties.csv"] = "source,target\nother,hub\n";
    texts.files["adopters.csv"] = "city,year,left\nhub,2,5\nhub,7,\nother,4,\n";
    auto const question = test::ask(texts);
    Recorder recorder(question->model, question->world, question->plan);
    Replicate state(question->model, question->world, Lanes::fast);
    for (std::int64_t r = 0; r < count; ++r) {
      recorder.begin(r);
      state.run(r, recorder);
      PolicyHistory const& history = recorder.finish().policies[0];
      mean.push_back(history.belief_mean[7 * 2]);
      precision.push_back(history.belief_precision[7 * 2]);
    }
  }
};

constexpr std::int64_t draws_made = 4000;
constexpr double false_alarm = 1e-7;  // of a false false_alarm, of each of the 5 comparisons below

void check_normal(std::vector<double> const& values, double mean, double variance) {
  auto const n = static_cast<double>(values.size());
  double const found = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double squares = 0;
  for (double const x : values) squares += (x - found) * (x - found);
  CHECK(std::erfc(std::abs(found - mean) / std::sqrt(variance / n) / std::numbers::sqrt2) > false_alarm);
  double const above = test::chi_square_tail(squares / variance, n - 1);
  CHECK(2 * std::min(above, 1 - above) > false_alarm);
}

/// Hub has seen three steps of its own, and the other once.
double worth_of_all() {
  return 1 / (0.25 + 1 / (3 * 0.8)) + 1 / (1 + 0.25);
}

}  // namespace

TEST_CASE("what is taken in on leaving has the mean and variance of theory") {
  Left const left(", prior: {mean: -1, precision: 0.8}", draws_made);
  double const worth = worth_of_all(), tau = 0.8 + worth;
  for (double const precision : left.precision) REQUIRE(precision == doctest::Approx(tau).epsilon(1e-12));
  check_normal(left.mean, (0.8 * -1 + worth * 0.4) / tau, worth / (tau * tau));
}

TEST_CASE("who has left knows of the policy what its interval of 95 % says") {
  Left const left(", prior: {mean: 0.4, precision: 0.64, spread: 1.25}", draws_made);
  std::vector<double> scores;
  double inside = 0, counted_twice = 0;
  for (std::size_t r = 0; r < left.mean.size(); ++r) {
    scores.push_back((left.mean[r] - 0.4) * std::sqrt(left.precision[r]));
    inside += std::abs(scores.back()) < 1.959963984540054;
    // The test itself: three steps of one's own luck are no three adopters.
    double const each = 3 / (0.25 + 1 / 0.8) - 1 / (0.25 + 1 / (3 * 0.8));
    counted_twice += std::abs(left.mean[r] - 0.4) * std::sqrt(left.precision[r] + each) < 1.959963984540054;
  }
  check_normal(scores, 0, 1);
  double const sd = std::sqrt(0.95 * 0.05 * draws_made);
  CHECK(std::erfc(std::abs(inside - 0.95 * draws_made) / sd / std::numbers::sqrt2) > false_alarm);
  CHECK(counted_twice < inside);
}

}  // namespace hansa::exact
