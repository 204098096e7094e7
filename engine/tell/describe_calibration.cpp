/// The calibration of a description: what would be estimated by simulation, from which priors, and what is compared.
#include <fmt/format.h>

#include "tell/describe_parts.hpp"
#include "tell/posterior_words.hpp"
#include "tell/sweep_words.hpp"

namespace hansa {

void describe_calibration(Described const& what, Page& page) {
  if (!what.scenario.calibrate) return;
  CalibrateSpec const& spec = *what.scenario.calibrate;
  page.heading(2, "Calibration");
  page.paragraph(fmt::format(
      "Parameters are estimated by approximate Bayesian computation with sequential Monte Carlo ({}): {} particles, at "
      "most {} generations after the one from the priors, {} histories of each proposal. The tolerance of a generation "
      "is the {} quantile of the distances of the one before. A distance is the root mean square of differences "
      "between "
      "summaries of a simulated and the observed history, each in standard deviations under the priors, all kinds of "
      "summary counting alike. A single run does not look at it.",
      calibration_source(spec), spec.particles, spec.generations, spec.replicates, spec.quantile));
  std::vector<std::vector<std::string>> rows;
  for (SweptParameter const& each : spec.parameters)
    rows.push_back({code(each.path.name), quoted_words(law_words(each.distribution))});
  page.table({"Parameter", "Prior"}, rows);
  std::vector<std::string> compared;
  for (SummarySpec const& each : spec.summaries) compared.push_back(quoted_words(summary_words(each)));
  page.paragraph("Compared of each policy:");
  page.bullets(compared);
  if (spec.hypotheses.empty()) return;
  std::vector<std::vector<std::string>> hypotheses;
  for (Hypothesis const& each : spec.hypotheses) {
    std::vector<std::string> names;
    for (Reference const& mechanism : each.mechanisms) names.push_back(code(mechanism.name));
    hypotheses.push_back({each.name, names.empty() ? "none" : listed(names)});
  }
  page.paragraph("Hypotheses, of equal prior probability; the strengths of other mechanisms are 0:");
  page.table({"Hypothesis", "Mechanisms that act"}, hypotheses);
}

}  // namespace hansa
