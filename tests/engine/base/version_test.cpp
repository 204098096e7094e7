/// Tests of what the engine says of itself.
#include "base/version.hpp"

#include <algorithm>
#include <string>

#include <doctest/doctest.h>

namespace {

TEST_CASE("the build tells version, commit and compiler") {
  std::string const version(hansa::version());
  CHECK(std::count(version.begin(), version.end(), '.') == 2);
  CHECK(version.find_first_not_of("0123456789.") == std::string::npos);
  CHECK_FALSE(hansa::commit().empty());
  CHECK(hansa::compiler().find_first_of("0123456789") != std::string_view::npos);
}

}  // namespace
