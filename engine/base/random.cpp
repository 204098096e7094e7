/// Keyed draws from Philox4x32-10.
#include "base/random.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include <Random123/philox.h>

#include "base/flat_math.hpp"

namespace hansa {

std::uint64_t hash_id(std::string_view bytes) noexcept {
  std::uint64_t h = 0xCBF29CE484222325ull;
  for (char const c : bytes) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001B3ull;
  return mix64(h ^ (bytes.size() * 0x9E3779B97F4A7C15ull));
}

std::uint64_t make_key(std::uint64_t seed, std::uint64_t replicate, Purpose purpose, std::uint64_t subject) noexcept {
  constexpr std::uint64_t odd = 0x9E3779B97F4A7C15ull;
  std::uint64_t key = mix64(seed + odd);
  key = mix64(key ^ (replicate + 2 * odd));
  key = mix64(key ^ (static_cast<std::uint64_t>(purpose) + 3 * odd));
  return mix64(key ^ (subject + 4 * odd));
}

Bits draw_bits(std::uint64_t key, std::uint64_t who, std::uint32_t step, std::uint32_t word) noexcept {
  using Philox = r123::Philox4x32;
  Philox::ctr_type const counter{{static_cast<std::uint32_t>(who), static_cast<std::uint32_t>(who >> 32), step, word}};
  Philox::key_type const philox_key{{static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32)}};
  Philox::ctr_type const r = Philox{}(counter, philox_key);
  return {(std::uint64_t{r[1]} << 32) | r[0], (std::uint64_t{r[3]} << 32) | r[2]};
}

double draw_uniform(std::uint64_t key, std::uint64_t who, std::uint32_t step, std::uint32_t word) noexcept {
  return unit_interval(draw_bits(key, who, step, word).low);
}

