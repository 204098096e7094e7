/// Tests of study/goodness: a model that is right, one that is not, and what is simulated.
#include "study/goodness.hpp"

#include <cmath>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "engine/calibration/worlds.hpp"

using namespace hansa;
using hansa::test::OwnFolder;

namespace {

constexpr char const* plain = R"(hansa: 1
time: {start: 2000, end: 2011}
seed: 5
cities: {file: cities.csv}
networks: {road: {file: ties.csv, directed: false}}
policies:
  led:
    baseline: -3
    adopters: {file: adopters.csv}
    mechanisms: {talk: {exposure: {network: road}, strength: 0}}
fit: {cluster: none, until: 2010}
)";

/// 160 cities on a ring, of which c0, c40, … have it before; then `year(k)` of the others.
template <class Year>
Question with_adopters(OwnFolder const& folder, Year const& year, std::vector<std::string> const& settings = {}) {
  std::string cities = "id,region\n", ties = "source,target\n", adopters = "city,year\n";
  for (int k = 0; k < 160; ++k) {
    cities += fmt::format("c{},{}\n", k, k < 80 ? "north" : "south");
    ties += fmt::format("c{},c{}\n", k, (k + 1) % 160);
    int const when = k % 40 == 0 ? 1999 : year(k);
    if (when < 2012) adopters += fmt::format("c{},{}\n", k, when);
  }
  folder.write("cities.csv", cities);
  folder.write("ties.csv", ties);
  folder.write("adopters.csv", adopters);
  return parse_question(plain, folder.path() / "s.yaml", {.settings = settings});
}

/// A steady hazard of about 5 % a step, whoever is where.
int steady(int k) {
  int const place = (k * 37) % 160;
  return place < 72 ? 2000 + place / 6 : 2012;
}

Goodness judged(Question const& question, int threads, std::int64_t histories = 199) {
  Complaints complaints;
  FitQuestion const posed = pose_fit(*question.scenario, *question.world, question.mechanisms, complaints);
  complaints.throw_if_any();
  std::vector<FittedPolicies> fits;
  for (std::vector<PolicyId> const& each : fits_of(posed)) fits.push_back(fit_policies(posed, each, 1));
  return goodness_of(question, posed, fits, {.histories = histories, .threads = threads});
}

GoodnessPart const& part(Goodness const& of, std::string const& statistic) {
  for (GoodnessPart const& each : of.parts)
    if (each.statistic == statistic) return each;
  FAIL("no part " << statistic);
  return of.parts.front();
}

}  // namespace

TEST_CASE("a history of the model is inside of its envelopes, and its numbers are those by hand") {
  OwnFolder folder;
  Goodness const found = judged(with_adopters(folder, steady), 2);
  CHECK(found.histories == 199);
  CHECK(found.failed == 0);
  REQUIRE(found.parts.size() == 5);
  GoodnessPart const& curve = part(found, "curve");
  CHECK(curve.policy == "led");
  CHECK(curve.names.size() == 11);  // 2000 … 2010, the last scored decision
  CHECK(curve.names.back() == "2010");
  CHECK(curve.envelope.p > 0.1);
  int count = 0;
  for (int k = 0; k < 160; ++k) count += k % 40 == 0 || steady(k) <= 2010 ? 1 : 0;
  CHECK(curve.observed.back() == doctest::Approx(count / 160.0));
  CHECK(curve.envelope.mean.back() == doctest::Approx(count / 160.0).epsilon(0.1));
  for (std::size_t k = 0; k < curve.names.size(); ++k) {
    CHECK(curve.envelope.lower[k] <= curve.envelope.low[k]);
    CHECK(curve.envelope.upper[k] >= curve.envelope.high[k]);
  }
  CHECK(part(found, "curve_by_group").names.size() == 22);
  CHECK(part(found, "moran").names == std::vector<std::string>{"road.adopted", "road.time"});
  CHECK(part(found, "seniority").names == std::vector<std::string>{"road.mean", "road.sd"});
}

TEST_CASE("a history of another model is outside of them") {
  OwnFolder folder;
  // All in the last years, in one half, one after the other along the road.
  Question const question = with_adopters(folder, [](int k) { return k < 50 ? 2008 + k / 20 : 2012; });
  Goodness const found = judged(question, 2);
  CHECK(part(found, "curve").envelope.p <= 0.01);
  CHECK(part(found, "curve_by_group").envelope.p <= 0.01);
}

TEST_CASE("no number depends on threads") {
  OwnFolder folder;
  Question const question = with_adopters(folder, steady);
  Goodness const one = judged(question, 1, 40), three = judged(question, 3, 40);
  REQUIRE(one.parts.size() == three.parts.size());
  for (std::size_t k = 0; k < one.parts.size(); ++k) {
    CHECK(one.parts[k].envelope.p == three.parts[k].envelope.p);
    CHECK(one.parts[k].envelope.mean == three.parts[k].envelope.mean);
    CHECK(one.parts[k].envelope.upper == three.parts[k].envelope.upper);
  }
}

TEST_CASE("what happened before the first scored decision is given to all histories") {
  OwnFolder folder;
  Goodness const found = judged(with_adopters(folder, steady, {"fit.from=2004"}), 2, 50);
  GoodnessPart const& curve = part(found, "curve");
  CHECK(curve.names.front() == "2004");
  int before = 0;
  for (int k = 0; k < 160; ++k) before += k % 40 == 0 || steady(k) < 2004 ? 1 : 0;
  CHECK(curve.envelope.lower.front() >= before / 160.0);
  CHECK(curve.envelope.lower.front() < curve.envelope.upper.front());
}

TEST_CASE("without estimates nothing is judged, and what no rule simulates is refused") {
  OwnFolder folder;
  Goodness const found =
      judged(with_adopters(folder, steady, {"policies.led.attributes={region: {north: 1, south: 1}}"}), 1, 10);
  CHECK(found.parts.empty());
  REQUIRE(found.notes.size() == 1);
  CHECK(found.notes[0] == "'led' has no estimates to simulate from: nothing is judged");
  CHECK_THROWS_WITH((void)judged(with_adopters(folder, steady, {"fit.link=probit"}), 1, 10),
                    doctest::Contains("is a probit, which no rule is"));
}

TEST_CASE("how long those had adopted that adopters see is counted from their own years") {
  OwnFolder folder;
  // c0 in 1999, c1 in 2003: c1 sees c0 for 4 steps; c159 in 2005 sees it for 6; c2 in 2004 sees c1 for one.
  Question const question = with_adopters(folder, [](int k) {
    return k == 1 ? 2003 : k == 159 ? 2005 : k == 2 ? 2004 : k == 100 ? 2006 : 2012;
  });
  GoodnessPart const seniority = part(judged(question, 1, 20), "seniority");
  double const mean = (4.0 + 6 + 1) / 3;  // c100 sees nobody, and counts nowhere
  CHECK(seniority.observed[0] == doctest::Approx(mean));
  double const squares = (4 - mean) * (4 - mean) + (6 - mean) * (6 - mean) + (1 - mean) * (1 - mean);
  CHECK(seniority.observed[1] == doctest::Approx(std::sqrt(squares / 3)));
}
