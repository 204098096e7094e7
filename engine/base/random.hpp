/// Keyed randomness: every draw is a function of what it is for, never of when or where it is made.
/// Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011). There is no generator state.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace hansa {

/// 64-bit hash of bytes (FNV-1a with a final mix); the stable identity of a city, policy or network.
[[nodiscard]] std::uint64_t hash_id(std::string_view bytes) noexcept;

/// A bijective 64-bit mix (Stafford's variant 13 of the MurmurHash3 finaliser).
[[nodiscard]] constexpr std::uint64_t mix64(std::uint64_t x) noexcept {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ull;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBull;
  return x ^ (x >> 31);
}

/// What a draw is for. The numbers are part of the format: they never change.
enum class Purpose : std::uint64_t {
  resistance = 1,           ///< per city, policy, episode
  threshold = 2,            ///< per city, policy (a trait)
  selection = 3,            ///< `random` selectors
  network = 4,              ///< generated ties
  coordinates = 5,          ///< generated cities
  frailty_city = 6,         ///< per city, one for all policies
  frailty_city_policy = 7,  ///< per city and policy
  frailty_country = 8,      ///< per country and policy
  frailty_period = 9,       ///< per step and policy
  merit = 10,               ///< per adoption episode
  prior = 11,               ///< per city and policy
  look = 12,                ///< per city, policy and step: the noise of what was seen of others; from 2^31 on, counting
                            ///< steps, of what an adopter sees of its own
  estimates = 13,           ///< per fit and term: a draw from what was estimated
  imputation = 14,          ///< per completed data set, policy, city and episode: the date of an adoption
  success = 15,             ///< per intervention and city: whether a seed succeeds
  compliance = 16,          ///< per intervention, city and step: whether a mandate is complied with (rule threshold)
  staying = 17,             ///< per city, policy and episode: how much it takes until an adopter leaves
  law = 18,                 ///< per country and policy: how much it takes until a national government enacts a law
  reinvention = 19,         ///< per city, policy and episode: whether an adopter adapts the policy
  visit = 20,               ///< per network, city, step and try: whether and whom it visits
  recruit = 21,             ///< per collaboration, city and time outside: how much it takes until it joins
  pledge = 22,              ///< per collaboration, city and pledge: how much it takes until a member pledges
  design = 23,              ///< per parameter and point of a design: where in its range it lies
  scramble = 24,            ///< per parameter: the scrambling of a coordinate of Sobol's sequence
  trajectory = 25,          ///< per trajectory of a Morris design: where it begins, and its order
  latin_hypercube = 26,     ///< per parameter: the order of strata; and which are exchanged
  bootstrap = 27,           ///< per draw: which points or replicates are taken
  calibration = 28,         ///< per generation, proposal and parameter: what is tried
  posterior = 29,           ///< per replicate: which particle of a posterior is taken
  power = 30,               ///< per cell of a study of power: the seed of its histories
  trait = 31,               ///< per history and city: an unobserved trait that tied cities share
  relabelling = 32,         ///< per network, permutation and city: with which city it changes places
  rewiring = 33,            ///< per network, rewiring and swap: which ties exchange their ends
  goodness = 34,            ///< the seed of the histories that a fitted model is judged by
  statistics = 40,          ///< per entry of `stats`, policy and permutation: the order of values
};

/// Key of a stream of draws: (seed, replicate, purpose, subject), subject being the hash of a policy's or network's
/// name.
[[nodiscard]] std::uint64_t make_key(std::uint64_t seed, std::uint64_t replicate, Purpose purpose,
                                     std::uint64_t subject) noexcept;

/// 128 random bits as two words, for (key; who, episode or step, word).
struct Bits {
  std::uint64_t low;
  std::uint64_t high;
};
[[nodiscard]] Bits draw_bits(std::uint64_t key, std::uint64_t who, std::uint32_t step, std::uint32_t word) noexcept;

/// Uniform in [0, 1) with 53 bits, from the top of `bits`.
[[nodiscard]] constexpr double unit_interval(std::uint64_t bits) noexcept {
  return static_cast<double>(bits >> 11) * 0x1p-53;
}

/// Uniform in [0, 1), 53 bits: unit_interval(draw_bits(…).low).
[[nodiscard]] double draw_uniform(std::uint64_t key, std::uint64_t who, std::uint32_t step,
                                  std::uint32_t word = 0) noexcept;

/// out[k] = -log1p(-u) for u = draw_uniform(key, who[k], step), in flat loops: Exp(1), the resistances of a whole
/// batch. Same bits as one at a time.
void draw_exponential(std::uint64_t key, std::span<std::uint64_t const> who, std::uint32_t step,
                      std::span<double> out) noexcept;

/// The same with a step of its own for each. `steps`: below 2^32.
void draw_exponential(std::uint64_t key, std::span<std::uint64_t const> who, std::span<std::uint64_t const> steps,
                      std::span<double> out) noexcept;

/// out[k] = Φ⁻¹(u), standard normal, for u = draw_uniform(key, who[k], step), a u of 0 being taken for 2^-54. Same bits
/// as one at a time.
void draw_normal(std::uint64_t key, std::span<std::uint64_t const> who, std::uint32_t step,
                 std::span<double> out) noexcept;

}  // namespace hansa
