/// Collective action: a public good that a collaboration produces from the share of its members that adopted.
#pragma once

#include <memory>

#include "base/schema.hpp"
#include "model/catalogue.hpp"

namespace hansa {

extern Schema const collective_schema;

/// M = max (or Σ) over the collaborations of the city, at the step that decides, of G(s), s the share of members that
/// had adopted at the end of the step before, by count or by an attribute; 0 with no collaboration, or alone in it.
/// `marginal`: [G(s + ω) - G(s)] / ω, ω the city's own weight in s. Oliver, Marwell & Teixeira (1985).
[[nodiscard]] std::unique_ptr<Term> make_collective(MechanismSpec const& spec, TermContext const& context,
                                                    Complaints& complaints);

}  // namespace hansa
