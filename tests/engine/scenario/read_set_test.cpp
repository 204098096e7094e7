/// Tests of scenario/read_set.
#include "support.hpp"

using namespace hansa;
using namespace hansa::testing;

namespace {

constexpr char const* policies_of_sets =
    "{p: {baseline: -5, attributes: {size: 0.5, region: {Asia: 1}}, trend: {polynomial: [0.1, 0.2]},"
    " mechanisms: {m: {exposure: {pool: all, shape: {power: 2}, cost: 3}, strength_by: {size: 0.1}},"
    " s: {scale: {progress_ratio: 0.8}, strength: 2}, k: {exposure: {pool: all, cost: {attribute: x}}}}},"
    " q: {rule: cascade, mechanisms: {m: {exposure: {network: n}, strength: 0.3}}},"
    " r: {rule: additive, mechanisms: {m: {scale: {progress_ratio: 0.8}}}},"
    " t: {rule: threshold, threshold: 0.5, trend: {periods: {2003: 1}}},"
    " u: {baseline: {chance: 0.1}, trend: {spline: {knots: [2000, 2002, 2004]}}, frailty: {city: 1}},"
    " v: {rule: linear, baseline: 0.1, trend: linear}}";

Checked sets(std::string const& list, std::string const& policies = policies_of_sets) {
  return check_with("networks: {n: {same: region}}, interventions:\n[" + list + "],", policies);
}

/// The one complaint about one path; the path begins in column 18 of line 2.
std::string refused(std::string const& path, std::string const& value = "1") {
  Checked const checked = sets("{at: 2004, set: {\"" + path + "\": " + value + "}}");
  CHECK(checked.errors.size() == 1);
  return lines(checked.errors);
}

SetValue value_of(std::string const& path, std::string const& value) {
  Checked const checked = sets("{at: 2004, set: {\"" + path + "\": " + value + "}}");
  CHECK(lines(checked.errors) == "");
  REQUIRE(checked.scenario.interventions.size() == 1);
  auto const& set = std::get<SetSpec>(checked.scenario.interventions[0].act);
  REQUIRE(set.values.size() == 1);
  return set.values[0];
}

void check_found(std::string const& path, NumberAt const& at) {
  CAPTURE(path);
  SetValue const value = value_of(path, "0.25");
  CHECK(value.at == at);
  CHECK(value.number == 0.25);
  CHECK(value.path.name == path);
}

}  // namespace

TEST_CASE("a set has a name, dates, and its paths in order") {
  Checked const checked = sets(
      "{at: 2003, set: {policies.p.mechanisms.s.strength: 3, policies.p.baseline: -4}},"
      "{at: 2005, until: 2006, name: b, set: {policies.p.baseline: -3}, cost: 4}",
      policies_of_sets);
  CHECK(lines(checked.errors).starts_with("s.yaml:2:"));  // both set the baseline in 2005
  Checked const apart = sets(
      "{at: 2003, until: 2004, set: {policies.p.mechanisms.s.strength: 3, policies.p.baseline: -4}},"
      "{at: 2005, until: 2006, name: b, set: {policies.p.baseline: -3}, cost: 4}");
  CHECK(lines(apart.errors) == "");
  CHECK(apart.warnings.empty());
  auto const& found = apart.scenario.interventions;
  REQUIRE(found.size() == 2);
  CHECK(found[0].name == "b");
  CHECK(found[0].until == 2006);
  CHECK(found[0].cost == 4);
  CHECK(found[0].policy() == nullptr);
  CHECK(found[0].cities() == nullptr);
  CHECK(found[1].name == "set-2003");
  auto const& set = std::get<SetSpec>(found[1].act);
  REQUIRE(set.values.size() == 2);
  CHECK(set.values[0].path.name == "policies.p.baseline");
  CHECK(set.values[0].policy.name == "p");
  CHECK(set.values[1].at.mechanism == "s");
}

