/// Observations add up while an adoption lasts, and are handed over when it ends.
#include "mechanisms/learning_experience.hpp"

#include <algorithm>
#include <array>

#include "base/random.hpp"

namespace hansa {

namespace {

constexpr std::uint32_t own_steps = 0x8000'0000u;  // where the counters of own observations begin
constexpr std::size_t most_at_once = 256;

}  // namespace

OwnExperience::OwnExperience(LookRule const& rule, std::span<std::uint64_t const> hashes)
    : rule_(rule), hashes_(hashes), most_(rule.own_precision.largest()), seen_(most_ > 0 ? hashes.size() : 0) {}

void OwnExperience::reset(Outset const& outset) {
  if (empty()) return;
  key_ = make_key(outset.seed, static_cast<std::uint64_t>(outset.replicate), Purpose::look, rule_.policy);
  std::fill(seen_.begin(), seen_.end(), Seen{});
}

void OwnExperience::end(Index city, BeliefState& beliefs) {
  if (empty() || seen_[city].count == 0) return;
  auto const [sum, count] = seen_[city];
  double const worth = 1 / (rule_.spread * rule_.spread + 1 / (count * most_));
  beliefs.absorb(city, worth, sum / count);
  seen_[city] = {};
}

void OwnExperience::observe(AdopterStates const& adopters, std::int32_t step) {
  if (rule_.own_precision.at(step) == 0) return;
  std::array<Index, most_at_once> cities;
  std::size_t count = 0;
  for (Index i = 0; i < seen_.size(); ++i) {
    if (!adopters[i].performs()) continue;
    cities[count++] = i;
    if (count < most_at_once) continue;
    observe_some(cities, adopters, step);
    count = 0;
  }
  observe_some(std::span(cities).first(count), adopters, step);
}

void OwnExperience::observe_some(std::span<Index const> cities, AdopterStates const& adopters, std::int32_t step) {
  std::array<double, most_at_once> noise{};
  if (rule_.noise == LookNoise::normal) {
    std::array<std::uint64_t, most_at_once> who;
    for (std::size_t k = 0; k < cities.size(); ++k) who[k] = hashes_[cities[k]];
    draw_normal(key_, std::span(who).first(cities.size()), own_steps + static_cast<std::uint32_t>(step),
                std::span(noise).first(cities.size()));
  }
  double const precision = rule_.own_precision.at(step), sd = 1 / __builtin_sqrt(precision), worth = precision / most_;
  for (std::size_t k = 0; k < cities.size(); ++k) {
    Seen& seen = seen_[cities[k]];
    seen.sum += worth * (adopters[cities[k]].performance + sd * noise[k]);
    seen.count += worth;
  }
}

double OwnExperience::belief(Index city, BeliefState const& beliefs) const noexcept {
  double const mean = beliefs.mean(city);
  if (empty() || seen_[city].count == 0) return mean;
  double const prior = 1 / (1 / beliefs.precision(city) + rule_.spread * rule_.spread);
  auto const [sum, count] = seen_[city];
  return (prior * mean + most_ * sum) / (prior + most_ * count);
}

double OwnExperience::precision(Index city, BeliefState const& beliefs) const noexcept {
  double const prior = 1 / (1 / beliefs.precision(city) + rule_.spread * rule_.spread);
  return empty() ? prior : prior + most_ * seen_[city].count;
}

}  // namespace hansa
