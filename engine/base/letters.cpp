/// Decomposes letters (Unicode standard, section 3.11) and drops what has no width.
#include "base/letters.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/letters_table.hpp"

namespace hansa {

namespace {

/// A run of marks of one combining class: those with different ones may change places, and still look the same.
struct MarkRun {
  char32_t first, last;
  int rank;
};
constexpr MarkRun mark_runs[] = {
    {0x0300, 0x0314, 230}, {0x0315, 0x0315, 232}, {0x0316, 0x0319, 220}, {0x031A, 0x031A, 232}, {0x031B, 0x031B, 216},
    {0x031C, 0x0320, 220}, {0x0321, 0x0322, 202}, {0x0323, 0x0326, 220}, {0x0327, 0x0328, 202}, {0x0329, 0x0333, 220},
    {0x0334, 0x0338, 1},   {0x0339, 0x033C, 220}, {0x033D, 0x0344, 230}, {0x0345, 0x0345, 240}, {0x0346, 0x0346, 230},
    {0x0347, 0x0349, 220}, {0x034A, 0x034C, 230}, {0x034D, 0x034E, 220}, {0x0350, 0x0352, 230}, {0x0353, 0x0356, 220},
    {0x0357, 0x0357, 230}, {0x0358, 0x0358, 232}, {0x0359, 0x035A, 220}, {0x035B, 0x035B, 230}, {0x035C, 0x035C, 233},
    {0x035D, 0x035E, 234}, {0x035F, 0x035F, 233}, {0x0360, 0x0361, 234}, {0x0362, 0x0362, 233}, {0x0363, 0x036F, 230},
    {0x3099, 0x309A, 8},
};

/// Combining class; 0: the character is no mark.
int rank_of(char32_t c) noexcept {
  for (MarkRun const& run : mark_runs)
    if (c >= run.first && c <= run.last) return run.rank;
  return 0;
}

/// Takes one character off the front; bytes that are not UTF-8 stand for themselves.
char32_t take_character(std::string_view& text) noexcept {
  auto const byte = [&](std::size_t k) { return static_cast<unsigned char>(text[k]); };
  std::size_t const length = byte(0) < 0xC0 ? 1 : byte(0) < 0xE0 ? 2 : byte(0) < 0xF0 ? 3 : 4;
  char32_t code = byte(0);
  if (length > 1 && length <= text.size()) {
    code &= 0xFFu >> (length + 1);
    for (std::size_t k = 1; k < length; ++k) code = code << 6 | (byte(k) & 0x3Fu);
  }
  text.remove_prefix(std::min(length, text.size()));
  return code;
}

bool has_no_width(char32_t c) noexcept {
  return c == 0x00AD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF;
}

bool is_blank(char32_t c) noexcept {
  return c == 0x00A0 || c == 0x202F || (c >= 0x2000 && c <= 0x200A) || c == 0x3000;
}

/// Syllables of Hangul are numbered by their parts.
bool split_syllable(char32_t c, std::u32string& into) {
  constexpr char32_t first = 0xAC00, count = 11172, vowels = 21, finals = 28;
  if (c < first || c >= first + count) return false;
  char32_t const number = c - first;
  into += static_cast<char32_t>(0x1100 + number / (vowels * finals));
  into += static_cast<char32_t>(0x1161 + number / finals % vowels);
  if (number % finals > 0) into += static_cast<char32_t>(0x11A7 + number % finals);
  return true;
}

void decompose(char32_t c, std::u32string& into) {
  if (has_no_width(c) || split_syllable(c, into)) return;
  auto const found = std::lower_bound(std::begin(composed_letters), std::end(composed_letters), c,
                                      [](ComposedLetter const& each, char32_t code) { return each.letter < code; });
  if (found == std::end(composed_letters) || found->letter != c) {
    into += is_blank(c) ? U' ' : c;
    return;
  }
  decompose(found->base, into);
  if (found->mark != 0) decompose(found->mark, into);
}

/// Puts the marks that follow a letter into the order of their classes.
void order_marks(std::u32string& text) {
  for (auto begin = text.begin(); begin != text.end();) {
    if (rank_of(*begin) == 0) {
      ++begin;
      continue;
    }
    auto const end = std::find_if(begin, text.end(), [](char32_t c) { return rank_of(c) == 0; });
    std::stable_sort(begin, end, [](char32_t a, char32_t b) { return rank_of(a) < rank_of(b); });
    begin = end;
  }
}

}  // namespace

std::string look_of(std::string_view text) {
  bool const plain = std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (plain) return std::string(text);
  std::u32string letters;
  while (!text.empty()) decompose(take_character(text), letters);
  order_marks(letters);
  std::string look;
  for (char32_t const c : letters) {
    if (c < 0x80) {
      look += static_cast<char>(c);
      continue;
    }
    // Not to be read, only to be compared: as long as different characters stay different.
    for (int shift = 16; shift >= 0; shift -= 8) look += static_cast<char>(c >> shift & 0xFF);
    look += '\xFF';
  }
  return look;
}

}  // namespace hansa
