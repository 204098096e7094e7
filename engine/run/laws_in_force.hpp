/// Laws of one policy in one replicate: which cities each of them binds, or bars.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "model/model.hpp"

namespace hansa {

/// Those of one force. Whom a law reaches it keeps. A byte a city and law; nothing at all where there are none.
class LawsInForce {
 public:
  /// Policy and clock outlive it.
  LawsInForce(PolicyModel const& policy, Force force, Clock const& clock, Index cities);

  [[nodiscard]] bool empty() const noexcept { return laws_.empty(); }
  [[nodiscard]] std::size_t size() const noexcept { return laws_.size(); }
  /// Sorted by name.
  [[nodiscard]] CompiledLaw const& law(std::size_t k) const noexcept { return *laws_[k]; }

  void begin(Outset const& outset);
  /// Events of the policy.
  void follow(std::span<Event const> events);
  /// Brings the laws to the decisions of step + 1; use(k, city) for each city that law k reaches from then on, or that
  /// it reaches already and now presses otherwise.
  template <class Use>
  void advance(std::int32_t step, Use const& use) {
    for (std::size_t k = 0; k < laws_.size(); ++k) {
      if (presses_anew(k, step + 1)) {
        for (Index city = 0; city < reached_[k].size(); ++city)
          if (reached_[k][city] != 0) use(k, city);
      }
      for (Index const city : newly_reached(k, step)) use(k, city);
    }
  }
  /// Hazard or chance of law k in the next decisions, for a city that it reaches.
  [[nodiscard]] double pressure(std::size_t k, Index city) const noexcept {
    return of_all_[k] ? *of_all_[k] : laws_[k]->pressure[city];
  }
  /// In the next decisions, by law k; or by one of them.
  [[nodiscard]] bool reach(std::size_t k, Index city) const noexcept { return reached_[k][city] != 0; }
  [[nodiscard]] bool reach(Index city) const noexcept;

 private:
  bool presses_anew(std::size_t k, std::int32_t step) noexcept;
  std::span<Index const> newly_reached(std::size_t k, std::int32_t step);

  Clock const& clock_;
  std::vector<CompiledLaw const*> laws_;
  std::vector<std::unique_ptr<Kept>> kept_;
  std::vector<std::vector<std::uint8_t>> reached_;  // per law and city
  std::vector<std::optional<double>> of_all_;       // per law: pressure that has taken the place of those at the start
  std::vector<Index> list_;
  std::vector<std::uint8_t> seen_;
};

}  // namespace hansa
