/// Tests of study/paired_tally where parameters are drawn: three kinds of uncertainty, each by itself.
#include "study/paired_tally.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "base/random.hpp"
#include "lines.hpp"
#include "mechanisms/catalogue.hpp"
#include "study/compare.hpp"

using namespace hansa;
using namespace hansa::testing;

namespace {

/// A normal number of draw number `draw`, by twelve uniform ones.
double drawn_normal(std::int64_t draw) {
  double sum = -6;
  for (std::uint32_t k = 0; k < 12; ++k) sum += draw_uniform(0x5eed, static_cast<std::uint64_t>(draw), k);
  return sum;
}

Model fresh(test::Question const& question) {
  Complaints ignored;
  return compile(question.scenario, question.world, standard_catalogue(), ignored);
}

/// 400 cities of which each adopts by itself with the chance 1/(1 + e^−b) in the one step there is; funding adds ten.
std::unique_ptr<test::Question> crowd(bool funded) {
  test::Texts texts;
  texts.yaml =
      "hansa: 1\ntime: {start: 2000, end: 2000}\nseed: 3\nreplicates: 10\ncities: {generate: 400}\n"
      "policies: {p: {baseline: -1, adopters: []}}\n";
  if (funded) texts.yaml += "interventions: [{at: 2000, name: fund, seed: {policy: p, cities: {random: 100}}}]\n";
  return test::ask(texts);
}

/// Baselines of −1 + width · N(0, 1), the same in both scenarios.
CompareOutcome drawn_crowds(double width, std::int64_t replicates, std::int64_t per_draw, int threads = 0) {
  auto const base = crowd(false), with = crowd(true);
  std::vector<ComparedScenario> both{scenario_of("base", *base), scenario_of("with", *with)};
  for (std::size_t k = 0; k < 2; ++k) {
    test::Question const& question = k == 0 ? *base : *with;
    both[k].model_of = [&question, width](std::int64_t draw) {
      Model model = fresh(question);
      model.policies[0].baseline = -1 + width * drawn_normal(draw);
      return model;
    };
  }
  CompareOptions options;
  options.replicates = replicates;
  options.per_draw = per_draw;
  options.threads = threads;
  CompareOutcome outcome = compare(both, base->plan, options);
  REQUIRE(outcome.failed.empty());
  return outcome;
}

double chance_at(double baseline) {
  return 1 / (1 + std::exp(-baseline));
}

double width_of(Interval const& each) {
  return each.high - each.low;
}

}  // namespace

TEST_CASE("where luck is small, the interval over draws is that of the law of the estimate") {
  Comparison const found = drawn_crowds(0.8, 4000, 10).comparison;
  CHECK(found.draws == 400);
  CHECK(found.per_draw == 10);
  BetweenDraws const base = *found.outcomes[0][0].adopters.back().draws;
  // 400 draws tell a 5 % quantile to 0.8 · 0.105 in the baseline: 4.5 of these, so that one seed in 1e-5 fails, and a
  // little for what luck leaves. In cities that is the derivative 400 · p (1 − p) times as much.
  auto const off = [](double baseline) {
    return 400 * chance_at(baseline) * (1 - chance_at(baseline)) * 4.5 * 0.8 * 0.105 + 2;
  };
  double const low = -1 - 1.645 * 0.8, high = -1 + 1.645 * 0.8;
  CHECK(std::fabs(base.low - 400 * chance_at(low)) < off(low));
  CHECK(std::fabs(base.high - 400 * chance_at(high)) < off(high));
  CHECK(base.share > 0.9);
  // The hundred funded adopt surely: with them 100 (1 − p) more, high where the baseline is low.
  BetweenDraws const more = *found.what_ifs[0].policies[0].adopters.back().draws;
  CHECK(std::fabs(more.high - 100 * (1 - chance_at(low))) < off(low) / 4 + 1);
  CHECK(std::fabs(more.low - 100 * (1 - chance_at(high))) < off(high) / 4 + 1);
}

