/// Follows members from step to step.
#include "world/living_members.hpp"

#include <algorithm>
#include <tuple>

namespace hansa {

LivingMembers::LivingMembers(Collaboration const& collaboration, Clock const& clock, Index cities)
    : collaboration_(&collaboration), at_start_(cities, outside) {
  for (Membership const& spell : collaboration.members) {
    if (spell.joined <= clock.start && clock.start < spell.left) at_start_[spell.city] = spell.joined;
    if (clock.start < spell.joined && spell.joined - 1 <= clock.end)
      dated_.push_back({spell.joined, Turn::begins, spell.city});
    if (clock.start < spell.left && spell.left - 1 <= clock.end) dated_.push_back({spell.left, Turn::ends, spell.city});
  }
  for (Departure const& each : collaboration.departures)
    if (clock.start < each.label) dated_.push_back({each.label, Turn::departs, each.city});
  std::sort(dated_.begin(), dated_.end(), [](Dated const& a, Dated const& b) {
    return std::tie(a.label, a.turn, a.city) < std::tie(b.label, b.turn, b.city);
  });
  count_at_start_ =
      std::count_if(at_start_.begin(), at_start_.end(), [](std::int32_t each) { return each != outside; });
}

void LivingMembers::begin() {
  since_ = at_start_;
  count_ = count_at_start_;
  moves_.clear();
  next_ = 0;
}

void LivingMembers::leave(Index city) {
  if (!has(city)) return;
  since_[city] = outside;
  --count_;
  moves_.push_back({city, -1});
}

void LivingMembers::join(Index city, std::int32_t label) {
  if (has(city)) return;
  since_[city] = label;
  ++count_;
  moves_.push_back({city, +1});
}

void LivingMembers::advance(std::int32_t label) {
  moves_.clear();
  for (; next_ < dated_.size() && dated_[next_].label <= label; ++next_) {
    if (dated_[next_].turn == Turn::begins) {
      join(dated_[next_].city, label);
    } else {
      leave(dated_[next_].city);
    }
  }
  if (!is_dissolved(label) || count_ == 0) return;
  for (Index city = 0; city < since_.size(); ++city) leave(city);
}

}  // namespace hansa
