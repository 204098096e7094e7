/// Time limits, tasks, shards that are open, and arrays.
#include "sweep/tasks.hpp"

#include <doctest/doctest.h>

namespace hansa {
namespace {

SweepState state_of(std::string const& blocks) {
  SweepState state;
  for (char const each : blocks)
    state.blocks.push_back(each == '.'   ? BlockState::missing
                           : each == 'x' ? BlockState::damaged
                                         : BlockState::finished);
  return state;
}

TEST_CASE("time limits are read as Slurm reads them") {
  CHECK(parse_time_limit("30") == 1800.0);
  CHECK(parse_time_limit("30:15") == 1815.0);
  CHECK(parse_time_limit("2:30:15") == 9015.0);
  CHECK(parse_time_limit("2-0") == 172800.0);
  CHECK(parse_time_limit("2-12") == 216000.0);
  CHECK(parse_time_limit("1-2:3") == 86400.0 + 7200 + 180);
  CHECK(parse_time_limit("1-2:3:4") == 86400.0 + 7200 + 184);
  for (auto const* bad :
       {"", "0", "-1", "1:", ":1", "1:2:3:4", "1h", "1-", "-", "1-2-3", "1.5", "99999999999999999999"})
    CHECK_MESSAGE(!parse_time_limit(bad), bad);
}

TEST_CASE("a task is warned two minutes before its limit, or in the last fifth of a short one") {
  CHECK(warning_seconds(3600) == 120);
  CHECK(warning_seconds(600) == 120);
  CHECK(warning_seconds(60) == 12);
}

TEST_CASE("tasks take half an hour, or what their limit leaves") {
  CHECK(plan_tasks(18'000, {4 * 3600.0, 1}).tasks == 10);
  CHECK(plan_tasks(18'000, {4 * 3600.0, 2}).tasks == 5);
  TaskPlan const brief = plan_tasks(18'000, {900, 1});  // 0.8 (900 - 120) = 624 s
  CHECK(brief.tasks == 29);
  CHECK(brief.seconds == doctest::Approx(18'000 / 29.0));
  CHECK(!brief.cut_short);
  CHECK(plan_tasks(0.001, {3600, 1}).tasks == 1);
}

TEST_CASE("more than one array's worth of tasks is avoided where longer ones fit") {
  CHECK(plan_tasks(1800.0 * 2000, {4 * 3600.0, 1, {}, 1000}).tasks == 1000);
  CHECK(plan_tasks(1800.0 * 2000, {2000, 1, {}, 1000}).tasks == 2394);  // 0.8 (2000 - 120) = 1504 s each
}

TEST_CASE("tasks that are wanted are taken, and told when they are too long") {
  TaskPlan const plan = plan_tasks(18'000, {3600, 1, 3});
  CHECK(plan.tasks == 3);
  CHECK(plan.cut_short);
  CHECK(!plan_tasks(9'000, {3600, 1, 3}).cut_short);
}

TEST_CASE("shards with something to do are those with a block that is not finished") {
  SweepState const state = state_of("#.#x##.#");
  CHECK(open_shards(state, 4, {}) == std::vector<std::int64_t>{2, 3, 4});
  CHECK(open_shards(state, 4, {3, 4}) == std::vector<std::int64_t>{2});
  CHECK(open_shards(state, 100, {}) == std::vector<std::int64_t>{2, 4, 7});
  CHECK(open_shards(state_of("###"), 2, {}).empty());
}

TEST_CASE("blocks that are missing at even distances do not all fall to one task") {
  std::string blocks(40, '#');
  for (std::size_t k = 3; k < blocks.size(); k += 10) blocks[k] = '.';  // four: 3, 13, 23, 33
  SweepState const state = state_of(blocks);
  CHECK(open_shards(state, 5, {}).size() == 1);
  std::int64_t const shards = balanced_shards(state, 2);
  CHECK(shards >= 2);
  CHECK(shards <= 4);
  CHECK(open_shards(state, shards, {}).size() >= 2);
  CHECK(balanced_shards(state_of(std::string(100, '.')), 10) == 10);
  CHECK(balanced_shards(state_of("..#"), 50) == 2);
  CHECK(balanced_shards(state_of("##"), 3) == 1);
}

TEST_CASE("arrays have ranges of indices, and an offset where there are more than an array may have") {
  std::vector<TaskArray> const arrays = task_arrays({1, 2, 3, 5, 10, 11, 25}, 10);
  REQUIRE(arrays.size() == 3);
  CHECK(arrays[0].offset == 0);
  CHECK(arrays[0].indices == "1-3,5,10");
  CHECK(arrays[0].tasks == 5);
  CHECK(arrays[1].offset == 10);
  CHECK(arrays[1].indices == "1");
  CHECK(arrays[2].offset == 20);
  CHECK(arrays[2].indices == "5");
  CHECK(task_arrays({}, 10).empty());
}

}  // namespace
}  // namespace hansa
