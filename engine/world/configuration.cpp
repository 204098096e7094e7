/// Shuffles the ends of ties, joins them, and mends what does not fit.
#include "world/configuration.hpp"

#include <cmath>
#include <optional>

#include "world/pair_set.hpp"
#include "world/skips.hpp"

namespace hansa {
namespace {

/// The city of each end, in order; nothing after a complaint.
std::optional<std::vector<Index>> read_ends(ConfigurationTies const& spec, Drawing const& drawing) {
  Cities const& cities = drawing.cities;
  if (drawing.sense == Sense::one_way) {
    drawing.complaints.add("ties of given degrees are undirected", drawing.where, "leave out `directed: true`");
    return std::nullopt;
  }
  std::vector<double> const* degrees = require_number(cities, spec.degrees, "configuration", drawing.complaints);
  if (degrees == nullptr) return std::nullopt;
  double sum = 0;
  for (Index i = 0; i < cities.size(); ++i) {
    double const degree = (*degrees)[i];
    sum += degree;
    if (degree >= 0 && std::floor(degree) == degree) continue;
    drawing.complaints.add(
        "attribute '" + spec.degrees.name + "' of city '" + cities.id[i] + "' is no number of ties (configuration)",
        spec.degrees.where, "whole numbers from 0 were expected");
    return std::nullopt;
  }
  if (!fits_layer(sum, drawing.where, drawing.complaints)) return std::nullopt;
  if (std::fmod(sum, 2) != 0) {
    drawing.complaints.add("the degrees in attribute '" + spec.degrees.name + "' add up to the odd number " +
                               std::to_string(static_cast<std::uint64_t>(sum)) + " (configuration)",
                           spec.degrees.where, "an even sum was expected: every tie has two ends");
    return std::nullopt;
  }
  std::vector<Index> ends;
  ends.reserve(static_cast<std::size_t>(sum));
  for (Index i = 0; i < cities.size(); ++i) ends.insert(ends.end(), static_cast<std::size_t>((*degrees)[i]), i);
  return ends;
}

/// Joins ends at random, again and again where need be.
class Joiner {
 public:
  Joiner(std::size_t ties, Drawing const& drawing) : drawing_(drawing), tied_(ties) { placed_.reserve(ties); }

  /// Shuffles the ends (Fisher & Yates 1938; Durstenfeld 1964), joins neighbours, and returns the ends of joins that do
  /// not fit.
  std::vector<Index> join(std::vector<Index> ends) {
    for (std::size_t left = ends.size(); left > 1; --left) std::swap(ends[left - 1], ends[below(next(), left)]);
    std::vector<Index> refused;
    for (std::size_t k = 0; k + 1 < ends.size(); k += 2) {
      Pair const pair{ends[k], ends[k + 1]};
      if (pair.source != pair.target && tied_.insert(pair))
        placed_.push_back(pair);
      else
        refused.insert(refused.end(), {pair.source, pair.target});
    }
    return refused;
  }

  /// Ties a and b to the two ends of a tie that was placed; false if none was found that fits.
  bool exchange(Index a, Index b) {
    constexpr std::size_t tries = 1000;
    std::size_t const count = placed_.size();
    for (std::size_t k = 0; k < (count > 0 ? tries : 0); ++k) {
      std::uint64_t const drawn = below(next(), 2 * count);
      if (exchange_with(placed_[drawn / 2], drawn % 2 == 0, a, b)) return true;
    }
    for (std::size_t k = 0; k < std::min(count, searched); ++k) {
      if (exchange_with(placed_[k], true, a, b) || exchange_with(placed_[k], false, a, b)) return true;
    }
    return false;
  }

  [[nodiscard]] std::vector<Pair> take() { return std::move(placed_); }

 private:
  static constexpr std::size_t searched = 100'000;

  bool exchange_with(Pair& tie, bool straight, Index a, Index b) {
    Pair const first{a, straight ? tie.source : tie.target};
    Pair const second{b, straight ? tie.target : tie.source};
    if (first.source == first.target || second.source == second.target) return false;
    if (tied_.holds(first) || tied_.holds(second)) return false;
    tied_.erase(tie);
    (void)tied_.insert(first);
    if (!tied_.insert(second)) {  // the same two cities
      tied_.erase(first);
      (void)tied_.insert(tie);
      return false;
    }
    tie = first;
    placed_.push_back(second);
    return true;
  }
  std::uint64_t next() noexcept {
    if (!half_) bits_ = draw_bits(drawing_.key, draws_++, 0, 0);
    half_ = !half_;
    return half_ ? bits_.low : bits_.high;
  }

  Drawing const& drawing_;
  PairSet tied_;
  std::vector<Pair> placed_;
  Bits bits_{};
  std::uint64_t draws_ = 0;
  bool half_ = false;
};

}  // namespace

PairParts draw_configuration(ConfigurationTies const& spec, Drawing const& drawing) {
  constexpr int rounds = 20;
  std::optional<std::vector<Index>> const ends = read_ends(spec, drawing);
  if (!ends) return {};
  std::size_t const ties = ends->size() / 2;
  Joiner joiner(ties, drawing);
  std::vector<Index> refused = joiner.join(*ends);
  for (int round = 0; round < rounds && refused.size() > 2; ++round) refused = joiner.join(std::move(refused));
  std::size_t lost = 0;
  for (std::size_t k = 0; k + 1 < refused.size(); k += 2) {
    if (!joiner.exchange(refused[k], refused[k + 1])) ++lost;
  }
  if (lost > 0) {
    drawing.complaints.warn(std::to_string(lost) + " of " + std::to_string(ties) + " ties of the degrees in '" +
                                spec.degrees.name + "' could not be placed",
                            drawing.where,
                            "each would have tied a city to itself or two cities twice; those cities have fewer ties");
  }
  PairParts parts;
  parts.push_back(joiner.take());
  return parts;
}

}  // namespace hansa
