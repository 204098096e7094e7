/// Tests of tell/bibliography.
#include "tell/bibliography.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "mechanisms/catalogue.hpp"

using namespace hansa;

TEST_CASE("works are sorted by key, each once") {
  auto const works = bibliography();
  CHECK(works.size() > 20);
  for (std::size_t k = 1; k < works.size(); ++k) CHECK(works[k - 1].key < works[k].key);
}

TEST_CASE("a full reference begins with the first author of its key and has its year") {
  for (Work const& each : bibliography()) {
    std::string_view const author = each.key.substr(0, each.key.find_first_of(" ,"));
    std::string_view const year = each.key.substr(each.key.rfind(' ') + 1);
    CHECK_MESSAGE(each.full.starts_with(author), each.key);
    CHECK_MESSAGE(each.full.find("(" + std::string(year) + ")") != std::string_view::npos, each.key);
    CHECK_MESSAGE(!each.full.ends_with('.'), each.key);
  }
}

TEST_CASE("every source of a mechanism is in the bibliography") {
  for (Schema const* schema : schemas(standard_catalogue())) {
    auto const keys = keys_in(schema->source);
    CHECK(!keys.empty());
    for (std::string_view const key : keys) CHECK_MESSAGE(find_work(key) != nullptr, key);
  }
}

TEST_CASE("keys are parted by semicolons") {
  using Keys = std::vector<std::string_view>;
  CHECK(keys_in("Valente 1996; Strang & Tuma 1993") == Keys{"Valente 1996", "Strang & Tuma 1993"});
  CHECK(keys_in(" Wright 1936 ") == Keys{"Wright 1936"});
  CHECK(keys_in("") == Keys{});
  CHECK(keys_in(";;") == Keys{});
  CHECK(find_work("Nobody 1900") == nullptr);
}

TEST_CASE("the list in Markdown has a line a work") {
  std::string const text = bibliography_markdown(bibliography());
  CHECK(std::ranges::count(text, '\n') == std::ssize(bibliography()));
  CHECK(text.starts_with("- Aalen, O. O. (1978). "));
}
