/// Past adoptions: which rows count, intervals, spells, and what is refused.
#include "world/records.hpp"

#include <doctest/doctest.h>

#include "engine/world/support.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

World small_world(Complaints& complaints) {
  World world;
  world.cities = cities("id,size\nberlin,1\nlyon,2\nparis,3\nrome,4\n", complaints);
  return world;
}

PolicySpec led() {
  PolicySpec policy;
  policy.name = "led";
  policy.adopters.source = file("a.csv");
  return policy;
}

PolicyRecords read(std::string_view text, Complaints& complaints, PolicySpec const& policy = led()) {
  Tables const tables{{"a.csv", table(text, "a.csv")}};
  return build_records(policy, {2000, 2010, "year"}, tables, small_world(complaints), complaints);
}

Selector ids(std::vector<std::string> const& names) {
  Selector selector;
  selector.form = Selector::Form::ids;
  for (std::string const& name : names) selector.names.push_back(reference(name));
  selector.where = here;
  return selector;
}

/// "0 2005[2001,2009]-2012" of every row: city, year as simulated, after and as written, left.
std::string told(PolicyRecords const& records) {
  std::string text;
  for (Observation const& row : records.observed) {
    text += std::to_string(row.city) + " " + std::to_string(row.year);
    if (row.after) text += "(" + std::to_string(*row.after) + "," + std::to_string(row.as_written) + "]";
    if (row.left) text += "-" + std::to_string(*row.left);
    text += ";";
  }
  return text;
}

}  // namespace

TEST_CASE("rows of the policy are sorted by city and year") {
  Complaints complaints;
  PolicyRecords const records = read(
      "year,policy,city,source\n2005,led,paris,x\n2001,brt,paris,x\n1999,led,lyon,x\n2030,led,berlin,x\n", complaints);
  CHECK(mistakes(complaints) == "");
  CHECK(warnings(complaints) ==
        "a.csv:5:1: 1 row is dated after 2010, in which time ends, it is neither replayed nor compared\n");
  CHECK(records.policy == "led");
  CHECK(told(records) == "0 2030;1 1999;2 2005;");
  CHECK(records.observed[0].where == Place{"a.csv", 5, 1});
  CHECK(records.initial.empty());
  CHECK(records.covered == std::vector<std::uint8_t>{1, 1, 1, 1});
  CHECK(records.eligible == std::vector<std::uint8_t>{1, 1, 1, 1});
}

TEST_CASE("without a column of policies all rows count, and time may stand for year") {
  Complaints complaints;
  CHECK(told(read("city,time\nlyon,-3\nrome,2001\n", complaints)) == "1 -3;3 2001;");
  CHECK(mistakes(complaints) == "");
}

TEST_CASE("an interval is simulated at its midpoint, rounded down") {
  Complaints complaints;
  // (2000, 2001] is 2001; (2000, 2002] is 2001 or 2002; (2000, 2003] has the middle 2002.
  CHECK(told(read("city,year,after\nberlin,2001,2000\nlyon,2002,2000\nparis,2003,2000\nrome,2005,\n", complaints)) ==
        "0 2001(2000,2001];1 2001(2000,2002];2 2002(2000,2003];3 2005;");
  CHECK(told(read("city,year,after\nberlin,-1,-4\nlyon,-1,-3\n", complaints)) == "0 -2(-4,-1];1 -2(-3,-1];");
  CHECK(mistakes(complaints) == "");
}

TEST_CASE("a city may adopt again after it left") {
  Complaints complaints;
  CHECK(told(read("city,year,left\nlyon,2006,\nlyon,2001,2005\n", complaints)) == "1 2001-2005;1 2006;");
  CHECK(mistakes(complaints) == "");
  (void)read("city,year,left\nlyon,2005,\nlyon,2001,2005\nrome,2001,\nrome,2003,2004\n", complaints);
  CHECK(mistakes(complaints) ==
        "a.csv:3:1: 'lyon' adopts 'led' twice, line 2 has it too; a second adoption needs a `left` before it in the "
        "first\n"
        "a.csv:5:1: 'rome' adopts 'led' twice, line 4 has it too; a second adoption needs a `left` before it in the "
        "first\n");
}

