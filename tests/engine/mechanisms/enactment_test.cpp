/// When laws are enacted, by hand on three cities: a and b in country X, c in country Y.
#include "mechanisms/enactment.hpp"

#include <doctest/doctest.h>

#include "model/phases.hpp"
#include "three_cities.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

NumberOrAttribute own(std::string const& name) {
  return Reference{name, {"s.yaml", 3, 4}};
}

MechanismSpec law(std::initializer_list<std::pair<std::string, NumberOrAttribute>> numbers) {
  MechanismSpec spec;
  spec.name = "law";
  spec.kind = "national";
  spec.parameters.set("delay", NumberOrAttribute(0.0), {});
  for (auto const& [name, number] : numbers) spec.parameters.set(name, number, {});
  return spec;
}

/// Follows one enactment; `in force` are the cities a, b, c.
class Course {
 public:
  Course(MechanismSpec const& spec, ThreeCities& three, Outset const& outset = {},
         std::vector<std::uint8_t> const& known = {})
      : made_(Enactment::make(spec, {three.world(), clock_, three.policy(), known, {}}, three.complaints)) {
    REQUIRE(made_.has_value());
    made_->reset(state_, outset);
  }

  std::string end(std::int32_t step, std::vector<Event> const& events) {
    std::vector<Index> list(16);
    std::vector<std::uint8_t> seen(3, 0);
    Touched touched{list.data(), seen.data()};
    made_->apply(state_, events);
    made_->advance(state_, step, touched);
    touched_.assign(list.begin(), list.begin() + touched.count);
    std::string text;
    for (Index city = 0; city < 3; ++city)
      if (made_->in_force(state_, city)) text += static_cast<char>('a' + city);
    return text;
  }
  [[nodiscard]] std::vector<Index> const& touched() const { return touched_; }

 private:
  Clock clock_{2000, 2005, "year"};
  std::optional<Enactment> made_;
  Enactment::State state_;
  std::vector<Index> touched_;
};

}  // namespace

TEST_CASE("a share that is reached exactly enacts, in the country where it is reached, for good") {
  ThreeCities three;
  Course course(law({{"enact.share", 0.5}}), three);
  CHECK(course.end(0, {}) == "");
  CHECK(course.end(1, {adopts(a)}) == "ab");
  CHECK(course.touched() == std::vector<Index>{a, b});
  CHECK(course.end(2, {leaves(a)}) == "ab");
  CHECK(course.touched().empty());
  CHECK(course.end(3, {adopts(c)}) == "abc");
  Course more(law({{"enact.share", 0.51}}), three);
  CHECK(more.end(0, {adopts(a)}) == "");
  CHECK(more.end(1, {adopts(b)}) == "ab");
}

TEST_CASE("initial adopters are those of the end of step 0, and a share of 0 is reached then") {
  ThreeCities three;
  Course course(law({{"enact.share", 0.5}}), three), none(law({{"enact.share", 0.0}}), three);
  CHECK(course.end(0, {adopts(b)}) == "ab");
  CHECK(none.end(0, {}) == "abc");
}

TEST_CASE("a delay counts from the step after enactment") {
  ThreeCities three;
  three.world().countries.numbers["slow"] = {2, 0};
  Course course(law({{"enact.share", 0.5}, {"delay", own("slow")}}), three);
  CHECK(course.end(0, {}) == "");
  CHECK(course.end(1, {adopts(a), adopts(c)}) == "c");  // enacted at the end of 1; X in force from 1 + 1 + 2
  CHECK(course.end(2, {}) == "c");
  CHECK(course.end(3, {leaves(a)}) == "abc");
}

TEST_CASE("a hazard adds up over the steps against the country's own resistance, from step 1 on") {
  ThreeCities three;
  three.policy().name = "led";
  Outset const outset{7, 3, nullptr};
  std::vector<std::uint64_t> const who{hash_id("X"), hash_id("Y")};
  std::vector<double> r(2);
  draw_exponential(make_key(7, 3, Purpose::law, hash_id("led")), who, 0, r);
  double const base = r[0] / 2.5;  // of X alone: enough at the end of step 3
  Course course(law({{"enact.hazard.base", base}, {"enact.hazard.share", 0.0}}), three, outset);
  for (std::int32_t step = 0; step <= 4; ++step) {
    std::string expected = step >= 3 ? "ab" : "";
    if (step > 0 && step * base >= r[1]) expected += "c";
    CHECK(course.end(step, {}) == expected);
  }
  // The share counts as it is at the end of the step, and that of step 0 for nothing.
  Course pressed(law({{"enact.hazard.base", 0.0}, {"enact.hazard.share", r[0] * 0.999}}), three, outset);
  CHECK(pressed.end(0, {adopts(a), adopts(b)}).find('a') == std::string::npos);
  CHECK(pressed.end(1, {}).find('a') == std::string::npos);
  CHECK(pressed.end(2, {leaves(b)}).find('a') != std::string::npos);  // 0.999 (1 + 1/2) >= 1
  Course never(law({{"enact.hazard.base", 0.0}, {"enact.hazard.share", 0.0}}), three, outset);
  for (std::int32_t step = 0; step <= 4; ++step) CHECK(never.end(step, {adopts(c)}) == "");
}

