/// Draws whether cities comply.
#include "run/compliance.hpp"

#include <algorithm>
#include <iterator>

#include "base/random.hpp"

namespace hansa {

std::span<Index const> Compliance::comply(std::int32_t step, std::function<bool(Index)> const& is_undecided) {
  complying_.clear();
  for (MandateModel const& each : mandates_) {
    if (step < each.from || step > each.until) continue;
    std::uint64_t const key = make_key(seed_, static_cast<std::uint64_t>(replicate_), Purpose::compliance, each.hash);
    for (Index const city : each.cities) {
      bool const complies = draw_uniform(key, cities_.hash[city], static_cast<std::uint32_t>(step)) < each.compliance;
      if (complies && is_undecided(city)) complying_.push_back(city);
    }
  }
  std::sort(complying_.begin(), complying_.end());
  complying_.erase(std::unique(complying_.begin(), complying_.end()), complying_.end());
  return complying_;
}

void Compliance::tell(std::span<Index const> adopters, std::int32_t step, Recorder& recorder) {
  if (complying_.empty()) return;
  others_.clear();
  std::set_intersection(adopters.begin(), adopters.end(), complying_.begin(), complying_.end(),
                        std::back_inserter(others_));
  recorder.attribute(policy_, step, std::size_t(Reserved::intervention), others_, EventKind::mandate);
}

std::span<Index const> Compliance::others(std::span<Index const> adopters) {
  if (complying_.empty()) return adopters;
  others_.clear();
  std::set_difference(adopters.begin(), adopters.end(), complying_.begin(), complying_.end(),
                      std::back_inserter(others_));
  return others_;
}

}  // namespace hansa
