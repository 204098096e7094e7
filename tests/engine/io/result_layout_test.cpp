/// Tests of the sizes that a result file is cut into, and of variables that only some runs have.
#include "io/result_layout.hpp"

#include <algorithm>
#include <cmath>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "engine/io/numbers.hpp"
#include "io/result_file.hpp"
#include "support/result_samples.hpp"

namespace {

std::vector<hsize_t> chunk_of(hansa::H5Dataset const& variable) {
  hansa::H5List const list(H5Dget_create_plist(variable.id()), "properties");
  std::vector<hsize_t> chunk(static_cast<std::size_t>(H5Pget_chunk(list.id(), 0, nullptr)));
  H5Pget_chunk(list.id(), static_cast<int>(chunk.size()), chunk.data());
  return chunk;
}

hansa::ResultFileOptions options(std::filesystem::path const& file) {
  hansa::ResultFileOptions made;
  made.file = file;
  made.replicates = 30;
  made.scenario_text = "hansa: 1\n";
  return made;
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

TEST_CASE("spending, costs and subsidies are there where a policy's cost is stated, missing for others") {
  hansa::test::Scratch const scratch;
  hansa::test::Sample sample(3);
  sample.scenario.currency = "EUR";
  sample.model.policies[1].cost.emplace();
  sample.model.interventions = {{"fund", "subsidy", hansa::PolicyId{1}, 2001, {}, 2, 2003},
                                {"push", "push", hansa::PolicyId{1}, 2001, {}, 2, 2003}};
  sample.model.policies[1].subsidies.emplace_back();
  hansa::History history = sample.history(0);
  history.policies[1].spending = {1, 2, 3, 4, 5};
  history.policies[1].unit_cost = {9, 8, 7, 6, std::nan("")};
  history.policies[1].subsidies = {0, 0.5, 1, 0, 0};
  history.seeds.resize(2);
  history.subsidies = {{1.5, 2002}, {}};
  hansa::ResultFileOptions made = options(scratch / "a.h5");
  made.replicates = 3;
  hansa::ResultFile file(sample.scenario, sample.world, sample.model, sample.plan, made);
  for (std::int64_t r = 0; r < 3; ++r) {
    history.replicate = r;
    if (r == 2) history = {2, "it failed", {}};
    file.put(r, file.pack(history));
  }
  file.finish(3, true);
  auto const numbers = [&](char const* name) { return hansa::test::numbers<double>(scratch / "a.h5", name); };
  std::vector<double> const spending = numbers("spending"), costs = numbers("unit_cost"), paid = numbers("subsidies");
  REQUIRE(spending.size() == 3 * 2 * 5);
  for (std::size_t t = 0; t < 5; ++t) {
    CHECK(std::isnan(spending[t]));       // the other policy
    CHECK(std::isnan(spending[25 + t]));  // failed
    CHECK(std::isnan(paid[t]));
    CHECK(spending[15 + t] == static_cast<double>(t + 1));
  }
  CHECK(costs[5] == 9);
  CHECK(std::isnan(costs[9]));
  CHECK(paid[6] == 0.5);
  std::vector<double> const in_all = numbers("subsidy_paid");
  CHECK(in_all[0] == 1.5);
  CHECK(std::isnan(in_all[1]));
  CHECK(std::isnan(in_all[4]));
  auto const spent = hansa::test::numbers<std::int32_t>(scratch / "a.h5", "budget_spent");
  CHECK(spent[0] == 2002);
  CHECK(spent[1] == hansa::never);
  CHECK(spent[5] == hansa::never);
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

TEST_CASE("what became of seeds is kept of every replicate, and of the interventions what was stated") {
  hansa::test::Scratch const scratch;
  hansa::test::Sample sample(30);
  {
    hansa::ResultFile without(sample.scenario, sample.world, sample.model, sample.plan,
                              options(scratch / "without.h5"));
    for (std::int64_t r = 0; r < 30; ++r) without.put(r, without.pack(sample.history(r)));
    without.finish(30, true);
  }
  CHECK_THROWS_AS((void)hansa::test::numbers<std::int32_t>(scratch / "without.h5", "seeds"), hansa::Error);
  sample.model.interventions = {{"a", "seed", hansa::PolicyId{1}, 2003, {}, 4},
                                {"b", "seed", hansa::PolicyId{0}, 2001, 7.5, 2},
                                {"c", "push", hansa::PolicyId{0}, 2001, {}, 2, 2004}};
  hansa::ResultFile file(sample.scenario, sample.world, sample.model, sample.plan, options(scratch / "r.h5"));
  for (std::int32_t r = 0; r < 30; ++r) {
    hansa::History history = sample.history(r);
    history.seeds = {{r, 30 - r, 1, 4}, {2, 0, r % 3, r % 2}, {}};
    if (r == 7) history = {7, "it broke", {}, {}};
    file.put(r, file.pack(history));
  }
  file.finish(30, true);
  auto const seeds = hansa::test::numbers<std::int32_t>(scratch / "r.h5", "seeds");
  REQUIRE(seeds.size() == 30 * 3 * 4);
  for (std::int32_t r = 0; r < 30; ++r) {
    std::vector<std::int32_t> wanted{r, 30 - r, 1, 4, 2, 0, r % 3, r % 2, -1, -1, -1, -1};
    if (r == 7) wanted.assign(12, -1);
    CHECK(std::equal(wanted.begin(), wanted.end(), seeds.begin() + r * 12));
  }
  CHECK(hansa::test::numbers<std::int32_t>(scratch / "r.h5", "intervention_policy") ==
        std::vector<std::int32_t>{1, 0, 0});
  CHECK(hansa::test::numbers<std::int32_t>(scratch / "r.h5", "intervention_time") ==
        std::vector<std::int32_t>{2003, 2001, 2001});
  CHECK(hansa::test::numbers<std::int32_t>(scratch / "r.h5", "intervention_until") ==
        std::vector<std::int32_t>{2003, 2001, 2004});
  auto const cost = hansa::test::numbers<double>(scratch / "r.h5", "intervention_cost");
  CHECK(std::isnan(cost.at(0)));
  CHECK(cost.at(1) == 7.5);
}

}  // namespace