TEST_CASE("every number of a policy is found, written or not") {
  using Of = NumberAt::Of;
  check_found("policies.p.baseline", {Of::baseline});
  check_found("policies.r.baseline", {Of::baseline});  // from nothing
  check_found("policies.p.attributes.size", {Of::attribute, {}, "size"});
  check_found("policies.p.attributes.region.Asia", {Of::attribute, {}, "region", "Asia"});
  check_found("policies.p.trend.polynomial[1]", {Of::trend, {}, {}, {}, 1});
  check_found("policies.v.trend.linear", {Of::trend});
  check_found("policies.t.trend.periods.2003", {Of::period, {}, {}, {}, 2003});
  check_found("policies.u.trend.spline.coefficients[0]", {Of::trend});
  check_found("policies.u.frailty.city", {Of::frailty, {}, "city"});
  check_found("policies.p.frailty.period", {Of::frailty, {}, "period"});
  check_found("policies.t.frailty.country", {Of::frailty, {}, "country"});
  check_found("policies.p.mechanisms.m.strength", {Of::strength, "m"});
  check_found("policies.q.mechanisms.m.strength", {Of::strength, "m"});
  check_found("policies.p.mechanisms.m.strength_by.size", {Of::strength_by, "m", "size"});
  check_found("policies.p.mechanisms.m.exposure.shape.power", {Of::parameter, "m", "shape", "power"});
  check_found("policies.p.mechanisms.m.exposure.cost", {Of::parameter, "m", "cost"});
  check_found("policies.p.mechanisms.m.exposure.prior.mean", {Of::parameter, "m", "prior.mean"});
  SetValue const chance = value_of("policies.u.baseline.chance", "25 %");
  CHECK(chance.at == NumberAt{Of::baseline});
  CHECK(chance.number == doctest::Approx(-1.0986122886681098));  // ln(1/3)
  CHECK(value_of("policies.v.baseline.chance", "0.25").number == 0.25);
  CHECK(value_of("policies.q.mechanisms.m.strength", "0").number == 0);
}

TEST_CASE("paths that lead nowhere, with what was meant") {
  CHECK(refused("policies.lad.baseline").find("leads to 'lad', which is not there, one of p, q, r, t, u, v was") !=
        std::string::npos);
  CHECK(refused("policies.p.mechanisms.n.strength") ==
        "s.yaml:2:19: the path 'policies.p.mechanisms.n.strength' leads to 'n', which is not there, one of k, m, s was "
        "expected");
  CHECK(refused("policies.p.attributes.sise")
            .find("leads to 'sise', which is not there, one of region, size was "
                  "expected; did you mean 'size'?") != std::string::npos);
  CHECK(refused("policies.p.attributes.region.Asja").find("Asia was expected; did you mean 'Asia'?") !=
        std::string::npos);
  CHECK(refused("policies.p.attributes.size.large").find("leads to 'large', which is not there") != std::string::npos);
  CHECK(refused("policies.p.attributes.region").find("name one, as in policies.p.attributes.region.Asia") !=
        std::string::npos);
  CHECK(refused("policies.p.baselin").find("did you mean 'baseline'?") != std::string::npos);
  CHECK(refused("polices.p.baseline").find("did you mean 'policies'?") != std::string::npos);
  CHECK(refused("policies.p.baseline.chanse").find("did you mean 'chance'?") != std::string::npos);
  CHECK(refused("policies.p.trend.polynomial[2]").find("leads to 'polynomial[2]'") != std::string::npos);
  CHECK(refused("policies.p.trend.polynomial").find("name one of its 2 coefficients, from polynomial[0] on") !=
        std::string::npos);
  CHECK(refused("policies.p.trend.linear").find("did you mean") == std::string::npos);
  CHECK(refused("policies.p.trend.periods.2003").find("leads to 'periods', which is not there, polynomial was") !=
        std::string::npos);
  CHECK(refused("policies.v.trend.linaer").find("linear was expected; did you mean 'linear'?") != std::string::npos);
  CHECK(refused("policies.u.trend.spline.coefficients[2]").find("leads to 'coefficients[2]'") != std::string::npos);
  CHECK(refused("policies.u.trend.spline.knots").find("leads to 'knots', which is not there, coefficients was") !=
        std::string::npos);
  CHECK(refused("policies.q.trend.linear").find("policy 'q' has no trend") != std::string::npos);
  CHECK(refused("policies.t.trend.periods.2004").find("leads to '2004'") != std::string::npos);
  CHECK(refused("policies.p.frailty.town").find("one of city, city_policy, country, period was") != std::string::npos);
  CHECK(refused("policies.p.mechanisms.m.strenght").find("did you mean 'strength'?") != std::string::npos);
  CHECK(refused("policies.p.mechanisms.m.strength_by.age").find("size was expected") != std::string::npos);
  CHECK(refused("policies.p.mechanisms.m.scale.progress_ratio").find("leads to 'scale', which is not there") !=
        std::string::npos);
  CHECK(refused("policies.p.mechanisms.s.scale.progress_ration").find("did you mean 'progress_ratio'?") !=
        std::string::npos);
  CHECK(refused("policies.p.mechanisms.m.exposure.shape.step").find("leads to 'step', which is not there") !=
        std::string::npos);
  CHECK(refused("policies.p.mechanisms.k.exposure.cost").find("an attribute gives each city its own") !=
        std::string::npos);
  CHECK(refused("policies..baseline").find("has an empty key") != std::string::npos);
  CHECK(refused("policies.p").find("numbers of policies can") != std::string::npos);
}

