/// SHA-256 through libsodium.
#include "base/digest.hpp"

#include <bit>

#include <sodium.h>

#include "base/error.hpp"

namespace hansa {
namespace {

static_assert(std::endian::native == std::endian::little, "numbers enter the digest as they lie in memory");

std::string to_hex(std::array<unsigned char, crypto_hash_sha256_BYTES> const& bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * bytes.size());
  for (unsigned char byte : bytes) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

}  // namespace

struct Digest::State {
  crypto_hash_sha256_state sha;
};

Digest::Digest() : state_(std::make_unique<State>()) {
  if (sodium_init() < 0) {
    throw Error({"libsodium could not be initialised", {}, "check the installation of libsodium"}, Fault::failure);
  }
  crypto_hash_sha256_init(&state_->sha);
}
Digest::~Digest() = default;
Digest::Digest(Digest&&) noexcept = default;
Digest& Digest::operator=(Digest&&) noexcept = default;

void Digest::add(std::span<std::byte const> bytes) {
  crypto_hash_sha256_update(&state_->sha, reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size());
}

void Digest::add(std::string_view text) {
  add(std::uint64_t{text.size()});
  add(std::as_bytes(std::span(text)));
}

void Digest::add(std::uint64_t value) {
  add(std::as_bytes(std::span(&value, 1)));
}

std::string Digest::hex() {
  std::array<unsigned char, crypto_hash_sha256_BYTES> out;
  crypto_hash_sha256_final(&state_->sha, out.data());
  return to_hex(out);
}

std::string sha256(std::string_view bytes) {
  Digest digest;
  digest.add(std::as_bytes(std::span(bytes)));
  return digest.hex();
}

}  // namespace hansa
