/// What can be done at a date, and how cities are chosen, as people read it.
#pragma once

#include <string>

namespace hansa {

/// The keys of interventions, each verb with its own, and those of sets of cities, for a terminal of 100 columns.
[[nodiscard]] std::string interventions_text();

/// The same as Markdown, for the reference.
[[nodiscard]] std::string interventions_markdown();

}  // namespace hansa
