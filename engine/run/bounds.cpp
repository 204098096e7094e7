/// Words for pressures out of bounds, by rule.
#include "run/bounds.hpp"

#include "base/error.hpp"

namespace hansa {

void throw_out_of_bounds(PolicyModel const& policy, std::string_view city, double pressure, std::string const& when) {
  std::string const whose =
      " of city '" + std::string(city) + "' for policy '" + policy.name + "' is " + std::to_string(pressure);
  Complaint complaint;
  switch (policy.rule) {
    case Rule::additive:
      complaint.problem = "a contribution to the hazard of city '" + std::string(city) + "' for policy '" +
                          policy.name + "' is negative or not a number at " + when;
      complaint.mend = "under rule additive, strengths and what they multiply cannot be negative";
      break;
    case Rule::linear:
      complaint.problem = "the probability" + whose + " at " + when;
      complaint.mend = "under rule linear, what presses must add up to 0 or more";
      break;
    case Rule::threshold:
      complaint.problem = "the pressure" + whose + " at " + when;
      complaint.mend = "look at strengths, attributes and units";
      break;
    default:
      complaint.problem = "the linear predictor" + whose + " at " + when;
      complaint.mend = "beyond 80 either way nothing is left to chance: look at strengths, attributes and units";
  }
  throw Error(complaint, Fault::failure);
}

}  // namespace hansa
