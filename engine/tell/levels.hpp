/// Meaningful values of a mechanism: what M is when nobody, half or all of those that count have adopted.
#pragma once

#include <string>
#include <vector>

#include "model/model.hpp"
#include "scenario/scenario.hpp"
#include "world/world.hpp"

namespace hansa {

struct Level {
  std::string when;  ///< "half of those observed have adopted"
  double m;          ///< unscaled by strength
};

/// What a level is a level of, where it can lie anywhere in between: then M is monotone in it.
enum class Scale { share, other };

struct Levels {
  std::vector<Level> levels;   ///< from nothing to all; the first is that of a world in which nobody has adopted
  Scale scale = Scale::other;  ///< share: `shape` gives M of a share in [0, 1]
  Shape shape = {};
};

/// From the mechanism's own parameters where its kind is known here; else by trying the term: nobody, half, all.
[[nodiscard]] Levels levels_of(MechanismSpec const& spec, CompiledTerm const& term, PolicySpec const& policy,
                               World const& world, Model const& model);

/// M after a step in which nobody, half, and all other cities adopt, in the middle of up to 64 cities, of which at most
/// one in 256 (at least one) is left out at a time: for any term.
[[nodiscard]] std::vector<Level> tried_levels(Term const& term, World const& world, Model const& model);

/// The middle of the values that are not missing, of two the mean; 0 if there is none.
[[nodiscard]] double median_of(std::vector<double> values);

}  // namespace hansa
