/// Follows the numbers from step to step.
#include "tell/ends.hpp"

#include <algorithm>

namespace hansa {

Ends ends_of(std::vector<double> start, double all, std::vector<AttributeStep> const& later, Index cities,
             std::int32_t from, std::int32_t until) {
  if (start.empty() && later.empty()) return {all, all};
  if (start.empty()) start.assign(cities, all);
  auto each = later.begin();
  for (; each != later.end() && each->step <= from; ++each) start[each->city] = each->sum;
  Ends ends{*std::ranges::min_element(start), *std::ranges::max_element(start)};
  for (; each != later.end() && each->step <= until; ++each)
    ends = {std::min(ends.first, each->sum), std::max(ends.second, each->sum)};
  return ends;
}

double number_at(std::int32_t step, double start, std::vector<NumberStep> const& later) {
  for (NumberStep const& each : later)
    if (each.step <= step) start = each.number;
  return start;
}

std::vector<std::vector<CompiledTerm const*>> terms_by_phase(std::vector<Phase> const& phases, Scenario const& scenario,
                                                             PolicyModel const& policy) {
  std::vector<std::vector<CompiledTerm const*>> terms(phases.size());
  for (std::size_t k = 0; k < phases.front().spec.mechanisms.size(); ++k) {
    auto const first = std::ranges::find(policy.terms, phases.front().spec.mechanisms[k].name, &CompiledTerm::name);
    std::vector<std::size_t> const variants = variants_of(k, phases, scenario);
    for (std::size_t p = 0; p < phases.size(); ++p)
      terms[p].push_back(&*(first + static_cast<std::ptrdiff_t>(variants[p])));
  }
  return terms;
}

}  // namespace hansa
