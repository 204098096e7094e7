/// Tests of inference/dyad_design: by hand on three cities, and against the fit of single cities.
#include "inference/dyad_design.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "inference/event_history.hpp"
#include "support/question.hpp"
#include "world/sphere.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

// a adopts in 2001, b in 2002, c never; b observes a (weight 2), c observes b (3).
Texts three_dyads(std::string const& dyads, std::string const& more = "") {
  return {R"(hansa: 1
time: {start: 2001, end: 2003}
cities: {file: cities.csv}
networks: {road: {file: ties.csv}, tongue: {same: word}}
policies: {led: {baseline: -1, adopters: {file: adopters.csv}}}
fit: {)" + more +
              "dyads: {" + dyads + "}}\n",
          {{"cities.csv", "id,size,word,lat,lon\na,1,x,0,0\nb,2,y,0,10\nc,4,x,0,20\n"},
           {"ties.csv", "source,target,weight\na,b,2\nb,c,3\n"},
           {"adopters.csv", "city,year\na,2001\nb,2002\n"}}};
}

struct PosedDyads {
  std::unique_ptr<Question> question;
  Complaints complaints;
  std::optional<DyadDesigns> designs;
  std::vector<Adoptions> adoptions;

  explicit PosedDyads(Texts const& texts) : question(ask(texts)) {
    designs.emplace(question->scenario, question->world, complaints);
    complaints.throw_if_any();
    for (std::size_t p = 0; p < question->scenario.policies.size(); ++p)
      adoptions.push_back(observed_adoptions(question->model.policies[p], question->world.records[p],
                                             question->scenario.clock, question->world.cities.size()));
  }
  [[nodiscard]] Design design(std::size_t fit = 0) const { return designs->design_of(designs->fits()[fit], adoptions); }
};

/// "follower<leader year event" a row.
std::string dyads_in(Design const& design) {
  std::string text;
  for (std::size_t k = 0; k < design.rows(); ++k)
    text += std::string(1, static_cast<char>('a' + design.city[k])) + "<" + static_cast<char>('a' + design.leader[k]) +
            " " + std::to_string(design.period[k]) + " " + std::to_string(design.event[k]) + "; ";
  return text;
}

std::string dyad_complaint(std::string const& dyads, std::string const& more = "") {
  try {
    PosedDyads posed(three_dyads(dyads, more));
    posed.designs->check_keys(posed.complaints);
    posed.complaints.throw_if_any();
  } catch (Error const& error) {
    return error.complaints().at(0).problem;
  }
  return {};
}

}  // namespace

TEST_CASE("a pair is at risk where the follower can still emulate the leader") {
  PosedDyads const posed(three_dyads("covariates: {w: {tie: road}}"));
  // in 2001 nobody has led; in 2002 b and c can follow a; in 2003 c can follow a and b
  CHECK(dyads_in(posed.design()) == "b<a 2002 1; c<a 2002 0; c<a 2003 0; c<b 2003 0; ");
}

TEST_CASE("without the condition all pairs are there in all steps") {
  PosedDyads const posed(three_dyads("covariates: {w: {tie: road}}, risk_set: unconditional"));
  Design const design = posed.design();
  CHECK(design.rows() == 18);
  CHECK(std::count(design.event.begin(), design.event.end(), 1) == 1);
  CHECK(dyads_in(design).starts_with("a<b 2001 0; a<c 2001 0; a<b 2002 0; "));
}

TEST_CASE("leaders may be those that the follower observes") {
  PosedDyads const posed(three_dyads("covariates: {w: {tie: road}}, leaders: road"));
  CHECK(dyads_in(posed.design()) == "b<a 2002 1; c<b 2003 0; ");
}

TEST_CASE("covariates of pairs by hand") {
  PosedDyads const posed(three_dyads(
      "covariates: {a: {tie: road}, b: {distance: km}, c: {distance: log_km}, d: {same: word}, e: {difference: "
      "size}, f: {gap: size}, g: {log_ratio: size}, h: {leader: size}, i: {follower: size}, j: {time: linear}, "
      "k: {time: square}, l: {time: log}}"));
  Design const design = posed.design();
  REQUIRE(design.names.size() == 13);
  CHECK(design.names[0] == "baseline");
  double const km = earth_radius_km * std::acos(-1) / 18;  // ten degrees of the equator
  std::vector<double> const of_ba{1, 2, km, std::log1p(km), 0, -1, 1, -std::log(2), 1, 2, 1, 1, std::log(2)};
  std::vector<double> const of_cb{1, 3, km, std::log1p(km), 0, -2, 2, -std::log(2), 2, 4, 2, 4, std::log(3)};
  for (Eigen::Index k = 0; k < 13; ++k) {
    CAPTURE(k);
    CHECK(design.x(0, k) == doctest::Approx(of_ba[static_cast<std::size_t>(k)]));
    CHECK(design.x(3, k) == doctest::Approx(of_cb[static_cast<std::size_t>(k)]));
  }
  CHECK(design.x(1, 4) == 1);  // c and a have one word
}

