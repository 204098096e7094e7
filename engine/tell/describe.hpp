/// A scenario as a model description after the ODD protocol (Grimm et al. 2020), in words and formulas.
#pragma once

#include <map>
#include <span>
#include <string>

#include "base/schema.hpp"
#include "model/model.hpp"
#include "scenario/draft.hpp"
#include "scenario/scenario.hpp"
#include "world/world.hpp"

namespace hansa {

/// What is described; all of it outlives the call.
struct Described {
  Node const& root;  ///< as written, with settings applied
  Scenario const& scenario;
  World const& world;
  Model const& model;
  std::span<Schema const* const> mechanisms;          ///< the catalogue that it was compiled with
  std::map<std::string, std::string> const& digests;  ///< input files as given -> SHA-256
};

/// Markdown, the same for the same scenario, data and version. Purpose, patterns and sources are the author's own
/// words; what the author does not say is said to be "not stated by the author".
[[nodiscard]] std::string description(Described const& what);

}  // namespace hansa
