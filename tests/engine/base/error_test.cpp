/// Tests of base/error: the text of complaints, and how they are gathered.
#include "base/error.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace hansa;

TEST_CASE("a complaint is told with what is known of its place") {
  CHECK(format({"unknown key 'a'", {"x.yaml", 3, 5}, "b was expected"}) ==
        "x.yaml:3:5: unknown key 'a', b was expected");
  CHECK(format({"the row is short", {"x.csv", 3, 0}, ""}) == "x.csv:3: the row is short");
  CHECK(format({"the file is empty", {"x.csv", 0, 7}, ""}) == "x.csv: the file is empty");
  CHECK(format({"nothing fits", {}, "more was expected"}) == "nothing fits, more was expected");
}

TEST_CASE("complaints are thrown at once, in the order of their places, without repetitions") {
  Complaints complaints;
  complaints.throw_if_any();
  complaints.add("late", {"b.yaml", 1, 1});
  complaints.add("second", {"a.yaml", 10, 2});
  complaints.add("first", {"a.yaml", 9, 30}, "mend");
  complaints.add("second", {"a.yaml", 10, 2});
  try {
    complaints.throw_if_any();
    FAIL("nothing was thrown");
  } catch (Error const& error) {
    CHECK(error.fault() == Fault::input);
    REQUIRE(error.complaints().size() == 3);
    CHECK(std::string(error.what()) == "a.yaml:9:30: first, mend\na.yaml:10:2: second\nb.yaml:1:1: late");
  }
}

TEST_CASE("warnings are kept, never thrown") {
  Complaints complaints;
  complaints.warn("odd", {"a.yaml", 1, 1});
  CHECK(complaints.empty());
  CHECK(complaints.warnings().size() == 1);
  CHECK_NOTHROW(complaints.throw_if_any());
}

TEST_CASE("of each file a hundred are kept, and the rest is counted") {
  Complaints complaints;
  for (int line = 250; line > 0; --line) complaints.add("bad", {"a.csv", line, 1});
  for (int line = 1; line <= 3; ++line) complaints.add("bad", {"b.csv", line, 1});
  CHECK(complaints.size() == 253);
  CHECK(complaints.errors().size() == 103);
  CHECK(complaints.is_full({"a.csv", 7, 0}));
  CHECK_FALSE(complaints.is_full({"b.csv", 7, 0}));
  try {
    complaints.throw_if_any();
    FAIL("nothing was thrown");
  } catch (Error const& error) {
    REQUIRE(error.complaints().size() == 104);
    CHECK(format(error.complaints()[0]) == "a.csv:151:1: bad");
    CHECK(format(error.complaints()[100]) == "b.csv:1:1: bad");
    CHECK(format(error.complaints()[103]) == "a.csv: and 150 more like these");
  }
}

TEST_CASE("of all files a thousand are kept, and the rest is counted") {
  Complaints complaints;
  for (int file = 0; file < 5000; ++file) complaints.add("bad", {"f" + std::to_string(file), 1, 1});
  CHECK(complaints.size() == 5000);
  CHECK(complaints.errors().size() == 1000);
  Complaints all;
  for (Complaint const& each : complaints.errors()) all.add(each.problem, each.where, each.mend);
  all.count_more(complaints);
  CHECK(all.size() == 5000);
  try {
    all.throw_if_any();
    FAIL("nothing was thrown");
  } catch (Error const& error) {
    REQUIRE(error.complaints().size() == 1001);
    CHECK(format(error.complaints()[1000]) == "and 4000 more like these in other files");
  }
}

TEST_CASE("warnings are counted likewise") {
  Complaints complaints;
  for (int line = 1; line <= 120; ++line) complaints.warn("odd", {"a.csv", line, 1});
  CHECK(complaints.warnings().size() == 100);
  REQUIRE(complaints.told_warnings().size() == 101);
  CHECK(format(complaints.told_warnings()[100]) == "a.csv: and 20 more like these");
  CHECK_NOTHROW(complaints.throw_if_any());
}

TEST_CASE("what is quoted at length is told in part, and characters stay whole") {
  std::string long_id;
  for (int i = 0; i < 100000; ++i) long_id += "é";
  for (char const* const before : {"", "x"}) {
    std::string const told = format({before + ("unknown city '" + long_id) + "'", {"a.csv", 2, 1}, "mend"});
    CHECK(told.size() < 1100);
    CHECK(told.starts_with("a.csv:2:1: " + std::string(before) + "unknown city 'éé"));
    CHECK(told.find("é … é") != std::string::npos);
    CHECK(told.ends_with("é', mend"));
  }
}

TEST_CASE("require throws with its place") {
  CHECK_NOTHROW(require(true, "wrong", {}));
  CHECK_THROWS_WITH_AS(require(false, "wrong", {"f", 2, 3}, "right was expected"), "f:2:3: wrong, right was expected",
                       Error);
}