TEST_CASE("a file dates laws, those before the start from the first step on") {
  ThreeCities three;
  three.world().laws = {{"led", "law", {{0, 2002}, {1, 1990}}}};
  three.policy().name = "led";
  MechanismSpec spec = law({});
  spec.parameters.set("enact.file", std::string("laws.csv"), {});
  Course course(spec, three);
  CHECK(course.end(0, {}) == "c");
  CHECK(course.end(1, {adopts(a), adopts(b)}) == "c");
  CHECK(course.end(2, {}) == "abc");  // the decisions of 2002, which is step 3
}

TEST_CASE("cities of no country have no law, and those of whom nobody knows do not count") {
  ThreeCities three;
  three.world().cities.texts["country"].code = {0, 0, -1};
  Course course(law({{"enact.share", 1.0}}), three);
  CHECK(course.end(0, {adopts(a), adopts(c)}) == "");
  CHECK(course.end(1, {adopts(b)}) == "ab");
  ThreeCities again;
  Course known(law({{"enact.share", 1.0}}), again, {}, {1, 0, 0});
  CHECK(known.end(0, {adopts(b), adopts(c)}) == "");  // of Y nobody knows anything
  CHECK(known.end(1, {adopts(a)}) == "ab");
}

TEST_CASE("numbers of countries that are unknown, missing or out of range are told with their places") {
  ThreeCities three;
  auto const told = [&](MechanismSpec const& spec) {
    Complaints complaints;
    CHECK_FALSE(Enactment::make(spec, {three.world(), {2000, 2005, "year"}, three.policy(), {}, {}}, complaints));
    REQUIRE(complaints.size() == 1);
    return format(complaints.errors()[0]);
  };
  MechanismSpec const spec = law({{"enact.share", own("need")}});
  CHECK(told(spec) ==
        "s.yaml:3:4: 'law' has 'need' of each country, and countries have no attributes, countries: {file: "
        "…} with a column of that name was expected");
  three.world().countries.numbers["needs"] = {0, 1};
  CHECK(told(spec).find("countries have no number 'need', ") != std::string::npos);
  three.world().countries.numbers["need"] = {0.5, no_value};
  CHECK(told(spec).find("country 'Y' has no 'need', a number for each country that has a city was expected") !=
        std::string::npos);
  three.world().countries.numbers["need"] = {1.5, 1};
  CHECK(told(spec).find("'need' of country 'X' is 1.5, a number from 0 to 1 was expected") != std::string::npos);
  three.world().countries.numbers["slow"] = {0, 0.5};
  CHECK(told(law({{"enact.share", 0.5}, {"delay", own("slow")}})).find("the delay of 'law' is 0.5, a whole number") !=
        std::string::npos);
  three.world().cities.texts.clear();
  CHECK(told(law({{"enact.share", 0.5}})).find("country") != std::string::npos);
}

TEST_CASE("conditions and delays are those of the step at whose end is enacted") {
  ThreeCities three;
  std::vector<Phase> phases{{1, three.policy()}, {3, three.policy()}, {4, three.policy()}};
  MechanismSpec const first = law({{"enact.share", 0.9}, {"delay", 0.0}});
  phases[0].spec.mechanisms = {first};
  phases[1].spec.mechanisms = {law({{"enact.share", 0.5}, {"delay", 2.0}})};
  phases[2].spec.mechanisms = {first};
  Clock const clock{2000, 2009, "year"};
  auto const made =
      Enactment::make(first, {three.world(), clock, three.policy(), {}, {}, {}, &phases}, three.complaints);
  REQUIRE(made.has_value());
  Enactment::State state;
  made->reset(state, {});
  std::vector<Index> list(16);
  std::vector<std::uint8_t> seen(3, 0);
  std::vector<Event> const events{adopts(a)};
  made->apply(state, events);
  for (std::int32_t step = 0; step <= 6; ++step) {
    Touched touched{list.data(), seen.data()};
    made->advance(state, step, touched);
    CAPTURE(step);
    CHECK(made->in_force(state, a) == (step >= 5));  // enacted at the end of 3, in force from 6 on
    CHECK(!made->in_force(state, c));
  }
  phases[1].spec.mechanisms = {law({{"enact.share", 0.5}, {"delay", 1.5}})};
  CHECK(!Enactment::make(first, {three.world(), clock, three.policy(), {}, {}, {}, &phases}, three.complaints));
  CHECK(three.complaints.errors().back().problem == "the delay of 'law' is 1.5");
}
