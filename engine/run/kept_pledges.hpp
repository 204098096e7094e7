/// Who keeps a pledge of one policy in a step, by the collaboration to which it was made.
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "base/ids.hpp"
#include "world/world.hpp"

namespace hansa {

class KeptPledges {
 public:
  struct Group {
    Collaboration const* collaboration;
    std::vector<Index> cities;  ///< ascending; each in one group
  };

  [[nodiscard]] bool empty() const noexcept { return groups_.empty(); }
  [[nodiscard]] std::span<Group const> groups() const noexcept { return groups_; }
  void clear() noexcept { groups_.clear(); }
  /// Those of `cities` (ascending) who keep none yet, and of whom is_decided(city) is false.
  template <class IsDecided>
  void add(Collaboration const& collaboration, std::span<Index const> cities, IsDecided const& is_decided) {
    Group group{&collaboration, {}};
    for (Index const city : cities)
      if (!has(city) && !is_decided(city)) group.cities.push_back(city);
    groups_.push_back(std::move(group));
  }
  [[nodiscard]] bool has(Index city) const noexcept {
    return std::any_of(groups_.begin(), groups_.end(), [&](Group const& each) {
      return std::binary_search(each.cities.begin(), each.cities.end(), city);
    });
  }
  /// Those of `adopters` who keep none; valid until the next call.
  [[nodiscard]] std::span<Index const> others(std::span<Index const> adopters) {
    if (empty()) return adopters;
    others_.clear();
    for (Index const city : adopters)
      if (!has(city)) others_.push_back(city);
    return others_;
  }

 private:
  std::vector<Group> groups_;
  std::vector<Index> others_;
};

}  // namespace hansa
