/// Draws visits.
#include "run/visits.hpp"

#include <algorithm>

#include "base/flat_math.hpp"
#include "base/random.hpp"

namespace hansa {

namespace {

constexpr std::uint32_t tries_at_most = 32;
/// Words of the draws of a city in a step; those of tries follow in pairs.
enum Word : std::uint32_t { goes, closes, first_tie, second_tie, returns, tries };

}  // namespace

Visits::Visits(DynamicsModel const& model, Cities const& cities, std::uint64_t seed)
    : model_(model),
      spec_(*model.by_step.front().spec.visits),
      cities_(cities),
      seed_(seed),
      chance_(-flat::expm1(-spec_.rate)),
      sums_(cities.size()) {}

void Visits::take(VisitsSpec const& spec) noexcept {
  spec_ = spec;
  chance_ = -flat::expm1(-spec_.rate);
}

void Visits::begin(std::int64_t replicate) {
  key_ = make_key(seed_, static_cast<std::uint64_t>(replicate), Purpose::visit, model_.network->hash);
}

std::span<Visit const> Visits::find(std::int32_t step, std::span<std::uint16_t const> adopted, LivingTies const& ties) {
  double sum = 0;
  for (Index i = 0; i < sums_.size(); ++i)
    sums_[i] = sum += spec_.prestige == 0 ? 1 : flat::pow(1.0 + adopted[i], spec_.prestige);
  visits_.clear();
  for (Index i = 0; i < sums_.size(); ++i) {
    if (draw_uniform(key_, cities_.hash[i], static_cast<std::uint32_t>(step), Word::goes) < chance_)
      visit(i, step, ties);
  }
  return visits_;
}

void Visits::visit(Index city, std::int32_t step, LivingTies const& ties) {
  auto const draw = [&](std::uint32_t word) {
    return draw_uniform(key_, cities_.hash[city], static_cast<std::uint32_t>(step), word);
  };
  std::optional<Index> host;
  if (draw(Word::closes) < spec_.closure) {
    std::optional<Index> const between = observed_by(city, draw(Word::first_tie), ties);
    if (between) host = observed_by(*between, draw(Word::second_tie), ties);
  } else {
    host = far_away(city, step);
  }
  if (!host || *host == city) return;
  if (!ties.has(*host, city)) visits_.push_back({*host, city});
  if (draw(Word::returns) < spec_.reciprocal && !ties.has(city, *host)) visits_.push_back({city, *host});
}

/// One of those that a city observes.
std::optional<Index> Visits::observed_by(Index city, double u, LivingTies const& ties) const {
  std::vector<Index> sources;
  ties.for_each_source(city, [&](std::uint32_t, Index source) { sources.push_back(source); });
  if (sources.empty()) return std::nullopt;
  return sources[static_cast<std::size_t>(u * static_cast<double>(sources.size()))];
}

std::optional<Index> Visits::far_away(Index city, std::int32_t step) const {
  for (std::uint32_t k = 0; k < tries_at_most; ++k) {
    auto const draw = [&](std::uint32_t word) {
      return draw_uniform(key_, cities_.hash[city], static_cast<std::uint32_t>(step), Word::tries + 2 * k + word);
    };
    double const at = draw(0) * sums_.back();
    auto const host = static_cast<Index>(std::upper_bound(sums_.begin(), sums_.end(), at) - sums_.begin());
    if (host >= sums_.size() || host == city) continue;
    if (!spec_.decay_km) return host;
    double const km = great_circle_km(model_.places[city], model_.places[host]);
    if (draw(1) < flat::exp(-km / *spec_.decay_km)) return host;
  }
  return std::nullopt;
}

}  // namespace hansa
