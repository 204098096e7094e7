/// Who is at risk beside other policies, laws, seeds, mandates and budgets, counted by hand.
#include <algorithm>

#include <doctest/doctest.h>

#include "five_cities.hpp"
#include "inference/fit_leaving.hpp"
#include "support/says.hpp"

namespace hansa {

namespace {

using hansa::test::says;

/// Five cities from 2000 to 2005; `lines` are policies, `led` and `tram` have files of adopters.
test::Texts world(std::string const& lines, std::string const& led, std::string const& tram = "city,year\n",
                  std::string const& above = "") {
  test::Texts texts = test::five_texts(led,
                                       "hansa: 1\ntime: {start: 2000, end: 2005}\ncities: {file: cities.csv}\n"
                                       "networks: {sister: {file: ties.csv, directed: true}}\n" +
                                           above + "policies:\n" + lines);
  texts.files["tram.csv"] = tram.empty() ? "city,year\n" : tram;
  texts.files["laws.csv"] = "country,policy,from\nX,led,2003\n";
  return texts;
}

ObservedDesign rows_of(test::Texts const& texts) {
  test::Posed const posed = test::pose(texts);
  return design_of(posed.fit, fits_of(posed.fit).at(0));
}

std::vector<std::int32_t> years_of(Design const& design, Index city, Index policy = 0) {
  std::vector<std::int32_t> years;
  for (std::size_t k = 0; k < design.rows(); ++k)
    if (design.city[k] == city && design.policy[k] == policy) years.push_back(design.period[k]);
  return years;
}

std::string complaints_of(test::Texts const& texts) {
  try {
    (void)test::pose(texts);
  } catch (Error const& error) {
    return error.what();
  }
  return "";
}

using Years = std::vector<std::int32_t>;
std::string const plain = "  led: {baseline: -2, adopters: {file: led.csv}";
std::string const tram = "  tram: {baseline: -2, adopters: {file: tram.csv}";

}  // namespace

TEST_CASE("a city is at risk from the step after it has what is required, and while it has it") {
  test::Texts const texts = world(plain + ", requires: [tram]}\n" + tram + "}\nfit: {policies: [led]}\n",
                                  "city,year\na,2003\nb,2001\n", "city,year,left\na,2001,\nc,1990,2002\n");
  ObservedDesign const found = rows_of(texts);
  CHECK(years_of(found.design, 0) == Years{2002, 2003});
  CHECK(years_of(found.design, 2) == Years{2000, 2001, 2002});
  CHECK(years_of(found.design, 1).empty());
  CHECK(found.counts.barred == 1);  // b had no tram
}

TEST_CASE("a law that pre-empts ends the risk, and what comes under it contradicts the model") {
  ObservedDesign const found =
      rows_of(world(plain + ", mechanisms: {ban: {national: {kind: preempt, enact: {file: laws.csv}}}}}\n",
                    "city,year\nc,2004\na,2004\n"));
  CHECK(years_of(found.design, 0) == Years{2000, 2001, 2002});
  CHECK(years_of(found.design, 2) == Years{2000, 2001, 2002, 2003, 2004});
  CHECK(found.counts.barred == 1);
  CHECK(found.counts.outside == 0);
}

TEST_CASE("what mandates and seeds bring about leaves the sample") {
  for (std::string const act : {"{at: 2002, until: 2003, mandate: {policy: led, compliance: 0.5, cities: [a, c]}}",
                                "{at: 2002, seed: {policy: led, cities: [a, c]}}"}) {
    test::Texts const texts = world(plain + "}\n", "city,year\na,2002\nd,2002\n", "", "interventions: [" + act + "]\n");
    ObservedDesign const found = rows_of(texts);
    bool const seed = says(act, "seed");
    CHECK(years_of(found.design, 0) == Years{2000, 2001});
    CHECK(years_of(found.design, 2) == (seed ? Years{2000, 2001, 2003, 2004, 2005} : Years{2000, 2001, 2004, 2005}));
    CHECK(years_of(found.design, 3) == Years{2000, 2001, 2002});
    CHECK(found.counts.bound == 1);
    test::Posed const posed = test::pose(texts);
    std::string told;
    for (std::string const& each : subject_of(posed.fit, {PolicyId{0}}, found).notes) told += each + "\n";
    CHECK(says(told, "1 adoption under a mandate, or of a seed, is not scored"));
  }
  ObservedDesign const law = rows_of(world(
      plain + ", mechanisms: {must: {national: {kind: mandate, enact: {file: laws.csv}}}}}\n", "city,year\na,2004\n"));
  CHECK(years_of(law.design, 0) == Years{2000, 2001, 2002});
  CHECK(law.counts.bound == 1);
}

TEST_CASE("who cannot pay is not at risk, and who waits is, in one spell") {
  std::string const budgets = "resources: {initial: {attribute: size}, income: 1}\n";  // a has 1, 2, … before each step
  auto const priced = [&](std::string const& what) {
    return rows_of(world(plain + ", cost: {amount: 3}" + what + "}\n", "city,year\na,2004\nb,2001\n", "", budgets));
  };
  ObservedDesign const stop = priced("");
  CHECK(years_of(stop.design, 0) == Years{2002, 2003, 2004});
  CHECK(years_of(stop.design, 1) == Years{2001});
  CHECK(years_of(stop.design, 3) == Years{2000, 2001, 2002, 2003, 2004, 2005});
  ObservedDesign const queue = priced(", when_unaffordable: queue");
  CHECK(years_of(queue.design, 0) == Years{2000, 2001, 2002, 2003, 2004});  // could pay in 2002, and did not
  CHECK(years_of(queue.design, 1) == Years{2000, 2001});
  CHECK(queue.counts.waited == 1);
  std::vector<std::int32_t> spells;
  for (std::size_t k = 0; k < queue.design.rows(); ++k)
    if (queue.design.spell[k] >= 0) spells.push_back(queue.design.period[k]);
  CHECK(spells == Years{2000, 2001});
  CHECK(std::count(queue.design.event.begin(), queue.design.event.end(), 1) == 2);
}

TEST_CASE("nothing is known of those who wait when time ends, or when a mandate comes") {
  std::string const budgets = "resources: {initial: 0, income: 1}\n";
  std::string const line = plain + ", cost: {amount: 4}, when_unaffordable: queue}\n";
  ObservedDesign const ends = rows_of(world(line + "fit: {until: 2003}\n", "city,year\n", "", budgets));
  CHECK(ends.design.rows() == 0);
  ObservedDesign const bound = rows_of(world(line, "city,year\n", "",
                                             budgets + "interventions: [{at: 2003, until: 2003, mandate: {policy: led, "
                                                       "compliance: 0.5, cities: [a]}}]\n"));
  CHECK(years_of(bound.design, 0) == Years{2004, 2005});
  CHECK(years_of(bound.design, 1) == Years{2000, 2001, 2002, 2003, 2004, 2005});
}

TEST_CASE("ties that live have the strength that the history gives them") {
  test::Texts texts = world(plain + ", mechanisms: {see: {exposure: {network: sister}, strength: 1}}}\n" + tram +
                                "}\nfit: {policies: [led]}\n",
                            "city,year\nb,1999\nd,1999\n", "city,year\nd,2000\nc,2001\n");
  texts.yaml.replace(texts.yaml.find("directed: true}"), 15, "directed: true, dynamics: {decay: 0.5, reinforce: 0.4}}");
  ObservedDesign const found = rows_of(texts);
  // c observes d alone: s halves at the end of each step; c takes the tram that d had, so that 1 - s shrinks by 0.6.
  std::vector<double> const see = test::column(found.design, "see");
  std::vector<double> c;
  for (std::size_t k = 0; k < found.design.rows(); ++k)
    if (found.design.city[k] == 2) c.push_back(see[k]);
  double const used = 1 - (1 - 0.25) * 0.6;
  test::check_close(c, {1, 0.5, used, used / 2, used / 4, used / 8});
}

TEST_CASE("rows of policies that compete are one design, with steps that are decided together") {
  test::Texts const texts = world(plain + "}\n" + tram + ", excludes: [led]}\n", "city,year\na,2002\nb,2001\n",
                                  "city,year\na,2004\nc,2002\n");
  test::Posed const posed = test::pose(texts);
  std::vector<std::vector<PolicyId>> const fits = fits_of(posed.fit);
  REQUIRE(fits.size() == 1);
  ObservedDesign const found = design_of(posed.fit, fits[0]);
  CHECK(name_of_fit(posed.fit, fits[0]) == "led+tram");
  CHECK(found.design.names == std::vector<std::string>{"led.baseline", "tram.baseline"});
  CHECK(found.coefficients[1].paths == std::vector<std::string>{"policies.tram.baseline"});
  CHECK(years_of(found.design, 0, 1) == Years{2000, 2001, 2002});  // led bars the tram from 2003 on
  CHECK(found.counts.barred == 1);
  REQUIRE(found.design.joint.size() == 3);
  JointStep const& first = found.design.joint[0];
  CHECK(first.adopters == 1);
  CHECK(found.design.policy[first.rows[0]] == 0);
  CHECK(first.open == std::vector<std::uint64_t>{0b11, 0});
  CHECK(found.design.joint[2].open == std::vector<std::uint64_t>{0b11, 0b10});  // the tram bars nothing
  FittedPolicies const fitted = fit_policies(posed.fit, fits[0]);
  REQUIRE(fitted.report.fit.estimated());
  CHECK(fitted.report.fit.information == Information::observed);
  CHECK(fitted.report.fit.log_likelihood == doctest::Approx(fitted.report.fit.null_log_likelihood).epsilon(1e-9));
}

TEST_CASE("what nobody can know together is refused, with the place and the mend") {
  std::string const budgets = "resources: {initial: 5, income: 1}\n";
  CHECK(says(
      complaints_of(world(plain + ", cost: {amount: 3}, when_unaffordable: queue}\n" + tram + ", cost: {amount: 1}}\n",
                          "city,year\na,2002\n", "city,year\n", budgets)),
      "cities wait for money for 'led', which others spend in the same step"));
  CHECK(says(complaints_of(world(plain + ", cost: {amount: 3}, reinvention: {probability: 0.5, gain: 0, cost: 1}}\n",
                                 "city,year\na,2002\n", "", budgets)),
             "who adapts 'led' pays more for it"));
  CHECK(says(
      complaints_of(world(plain + ", cost: {amount: 3}}\n", "city,year\na,2002\n", "",
                          budgets + "interventions: [{at: 2001, seed: {policy: led, success: 0.5, cities: [a]}}]\n")),
      "succeeds by chance"));
  CHECK(says(complaints_of(
                 world(plain + ", excludes: [tram]}\n" + tram + "}\nfit: {policies: [led]}\n", "city,year\na,2002\n")),
             "'tram' is left out, name all of them in fit.policies"));
  CHECK(says(complaints_of(world(plain + ", excludes: [tram]}\n" + tram + ", rule: cloglog}\n", "city,year\na,2002\n")),
             "'led' and 'tram' have different rules"));
  for (std::string const fit : {"penalty: firth", "fixed_effects: [country]", "imputations: 5"})
    CHECK(says(
        complaints_of(world(plain + ", excludes: [tram]}\n" + tram + "}\nfit: {" + fit + "}\n", "city,year\na,2002\n")),
        "fitted together, for which there is no"));
  CHECK(says(complaints_of(world(plain + ", excludes: [tram]}\n" + tram + "}\n", "city,year,after\na,2004,2000\n")),
             "known as an interval are not fitted beside policies that compete"));
  test::Texts visited = world(plain + "}\n", "city,year\na,2002\n");
  visited.yaml.replace(visited.yaml.find("directed: true}"), 15, "directed: true, dynamics: {visits: {rate: 0.1}}}");
  CHECK(says(complaints_of(visited), "visits begin ties of 'sister' by chance"));
}

TEST_CASE("adopters are at risk of leaving from the step after, and cities that left of adopting again") {
  test::Texts const texts =
      world("  led: {baseline: -2, abandonment: {hazard: 0.1}, adopters: {file: led.csv}}\n",
            "city,year,left\na,2001,2003\na,2005,\nb,1990,2000\nc,2002,\n", "",
            "interventions: [{at: 2004, until: 2004, mandate: {policy: led, compliance: 0, cities: [c]}}]\n");
  test::Posed const posed = test::pose(texts);
  Design const adopting = design_of(posed.fit, {PolicyId{0}}).design;
  CHECK(years_of(adopting, 0) == Years{2000, 2001, 2004, 2005});
  CHECK(years_of(adopting, 1) == Years{2001, 2002, 2003, 2004, 2005});
  REQUIRE(left_policies(posed.fit).size() == 1);
  FittedPolicies const fitted = fit_leaving(posed.fit, PolicyId{0}, posed.fit.histories);
  Design const& leaving = fitted.observed.design;
  CHECK(years_of(leaving, 0) == Years{2002, 2003});
  CHECK(years_of(leaving, 1) == Years{2000});
  CHECK(years_of(leaving, 2) == Years{2003, 2005});
  CHECK(fitted.report.subject.name == "led.abandonment");
  REQUIRE(fitted.report.fit.estimated());
  CHECK(fitted.report.fit.coefficients[0] == doctest::Approx(-std::log(1 - 2. / 5)).epsilon(1e-9));
  CHECK(fitted.report.fit.covariance(0, 0) == doctest::Approx(0.4 / (5 * 0.6)).epsilon(1e-6));
  CHECK(fitted.observed.coefficients[0].paths == std::vector<std::string>{"policies.led.abandonment.hazard"});
}

TEST_CASE("where nobody leaves there is no hazard of leaving") {
  test::Posed const posed = test::pose(world(
      "  led: {baseline: -2, abandonment: {logit: {base: -3}}, adopters: {file: led.csv}}\n", "city,year\na,2001\n"));
  FittedPolicies const fitted = fit_leaving(posed.fit, PolicyId{0}, posed.fit.histories);
  CHECK(says(fitted.report.fit.failure, "in none of the 4 steps in which an adopter could leave did one"));
}

}  // namespace hansa