TEST_CASE("an interval of a city that comes again begins when it left, or later") {
  Complaints complaints;
  CHECK(told(read("city,year,after,left\nlyon,2006,,2008\nlyon,2012,2008,\n", complaints)) ==
        "1 2006-2008;1 2010(2008,2012];");
  CHECK(mistakes(complaints) == "");
  (void)read("city,year,after,left\nlyon,2006,,2008\nrome,2001,,\nlyon,2012,2007,\n", complaints);
  CHECK(mistakes(complaints) ==
        "a.csv:4:1: `after` 2007 is before 'lyon' left 'led', a label from 2008 on was expected, which line 2 has as "
        "`left`\n");
}

TEST_CASE("mistakes in the rows are told together; those of other policies are not read") {
  Complaints complaints;
  (void)read(
      "city,year,policy,after,left\nberln,2001,led,,\nlyon,soon,led,,\nparis,2001,led,2001,2001\nrome,2001,,,\n"
      "nowhere,never,brt,,\nrome,99999999999,led,x,\n",
      complaints);
  CHECK(mistakes(complaints) ==
        "a.csv:2:1: unknown city 'berln', an id of a city was expected; did you mean 'berlin'?\n"
        "a.csv:3:2: 'soon' in column 'year' is not a time label, a whole number was expected\n"
        "a.csv:4:4: `after` 2001 is not before the year of adoption, a label before 2001 was expected\n"
        "a.csv:4:5: `left` 2001 is not after the year of adoption, a label after 2001 was expected\n"
        "a.csv:5:3: the policy is blank, the name of a policy was expected\n"
        "a.csv:7:2: '99999999999' in column 'year' is not a time label, a whole number was expected\n"
        "a.csv:7:4: 'x' in column 'after' is not a time label, a whole number was expected\n");
  Complaints columns;
  (void)read("town,when\n", columns);
  CHECK(mistakes(columns) ==
        "a.csv:1: column 'city' is missing, 'city' was expected among the columns; the header has: town, when\n"
        "a.csv:1: column 'year' is missing, 'year' was expected among the columns; the header has: town, when\n");
}

TEST_CASE("rows after the end of the clock are counted") {
  Complaints complaints;
  (void)read("city,year,after\nrome,20010,\nlyon,2010,\nberlin,2011,\nparis,2011,2005\n", complaints);
  CHECK(mistakes(complaints) == "");
  CHECK(warnings(complaints) ==
        "a.csv:2:1: 2 rows are dated after 2010, in which time ends, they are neither replayed nor compared; this is "
        "the first\n");
}

TEST_CASE("a file that says nothing of the policy is warned of") {
  Complaints complaints;
  CHECK(read("city,year,policy\nlyon,2001,LED\n", complaints).observed.empty());
  CHECK(warnings(complaints) ==
        "s.yaml:9:9: no row of a.csv concerns the policy 'led', check the names in its column policy\n");
}

TEST_CASE("initial adopters, coverage and eligibility are selected") {
  Complaints complaints;
  PolicySpec policy = led();
  policy.adopters.source = ids({"rome", "lyon"});
  policy.adopters.coverage = ids({"paris"});
  policy.at_risk.cities = ids({"berlin", "rome"});
  PolicyRecords const records = read("city,year\n", complaints, policy);
  CHECK(mistakes(complaints) == "");
  CHECK(records.initial == std::vector<Index>{1, 3});
  CHECK(records.covered == std::vector<std::uint8_t>{0, 0, 1, 0});
  CHECK(records.eligible == std::vector<std::uint8_t>{1, 0, 0, 1});
  CHECK(records.observed.empty());
}
