/// Tests of statistics/diffusion_statistics: what entries name, and what is refused.
#include "statistics/diffusion_statistics.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "engine/statistics/three_cities.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

// b observes a, c observes a (3) and b; a adopts in 2001, b in 2002.
Texts three(std::string const& stats) {
  return {R"(hansa: 1
time: {start: 2001, end: 2003}
cities: {file: cities.csv}
networks:
  road: {file: ties.csv}
  tongue: {same: word}
  luck: {erdos_renyi: {degree: 1}, redraw: replicate}
  none: {within: {km: 0.001}}
policies: {led: {baseline: -1, adopters: {file: adopters.csv}}}
stats: {)" + stats +
              "}\n",
          {{"cities.csv", "id,size,word,lat,lon\na,1,x,0,0\nb,2,y,0,10\nc,6,x,0,20\n"},
           {"ties.csv", "source,target,weight\na,b,1\na,c,3\nb,c,1\n"},
           {"adopters.csv", "city,year\na,2001\nb,2002\n"}}};
}

StatisticValues values_of(std::string const& stats, std::int64_t replicate = 0) {
  auto const asked = ask(three(stats));
  Complaints complaints;
  DiffusionStatistics const statistics(asked->scenario, asked->world, complaints);
  complaints.throw_if_any();
  StatisticValues const values =
      statistics.of(observed_adoptions(asked->model.policies[0], asked->world.records[0], asked->scenario.clock, 3),
                    "led", replicate);
  CHECK(values.size() == statistics.variables().size());
  return values;
}

/// The first complaint, of the section or of the world.
std::string complaint(std::string const& stats) {
  try {
    (void)values_of(stats);
  } catch (Error const& error) {
    return error.complaints().at(0).problem;
  }
  return {};
}

}  // namespace

TEST_CASE("every kind has its variables, in the order of names") {
  StatisticValues const values = values_of(
      "b: {exposure: {network: road}}, a: {threshold: {network: road}}, c: {classes: {of: adoption_time}}, "
      "d: {infection: {network: road}}, e: {susceptibility: {network: road}}, f: {survival: {}}, g: {curve: {}}, "
      "h: {bass: {}}");
  CHECK(values[0][1] == 1);  // a: thresholds
  CHECK(values[2] == std::vector<double>{0, 0, 0, 1, 1, 1, 0.75, 1, 1});
  CHECK(values[3][0] == 2);  // 2001 of a mean of 2001.5 and an sd of 0.7
  CHECK(values[3][1] == 3);
  CHECK(values[3][2] == 0);
  CHECK(values[4][0] == 1);  // of b and c, of whom c never adopts
  CHECK(values[5][1] == 1);
  CHECK(values[6][2] == doctest::Approx(1 / 3.0));
  CHECK(values[11] == std::vector<double>{1, 2, 2});
  CHECK(std::isnan(values[15][0]));  // two adoptions make no curve
}

TEST_CASE("Moran's I of adopters at a date, of times and of an attribute") {
  // adopted in 2001: z = 2/3, -1/3, -1/3; shares: b (−1/3 · 2/3), c (−1/3 · (3 · 2/3 − 1/3)/4) over 2/3, n/S0 = 3/2
  double const b = -2 / 9.0, c = -1 / 3.0 * (2 - 1 / 3.0) / 4;
  CHECK(values_of("m: {moran: {of: adopted, at: 2001, network: road}}")[0][0] ==
        doctest::Approx(1.5 * (b + c) / (2 / 3.0)));
  CHECK(values_of("m: {moran: {of: adoption_time, network: road}}")[0][0] == doctest::Approx(-1));
  CHECK(values_of("m: {moran: {of: size, network: road}}")[1][0] == -0.5);
}

TEST_CASE("permutations are those of a seed, an entry, a policy and a replicate") {
  std::string const entry = "m: {moran: {of: size, network: road, permutations: 1}}";
  CHECK(values_of(entry)[4] == values_of(entry)[4]);
  CHECK(values_of("a: {bass: {}}, " + entry + ", z: {moran: {of: size, network: road, permutations: 5}}")[10] ==
        values_of(entry)[4]);  // whatever else is asked for
  bool differ = false;
  for (std::int64_t r = 1; r < 30; ++r) differ = differ || values_of(entry, r)[4] != values_of(entry)[4];
  CHECK(differ);
}

TEST_CASE("what cannot be computed is refused where it stands") {
  CHECK(complaint("m: {exposure: {network: raod}}") == "unknown network 'raod'");
  CHECK(complaint("m: {exposure: {network: tongue}}") == "network 'tongue' has groups, and no ties");
  CHECK(complaint("m: {threshold: {network: luck}}") == "network 'luck' is drawn anew in each replicate");
  CHECK(complaint("m: {infection: {network: none}}") == "network 'none' has no ties");
  CHECK_FALSE(complaint("m: {moran: {of: word, network: road}}").empty());
  CHECK_FALSE(complaint("m: {moran: {of: sise, network: road}}").empty());
  CHECK_FALSE(complaint("m: {exposure: {network: road, source_weight: word}}").empty());
  CHECK(complaint("m: {exposure: {network: road}}").empty());
}
