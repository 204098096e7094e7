/// Compiling a policy by hand: attributes, dates, risk sets, and a mechanism of the embedder's own.
#include <array>
#include <cmath>
#include <limits>

#include <doctest/doctest.h>

#include "base/random.hpp"
#include "model/model.hpp"

using namespace hansa;

namespace {

/// Cities a, b, c, d with numbers, a text, and dates; clock 2000 … 2009; one policy `led`.
struct Four {
  World world;
  Scenario scenario;
  Complaints complaints;

  Four() {
    world.cities.id = {"a", "b", "c", "d"};
    for (std::string const& id : world.cities.id) world.cities.hash.push_back(hash_id(id));
    world.cities.numbers["size"] = {1, 2, 3, 4};
    world.cities.numbers["entry"] = {std::nan(""), 1990, 2004, 2020};
    world.cities.numbers["exit"] = {std::nan(""), 2003, 1995, 2030};
    world.cities.numbers["odd"] = {2000.5, 2000, 2000, 2000};
    world.cities.texts["region"].labels = {"east", "west"};
    world.cities.texts["region"].code = {0, 1, -1, 1};
    world.records.push_back({"led", {}, {}, {1, 1, 1, 1}, {1, 1, 1, 1}});
    scenario.clock = {2000, 2009, "year"};
    PolicySpec policy;
    policy.name = "led";
    policy.baseline = -2;
    scenario.policies.push_back(policy);
  }
  PolicySpec& policy() { return scenario.policies[0]; }
  PolicyModel compiled(Catalogue catalogue = {}) {
    Model model = compile(scenario, world, catalogue, complaints);
    mechanisms = model.mechanisms;
    return std::move(model.policies.at(0));
  }
  std::vector<std::string> mechanisms;
};

Observation row(Index city, std::int32_t year, std::optional<std::int32_t> left = {}) {
  return {city, year, {}, year, left, {}};
}

/// A mechanism that the engine does not know: every city feels 1.
class Constant final : public TermOf<Constant> {
 public:
  std::unique_ptr<Kept> keep() const override { return std::make_unique<Kept>(); }
  void reset(Kept&, Outset const&) const override {}
  void apply(Kept&, std::span<Event const>, Touched&) const override {}
  template <class Lane>
  void evaluate(Kept const&, std::span<Index const> cities, Lane* m) const {
    std::fill_n(m, cities.size(), Lane{1});
  }
};
constexpr Schema constant_schema{.name = "constant", .opening = "", .formula = "", .source = "", .parameters = {}};
std::unique_ptr<Term> make_constant(MechanismSpec const&, TermContext const&, Complaints&) {
  return std::make_unique<Constant>();
}

}  // namespace

TEST_CASE("attributes add up, numbers by slope and texts by value") {
  Four four;
  CHECK(four.compiled().attributes.empty());
  four.policy().attributes = {{{"region", {}}, std::map<std::string, double>{{"west", 0.5}}}, {{"size", {}}, 2.0}};
  CHECK(four.compiled().attributes == std::vector<double>{2, 4.5, 6, 8.5});
  CHECK(four.complaints.empty());
}

TEST_CASE("dates of risk and thresholds cannot change over time, effects and strengths can") {
  Four four;
  four.world.cities.later_numbers["entry"] = {{2003, 0, 2005}};
  four.world.cities.later_numbers["size"] = {{2003, 1, 7}};
  four.policy().attributes = {{{"size", {}}, 2.0}};
  PolicyModel const model = four.compiled();
  REQUIRE(model.attributes_later.size() == 1);
  CHECK(model.attributes_later[0].step == 4);
  CHECK(model.attributes_later[0].city == 1);
  CHECK(model.attributes_later[0].sum == 14);
  CHECK(four.complaints.empty());
  four.policy().at_risk.from = Reference{"entry", {}};
  four.policy().rule = Rule::threshold;
  four.policy().threshold.form = ThresholdLaw::Form::attribute;
  four.policy().threshold.attribute = {"size", {}};
  (void)four.compiled();
  REQUIRE(four.complaints.size() == 2);
  CHECK(four.complaints.errors()[0].problem == "attribute 'size' changes over time (a threshold)");
  CHECK(four.complaints.errors()[1].problem == "attribute 'entry' changes over time (a time label)");
}

