/// A question put in memory: the text of a scenario and of its data files, taken the whole way to a compiled model.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/model.hpp"
#include "record/history.hpp"
#include "record/recorder.hpp"
#include "run/replicate.hpp"
#include "scenario/draft.hpp"
#include "scenario/scenario.hpp"
#include "scenario/tables.hpp"
#include "world/world.hpp"

namespace hansa::test {

/// A scenario and its CSV files by the names that the scenario uses.
struct Texts {
  std::string yaml;
  std::map<std::string, std::string> files;
};

/// Scenario, world and model of one set of texts; neither copied nor moved, since they point to one another.
struct Question {
  Scenario scenario;
  Tables tables;
  World world;
  std::optional<World> given;  ///< what the data alone say, where interventions change collaborations or networks
  Model model;
  RecordPlan plan;
  std::vector<Complaint> warnings;

  Question() = default;
  [[nodiscard]] World const& data() const noexcept { return given ? *given : world; }
  Question(Question const&) = delete;
  Question& operator=(Question const&) = delete;
};

/// Parses, validates, builds and compiles. `settings` are lines `path=value`, as after `--set`. Throws Error with all
/// mistakes.
/// `edit`, if given, may change the draft before it is validated.
[[nodiscard]] std::unique_ptr<Question> ask(Texts const& texts, std::vector<std::string> const& settings = {},
                                            std::function<void(ScenarioDraft&)> const& edit = {});

/// Runs one replicate.
[[nodiscard]] History run_one(Question const& question, std::int64_t replicate, Lanes lanes);

/// Runs replicates first … first + count - 1 on `threads` threads.
[[nodiscard]] std::vector<History> run_many(Question const& question, std::int64_t first, std::int64_t count,
                                            int threads, Lanes lanes);

/// Label of the first adoption of `policy` by city id.
[[nodiscard]] std::map<std::string, std::int32_t> adoption_times(Question const& question, History const& history,
                                                                 std::string const& policy);

}  // namespace hansa::test
