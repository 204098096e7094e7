/// Numbers of a checked scenario that shape how mechanisms press: what a fit can estimate beside its coefficients.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/schema.hpp"
#include "scenario/scenario.hpp"

namespace hansa {

/// A parameter of a mechanism, or a distance of a network. Names are those of the scenario.
struct ShapeParameter {
  Reference path;              ///< as of --set
  std::string policy = {};     ///< empty: of a network
  std::string mechanism = {};  ///< the user's name of it
  std::string kind = {};       ///< of the mechanism
  std::string parameter =
      {};                    ///< below the mechanism's kind or the network: `half_life`, `production.step`, `within.km`
  std::string network = {};  ///< empty: of a mechanism
  Field const* field = nullptr;  ///< its range
  bool jumps = false;            ///< a threshold: covariates change in jumps with it
  double value = 0;              ///< what the scenario says
};

/// The shape parameter at the end of a path, or why there is none: the number is of another kind, or not written.
/// Mechanisms that the scenario does not have were complained of, and an empty reason is returned.
[[nodiscard]] std::variant<ShapeParameter, std::string> find_shape_parameter(Scenario const& scenario,
                                                                             std::span<Schema const* const> mechanisms,
                                                                             Reference const& path);

/// The scenario says `value` from here on.
void set_shape(Scenario& scenario, ShapeParameter const& parameter, double value);

/// Mechanisms of a policy, by name, that the parameter is of, or that observe along its network.
[[nodiscard]] std::vector<std::string> users_of(ShapeParameter const& parameter, PolicySpec const& policy,
                                                std::span<Schema const* const> mechanisms);

}  // namespace hansa
