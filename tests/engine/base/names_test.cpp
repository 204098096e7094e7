/// Tests of base/names: which names are allowed, and what was probably meant.
#include "base/names.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace hansa;

TEST_CASE("texts that nobody types are near to nothing, however many they are compared with") {
  std::string const typed(200, 'a'), longer(201, 'a'), huge(10'000'000, 'a');
  std::vector<std::string_view> const known = {typed, longer, huge};
  CHECK(nearest_name(typed, known) == typed);
  CHECK(nearest_name(longer, known).empty());
  CHECK(nearest_name(huge, known).empty());
}

TEST_CASE("names are letters, digits, underscores and hyphens") {
  CHECK(is_name("c40"));
  CHECK(is_name("led-club_2"));
  CHECK(is_name("-"));
  CHECK_FALSE(is_name(""));
  CHECK_FALSE(is_name("my net"));
  CHECK_FALSE(is_name("a.b"));
  CHECK_FALSE(is_name("é"));
}

TEST_CASE("the nearest name is a slip away") {
  std::vector<std::string_view> const known = {"sister", "nearby", "similar"};
  CHECK(nearest_name("sisters", known) == "sister");
  CHECK(nearest_name("sitser", known) == "sister");  // neighbours swapped: one slip
  CHECK(nearest_name("neraby", known) == "nearby");
  CHECK(nearest_name("simlar", known) == "similar");
  CHECK(nearest_name("tram", known).empty());
  CHECK(nearest_name("", known).empty());
}

TEST_CASE("a plural in ies is near to its singular") {
  std::vector<std::string_view> const known = {"cities", "networks"};
  CHECK(nearest_name("city", known) == "cities");
  CHECK(nearest_name("cit", known).empty());
  std::vector<std::string_view> const one = {"policy"};
  CHECK(nearest_name("policies", one) == "policy");
}

TEST_CASE("a third of the longer length is the limit") {
  std::vector<std::string_view> const known = {"abcdef"};
  CHECK(nearest_name("abcdxy", known) == "abcdef");  // 2 of 6
  CHECK(nearest_name("abcxyz", known).empty());      // 3 of 6
  std::vector<std::string_view> const one = {"k"};
  CHECK(nearest_name("j", one).empty());  // nothing in common
  std::vector<std::string_view> const two = {"on"};
  CHECK(nearest_name("of", two) == "on");
}

TEST_CASE("the first of equally near names is taken") {
  std::vector<std::string_view> const known = {"cat", "bat"};
  CHECK(nearest_name("rat", known) == "cat");
}

TEST_CASE("the mend names what was expected") {
  std::vector<std::string_view> const known = {"sister", "nearby"};
  CHECK(expected_one_of("sisters", known) == "one of sister, nearby was expected; did you mean 'sister'?");
  CHECK(expected_one_of("tram", known) == "one of sister, nearby was expected");
  std::vector<std::string_view> const one = {"sister"};
  CHECK(expected_one_of("tram", one) == "sister was expected");
  CHECK(expected_one_of("tram", {}) == "none is known");
}

TEST_CASE("only eight names are listed, all are searched") {
  std::vector<std::string_view> const known = {"aa", "bb", "cc", "dd", "ee", "ff", "gg", "hh", "nearby"};
  CHECK(expected_one_of("nearbi", known) ==
        "one of aa, bb, cc, dd, ee, ff, gg, hh, … was expected; did you mean 'nearby'?");
}
