/// Abandonment of one policy in one replicate: when each adopter leaves, and which episode a city is in.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "base/aligned.hpp"
#include "model/model.hpp"
#include "run/laws_in_force.hpp"
#include "run/risk_set.hpp"
#include "run/settle.hpp"
#include "world/cities.hpp"

namespace hansa {

/// An adopter has a staying power R' ~ Exp(1), drawn by policy, city and episode; each step in which it can leave takes
/// the hazard from it, and the city leaves in the step that takes the rest. It can from the step after its adoption on,
/// while it is in the world and no mandate binds it, and not before the first decisions. A constant hazard gives a date
/// at adoption: 6 bytes a city, and a scan of 2 bytes a city in each step. So does one that changes by date, for as
/// many additions as an adopter stays steps. One that follows beliefs is taken step by step: 14 bytes a city, and a
/// scan of 8 with the work of each adopter.
class Leaving {
 public:
  /// All outlive it.
  Leaving(PolicyModel const& policy, RiskSet const& risk, Cities const& cities, Clock const& clock, std::uint64_t seed);

  /// True if nobody ever leaves but by data; then nothing else is to be called but episode().
  [[nodiscard]] bool empty() const noexcept { return leaving_.empty(); }
  /// True if the hazard follows what adopters believe.
  [[nodiscard]] bool by_belief() const noexcept { return leaving_.by_belief(); }
  void begin(std::int64_t replicate);
  /// A city adopts in `step` (0: before the first).
  void adopted(Index city, std::int32_t step) { adopted(std::span<Index const>(&city, 1), step); }
  void adopted(std::span<Index const> cities, std::int32_t step);
  /// An adoption ends otherwise: by data.
  void forget(Index city) noexcept {
    if (by_belief()) {
      power_[city] = 0;
    } else {
      due_[city] = no_step;
    }
  }
  /// Who leaves in `step`, ascending; their next episode begins. `laws` that bind a city do so for good: it does not
  /// leave any more. Valid until the next call.
  std::span<Index const> leave(std::int32_t step, LawsInForce const& laws);
  /// The same by belief: believe(cities, b) tells at most batch_size adopters' b. Called in every step that is decided.
  template <class Believe>
  std::span<Index const> leave(std::int32_t step, LawsInForce const& laws, Believe const& believe) {
    std::size_t left = 0;
    for_able(step, laws, [&](std::span<Index const> cities) {
      std::array<double, batch_size> beliefs;
      believe(cities, beliefs.data());
      left = consume(step, cities, beliefs.data(), left);
    });
    return std::span(leavers_).first(left);
  }
  /// The episode that the city is in: 0 for the first time at risk.
  [[nodiscard]] std::int32_t episode(Index city) const noexcept {
    return episodes_.empty() ? risk_.episode(city) : episodes_[city];
  }

 private:
  std::uint32_t without_the_bound(std::uint32_t count, LawsInForce const& laws) noexcept;
  void date(Index city, std::int32_t step, double power) noexcept;
  [[nodiscard]] std::int32_t date_of(Index city, std::int32_t first, double steps) const noexcept;
  [[nodiscard]] bool is_bound(Index city, std::int32_t step) const noexcept;
  [[nodiscard]] std::int32_t date_by_steps(Index city, std::int32_t first, double power) const noexcept;
  std::size_t consume(std::int32_t step, std::span<Index const> cities, double const* beliefs, std::size_t left);

  /// use(cities) of all who can leave in `step`, ascending, at most batch_size at a time.
  template <class Use>
  void for_able(std::int32_t step, LawsInForce const& laws, Use const& use) const {
    std::array<Index, batch_size> cities;
    std::size_t count = 0;
    for (Index i = 0; i < power_.size(); ++i) {
      if (power_[i] == 0 || first_[i] > step || !risk_.is_open(i, step) || is_bound(i, step)) continue;
      if (!laws.empty() && laws.reach(i)) continue;
      cities[count++] = i;
      if (count < batch_size) continue;
      use(std::span<Index const>(cities));
      count = 0;
    }
    if (count > 0) use(std::span<Index const>(cities).first(count));
  }

  PolicyModel const& policy_;
  LeavingModel const& leaving_;
  RiskSet const& risk_;
  Cities const& cities_;
  std::int32_t last_;
  std::uint64_t seed_;
  NumberCourse hazards_;  // on the grid
  std::uint64_t key_ = 0;
  AlignedVector<std::int16_t> due_;  // step in which an adopter leaves
  std::vector<double> power_;  // by belief: what is left of an adopter's staying power, on the grid; 0: no adopter
  std::vector<std::int16_t> first_;  // and the first step in which it can leave
  std::vector<std::int32_t> episodes_;
  std::vector<Index> leavers_;
};

}  // namespace hansa
