/// Analyses of designs for people and for programs.
#pragma once

#include <span>
#include <string>

#include "design/sensitivity.hpp"

namespace hansa {

/// Tables and sentences for a terminal.
[[nodiscard]] std::string sensitivity_words(Sensitivity const& sensitivity);

/// {"measures": {Y: {S1: {a: v}, ST: …, S2: {"a,b": v}, S1_interval: {a: [low, high]} …}}}, or mu, mu_star, sigma; and
/// so on, by method.
[[nodiscard]] Node sensitivity_tree(std::span<Sensitivity const> measures);

/// "a at least 0.6 and b at most 0.5"; "anywhere" without limits.
[[nodiscard]] std::string box_words(PrimBox const& box, std::vector<std::string> const& inputs);

}  // namespace hansa
