/// The numbers of a checked policy, each found and changed by where it stands.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/schema.hpp"
#include "scenario/scenario.hpp"
#include "scenario/set_spec.hpp"

namespace hansa {

/// A field at the end of keys, and the name of the parameter that holds it.
struct Located {
  Field const* field = nullptr;       ///< null: the keys lead nowhere
  std::string holder;                 ///< in Parameters
  std::string_view of_shape = {};     ///< its part of a Shape, empty: it is none
  std::string_view stuck = {};        ///< the key that is not there
  std::span<Field const> among = {};  ///< what is there instead
};

/// Down through sections, and into the parts of a shape. The keys outlive what is found.
[[nodiscard]] Located locate(std::span<Field const> table, std::span<std::string const> keys);

/// The number that a parameter holds, or that a part of its shape (`of_shape`, empty: it is none) is; nothing where
/// none is written.
[[nodiscard]] std::optional<double> number_in(Parameters const& parameters, std::string const& holder,
                                              std::string_view of_shape);
/// Puts another number there; `where` is its place from here on.
void put_number(Parameters& parameters, std::string const& holder, std::string_view of_shape, double number,
                Place const& where);

/// Nothing where the policy has no such number.
[[nodiscard]] std::optional<double> number_in(PolicySpec const& policy, NumberAt const& at);
/// The policy has `number` there from here on, where it can have one.
void put_number(PolicySpec& policy, NumberAt const& at, double number, Place const& where);

/// Of odds without a belief: the hazard that they come to; else 0.
void settle_hazard(AbandonmentSpec& abandonment) noexcept;

/// True of parameters of mechanisms.
[[nodiscard]] inline bool is_parameter(NumberAt const& at) noexcept {
  return at.of == NumberAt::Of::parameter || at.of == NumberAt::Of::remembered;
}
/// True of a mechanism's parameter whose value decides what the mechanism makes of all of the past.
[[nodiscard]] inline bool shapes_mechanism(NumberAt const& at) noexcept {
  return at.of == NumberAt::Of::parameter;
}

}  // namespace hansa
