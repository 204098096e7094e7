/// What in a scenario has no likelihood that is fitted, said before there are any rows.
#pragma once

#include <string>
#include <vector>

#include "inference/histories.hpp"
#include "inference/risk_rows.hpp"
#include "model/catalogue.hpp"
#include "scenario/scenario.hpp"

namespace hansa {

/// What is scored: what data tell, or histories that were simulated from the scenario.
enum class Scored { data, simulated };

/// Whether the decisions on a policy are to be fitted.
[[nodiscard]] bool is_fitted(FitSpec const& spec, std::string const& policy);

/// Complains of what cannot be fitted: policies without dated adopters, rules without a likelihood, mechanisms that
/// nobody can observe, ties that are drawn anew or begin by chance, policies with strengths that are given.
void check_fit(Scenario const& scenario, FitSpec const& spec, Catalogue catalogue, Scored scored,
               Complaints& complaints);

/// Complains of interventions that bear upon scored decisions, from `spec.from` to `spec.until`, otherwise than by
/// seeds and mandates, ties and members.
void check_interventions(Scenario const& scenario, FitSpec const& spec, Complaints& complaints);

/// Complains of dates that are known as intervals only beside seeds, mandates, queues and competition within a step.
void check_intervals(Scenario const& scenario, FitSpec const& spec, Model const& model,
                     std::vector<ObservedHistory> const& histories, Complaints& complaints);

/// Complains of what cannot stand beside policies that are fitted together because they compete within a step.
void check_rivals(Scenario const& scenario, FitSpec const& spec, Complaints& complaints);

/// Of the policies that compete with this one, those whose chances are estimated with its own: itself, unless both come
/// by a hazard. Sorted.
[[nodiscard]] std::vector<std::string> rivals_of(Scenario const& scenario, std::string const& policy);

/// Policies, by name, whose decisions in one step are not independent: they share a city's attention, one excludes the
/// other, or both are paid from budgets. Sorted; each policy is in one group at most.
[[nodiscard]] std::vector<std::vector<std::string>> competitors(Scenario const& scenario);

}  // namespace hansa
