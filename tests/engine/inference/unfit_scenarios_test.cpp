/// What is refused beside hindrances, with the place and the mend.
#include "inference/unfit_scenarios.hpp"

#include "two_policies.hpp"

namespace hansa {

namespace {

using test::complaints_about;
using test::plain;
using test::says;
using test::tram;
using test::world;

/// What a fit of histories of the scenario complains of.
std::string complaints_about_histories(test::Texts const& texts) {
  std::unique_ptr<test::Question> const question = test::ask(texts);
  Complaints complaints;
  try {
    (void)pose_fit(question->scenario, question->world, standard_catalogue(), complaints, Scored::simulated);
    complaints.throw_if_any();
  } catch (Error const& error) {
    return error.what();
  }
  return "";
}

/// The club of a, which cities join within the run.
test::Texts with_club(std::string const& properties, std::string const& policies, std::string const& above = "") {
  test::Texts texts = world(policies, "city,year\na,2002\n", "city,year\n",
                            above + "collaborations: {file: members.csv, properties: {club: {" + properties + "}}}\n");
  texts.files["members.csv"] = "city,collaboration,joined\na,club,1999\n";
  return texts;
}

/// Ties that lose half of themselves in each step; what is set of that.
test::Texts fading(std::string const& interventions, std::string const& fit, std::string const& led) {
  test::Texts texts = world(plain + ", mechanisms: {see: {exposure: {network: sister}}}}\n" + tram + "}\n" + fit, led,
                            "", interventions);
  texts.yaml.replace(texts.yaml.find("directed: true}"), 15, "directed: true, dynamics: {decay: 0.5}}");
  return texts;
}

std::vector<double> seen_by(test::Texts const& texts, Index city, std::string const& column = "see") {
  test::Posed const posed = test::pose(texts);
  Design const design = design_of(posed.fit, fits_of(posed.fit).at(0)).design;
  std::vector<double> const all = test::column(design, column);
  REQUIRE(all.size() == design.rows());
  std::vector<double> found;
  for (std::size_t k = 0; k < all.size(); ++k)
    if (design.city[k] == city && design.policy[k] == 0) found.push_back(all[k]);
  return found;
}

}  // namespace

TEST_CASE("numbers of no policy that are set in a scored step are refused by their path, whatever is fitted") {
  std::string const set = "interventions: [{at: 2003, name: cut, set: {networks.sister.dynamics.decay: 0.1}}]\n";
  for (std::string const fit : {"", "fit: {policies: [led]}\n"})
    CHECK(says(complaints_about(fading(set, fit, "city,year\na,2002\n")),
               "'cut' sets 'networks.sister.dynamics.decay' in a scored step"));
  CHECK(complaints_about(fading(set, "fit: {until: 2002}\n", "city,year\na,2002\n")).empty());
  CHECK(says(complaints_about(world(plain + ", cost: {amount: 1}}\n", "city,year\na,2002\n", "",
                                    "resources: {initial: 5, income: 1}\ninterventions: [{at: 2003, set: "
                                    "{resources.income: 3}}]\n")),
             "sets 'resources.income' in a scored step"));
}

TEST_CASE("what was set before the first scored step is remembered") {
  // c observes d, who has it since 1999: strengths after 2000 (0.9 of them stay) and after 2001, 2002 … (half of them).
  std::string const set = "interventions: [{at: 2000, until: 2000, set: {networks.sister.dynamics.decay: 0.1}}]\n";
  test::check_close(seen_by(fading(set, "fit: {from: 2002, policies: [led]}\n", "city,year\nd,1999\na,2003\n"), 2),
                    {0.45, 0.225, 0.1125, 0.05625});
  // Half of X has it: enough for a law only while a smaller share was.
  std::string const law = plain + ", mechanisms: {law: {national: {kind: enabling, enact: {share: 0.9}}}}}\n";
  std::string const lower =
      "interventions: [{at: 2000, until: 2001, set: {policies.led.mechanisms.law.national.enact.share: 0.4}}]\n";
  std::string const fit = "fit: {from: 2003}\n", led = "city,year\nb,1995\nc,2003\n";
  test::check_close(seen_by(world(law + fit, led, "", lower), 0, "law"), {1, 1, 1});
  test::check_close(seen_by(world(law + fit, led), 0, "law"), {0, 0, 0});
}

TEST_CASE("a shape that was another one before the first scored step leaves one covariate") {
  std::string const policy = plain + ", mechanisms: {see: {exposure: {network: sister, half_life: 2}}}}\n";
  std::string const set =
      "interventions: [{at: 2000, until: 2001, set: {policies.led.mechanisms.see.exposure.half_life: 1}}]\n";
  std::string const led = "city,year\nd,1999\na,2003\n", fit = "fit: {from: 2002}\n";
  test::Posed const posed = test::pose(world(policy + fit, led, "", set));
  CHECK(design_of(posed.fit, fits_of(posed.fit).at(0)).design.names == std::vector<std::string>{"baseline", "see"});
  test::check_close(seen_by(world(policy + fit, led, "", set), 2), seen_by(world(policy + fit, led), 2));
}

TEST_CASE("a subsidy that is over has left money") {
  // a pays 3, or half of it, of 5 in 2000, gives the policy up, and needs 3 again.
  std::string const policy = plain + ", cost: {amount: 3}}\nfit: {from: 2002}\n", led = "city,year,left\na,2000,2001\n";
  std::string const budgets = "resources: {initial: 5, income: 0}\n";
  std::string const subsidy = "interventions: [{at: 2000, until: 2000, subsidy: {policy: led, share: 0.5}}]\n";
  auto const years = [&](std::string const& above) {
    test::Posed const posed = test::pose(world(policy, led, "", above));
    return test::years_of(design_of(posed.fit, fits_of(posed.fit).at(0)).design, 0);
  };
  CHECK(years(budgets + subsidy) == test::Years{2002, 2003, 2004, 2005});
  CHECK(years(budgets).empty());
}

TEST_CASE("where cities wait for money, what pressed before the first scored step is refused too") {
  std::string const push = "interventions: [{at: 2000, until: 2001, push: {policy: led, strength: 1, cities: [a]}}]\n";
  std::string const fit = "fit: {from: 2003}\n", budgets = "resources: {initial: 0, income: 1}\n";
  auto const told = [&](std::string const& affording) {
    return complaints_about(
        world(plain + ", cost: {amount: 3}" + affording + "}\n" + fit, "city,year\na,2004\n", "", budgets + push));
  };
  CHECK(says(told(", when_unaffordable: queue"), "pushes 'led', whose decisions are to be fitted"));
  CHECK(told("").empty());
}

TEST_CASE("fees of clubs that cities join within the run are not charged in fits, and refused") {
  std::string const recruit = "recruit: {network: sister, hazard: {base: 0.1}}", fee = ", fee: {amount: 1}";
  std::string const priced = plain + ", cost: {amount: 1}}\n";
  std::string const budgets = "resources: {initial: 5, income: 1}\n";
  CHECK(says(complaints_about(with_club(recruit + fee, priced, budgets)),
             "cities join 'club' within the run, and a fit does not charge its fee"));
  CHECK(complaints_about(with_club(recruit + fee, priced)).empty());
  CHECK(complaints_about(with_club(recruit, priced, budgets)).empty());
  CHECK(complaints_about(with_club("fee: {amount: 1}", priced, budgets)).empty());
}

TEST_CASE("histories do not tell who has joined a club that a fitted policy sees") {
  std::string const recruit = "recruit: {network: sister, hazard: {base: 0.1}}";
  std::string const blind = "  led: {baseline: -2}\n";
  for (std::string const mechanism :
       {"collective: {production: {power: 1}}", "exposure: {pool: {collaboration: club}}"}) {
    std::string const sees = "  led: {baseline: -2, mechanisms: {see: {" + mechanism + "}}}\n";
    CHECK(
        says(complaints_about_histories(with_club(recruit, sees)), "members of 'club', which 'led' sees, join within"));
    CHECK(complaints_about_histories(with_club("fee: {amount: 1}", sees)).empty());
    CHECK(complaints_about(with_club(recruit, plain + ", mechanisms: {see: {" + mechanism + "}}}\n")).empty());
  }
  CHECK(complaints_about_histories(with_club(recruit, blind)).empty());
}

TEST_CASE("what nobody can know together is refused, with the place and the mend") {
  std::string const budgets = "resources: {initial: 5, income: 1}\n";
  CHECK(says(complaints_about(
                 world(plain + ", cost: {amount: 3}, when_unaffordable: queue}\n" + tram + ", cost: {amount: 1}}\n",
                       "city,year\na,2002\n", "city,year\n", budgets)),
             "cities wait for money for 'led', which others spend in the same step"));
  CHECK(says(complaints_about(world(plain + ", cost: {amount: 3}, reinvention: {probability: 0.5, gain: 0, cost: 1}}\n",
                                    "city,year\na,2002\n", "", budgets)),
             "who adapts 'led' pays more for it"));
  CHECK(says(complaints_about(
                 world(plain + ", cost: {amount: 3}}\n", "city,year\na,2002\n", "",
                       budgets + "interventions: [{at: 2001, seed: {policy: led, success: 0.5, cities: [a]}}]\n")),
             "succeeds by chance"));
  CHECK(says(complaints_about(
                 world(plain + ", excludes: [tram]}\n" + tram + "}\nfit: {policies: [led]}\n", "city,year\na,2002\n")),
             "'tram' is left out, name all of them in fit.policies"));
  CHECK(says(
      complaints_about(world(plain + ", excludes: [tram]}\n" + tram + ", rule: cloglog}\n", "city,year\na,2002\n")),
      "'led' and 'tram' have different rules"));
  for (std::string const fit : {"penalty: firth", "fixed_effects: [country]", "imputations: 5"})
    CHECK(says(complaints_about(
                   world(plain + ", excludes: [tram]}\n" + tram + "}\nfit: {" + fit + "}\n", "city,year\na,2002\n")),
               "fitted together, for which there is no"));
  CHECK(says(complaints_about(world(plain + ", excludes: [tram]}\n" + tram + "}\n", "city,year,after\na,2004,2000\n")),
             "known as an interval are not fitted beside policies that compete"));
  test::Texts visited = world(plain + "}\n", "city,year\na,2002\n");
  visited.yaml.replace(visited.yaml.find("directed: true}"), 15, "directed: true, dynamics: {visits: {rate: 0.1}}}");
  CHECK(says(complaints_about(visited), "visits begin ties of 'sister' by chance"));
}

}  // namespace hansa
