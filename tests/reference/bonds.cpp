/// Adds mandates up, and shares out what they do.
#include "reference/bonds.hpp"

#include <algorithm>

namespace hansa::reference {

Parts mandates(Acts const& acts, Laws const& laws, PolicySpec const& now, Index city, std::int32_t t) {
  Parts all{{"intervention", acts.mandated(city, t)}};
  for (auto const& each : laws.mandates(now, city, t)) all.push_back(each);
  return all;
}

double sum_of(Parts const& mandates) {
  double sum = 0;
  for (auto const& [name, hazard] : mandates) sum += hazard;
  return std::min(sum, 64.0);
}

std::map<std::string, double> proportions(Parts const& mandates) {
  double sum = 0;
  for (auto const& [name, hazard] : mandates) sum += hazard;
  std::map<std::string, double> shares;
  for (auto const& [name, hazard] : mandates) shares[name] = sum > 0 ? hazard / sum : 0;
  return shares;
}

std::map<std::string, double> shares_beside(Rule rule, std::optional<double> baseline, Parts const& parts,
                                            Parts const& mandates, double push) {
  bool const in_parts = rule == Rule::cascade || rule == Rule::threshold;
  std::map<std::string, double> shares = attribute(rule, baseline, parts, in_parts ? Parts{} : mandates);
  double const hazard = sum_of(mandates);
  if (rule != Rule::cascade || !(hazard > 0)) return shares;
  double const together = shares["intervention"];
  for (auto const& [name, proportion] : proportions(mandates)) {
    if (name == "intervention") continue;
    double const part = together * proportion * hazard / (push + hazard);
    shares[name] += part;
    shares["intervention"] -= part;
  }
  return shares;
}

std::optional<std::string> complied_with(Acts const& acts, Laws const& laws, PolicySpec const& now, Index city,
                                         std::int32_t t, std::int64_t replicate) {
  if (acts.complies(city, t, replicate)) return "intervention";
  return laws.complied_with(now, city, t);
}

}  // namespace hansa::reference
