/// Turns rows of observers into rows of those that are observed.
#include "statistics/tie_rows.hpp"

namespace hansa {

TieRows::TieRows(NetworkLayer const& layer, std::vector<std::uint8_t> const& counted, TieSense sense)
    : unit(layer.unit) {
  std::size_t const n = counted.size();
  first.assign(n + 1, 0);
  auto const each_tie = [&](auto const& act) {
    for (Index source = 0; source < n; ++source) {
      if (counted[source] == 0) continue;
      for (std::uint32_t k = layer.first[source]; k < layer.first[source + 1]; ++k) {
        Index const target = layer.target[k];
        if (counted[target] != 0) act(sense == TieSense::observed ? target : source, k, source);
      }
    }
  };
  each_tie([&](Index row, std::uint32_t, Index) { ++first[row + std::size_t{1}]; });
  for (std::size_t i = 0; i < n; ++i) first[i + 1] += first[i];
  std::vector<std::size_t> at(first.begin(), first.end() - 1);
  city.resize(first.back());
  weight.resize(first.back());
  if (layer.dated()) {
    from.resize(first.back());
    until.resize(first.back());
  }
  each_tie([&](Index row, std::uint32_t k, Index source) {
    std::size_t const place = at[row]++;
    city[place] = sense == TieSense::observed ? source : layer.target[k];
    weight[place] = layer.weighted() ? static_cast<double>(layer.weight[k]) : 1.0;
    if (!layer.dated()) return;
    from[place] = layer.from[k];
    until[place] = layer.until[k];
  });
}

}  // namespace hansa
