/// Tests of the sizes that a result file is cut into.
#include "io/result_layout.hpp"

#include <doctest/doctest.h>

#include "support/result_samples.hpp"

namespace {

std::vector<hsize_t> chunk_of(hansa::H5Dataset const& variable) {
  hansa::H5List const list(H5Dget_create_plist(variable.id()), "properties");
  std::vector<hsize_t> chunk(static_cast<std::size_t>(H5Pget_chunk(list.id(), 0, nullptr)));
  H5Pget_chunk(list.id(), static_cast<int>(chunk.size()), chunk.data());
  return chunk;
}

TEST_CASE("a chunk holds 25 replicates, or what 16 MiB take, at least one") {
  CHECK(hansa::replicates_of_chunk(0) == 25);
  CHECK(hansa::replicates_of_chunk(968) == 25);
  CHECK(hansa::replicates_of_chunk(167772) == 25);
  CHECK(hansa::replicates_of_chunk(1000000) == 4);
  CHECK(hansa::replicates_of_chunk(2500000) == 1);
  CHECK(hansa::replicates_of_chunk(50000000) == 1);
}

TEST_CASE("variables are cut by whole blocks of replicates, and large ones along their first axes") {
  hansa::test::Scratch const scratch;
  hansa::test::Sample sample(50);
  hansa::TextColumn wide = *sample.plan.groupings[0];
  for (int k = 0; k < 5000; ++k) wide.labels.push_back("group " + std::to_string(k));
  sample.plan.groupings[0] = &wide;
  hansa::NetcdfFile file(scratch / "a.h5");
  hansa::ResultShape const shape = {sample.scenario, sample.world, sample.model, sample.plan, 25};
  hansa::ResultVariables const made = hansa::make_result_variables(file, shape);
  CHECK(chunk_of(made.adoption_time) == std::vector<hsize_t>{25, 1, 23});
  CHECK(chunk_of(made.adopters) == std::vector<hsize_t>{25, 2, 5});
  std::vector<hsize_t> const by = chunk_of(made.adopters_by[0]);
  CHECK(by[0] == 25);
  CHECK(by[1] == 1);
  CHECK(by[2] < 5002);
  CHECK(by[0] * by[1] * by[2] * by[3] * 4 <= (1u << 20));
  CHECK(file.length("group_region") == 5002);
}

TEST_CASE("the room foreseen for the layout is what it takes, within a mebibyte and a half") {
  for (hansa::Index const cities : {3u, 23u, 20000u}) {
    hansa::test::Scratch const scratch;
    hansa::test::Sample const sample(1, cities);
    hansa::NetcdfFile file(scratch / "a.h5");
    hansa::ResultShape const shape = {sample.scenario, sample.world, sample.model, sample.plan, 25};
    hansa::ResultVariables const made = hansa::make_result_variables(file, shape);
    file.flush();
    CHECK(file.size() <= hansa::bytes_of_layout(shape));
    CHECK(file.size() + (3u << 19) >= hansa::bytes_of_layout(shape));
  }
}

}  // namespace
