/// Three cities: b observes a (weight 1), c observes a (3) and b (1); and who adopts when.
#pragma once

#include <cmath>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "statistics/adoptions.hpp"
#include "statistics/tie_rows.hpp"
#include "support/question.hpp"

namespace hansa::test {

inline constexpr std::int32_t not_in_time = never;

/// Steps 1 … `steps` are 2001 …; labels by city.
inline Adoptions adopted_in(std::vector<std::int32_t> const& labels, std::int32_t steps) {
  Adoptions made;
  made.start = 2001;
  made.steps = steps;
  made.label = labels;
  made.known.assign(labels.size(), 1);
  made.covered.assign(labels.size(), 1);
  made.entry.assign(labels.size(), 1);
  made.exit.assign(labels.size(), steps);
  for (Index i = 0; i < labels.size(); ++i)
    if (labels[i] != never) made.events.push_back({std::max(labels[i] - 2000, 0), labels[i], {i, 0, +1}});
  return made;
}

inline NetworkLayer layer_of(std::vector<Tie> ties, Index cities = 3) {
  Complaints complaints;
  return make_layer("road", std::move(ties), cities, {}, complaints);
}

inline NetworkLayer three_ties() {
  return layer_of({{0, 1, 1.0}, {0, 2, 3.0}, {1, 2, 1.0}});
}

inline TieRows all_rows(NetworkLayer const& layer, TieSense sense = TieSense::observed) {
  return TieRows(layer, std::vector<std::uint8_t>(layer.first.size() - 1, 1), sense);
}

}  // namespace hansa::test
