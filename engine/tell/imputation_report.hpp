/// What was combined over completed data sets, in lines for a terminal and in entries of a tree.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "inference/fit_report.hpp"
#include "scenario/draft.hpp"

namespace hansa {

/// "20 completed data sets, of which 19 have estimates; 14 dates drawn in each, …"
[[nodiscard]] std::string imputation_words(ImputationReport const& told);
/// "F(3, 127.4) = 5.21, p = 0.0020"
[[nodiscard]] std::string f_words(FTest const& test);

/// Lines: how many data sets, and a table of within, between, degrees and missing information by term.
[[nodiscard]] std::string imputation_text(FitReport const& report);

/// Under `imputations`: counts, failures, and by term within, between, degrees of freedom and missing information.
void add_imputations(FitReport const& report, std::vector<std::pair<std::string, Node>>& entries);

}  // namespace hansa
