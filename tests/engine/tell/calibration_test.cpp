/// A calibration table in words and as a tree.
#include "tell/calibration.hpp"

#include <doctest/doctest.h>

using namespace hansa;

TEST_CASE("groups and their test are told, and absent ones are not") {
  CalibrationTable table;
  CHECK(calibration_text(table).empty());
  CHECK(calibration_tree(table).find("hosmer_lemeshow")->form == Node::Form::null);
  table.groups = {{0.01, 0.02, 700, 10.5, 9}};
  CHECK(calibration_text(table).find("Hosmer") == std::string::npos);
  table.hosmer_lemeshow = ChiSquareTest{0.4, 1, 0.527};
  CHECK(calibration_text(table).find("Hosmer & Lemeshow χ²(1) = 0.40, p = 0.5270\n") != std::string::npos);
  Node const tree = calibration_tree(table);
  CHECK(tree.find("groups")->items.at(0).find("expected")->text == "10.5");
  CHECK(tree.find("hosmer_lemeshow")->find("degrees")->text == "1");
}
