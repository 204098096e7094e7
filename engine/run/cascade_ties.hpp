/// The ties of one mechanism under rule `cascade`: what each takes from its target's resistance.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/model.hpp"
#include "model/term.hpp"

namespace hansa {

/// One term in one replicate; the model must outlive it. Ties are those of the replicate's own draw where the network
/// is drawn anew, and those that hold in the step in which they act.
class CascadeTies {
 public:
  explicit CascadeTies(CompiledTerm const& term);
  void begin(Outset const& outset);
  /// Brings strengths to the decisions of `step`.
  void advance(std::int32_t step);

  /// Takes what the ties of `sources` bring in `step` from `remaining`, and appends each city that falls to 0 or below
  /// to `list`, which has room for one entry more than cities. Amounts lie on the grid, so that their order does not
  /// matter.
  void push(std::span<Index const> sources, std::int32_t step, double* remaining, Index* list, std::size_t& count);
  /// Adds what they bring to the cities whose bits are set.
  void weigh(std::span<Index const> sources, std::int32_t step, std::span<std::uint64_t const> bits, double* brought);

  /// What an attempt of this probability takes.
  [[nodiscard]] static double amount(double probability) noexcept;

 private:
  template <class Take>
  void each_tie(std::span<Index const> sources, std::int32_t step, Take&& take);
  template <class Take>
  void uneven(std::uint32_t first, std::size_t n, std::int32_t step, Take&& take) const;
  template <class Take>
  void each_mate(std::span<Index const> sources, Take&& take);

  CompiledTerm const& term_;
  NetworkLayer const* layer_;
  std::vector<double> strengths_;  // per city; empty: one for all
  std::size_t next_strength_ = 0;
  double even_;        // what a tie of weight 1 takes
  double factor_ = 1;  // the unit of weights is factor_ / per_unit_
  double per_unit_ = 1;
  std::vector<double> fresh_;  // of complete groups: new adopters
};

}  // namespace hansa
