/// Tests of tell/comparison, tell/comparison_words and tell/followers.
#include "tell/comparison.hpp"

#include <cmath>
#include <limits>

#include <doctest/doctest.h>

#include "io/json.hpp"
#include "tell/comparison_words.hpp"
#include "tell/followers.hpp"

using namespace hansa;

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// Text without line breaks.
std::string on_one_line(std::string text) {
  std::string made;
  for (char const each : text) {
    if (each == '\n') made += ' ';
    if (each != '\n') made += each;
  }
  return made;
}

bool tells_of(std::string const& text, std::string const& part) {
  return on_one_line(text).find(part) != std::string::npos;
}

struct Found {
  Cities cities;
  Comparison comparison;
  ComparisonFacts facts;

  Found() {
    cities.id = {"a", "b", "c"};
    cities.input_order = {0, 1, 2};
    facts.asked = 100;
    comparison.scenarios = {"base", "fund"};
    comparison.policies = {"led"};
    comparison.clock = {2000, 2001, "year"};
    comparison.cities = 3;
    comparison.replicates = 100;
    ArmOutcome outcome;
    outcome.adopters = {{1, 0.9, 1.1}, {1.5, 1.4, 1.6}};
    outcome.luck = {{1, 1, 1}, {1, 1, 2}};
    comparison.outcomes = {{outcome}, {outcome}};
    PolicyDifference& made = comparison.what_ifs.emplace_back().policies.emplace_back();
    made.adopters = {{0, 0, 0}, {1.25, 1, 1.5}};
    made.luck = {{0, 0, 0}, {0, 1, 2}};
    made.times = {{0.25, 100, 100, 100, {-1, -1.2, -0.8}}, {0.5, 90, 95, 90, {-0.5, -0.6, -0.4}}, {0.75, 0, 0, 0, {}}};
    made.followers = {{0}, {0.2, 0.1, 0.3}, {0.8, 0.7, 0.9}, {0.45, 0.4, 0.5}};
    made.cities = {{0.2, 0.5, 0.5}, {1, 0.7, 0.5}, {0, 0, 0}, {0, 0, 0}, {0.8, 0.2, 0}, {0, 0, 0}, {1.5, 0.25, 0}};
    made.gain = 12.34;
  }
  PolicyDifference& difference() { return comparison.what_ifs[0].policies[0]; }
  [[nodiscard]] std::string words() const { return comparison_words(comparison, cities, facts); }
};

}  // namespace

TEST_CASE("numbers are short, amounts are written out") {
  CHECK(short_number(31.24) == "31.2");
  CHECK(short_number(0.456) == "0.46");
  CHECK(short_number(-3.04) == "-3");
  CHECK(short_number(-0.001) == "0");
  CHECK(short_number(1234.5) == "1234");
  CHECK(short_number(unknown) == "-");
  CHECK(signed_number(2) == "+2");
  CHECK(signed_number(0.001) == "0");
  CHECK(amount_words(816789) == "817000");
  CHECK(amount_words(12.345) == "12.3");
  CHECK(bounds_words({1, -1, 2.5}) == "-1 to +2.5");
  CHECK(bounds_words({1, unknown, unknown}) == "-");
  CHECK(counted_words(1, "city", "cities") == "1 city");
  CHECK(counted_words(1.04, "city", "cities") == "1 city");
}

TEST_CASE("findings come in sentences, the followers first") {
  Found const found;
  std::string const text = found.words();
  CHECK(text.starts_with("Strengths are as the scenario states them"));
  CHECK(tells_of(
      text,
      "fund, led: 0.45 more cities that are not funded adopt by 2001 (95 % interval of the mean +0.4 to +0.5); "
      "of the 1 city funded, 0.2 would have adopted by then anyway, and 0.8 more do. In all, 1.2 more cities "
      "have adopted in 2001 (95 % interval of the mean +1 to +1.5); in nine of ten runs 0 to +2. Half of all "
      "cities is reached in 90 of 100 runs without it and in 95 with it; where in both, 0.5 years earlier"));
  CHECK(tells_of(text, "Unpaired, 12.3 times as many runs would be needed to know this as well."));
  CHECK(tells_of(text, "  b "));  // moved, not funded
  CHECK(tells_of(text, "fund, led: most moved, not funded"));
  CHECK_FALSE(tells_of(text, "  a "));
  CHECK(tells_of(text, "known to ± 0.10 at 100 replicates"));
  CHECK_FALSE(tells_of(text, "costs"));
}

