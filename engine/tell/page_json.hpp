/// JSON (RFC 8259) that can stand inside an element of HTML, written piece by piece without blanks.
#pragma once

#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hansa {

/// Commas come by themselves; in objects each value follows its key. Letters that could end an element of HTML or a
/// line of JavaScript (<, >, &, U+2028, U+2029) are escaped. In texts bytes that are not UTF-8 and control characters
/// (but line breaks and tabs) become U+FFFD, and so do marks that turn the direction of writing, which could show
/// other words than there are.
class PageJson {
 public:
  PageJson& begin_object() { return open('{'); }
  PageJson& end_object() { return close('}'); }
  PageJson& begin_list() { return open('['); }
  PageJson& end_list() { return close(']'); }
  PageJson& key(std::string_view name);

  PageJson& value(std::string_view text);
  PageJson& value(char const* text) { return value(std::string_view(text)); }
  /// The shortest decimal that reads back as the same number; null if it is not finite.
  PageJson& value(double number);
  PageJson& value(bool truth);
  PageJson& value(std::integral auto number) { return whole(static_cast<std::int64_t>(number)); }
  PageJson& null();
  template <class T>
  PageJson& value(std::vector<T> const& items) {
    begin_list();
    for (T const& each : items) value(each);
    return end_list();
  }
  template <class T>
  PageJson& field(std::string_view name, T const& of) {
    return key(name).value(of);
  }

  /// Numbers as their little-endian bytes in base64 (RFC 4648).
  PageJson& packed(std::span<std::uint16_t const> numbers);
  PageJson& packed(std::span<std::uint32_t const> numbers);
  PageJson& packed(std::span<float const> numbers);

  [[nodiscard]] std::string const& text() const noexcept { return text_; }

 private:
  PageJson& open(char bracket);
  PageJson& close(char bracket);
  PageJson& whole(std::int64_t number);
  PageJson& base64(std::span<unsigned char const> bytes);
  void begin_value();

  std::string text_;
  bool first_ = true;  ///< nothing stands before the next value in its list or object
};

}  // namespace hansa