TEST_CASE("scored steps, and cities that cannot decide, bound the rows") {
  PosedDyads const from(three_dyads("covariates: {w: {tie: road}}", "from: 2003, "));
  CHECK(dyads_in(from.design()) == "c<a 2003 0; c<b 2003 0; ");
  PosedDyads const until(three_dyads("covariates: {w: {tie: road}}", "until: 2002, "));
  CHECK(dyads_in(until.design()) == "b<a 2002 1; c<a 2002 0; ");
  PosedDyads uncovered(three_dyads("covariates: {w: {tie: road}}"));
  uncovered.adoptions[0].covered[2] = 0;
  CHECK(dyads_in(uncovered.design()) == "b<a 2002 1; ");
}

TEST_CASE("errors are clustered by follower, leader, both or not") {
  auto const clusters = [](std::string const& words) {
    PosedDyads const posed(three_dyads("covariates: {w: {tie: road}}" + words));
    return posed.designs->options_of({0}).clusters;
  };
  CHECK(clusters("") == std::vector{ErrorCluster::city});
  CHECK(clusters(", cluster: leader") == std::vector{ErrorCluster::leader});
  CHECK(clusters(", cluster: [follower, leader]") == std::vector{ErrorCluster::city, ErrorCluster::leader});
  CHECK(clusters(", cluster: none").empty());
}

TEST_CASE("what dyads cannot have is refused") {
  CHECK(dyad_complaint("covariates: {w: {tie: tongue}}") == "network 'tongue' has groups, and no ties");
  CHECK(dyad_complaint("covariates: {w: {same: size}}") != "");
  CHECK(dyad_complaint("covariates: {w: {leader: word}}") != "");
  CHECK(dyad_complaint("covariates: {w: {tie: road}}", "fixed_effects: period, ") ==
        "'fixed_effects' of 'fit' is not for dyads");
  CHECK(dyad_complaint("covariates: {w: {tie: road}}", "link: additive, ") ==
        "'link: additive' of 'fit' is not for dyads");
  CHECK(dyad_complaint("covariates: {w: {tie: road}}", "imputations: 3, ") ==
        "'imputations' of 'fit' is not for dyads");
  CHECK(dyad_complaint("covariates: {w: {tie: road}}") == "");
}

// Each city observes one other: then a pair at risk is a decision of its follower with exposure 1, and the dyadic model
// is that of single cities, with baseline + strength in the place of the baseline.
TEST_CASE("where each city observes one other, simulated coefficients are found again") {
  std::string cities = "id,size\n", ties = "source,target\n";
  constexpr int n = 600;
  for (int k = 0; k < n; ++k) {
    cities += "c" + std::to_string(k) + "," + std::to_string((k * 7919 % 200 - 100) / 100.0) + "\n";
    ties += "c" + std::to_string((k + 1) % n) + ",c" + std::to_string(k) + "\n";
  }
  PosedDyads posed({R"(hansa: 1
time: {start: 2001, end: 2020}
seed: 5
cities: {file: cities.csv}
networks: {road: {file: ties.csv}}
policies:
  led:
    baseline: -3.5
    attributes: {size: 0.8}
    mechanisms: {peers: {exposure: {network: road}, strength: 1.5}}
fit: {dyads: {covariates: {follow: {follower: size}, lead: {leader: size}}, leaders: road}}
)",
                    {{"cities.csv", cities}, {"ties.csv", ties}}});
  double sums[3] = {0, 0, 0};
  constexpr int histories = 40;
  for (int r = 0; r < histories; ++r) {
    History const history = run_one(*posed.question, r, Lanes::full);
    ObservedHistory observed = simulated_history(history.policies[0], posed.question->scenario.clock);
    std::vector<Adoptions> const adoptions = {simulated_adoptions(
        posed.question->model.policies[0], std::move(observed.events), posed.question->scenario.clock, n)};
    Refit const fit = refit_dyads(*posed.designs, {0}, adoptions);
    REQUIRE(fit.failure == "");
    for (std::size_t k = 0; k < 3; ++k) sums[k] += fit.estimates[k] / histories;
  }
  // Means of 40 fits, each with an error of about 0.06 to 0.1: five standard errors of the mean.
  CHECK(sums[0] == doctest::Approx(-2).epsilon(0.04));
  CHECK(std::fabs(sums[1] - 0.8) < 0.09);
  CHECK(std::fabs(sums[2]) < 0.09);
}