TEST_CASE("what cannot be set has a reason") {
  CHECK(refused("networks.n.same").find("add_ties and remove_ties change them at a date") != std::string::npos);
  CHECK(refused("seed").find("'seed' cannot be set at a date, draws are keyed by it") != std::string::npos);
  CHECK(refused("time.end").find("the clock is the same") != std::string::npos);
  CHECK(refused("currency").find("numbers of policies can") != std::string::npos);
  CHECK(refused("policies.p.rule").find("numbers of policies can") != std::string::npos);
  CHECK(refused("policies.p.merit.spread").find("looks are weighed by it") != std::string::npos);
  CHECK(refused("policies.t.threshold").find("drawn once for each city") != std::string::npos);
  CHECK(refused("policies.t.baseline").find("policy 't' has no baseline") != std::string::npos);
  CHECK(refused("policies.q.frailty.city").find("rule cascade has no frailty") != std::string::npos);
  CHECK(refused("policies.r.frailty.city").find("nothing to act on without a baseline") != std::string::npos);
  CHECK(refused("policies.q.mechanisms.m.exposure.prior.mean").find("one chance of min(1, strength w)") !=
        std::string::npos);
  CHECK(refused("policies.p.mechanisms.m.exposure.pool").find("numbers of policies can") != std::string::npos);
}

TEST_CASE("values are those that the policy could have") {
  CHECK(refused("policies.p.mechanisms.s.scale.progress_ratio", "1.5") ==
        "s.yaml:2:67: 'policies.p.mechanisms.s.scale.progress_ratio' is '1.5', a number from 0.5 to 1 was expected");
  CHECK(refused("policies.p.mechanisms.m.exposure.shape.power", "0").find("a number above 0 was") != std::string::npos);
  CHECK(refused("policies.p.frailty.city", "-1").find("a number of at least 0 was expected") != std::string::npos);
  CHECK(refused("policies.p.baseline", "\"-4\"").find("is the text '-4', a number was expected") != std::string::npos);
  CHECK(refused("policies.p.baseline.chance", "0").find("a number above 0 and below 1, as in") != std::string::npos);
  CHECK(refused("policies.p.baseline", "{chance: 0.5}").find("is a map, a number was expected") != std::string::npos);
  CHECK(refused("policies.q.mechanisms.m.strength", "1.5").find("a number from 0 to 1, was expected") !=
        std::string::npos);
  CHECK(refused("policies.r.mechanisms.m.strength", "-1").find("a number of at least 0 was expected") !=
        std::string::npos);
}

TEST_CASE("all mistakes of sets are told at once, with the others") {
  Checked const checked = sets(
      "{at: 2004, set: {policies.p.basline: 1, policies.p.frailty.city: -1, seed: 2}},"
      "{at: 1999, set: {}}, {at: 2004, name: x, set: 3}, {at: 2004, until: 2003, name: y, set: [1]}");
  CHECK(checked.errors.size() == 8);
  CHECK(complaint("interventions: [{at: 2004, set: {}}],") ==
        "s.yaml:1:29: 'set' is empty, at least one path with a number was expected");
  CHECK(complaint("interventions: [{at: 2004, set: 3}],").find("a map from paths to numbers was expected") !=
        std::string::npos);
}

TEST_CASE("numbers of a policy change at so many dates and no more") {
  auto const by_year = [](std::int32_t count) {
    std::string list;
    for (std::int32_t k = 0; k < count; ++k) {
      std::string const year = std::to_string(2000 + k);
      list +=
          "{at: " + year + ", until: " + year + ", name: s" + year + ", set: {policies.p.baseline: -" + year + "}}, ";
    }
    return lines(check("{hansa: 1, time: {start: 2000, end: 9000}, cities: {file: c.csv}, policies: {p: {baseline: "
                       "-5}}, interventions: [" +
                       list + "]}")
                     .errors);
  };
  CHECK(by_year(4999) == "");
  CHECK(by_year(5000).find("numbers of policy 'p' change at more than 5000 dates, fewer were expected") !=
        std::string::npos);
}

