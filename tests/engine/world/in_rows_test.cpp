/// Ties by target, by hand.
#include "world/in_rows.hpp"

#include <doctest/doctest.h>

using namespace hansa;

TEST_CASE("each target has its ties by source") {
  Complaints complaints;
  NetworkLayer const layer = make_layer("ties", {{2, 0, 1}, {0, 2, 1}, {1, 2, 3}, {0, 1, 1}}, 3, {}, complaints);
  InRows const rows(layer);
  CHECK(rows.first == std::vector<std::uint32_t>{0, 1, 2, 4});
  CHECK(rows.source == std::vector<Index>{2, 0, 0, 1});
  for (std::uint32_t k = 0; k < rows.tie.size(); ++k) {
    std::uint32_t const e = rows.tie[k];
    CHECK((layer.first[rows.source[k]] <= e && e < layer.first[rows.source[k] + 1]));
    CHECK((rows.first[layer.target[e]] <= k && k < rows.first[layer.target[e] + 1]));
  }
  CHECK(InRows(make_layer("none", {}, 2, {}, complaints)).first == std::vector<std::uint32_t>{0, 0, 0});
}
