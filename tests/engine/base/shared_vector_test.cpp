/// Tests of base/shared_vector: copies share until one is changed.
#include "base/shared_vector.hpp"

#include <span>

#include <doctest/doctest.h>

using namespace hansa;

TEST_CASE("copies share their elements until one of them is changed") {
  SharedVector<int> first{1, 2, 3};
  SharedVector<int> second = first;
  CHECK(second.shares_with(first));
  second[1] = 7;
  CHECK_FALSE(second.shares_with(first));
  CHECK(first == SharedVector<int>{1, 2, 3});
  CHECK(second == std::vector<int>{1, 7, 3});
  SharedVector<int> third = first;
  third.push_back(4);
  CHECK(third.size() == 4);
  CHECK(first.size() == 3);
  SharedVector<int> fourth = third;
  fourth.resize(5, 9);
  CHECK(fourth.back() == 9);
  CHECK(third.back() == 4);
  *third.begin() = 8;
  CHECK(fourth.front() == 1);
}

TEST_CASE("reading shares, moving empties, and nothing has no elements") {
  SharedVector<int> empty;
  CHECK(empty.empty());
  CHECK(empty.values().empty());
  CHECK(empty.begin() == empty.end());
  CHECK_FALSE(empty.shares_with(empty));
  SharedVector<int> source(3, 5);
  SharedVector<int> const copy = source;
  CHECK(copy[2] == 5);
  CHECK(copy.at(0) == 5);
  CHECK_THROWS((void)copy.at(3));
  CHECK(copy.shares_with(source));  // reading has copied nothing
  SharedVector<int> const taken = std::move(source);
  CHECK(source.empty());
  CHECK(taken.shares_with(copy));
  source.push_back(1);
  CHECK(source.size() == 1);
  CHECK(taken.size() == 3);
  std::span<int const> const seen(taken);
  CHECK(seen.size() == 3);
  source.assign(taken.begin(), taken.end());
  CHECK(source == taken);
  CHECK_FALSE(source.shares_with(taken));
  source.clear();
  CHECK(source.empty());
}
