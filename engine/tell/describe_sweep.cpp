/// The sweep of a description: what would be varied, and what measured.
#include <fmt/format.h>

#include "tell/describe_parts.hpp"
#include "tell/sweep_words.hpp"

namespace hansa {

void describe_sweep(Described const& what, Page& page) {
  if (!what.scenario.sweep) return;
  SweepSpec const& sweep = *what.scenario.sweep;
  std::string_view const source = design_source(sweep.design);
  page.heading(2, "Sweep");
  page.paragraph(fmt::format(
      "A sweep runs {}{}: {}. {} A single run does not look at it.", design_words(sweep.design),
      source.empty() ? "" : fmt::format(" ({})", source), size_words(sweep, what.scenario.replicates),
      sweep.random_numbers == RandomNumbers::common
          ? "A replicate draws the same random numbers at every point, so that differences between points are paired."
          : "Every point has random numbers of its own."));
  std::vector<std::vector<std::string>> rows;
  for (SweptParameter const& each : sweep.parameters)
    rows.push_back({code(each.path.name), quoted_words(law_words(each.distribution))});
  for (FileRef const& each : sweep.tables) rows.push_back({code(each.given), "rows of a table, drawn whole"});
  page.table({"Parameter", "Values"}, rows);
  std::vector<std::string> measures;
  for (MeasureSpec const& each : sweep.measures)
    measures.push_back(fmt::format("{}: {}", code(each.name), quoted_words(measure_words(each))));
  page.paragraph("Measured of each policy:");
  page.bullets(measures);
}

}  // namespace hansa
