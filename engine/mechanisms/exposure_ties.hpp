/// The ties that an exposure counts: a network as it is, or one derived from it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "mechanisms/exposure_attributes.hpp"
#include "model/catalogue.hpp"

namespace hansa {

/// Which sources count: all, or those that compare so with the city.
enum class Only { all, larger, smaller, same, different };

/// How a source at `source` compares with a city at `city`; neither may be missing.
[[nodiscard]] inline bool counts(Only only, double source, double city) noexcept {
  switch (only) {
    case Only::all:
      return true;
    case Only::larger:
      return source > city;
    case Only::smaller:
      return source < city;
    case Only::same:
      return source == city;
    case Only::different:
      return source < city || source > city;
  }
  return false;
}

/// What changes ties. The weight of a tie becomes w a, a the source's `weight`; then -ln(1 - β w a).
struct TieChoice {
  Only only = Only::all;
  std::optional<AttributeCourse> compared;  ///< by `only`
  std::optional<AttributeCourse> weight;    ///< not negative
  std::optional<double> transmission;       ///< β
  bool weights = true;                      ///< false: every tie counts one
  std::span<std::uint8_t const> known;      ///< per city: 0 is no source; empty: all are
  Place where;                              ///< for complaints and warnings about weights
};

/// The unit of whole weights: a power of ten or two, or what every tie weighs.
struct WeightUnit {
  double factor = 1;
  double per = 1;  ///< dividing by the inverse of a unit below 1 rounds once: 3 tenths are 0.3
  [[nodiscard]] static WeightUnit of(double unit) noexcept;
  [[nodiscard]] double operator()(double whole) const noexcept { return whole * factor / per; }
};

/// Ties as seen by one term. Where they are drawn anew in each replicate they are derived anew.
class ObservedTies {
 public:
  /// Nothing after a complaint: β w of 1 or more. The world outlives this.
  [[nodiscard]] static std::optional<ObservedTies> make(NetworkLayer const& network, TieChoice choice,
                                                        TermContext const& context, Complaints& complaints);

  /// The ties of the scenario; where they are drawn anew, those of replicate 0.
  [[nodiscard]] NetworkLayer const& layer() const noexcept { return derived_ ? *derived_ : *network_; }
  [[nodiscard]] bool redrawn() const noexcept { return network_->redrawn; }
  /// The ties of a replicate, kept in `own` where they have to be derived. Throws Error where β w is 1 or more.
  [[nodiscard]] NetworkLayer const& of(Outset const& outset, NetworkLayer& own) const;
  /// What the whole numbers of a layer are worth.
  [[nodiscard]] WeightUnit unit(NetworkLayer const& layer) const noexcept {
    return even_unit_ ? WeightUnit{*even_unit_, 1} : WeightUnit::of(layer.unit);
  }
  /// Whether no tie comes or goes, in any replicate.
  [[nodiscard]] bool constant() const noexcept { return !layer().dated() && !(redrawn() && turns_); }
  /// Whether sums of weights fit 31 bits in every replicate.
  [[nodiscard]] bool narrow() const noexcept { return layer().narrow() && !(redrawn() && may_weigh_); }

 private:
  ObservedTies(NetworkLayer const& network, TieChoice choice, TermContext const& context)
      : network_(&network), choice_(std::move(choice)), world_(&context.world), steps_(context.clock.steps()) {}
  [[nodiscard]] NetworkLayer derive(NetworkLayer const& from, Complaints& complaints) const;

  NetworkLayer const* network_;
  TieChoice choice_;
  World const* world_;
  std::int32_t steps_;
  bool may_weigh_ = true;            // in some replicate
  bool turns_ = false;               // what sources are chosen or weighed by changes
  std::optional<double> even_unit_;  // -ln(1 - β), where every tie weighs one
  std::optional<NetworkLayer> derived_;
};

/// Of two decimals: 3 · 0.1 is 0.3, though their doubles multiply to a little more.
[[nodiscard]] double product(double a, double b) noexcept;

/// The hazard of contagion in a step by its chance: -ln(1 - chance).
[[nodiscard]] double as_hazard(double chance) noexcept;

/// The largest sum of weights (of numbers of ties: `weights` false) that a city can see at once, or more.
[[nodiscard]] std::uint64_t largest_row(NetworkLayer const& layer, bool weights);

}  // namespace hansa
