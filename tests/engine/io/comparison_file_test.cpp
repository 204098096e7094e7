/// Tests of io/comparison_file: what is written is what was found, in the order of the cities' file.
#include "io/comparison_file.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "engine/io/comparisons.hpp"
#include "engine/io/numbers.hpp"
#include "io/seal.hpp"
#include "support/result_samples.hpp"

using namespace hansa;
using test::comparison_of;
using test::numbers;

TEST_CASE("a comparison is kept number for number") {
  test::Scratch const scratch;
  test::Sample const sample(2);
  Index const n = sample.world.cities.size();
  std::vector<std::int32_t> const replicates{0, 1};
  std::vector<std::int32_t> adopters;
  for (int k = 0; k < 2 * 2 * 2 * 5; ++k) adopters.push_back(k);
  ComparisonFileOptions options;
  options.file = scratch / "c.h5";
  options.scenario_texts = {"hansa: 1\n", "hansa: 1\nbase: x\n"};
  options.asked = 3;
  write_comparison_file(comparison_of(n), sample.world, {replicates, adopters}, options);
  CHECK(check_seal(options.file) == Seal::sound);
  CHECK(numbers<std::int32_t>(options.file, "adopters") == adopters);
  auto const difference = numbers<double>(options.file, "adopters_difference");
  REQUIRE(difference.size() == 10);
  CHECK(difference[4] == 4.25);
  CHECK(difference[5] == 0.5);
  CHECK(numbers<double>(options.file, "adopters_difference_bound").at(9) == 4.75);
  CHECK(numbers<double>(options.file, "time_to_difference").at(3) == -0.5);
  CHECK(numbers<std::int32_t>(options.file, "replicates_reached").at(1) == 2);
  CHECK(numbers<double>(options.file, "adopters_by_region_difference") == std::vector<double>{0.25, 0.5, 0.5, 1});
  CHECK(numbers<double>(options.file, "variance_ratio") == std::vector<double>{7.25, 7.5});
  CHECK(numbers<double>(options.file, "cost_difference") == std::vector<double>{12.5});
  auto const followers = numbers<double>(options.file, "followers");
  CHECK(std::isnan(followers.at(0)));
  CHECK(followers.at(1) == 5);
  CHECK(numbers<double>(options.file, "deadweight").at(1) == 1);
  // Rows are in the order of the file: the sample's is reversed.
  auto const chance = numbers<double>(options.file, "adoption_chance");
  REQUIRE(chance.size() == 2 * 2 * n);
  CHECK(chance.at(2 * n) == doctest::Approx(0.25 + 0.01 * sample.world.cities.input_order[0]));
  auto const funded = numbers<std::int8_t>(options.file, "funded");
  for (Index row = 0; row < n; ++row) {
    Index const i = sample.world.cities.input_order[row];
    CHECK(funded[row] == 0);
    CHECK(funded[n + row] == (i == 1 || i == 4 ? 1 : 0));
  }
  auto const rival = numbers<double>(options.file, "rival_followers");
  REQUIRE(rival.size() == 2 * 5);
  CHECK(std::isnan(rival[0]));
  CHECK(std::vector<double>(rival.begin() + 5, rival.end()) == std::vector<double>{5, 8, 2, 1, 6});
  auto const changed = numbers<float>(options.file, "changed_alone");
  CHECK(changed.at(n) == doctest::Approx(0.001 * (n + sample.world.cities.input_order[0])));
  CHECK(numbers<double>(options.file, "followers_added") == std::vector<double>{0, 1});
}

TEST_CASE("nothing of a file stays where one is in the way") {
  test::Scratch const scratch;
  test::Sample const sample(2);
  ComparisonFileOptions options;
  options.file = scratch / "c.h5";
  options.scenario_texts = {"a", "b"};
  std::vector<std::int32_t> const replicates{0}, adopters(20, 1);
  Comparison const comparison = comparison_of(sample.world.cities.size());
  write_comparison_file(comparison, sample.world, {replicates, adopters}, options);
  CHECK_THROWS_AS(write_comparison_file(comparison, sample.world, {replicates, adopters}, options), Error);
  CHECK_FALSE(std::filesystem::exists(scratch / "c.h5.part"));
  options.overwrite = Overwrite::yes;
  CHECK_NOTHROW(write_comparison_file(comparison, sample.world, {replicates, adopters}, options));
}
