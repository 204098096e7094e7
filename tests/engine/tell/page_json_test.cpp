/// Tests of tell/page_json: JSON that stays inside the element that it stands in.
#include "tell/page_json.hpp"

#include <limits>

#include <doctest/doctest.h>

using namespace hansa;

namespace {

std::string told(std::string_view text) {
  return PageJson().value(text).text();
}

}  // namespace

TEST_CASE("commas and keys come where they belong") {
  PageJson to;
  to.begin_object().field("a", 1).field("b", std::vector<double>{0.5, 1e300}).key("c").begin_list().end_list();
  to.key("d").begin_object().field("e", true).end_object().key("f").null().end_object();
  CHECK(to.text() == R"({"a":1,"b":[0.5,1e+300],"c":[],"d":{"e":true},"f":null})");
  CHECK(PageJson().begin_list().begin_list().end_list().value(-3).value("x").end_list().text() == R"([[],-3,"x"])");
}

TEST_CASE("numbers that are none are null, and minus nought is nought") {
  PageJson to;
  to.value(std::vector<double>{std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(), -0.0,
                               0.1});
  CHECK(to.text() == "[null,null,0,0.1]");
}

TEST_CASE("no text ends the element or turns into markup") {
  CHECK(told("</script><img onerror=1>&") == R"("\u003c/script\u003e\u003cimg onerror=1\u003e\u0026")");
  CHECK(told("a\"\\\n\t") == R"("a\"\\\n\t")");
  CHECK(told("São 北京") == "\"São 北京\"");
  constexpr char const* unknown = "\"\xEF\xBF\xBD\"";
  for (char const* each :
       {"\x01", "\x7F", "\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9", "\xE2\x80\xAE", "\xE2\x81\xA6", "\xFF"})
    CHECK(told(each) == unknown);
  CHECK(told(std::string_view("\0", 1)) == unknown);
}

TEST_CASE("numbers are packed as little-endian bytes in base64") {
  std::vector<std::uint16_t> const small{0x0102, 0xFFFF};
  CHECK(PageJson().packed(small).text() == "\"AgH//w==\"");
  std::vector<std::uint32_t> const large{1, 0x01020304};
  CHECK(PageJson().packed(large).text() == "\"AQAAAAQDAgE=\"");
  std::vector<float> const fractions{1.0F, -2.5F, 0.0F};
  CHECK(PageJson().packed(fractions).text() == "\"AACAPwAAIMAAAAAA\"");
  CHECK(PageJson().packed(std::vector<float>{}).text() == "\"\"");
}
