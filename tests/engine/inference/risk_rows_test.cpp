/// Who is at risk beside other policies, laws, seeds, mandates and budgets, counted by hand.
#include "inference/risk_rows.hpp"

#include "two_policies.hpp"

namespace hansa {

namespace {

using test::plain;
using test::says;
using test::tram;
using test::world;
using test::Years;
using test::years_of;

ObservedDesign rows_of(test::Texts const& texts) {
  test::Posed const posed = test::pose(texts);
  return design_of(posed.fit, fits_of(posed.fit).at(0));
}

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

}  // namespace hansa
