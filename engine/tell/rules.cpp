/// The table of rules.
#include "tell/rules.hpp"

#include <array>

namespace hansa {

namespace {

constexpr std::array<RuleWords, 6> rules{{
    {Rule::logit, "logit", "Discrete-time event history: the log odds of adopting are linear.",
     "h_i(t) = ln(1 + exp(eta_i(t)))", "P_i(t) = 1 / (1 + exp(-eta_i(t)))", "R_i ~ Exp(1)", "Allison 1982; Cox 1972",
     Asks::required, Asks::refuses},
    {Rule::cloglog, "cloglog", "Grouped proportional hazards: the log of the hazard is linear.",
     "h_i(t) = exp(eta_i(t))", "P_i(t) = 1 - exp(-exp(eta_i(t)))", "R_i ~ Exp(1)", "Prentice & Gloeckler 1978",
     Asks::required, Asks::refuses},
    {Rule::additive, "additive", "Competing risks: an exogenous hazard and the contributions of the mechanisms add up.",
     "h_i(t) = exp(beta_0 + attributes + trend + frailty) + sum_m theta_m M_m,i(t)", "P_i(t) = 1 - exp(-h_i(t))",
     "R_i ~ Exp(1)", "Aalen 1989; Sellke 1983", Asks::may_have, Asks::refuses},
    {Rule::linear, "linear", "Linear probability: the chance itself is linear.", "h_i(t) = -ln(1 - eta_i(t))",
     "P_i(t) = eta_i(t); a city at 1 or more adopts, a chance below 0 is an error", "R_i ~ Exp(1)", "Bass 1969",
     Asks::required, Asks::refuses},
    {Rule::cascade, "cascade",
     "Independent cascade: each tie passes an adoption on once, in the step after it, or never.",
     "h_i(t) = sum over the sources j that adopted in t - 1 of -ln(1 - p_ij), p_ij = min(1, theta w_ij)",
     "P_i(t) = 1 - product over these j of (1 - p_ij)", "R_i ~ Exp(1)", "Kempe, Kleinberg & Tardos 2003", Asks::refuses,
     Asks::refuses},
    {Rule::threshold, "threshold", "Thresholds: a city adopts as soon as the pressure reaches its own threshold.",
     "eta_i(t) itself, nothing accumulates", "P_i(t) = 1 if eta_i(t) >= R_i, else 0",
     "a trait of the city: given, or drawn once per city and replicate", "Granovetter 1978; Valente 1996; Watts 2002",
     Asks::refuses, Asks::required},
}};

}  // namespace

std::span<RuleWords const> all_rules() noexcept {
  return rules;
}

RuleWords const& words_of(Rule rule) noexcept {
  return rules.at(static_cast<std::size_t>(rule));
}

}  // namespace hansa
