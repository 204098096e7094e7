/// Scans with 16- and 32-byte vectors; every level gives the same lists.
#include "run/scan.hpp"

#include <cstring>

#include <emmintrin.h>
#ifdef __AVX2__
#include <immintrin.h>
#endif

namespace hansa {

namespace {

#ifdef __AVX2__

std::uint32_t mask_of_due(std::int16_t const* due, std::int16_t step) noexcept {
  __m256i const wanted = _mm256_set1_epi16(step);
  auto const* at = reinterpret_cast<__m256i const*>(due);
  __m256i const low = _mm256_cmpeq_epi16(_mm256_load_si256(at), wanted);
  __m256i const high = _mm256_cmpeq_epi16(_mm256_load_si256(at + 1), wanted);
  // packs works within 128-bit halves: put its quarters back in order.
  __m256i const packed = _mm256_permute4x64_epi64(_mm256_packs_epi16(low, high), 0b11011000);
  return static_cast<std::uint32_t>(_mm256_movemask_epi8(packed));
}

/// True if one of scan_width cities is due: what is asked most often, and mostly answered no.
bool any_due(std::int16_t const* due, std::int16_t step) noexcept {
  __m256i const wanted = _mm256_set1_epi16(step);
  auto const* at = reinterpret_cast<__m256i const*>(due);
  __m256i const a = _mm256_cmpeq_epi16(_mm256_load_si256(at), wanted);
  __m256i const b = _mm256_cmpeq_epi16(_mm256_load_si256(at + 1), wanted);
  __m256i const c = _mm256_cmpeq_epi16(_mm256_load_si256(at + 2), wanted);
  __m256i const d = _mm256_cmpeq_epi16(_mm256_load_si256(at + 3), wanted);
  __m256i const any = _mm256_or_si256(_mm256_or_si256(a, b), _mm256_or_si256(c, d));
  return _mm256_testz_si256(any, any) == 0;
}

std::uint32_t mask_of_flags(std::uint8_t const* flags, std::uint8_t care, std::uint8_t value) noexcept {
  __m256i const v = _mm256_load_si256(reinterpret_cast<__m256i const*>(flags));
  __m256i const masked = _mm256_and_si256(v, _mm256_set1_epi8(static_cast<char>(care)));
  return static_cast<std::uint32_t>(
      _mm256_movemask_epi8(_mm256_cmpeq_epi8(masked, _mm256_set1_epi8(static_cast<char>(value)))));
}

#else

bool any_due(std::int16_t const*, std::int16_t) noexcept {
  return true;
}

std::uint32_t mask_of_due(std::int16_t const* due, std::int16_t step) noexcept {
  __m128i const wanted = _mm_set1_epi16(step);
  auto const* at = reinterpret_cast<__m128i const*>(due);
  std::uint32_t mask = 0;
  for (int half = 0; half < 2; ++half) {
    __m128i const low = _mm_cmpeq_epi16(_mm_load_si128(at + 2 * half), wanted);
    __m128i const high = _mm_cmpeq_epi16(_mm_load_si128(at + 2 * half + 1), wanted);
    mask |= static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_packs_epi16(low, high))) << (16 * half);
  }
  return mask;
}

std::uint32_t mask_of_flags(std::uint8_t const* flags, std::uint8_t care, std::uint8_t value) noexcept {
  std::uint32_t mask = 0;
  for (int half = 0; half < 2; ++half) {
    __m128i const v = _mm_load_si128(reinterpret_cast<__m128i const*>(flags) + half);
    __m128i const masked = _mm_and_si128(v, _mm_set1_epi8(static_cast<char>(care)));
    __m128i const equal = _mm_cmpeq_epi8(masked, _mm_set1_epi8(static_cast<char>(value)));
    mask |= static_cast<std::uint32_t>(_mm_movemask_epi8(equal)) << (16 * half);
  }
  return mask;
}

#endif

/// Appends the cities of a mask of 64.
inline std::uint32_t append(std::uint64_t mask, std::size_t base, Index* out, std::uint32_t count) noexcept {
  while (mask != 0) {
    out[count++] = static_cast<Index>(base) + static_cast<Index>(__builtin_ctzll(mask));
    mask &= mask - 1;
  }
  return count;
}

}  // namespace

std::uint32_t find_due(std::int16_t const* due, std::size_t n, std::int16_t step, Index* out) noexcept {
  std::uint32_t count = 0;
  for (std::size_t i = 0; i < n; i += scan_width) {
    if (!any_due(due + i, step)) continue;
    count = append(mask_of_due(due + i, step) | std::uint64_t{mask_of_due(due + i + 32, step)} << 32, i, out, count);
  }
  return count;
}

std::uint32_t take_touched(std::uint8_t* marks, std::uint8_t const* flags, std::size_t n, Index* out) noexcept {
  std::uint32_t count = 0;
  for (std::size_t i = 0; i < n; i += scan_width) {
    std::uint64_t marked = 0;
    std::memcpy(&marked, marks + i / 8, sizeof marked);
    if (marked == 0) continue;
    std::memset(marks + i / 8, 0, sizeof marked);
    count = append(marked & awake_mask(flags + i), i, out, count);
  }
  return count;
}

std::uint64_t awake_mask(std::uint8_t const* flags) noexcept {
  return mask_of_flags(flags, flag_asleep, 0) | std::uint64_t{mask_of_flags(flags + 32, flag_asleep, 0)} << 32;
}

void clear_touched(std::uint8_t* flags, std::size_t n) noexcept {
  for (std::size_t i = 0; i < n; ++i) flags[i] &= static_cast<std::uint8_t>(~flag_touched);
}

}  // namespace hansa
