/// The closing table, word for word.
#include "tell/closing.hpp"

#include <doctest/doctest.h>

#include "support/says.hpp"

using namespace hansa;

namespace {

using hansa::test::says;

Summary two_groups() {
  PolicySummary policy;
  policy.policy = "bikes";
  policy.adopters = {40, 50, 61};
  policy.time_to_half = Spread{2018, 2020, 2023};
  policy.reached_half = 75;
  policy.at_risk = 70;
  policy.given = 10;
  policy.sources_only = 20;
  policy.compared_at = 2021;
  policy.compared = Compared{60, {31, 39, 48}, 33};
  policy.observed_elsewhere = 7;
  policy.unknown = 3;
  policy.groups = {{"region", "Africa", 1, {0, 1, 1}, {}},
                   {"region", "Asia", 99, {40, 49, 60}, Compared{59, {31, 38, 47}, 33}}};
  policy.shares = {{"imitation", 0.7}, {"baseline", 0.2996}, {"data", 0.0004}};
  return {"Bike share", {1998, 2024, "year"}, 100, 100, {policy}};
}

}  // namespace

TEST_CASE("the table says what came out and what was observed beside it") {
  RunFacts const facts{.seconds = 2, .asked = 100, .failed = 0, .warnings = 1, .file = "out/bikes.h5"};
  CHECK(closing_table(two_groups(), facts) == R"(Bike share
  100 cities, 1998 to 2024 in steps of a year
  100 replicates in 2 s (50 a second)

bikes                   5 %  median  95 %
  adopters in 2024       40      50    61
  share of all cities  40 %    50 %  61 %
  by region
    Africa (1 city)       0       1     1
    Asia (99 cities)     40      49    60
  half of all cities: reached in 2020 (median; 5 to 95 %: 2018 to 2023); not reached in 25 of 100
    replicates
  70 cities at risk of adopting; 10 adoptions given by data; 20 cities only observed by others
  adoptions attributed to: imitation 70 %, baseline (of their own accord) 30 %, data (given, not
    simulated) under 0.1 %

bikes in 2021, where the data tell   5 %  median  95 %  observed
  adopters among 60 cities            31      39    48        33
  share of these cities             52 %    65 %  80 %      55 %
  by region
    Asia (59 cities)                  31      38    47        33
  observed besides: 7 adopters that cannot adopt in this run
  unknown status: 3 cities neither named nor covered by the file of adopters

1 warning
result: out/bikes.h5
)");
}

TEST_CASE("an interrupted run says how far it came, a failed replicate is in no number") {
  Summary summary = two_groups();
  summary.replicates = 39;
  std::string const text = closing_table(summary, {.seconds = 4, .asked = 100, .failed = 1});
  CHECK(says(text, "  interrupted: 40 of 100 replicates in 4 s (10 a second)\n"));
  CHECK(says(text, "  1 replicate failed and is in no number below\n"));
  CHECK_FALSE(says(text, "result:"));
}

TEST_CASE("half of the cities may never be reached, and a policy need not have observations to compare with") {
  Summary summary = two_groups();
  PolicySummary& policy = summary.policies[0];
  policy.time_to_half.reset();
  policy.reached_half = 0;
  policy.compared.reset();
  policy.groups[1].compared.reset();
  policy.observed_elsewhere = 0;
  std::string const text = closing_table(summary, {.seconds = 1, .asked = 100});
  CHECK(says(text, "half of all cities: not reached in any replicate\n"));
  CHECK(says(text, "  adopters in 2024       40      50    61\n"));
  CHECK(says(text, "unknown status: 3 cities"));
  CHECK_FALSE(says(text, "where the data tell"));
  CHECK_FALSE(says(text, "observed\n"));
}

TEST_CASE("shares below 0 are written like others, and explained") {
  constexpr std::string_view explained =
      "a share below 0 is of what held adopters back; the others may then exceed 100 %";
  Summary summary = two_groups();
  CHECK_FALSE(says(closing_table(summary, {.asked = 100}), explained));
  summary.policies[0].shares = {{"experience", -0.635}, {"imitation", 1.5854}, {"peers", 0.05}, {"club", -0.0004}};
  std::string const text = closing_table(summary, {.asked = 100});
  CHECK(says(text, "  adoptions attributed to: experience -64 %, imitation 159 %, peers 5.0 %, club above -0.1 %\n  " +
                       std::string(explained) + '\n'));
  summary.policies[0].shares = {{"imitation", 1}, {"experience", -0.0}};
  CHECK(says(closing_table(summary, {.asked = 100}), "  adoptions attributed to: imitation 100 %, experience 0.0 %\n"));
}

