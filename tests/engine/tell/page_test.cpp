/// Tests of tell/page, tell/page_sections and tell/page_origin.
#include "tell/page.hpp"

#include <doctest/doctest.h>

#include "engine/io/comparisons.hpp"
#include "tell/html.hpp"

using namespace hansa;

namespace {

ComparisonRecord record_of(Index cities) {
  ComparisonRecord made;
  made.comparison = test::comparison_of(cities);
  for (Index i = 0; i < cities; ++i) {
    std::string const digits = std::to_string(i);
    made.cities.id.push_back("c" + std::string(5 - digits.size(), '0') + digits);
    made.cities.input_order.push_back(i);
    made.cities.numbers["lat"].push_back(0.001 * i);
    made.cities.numbers["lon"].push_back(0.002 * i);
  }
  made.title = "Lamps & <trams>";
  made.asked = 3;
  made.scenario_texts = {"hansa: 1\n", "hansa: 1\n# <b>\n"};
  made.inputs = {{"a.yaml", "00ff"}};
  made.engine_version = "9.8.7";
  return made;
}

bool holds(std::string const& text, std::string const& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a page has findings, a section for each what-if and policy, doubts and origins") {
  std::string const page = comparison_page(record_of(10));
  CHECK(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
  CHECK(holds(page, "<title>Lamps &amp; &lt;trams&gt;: what if?</title>"));
  CHECK(holds(page, "<h1>Lamps &amp; &lt;trams&gt;: what if?</h1>"));
  CHECK(holds(page,
              "<p>more, trams: 5 more cities that are not funded adopt by 2004 (95 % interval of the mean +4 to "
              "+6); of the 2 cities funded"));
  CHECK(holds(page, "<h2 id=\"s1\">more against base: led</h2>"));
  CHECK(holds(page, "<h2 id=\"s2\">more against base: trams</h2>"));
  CHECK(holds(page, "<h2 id=\"sure\">How sure is this?</h2>"));
  CHECK(holds(page, "<h3>Luck: "));
  CHECK(holds(page, "<h3>Precision: "));
  CHECK(holds(page, "<h3>Strengths: "));
  CHECK(holds(page, "known to ± 0.69"));
  CHECK(holds(page, "Strengths are as the scenario states them"));
  CHECK(holds(page, "<dt>Engine</dt><dd>hansa 9.8.7</dd>"));
  CHECK(holds(page, "<th scope=\"row\">a.yaml</th><td>00ff</td>"));
  CHECK(holds(page, "<pre>hansa: 1\n# &lt;b&gt;\n</pre>"));
  CHECK(holds(page, "<th scope=\"row\">the best connected</th><td class=\"n\">8</td><td class=\"n\">+7 to +9</td>"));
  CHECK(holds(page,
              "<th scope=\"row\">c00004</th><td class=\"n\">+2</td><td class=\"n\">+1 to +3</td><td "
              "class=\"n\">+1</td>"));
  CHECK(holds(page, "<th scope=\"row\">c00009</th><td class=\"n\">0.00</td><td class=\"n\">0.59</td>"));
  CHECK(holds(page, "10 reruns of 2 replicates"));
  CHECK(holds(page, "1 of 11 reruns are left out, since a replicate failed: random choice 2 (replicate 1: no)"));
  CHECK(holds(page,
              "<th scope=\"row\">region Nord</th><td class=\"n\">3</td><td class=\"n\">1</td><td "
              "class=\"n\">1.5</td><td class=\"n\">+0.5</td>"));
  CHECK_FALSE(holds(page, "<script"));
  CHECK_FALSE(holds(page, "nan"));
}

TEST_CASE("a page speaks of funded cities only where some are") {
  ComparisonRecord record = record_of(10);
  CHECK(holds(comparison_page(record), "Not funded, chance differs most ("));
  for (WhatIf& what_if : record.comparison.what_ifs)
    for (PolicyDifference& each : what_if.policies) each.followers.funded.clear();
  CHECK(holds(comparison_page(record), "The chance differs most ("));
  CHECK_FALSE(holds(comparison_page(record), "Not funded"));
}

TEST_CASE("a page tells draws apart from luck") {
  ComparisonRecord record = record_of(10);
  record.comparison = test::drawn_comparison_of(10);
  record.drawn_from = "fit.h5";
  std::string const page = comparison_page(record);
  CHECK(holds(page, "5 to 95 % of draws"));
  CHECK(holds(page, "50 % (± 6) is due to the strengths that the data leave open, the rest to luck."));
  CHECK(holds(page, "2 of 3 asked for, each in all scenarios; 1 draws of the strengths, 2 replicates each"));
  CHECK(holds(page, "<td class=\"n\">+3.5 to +6.5</td>"));
  CHECK(holds(page, "known to ± 0.69 where luck decides, to ± 0.98 where the strengths do."));
  CHECK(holds(page, "<h3>Strengths: what the data leave open</h3>"));
  CHECK_FALSE(holds(page, "nan"));
  CHECK_FALSE(holds(comparison_page(record_of(10)), "of draws"));
}

TEST_CASE("strengths from a fit, an interruption and failures are said") {
  ComparisonRecord record = record_of(10);
  record.comparison.what_ifs[0].policies[1].following.reset();
  record.taken_from = "fit.h5";
  CHECK(holds(comparison_page(record), "Strengths are estimates, taken as certain"));
  record.drawn_from = "fit.h5";
  CHECK(holds(comparison_page(record), "Strengths are drawn from their estimated distribution"));
  record.complete = false;
  record.comparison.failed = 1;
  std::string const page = comparison_page(record);
  CHECK(holds(page, "This comparison was not finished: it has 2 of 3 replicates."));
  CHECK(holds(page, "1 of 3 replicates failed in some scenario, and are left out."));
  record.comparison.replicates = 0;
  CHECK(holds(comparison_page(record), "No replicate was finished in all scenarios."));
}

TEST_CASE("a large world gives a page that can be sent, and says what it leaves out") {
  ComparisonRecord record = record_of(50'000);
  for (WhatIf& each : record.comparison.what_ifs) {
    for (PolicyDifference& of : each.policies) {
      of.following.reset();
      for (double& chance : of.cities.chance_with) chance = 0.5;
    }
  }
  record.scenario_texts[1].assign(1'000'000, 'x');
  std::string const page = comparison_page(record);
  CHECK(page.size() < 5'000'000);
  CHECK(holds(page, "The map shows 4000 of 50000 cities"));
  CHECK(holds(page, "The first 200000 of 1000000 bytes"));
  std::vector<PolicyDifference> const policies = record.comparison.what_ifs[0].policies;
  for (int k = 0; k < 19; ++k) {
    record.comparison.scenarios.push_back("more " + std::to_string(k));
    record.comparison.outcomes.push_back(record.comparison.outcomes[0]);
    record.comparison.what_ifs.push_back(record.comparison.what_ifs[0]);
  }
  std::string const many = comparison_page(record);
  CHECK(many.size() < 5'000'000);
  CHECK(holds(many, "The map shows 500 of 50000 cities"));
  CHECK(holds(many, "<h2 id=\"s40\">more 18 against base: trams</h2>"));
}
