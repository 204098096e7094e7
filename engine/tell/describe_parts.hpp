/// The elements of a description, each writing its part of the page.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tell/describe.hpp"
#include "tell/markdown.hpp"
#include "tell/settings.hpp"

namespace hansa {

inline constexpr std::string_view not_stated = "*not stated by the author*";

void describe_entities(Described const& what, Page& page);   ///< 2
void describe_schedule(Described const& what, Page& page);   ///< 3
void describe_concepts(Described const& what, Page& page);   ///< 4
void describe_beginning(Described const& what, Page& page);  ///< 5
void describe_input(Described const& what, Page& page);      ///< 6
void describe_submodels(Described const& what, Page& page);  ///< 7
void describe_policies(Described const& what, Page& page);   ///< of 7: rules, predictors, mechanisms
void describe_resources(Described const& what, Page& page);  ///< of 7: budgets and fees
void describe_members(Described const& what, Page& page);    ///< of 7: recruiting and pledges
void describe_mechanism(Described const& what, PolicySpec const& policy, MechanismSpec const& each,
                        std::vector<Setting> const& settings, Page& page);
void describe_parameters(Described const& what, Page& page);   ///< the table of all settings
void describe_sweep(Described const& what, Page& page);        ///< nothing where there is none
void describe_calibration(Described const& what, Page& page);  ///< the same
void describe_power(Described const& what, Page& page);        ///< the same
void describe_statistics(Described const& what, Page& page);   ///< the same
void describe_dyads(Described const& what, Page& page);        ///< the same

/// The linear predictor of a policy with the scenario's own numbers, one term a line.
[[nodiscard]] std::string predictor_text(PolicySpec const& policy, Clock const& clock);

/// Where a setting comes from, in the author's words: of itself, of what it is a part of, or of its parts; empty if it
/// is not said.
[[nodiscard]] std::string source_of(Scenario const& scenario, std::string const& path);

/// Keys of all works that the description leans on, without repetitions, by key.
[[nodiscard]] std::vector<std::string_view> works_cited(Described const& what);

/// What is drawn in each replicate, and what once for all.
[[nodiscard]] std::string stochasticity(Described const& what);

/// How a network comes about, in a sentence or two; and the works that its form is from, empty for data.
[[nodiscard]] std::string network_words(NetworkSpec const& network);
[[nodiscard]] std::string_view network_source(NetworkSpec const& network);

/// What an intervention does, as a clause without its dates: "20 cities are seeded with `led`".
[[nodiscard]] std::string act_words(Described const& what, std::size_t intervention);

/// The schema of a kind; never null for a mechanism of a compiled scenario.
[[nodiscard]] Schema const* schema_of(Described const& what, std::string_view kind) noexcept;
/// True if some policy has a mechanism of the kind.
[[nodiscard]] bool has_kind(Described const& what, std::string_view kind) noexcept;
/// True if cities join some collaboration within the run; if members of one pledge.
[[nodiscard]] bool recruits_members(Scenario const& scenario) noexcept;
[[nodiscard]] bool has_pledges(Scenario const& scenario) noexcept;
[[nodiscard]] bool has_frailty(Scenario const& scenario) noexcept;
[[nodiscard]] bool is_generated(NetworkSpec const& network) noexcept;

/// "12 cities", "1 city".
[[nodiscard]] std::string count_of(std::size_t number, std::string_view one, std::string_view many);
/// "a, b and c".
[[nodiscard]] std::string listed(std::vector<std::string> const& names);

}  // namespace hansa
