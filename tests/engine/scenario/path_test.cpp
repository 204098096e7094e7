/// Paths, and that they are read as they are written.
#include "scenario/path.hpp"

#include <doctest/doctest.h>

#include "scenario/draft.hpp"

namespace hansa {

TEST_CASE("a path is split into the keys that were joined") {
  std::string path;
  for (std::string_view const key : {"policies", "led", "attributes", "region", "Latin America & Caribbean"}) {
    path = joined(path, key);
  }
  CHECK(path == "policies.led.attributes.region.\"Latin America & Caribbean\"");
  CHECK(split_path(path, {}) ==
        std::vector<std::string>{"policies", "led", "attributes", "region", "Latin America & Caribbean"});
}

}  // namespace hansa
