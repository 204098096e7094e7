/// Counters of adopters by group, by collaboration and by in-neighbours.
#include "mechanisms/pool.hpp"

#include <algorithm>
#include <tuple>

namespace hansa {

std::optional<PoolCount> PoolCount::make(Pool const& pool, Counted counted, TermContext const& context,
                                         Complaints& complaints) {
  World const& world = context.world;
  PoolCount result;
  result.counted_ = counted;
  result.cities_ = world.cities.size();
  result.known_ = context.known;
  switch (pool.of) {
    case Pool::Of::all:
      result.use_groups({}, 1);
      return result;
    case Pool::Of::country:
    case Pool::Of::attribute: {
      Reference name = pool.name;
      if (pool.of == Pool::Of::country) name.name = "country";
      TextColumn const* column = require_text(world.cities, name, "a pool", complaints);
      if (column == nullptr) return std::nullopt;
      result.use_groups(column->code, column->labels.size());
      return result;
    }
    case Pool::Of::collaboration: {
      Collaboration const* collaboration = find_collaboration(world, pool.name, complaints);
      if (collaboration == nullptr) return std::nullopt;
      result.use_collaboration(*collaboration, world.cities.size(), context.clock);
      return result;
    }
    case Pool::Of::network: {
      result.layer_ = find_network(world, pool.name, complaints);
      if (result.layer_ == nullptr) return std::nullopt;
      if (std::vector<std::int32_t> const& group = result.layer_->group; !group.empty()) {
        result.layer_ = nullptr;
        result.use_groups(group, static_cast<std::size_t>(*std::max_element(group.begin(), group.end())) + 1);
      }
      return result;
    }
  }
  return std::nullopt;
}

void PoolCount::use_groups(std::vector<std::int32_t> group, std::size_t groups) {
  group_ = std::move(group);
  if (group_.empty()) {
    size_ = {static_cast<std::int32_t>(cities_)};
    for (Index i = 0; i < cities_; ++i) size_[0] -= knows(i) ? 0 : 1;
    return;
  }
  for (Index i = 0; i < cities_; ++i) {
    if (!knows(i)) group_[i] = -1;
  }
  size_.assign(groups, 0);
  for (std::int32_t const g : group_) {
    if (g >= 0) ++size_[static_cast<std::size_t>(g)];
  }
  first_.assign(groups + 1, 0);
  for (std::size_t g = 0; g < groups; ++g) first_[g + 1] = first_[g] + static_cast<std::uint32_t>(size_[g]);
  members_.resize(first_.back());
  std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
  for (Index i = 0; i < cities_; ++i) {
    if (group_[i] >= 0) members_[next[static_cast<std::size_t>(group_[i])]++] = i;
  }
}

void PoolCount::use_collaboration(Collaboration const& collaboration, Index cities, Clock const& clock) {
  dated_ = true;
  collaboration_ = &collaboration;
  at_start_.assign(cities, 0);
  for (Membership const& spell : collaboration.members) {
    if (spell.joined > clock.end || spell.left <= clock.start || !knows(spell.city)) continue;
    if (ever_.empty() || ever_.back() != spell.city) ever_.push_back(spell.city);
    if (spell.joined <= clock.start) at_start_[spell.city] = 1;
    if (spell.joined > clock.start) changes_.push_back({spell.joined, spell.city, +1});
    if (spell.left <= clock.end) changes_.push_back({spell.left, spell.city, -1});
  }
  std::sort(changes_.begin(), changes_.end(), [](Change const& a, Change const& b) {
    return std::tie(a.label, a.city, a.sign) < std::tie(b.label, b.city, b.sign);
  });
  if (!collaboration.recruits) return;
  ever_.clear();
  for (Index i = 0; i < cities; ++i)
    if (knows(i)) ever_.push_back(i);
}

void PoolCount::reset(Counts& counts, Outset const& outset) const {
  counts.adopters.assign(layer_ != nullptr ? cities_ : dated_ ? 1 : size_.size(), 0);
  counts.next_change = 0;
  counts.changed.assign(size_.size(), 0);
  counts.step = 0;
  if (layer_ != nullptr) {
    counts.layer = &outset.network(*layer_);
    if (counts.layer->dated()) counts.own.assign(cities_, 0);
    if (counts.layer->dated() || !known_.empty()) counts.sources = sources_at_start(*counts.layer);
  }
  if (!dated_) return;
  counts.own.assign(cities_, 0);
  counts.living = outset.living_members(*collaboration_);
  counts.member = at_start_;
  counts.members = static_cast<std::int32_t>(std::count(at_start_.begin(), at_start_.end(), 1));
}

/// Ties into each city at the first step, from sources of known status.
std::vector<std::uint32_t> PoolCount::sources_at_start(NetworkLayer const& layer) const {
  std::vector<std::uint32_t> sources(layer.in_degree.begin(), layer.in_degree.end());
  for (Index source = 0; source < cities_; ++source) {
    for (std::uint32_t e = layer.first[source]; !knows(source) && e < layer.first[source + 1]; ++e) {
      sources[layer.target[e]] -= !layer.dated() || (layer.from[e] <= 1 && layer.until[e] >= 1) ? 1 : 0;
    }
  }
  return sources;
}

void PoolCount::touch_group(std::size_t group, Touched& touched) const {
  if (group_.empty()) {
    touched.everybody = true;
    return;
  }
  for (std::uint32_t k = first_[group]; k < first_[group + 1]; ++k) touched.add(members_[k]);
}

void PoolCount::touch_members(Counts const& counts, Touched& touched) const {
  for (Index const city : ever_) {
    if (counts.member[city] != 0) touched.add(city);
  }
}

void PoolCount::follow_ties(Counts& counts, Event const& event, std::int32_t weight, Touched& touched) const {
  NetworkLayer const& layer = *counts.layer;
  bool const dated = layer.dated();
  std::int32_t const in_force = std::max(counts.step, 1);
  if (dated) counts.own[event.city] = static_cast<std::uint16_t>(counts.own[event.city] + weight);
  for (std::uint32_t e = layer.first[event.city]; e < layer.first[event.city + 1]; ++e) {
    if (dated && (layer.from[e] > in_force || layer.until[e] < in_force)) continue;
    counts.adopters[layer.target[e]] += weight;
    touched.add(layer.target[e]);
  }
}

/// Puts the ties of `step` in force.
void PoolCount::change_ties(Counts& counts, std::int32_t step, Touched& touched) const {
  std::vector<TieChange> const& changes = counts.layer->changes;
  for (; counts.next_change < changes.size() && changes[counts.next_change].step <= step; ++counts.next_change) {
    TieChange const& change = changes[counts.next_change];
    counts.adopters[change.target] += change.sign * counts.own[change.source];
    if (knows(change.source)) counts.sources[change.target] += change.sign > 0 ? 1u : ~0u;
    touched.add(change.target);
  }
  counts.step = step;
}

void PoolCount::apply(Counts& counts, std::span<Event const> events, Touched& touched) const {
  bool changed = false;
  for (Event const& event : events) {
    std::int32_t const weight = weight_of(event);
    if (weight == 0) continue;
    if (layer_ != nullptr) {
      follow_ties(counts, event, weight, touched);
    } else if (dated_) {
      counts.own[event.city] = static_cast<std::uint16_t>(counts.own[event.city] + weight);
      if (counts.member[event.city] == 0) continue;
      counts.adopters[0] += weight;
      changed = true;
    } else {
      std::int32_t const g = group_.empty() ? 0 : group_[event.city];
      if (g < 0) continue;
      counts.adopters[static_cast<std::size_t>(g)] += weight;
      counts.changed[static_cast<std::size_t>(g)] = 1;
      changed = true;
    }
  }
  if (!changed) return;
  if (dated_) touch_members(counts, touched);
  for (std::size_t g = 0; g < counts.changed.size(); ++g) {
    if (counts.changed[g] != 0) touch_group(g, touched);
    counts.changed[g] = 0;
  }
}

void PoolCount::advance(Counts& counts, Moment moment, Touched& touched) const {
  if (layer_ != nullptr && counts.layer->dated()) return change_ties(counts, moment.step + 1, touched);
  if (!dated_ || moment.step == 0) return;
  bool changed = false;
  if (counts.living != nullptr) {
    for (MemberMove const& each : counts.living->moves())
      changed = (knows(each.city) && change_member(counts, each.city, each.sign, touched)) || changed;
  } else {
    for (; counts.next_change < changes_.size() && changes_[counts.next_change].label <= moment.label + 1;
         ++counts.next_change) {
      Change const& change = changes_[counts.next_change];
      changed = change_member(counts, change.city, change.sign, touched);
    }
  }
  if (changed) touch_members(counts, touched);
}

/// True: others see it.
bool PoolCount::change_member(Counts& counts, Index city, std::int8_t sign, Touched& touched) const {
  counts.member[city] = sign > 0 ? 1 : 0;
  counts.members += sign;
  counts.adopters[0] += sign * counts.own[city];
  touched.add(city);
  return true;
}

std::int32_t PoolCount::adopters(Counts const& counts, Index city) const noexcept {
  if (layer_ != nullptr) return counts.adopters[city];
  if (dated_) return counts.member[city] != 0 ? counts.adopters[0] : 0;
  if (group_.empty()) return counts.adopters[0];
  return group_[city] >= 0 ? counts.adopters[static_cast<std::size_t>(group_[city])] : 0;
}

std::int32_t PoolCount::adopters_beside(Counts const& counts, Index city) const noexcept {
  bool const inside = dated_ ? counts.member[city] != 0 : group_.empty() || group_[city] >= 0;
  return adopters(counts, city) - (layer_ == nullptr && inside ? 1 : 0);
}

std::int32_t PoolCount::others(Counts const& counts, Index city) const noexcept {
  if (layer_ != nullptr) {
    return static_cast<std::int32_t>(counts.sources.empty() ? counts.layer->in_degree[city] : counts.sources[city]);
  }
  if (dated_) return counts.member[city] != 0 ? counts.members - 1 : 0;
  if (group_.empty()) return size_[0] - 1;
  return group_[city] >= 0 ? size_[static_cast<std::size_t>(group_[city])] - 1 : 0;
}

std::vector<Collaboration const*> chosen_collaborations(Parameters const& parameters, World const& world,
                                                        Complaints& complaints) {
  std::vector<Collaboration const*> groups;
  if (!parameters.has("collaborations")) {
    for (Collaboration const& each : world.collaborations) groups.push_back(&each);
    return groups;
  }
  if (parameters.references("collaborations").empty()) {
    complaints.add("'collaborations' names none", parameters.place("collaborations"),
                   "at least one was expected; left out, all count");
  }
  for (Reference const& name : parameters.references("collaborations")) {
    Collaboration const* found = find_collaboration(world, name, complaints);
    if (found != nullptr && std::find(groups.begin(), groups.end(), found) == groups.end()) groups.push_back(found);
  }
  std::sort(groups.begin(), groups.end(), [](auto const* a, auto const* b) { return a->name < b->name; });
  return groups;
}

}  // namespace hansa
