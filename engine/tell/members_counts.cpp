/// Reads them off the series.
#include "tell/members_counts.hpp"

namespace hansa {

std::vector<MembersCounts> count_members(SharedHistory const& history, Clock const& clock) {
  std::vector<MembersCounts> all;
  auto const steps = static_cast<std::size_t>(clock.steps());
  for (std::size_t k = 0; k < history.members.size() / steps; ++k) {
    MembersCounts& counts = all.emplace_back();
    counts.members = history.members[(k + 1) * steps - 1];
    for (std::size_t t = 0; !history.pledges.empty() && t < steps; ++t) {
      double const kept = history.pledged_adoptions[k * steps + t];
      if (!(kept > 0)) continue;  // missing where there is no contract
      counts.concluded = clock.start + static_cast<std::int32_t>(t);
      counts.kept += kept;
    }
  }
  return all;
}

}  // namespace hansa
