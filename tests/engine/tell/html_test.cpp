/// Tests of tell/html.
#include "tell/html.hpp"

#include <doctest/doctest.h>

using namespace hansa;

TEST_CASE("nothing that others wrote is markup") {
  CHECK(html_text("<script>alert('x') & \"y\"</script>") ==
        "&lt;script&gt;alert(&#39;x&#39;) &amp; &quot;y&quot;&lt;/script&gt;");
  CHECK(html_text("Città 北京\tand\nmore") == "Città 北京\tand\nmore");
  CHECK(html_text(std::string_view("a\0b\x1b[1m\x7f", 8)) == "a\uFFFDb\uFFFD[1m\uFFFD");
  CHECK(html_text("\xC2\x85\xC2\xA0") == "\uFFFD\u00A0");                // a control character, and a blank
  CHECK(html_text("a\u202Eb\u2067c\u2013") == "a\uFFFDb\uFFFDc\u2013");  // marks of direction, and a dash
  CHECK(html_text("\xFF<\xC3") == "\uFFFD&lt;\uFFFD");
  CHECK(html_text("").empty());
}

TEST_CASE("tables have a caption, heads and names of rows") {
  std::string const text = html_table("Cities & <more>", {{"city", false}, {"chance"}}, {{"<b>", "0.50"}});
  CHECK(text.find("<caption><span>Cities &amp; &lt;more&gt;</span></caption>") != std::string::npos);
  CHECK(text.find("aria-label=\"Cities &amp; &lt;more&gt;\"") != std::string::npos);
  CHECK(text.find("<th scope=\"col\">city</th><th scope=\"col\" class=\"n\">chance</th>") != std::string::npos);
  CHECK(text.find("<th scope=\"row\">&lt;b&gt;</th><td class=\"n\">0.50</td>") != std::string::npos);
  CHECK(html_details("a < b", "<p>c</p>") == "<details><summary>a &lt; b</summary>\n<p>c</p></details>\n");
  CHECK(html_paragraph("a < b") == "<p>a &lt; b</p>\n");
  CHECK(html_paragraph("").empty());
}
