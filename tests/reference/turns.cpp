/// Walks through the crossings of a step in their order.
#include "reference/turns.hpp"

#include <algorithm>

#include "base/random.hpp"

namespace hansa::reference {

std::vector<Turn> turns(std::vector<PolicySpec> const& policies, std::vector<Crossing> crossings,
                        std::vector<bool> const& bound, std::optional<int> attention,
                        std::optional<Means> const& means) {
  std::sort(crossings.begin(), crossings.end(), [&](Crossing const& a, Crossing const& b) {
    if (a.certain != b.certain) return a.certain;
    if (a.fraction != b.fraction) return a.fraction < b.fraction;
    return hash_id(policies[a.policy].name) < hash_id(policies[b.policy].name);
  });
  std::vector<Turn> found(policies.size());
  auto const stop = [&](std::size_t policy, double fraction) {
    if (!found[policy].stopped) found[policy].stopped = fraction;
  };
  std::vector<bool> certain(policies.size()), over(policies.size()), short_of_money(policies.size());
  for (Crossing const& each : crossings) certain[each.policy] = each.certain;
  int adopted = 0;
  double left = means ? means->balance : 0;
  for (Crossing const& each : crossings) {
    if (found[each.policy].stopped) continue;
    over[each.policy] = true;
    if (short_of_money[each.policy]) {
      found[each.policy].waits = true;
      continue;
    }
    adopted += 1;
    bool const buys = means && each.pays && means->prices[each.policy];
    if (buys) left -= *means->prices[each.policy];
    for (std::size_t p = 0; p < policies.size(); ++p) {
      if (over[p] || certain[p]) continue;
      auto const& excluded = policies[p].excluded;
      bool const bars = std::any_of(excluded.begin(), excluded.end(),
                                    [&](Reference const& name) { return name.name == policies[each.policy].name; });
      bool const free = std::none_of(crossings.begin(), crossings.end(),
                                     [&](Crossing const& other) { return other.policy == p && other.bound; }) &&
                        !bound[p];
      if (bars || (attention && adopted >= *attention && free)) stop(p, each.fraction);
      bool const broke = free && buys && means->prices[p] && left < *means->prices[p] * (1 - 1e-12);
      if (broke && policies[p].when_unaffordable == Affording::stop) stop(p, each.fraction);
      if (broke) short_of_money[p] = true;
    }
  }
  return found;
}

}  // namespace hansa::reference
