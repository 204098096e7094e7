/// Who is at risk, step by step, against the definition.
#include "run/risk_set.hpp"

#include <algorithm>
#include <vector>

#include <doctest/doctest.h>

#include "base/random.hpp"

using namespace hansa;

TEST_CASE("a city is awake from max(entry, first decision) to exit, unless it has adopted") {
  constexpr std::int32_t steps = 12;
  constexpr Index n = 200;
  for (std::int32_t first = 1; first <= 4; ++first) {
    PolicyModel policy;
    policy.first_decision = first;
    for (Index i = 0; i < n; ++i) {
      policy.entry.push_back(static_cast<std::int16_t>(draw_bits(1, i, 0, 0).low % (steps + 2)));
      policy.exit.push_back(static_cast<std::int16_t>(draw_bits(2, i, 0, 0).low % (steps + 2)));
    }
    RiskSet const risk(policy, n, steps);
    std::vector<std::uint8_t> flags(n, flag_asleep);
    std::vector<std::int16_t> due(n, no_step);
    std::vector<Index> list(n + 64);
    for (Index i = 0; i < n; i += 10) flags[i] |= flag_adopted;
    for (std::int32_t step = first; step <= steps; ++step) {
      Touched touched{list.data(), flags.data(), 0, false};
      risk.open(step, flags.data(), touched);
      if (step == first) risk.wake(0, n, flags.data());
      for (std::uint32_t k = 0; k < touched.count; ++k) flags[list[k]] &= static_cast<std::uint8_t>(~flag_touched);
      for (Index i = 0; i < n; ++i) {
        bool const awake = (flags[i] & flag_asleep) == 0;
        REQUIRE(awake == (i % 10 != 0 && policy.entry[i] <= step && step <= policy.exit[i]));
        if (awake) due[i] = static_cast<std::int16_t>(step + 1);
      }
      risk.close(step, flags.data(), due.data());
      for (Index i = 0; i < n; ++i) {
        if (i % 10 != 0 && policy.exit[i] == step && step < steps) REQUIRE(due[i] == no_step);
      }
    }
  }
}

TEST_CASE("who wakes is touched, so that its pressure is computed") {
  PolicyModel policy;
  policy.entry = {1, 3};
  RiskSet const risk(policy, 2, 5);
  std::vector<std::uint8_t> flags(2, flag_asleep);
  std::vector<Index> list(64);
  Touched touched{list.data(), flags.data(), 0, false};
  risk.open(1, flags.data(), touched);
  CHECK(touched.everybody);
  risk.wake(0, 2, flags.data());
  CHECK(flags[0] == 0);
  CHECK(flags[1] == flag_asleep);
  touched = {list.data(), flags.data(), 0, false};
  risk.open(3, flags.data(), touched);
  REQUIRE(touched.count == 1);
  CHECK(list[0] == 1);
  CHECK_FALSE(touched.everybody);
}

TEST_CASE("episodes count abandonments") {
  PolicyModel policy;
  policy.dated = {{0, 1990, {4, 0, +1}},
                  {0, 1995, {4, 0, -1}},
                  {2, 2001, {4, 1, +1}},
                  {3, 2002, {4, 1, -1}},
                  {3, 2002, {7, 0, -1}}};
  RiskSet const risk(policy, 10, 5);
  CHECK(risk.episode(4) == 2);
  CHECK(risk.episode(7) == 1);
  CHECK(risk.episode(0) == 0);
  CHECK(risk.later_episodes().size() == 2);
}
