/// Dice for making up questions: the same throws with every standard library.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace hansa::test {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : bits_(seed * 0x9E3779B97F4A7C15ull + 1) {}
  /// A whole number in [low, high].
  int between(int low, int high) {
    return low + static_cast<int>(bits_() % static_cast<std::uint64_t>(high - low + 1));
  }
  bool chance(int percent) { return between(1, 100) <= percent; }
  /// A decimal in [low, high] with two places.
  std::string decimal(double low, double high) {
    int const a = static_cast<int>(low * 100), b = static_cast<int>(high * 100);
    return fmt::format("{}", between(a, b) / 100.0);
  }
  template <class T>
  T const& pick(std::vector<T> const& from) {
    return from[static_cast<std::size_t>(between(0, static_cast<int>(from.size()) - 1))];
  }
  template <class T>
  void shuffle(std::vector<T>& items) {
    for (std::size_t k = items.size(); k > 1; --k) {
      std::swap(items[k - 1], items[static_cast<std::size_t>(between(0, static_cast<int>(k) - 1))]);
    }
  }

 private:
  std::mt19937_64 bits_;
};

}  // namespace hansa::test
