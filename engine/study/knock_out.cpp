/// Takes the strength from mechanisms.
#include "study/knock_out.hpp"

#include <set>

namespace hansa {

void knock_out(Model& model, std::string_view name) {
  for (PolicyModel& policy : model.policies) {
    std::erase_if(policy.laws, [&](CompiledLaw const& law) { return law.name == name; });
    for (CompiledTerm& term : policy.terms) {
      if (term.name != name) continue;
      term.strength = 0;
      term.lowers_cost = false;
      term.strengths.clear();
      term.strengths_later.clear();
      if (term.term->keeps_beliefs()) policy.leaving.believed = Believed::at_first;
    }
  }
}

std::vector<std::string> mechanisms_of(Model const& model) {
  std::set<std::string> names;
  for (PolicyModel const& policy : model.policies) {
    for (CompiledTerm const& term : policy.terms) names.insert(term.name);
    for (CompiledLaw const& law : policy.laws) names.insert(law.name);
  }
  return {names.begin(), names.end()};
}

}  // namespace hansa
