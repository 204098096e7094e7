/// Who follows whom, and whether other cities would have been followed by more.
#pragma once

#include <optional>
#include <vector>

#include "study/reruns.hpp"

namespace hansa {

inline constexpr std::size_t random_choices = 50;
inline constexpr std::size_t most_groups = 50;  ///< beyond so many funded cities, groups are interventions

/// What the seeds that `with` has and `without` has not lead to, for one policy: against random choices of as many
/// cities, the best connected and the most inclined ones, all among the cities that could be seeded instead; and by
/// group. Random choices are keyed: the same in every scenario. Nothing if nobody is newly funded. A rerun in which a
/// replicate fails is left out, and told of in `reruns`; without any replicate there is nothing else.
struct FollowersFound {
  std::optional<Reruns> reruns;
  std::optional<Rivals> rivals;
  std::optional<Following> following;
};
/// None if it was stopped.
[[nodiscard]] std::optional<FollowersFound> find_followers(World const& world, Model const& without, Model const& with,
                                                           PolicyId policy, RerunOptions const& options);

}  // namespace hansa
