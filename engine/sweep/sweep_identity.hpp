/// What makes a sweep the one that it is, beyond its scenarios: its measures, and the files that its points name.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "io/sweep_manifest.hpp"
#include "run/question.hpp"
#include "scenario/sweep_spec.hpp"

namespace hansa {

/// All that a measure says, in one line; equal lines are equal measures.
[[nodiscard]] std::string words_of(MeasureSpec const& measure);

/// Data files that the scenario names at some point of the table, because of a word that the point sets; each once.
/// Cost: a validation of the scenario for every different word. A word that the scenario cannot have names none.
[[nodiscard]] std::vector<FileRef> files_of_points(Question const& question, PointTable const& points);

/// Their SHA-256 by their names as given. A file that cannot be read has none: its points say so.
[[nodiscard]] std::map<std::string, std::string> digests_of_points(Question const& question, PointTable const& points);

}  // namespace hansa
