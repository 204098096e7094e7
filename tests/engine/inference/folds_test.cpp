/// Folds that part the rows.
#include "inference/folds.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "base/random.hpp"
#include "engine/inference/made_rows.hpp"

using namespace hansa;

namespace {

std::vector<std::uint64_t> hashes(std::size_t cities) {
  std::vector<std::uint64_t> made;
  for (std::size_t c = 0; c < cities; ++c) made.push_back(hash_id("city" + std::to_string(c)));
  return made;
}

std::vector<Fold> folds_of(Design const& design, LeaveOut leave, std::int64_t folds, std::uint64_t seed = 1) {
  static std::vector<std::uint64_t> const cities = hashes(1000);
  static std::vector<std::string> const policies = {"led", "lamps", "bikes"};
  return make_folds(design, {leave, folds}, {seed, cities, policies});
}

std::size_t events(Design const& design, std::vector<std::size_t> const& rows) {
  return static_cast<std::size_t>(
      std::count_if(rows.begin(), rows.end(), [&](std::size_t r) { return design.event[r] != 0; }));
}

/// Every row is left out once, and fitted in all other folds.
void check_partition(Design const& design, std::vector<Fold> const& folds) {
  std::vector<int> left(design.rows(), 0);
  for (Fold const& fold : folds) {
    std::set<std::size_t> seen(fold.training.begin(), fold.training.end());
    for (std::size_t const r : fold.test) {
      ++left[r];
      CHECK(seen.insert(r).second);
    }
    CHECK(seen.size() == design.rows());
    CHECK(std::is_sorted(fold.training.begin(), fold.training.end()));
    CHECK(std::is_sorted(fold.test.begin(), fold.test.end()));
  }
  CHECK(std::all_of(left.begin(), left.end(), [](int each) { return each == 1; }));
}

}  // namespace

TEST_CASE("cities are left out once each, whole, and with as many adoptions in each fold") {
  Design const design = test::draw({.cities = 203}, 3);
  std::vector<Fold> const folds = folds_of(design, LeaveOut::cities, 5);
  REQUIRE(folds.size() == 5);
  check_partition(design, folds);
  std::size_t most = 0, least = ~std::size_t{0}, most_cities = 0, least_cities = ~std::size_t{0};
  for (Fold const& fold : folds) {
    std::set<Index> left, fitted;
    for (std::size_t const r : fold.test) left.insert(design.city[r]);
    for (std::size_t const r : fold.training) fitted.insert(design.city[r]);
    for (Index const city : left) CHECK(fitted.count(city) == 0);
    most = std::max(most, events(design, fold.test));
    least = std::min(least, events(design, fold.test));
    most_cities = std::max(most_cities, left.size());
    least_cities = std::min(least_cities, left.size());
    CHECK(fold.label == std::to_string(left.size()) + " cities");
  }
  CHECK(most - least <= 1);
  CHECK(most_cities - least_cities <= 1);
}

TEST_CASE("the fold of a city follows from its id and the seed, not from where its rows are") {
  Design const design = test::draw({.cities = 40}, 5);
  std::vector<std::uint64_t> const cities = hashes(40);
  std::vector<std::string> const policies = {"led"};
  // The same cities numbered backwards, their rows in that order.
  Design turned = design;
  std::vector<std::size_t> rows;
  for (Index c = 40; c-- > 0;) {
    for (std::size_t r = 0; r < design.rows(); ++r) {
      if (design.city[r] == c) rows.push_back(r);
    }
  }
  for (std::size_t k = 0; k < rows.size(); ++k) {
    turned.city[k] = 39 - design.city[rows[k]];
    turned.event[k] = design.event[rows[k]];
    turned.period[k] = design.period[rows[k]];
  }
  std::vector<std::uint64_t> const back(cities.rbegin(), cities.rend());
  auto const partition = [&](Design const& of, std::vector<std::uint64_t> const& ids, std::uint64_t seed) {
    std::map<std::uint64_t, std::size_t> fold_of;
    std::vector<Fold> const folds = make_folds(of, {LeaveOut::cities, 4}, {seed, ids, policies});
    for (std::size_t k = 0; k < folds.size(); ++k) {
      for (std::size_t const r : folds[k].test) fold_of[ids[of.city[r]]] = k;
    }
    return fold_of;
  };
  CHECK(partition(design, cities, 7) == partition(turned, back, 7));
  CHECK(partition(design, cities, 7) != partition(design, cities, 8));
}

