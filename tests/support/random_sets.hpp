/// Random sets of the numbers that can change by date.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "support/random_policy.hpp"

namespace hansa::test {

/// A number that can be set.
struct PolicyNumber {
  std::string path;
  std::string rule;     ///< of its policy; empty: it is no policy's
  std::string section;  ///< of the policy, strength, strength_by or a kind of mechanism; attention, resources …
  std::string last;     ///< key of the number
  std::string text;     ///< of the number; empty where it is not written, and begins to be one when it is set
};

/// Those of a scenario.
[[nodiscard]] std::vector<PolicyNumber> numbers_in(std::string const& yaml);

/// Items of `interventions`; no number is set twice.
[[nodiscard]] Lines random_sets(Stage const& stage, std::uint64_t number, std::string const& yaml);

}  // namespace hansa::test
