/// Cities chosen by how central they are: no order of rows or keys moves the choice, and doubled weights do not.
#include <algorithm>
#include <set>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "changes.hpp"
#include "worlds.hpp"

namespace hansa::metamorphic {

namespace {

/// Ids of the initial adopters that a centrality chooses for the first policy.
std::set<std::string> chosen(test::Texts const& texts, test::Question const& base, std::string_view centrality,
                             std::function<void(ScenarioDraft&)> const& edit = {}) {
  std::size_t const count = std::min<std::size_t>(3, base.world.cities.size() - 1);
  std::string const setting = fmt::format("policies.{}.adopters={{top: {}, by: {{centrality: {}, network: net0}}}}",
                                          base.scenario.policies[0].name, count, centrality);
  auto const other = test::ask(texts, {setting}, edit);
  std::set<std::string> ids;
  for (Index const city : other->world.records.at(0).initial) ids.insert(other->world.cities.id[city]);
  CHECK(ids.size() == count);
  return ids;
}

constexpr std::string_view kinds[] = {"degree", "strength", "pagerank", "betweenness"};

}  // namespace

TEST_CASE("the most central cities are the same in any order of rows and keys, and with doubled weights") {
  std::set<std::set<std::string>> different;
  for_worlds(20, {"redraw", "same:"}, [&](test::Texts const& texts, test::Question const& base) {
    for (std::string_view const kind : kinds) {
      std::set<std::string> const ids = chosen(texts, base, kind);
      different.insert(ids);
      CHECK(chosen(with_rows_shuffled(texts, 3), base, kind) == ids);
      CHECK(chosen(texts, base, kind, [](ScenarioDraft& draft) { reverse_keys(draft); }) == ids);
      CHECK(chosen(with_weights_doubled(texts), base, kind) == ids);
    }
  });
  CHECK(different.size() > 10);
}

}  // namespace hansa::metamorphic
