/// Steps in which many policies come at once.
#include "inference/joint_steps.hpp"

#include <fmt/format.h>

#include "two_policies.hpp"

namespace hansa {

namespace {

using test::says;

/// Policies that compete for the attention of cities; a adopts the first `adopted` of them in 2003.
ObservedDesign rows_of(int policies, int adopted, int attention) {
  std::string lines;
  for (int p = 0; p < policies; ++p)
    lines += fmt::format("  p{:02}: {{rule: cloglog, baseline: -2, adopters: {{file: {}.csv}}}}\n", p,
                         p < adopted ? "led" : "tram");
  test::Texts texts = test::world(lines, "city,year\na,2003\n");
  std::string const cities = "cities: {file: cities.csv";
  texts.yaml.insert(texts.yaml.find(cities) + cities.size(), fmt::format(", attention: {}", attention));
  test::Posed const posed = test::pose(texts);
  return design_of(posed.fit, fits_of(posed.fit).at(0));
}

std::string refused(int policies, int adopted, int attention) {
  try {
    (void)rows_of(policies, adopted, attention);
  } catch (Error const& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("more adoptions than a city has attention for contradict the model, however many they are") {
  for (int const policies : {3, 70}) {
    ObservedDesign const found = rows_of(policies, policies, 2);
    CHECK(found.counts.barred == static_cast<std::size_t>(policies));
    CHECK(found.design.joint.empty());
  }
}

TEST_CASE("more adoptions in a step than a likelihood can sum over are refused by name") {
  ObservedDesign const found = rows_of(12, 10, 11);
  REQUIRE(found.design.joint.size() == 1);
  CHECK(found.design.joint[0].open.size() == 1024);
  CHECK(says(refused(12, 11, 11), "a city adopts 11 policies that compete in 2003"));
  CHECK(says(refused(70, 1, 2), "70 policies compete for a city in 2003"));
  CHECK(refused(64, 1, 2).empty());
}

}  // namespace hansa
