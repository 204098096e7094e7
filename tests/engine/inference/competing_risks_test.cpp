/// Chances of sets of policies against closed forms and sums over orders.
#include "inference/competing_risks.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <doctest/doctest.h>

#include "inference/likelihood.hpp"
#include "observed_rows.hpp"

namespace hansa {

namespace {

using Hazards = std::vector<double>;

double value(JointStep const& step, Hazards const& h) {
  return joint_terms(step, h).value - std::accumulate(h.begin(), h.end(), 0.0);
}

/// The divided difference of e^-x at points that differ, times (-1)^n: the chance that stays of lengths Exp(rate) in
/// this order have not all passed, over the rates of those that have.
double divided(std::vector<double> const& rates) {
  double sum = 0;
  for (std::size_t i = 0; i < rates.size(); ++i) {
    double product = 1;
    for (std::size_t j = 0; j < rates.size(); ++j) product *= j == i ? 1 : rates[j] - rates[i];
    sum += std::exp(-rates[i]) / product;
  }
  return sum;
}

/// By summing over the orders in which the adopters can come.
double by_orders(JointStep const& step, Hazards const& h) {
  std::vector<std::size_t> order(step.adopters);
  std::iota(order.begin(), order.end(), std::size_t{0});
  double sum = 0;
  do {
    std::uint64_t set = 0;
    double product = 1;
    std::vector<double> rates;
    auto const note = [&] {
      double rate = 0;
      for (std::size_t k = 0; k < h.size(); ++k) rate += (step.open[set] >> k & 1) != 0 ? h[k] : 0;
      rates.push_back(rate);
    };
    for (std::size_t const k : order) {
      note();
      product *= (step.open[set] >> k & 1) != 0 ? h[k] : 0;
      set |= std::uint64_t{1} << k;
    }
    note();
    sum += product == 0 ? 0 : product * divided(rates);
  } while (std::next_permutation(order.begin(), order.end()));
  return std::log(sum);
}

/// Three policies: the first two adopted, the first excluded by the second.
JointStep const one_way{{0, 1, 2}, {0b111, 0b110, 0b100, 0b100}, 2};

}  // namespace

TEST_CASE("of one that may come the share of the hazards counts") {
  for (Hazards const& h : {Hazards{0.3, 0.5}, Hazards{1e-9, 2e-7}, Hazards{4, 7, 30}, Hazards{1e-12, 40}}) {
    JointStep step{{0, 1, 2}, {(std::uint64_t{1} << h.size()) - 1, 0}, 1};
    double const all = std::accumulate(h.begin(), h.end(), 0.0);
    CHECK(value(step, h) == doctest::Approx(std::log(h[0] / all) + std::log(-std::expm1(-all))).epsilon(1e-13));
  }
}

TEST_CASE("without competition policies are independent") {
  JointStep const free{{0, 1, 2}, {0b111, 0b110, 0b101, 0b100}, 2};
  Hazards const h{0.3, 0.8, 0.2};
  CHECK(value(free, h) ==
        doctest::Approx(std::log(-std::expm1(-0.3)) + std::log(-std::expm1(-0.8)) - 0.2).epsilon(1e-13));
}

TEST_CASE("chances of sets are sums over the orders in which they can come") {
  JointStep const two_of_four{{0, 1, 2, 3}, {0b1111, 0b1110, 0b1101, 0}, 2};
  JointStep const three{{0, 1, 2, 3}, {0b1111, 0b1110, 0b1101, 0b1100, 0b1011, 0b1010, 0b0001, 0b1000}, 3};
  CHECK(value(one_way, {0.7, 0.4, 0.9}) == doctest::Approx(by_orders(one_way, {0.7, 0.4, 0.9})).epsilon(1e-12));
  CHECK(value(two_of_four, {0.7, 0.41, 1.3, 0.2}) ==
        doctest::Approx(by_orders(two_of_four, {0.7, 0.41, 1.3, 0.2})).epsilon(1e-12));
  CHECK(value(three, {0.7, 0.41, 1.3, 0.21}) ==
        doctest::Approx(by_orders(three, {0.7, 0.41, 1.3, 0.21})).epsilon(1e-11));
}

TEST_CASE("sets that nothing leads to are impossible, and so are hazards without end") {
  CHECK(is_possible(one_way));
  JointStep const never_both{{0, 1}, {0b11, 0, 0, 0}, 2};
  CHECK_FALSE(is_possible(never_both));
  CHECK(std::isinf(joint_terms(never_both, Hazards{1, 1}).value));
  CHECK(std::isinf(joint_terms(one_way, Hazards{1, 1, 1000}).value));
  CHECK(std::isinf(joint_terms(one_way, Hazards{0, 0, 0}).value));
}

TEST_CASE("derivatives of a joint step are those of its value") {
  Hazards const h{0.7, 0.4, 0.9};
  JointTerms const at = joint_terms(one_way, h);
  for (std::size_t k = 0; k < h.size(); ++k) {
    Hazards up = h, down = h;
    up[k] += 1e-5;
    down[k] -= 1e-5;
    JointTerms const above = joint_terms(one_way, up), below = joint_terms(one_way, down);
    auto const i = static_cast<Eigen::Index>(k);
    CHECK(at.slope[i] == doctest::Approx((above.value - below.value) / 2e-5).epsilon(1e-8));
    for (Eigen::Index j = 0; j < 3; ++j)
      CHECK(at.bend(i, j) == doctest::Approx((above.slope[j] - below.slope[j]) / 2e-5).epsilon(1e-7));
  }
}

TEST_CASE("the likelihood of rows with joint steps has the derivatives of its value, and scores that add up to them") {
  for (FitLink const link : {FitLink::logit, FitLink::cloglog, FitLink::additive}) {
    Design design = test::rows_of({{"baseline", {1, 1, 1, 1, 1, 1}}, {"x", {0.5, 1, 2, 0, 3, 1}}}, {1, 1, 0, 0, 1, 0});
    design.joint = {one_way};
    if (link == FitLink::additive) design.log_linear = 1;
    Sample const sample = make_sample(design, link, design.x);
    Eigen::VectorXd const b{{-0.4, 0.3}};
    Evaluation const at = evaluate(sample, b);
    CHECK(unit_scores(sample, b).colwise().sum().transpose().isApprox(at.gradient, 1e-12));
    for (Eigen::Index k = 0; k < 2; ++k) {
      Eigen::VectorXd const off = 1e-5 * Eigen::VectorXd::Unit(2, k);
      Evaluation const above = evaluate(sample, b + off), below = evaluate(sample, b - off);
      CHECK(at.gradient[k] == doctest::Approx((above.value - below.value) / 2e-5).epsilon(1e-8));
      for (Eigen::Index j = 0; j < 2; ++j)
        CHECK(at.observed(k, j) == doctest::Approx((below.gradient[j] - above.gradient[j]) / 2e-5).epsilon(1e-7));
    }
  }
}

TEST_CASE("separation is asked of the rows without those that came too late") {
  Design design = test::rows_of({{"baseline", {1, 1, 1, 1, 1, 1}}, {"x", {0.5, 1, 2, 0, 3, 1}}}, {1, 1, 0, 0, 1, 0});
  design.joint = {one_way};
  std::vector<std::size_t> row;
  Sample const alone = without_rivals(make_sample(design, FitLink::logit, design.x), row);
  CHECK(row == std::vector<std::size_t>{0, 1, 3, 4, 5});
  CHECK(alone.event == std::vector<std::uint8_t>{1, 1, 0, 1, 0});
  CHECK(alone.rows() == 5);
  CHECK(alone.q(2, 1) == 0);
}

}  // namespace hansa
