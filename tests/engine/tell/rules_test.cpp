/// Tests of tell/rules.
#include "tell/rules.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "scenario/fields.hpp"
#include "tell/bibliography.hpp"

using namespace hansa;

TEST_CASE("rules stand in the order of their values") {
  for (std::size_t k = 0; k < all_rules().size(); ++k) {
    CHECK(static_cast<std::size_t>(all_rules()[k].rule) == k);
    CHECK(&words_of(all_rules()[k].rule) == &all_rules()[k]);
  }
}

TEST_CASE("every rule that a scenario may name has its words and its literature") {
  for (std::string_view const name : fields::rule_choices) {
    auto const found = std::ranges::find(all_rules(), name, &RuleWords::name);
    REQUIRE(found != all_rules().end());
    CHECK(!found->opening.empty());
    CHECK(!found->chance.empty());
    for (std::string_view const key : keys_in(found->source)) CHECK_MESSAGE(find_work(key) != nullptr, key);
  }
}
