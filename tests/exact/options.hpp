/// Every option of every mechanism on the tiny world, with M worked out by hand.
#pragma once

#include <string>
#include <vector>

#include "tiny.hpp"

namespace hansa::exact {

struct Option {
  std::string yaml;  ///< of the mechanism: `exposure: {network: ties}`
  Formula m;
};

[[nodiscard]] std::vector<Option> exposure_options();
[[nodiscard]] std::vector<Option> scale_options();
[[nodiscard]] std::vector<Option> collective_options();

}  // namespace hansa::exact
