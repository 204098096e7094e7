/// Files of national laws.
#include "world/laws.hpp"

#include <doctest/doctest.h>

#include "engine/world/support.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

struct ReadLaws {
  std::vector<LawRecords> laws;
  std::string mistakes, warnings;
};

/// Policies p with the laws ban and must, of one file, and q without any.
ReadLaws laws_of(std::string const& text) {
  Complaints none, complaints;
  Scenario scenario;
  for (std::string const name : {"p", "q"}) {
    PolicySpec& policy = scenario.policies.emplace_back();
    policy.name = name;
    for (std::string const law : {"ban", "must"}) {
      MechanismSpec& mechanism = policy.mechanisms.emplace_back();
      mechanism.name = law;
      if (name == "p") mechanism.file = file("laws.csv");
    }
  }
  Cities const some = cities("id,country\na,X\nb,Y\nc,\n", none);
  ReadLaws made;
  made.laws = read_laws(scenario, {{"laws.csv", table(text, "laws.csv")}}, some, complaints);
  made.mistakes = mistakes(complaints);
  made.warnings = warnings(complaints);
  return made;
}

}  // namespace

TEST_CASE("a mechanism has the rows of its policy, by country") {
  ReadLaws const made = laws_of("from,policy,country\n2004,p,Y\n2001,q,X\n1990,p,X\n");
  CHECK(made.mistakes == "");
  CHECK(made.warnings == "");
  REQUIRE(made.laws.size() == 2);
  CHECK(made.laws[0].mechanism == "ban");
  CHECK(made.laws[1].mechanism == "must");
  for (LawRecords const& each : made.laws) {
    CHECK(each.policy == "p");
    REQUIRE(each.laws.size() == 2);
    CHECK((each.laws[0].country == 0 && each.laws[0].from == 1990));
    CHECK((each.laws[1].country == 1 && each.laws[1].from == 2004));
  }
}

TEST_CASE("mistakes are told once, with their rows, though two laws have the file") {
  CHECK(laws_of("country,policy,from\nV,p,2000\n").mistakes ==
        "laws.csv:2:1: country 'V' has a law and no city, a country of the cities was expected\n");
  CHECK(laws_of("country,policy,from\n,p,2000\n").mistakes ==
        "laws.csv:2:1: a country is missing, the name of a country was expected\n");
  CHECK(laws_of("country,policy,from\nX,p,\n").mistakes ==
        "laws.csv:2:3: a year is missing, that from which the law is in force was expected\n");
  CHECK(laws_of("country,policy,from\nX,p,soon\n").mistakes.find("laws.csv:2:3: ") == 0);
  CHECK(laws_of("country,policy,from\nX,p,2000\nY,p,2000\nX,p,2003\n").mistakes ==
        "laws.csv:4:1: country 'X' has two laws on 'p', one was expected, which stays in force; line 2 has one too\n");
  CHECK(laws_of("country,policy,since\nX,p,2000\n").mistakes.find("laws.csv:1") == 0);
}

TEST_CASE("rows that nothing reads are warned of") {
  CHECK(laws_of("country,policy,from\nX,r,2000\nX,p,2001\n").warnings ==
        "laws.csv:2:2: a law on 'r', a policy that the scenario does not have, rows of other policies are not read\n");
  CHECK(laws_of("country,policy,from\nX,q,2000\n").warnings ==
        "s.yaml:9:9: no row of 'laws.csv' is a law on 'p', 'ban' does nothing\n");
}
