/// SHA-256 of bytes, for provenance and for comparing worlds and results.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/shared_vector.hpp"

namespace hansa {

/// Incremental SHA-256 (FIPS 180-4). Numbers enter in little-endian byte order.
class Digest {
 public:
  Digest();
  ~Digest();
  Digest(Digest&&) noexcept;
  Digest& operator=(Digest&&) noexcept;
  void add(std::span<std::byte const> bytes);
  void add(std::string_view text);  ///< length first, so that "ab","c" differs from "a","bc"
  template <class T>
  requires std::is_arithmetic_v<T>
  void add(std::span<T const> values) {
    add(std::uint64_t{values.size()});
    add(std::as_bytes(values));
  }
  template <class T>
  requires std::is_arithmetic_v<T>
  void add(std::vector<T> const& values) { add(std::span<T const>(values)); }
  template <class T>
  requires std::is_arithmetic_v<T>
  void add(SharedVector<T> const& values) { add(values.values()); }
  void add(std::uint64_t value);
  void add_signed(std::int64_t value) { add(static_cast<std::uint64_t>(value)); }
  /// Lower-case hex of 32 bytes; the digest must not be used afterwards.
  [[nodiscard]] std::string hex();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// SHA-256 of plain bytes (no length prefix): what `sha256sum` prints.
[[nodiscard]] std::string sha256(std::string_view bytes);

}  // namespace hansa
