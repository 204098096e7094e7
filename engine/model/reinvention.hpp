/// Reinvention: which adopters adapt a policy to themselves.
#pragma once

#include <cstdint>

#include "base/random.hpp"
#include "model/term.hpp"
#include "scenario/scenario.hpp"

namespace hansa {

/// An adopter adapts the policy with a probability, drawn by policy, city and adoption episode (Rice & Rogers 1980): a
/// larger one reaches the same cities, and more. What adapting is worth or costs moves no draw.
class Reinvention {
 public:
  Reinvention() = default;
  Reinvention(ReinventionSpec const& spec, std::uint64_t policy) noexcept
      : probability_(spec.probability), policy_(policy) {}

  void begin(std::uint64_t seed, std::int64_t replicate) noexcept {
    key_ = make_key(seed, static_cast<std::uint64_t>(replicate), Purpose::reinvention, policy_);
  }
  /// `hash`: of the city's id.
  [[nodiscard]] bool adapts(std::uint64_t hash, std::int32_t episode) const noexcept {
    return draw_uniform(key_, hash, static_cast<std::uint32_t>(episode)) < probability_;
  }

 private:
  double probability_ = 0;
  std::uint64_t policy_ = 0;
  std::uint64_t key_ = 0;
};

}  // namespace hansa
