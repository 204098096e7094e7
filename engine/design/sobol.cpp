/// Direction numbers by the recurrence of Sobol' (1967), and digits flipped one after another.
#include "design/sobol.hpp"

#include <bit>
#include <cassert>
#include <iterator>
#include <span>

#include "base/random.hpp"
#include "design/sobol_numbers_high.hpp"
#include "design/sobol_numbers_low.hpp"

namespace hansa {

namespace {

using Directions = std::array<std::uint32_t, 32>;

Directions first_dimension() {
  Directions directions{};
  for (std::size_t k = 0; k < directions.size(); ++k) directions[k] = 1u << (31 - k);
  return directions;
}

/// m_k = 2 a_1 m_{k-1} ^ … ^ 2^s m_{k-s} ^ m_{k-s}, the a being the inner coefficients of a polynomial of degree s;
/// here for the m shifted to the highest digits.
Directions directions_of(std::uint32_t polynomial, std::span<std::uint16_t const> initial) {
  Directions v{};
  std::size_t const degree = initial.size();
  for (std::size_t k = 0; k < v.size(); ++k) {
    if (k < degree) {
      v[k] = static_cast<std::uint32_t>(initial[k]) << (31 - k);
      continue;
    }
    v[k] = v[k - degree] ^ (v[k - degree] >> degree);
    for (std::size_t j = 1; j < degree; ++j)
      if ((polynomial >> (degree - j)) & 1u) v[k] ^= v[k - j];
  }
  return v;
}

}  // namespace

SobolSequence::SobolSequence(std::size_t dimensions) {
  assert(dimensions <= most_sobol_dimensions);
  if (dimensions > 0) directions_.push_back(first_dimension());
  for (std::span<std::uint16_t const> table :
       {std::span<std::uint16_t const>(sobol_numbers_low), std::span<std::uint16_t const>(sobol_numbers_high)}) {
    while (!table.empty() && directions_.size() < dimensions) {
      std::uint32_t const polynomial = table.front();
      auto const degree = static_cast<std::size_t>(std::bit_width(polynomial)) - 1;
      directions_.push_back(directions_of(polynomial, table.subspan(1, degree)));
      table = table.subspan(1 + degree);
    }
  }
}

std::uint32_t SobolSequence::digits(std::uint32_t point, std::size_t dimension) const noexcept {
  std::uint32_t digits = 0;
  for (; point != 0; point &= point - 1)
    digits ^= directions_[dimension][static_cast<std::size_t>(std::countr_zero(point))];
  return digits;
}

std::uint64_t scramble_digits(std::uint32_t digits, std::uint64_t key) noexcept {
  constexpr std::uint64_t odd = 0x9E3779B97F4A7C15ull;
  std::uint64_t flips = 0;
  for (unsigned k = 0; k < 32; ++k) {
    std::uint64_t const node =
        (std::uint64_t{1} << k) | (std::uint64_t{digits} >> (32 - k));  // of the tree of prefixes
    flips = (flips << 1) | (mix64(key + node * odd) >> 63);
  }
  std::uint64_t const rest = mix64(key + ((std::uint64_t{1} << 32) | digits) * odd) >> 44;
  return ((digits ^ flips) << 20) | rest;
}

}  // namespace hansa
