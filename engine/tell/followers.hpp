/// What is told of followers: whether other cities would have led to more, and who follows whom.
#pragma once

#include <string>
#include <vector>

#include "measures/comparison.hpp"
#include "scenario/draft.hpp"
#include "world/cities.hpp"

namespace hansa {

/// ", more than 94 % of random choices of 20 cities lead to (…)"
[[nodiscard]] std::string rivals_words(Rivals const& rivals, std::size_t funded);

/// How many reruns tell of followers, with how many replicates; which are left out, and why; or why there are none.
[[nodiscard]] std::string reruns_words(Reruns const& reruns);
/// What of them is left out, and why; there must be something. At most three are named.
[[nodiscard]] std::string left_out_words(Reruns const& reruns);

/// A funded city or intervention, and whom it alone changes most often.
struct FollowingRow {
  std::string name;
  Interval alone, added;
  std::string changed;  ///< "Athens 0.50, Kazan 0.49"
};
/// Those whose followers are most, at most ten.
[[nodiscard]] std::vector<FollowingRow> following_rows(Following const& following, Cities const& cities);

/// The same as a table; `head` begins it.
[[nodiscard]] std::string following_table(Following const& following, Cities const& cities, std::string const& head);

[[nodiscard]] Node interval_node(Interval const& each);
[[nodiscard]] Node reruns_node(Reruns const& reruns);
[[nodiscard]] Node rivals_node(Rivals const& rivals);
/// With the ten cities that each group changes most.
[[nodiscard]] Node following_node(Following const& following, Cities const& cities);

/// The name of a city where it has one, else its id.
[[nodiscard]] std::string name_of(Cities const& cities, Index city);

}  // namespace hansa
