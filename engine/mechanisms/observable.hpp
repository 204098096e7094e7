/// Whether a mechanism is a function of the history of adoptions and given data, so that it can be estimated from them.
#pragma once

#include <string_view>

#include "base/schema.hpp"
#include "scenario/scenario.hpp"

namespace hansa {

/// As the policy has it: a kind that is not observable may be where nothing of it is drawn. Learning is where
/// performance is data, looks have no noise (or there are none: model degroot), all priors have one mean (or that of an
/// attribute) and no gain of a reinvention is drawn: merit.spread then only enters what cities make of a look. What an
/// adopter sees of its own is then a function of the history too.
[[nodiscard]] bool is_observable(Schema const& kind, MechanismSpec const& mechanism, PolicySpec const& policy);

/// What makes a kind observable that is not by itself, as the end of a sentence "…, unless …"; empty: nothing does.
[[nodiscard]] std::string_view observable_if(Schema const& kind) noexcept;

}  // namespace hansa
