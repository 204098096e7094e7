/// Random worlds to change, and what must then be equal.
#pragma once

#include <cstdint>
#include <functional>
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

}  // namespace hansa::metamorphic
