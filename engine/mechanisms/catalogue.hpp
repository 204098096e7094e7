/// The mechanisms that come with the engine.
#pragma once

#include "model/catalogue.hpp"

namespace hansa {

/// All of them, sorted by name. An embedder may pass a longer list to validate() and compile().
[[nodiscard]] Catalogue standard_catalogue() noexcept;

}  // namespace hansa
