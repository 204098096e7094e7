/// Ages of initial adoptions, from the data.
#include "mechanisms/exposure_ages.hpp"

#include <algorithm>
#include <tuple>

namespace hansa {

EarlierAdoptions::EarlierAdoptions(TermContext const& context) {
  std::int32_t const eve = context.clock.start - 1;
  for (PolicyRecords const& records : context.world.records) {
    if (records.policy != context.policy.name) continue;
    std::int32_t episode = 0;
    for (std::size_t k = 0; k < records.observed.size(); ++k) {
      Observation const& row = records.observed[k];
      episode = k > 0 && records.observed[k - 1].city == row.city ? episode + 1 : 0;
      if (row.year < eve) known_.push_back({row.city, episode, eve - row.year});
    }
  }
}

std::int32_t EarlierAdoptions::age(Event const& event) const noexcept {
  auto const found = std::lower_bound(known_.begin(), known_.end(), event, [](Known const& a, Event const& b) {
    return std::tie(a.city, a.episode) < std::tie(b.city, b.episode);
  });
  bool const known = found != known_.end() && found->city == event.city && found->episode == event.episode;
  return known ? found->age : 0;
}

}  // namespace hansa
