/// The statistics of a description: what would be computed of histories, and by whose definitions.
#include <fmt/format.h>

#include "tell/describe_parts.hpp"
#include "tell/statistics_report.hpp"

namespace hansa {

void describe_statistics(Described const& what, Page& page) {
  if (!what.scenario.stats) return;
  page.heading(2, "Statistics");
  page.paragraph(
      "Of observed histories, and of simulated ones, these statistics are computed (`hansa stats`); no run depends on "
      "them. At a step the adopters of that step count. Cities of which the data do not tell whether they adopted "
      "count "
      "nowhere, and only covered ones are at risk; of dates that are known as intervals the middle is taken.");
  std::vector<std::string> items;
  for (StatisticSpec const& each : what.scenario.stats->entries)
    items.push_back(fmt::format("{}: {}", code(each.name), quoted_words(statistic_sentence(each))));
  page.bullets(items);
}

}  // namespace hansa
