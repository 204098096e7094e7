/// Tests of base/letters: which texts look the same.
#include "base/letters.hpp"

#include <doctest/doctest.h>

using namespace hansa;

namespace {
bool alike(std::string_view a, std::string_view b) {
  return look_of(a) == look_of(b);
}
}  // namespace

TEST_CASE("composed and decomposed letters look the same") {
  CHECK(alike("caf\u00E9", "cafe\u0301"));
  CHECK(alike("Z\u00FCrich", "Zu\u0308rich"));
  CHECK(alike("S\u00E3o Paulo", "Sa\u0303o Paulo"));
  CHECK(alike("\u0141\u00F3d\u017A", "\u0141o\u0301dz\u0301"));
  CHECK(alike("\u0391\u03B8\u03AE\u03BD\u03B1", "\u0391\u03B8\u03B7\u0301\u03BD\u03B1"));  // Athens
  CHECK(alike("\u0419\u043E\u0448\u043A\u0430\u0440", "\u0418\u0306\u043E\u0448\u043A\u0430\u0440"));
  CHECK(alike("\u304C", "\u304B\u3099"));
  CHECK(alike("\uC11C\uC6B8", "\u1109\u1165\u110B\u116E\u11AF"));  // Seoul
}

TEST_CASE("marks of different classes may stand in either order, those of one class may not") {
  CHECK(alike("Hu\u1EBF", "Hue\u0302\u0301"));
  CHECK(alike("Hu\u1EC7", "Hue\u0323\u0302"));
  CHECK(alike("Hu\u1EC7", "Hue\u0302\u0323"));
  CHECK(alike("Hu\u1EC7", "Hu\u00EA\u0323"));
  CHECK_FALSE(alike("e\u0301\u0302", "e\u0302\u0301"));
}

TEST_CASE("blanks that do not break are blanks, and what has no width is nothing") {
  CHECK(alike("New York", "New\u00A0York"));
  CHECK(alike("New York", "New \u200BYork"));
  CHECK(alike("\uFEFFOslo", "Oslo"));
  CHECK_FALSE(alike("New York", "NewYork"));
}

TEST_CASE("case, accents and other letters make a difference") {
  CHECK_FALSE(alike("Bogota", "Bogot\u00E1"));
  CHECK_FALSE(alike("Oslo", "oslo"));
  CHECK_FALSE(alike("\u0410", "A"));  // Cyrillic
  CHECK_FALSE(alike("\u00E9", "\u00E8"));
  CHECK_FALSE(alike("", "a"));
  CHECK(alike("", ""));
}

TEST_CASE("bytes that are not UTF-8 are borne") {
  for (char const* const text : {"\xC3", "\xE2\x82", "\xF0\x9F", "\xFF\xFE", "a\x80", "\xF8\x88\x80\x80\x80"})
    CHECK(alike(text, text));
}
