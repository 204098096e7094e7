/// What interventions and laws together bind a city to.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "reference/acts.hpp"
#include "reference/laws.hpp"
#include "reference/rules.hpp"

namespace hansa::reference {

/// The hazard of each on a city at label `t`, in which the policy is `now`: interventions, then laws in order of name.
[[nodiscard]] Parts mandates(Acts const& acts, Laws const& laws, PolicySpec const& now, Index city, std::int32_t t);
/// At most 64.
[[nodiscard]] double sum_of(Parts const& mandates);
/// The part of each in their sum.
[[nodiscard]] std::map<std::string, double> proportions(Parts const& mandates);

/// Shares of an adoption to which mandates may have contributed, under any rule. Under rule cascade the part
/// `intervention` is what pushes and mandates take together, of which `push` is the push.
[[nodiscard]] std::map<std::string, double> shares_beside(Rule rule, std::optional<double> baseline, Parts const& parts,
                                                          Parts const& mandates, double push);

/// Whom a city below its threshold complies with: interventions first, then laws.
[[nodiscard]] std::optional<std::string> complied_with(Acts const& acts, Laws const& laws, PolicySpec const& now,
                                                       Index city, std::int32_t t, std::int64_t replicate);

}  // namespace hansa::reference
