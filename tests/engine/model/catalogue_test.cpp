/// What mechanisms share when they are made.
#include "model/catalogue.hpp"

#include <doctest/doctest.h>

using namespace hansa;

TEST_CASE("of two parameters that do not go together the later one is told") {
  auto const told = [](Place const& network, Place const& pool) {
    Complaints complaints;
    refuse_both("exposure", "network", network, "pool", pool, complaints);
    return format(complaints.errors().at(0));
  };
  std::string const what = ": exposure takes only one of 'network' and 'pool', leave one of them out";
  CHECK(told({"s.yaml", 3, 4}, {"s.yaml", 3, 9}) == "s.yaml:3:9" + what);
  CHECK(told({"s.yaml", 3, 9}, {"s.yaml", 3, 4}) == "s.yaml:3:9" + what);
  CHECK(told({"s.yaml", 4, 1}, {"s.yaml", 3, 4}) == "s.yaml:4:1" + what);
  CHECK(told({"s.yaml", 4, 1}, {"--set", 1, 1}) == "--set:1:1" + what);
}
