/// Sums over the attributes of each city: effects on a policy, and strengths that differ between cities.
#pragma once

#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "model/model.hpp"

namespace hansa {

/// A sum per city at the start, and the ones that changing attributes make of it later, by step, then city.
struct AttributeSums {
  std::vector<double> start;
  std::vector<AttributeStep> later;
};

/// Σ β x, added in the order of the effects; nothing without effects. Complains of attributes that are unknown, of the
/// wrong kind or incomplete, and of unknown values. Each change costs one sum over the effects.
[[nodiscard]] AttributeSums attribute_sums(std::span<AttributeEffect const> effects, World const& world,
                                           Clock const& clock, Complaints& complaints);

/// constant + Σ slope · x over numeric attributes, in their order; nothing without attributes. `what` is for
/// complaints.
[[nodiscard]] AttributeSums number_sums(double constant, std::span<std::pair<Reference, double> const> slopes,
                                        std::string_view what, World const& world, Clock const& clock,
                                        Complaints& complaints);

/// θ + Σ δ x (larger cities learn better: Shipan & Volden 2008); nothing without attributes.
[[nodiscard]] AttributeSums city_strengths(MechanismSpec const& mechanism, World const& world, Clock const& clock,
                                           Complaints& complaints);

}  // namespace hansa
