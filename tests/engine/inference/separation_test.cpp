/// Tests of separation on data whose answer is plain to see, and against enumeration in two dimensions.
#include "inference/separation.hpp"

#include <cmath>
#include <set>

#include <doctest/doctest.h>

#include "inference/event_history.hpp"
#include "inference/newton.hpp"
#include "made_rows.hpp"

namespace {

using namespace hansa::test;
using hansa::FitLink;

hansa::EventHistoryFit fit(hansa::Design const& design, FitLink link = FitLink::logit) {
  return hansa::fit_event_history(design, {.link = link});
}

/// A column of ones and x; the event where `decides` says so.
template <class Decides>
hansa::Design line(int n, Decides const& decides) {
  std::vector<std::vector<double>> x;
  std::vector<int> event;
  for (int k = 0; k < n; ++k) {
    x.push_back({1, static_cast<double>(k)});
    event.push_back(decides(k) ? 1 : 0);
  }
  return rows_of(x, event);
}

TEST_CASE("complete separation names both columns and every city, under each link") {
  hansa::Design const design = line(20, [](int k) { return k >= 12; });
  for (FitLink const link : {FitLink::logit, FitLink::cloglog, FitLink::probit}) {
    hansa::EventHistoryFit const found = fit(design, link);
    CHECK(found.separation == hansa::Separation::complete);
    CHECK(found.separating == std::vector<std::size_t>{0, 1});
    CHECK(found.separated.size() == 20);
    CHECK(found.coefficients.size() == 0);
    CHECK(found.covariance.size() == 0);
    CHECK(found.failure.find("'x0' and 'x1' tell adopters from the others without error") != std::string::npos);
  }
}

TEST_CASE("one row on both sides of the border makes separation quasi-complete") {
  hansa::Design design = line(20, [](int k) { return k >= 12; });
  design.x(11, 1) = 12;  // does not decide where row 12 does
  hansa::EventHistoryFit const found = fit(design);
  CHECK(found.separation == hansa::Separation::quasi_complete);
  CHECK(found.separated.size() == 18);
  std::set<hansa::Index> const cities(found.separated.begin(), found.separated.end());
  CHECK(cities.count(11) == 0);
  CHECK(cities.count(12) == 0);
}

TEST_CASE("a group without adoption is named alone, with its cities") {
  Uniform uniform(5);
  std::vector<std::vector<double>> x;
  std::vector<int> event;
  for (int k = 0; k < 300; ++k) {
    double const member = k % 10 == 0;
    x.push_back({1, uniform.normal(), member, 1e-4 * uniform.normal()});
    event.push_back(member == 0 && uniform() < 0.3);
  }
  for (FitLink const link : {FitLink::logit, FitLink::cloglog, FitLink::probit}) {
    hansa::EventHistoryFit const found = fit(rows_of(x, event), link);
    CHECK(found.separation == hansa::Separation::quasi_complete);
    CHECK(found.separating == std::vector<std::size_t>{2});
    REQUIRE(found.separated.size() == 30);
    for (std::size_t k = 0; k < 30; ++k) CHECK(found.separated[k] == 10 * k);
  }
}

TEST_CASE("two groups, one without and one with nothing but adoption, are both found") {
  Uniform uniform(6);
  std::vector<std::vector<double>> x;
  std::vector<int> event;
  for (int k = 0; k < 300; ++k) {
    double const never = k % 10 == 0, always = k % 10 == 1;
    x.push_back({1, uniform.normal(), never, always});
    event.push_back(always == 1 || (never == 0 && uniform() < 0.3));
  }
  hansa::EventHistoryFit const found = fit(rows_of(x, event));
  CHECK(found.separation == hansa::Separation::quasi_complete);
  CHECK(found.separating == std::vector<std::size_t>{2, 3});
  CHECK(found.separated.size() == 60);
}

TEST_CASE("strong effects that overlap by one row are no separation") {
  hansa::Design const design = line(2000, [](int k) { return k == 997 || k >= 1000; });
  hansa::EventHistoryFit const found = fit(design);
  CHECK(found.separation == hansa::Separation::none);
  CHECK(found.estimated());
  CHECK(found.coefficients[1] > 0.5);
}

TEST_CASE("nothing but adoption is a complete separation") {
  hansa::EventHistoryFit const found = fit(line(10, [](int) { return true; }));
  CHECK(found.separation == hansa::Separation::complete);
  CHECK_FALSE(found.failure.empty());
}

/// In two dimensions a separating direction exists exactly if one lies among the normals of rows and their bisectors.
bool separates_by_enumeration(hansa::Design const& design) {
  std::vector<Eigen::Vector2d> signed_rows;
  for (Eigen::Index r = 0; r < design.x.rows(); ++r)
    signed_rows.push_back((design.event[static_cast<std::size_t>(r)] != 0 ? 1 : -1) * design.x.row(r).transpose());
  std::vector<Eigen::Vector2d> candidates;
  for (Eigen::Vector2d const& a : signed_rows)
    for (double const sign : {-1.0, 1.0}) candidates.push_back(Eigen::Vector2d(-sign * a[1], sign * a[0]));
  for (Eigen::Vector2d const& a : signed_rows) candidates.push_back(a);
  for (Eigen::Vector2d const& c : candidates) {
    double least = 0, most = 0;
    for (Eigen::Vector2d const& a : signed_rows) {
      least = std::min(least, a.dot(c));
      most = std::max(most, a.dot(c));
    }
    if (least >= 0 && most > 0) return true;
  }
  return false;
}

TEST_CASE("on small tables the answer is that of trying all directions") {
  Uniform uniform(17);
  int separated = 0;
  for (int trial = 0; trial < 400; ++trial) {
    std::vector<std::vector<double>> x;
    std::vector<int> event;
    int const rows = 3 + trial % 6;
    for (int k = 0; k < rows; ++k) {
      x.push_back({1, std::floor(4 * uniform())});
      event.push_back(uniform() < 0.5);
    }
    hansa::Design const design = rows_of(x, event);
    hansa::EventHistoryFit const found = fit(design);
    if (found.rank < 2) continue;
    bool const expected = separates_by_enumeration(design);
    separated += expected;
    CHECK((found.separation != hansa::Separation::none) == expected);
    CHECK(found.estimated() == !expected);
  }
  CHECK(separated > 50);
  CHECK(separated < 350);
}

TEST_CASE("the projection on a cone is Moreau's") {
  // The cone of δ with δ1 >= 0 and δ1 + δ2 >= 0; the sum of both rows lies inside of it.
  hansa::RowMatrix a(2, 2);
  a << 1, 0, std::sqrt(0.5), std::sqrt(0.5);
  Eigen::VectorXd const inside = hansa::project_on_cone(a, {1, 1});
  CHECK(inside[0] == doctest::Approx(0.5 * (1 + std::sqrt(0.5))));
  // Opposite rows leave nothing.
  a << 1, 0, -1, 0;
  CHECK(hansa::project_on_cone(a, {1, 1}).norm() == 0);
}

TEST_CASE("residuals at a maximum prove overlap, and never where there is separation") {
  hansa::Design const design = draw({}, 3);
  hansa::Coordinates c = hansa::orthonormal(design, FitLink::logit);
  hansa::Sample const sample = hansa::make_sample(design, FitLink::logit, c.q);
  auto const best =
      hansa::maximise([&](auto const& b) { return hansa::evaluate(sample, b); }, Eigen::VectorXd::Zero(3), {});
  CHECK(hansa::overlap_is_certain(sample, best.at));
  CHECK_FALSE(hansa::overlap_is_certain(sample, best.at + Eigen::VectorXd::Constant(3, 30)));
  CHECK(hansa::find_recession(sample, best.at).direction.size() == 0);
}

TEST_CASE("separation is found where adoptions are known within spells only") {
  hansa::Design design = line(24, [](int k) { return k >= 12 && k % 3 == 2; });
  for (std::size_t k = 12; k < 24; ++k) design.spell[k] = static_cast<std::int32_t>(k / 3);
  for (std::size_t k = 0; k < 24; ++k) design.city[k] = static_cast<hansa::Index>(k / 3);
  hansa::EventHistoryFit const found = fit(design);
  CHECK(found.separation == hansa::Separation::complete);
  CHECK(found.separating == std::vector<std::size_t>{0, 1});
}

}  // namespace
