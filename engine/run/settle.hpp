/// The arithmetic of a batch of cities: settle what was consumed, turn the linear predictor into a hazard, find when
/// the resistance will be overcome. Remaining resistance and hazards lie on the grid 2^-44, on which subtraction is
/// exact.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#include "base/flat_math.hpp"
#include "base/ids.hpp"
#include "run/scan.hpp"

namespace hansa {

/// Cities worked on at a time: what the terms see in one call.
inline constexpr std::size_t batch_size = 64;

/// A city at risk. `remaining` is the resistance left after step `since`; `hazard` is consumed in each step after it.
/// Rule `threshold`: `remaining` is the threshold itself, and `hazard` is not used.
template <class Lane>
struct alignas(16) CityRecord {
  double remaining;
  Lane hazard;
  std::int32_t since;
};
static_assert(sizeof(CityRecord<float>) == 16);

/// Writes one record. In single precision as one 16-byte store: records are scattered, and stores are what costs.
template <class Lane>
inline void put(CityRecord<Lane>& record, double remaining, Lane hazard, std::int32_t since) noexcept {
  if constexpr (sizeof(Lane) == 4) {
    using Halves = double __attribute__((vector_size(16), may_alias));
    std::uint64_t const tail = std::bit_cast<std::uint32_t>(hazard) | static_cast<std::uint64_t>(since) << 32;
    *reinterpret_cast<Halves*>(&record) = Halves{remaining, std::bit_cast<double>(tail)};
  } else {
    record = {remaining, hazard, since};
  }
}

/// Rounds to a multiple of 2^-44. |v| <= 128.
[[nodiscard]] inline double on_grid(double v) noexcept {
  return (v + 384.0) - 384.0;
}

inline constexpr double grid_unit = 0x1p-44;
inline constexpr double hazard_cap = 64;
inline constexpr double predictor_bound = 80;  ///< |η| beyond it is an error

enum class Link { softplus, exponential };

/// h(η) before it is capped and put on the grid.
template <Link link, class Lane>
[[nodiscard]] inline Lane hazard_of(Lane eta) noexcept {
  if constexpr (link == Link::softplus) {
    return flat::softplus(eta);
  } else {
    return flat::exp_normal(eta);
  }
}

/// Settles `n` <= batch_size cities after step `step` and gives them the hazards of `eta` from the next step on.
/// Returns false if some |eta| exceeds predictor_bound or is NaN; then nothing is changed.
template <Link link, class Lane>
bool settle(CityRecord<Lane>* __restrict record, std::int16_t* __restrict due, Index const* __restrict city,
            Lane const* __restrict eta, std::size_t n, std::int32_t step) noexcept {
  alignas(64) double remaining[batch_size];
  alignas(64) Lane before[batch_size];
  alignas(64) std::int32_t waited[batch_size];
  alignas(64) Lane after[batch_size];
  alignas(64) std::int32_t when[batch_size];
  int wrong = 0;
  int capped = 0;
  for (std::size_t k = 0; k < n; ++k) {
    wrong |= !(eta[k] <= Lane{80} && eta[k] >= Lane{-80});
    capped |= eta[k] > Lane{4};  // e^η reaches the cap at 4.16, softplus at 64
  }
  if (wrong != 0) return false;
  for (std::size_t k = 0; k < n; ++k) {
    CityRecord<Lane> const& r = record[city[k]];
    remaining[k] = r.remaining;
    before[k] = r.hazard;
    waited[k] = step - r.since;
  }
  for (std::size_t k = 0; k < n; ++k) after[k] = hazard_of<link>(eta[k]);
  if (capped != 0) {
    for (std::size_t k = 0; k < n; ++k) after[k] = after[k] < Lane{64} ? after[k] : Lane{64};
  }
  for (std::size_t k = 0; k < n; ++k) {
    remaining[k] -= on_grid(static_cast<double>(before[k])) * waited[k];
    double const h = on_grid(static_cast<double>(after[k]));
    // How many steps: a quotient in single precision to the nearest whole, then one exact comparison. A hazard of 0
    // never gets there: its quotient is infinite, and clamped like every far one.
    float const q = static_cast<float>(remaining[k]) / static_cast<float>(h);
    std::int32_t const near = static_cast<std::int32_t>((q < 32767.0F ? q : 32767.0F) + 0.5F);
    std::int32_t const at = step + near + (near * h < remaining[k] ? 1 : 0);
    when[k] = at < no_step ? at : no_step;
  }
  for (std::size_t k = 0; k < n; ++k) {
    put(record[city[k]], remaining[k], after[k], step);
    due[city[k]] = static_cast<std::int16_t>(when[k]);
  }
  return true;
}

/// Rule `threshold`: due at the next step where eta has reached the threshold. Returns false, with nothing changed, if
/// some eta is not finite.
inline bool settle_threshold(CityRecord<double> const* __restrict record, std::int16_t* __restrict due,
                             Index const* __restrict city, double const* __restrict eta, std::size_t n,
                             std::int32_t step) noexcept {
  int wrong = 0;
  for (std::size_t k = 0; k < n; ++k) wrong |= !(eta[k] - eta[k] == 0);
  if (wrong != 0) return false;
  for (std::size_t k = 0; k < n; ++k) {
    bool const reached = eta[k] >= record[city[k]].remaining;
    due[city[k]] = reached ? static_cast<std::int16_t>(step + 1) : no_step;
  }
  return true;
}

}  // namespace hansa
