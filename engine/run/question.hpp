/// A checked scenario with its world, compiled: all that a run needs.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "model/catalogue.hpp"
#include "model/model.hpp"
#include "record/recorder.hpp"
#include "run/drawn_models.hpp"
#include "scenario/draft.hpp"
#include "scenario/scenario.hpp"
#include "world/world.hpp"

namespace hansa {

/// Movable; the world and the scenario keep their addresses. Const use is thread safe.
struct Question {
  ScenarioDraft draft;  ///< as written, merged with its bases, with all settings applied
  std::unique_ptr<Scenario const> scenario;
  std::unique_ptr<World const> world;
  Model model;
  RecordPlan plan;
  std::map<std::string, std::string> digests;  ///< every input file as given -> SHA-256
  std::vector<std::filesystem::path> inputs;   ///< the same files as they were opened
  std::vector<Complaint> warnings;             ///< odd, but not wrong
  std::shared_ptr<DrawnModels const> drawn;    ///< parameters drawn for each replicate; null: none are
  std::filesystem::path from;                  ///< the file of estimates that it was read with; empty: none
  Catalogue mechanisms;                        ///< that its model was compiled with
};

}  // namespace hansa