TEST_CASE("costs are told of what is certain to bring adopters") {
  Found found;
  found.comparison.what_ifs[0].cost = {1000, 1000, 1000};
  found.difference().cost_per_adopter = {800, 1000 / 1.5, 1000};
  found.difference().cost_per_follower = {1000 / 0.45, 2000, 2500};
  found.facts.currency = "EUR";
  CHECK(tells_of(found.words(),
                 "It costs its funders 1000 EUR more: 800 per additional adopter (667 to 1000), 2220 per follower "
                 "(2000 to 2500)."));
  found.comparison.what_ifs[0].cost = {1000, 900, 1100};
  CHECK(tells_of(found.words(), "1000 EUR more (95 % interval of the mean +900 to +1100): 800 per"));
  found.difference().adopters[1] = {1.25, -0.1, 2.6};
  CHECK(tells_of(found.words(), "that it brings more adopters is not certain"));
  found.comparison.what_ifs[0].cost = {-1000, -1100, -900};
  CHECK(tells_of(found.words(), "It costs its funders 1000 EUR less (95 % interval of the mean -1100 to -900). "));
}

TEST_CASE("what cities and others pay of the cost is told with its uncertainty") {
  Found found;
  CHECK_FALSE(tells_of(found.words(), "spent"));
  for (auto& policies : found.comparison.outcomes)
    policies[0].paid = {{{5, 4, 6}, {90, 80, 100}}, {{0, 0, 0}, {0, 0, 0}}};
  found.difference().paid = {{{1, 0, 2}, {-12.5, -14, -11}}, {{0, 0, 0}, {0, 0, 0}}};
  found.facts.currency = "EUR";
  CHECK(tells_of(found.words(),
                 "By 2001 cities have spent 12.5 EUR less (95 % interval of the mean -14 to -11). Unpaired"));
  CHECK(tells_of(found.words(), "    spent by cities, EUR "));
  CHECK_FALSE(tells_of(found.words(), "subsidies paid"));
  found.comparison.outcomes[1][0].paid.subsidies = {{2, 1, 3}, {7, 6, 8}};
  found.difference().paid.subsidies = {{2, 1, 3}, {7, 6, 8}};
  CHECK(tells_of(found.words(), ", subsidies 7 EUR more (95 % interval of the mean +6 to +8)."));
  CHECK(tells_of(found.words(), "    subsidies paid, EUR "));
  found.difference().paid.spending[1] = {0, 0, 0};
  CHECK(tells_of(found.words(), "By 2001 cities have spent as much, subsidies 7 EUR more"));
}

TEST_CASE("no difference at all is said so") {
  Found found;
  PolicyDifference& made = found.difference();
  made.adopters = {{0, 0, 0}, {0, 0, 0}};
  made.cities.gained = made.cities.earlier = {0, 0, 0};
  CHECK(tells_of(found.words(), "fund, led: no city adopts at another time in any replicate."));
  // A city later, another earlier by as much: that is a difference.
  made.cities.gained = {1, -1, 0};
  CHECK_FALSE(tells_of(found.words(), "no city adopts at another time"));
}

TEST_CASE("the source of strengths, failures and missed precision are told") {
  Found found;
  found.facts.strengths = Strengths::drawn;
  found.comparison.failed = 3;
  found.facts.until = PreciseRequest{Precise::followers, 0.01};
  found.facts.precision = Precision::missed;
  std::string const text = found.words();
  CHECK(text.starts_with("Strengths are drawn from their estimated distribution"));
  CHECK(tells_of(text, "3 of 100 replicates failed in some scenario"));
  CHECK(tells_of(text, "followers:0.01 was not reached with 100 replicates."));
  found.facts.precision = Precision::nowhere;
  CHECK(tells_of(found.words(), "followers:0.01: nothing has this measure after 100 replicates"));
  found.facts.precision = Precision::reached;
  found.facts.lacking = {{0, 0}};
  CHECK(tells_of(found.words(),
                 "followers:0.01 was reached with 100 replicates. It is not known of fund, led, which has no such"));
  found.comparison.replicates = 0;
  CHECK(tells_of(found.words(), "No replicate was finished in all scenarios."));
}

TEST_CASE("rivals and followers") {
  Found found;
  Rivals& rivals = found.difference().rivals.emplace();
  rivals = {50, {2, 1, 3}, {{1, 0, 2}, {1.5, 1, 2}}, 1, {2.5, 2, 3}, {1.2, 1, 2}};
  Following& following = found.difference().following.emplace();
  following = {50,
               {"a", "b"},
               {{0.5, 0, 1}, {2, 1, 3}},
               {{0.25, 0, 1}, {1, 0, 2}},
               {0, 0.5F, 0, 0.75F, 0, 0.25F},
               {0, 0, 0, 0, 0, 0}};
  std::string const text = found.words();
  CHECK(tells_of(text,
                 "2 random choices of 1 city lead to 1 to 1.5 followers, fewer than these in 100 % of them; the 1 best "
                 "connected lead to 2.5, the 1 most inclined by themselves to 1.2."));
  std::size_t const b = text.find("  b               "), a = text.find("a 0.75, c 0.25");
  CHECK(a != std::string::npos);
  CHECK(b != std::string::npos);
  Node const tree = comparison_tree(found.comparison, found.cities, found.facts);
  Node const& led = tree.find("differences")->items.at(0).find("policies")->items.at(0);
  CHECK(led.find("rivals")->find("beaten")->text == "1");
  CHECK(led.find("following")->find("groups")->items.at(1).find("changed")->items.at(0).find("share")->text == "0.75");
  CHECK(led.find("cities")->items.at(1).find("chance_with")->text == "0.7");
  CHECK(to_json(tree).find("nan") == std::string::npos);
}

