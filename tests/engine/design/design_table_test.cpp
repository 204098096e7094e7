/// Tests of design/design_table: tables to CSV and back.
#include "design/design_table.hpp"

#include <bit>
#include <cmath>

#include <doctest/doctest.h>

#include "base/random.hpp"
#include "samples.hpp"

using namespace hansa;
using namespace hansa::testing;

namespace {

DesignTable read(std::vector<std::string> header, std::vector<std::string> cells) {
  Complaints complaints;
  DesignTable made = design_of(table_of("d.csv", std::move(header), std::move(cells)), complaints);
  complaints.throw_if_any();
  return made;
}

}  // namespace

TEST_CASE("columns are of numbers, or of words, and cells may be empty") {
  DesignTable const made = read({"a", "b"}, {"1.5", "z", "", "2", "-3e2", ""});
  CHECK(made.columns[0].labels.empty());
  CHECK(made.columns[0].numbers[2] == -300);
  CHECK(std::isnan(made.columns[0].numbers[1]));
  CHECK(made.columns[1].labels == std::vector<std::string>{"2", "z"});
  CHECK(made.cell(0, 1) == "z");
  CHECK(made.cell(1, 1) == "2");
  CHECK(made.cell(2, 1) == "");
  CHECK(design_csv(made) == "a,b\n1.5,z\n,2\n-300,\n");
}

TEST_CASE("numbers come back from CSV with every bit") {
  std::vector<double> numbers;
  for (std::uint64_t k = 0; k < 2000; ++k) {
    double const number = std::bit_cast<double>(mix64(k + 1));
    if (std::isfinite(number)) numbers.push_back(number);
  }
  DesignTable made;
  made.rows = numbers.size();
  made.columns.push_back({"x", numbers, {}});
  for (std::size_t row = 0; row < made.rows; ++row)
    CHECK(std::bit_cast<std::uint64_t>(*parse_number(made.cell(row, 0))) == std::bit_cast<std::uint64_t>(numbers[row]));
}

TEST_CASE("texts are quoted where they have to be, and a row of nothing is a row") {
  DesignTable const made = read({"a,b", "c"}, {"x \"y\"", "1", "", ""});
  CHECK(design_csv(made) == "\"a,b\",c\n\"x \"\"y\"\"\",1\n,\n");
  DesignTable const one = read({"a"}, {"1", ""});
  CHECK(design_csv(one) == "a\n1\n\"\"\n");
}

TEST_CASE("a table without rows is refused") {
  Complaints complaints;
  (void)design_of(table_of("d.csv", {"a"}, {}), complaints);
  REQUIRE(complaints.size() == 1);
  CHECK(format(complaints.errors()[0]) == "d.csv: the table has no rows, at least one point was expected");
}