TEST_CASE("what is no policy's changes at so many dates each") {
  auto const by_year = [](std::vector<std::string> const& paths, std::size_t count) {
    std::string list;
    for (std::size_t k = 0; k < count * paths.size(); ++k) {
      std::string const year = std::to_string(2000 + 2 * k);
      list +=
          "{at: " + year + ", until: " + year + ", name: s" + year + ", set: {" + paths[k % paths.size()] + ": 0.2}}, ";
    }
    return lines(check("{hansa: 1, time: {start: 2000, end: 9900}, cities: {file: c.csv}, networks: {n: {file: t.csv, "
                       "dynamics: {decay: 0.3}}}, resources: {income: 4}, collaborations: {file: k.csv, properties: "
                       "{club: {fee: {amount: 3}}}}, policies: {p: {baseline: -5}}, interventions: [" +
                       list + "]}")
                     .errors);
  };
  std::string const decay = "networks.n.dynamics.decay", income = "resources.income",
                    fee = "collaborations.properties.club.fee.amount";
  CHECK(by_year({decay, income}, 1900) == "");
  CHECK(by_year({fee}, 2600).find("numbers of collaboration 'club' change at more than 5000 dates") !=
        std::string::npos);
  CHECK(by_year({income}, 2600).find("numbers of 'resources' change at more than 5000 dates") != std::string::npos);
  CHECK(by_year({decay}, 2600).find("numbers of network 'n' change at more than 5000 dates") != std::string::npos);
}

TEST_CASE("no number is set twice in one step, whatever its path looks like") {
  auto const both = [](std::string const& first, std::string const& second) {
    return lines(
        sets("{at: 2004, until: 2006, name: a, set: {" + first + "}}, {at: 2006, name: b, set: {" + second + "}}")
            .errors);
  };
  CHECK(both("policies.p.baseline: -4", "policies.p.baseline: -4") ==
        "s.yaml:2:115: 'a' and 'b' both set 'policies.p.baseline' in 2006, one value in each step was expected; the "
        "other stands at s.yaml:2:62");
  CHECK(both("policies.u.baseline: -4", "policies.u.baseline.chance: 0.5").find("both set") != std::string::npos);
  CHECK(both("policies.u.baseline: -4, policies.u.baseline.chance: 0.5", "policies.p.baseline: -4")
            .find("'a' sets 'policies.u.baseline.chance' twice in 2004") != std::string::npos);
  CHECK(both("policies.p.baseline: -4", "policies.u.baseline: -4") == "");
  CHECK(lines(sets("{at: 2004, until: 2005, name: a, set: {policies.p.baseline: -4}}, {at: 2006, name: b, set: "
                   "{policies.p.baseline: -4}}")
                  .errors) == "");
}

TEST_CASE("what changes nothing is warned of: the same number, and nobody who decides") {
  CHECK(lines(sets("{at: 2004, set: {policies.p.baseline: -5}}").warnings) ==
        "s.yaml:2:40: 'policies.p.baseline' is -5 anyway, setting it changes nothing");
  CHECK(sets("{at: 2004, set: {policies.p.mechanisms.m.strength: 1}}").warnings.size() == 1);
  CHECK(sets("{at: 2004, set: {policies.u.frailty.country: 0}}").warnings.size() == 1);
  CHECK(lines(sets("{at: 2002, until: 2003, set: {policies.p.baseline: -4}}",
                   "{p: {baseline: -5, adopters: {file: a.csv, until: 2004}}}")
                  .warnings)
            .find("this ends in 2003, and adoptions of 'p' until 2004 are given") != std::string::npos);
}

