/// Draws whether seeds succeed.
#include "run/seeding.hpp"

#include <algorithm>
#include <iterator>

#include "base/random.hpp"

namespace hansa {

std::span<Index const> Seeding::seed(std::int32_t step, Standings const& standings, Recorder& recorder) {
  seeded_.clear();
  for (SeedModel const& each : seeds_) {
    if (each.step == step) place(each, standings, recorder);
  }
  return seeded_;
}

void Seeding::place(SeedModel const& seed, Standings const& standings, Recorder& recorder) {
  std::uint64_t const key = make_key(seed_, static_cast<std::uint64_t>(replicate_), Purpose::success, seed.hash);
  std::size_t const before = seeded_.size();
  SeedCounts counts;
  for (Index const city : seed.cities) {
    auto const end = seeded_.begin() + static_cast<std::ptrdiff_t>(before);
    if (standings.has_adopted(city) || std::binary_search(seeded_.begin(), end, city)) {
      ++counts.adopters;
    } else if (standings.is_excluded(city)) {
      ++counts.excluded;
    } else if (draw_uniform(key, cities_.hash[city], 0) < seed.success) {
      seeded_.push_back(city);
    } else {
      ++counts.failed;
    }
  }
  counts.seeded = static_cast<std::int32_t>(seeded_.size() - before);
  recorder.seeded(seed.intervention, counts);
  if (recorder.wants_attribution())
    recorder.attribute(policy_, seed.step, std::size_t(Reserved::intervention), std::span(seeded_).subspan(before),
                       EventKind::seed);
  std::inplace_merge(seeded_.begin(), seeded_.begin() + static_cast<std::ptrdiff_t>(before), seeded_.end());
}

std::span<Index const> Seeding::others(std::span<Index const> adopters) {
  if (seeded_.empty()) return adopters;
  others_.clear();
  std::set_difference(adopters.begin(), adopters.end(), seeded_.begin(), seeded_.end(), std::back_inserter(others_));
  return others_;
}

}  // namespace hansa
