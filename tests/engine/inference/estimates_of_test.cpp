/// What later runs take of a fit.
#include "inference/estimates_of.hpp"

#include <doctest/doctest.h>

namespace hansa {

namespace {

FittedPolicies fitted() {
  FittedPolicies fitted;
  fitted.report.subject.name = "led";
  fitted.report.subject.policies = {"led", "bike share"};
  fitted.observed.coefficients = {{{"policies.led.baseline"}, ""}, {{"policies.led.mechanisms.m.strength"}, "m"}};
  EventHistoryFit& fit = fitted.report.fit;
  fit.link = FitLink::cloglog;
  fit.names = {"baseline", "m"};
  fit.coefficients = Eigen::Vector2d(-3, 2);
  fit.covariance = Eigen::Matrix2d{{1, 0.5}, {0.5, 4}};
  return fitted;
}

}  // namespace

TEST_CASE("estimates keep their paths and the covariance that is reported") {
  FittedPolicies one = fitted();
  std::vector<double> model;
  Estimates const plain = estimates_of(one, model);
  CHECK(plain.link == "cloglog");
  CHECK(plain.terms == std::vector<std::string>{"baseline", "m"});
  CHECK(plain.paths[1] == std::vector<std::string>{"policies.led.mechanisms.m.strength"});
  CHECK(plain.values == std::vector<double>{-3, 2});
  CHECK(plain.covariance == std::vector<double>{1, 0.5, 0.5, 4});
  CHECK(model.empty());
  one.report.fit.clustered = Eigen::Matrix2d{{2, 1}, {1, 8}};
  CHECK(estimates_of(one, model).covariance == std::vector<double>{2, 1, 1, 8});
  CHECK(model == std::vector<double>{1, 0.5, 0.5, 4});
}

TEST_CASE("a city's standard deviation is on its own scale") {
  FittedPolicies one = fitted();
  one.report.fit.city_sd = 0.5;
  one.report.fit.covariance = Eigen::Matrix3d{{1, 0.5, 0.2}, {0.5, 4, 0}, {0.2, 0, 8}};
  std::vector<double> model;
  Estimates const found = estimates_of(one, model);
  CHECK(found.terms.back() == "city_sd");
  CHECK(found.paths.back() ==
        std::vector<std::string>{"policies.led.frailty.city", "policies.\"bike share\".frailty.city"});
  CHECK(found.values.back() == 0.5);
  CHECK(found.covariance == std::vector<double>{1, 0.5, 0.1, 0.5, 4, 0, 0.1, 0, 2});
}

TEST_CASE("without estimates there are none") {
  FittedPolicies one = fitted();
  one.report.fit.failure = "separation";
  std::vector<double> model{1};
  Estimates const none = estimates_of(one, model);
  CHECK(none.values.empty());
  CHECK(model.empty());
  CHECK(none.name == "led");
}

}  // namespace hansa
