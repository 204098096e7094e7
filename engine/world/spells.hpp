/// Ties that hold for a time: rows of the same pair become spells that do not overlap.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "world/network.hpp"

namespace hansa {

/// A merged tie, its weight a whole number of the layer's unit.
struct WholeTie {
  Index source;
  Index target;
  std::uint32_t weight;
  std::int16_t from;
  std::int16_t until;
  [[nodiscard]] bool is_dated() const noexcept { return from > 1 || until < for_ever; }
};

/// Merged ties, sorted like the rows they come from, and the weights of those rows: weights[first[k]] … of ties[k].
struct Merged {
  std::vector<WholeTie> ties;
  std::vector<double> weights;
  std::vector<std::size_t> first = {0};
};

/// Ties sorted by (source, target, from, until, weight) into spells that do not overlap, in the same order; where rows
/// overlap, their weights are to be added, and a warning counts them. A spell that another of the same weights follows
/// at once is one with it. Nothing after a complaint of rows that overlap without measure.
[[nodiscard]] std::optional<Merged> merge_spells(std::vector<Tie> const& ties, std::string const& name,
                                                 Place const& where, Complaints& complaints);

/// Fills in_weight and in_degree with those of step 1.
void count_in_ties(NetworkLayer& layer);

/// Fills `changes` of a layer whose ties are dated.
void list_changes(NetworkLayer& layer);

/// Complains of sums of weights that do not fit, and finds out whether 31 bits are enough at every step.
void check_sums(NetworkLayer& layer, Place const& where, Complaints& complaints);

/// Warns of ties whose weight rounds to 0; of none, says nothing.
void warn_of_vanished(std::size_t count, std::string const& name, Place const& where, Complaints& complaints);

}  // namespace hansa
