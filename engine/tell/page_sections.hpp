/// What one what-if changes for one policy, as a section of a page.
#pragma once

#include <cstddef>
#include <string>

#include "io/comparison_reader.hpp"

namespace hansa {

/// Which, and what stands in the page beside it.
struct PageSection {
  std::size_t what_if = 0, policy = 0;
  std::string id;        ///< of the section, unique in the page
  std::size_t dots = 0;  ///< so many cities are drawn on its map at most
};

/// "fund-twenty against bike-share: bike_share"
[[nodiscard]] std::string section_title(Comparison const& comparison, PageSection const& section);

/// Curves, totals, map, cities, rivals and followers; headings from the second level on.
[[nodiscard]] std::string what_if_section(ComparisonRecord const& record, PageSection const& section);

}  // namespace hansa
