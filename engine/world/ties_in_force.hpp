/// The ties of a network that hold at one step.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "world/network.hpp"

namespace hansa {

/// Borrows from the layer, which must outlive it and be no complete groups; copies only ties that are dated.
class TiesInForce {
 public:
  /// The ties of `step` (1 … T; before 1 those of 1), also where decisions see them a step later.
  TiesInForce(NetworkLayer const& layer, std::int32_t step);
  TiesInForce(TiesInForce const&) = delete;
  TiesInForce& operator=(TiesInForce const&) = delete;

  [[nodiscard]] Index cities() const noexcept { return static_cast<Index>(first_.size() - 1); }
  [[nodiscard]] std::uint32_t ties() const noexcept { return first_.back(); }
  [[nodiscard]] bool weighted() const noexcept { return !weight_.empty(); }
  /// The cities that observe this one, each once, ascending.
  [[nodiscard]] std::span<Index const> observers(Index city) const noexcept {
    return target_.subspan(first_[city], first_[city + 1] - first_[city]);
  }
  /// The weights of these ties, in units of the layer; empty where unweighted.
  [[nodiscard]] std::span<std::uint32_t const> weights(Index city) const noexcept {
    return weighted() ? weight_.subspan(first_[city], first_[city + 1] - first_[city])
                      : std::span<std::uint32_t const>();
  }

 private:
  std::vector<std::uint32_t> own_first_, own_weight_;
  std::vector<Index> own_target_;
  std::span<std::uint32_t const> first_, weight_;
  std::span<Index const> target_;
};

}  // namespace hansa
