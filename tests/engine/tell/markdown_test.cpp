/// Tests of tell/markdown.
#include "tell/markdown.hpp"

#include <doctest/doctest.h>

using namespace hansa;

TEST_CASE("a page is made of parts with a blank line between them") {
  Page page;
  page.heading(1, "Title");
  page.paragraph("Words.");
  page.bullets({"a", "b"});
  page.bullets({});
  page.steps({"first", "second"});
  page.verbatim("x = 1");
  page.table({"a", "b"}, {{"1", "2|3"}, {"line\nline", ""}});
  page.table({"a"}, {});
  CHECK(page.text() ==
        "# Title\n\nWords.\n\n- a\n- b\n\n1. first\n2. second\n\n```text\nx = 1\n```\n\n| a | b |\n| --- | --- |\n"
        "| 1 | 2\\|3 |\n| line line |  |\n");
}

TEST_CASE("what others wrote cannot pass for marks") {
  CHECK(quoted_words("a *b* [c](d) <e>\n# f\n") == "a \\*b\\* \\[c\\](d) \\<e\\> \\# f");
  CHECK(quoted_words("\x1b[2J") == " \\[2J");
  CHECK(code("led") == "`led`");
  CHECK(code("a`b") == "``` a`b ```");
}
