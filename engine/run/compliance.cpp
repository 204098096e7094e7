/// Draws whether cities comply.
#include "run/compliance.hpp"

#include <algorithm>
#include <iterator>

#include "base/random.hpp"

namespace hansa {

bool Compliance::complies(std::uint64_t hash, double chance, Index city, std::int32_t step) const noexcept {
  std::uint64_t const key = make_key(seed_, static_cast<std::uint64_t>(replicate_), Purpose::compliance, hash);
  return draw_uniform(key, cities_.hash[city], static_cast<std::uint32_t>(step)) < chance;
}

std::span<Index const> Compliance::comply(std::int32_t step, LawsInForce const& laws,
                                          std::function<bool(Index)> const& is_undecided) {
  laws_ = &laws;
  found_.clear();
  for (MandateModel const& each : mandates_) {
    if (step < each.from || step > each.until) continue;
    for (Index const city : each.cities)
      if (complies(each.hash, each.compliance, city, step) && is_undecided(city)) found_.push_back({city, 0});
  }
  for (std::size_t k = 0; k < laws.size(); ++k) {
    std::uint64_t const hash = laws.law(k).hash;
    for (Index city = 0; city < cities_.size(); ++city) {
      if (!laws.reach(k, city) || !complies(hash, laws.pressure(k, city), city, step)) continue;
      if (is_undecided(city)) found_.push_back({city, k + 1});
    }
  }
  std::stable_sort(found_.begin(), found_.end(), [](auto const& a, auto const& b) { return a.city < b.city; });
  auto const same = [](Complying const& a, Complying const& b) { return a.city == b.city; };
  found_.erase(std::unique(found_.begin(), found_.end(), same), found_.end());
  complying_.clear();
  for (Complying const& each : found_) complying_.push_back(each.city);
  return complying_;
}

void Compliance::tell(std::span<Index const> adopters, std::int32_t step, Recorder& recorder) {
  if (complying_.empty()) return;
  for (std::size_t with = 0; with <= laws_->size(); ++with) {
    others_.clear();
    for (Complying const& each : found_) {
      bool const adopts = std::binary_search(adopters.begin(), adopters.end(), each.city);
      if (adopts && each.with == with) others_.push_back(each.city);
    }
    std::size_t const mechanism = with == 0 ? std::size_t(Reserved::intervention) : laws_->law(with - 1).mechanism;
    recorder.attribute(policy_, step, mechanism, others_, EventKind::mandate);
  }
}

std::span<Index const> Compliance::others(std::span<Index const> adopters) {
  if (complying_.empty()) return adopters;
  others_.clear();
  std::set_difference(adopters.begin(), adopters.end(), complying_.begin(), complying_.end(),
                      std::back_inserter(others_));
  return others_;
}

}  // namespace hansa
