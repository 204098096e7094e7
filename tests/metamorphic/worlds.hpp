/// Random worlds to change, and what must then be equal.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "support/question.hpp"

namespace hansa::metamorphic {

inline constexpr std::int64_t replicates = 3;
inline constexpr std::int64_t most_replicates = 40;

/// What of two histories must be equal.
enum class Depth { times, everything };

/// Policies of `base` have the same histories in `other`, city by city by id; replicates 0 … `count` - 1.
void check_same(test::Question const& base, test::Question const& other, Lanes lanes, Depth depth,
                std::int64_t count = replicates);

/// Does `change` to `count` random worlds that run and whose scenarios hold none of the words `without`.
void for_worlds(int count, std::vector<std::string> const& without,
                std::function<void(test::Texts const&, test::Question const&)> const& change);

/// Items of `interventions` in YAML, after those that the scenario has.
[[nodiscard]] std::unique_ptr<test::Question> with_more(test::Texts const& texts, std::string const& items,
                                                        std::vector<std::string> const& settings = {});

/// A policy's keys for each rule, in a world of 300 cities in which `p` has an exposure `m` of strength 0.4.
[[nodiscard]] std::vector<std::string> const& all_rules();
[[nodiscard]] test::Texts world_of_rule(std::string const& rule);

/// A time to compare: who never adopts does so after all others.
[[nodiscard]] constexpr std::int32_t late(std::int32_t time) noexcept {
  return time == never ? 1000 : time;
}

}  // namespace hansa::metamorphic
