/// The model of each point of a sweep: its scenario with what the point sets, compiled in a world that is built once
/// for all points that share it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "io/sweep_manifest.hpp"
#include "measures/run_measures.hpp"
#include "run/drawn_models.hpp"
#include "run/question.hpp"
#include "scenario/tables.hpp"

namespace hansa {

/// A world with what is measured in it.
struct PointWorld {
  std::shared_ptr<World const> world;
  std::unique_ptr<RunMeasures> measures;
};

/// What the runs of a point need. Copied or moved, it keeps the world.
struct PointModel {
  std::shared_ptr<PointWorld const> place;
  Model model;
  std::shared_ptr<DrawnModels const> drawn;  ///< a model for each replicate instead; null: one for all
};

/// What the points of a sweep are made from. References outlive all use.
struct SweptQuestions {
  std::vector<Question> const& questions;  ///< one a scenario of the table, as read without what points set
  PointTable const& points;
  std::vector<std::string> const& seeds;  ///< per point; empty: the scenario's
  std::vector<MeasureSpec> const& measures;
  MeasureLayout const& layout;
};

/// The worlds of a sweep, by what they are built from. Thread safe.
class PointWorlds {
 public:
  /// `memory`: bytes that worlds which are not in use may keep, about.
  explicit PointWorlds(SweptQuestions const& swept, std::size_t memory = std::size_t{1} << 30);
  ~PointWorlds();
  PointWorlds(PointWorlds const&) = delete;
  PointWorlds& operator=(PointWorlds const&) = delete;

  [[nodiscard]] SweptQuestions const& swept() const noexcept { return swept_; }
  /// Points with the same text share a world.
  [[nodiscard]] std::string key_of(std::size_t point) const;
  /// The world of a point whose checked scenario is given. Error: what building a world complains of.
  [[nodiscard]] std::shared_ptr<PointWorld const> of(std::size_t point, Scenario const& scenario);
  [[nodiscard]] std::size_t built() const;  ///< worlds that were built, again or for the first time

 private:
  struct Entry;
  [[nodiscard]] std::shared_ptr<PointWorld const> build(std::size_t point, Scenario const& scenario);
  void make_room();

  SweptQuestions swept_;
  std::size_t memory_;
  std::vector<std::vector<std::uint8_t>> shapes_world_;  ///< per scenario and column: 1 if worlds depend on it
  std::vector<std::uint8_t> seeded_;                     ///< per scenario: 1 if its world depends on the seed
  mutable std::mutex mutex_;
  std::mutex reading_;
  Tables tables_;
  std::map<std::string, std::shared_ptr<Entry>> entries_;
  std::size_t bytes_ = 0;  ///< of all entries
  std::uint64_t asked_ = 0;
  std::size_t built_ = 0;
};

/// Compiles points, one after the other. One per thread.
class PointCompiler {
 public:
  explicit PointCompiler(PointWorlds& worlds);
  /// Error (Fault::input): what reading, building and compiling complain of; places lead to the scenario, or to the
  /// setting of the point.
  [[nodiscard]] PointModel compile(std::size_t point);

 private:
  PointWorlds& worlds_;
  std::vector<ScenarioDraft> drafts_;  ///< one a scenario: what one point sets, the next sets too
};

}  // namespace hansa
