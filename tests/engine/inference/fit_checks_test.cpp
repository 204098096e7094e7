/// What is said of designs from which nothing can be estimated.
#include "inference/fit_checks.hpp"

#include <doctest/doctest.h>

#include "made_rows.hpp"

namespace {

using namespace hansa::test;
using hansa::FitLink;
using hansa::Penalty;

bool begins(std::string const& text, std::string_view with) {
  return text.compare(0, with.size(), with) == 0;
}

constexpr std::string_view no_adoption = "none of the 6 decisions is an adoption, so that there is nothing to estimate";

/// Six decisions; columns: ones, what others did, and a covariate.
hansa::Design six_decisions(std::vector<int> const& event, double others) {
  std::vector<std::vector<double>> x;
  for (int i = 0; i < 6; ++i) x.push_back({1, others * (i % 2), i < 3 ? 0.0 : 1.0});
  return rows_of(x, event);
}

TEST_CASE("without an adoption that is the cause, whatever the terms are like") {
  for (double const others : {0.0, 0.5}) {
    hansa::Design design = six_decisions({0, 0, 0, 0, 0, 0}, others);
    for (FitLink const link : {FitLink::logit, FitLink::cloglog, FitLink::probit, FitLink::additive}) {
      design.log_linear = link == FitLink::additive && others > 0 ? 1 : 0;
      hansa::EventHistoryFit const fit = hansa::fit_event_history(design, {.link = link});
      CHECK_MESSAGE(begins(fit.failure, no_adoption), fit.failure);
      CHECK(fit.aliased.empty());
      CHECK(fit.separating.empty());
      CHECK(fit.events == 0);
    }
  }
}

TEST_CASE("Firth's penalty needs no adoption, but says so where nobody adopted and a term is 0 everywhere") {
  hansa::EventHistoryOptions options;
  options.penalty = Penalty::firth;
  CHECK(hansa::fit_event_history(six_decisions({0, 0, 0, 0, 0, 0}, 0.5), options).estimated());
  std::string const failure = hansa::fit_event_history(six_decisions({0, 0, 0, 0, 0, 0}, 0), options).failure;
  CHECK_MESSAGE(begins(failure, no_adoption), failure);
}

TEST_CASE("with an adoption a term that is 0 in every row is named") {
  hansa::EventHistoryFit const fit = hansa::fit_event_history(six_decisions({0, 1, 0, 0, 0, 1}, 0), {});
  CHECK(begins(fit.failure, "'x1' is 0 in every row"));
  CHECK(fit.aliased == std::vector<std::size_t>{1});
}

}  // namespace