TEST_CASE("attributes that are not there, or not what they are used as") {
  Four four;
  four.policy().attributes = {
      {{"region", {}}, std::map<std::string, double>{{"wets", 0.5}}}, {{"region", {}}, 1.0}, {{"siz", {}}, 2.0}};
  (void)four.compiled();
  REQUIRE(four.complaints.size() == 3);
  CHECK(four.complaints.errors()[0].problem == "unknown value 'wets' of attribute 'region'");
  CHECK(four.complaints.errors()[0].mend == "one of east, west was expected; did you mean 'west'?");
}

TEST_CASE("adopters before the start are initial, those up to `until` are replayed, later ones are observations") {
  Four four;
  four.policy().adopters.until = 2003;
  four.world.records[0].observed = {row(0, 1990), row(1, 2002), row(2, 2003), row(3, 2004)};
  PolicyModel const model = four.compiled();
  REQUIRE(model.dated.size() == 3);
  CHECK(model.dated[0].step == 0);
  CHECK(model.dated[0].label == 1990);
  CHECK(model.dated[1].step == 3);
  CHECK(model.dated[1].event.city == 1);
  CHECK(model.dated[2].step == 4);
  CHECK(model.first_decision == 5);
}

TEST_CASE("years far beyond the clock are no replay, whatever `until` says") {
  Four four;
  four.policy().adopters.until = std::numeric_limits<std::int32_t>::max();
  four.world.records[0].observed = {row(0, 2002), row(1, 2'147'483'646)};
  PolicyModel const model = four.compiled();
  REQUIRE(model.dated.size() == 1);
  CHECK(model.dated[0].step == 3);
  CHECK(model.first_decision == 11);  // nobody decides
}

TEST_CASE("without `until` the first step is decided, and a selection is dated before it") {
  Four four;
  four.world.records[0].initial = {1, 3};
  PolicyModel const model = four.compiled();
  CHECK(model.first_decision == 1);
  REQUIRE(model.dated.size() == 2);
  CHECK(model.dated[1].label == 1999);
  CHECK(model.dated[1].step == 0);
}

TEST_CASE("a city that abandoned comes again in its next episode") {
  Four four;
  four.policy().adopters.until = 2005;
  four.world.records[0].observed = {row(0, 1990, 1995), row(0, 2001, 2003), row(0, 2005, 2008)};
  PolicyModel const model = four.compiled();
  REQUIRE(model.dated.size() == 5);  // the last abandonment comes after the replay
  CHECK(model.dated[1].event.sign == -1);
  CHECK(model.dated[1].step == 0);
  CHECK(model.dated[2].event.episode == 1);
  CHECK(model.dated[4].event.episode == 2);
  CHECK(model.dated[4].event.sign == +1);
}

TEST_CASE("entry and exit become steps") {
  Four four;
  four.policy().at_risk.from = Reference{"entry", {}};
  four.policy().at_risk.until = Reference{"exit", {}};
  PolicyModel const model = four.compiled();
  CHECK(model.entry == std::vector<std::int16_t>{1, 0, 5, 11});
  CHECK(model.exit == std::vector<std::int16_t>{10, 4, 0, 11});
  four.policy().at_risk.from = Reference{"odd", {}};
  (void)four.compiled();
  REQUIRE(four.complaints.size() == 1);
  CHECK(four.complaints.errors()[0].problem == "'odd' of city 'a' is not a whole number");
  four.world.cities.numbers["odd"] = {2000, 2000.5, std::nan(""), 0.5};
  (void)four.compiled();
  REQUIRE(four.complaints.size() == 2);
  CHECK(four.complaints.errors()[1].problem == "'odd' of city 'b' (and of 1 more) is not a whole number");
}

TEST_CASE("cities outside the selection never decide") {
  Four four;
  four.world.records[0].eligible = {1, 0, 1, 0};
  CHECK(four.compiled().exit == std::vector<std::int16_t>{10, 0, 10, 0});
}

TEST_CASE("thresholds from an attribute") {
  Four four;
  four.policy().rule = Rule::threshold;
  four.policy().threshold.form = ThresholdLaw::Form::attribute;
  four.policy().threshold.attribute = {"size", {}};
  PolicyModel const model = four.compiled();
  CHECK(model.threshold.given == std::vector<double>{1, 2, 3, 4});
  CHECK(model.baseline == 0);
}

TEST_CASE("mechanisms are numbered by name after the reserved ones, and an embedder may bring one") {
  Four four;
  for (char const* name : {"alone", "beta"}) {
    MechanismSpec spec;
    spec.name = name;
    spec.kind = "constant";
    spec.strength = 3;
    four.policy().mechanisms.push_back(spec);
  }
  std::array const catalogue{CatalogueEntry{&constant_schema, make_constant}};
  PolicyModel const model = four.compiled(catalogue);
  REQUIRE(model.terms.size() == 2);
  CHECK(model.terms[1].strength == 3);
  CHECK(four.mechanisms[model.terms[0].mechanism] == "alone");
  CHECK(four.mechanisms[model.terms[1].mechanism] == "beta");
  CHECK(four.mechanisms[std::size_t(Reserved::data)] == "data");
  CHECK(four.complaints.empty());
  (void)four.compiled();
  CHECK(four.complaints.size() == 2);  // nobody brought it
}

TEST_CASE("rules without a baseline start from nothing") {
  Four four;
  CHECK(four.compiled().baseline == -2);
  four.policy().baseline.reset();
  four.policy().rule = Rule::additive;
  CHECK(four.compiled().baseline == -infinity);  // of which e^baseline is no hazard
  four.policy().rule = Rule::cascade;
  CHECK(four.compiled().baseline == 0);
  four.policy().rule = Rule::threshold;
  four.policy().entry = EntryLaw::settled;
  CHECK(four.compiled().entry_law == EntryLaw::settled);
}

TEST_CASE("frailties of countries go by the countries' names, and leave out cities of none") {
  Four four;
  four.world.cities.texts["country"].labels = {"BRA", "FRA"};
  four.world.cities.texts["country"].code = {1, 0, -1, 1};
  four.policy().frailty.city = 0.5;
  PolicyModel const without = four.compiled();
  CHECK(without.frailty.sds.at(0).city == 0.5);
  CHECK(without.frailty.countries.empty());
  CHECK(four.complaints.warnings().empty());
  four.policy().frailty.country = 0.3;
  PolicyModel const model = four.compiled();
  CHECK(model.frailty.sds.at(0).country == 0.3);
  CHECK(model.frailty.countries == std::vector<std::uint64_t>{hash_id("BRA"), hash_id("FRA")});
  CHECK(model.frailty.country_code == std::vector<std::int32_t>{1, 0, -1, 1});
  REQUIRE(four.complaints.warnings().size() == 1);
  CHECK(four.complaints.warnings()[0].problem == "1 city has no country");
  CHECK(four.complaints.empty());
}

TEST_CASE("frailty of countries needs countries") {
  Four four;
  four.policy().frailty.country = 0.3;
  (void)four.compiled();
  REQUIRE(four.complaints.size() == 1);
  CHECK(four.complaints.errors()[0].problem.find("'country'") != std::string::npos);
}

TEST_CASE("a cascade knows its ties, and its strengths are chances in every city") {
  Four four;
  four.world.networks.push_back(make_layer("ties", {{0, 1, 1}}, 4, {}, four.complaints));
  four.policy().rule = Rule::cascade;
  MechanismSpec spec;
  spec.name = "m";
  spec.kind = "constant";
  spec.strength = 0.5;
  spec.strength_by = {{{"size", {}}, 0.1}};
  spec.parameters.set("network", Reference{"ties", {}}, {});
  four.policy().mechanisms.push_back(spec);
  std::array const catalogue{CatalogueEntry{&constant_schema, make_constant}};
  PolicyModel const model = four.compiled(catalogue);
  CHECK(model.terms.at(0).network == &four.world.networks[0]);
  CHECK(model.terms[0].strengths.at(3) == doctest::Approx(0.9));
  CHECK(four.complaints.empty());
  four.policy().mechanisms[0].strength_by[0].second = 0.2;
  (void)four.compiled(catalogue);
  REQUIRE(four.complaints.size() == 1);
  CHECK(four.complaints.errors()[0].problem == "the strength of 'm' for city 'c' is 1.100000");
}
