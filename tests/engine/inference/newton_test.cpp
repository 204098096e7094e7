/// Tests of the search on functions whose maxima are known.
#include "inference/newton.hpp"

#include <cmath>

#include <doctest/doctest.h>

namespace {

/// −(x − 1)² − 2(y − 2)² − xy, a hat.
hansa::Evaluation hat(Eigen::VectorXd const& b) {
  double const x = b[0], y = b[1];
  Eigen::VectorXd gradient(2);
  gradient << -2 * (x - 1) - y, -4 * (y - 2) - x;
  Eigen::MatrixXd bend(2, 2);
  bend << 2, 1, 1, 4;
  return {-(x - 1) * (x - 1) - 2 * (y - 2) * (y - 2) - x * y, gradient, bend, bend};
}

TEST_CASE("a quadratic function takes one step") {
  hansa::Maximum const found = hansa::maximise(hat, Eigen::VectorXd::Zero(2), {});
  CHECK(found.converged);
  CHECK(found.iterations == 1);
  CHECK(found.at[0] == doctest::Approx(0).scale(1));
  CHECK(found.at[1] == doctest::Approx(2));
}

TEST_CASE("bounds hold, and what lies on them is said") {
  // the hat moved so that its top has x < 0: on x = 0 the maximum is at y = 2
  auto const moved = [](Eigen::VectorXd const& b) {
    hansa::Evaluation made = hat(b);
    made.value -= b[0];
    made.gradient[0] -= 1;
    return made;
  };
  hansa::Maximum const found = hansa::maximise(moved, Eigen::VectorXd::Ones(2), {.nonnegative = {1, 1}});
  CHECK(found.converged);
  CHECK(found.at[0] == 0);
  CHECK(found.at[1] == doctest::Approx(2));
  CHECK(found.on_bound == std::vector<std::uint8_t>{1, 0});
}

TEST_CASE("a linear constraint stays, and its multiplier is the slope of the maximum") {
  Eigen::VectorXd const direction = (Eigen::VectorXd(2) << 1, 1).finished();
  auto const top = [&](double sum) {
    Eigen::VectorXd const start = (Eigen::VectorXd(2) << sum, 0).finished();
    return hansa::maximise(hat, start, {.direction = direction});
  };
  hansa::Maximum const found = top(1);
  CHECK(found.at.sum() == doctest::Approx(1));
  // along (s, 1 − s): derivative −2(s − 1) − (1 − s) − (−4(−1 − s) − s) vanishes at s = −3/4
  CHECK(found.at[0] == doctest::Approx(-0.75));
  CHECK(found.multiplier == doctest::Approx((top(1.001).there.value - top(0.999).there.value) / 0.002).epsilon(1e-6));
}

TEST_CASE("a fixed coordinate stays, and its multiplier is its slope") {
  hansa::Maximum const found = hansa::maximise(hat, Eigen::VectorXd::Ones(2), {.fixed = {1, 0}});
  CHECK(found.at[0] == 1);
  CHECK(found.at[1] == doctest::Approx(1.75));
  CHECK(found.multiplier == doctest::Approx(-1.75));
}

TEST_CASE("steps are halved where Newton's would overshoot") {
  // −√(1 + x²): from far out the full step goes to −x³
  auto const valley = [](Eigen::VectorXd const& b) {
    double const root = std::sqrt(1 + b[0] * b[0]);
    Eigen::MatrixXd const bend = Eigen::MatrixXd::Constant(1, 1, 1 / (root * root * root));
    return hansa::Evaluation{-root, Eigen::VectorXd::Constant(1, -b[0] / root), bend, bend};
  };
  hansa::Maximum const found = hansa::maximise(valley, Eigen::VectorXd::Constant(1, 5), {});
  CHECK(found.converged);
  CHECK(std::fabs(found.at[0]) < 1e-7);
}

TEST_CASE("what has no maximum does not converge, and a start of chance 0 goes nowhere") {
  auto const slope = [](Eigen::VectorXd const& b) {
    return hansa::Evaluation{b[0], Eigen::VectorXd::Ones(1), Eigen::MatrixXd::Zero(1, 1), Eigen::MatrixXd::Zero(1, 1)};
  };
  CHECK_FALSE(hansa::maximise(slope, Eigen::VectorXd::Zero(1), {}).converged);
  auto const lost = [](Eigen::VectorXd const& b) {
    hansa::Evaluation made = hat(b);
    made.value = -HUGE_VAL;
    return made;
  };
  CHECK(hansa::maximise(lost, Eigen::VectorXd::Zero(2), {}).iterations == 0);
}

TEST_CASE("the inverse of what is not positive definite is empty") {
  Eigen::MatrixXd m(2, 2);
  m << 2, 1, 1, 3;
  CHECK((hansa::inverse_of(m) * m - Eigen::MatrixXd::Identity(2, 2)).cwiseAbs().maxCoeff() < 1e-15);
  m << 1, 1, 1, 1;
  CHECK(hansa::inverse_of(m).size() == 0);
  m << 1, 2, 2, 1;
  CHECK(hansa::inverse_of(m).size() == 0);
  m(0, 0) = NAN;
  CHECK(hansa::inverse_of(m).size() == 0);
}

}  // namespace
