/// Numbers of policies that are others while an intervention lasts.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include "scenario/parameters.hpp"

namespace hansa {

/// Where a number of a policy stands.
struct NumberAt {
  enum class Of { baseline, attribute, trend, period, frailty, strength, strength_by, parameter };
  Of of = Of::baseline;
  std::string mechanism = {};  ///< strength, strength_by, parameter: the user's name of it
  std::string key = {};        ///< attribute, strength_by: its name; frailty: whose; parameter: as in Parameters
  std::string part = {};       ///< attribute: one of its values, where each has an effect; parameter: of a shape
  std::int64_t position = 0;   ///< trend: number of the coefficient; period: its label
  friend auto operator<=>(NumberAt const&, NumberAt const&) = default;
};

/// A number that is another one.
struct SetValue {
  Reference path;  ///< as written
  Reference policy;
  NumberAt at;
  double number = 0;  ///< as the policy has it: a chance is already turned into a baseline
};

/// Sets numbers of policies while it lasts.
struct SetSpec {
  std::vector<SetValue> values;  ///< sorted by path
  Place where;
};

}  // namespace hansa
