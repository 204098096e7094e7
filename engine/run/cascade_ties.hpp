/// The ties of one mechanism under rule `cascade`: what each takes from its target's resistance.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "model/model.hpp"
#include "model/term.hpp"

namespace hansa {

/// One term in one replicate; the model must outlive it. Ties are those of the replicate's own draw where the network
/// is drawn anew, and those that hold in the step in which they act, with the strength that the step before has left
/// them where they have dynamics.
class CascadeTies {
 public:
  explicit CascadeTies(CompiledTerm const& term);
  void begin(Outset const& outset);
  /// Brings strengths to the decisions of `step`.
  void advance(std::int32_t step);

  /// Takes what the ties of `sources` bring in `step` from `remaining`, and appends each city that falls to 0 or below
  /// to `list`, which has room for one entry more than cities. Amounts lie on the grid, so that their order does not
  /// matter.
  void push(std::span<Event const> sources, std::int32_t step, double* remaining, Index* list, std::size_t& count);
  /// The same where all ties take the same: `missing` is the number of ties that a city can still resist, and who
  /// comes to 0 is appended. Only where counted().
  void push(std::span<Event const> sources, std::int32_t step, std::uint16_t* missing, Index* list,
            std::size_t& count) const;
  /// What a tie of weight 1 takes, where no strength is a city's own.
  [[nodiscard]] double even() const noexcept { return even_; }
  /// True if every tie always takes the same, and acts at most once in a replicate in which no city adopts twice; and
  /// no city has so many that their number does not fit. `living`: the networks whose ties have a strength.
  [[nodiscard]] static bool counted(CompiledTerm const& term, std::span<DynamicsModel const> living = {});
  /// Adds what they bring to the cities whose bits are set.
  void weigh(std::span<Event const> sources, std::int32_t step, std::span<std::uint64_t const> bits, double* brought);

  /// The smallest k >= 1 with k · per_tie >= resistance; at most 65535. Both lie on the grid, so products are exact.
  [[nodiscard]] static std::uint16_t ties_to_take(double resistance, double per_tie) noexcept {
    constexpr double most = std::numeric_limits<std::uint16_t>::max();
    double const near = std::min(__builtin_nearbyint(resistance / per_tie), most - 1);
    double const enough = near + (near * per_tie < resistance ? 1.0 : 0.0);
    return static_cast<std::uint16_t>(std::max(enough, 1.0));
  }
  /// What an attempt of this probability takes.
  [[nodiscard]] static double amount(double probability) noexcept;

 private:
  template <class Take>
  void each_tie(std::span<Event const> sources, std::int32_t step, Take&& take);
  template <class Take>
  void uneven(std::uint32_t first, std::size_t n, std::int32_t step, Take&& take) const;
  template <class Take>
  void each_living(std::span<Event const> sources, std::int32_t step, Take&& take) const;
  template <class Take>
  void each_mate(std::span<Event const> sources, Take&& take);

  CompiledTerm const& term_;
  NetworkLayer const* layer_;
  LivingTies const* living_ = nullptr;
  std::vector<double> strengths_;  // per city; empty: one for all
  std::size_t next_strength_ = 0;
  double even_;
  double factor_ = 1;  // the unit of weights is factor_ / per_unit_
  double per_unit_ = 1;
  std::vector<double> fresh_;  // of complete groups: new adopters
};

}  // namespace hansa
