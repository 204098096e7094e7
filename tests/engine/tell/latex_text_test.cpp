/// What LaTeX would take for commands.
#include "tell/latex_text.hpp"

#include <limits>

#include <doctest/doctest.h>

using namespace hansa;

TEST_CASE("characters of commands are spelled out") {
  CHECK(latex_text("a_b & 50 % #1 {x} $y$ ~^\\\n") ==
        "a\\_b \\& 50 \\% \\#1 \\{x\\} \\$y\\$ \\textasciitilde{}\\textasciicircum{}\\textbackslash{} ");
}

TEST_CASE("numbers have a minus of mathematics, and what is none a dash") {
  CHECK(latex_decimals(-1.234) == "$-1.23$");
  CHECK(latex_decimals(std::numeric_limits<double>::infinity()) == "--");
  CHECK(latex_p(0.25) == "$0.2500$");
  CHECK(latex_p(1e-9) == "$<0.0001$");
  CHECK(latex_p(std::numeric_limits<double>::quiet_NaN()) == "--");
}

TEST_CASE("labels are of letters, digits and hyphens") {
  CHECK(latex_label("fit", "bike_share 2") == "tab:fit-bike-share-2");
}
