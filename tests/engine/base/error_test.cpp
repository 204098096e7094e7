/// Tests of base/error: the text of complaints, and how they are gathered.
#include "base/error.hpp"

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

TEST_CASE("require throws with its place") {
  CHECK_NOTHROW(require(true, "wrong", {}));
  CHECK_THROWS_WITH_AS(require(false, "wrong", {"f", 2, 3}, "right was expected"), "f:2:3: wrong, right was expected",
                       Error);
}
