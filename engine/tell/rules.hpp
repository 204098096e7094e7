/// The decision rules in words and formulas.
#pragma once

#include <span>
#include <string_view>

#include "scenario/scenario.hpp"

namespace hansa {

/// Whether a rule takes something that others do not.
enum class Asks { required, may_have, refuses };

struct RuleWords {
  Rule rule;
  std::string_view name;        ///< the key in the scenario: `logit`
  std::string_view opening;     ///< one sentence: what it is
  std::string_view hazard;      ///< what a step adds to the accumulated pressure, or the pressure itself
  std::string_view chance;      ///< of adopting in a step, if not before
  std::string_view resistance;  ///< its law
  std::string_view source;      ///< author, year; several are separated by semicolons
  Asks baseline;
  Asks threshold;
};

/// All rules of the model, in the order of Rule.
[[nodiscard]] std::span<RuleWords const> all_rules() noexcept;
[[nodiscard]] RuleWords const& words_of(Rule rule) noexcept;

}  // namespace hansa
