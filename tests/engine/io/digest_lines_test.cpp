/// Tests of io/digest_lines.
#include "io/digest_lines.hpp"

#include <doctest/doctest.h>

#include "engine/io/files.hpp"

using namespace hansa;

TEST_CASE("a digest and a file in each line, blanks in names included") {
  using Lines = std::vector<std::pair<std::string, std::string>>;
  CHECK(digest_lines("").empty());
  CHECK(digest_lines("00ff  a.yaml\n11ee  data/b c.csv\n") == Lines{{"a.yaml", "00ff"}, {"data/b c.csv", "11ee"}});
  CHECK(digest_lines("00ff  last") == Lines{{"last", "00ff"}});
  CHECK(test::error_of([] { (void)digest_lines("00ff\n"); }).find("a line without a digest") != std::string::npos);
}
