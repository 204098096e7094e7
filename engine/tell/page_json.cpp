/// Writes JSON, and escapes what HTML and JavaScript would read.
#include "tell/page_json.hpp"

#include <bit>
#include <cmath>
#include <iterator>

#include <fmt/format.h>

#include "io/bytes.hpp"

namespace hansa {

namespace {

constexpr std::string_view unknown_letter = "\xEF\xBF\xBD";

/// Length of a character that has no place in a page, at the beginning of valid UTF-8; 0 if it has one.
std::size_t unwanted(std::string_view text) {
  auto const byte = [&](std::size_t k) { return static_cast<unsigned char>(text[k]); };
  if (byte(0) < 0x20) return byte(0) == '\n' || byte(0) == '\t' ? 0 : 1;
  if (byte(0) == 0x7F) return 1;
  if (byte(0) == 0xC2 && byte(1) < 0xA0) return 2;  // control characters of Latin-1
  bool const turns =
      byte(0) == 0xE2 &&
      ((byte(1) == 0x80 && (byte(2) == 0x8E || byte(2) == 0x8F || (byte(2) >= 0xA8 && byte(2) <= 0xAE))) ||
       (byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9));
  return turns ? 3 : 0;
}

void add_valid(std::string_view valid, std::string& to) {
  for (std::size_t at = 0; at < valid.size();) {
    if (std::size_t const length = unwanted(valid.substr(at)); length > 0) {
      to += unknown_letter;
      at += length;
      continue;
    }
    char const each = valid[at++];
    switch (each) {
      case '"':
      case '\\':
        to += '\\';
        to += each;
        break;
      case '\n':
        to += "\\n";
        break;
      case '\t':
        to += "\\t";
        break;
      case '<':
      case '>':
      case '&':
        to += fmt::format("\\u{:04x}", static_cast<int>(each));
        break;
      default:
        to += each;
    }
  }
}

template <class T>
std::vector<unsigned char> little_endian(std::span<T const> numbers) {
  std::vector<unsigned char> bytes;
  bytes.reserve(numbers.size() * sizeof(T));
  for (T const each : numbers) {
    std::uint32_t bits = 0;
    if constexpr (std::floating_point<T>)
      bits = std::bit_cast<std::uint32_t>(each);
    else
      bits = each;
    for (std::size_t k = 0; k < sizeof(T); ++k) bytes.push_back(static_cast<unsigned char>(bits >> (8 * k) & 0xFF));
  }
  return bytes;
}

}  // namespace

void PageJson::begin_value() {
  if (!first_) text_ += ',';
  first_ = false;
}

PageJson& PageJson::open(char bracket) {
  begin_value();
  text_ += bracket;
  first_ = true;
  return *this;
}

PageJson& PageJson::close(char bracket) {
  text_ += bracket;
  first_ = false;
  return *this;
}

PageJson& PageJson::key(std::string_view name) {
  value(name);
  text_ += ':';
  first_ = true;
  return *this;
}

PageJson& PageJson::value(std::string_view text) {
  begin_value();
  text_ += '"';
  for (;;) {
    std::size_t const bad = find_invalid_utf8(text);
    add_valid(text.substr(0, bad), text_);
    if (bad == std::string_view::npos) break;
    text_ += unknown_letter;
    text.remove_prefix(bad + 1);
  }
  text_ += '"';
  return *this;
}

PageJson& PageJson::value(double number) {
  if (!std::isfinite(number)) return null();
  begin_value();
  fmt::format_to(std::back_inserter(text_), "{}", number + 0.0);
  return *this;
}

PageJson& PageJson::value(bool truth) {
  begin_value();
  text_ += truth ? "true" : "false";
  return *this;
}

PageJson& PageJson::whole(std::int64_t number) {
  begin_value();
  fmt::format_to(std::back_inserter(text_), "{}", number);
  return *this;
}

PageJson& PageJson::null() {
  begin_value();
  text_ += "null";
  return *this;
}

PageJson& PageJson::base64(std::span<unsigned char const> bytes) {
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  begin_value();
  text_ += '"';
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::size_t const have = std::min<std::size_t>(3, bytes.size() - at);
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k) group = group << 8 | (k < have ? bytes[at + k] : 0U);
    for (std::size_t k = 0; k < 4; ++k) text_ += k <= have ? letters[group >> (18 - 6 * k) & 63] : '=';
  }
  text_ += '"';
  return *this;
}

PageJson& PageJson::packed(std::span<std::uint16_t const> numbers) {
  return base64(little_endian(numbers));
}
PageJson& PageJson::packed(std::span<std::uint32_t const> numbers) {
  return base64(little_endian(numbers));
}
PageJson& PageJson::packed(std::span<float const> numbers) {
  return base64(little_endian(numbers));
}

}  // namespace hansa