namespace {

/// The complaints about one path in a scenario that has all that is no policy's.
Checked set_anywhere(std::string const& path, std::string const& value) {
  return check(
      "{hansa: 1, time: {start: 2000, end: 2010}, cities: {file: c.csv, attention: 2},\n"
      " networks: {n: {file: t.csv, dynamics: {decay: 0.1, visits: {rate: 0.2}}}, m: {file: t.csv}},"
      " collaborations: {file: k.csv, properties: {club: {fee: {amount: 3}}, other: {dissolved: 2005}}},"
      " resources: {initial: 5, income: {attribute: x}, growth: 0.1},"
      " policies: {p: {baseline: -5, cost: {amount: 2}, abandonment: {logit: {base: -3}},"
      " reinvention: {probability: 0.5, cost: 0.1}, merit: {mean: 1, spread: 1, attributes: {size: 0.2}}},"
      " q: {baseline: -5, cost: {amount: {attribute: x}}, abandonment: {hazard: 0.1}}},\n"
      " interventions: [{at: 2004, set: {\"" +
      path + "\": " + value + "}}]}");
}

std::string told_of(std::string const& path, std::string const& value = "1") {
  return lines(set_anywhere(path, value).errors);
}

}  // namespace

TEST_CASE("numbers of cities, networks, collaborations and resources are found") {
  using Of = NumberAt::Of;
  auto const check_at = [](std::string const& path, NumberAt const& at, std::string const& value = "0.5") {
    CAPTURE(path);
    Checked const checked = set_anywhere(path, value);
    CHECK(lines(checked.errors) == "");
    REQUIRE(checked.scenario.interventions.size() == 1);
    auto const& set = std::get<SetSpec>(checked.scenario.interventions[0].act);
    REQUIRE(set.values.size() == 1);
    CHECK(set.values[0].at == at);
    CHECK(set.values[0].policy.name == (is_of_policy(at.of) ? path.substr(9, 1) : ""));
  };
  check_at("cities.attention", {Of::attention, {}, "attention"}, "1");
  check_at("resources.growth", {Of::resources, {}, "growth"});
  check_at("networks.n.dynamics.floor", {Of::dynamics, "n", "floor"});
  check_at("networks.n.dynamics.visits.closure", {Of::dynamics, "n", "visits.closure"});
  check_at("networks.n.dynamics.visits.decay_km", {Of::dynamics, "n", "visits.decay_km"});  // from nothing
  check_at("collaborations.properties.club.fee.amount", {Of::fee, "club", "amount"});
  check_at("policies.p.cost.amount", {Of::cost, {}, "amount"});
  check_at("policies.p.reinvention.probability", {Of::reinvention, {}, "probability"});
  check_at("policies.p.abandonment.logit.base", {Of::abandonment, {}, "logit.base"});
  check_at("policies.q.abandonment.hazard", {Of::abandonment, {}, "hazard"});
  check_at("policies.p.merit.mean", {Of::merit, {}, "mean"});
  check_at("policies.p.merit.attributes.size", {Of::merit, {}, "attributes", "size"});
  CHECK(lines(set_anywhere("resources.growth", "0.1").warnings).find("'resources.growth' is 0.1 anyway") !=
        std::string::npos);
}

TEST_CASE("what lies before the first step, is drawn once or is no number stays, with a reason") {
  auto const says = [](std::string const& path, std::string const& part, std::string const& value = "1") {
    CAPTURE(path);
    CAPTURE(told_of(path, value));
    CHECK(told_of(path, value).find(part) != std::string::npos);
  };
  says("resources.initial", "budgets begin before the first step: 'income' can be set");
  says("resources.income", "an attribute gives each city its own");
  says("resources.returns.per_tie", "leads to 'per_tie', which is not there");
  says("resources.grwth", "did you mean 'growth'?");
  says("cities.attention", "a whole number from 1 on", "1.5");
  says("cities.generate", "a panel has attributes that change; 'attention' can be set");
  says("networks.m.dynamics.decay", "the ties of 'm' have no dynamics");
  says("networks.k.dynamics.decay", "leads to 'k', which is not there, one of m, n was");
  says("networks.n.dynamics.decay", "a number from 0 to 0.99", "1");
  says("networks.n.weight.decay_km", "add_ties and remove_ties change them at a date");
  says("collaborations.properties.other.fee.amount", "'other' asks no fee");
  says("collaborations.properties.clubs.fee.amount", "did you mean 'club'?");
  says("collaborations.properties.other.dissolved", "the amount of a fee can be set", "2006");
  says("policies.q.cost.amount", "an attribute gives each city its own");
  says("policies.q.abandonment.logit.base", "leads to 'base', which is not there");
  says("policies.p.abandonment.logit.own_belief", "without one cities have no beliefs");
  says("policies.q.reinvention.gain", "policy 'q' has no reinvention");
  says("policies.p.merit.spread", "looks are weighed by it");
  says("policies.p.adopters.until", "a seed makes cities adopt at a date");
  says("interventions.a.at", "an intervention of its own");
}
