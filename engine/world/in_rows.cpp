/// Counts the ties of each target, then places them.
#include "world/in_rows.hpp"

#include <numeric>

namespace hansa {

InRows::InRows(NetworkLayer const& layer)
    : first(layer.in_degree.size() + 1, 0), tie(layer.ties()), source(layer.ties()) {
  for (std::uint32_t e = 0; e < layer.ties(); ++e) ++first[layer.target[e] + 1];
  std::partial_sum(first.begin(), first.end(), first.begin());
  std::vector<std::uint32_t> next(first.begin(), first.end() - 1);
  for (Index i = 0; i < layer.in_degree.size(); ++i) {
    for (std::uint32_t e = layer.first[i]; e < layer.first[i + 1]; ++e) {
      std::uint32_t const at = next[layer.target[e]]++;
      tie[at] = e;
      source[at] = i;
    }
  }
}

}  // namespace hansa