namespace {

// Lanes of 64 bits whose low halves are multiplied: one instruction at every level from x86-64 up (pmuludq).
#if defined(__AVX512F__)
using Lanes64 = long long __attribute__((vector_size(64)));
inline Lanes64 multiply_low(Lanes64 a, Lanes64 b) noexcept {
  using Lanes32 = int __attribute__((vector_size(64)));
  return __builtin_ia32_pmuludq512_mask(reinterpret_cast<Lanes32>(a), reinterpret_cast<Lanes32>(b), Lanes64{}, 0xFF);
}
#elif defined(__AVX2__)
using Lanes64 = long long __attribute__((vector_size(32)));
inline Lanes64 multiply_low(Lanes64 a, Lanes64 b) noexcept {
  using Lanes32 = int __attribute__((vector_size(32)));
  return __builtin_ia32_pmuludq256(reinterpret_cast<Lanes32>(a), reinterpret_cast<Lanes32>(b));
}
#else
using Lanes64 = long long __attribute__((vector_size(16)));
inline Lanes64 multiply_low(Lanes64 a, Lanes64 b) noexcept {
  using Lanes32 = int __attribute__((vector_size(16)));
  return __builtin_ia32_pmuludq128(reinterpret_cast<Lanes32>(a), reinterpret_cast<Lanes32>(b));
}
#endif
constexpr std::size_t lanes = sizeof(Lanes64) / 8;

inline Lanes64 high_half(Lanes64 a) noexcept {
  using Unsigned = unsigned long long __attribute__((vector_size(sizeof(Lanes64))));
  return reinterpret_cast<Lanes64>(reinterpret_cast<Unsigned>(a) >> 32);
}

/// Vectors of ids worked on side by side, so that the latency of the rounds is hidden.
constexpr std::size_t abreast = 4;

/// One step for all ids, or one for each from the first of a block on.
struct SameStep {
  std::uint32_t step;
  [[nodiscard]] SameStep from(std::size_t, std::size_t) const noexcept { return *this; }
  [[nodiscard]] Lanes64 of(std::size_t) const noexcept { return Lanes64{} + static_cast<long long>(step); }
};
struct OwnSteps {
  std::uint64_t const* steps;
  std::array<std::uint64_t, abreast * lanes> rest{};
  /// `n`: how many there are.
  [[nodiscard]] OwnSteps from(std::size_t begin, std::size_t n) const noexcept {
    OwnSteps block{nullptr};
    std::copy_n(steps + begin, std::min(n, block.rest.size()), block.rest.begin());
    return block;
  }
  [[nodiscard]] Lanes64 of(std::size_t vector) const noexcept {
    Lanes64 loaded;
    std::memcpy(&loaded, rest.data() + vector * lanes, sizeof loaded);
    return loaded;
  }
};

/// The first two words of Philox4x32-10 for abreast × lanes ids. Only low halves mean anything until the end.
template <class Steps>
inline void philox_low(std::uint64_t const* who, Steps const& steps, std::uint64_t key, std::uint64_t* out) noexcept {
  Lanes64 const multiplier0 = Lanes64{} + 0xD2511F53ll;
  Lanes64 const multiplier1 = Lanes64{} + 0xCD9E8D57ll;
  std::array<Lanes64, abreast> c0;
  std::array<Lanes64, abreast> c1;
  std::array<Lanes64, abreast> c2;
  std::array<Lanes64, abreast> c3;
  std::memcpy(c0.data(), who, sizeof c0);
  for (std::size_t v = 0; v < abreast; ++v) {
    c1[v] = high_half(c0[v]);
    c2[v] = steps.of(v);
    c3[v] = Lanes64{};
  }
  std::uint32_t k0 = static_cast<std::uint32_t>(key);
  std::uint32_t k1 = static_cast<std::uint32_t>(key >> 32);
#pragma GCC unroll 10
  for (int round = 0; round < 10; ++round) {
#pragma GCC unroll 4
    for (std::size_t v = 0; v < abreast; ++v) {
      Lanes64 const p0 = multiply_low(c0[v], multiplier0);
      Lanes64 const p1 = multiply_low(c2[v], multiplier1);
      c0[v] = high_half(p1) ^ c1[v] ^ static_cast<long long>(k0);
      c1[v] = p1;
      c2[v] = high_half(p0) ^ c3[v] ^ static_cast<long long>(k1);
      c3[v] = p0;
    }
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  for (std::size_t v = 0; v < abreast; ++v) c0[v] = (c1[v] << 32) | (c0[v] & 0xFFFFFFFFll);
  std::memcpy(out, c0.data(), sizeof c0);
}

/// 53 top bits to [0, 1) without a conversion from 64-bit integers, which AVX2 lacks.
inline double unit_of(std::uint64_t bits) noexcept {
  std::uint64_t const v = bits >> 11;
  double const high = std::bit_cast<double>((v >> 32) | 0x4530000000000000ull) - 0x1p84;  // multiples of 2^32
  double const low = std::bit_cast<double>((v & 0xFFFFFFFFu) | 0x4330000000000000ull) - 0x1p52;
  return (high + low) * 0x1p-53;
}

/// The first 64 bits of draw_bits for a batch of at most 256 ids.
template <class Steps>
void draw_batch(std::uint64_t key, std::span<std::uint64_t const> who, Steps const& steps,
                std::uint64_t* bits) noexcept {
  constexpr std::size_t together = abreast * lanes;
  std::size_t done = 0;
  for (; done + together <= who.size(); done += together)
    philox_low(&who[done], steps.from(done, together), key, &bits[done]);
  if (done == who.size()) return;
  std::array<std::uint64_t, together> rest{};
  std::copy(who.begin() + static_cast<std::ptrdiff_t>(done), who.end(), rest.begin());
  philox_low(rest.data(), steps.from(done, who.size() - done), key, &bits[done]);
}

constexpr std::size_t batch = 256;

/// draw(begin, n, bits) of each batch.
template <class Draw>
void fill_exponential(std::span<double> out, Draw const& draw) noexcept {
  alignas(64) std::array<std::uint64_t, batch> bits;
  for (std::size_t begin = 0; begin < out.size(); begin += batch) {
    std::size_t const n = std::min(batch, out.size() - begin);
    draw(begin, n, bits.data());
    double* const __restrict r = out.data() + begin;
    std::uint64_t const* const __restrict b = bits.data();
    for (std::size_t i = 0; i < n; ++i) r[i] = -flat::log_normal(1 - unit_of(b[i]));
  }
}

}  // namespace

void draw_exponential(std::uint64_t key, std::span<std::uint64_t const> who, std::uint32_t step,
                      std::span<double> out) noexcept {
  fill_exponential(out.first(who.size()), [&](std::size_t begin, std::size_t n, std::uint64_t* bits) {
    draw_batch(key, who.subspan(begin, n), SameStep{step}, bits);
  });
}

void draw_exponential(std::uint64_t key, std::span<std::uint64_t const> who, std::span<std::uint64_t const> steps,
                      std::span<double> out) noexcept {
  fill_exponential(out.first(who.size()), [&](std::size_t begin, std::size_t n, std::uint64_t* bits) {
    draw_batch(key, who.subspan(begin, n), OwnSteps{steps.data() + begin}, bits);
  });
}

void draw_normal(std::uint64_t key, std::span<std::uint64_t const> who, std::uint32_t step,
                 std::span<double> out) noexcept {
  alignas(64) std::array<std::uint64_t, batch> bits;
  for (std::size_t begin = 0; begin < who.size(); begin += batch) {
    std::size_t const n = std::min(batch, who.size() - begin);
    draw_batch(key, who.subspan(begin, n), SameStep{step}, bits.data());
    alignas(64) std::array<double, batch> u;
    for (std::size_t i = 0; i < n; ++i) u[i] = std::max(unit_of(bits[i]), 0x1p-54);
    flat::inverse_normal(std::span(u).first(n), out.subspan(begin, n));
  }
}

}  // namespace hansa
