/// The part `dyads` of the section `fit` as values: pairs of a follower and a leader, and what is known of them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenario/parameters.hpp"

namespace hansa {

/// What of a pair and a step is a covariate. In the order of the keys of the format.
struct DyadCovariate {
  enum class Of { tie, distance, same, difference, gap, log_ratio, leader, follower, time };
  std::string name;
  Place where;
  Of of = Of::tie;
  Reference what;  ///< the network or the attribute
  /// Of distance: kilometres or ln(1 + kilometres). Of time, from the first scored step on: steps, their square, or
  /// ln(1 + steps).
  enum class Form { plain, square, logarithm };
  Form form = Form::plain;
};

/// Which pairs are at risk in a step: those whose follower can still emulate their leader (Boehmke 2009), or all.
enum class DyadRisk { conditional, unconditional };

/// Within which rows of dyads may depend on each other.
enum class DyadCluster { follower, leader };

struct DyadSpec {
  Place where;
  std::vector<DyadCovariate> covariates;  ///< sorted by name
  std::optional<Reference> leaders;       ///< network in which the follower observes its leaders; none: all cities
  DyadRisk risk = DyadRisk::conditional;
  std::vector<DyadCluster> clusters = {DyadCluster::follower};  ///< none, one or two
};

}  // namespace hansa
