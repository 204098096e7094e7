/// Sums over the terms that lower a cost.
#include "run/fall.hpp"

#include <algorithm>
#include <array>

#include "run/settle.hpp"

namespace hansa {

void fall_of(PolicyModel const& policy, std::vector<std::unique_ptr<Kept>> const& kept, std::int32_t step,
             std::span<Index const> cities, Standing standing, double* m) {
  std::array<double, batch_size> own;
  std::fill_n(m, cities.size(), 0.0);
  for (std::size_t k = 0; k < kept.size(); ++k) {
    CompiledTerm const& compiled = policy.terms[k];
    bool const used = compiled.used.empty() || compiled.used[static_cast<std::size_t>(step) - 1] != 0;
    if (!compiled.lowers_cost || !used) continue;
    if (standing == Standing::adopted) {
      compiled.term->value_of_adopters(*kept[k], cities, own.data());
    } else {
      compiled.term->value(*kept[k], cities, own.data());
    }
    for (std::size_t i = 0; i < cities.size(); ++i) m[i] += own[i];
  }
}

}  // namespace hansa
