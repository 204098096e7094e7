/// Walks the spells city by city.
#include "model/spells.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace hansa {

namespace {

/// A city of a spell.
struct Member {
  Index city;
  std::size_t spell;
};

/// use(members) for each city, ascending; its members in the order of the spells.
template <class Use>
void for_each_city(std::span<Spell const> spells, Use const& use) {
  std::vector<Member> members;
  for (std::size_t k = 0; k < spells.size(); ++k) {
    for (Index const city : spells[k].cities) members.push_back({city, k});
  }
  std::sort(members.begin(), members.end(),
            [](Member const& a, Member const& b) { return std::tie(a.city, a.spell) < std::tie(b.city, b.spell); });
  for (auto begin = members.begin(); begin != members.end();) {
    auto const end =
        std::find_if(begin, members.end(), [city = begin->city](Member const& each) { return each.city != city; });
    use(std::span<Member const>(begin, end));
    begin = end;
  }
}

/// Steps in which something begins or has ended, sorted, and up to `last`.
void add_borders(std::span<Member const> members, std::span<Spell const> spells, std::int32_t last,
                 std::vector<std::int32_t>& steps) {
  for (Member const& each : members) {
    steps.push_back(spells[each.spell].from);
    steps.push_back(spells[each.spell].until + 1);
  }
  std::erase_if(steps, [last](std::int32_t step) { return step > last; });
  std::sort(steps.begin(), steps.end());
  steps.erase(std::unique(steps.begin(), steps.end()), steps.end());
}

bool is_in_force(Spell const& spell, std::int32_t step) noexcept {
  return spell.from <= step && step <= spell.until;
}

/// value(step) wherever it differs from what it was before.
template <class Value>
void add_changes(Index city, double before, std::span<std::int32_t const> steps, Value const& value,
                 std::vector<AttributeStep>& found) {
  for (std::int32_t const step : steps) {
    double const now = value(step);
    if (now != before) found.push_back({step, city, now});
    before = now;
  }
}

void sort_by_step(std::vector<AttributeStep>& steps) {
  std::sort(steps.begin(), steps.end(), [](AttributeStep const& a, AttributeStep const& b) {
    return std::tie(a.step, a.city) < std::tie(b.step, b.city);
  });
}

}  // namespace

std::vector<AttributeStep> sums_of(std::span<Spell const> spells, std::int32_t last) {
  std::vector<AttributeStep> found;
  std::vector<std::int32_t> steps;
  for_each_city(spells, [&](std::span<Member const> members) {
    steps.clear();
    add_borders(members, spells, last, steps);
    auto const sum = [&](std::int32_t step) {
      double total = 0;
      for (Member const& each : members) total += is_in_force(spells[each.spell], step) ? spells[each.spell].amount : 0;
      return total;
    };
    add_changes(members.front().city, 0, steps, sum, found);
  });
  sort_by_step(found);
  return found;
}

void multiply(AttributeSums& strengths, double strength, Index cities, std::span<Spell const> spells,
              std::int32_t last) {
  if (spells.empty()) return;
  if (strengths.start.empty()) strengths.start.assign(cities, strength);
  std::vector<AttributeStep> own = std::move(strengths.later), found;
  auto const by_city = [](AttributeStep const& a, AttributeStep const& b) { return a.city < b.city; };
  std::stable_sort(own.begin(), own.end(), by_city);
  std::vector<std::int32_t> steps;
  auto rest = own.begin();
  for_each_city(spells, [&](std::span<Member const> members) {
    Index const city = members.front().city;
    auto const [begin, end] = std::equal_range(rest, own.end(), AttributeStep{0, city, 0}, by_city);
    found.insert(found.end(), rest, begin);  // of cities without a spell
    rest = end;
    steps.clear();
    for (auto each = begin; each != end; ++each) steps.push_back(each->step);
    add_borders(members, spells, last, steps);
    auto const product = [&, begin = begin, end = end](std::int32_t step) {
      auto const after = std::find_if(begin, end, [step](AttributeStep const& each) { return each.step > step; });
      double theta = after == begin ? strengths.start[city] : std::prev(after)->sum;
      for (Member const& each : members) theta *= is_in_force(spells[each.spell], step) ? spells[each.spell].amount : 1;
      return theta;
    };
    add_changes(city, strengths.start[city], steps, product, found);
  });
  found.insert(found.end(), rest, own.end());
  sort_by_step(found);
  strengths.later = std::move(found);
}

}  // namespace hansa
