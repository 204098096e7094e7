/// Reads the part `dyads` of the section `fit`.
#pragma once

#include "scenario/dyad_spec.hpp"
#include "scenario/reader.hpp"

namespace hansa {

/// `read`: the parameters of `fit`, those of dyads among them.
[[nodiscard]] DyadSpec read_dyads(Item const& item, Parameters const& read, Reading& reading);

}  // namespace hansa
