/// Tails of Student's t and F: closed forms, values from R, and edges.
#include "base/student.hpp"

#include <cmath>
#include <limits>

#include <doctest/doctest.h>

#include "base/chi_square.hpp"
#include "base/flat_math.hpp"

using namespace hansa::flat;

TEST_CASE("one and two degrees of freedom have closed forms") {
  for (double t = 0.01; t < 1e4; t *= 1.37) {
    CHECK(student_tail(t, 1) ==
          doctest::Approx(0.5 - std::atan(t) / 3.14159265358979323846).epsilon(t < 10 ? 1e-13 : 1e-9));
    CHECK(student_tail(-t, 1) == doctest::Approx(0.5 + std::atan(t) / 3.14159265358979323846).epsilon(1e-13));
    double const tail = 1 / ((2 + t * t) * (1 + t / std::sqrt(2 + t * t)));
    CHECK(student_tail(t, 2) == doctest::Approx(tail).epsilon(1e-12));
  }
}

TEST_CASE("values of R's pt, qt and pf") {
  CHECK(student_tail(2.5, 7.3) == doctest::Approx(0.01982511733280023).epsilon(1e-12));
  CHECK(student_tail(12, 30) == doctest::Approx(2.79009270759963e-13).epsilon(1e-11));
  CHECK(student_tail(3, 1e5) == doctest::Approx(0.00135023044203236).epsilon(1e-10));
  CHECK(inverse_student(0.975, 4) == doctest::Approx(2.7764451051977987).epsilon(1e-13));
  CHECK(inverse_student(0.975, 123.4) == doctest::Approx(1.979374946317404).epsilon(1e-13));
  CHECK(inverse_student(0.025, 4) == doctest::Approx(-2.7764451051977987).epsilon(1e-13));
  CHECK(f_tail(3.1, 3, 17.5) == doctest::Approx(0.05360714599211729).epsilon(1e-12));
  CHECK(f_tail(1.02, 40000, 60000) == doctest::Approx(0.014954913810435).epsilon(1e-10));
}

TEST_CASE("an F with one degree above is the square of a t, and without bound below a chi-square") {
  for (double const degrees : {1.5, 4.0, 33.0, 5000.0}) {
    for (double const t : {0.1, 1.0, 2.2, 7.0}) {
      CHECK(f_tail(t * t, 1, degrees) == doctest::Approx(2 * student_tail(t, degrees)).epsilon(1e-12));
      CHECK(student_tail(inverse_student(0.9, degrees), degrees) == doctest::Approx(0.1).epsilon(1e-12));
    }
  }
  CHECK(f_tail(2.5, 4, std::numeric_limits<double>::infinity()) == chi_square_tail(10, 4));
  CHECK(f_tail(2.5, 4, 1e8) == doctest::Approx(chi_square_tail(10, 4)).epsilon(1e-6));
  CHECK(student_tail(1.3, std::numeric_limits<double>::infinity()) == normal_tail(1.3));
}

TEST_CASE("edges") {
  CHECK(student_tail(0, 5) == 0.5);
  CHECK(student_tail(std::numeric_limits<double>::infinity(), 5) == 0);
  CHECK(std::isnan(student_tail(1, 0)));
  CHECK(std::isnan(student_tail(std::nan(""), 3)));
  CHECK(f_tail(0, 2, 3) == 1);
  CHECK(std::isnan(f_tail(-1, 2, 3)));
  CHECK(std::isnan(inverse_student(1, 3)));
  CHECK(beta_share(2, 3, 0, 1) == 0);
  CHECK(beta_share(2, 3, 1, 0) == 1);
  CHECK(beta_share(2, 3, 0.4, 0.6) == doctest::Approx(0.5248).epsilon(1e-13));  // 1 − Σ of binomial chances
}
