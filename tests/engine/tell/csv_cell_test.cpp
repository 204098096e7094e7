/// Cells of CSV.
#include "tell/csv_cell.hpp"

#include <doctest/doctest.h>

namespace hansa {

TEST_CASE("a cell is quoted only where it would be read otherwise") {
  CHECK(csv_cell("Köln") == "Köln");
  CHECK(csv_cell("") == "");
  CHECK(csv_cell("Washington, D.C.") == "\"Washington, D.C.\"");
  CHECK(csv_cell("the \"Ville Lumière\"") == "\"the \"\"Ville Lumière\"\"\"");
  CHECK(csv_cell("two\nlines") == "\"two\nlines\"");
}

}  // namespace hansa
