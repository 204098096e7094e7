/// Dates drawn for adoptions that are known to have happened within some years only.
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "inference/fit_scenario.hpp"

namespace hansa {

/// A city's adoption that may have happened at any of these labels, ascending.
struct UnknownDate {
  PolicyId policy;
  Index city;
  std::int32_t episode;
  std::vector<std::int32_t> labels;
};

/// Of all policies, fitted or not, in the order of policies, cities and episodes: the years of each interval in which
/// the city was at risk (all of them, where it never was). Those that end before time begins, or begin after it ends,
/// stay as they are. Throws Error for an interval of more than 10,000 years.
[[nodiscard]] std::vector<UnknownDate> unknown_dates(FitQuestion const& question);

/// The chance that the date is each label, given that it is one of them: of unknown date k, the kth. Where coefficients
/// tell the chance of a decision in each of the years, those chances along the interval; else the same for all.
using DateChances = std::vector<std::vector<double>>;
[[nodiscard]] DateChances date_chances(std::vector<UnknownDate> const& dates, Design const& design, FitLink link,
                                       Eigen::VectorXd const& coefficients);

/// The histories of the question with a date drawn for each, keyed by the scenario's seed, the number of the set,
/// policy, city and episode; no interval is left. A date after the end of time is no adoption.
[[nodiscard]] std::vector<ObservedHistory> completed_histories(FitQuestion const& question,
                                                               std::vector<UnknownDate> const& dates,
                                                               DateChances const& chances, std::uint64_t set);

}  // namespace hansa