TEST_CASE("durations and rates have the digits that one would say") {
  CHECK(duration_words(0.4236) == "0.42 s");
  CHECK(duration_words(9.94) == "9.9 s");
  CHECK(duration_words(9.96) == "10 s");
  CHECK(duration_words(59.7) == "1 min 0 s");
  CHECK(duration_words(7500) == "2 h 5 min");
  CHECK(rate_words(1234.4) == "1234");
  CHECK(rate_words(12.34) == "12.3");
  CHECK(rate_words(0.01234) == "0.0123");
}

TEST_CASE("what became of seeds stands below the policies") {
  Summary summary = two_groups();
  summary.seeds = {{"all", 2006, 3, {}, 3, 0, 0}, {"fund", 2010, 20, 100.0, 17.25, 1.75, 1}};
  std::string const text = closing_table(summary, {.seconds = 4, .asked = 100});
  CHECK(says(text,
             "\n\n  all in 2006: 3 of 3 cities seeded\n  fund in 2010: 17.2 of 20 cities seeded; with 1.8 it failed; "
             "1 had adopted before (means over\n    replicates)\n\n"));
}

TEST_CASE("what cities spend and what subsidies paid is told in the currency") {
  Summary summary = two_groups();
  CHECK_FALSE(says(closing_table(summary, {.asked = 100}), "spend"));
  summary.currency = "EUR";
  summary.policies[0].cost = CostSummary{{1.5e6, 2e6, 2.75e6}, 40000, 20000.4};
  summary.subsidies = {{"fund", 2010, 2015, 20, {0.125, 3, 100.2}, 0, {}},
                       {"more", 2012, 2024, 1, {5, 6, 7}, 40, Spread{2013, 2014, 2020}}};
  std::string const text = closing_table(summary, {.asked = 100});
  CHECK(says(text,
             "  cities spend 2000000 EUR on it in all (median; 5 to 95 %: 1500000 to 2750000)\n"
             "  it costs a city 40000 EUR in 1998 and 20000 EUR in 2024 (means over cities and replicates)\n"));
  CHECK(says(text, "\n\n  fund from 2010 to 2015: pays 3 EUR (median; 5 to 95 %: 0.125 to 100)\n"));
  CHECK(says(text, "  more from 2012 to 2024: pays 6 EUR (median; 5 to 95 %: 5 to 7); its budget is spent"));
  summary.policies[0].cost->last.reset();
  CHECK_FALSE(says(closing_table(summary, {.asked = 100}), "it costs a city"));
}

TEST_CASE("beliefs that do not settle are told, with their periods") {
  Summary summary = two_groups();
  summary.policies[0].beliefs = BeliefSummary{60, {{2, 30}, {3, 4}}, 6};
  std::string text = closing_table(summary, {.asked = 100});
  for (std::size_t at = text.find("\n    "); at != std::string::npos; at = text.find("\n    ", at))
    text.replace(at, 5, " ");  // one line, however long
  CHECK(
      says(text,
           "beliefs have settled in the end in 60 of 100 replicates; in 30 they go round with period 2, and would not "
           "settle; in 4 they go round with period 3, and would not settle; in 6 they still move, without a period "
           "that could be seen"));
  summary.policies[0].beliefs = BeliefSummary{100, {}, 0};
  CHECK(says(closing_table(summary, {.asked = 100}), "beliefs have settled in the end in all replicates"));
  CHECK_FALSE(says(closing_table(two_groups(), {.asked = 100}), "beliefs"));
}

TEST_CASE("members and pledges are told where collaborations recruit or have a contract") {
  Summary summary = two_groups();
  summary.collaborations = {{"c40", {20, 25, 31}},
                            {"club", {5, 6, 7}, "bikes", 30, Spread{2003, 2004, 2007}, Spread{4, 5, 6}}};
  std::string const text = closing_table(summary, {.seconds = 2, .asked = 100});
  CHECK(says(text, "c40 has 25 members at the end (median; 5 to 95 %: 20 to 31)"));
  CHECK(says(text, "pledges to adopt bikes are kept in 30 of 100 replicates, by 5 cities in 2004 (medians)"));
  summary.collaborations[1].concluded = 0;
  summary.collaborations[1].at = summary.collaborations[1].kept = std::nullopt;
  CHECK(says(closing_table(summary, {.seconds = 2, .asked = 100}), "are kept in 0 of 100 replicates\n"));
}