TEST_CASE("what draws do is told beside luck and the error of the mean, never as one of them") {
  Found found;
  found.facts.strengths = Strengths::drawn;
  found.comparison.draws = 20;
  found.comparison.per_draw = 5;
  PolicyDifference& made = found.difference();
  made.adopters[1].draws = BetweenDraws{0.5, 1.2, 2.5, 0.34, 0.04};
  made.followers.followers.draws = BetweenDraws{0.45, 0.45, 0.45, 0, 0.03};
  for (auto& outcomes : found.comparison.outcomes) outcomes[0].adopters[1].draws = BetweenDraws{1, 1.5, 2, 0.5, 0.1};
  std::string const text = found.words();
  CHECK(tells_of(text,
                 "In all, 1.2 more cities have adopted in 2001 (95 % interval of the mean +1 to +1.5); by luck 0 to +2 "
                 "in nine of ten runs; by what is not known of the strengths +0.5 to +2.5 in nine of ten draws (34 ± 4 "
                 "% of the variance)."));
  CHECK(tells_of(text,
                 "by what is not known of the strengths by too little to tell from luck (0 ± 3 % of the variance)"));
  CHECK(tells_of(text, "5 to 95 % of draws"));
  CHECK(tells_of(text, "+0.5 to +2.5"));
  CHECK(tells_of(text, "to ± 0.22 at 20 draws where the strengths do"));
  CHECK(tells_of(text, "100 replicates (20 draws of the strengths, 5 replicates each)"));
  Node const tree = comparison_tree(found.comparison, found.cities, found.facts);
  Node const& led = tree.find("differences")->items.at(0).find("policies")->items.at(0);
  CHECK(led.find("adopters")->items.at(1).find("draws")->find("variance_share")->text == "0.34");
  CHECK(led.find("adopters")->items.at(0).find("draws") == nullptr);
  CHECK(tree.find("draws")->text == "20");
}

TEST_CASE("reruns are counted, and what is left out of them is said with its reason") {
  Found found;
  Reruns& reruns = found.difference().reruns.emplace();
  reruns.replicates = 50;
  reruns.kinds = {{{1, 1}, {1, 1}, {1, 0}, {1, 1}, {50, 48}, {2, 2}, {2, 2}}};
  reruns.left_out = {{"the best connected", "replicate 3: no"},
                     {"random choice 7", "replicate 4: no"},
                     {"random choice 9", "replicate 5: no"}};
  std::string const text = found.words();
  CHECK(
      tells_of(text,
               "from 55 reruns of 50 replicates (48 random choices, 2 of single groups alone, 2 of all but one group, "
               "3 besides). 3 of 58 reruns are left out, since a replicate failed: the best connected (replicate 3: "
               "no), random choice 7 (replicate 4: no), random choice 9 (replicate 5: no)."));
  reruns.left_out.clear();
  reruns.failed = 2;
  CHECK(tells_of(found.words(), "2 of 52 replicates failed without any rerun's seeds, and count in none."));
  reruns = {};
  reruns.none = "none were asked for";
  CHECK(tells_of(found.words(), "for want of reruns: none were asked for."));
  Node const tree = comparison_tree(found.comparison, found.cities, found.facts);
  Node const& led = tree.find("differences")->items.at(0).find("policies")->items.at(0);
  CHECK(led.find("reruns")->find("none")->text == "none were asked for");
  CHECK(led.find("reruns")->find("kinds")->items.size() == 7);
  // A rival that is not known is none of those that are told.
  found.difference().rivals =
      Rivals{50, {2, 1, 3}, {{1, 0, 2}, {unknown, unknown, unknown}}, 1, {unknown, unknown, unknown}, {1.2, 1, 2}};
  CHECK(tells_of(found.words(), "1 random choices of 1 city lead to 1 to 1 followers"));
  CHECK(tells_of(found.words(), "the 1 best connected lead to -"));
}

TEST_CASE("the most moved are those whose chance differs most, without the funded") {
  Found found;
  CHECK(most_moved(found.difference(), found.cities, 10) == std::vector<Index>{1});
  found.difference().followers.funded.clear();
  CHECK(tells_of(found.words(), "fund, led: most moved  "));
  CHECK(most_moved(found.difference(), found.cities, 10) == std::vector<Index>{0, 1});
  CHECK(most_moved(found.difference(), found.cities, 1) == std::vector<Index>{0});
}
