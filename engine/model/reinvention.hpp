/// Reinvention: which adopters adapt a policy to themselves.
#pragma once

#include <cstdint>
#include <utility>

#include "base/random.hpp"
#include "model/model.hpp"

namespace hansa {

/// An adopter adapts the policy with a probability, drawn by policy, city and adoption episode (Rice & Rogers 1980): a
/// larger one reaches the same cities, and more. What adapting is worth or costs moves no draw. All numbers are those
/// of the step of the adoption; before the first: of the first.
class Reinvention {
 public:
  Reinvention() = default;
  Reinvention(ReinventionModel model, std::uint64_t policy) noexcept : model_(std::move(model)), policy_(policy) {}

  void begin(std::uint64_t seed, std::int64_t replicate) noexcept {
    key_ = make_key(seed, static_cast<std::uint64_t>(replicate), Purpose::reinvention, policy_);
  }
  /// `hash`: of the city's id.
  [[nodiscard]] bool adapts(std::uint64_t hash, std::int32_t episode, std::int32_t step) const noexcept {
    return draw_uniform(key_, hash, static_cast<std::uint32_t>(episode)) < model_.probability.at(step);
  }
  [[nodiscard]] ReinventionModel const& model() const noexcept { return model_; }

 private:
  ReinventionModel model_;
  std::uint64_t policy_ = 0;
  std::uint64_t key_ = 0;
};

}  // namespace hansa
