/// Tests of model/number_course.
#include "model/number_course.hpp"

#include <doctest/doctest.h>

using namespace hansa;

TEST_CASE("a number is what the last step up to then makes it") {
  NumberCourse course(0.5);
  CHECK(course.constant());
  CHECK(course.at(0) == 0.5);
  CHECK(course.ever());
  course.add(3, 0.5);  // as it is anyway
  CHECK(course.constant());
  course.add(4, 2);
  course.add(7, 0);
  CHECK(!course.constant());
  CHECK(course.start() == 0.5);
  CHECK(course.at(3) == 0.5);
  CHECK(course.at(4) == 2);
  CHECK(course.at(6) == 2);
  CHECK(course.at(100) == 0);
  CHECK(course.largest() == 2);
  NumberCourse none;
  CHECK(!none.ever());
  none.add(2, -1);
  CHECK(none.ever());
  CHECK(none.largest() == 0);
}