TEST_CASE("where nothing is drawn but luck, the interval over draws has no width within noise") {
  // The variance between 400 draws of ten is estimated to √(2/399) / 10 of the variance within: 0.0071. Its root is
  // beyond 0.18 of luck's standard deviation at 4.5 of these, one seed in 1e-5.
  Comparison const found = drawn_crowds(0, 4000, 10).comparison;
  Interval const& last = found.what_ifs[0].policies[0].adopters.back();
  Luck const& luck = found.what_ifs[0].policies[0].luck.back();
  CHECK(last.draws->high - last.draws->low < 0.18 * (luck.high - luck.low) * 1.2);
  CHECK(last.draws->share < 4.5 * 0.0071);
  // Luck is that of the hundred: binomial with 100 and 1 − p.
  double const sd = std::sqrt(100 * chance_at(-1) * (1 - chance_at(-1)));
  CHECK(luck.high - luck.low == doctest::Approx(2 * 1.645 * sd).epsilon(0.12));
  // So is the interval of the mean, which draws do not widen.
  CHECK(width_of(last) == doctest::Approx(2 * 1.96 * sd / std::sqrt(4000.0)).epsilon(0.2));
}

TEST_CASE("four times the replicates halve the interval of the mean and leave the two others") {
  // Fixed seeds. Spreads of 100 draws are known to about a tenth: the bounds are 4 such errors of the smaller run.
  CompareOutcome const few = drawn_crowds(0.5, 1000, 10), many = drawn_crowds(0.5, 4000, 10);
  PolicyDifference const &a = few.comparison.what_ifs[0].policies[0], &b = many.comparison.what_ifs[0].policies[0];
  CHECK(width_of(b.adopters.back()) / width_of(a.adopters.back()) == doctest::Approx(0.5).epsilon(0.2));
  Luck const &luck_a = a.luck.back(), &luck_b = b.luck.back();
  CHECK((luck_b.high - luck_b.low) / (luck_a.high - luck_a.low) == doctest::Approx(1).epsilon(0.12));
  BetweenDraws const &draws_a = *a.adopters.back().draws, &draws_b = *b.adopters.back().draws;
  CHECK((draws_b.high - draws_b.low) / (draws_a.high - draws_a.low) == doctest::Approx(1).epsilon(0.4));
  CHECK(std::fabs(draws_a.share - draws_b.share) < 4.5 * (draws_a.share_error + draws_b.share_error));
  // The three are of different sizes: none stands for another.
  CHECK(width_of(b.adopters.back()) < 0.2 * (luck_b.high - luck_b.low));
  CHECK(draws_b.share > 0.4);
  CHECK(draws_b.share < 0.95);
}

TEST_CASE("luck under one draw knows nothing of what draws do") {
  Luck const narrow = drawn_crowds(0, 2000, 10).comparison.outcomes[0][0].luck.back(),
             wide = drawn_crowds(1, 2000, 10).comparison.outcomes[0][0].luck.back();
  // 400 cities at chances from 0.07 to 0.65: luck's spread grows and shrinks with p (1 − p), by less than a fifth in
  // the mean, where draws alone spread by 250 cities.
  CHECK((wide.high - wide.low) == doctest::Approx(narrow.high - narrow.low).epsilon(0.2));
  CHECK(wide.high - wide.low < 50);
}

TEST_CASE("replicates of a draw share it in all scenarios, whatever the threads") {
  CompareOutcome const one = drawn_crowds(1, 60, 6, 1), three = drawn_crowds(1, 60, 6, 3);
  CHECK(one.adopters == three.adopters);
  CHECK(one.comparison.what_ifs[0].policies[0].adopters[0].draws->share ==
        three.comparison.what_ifs[0].policies[0].adopters[0].draws->share);
  CHECK(one.comparison.draws == 10);
  // Without drawing there is neither.
  auto const base = crowd(false), with = crowd(true);
  CHECK(compared(*base, *with, 20).comparison.draws == 0);
  CHECK_FALSE(compared(*base, *with, 20).comparison.outcomes[0][0].adopters[0].draws);
}
