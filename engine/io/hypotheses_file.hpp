/// Hypotheses of a fit beside one another, in the file of its estimates.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "io/netcdf.hpp"

namespace hansa {

/// One hypothesis, fitted to the rows of the fit that it is of. What there is not is NaN, 0 or empty.
struct RankedRecord {
  std::string name;
  std::string failure = {};  ///< why it is not ranked; empty where it is
  std::string against = {};  ///< the hypothesis that the likelihood ratio is against
  std::int32_t fit = 0;      ///< number of the fit, from 0
  std::int32_t parameters = 0;
  double log_likelihood = no_number, aic = no_number, aic_difference = no_number, weight = no_number;
  double bic = no_number, bic_difference = no_number;
  double ratio = no_number, ratio_p = no_number;
  std::int32_t ratio_degrees = 0;
  double left_out_log = no_number;  ///< log score of decisions left out, summed
  std::int32_t left_out_rank = 0;   ///< by that score, from 1; 0: none
};

struct HypothesesRecord {
  std::vector<std::string> fits;     ///< names of the fits, in their order
  std::vector<RankedRecord> ranked;  ///< fit after fit, of each by AIC
  std::vector<std::string> notes;    ///< sentences without full stop
};

/// Adds variables along the dimension `ranked`.
void add_hypotheses(NetcdfFile& file, HypothesesRecord const& record);

/// Reads them back; nothing where the file has none. Error (Fault::input) with the file's name where the file is not
/// as it was written, or numbers are out of range.
[[nodiscard]] std::optional<HypothesesRecord> read_hypotheses(std::filesystem::path const& file);

}  // namespace hansa