TEST_CASE("years are scored after those that they are fitted to, never before") {
  Design const design = test::draw({.cities = 80, .years = 11}, 2);
  std::vector<Fold> const folds = folds_of(design, LeaveOut::years, 4);
  REQUIRE(folds.size() == 4);
  // 11 years in 5 parts: blocks of two from the end on; 2000 to 2002 are fitted only.
  std::array<char const*, 4> const labels = {"2003 to 2004", "2005 to 2006", "2007 to 2008", "2009 to 2010"};
  for (std::size_t k = 0; k < 4; ++k) {
    CHECK(folds[k].label == labels[k]);
    std::int32_t const from = 2003 + 2 * static_cast<std::int32_t>(k);
    std::size_t before = 0, within = 0;
    for (std::size_t r = 0; r < design.rows(); ++r) {
      before += design.period[r] < from;
      within += design.period[r] == from || design.period[r] == from + 1;
    }
    CHECK(folds[k].training.size() == before);
    CHECK(folds[k].test.size() == within);
    for (std::size_t const r : folds[k].training) CHECK(design.period[r] < from);
    for (std::size_t const r : folds[k].test) CHECK((design.period[r] == from || design.period[r] == from + 1));
  }
  CHECK(folds_of(design, LeaveOut::years, 50).size() == 10);  // as many as there are years after the first
}

TEST_CASE("an adoption known as an interval stays whole, and belongs to the year in which it ends") {
  Design const design = test::draw({.cities = 300, .spell_percent = 60}, 4);
  std::size_t crossing = 0;
  for (LeaveOut const leave : {LeaveOut::years, LeaveOut::cities}) {
    for (Fold const& fold : folds_of(design, leave, 3)) {
      std::set<std::int32_t> fitted, left;
      std::int32_t first = 9999;
      for (std::size_t const r : fold.training) fitted.insert(design.spell[r]);
      for (std::size_t const r : fold.test) left.insert(design.spell[r]);
      for (std::size_t const r : fold.test) {
        if (design.spell[r] < 0) first = std::min(first, design.period[r]);
      }
      for (std::size_t const r : fold.test) crossing += leave == LeaveOut::years && design.period[r] < first;
      for (std::int32_t const spell : left) CHECK((spell < 0 || fitted.count(spell) == 0));
    }
  }
  CHECK(crossing > 0);
}

TEST_CASE("policies are left out once each, alone or in groups of as many adoptions") {
  Design design = test::draw({.cities = 90}, 6);
  for (std::size_t r = 0; r < design.rows(); ++r) design.policy[r] = design.city[r] % 3;
  std::vector<Fold> const alone = folds_of(design, LeaveOut::policies, 5);
  REQUIRE(alone.size() == 3);
  check_partition(design, alone);
  std::set<std::string> labels;
  for (Fold const& fold : alone) labels.insert(fold.label);
  CHECK(labels == std::set<std::string>{"bikes", "lamps", "led"});
  std::vector<Fold> const two = folds_of(design, LeaveOut::policies, 2);
  REQUIRE(two.size() == 2);
  check_partition(design, two);
  CHECK((two[0].label.find(", ") != std::string::npos || two[1].label.find(", ") != std::string::npos));
}

TEST_CASE("where nothing is left to be fitted, it is said") {
  Design one = test::draw({.cities = 1, .years = 1}, 1);
  for (LeaveOut const leave : {LeaveOut::policies, LeaveOut::cities, LeaveOut::years}) {
    CHECK_THROWS_AS((void)folds_of(one, leave, 2), Error);
  }
}
