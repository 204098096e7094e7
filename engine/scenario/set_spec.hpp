/// Numbers that are others while an intervention lasts.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include "scenario/parameters.hpp"

namespace hansa {

/// Where a number stands that can change by date.
struct NumberAt {
  enum class Of {
    baseline,
    attribute,
    trend,
    period,
    frailty,
    strength,
    strength_by,
    parameter,   ///< of a mechanism
    remembered,  ///< of a mechanism that remembers what its parameters made of the past
    cost,
    reinvention,
    abandonment,
    merit,
    attention,  ///< of cities; like all that follows not a policy's
    resources,
    dynamics,  ///< of a network
    fee        ///< of a collaboration
  };
  Of of = Of::baseline;
  std::string mechanism = {};  ///< strength, strength_by, parameter, remembered: the user's name of it; dynamics, fee:
                               ///< of the network, the collaboration
  std::string key = {};        ///< attribute, strength_by: its name; frailty: whose; else the keys below the section
  std::string part = {};       ///< attribute: one of its values, where each has an effect; parameter: of a shape
  std::int64_t position = 0;   ///< trend: number of the coefficient; period: its label
  friend auto operator<=>(NumberAt const&, NumberAt const&) = default;
};

/// True of numbers that belong to a policy.
[[nodiscard]] constexpr bool is_of_policy(NumberAt::Of of) noexcept {
  return of < NumberAt::Of::attention;
}

/// A number that is another one.
struct SetValue {
  Reference path;    ///< as written
  Reference policy;  ///< whose number it is; of no name where it is no policy's
  NumberAt at;
  double number = 0;  ///< as the policy has it: a chance is already turned into a baseline
};

/// Sets numbers while it lasts.
struct SetSpec {
  std::vector<SetValue> values;  ///< sorted by path
  Place where;
};

}  // namespace hansa
