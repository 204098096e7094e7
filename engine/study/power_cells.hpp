/// Where the histories of a study of power come from: hypotheses at each level of their effects, and confounded worlds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "inference/histories.hpp"
#include "run/question.hpp"
#include "run/replicate.hpp"

namespace hansa {

/// One source of histories.
struct PowerCell {
  enum class From { hypothesis, world };
  From from = From::hypothesis;
  std::size_t index = 0;      ///< of studied_hypotheses(), or of the section's worlds
  std::size_t level = 0;      ///< of the sizes
  std::string name;           ///< its draws depend on it and on nothing else of the study
  std::vector<double> sizes;  ///< per effect of the section: the strength that it has; 0: it does not act
  double strength = 0;        ///< of a world
};

/// The hypotheses of `fit` that the section `power` names, or all; sorted by name.
[[nodiscard]] std::vector<Hypothesis> studied_hypotheses(Scenario const& scenario);

/// Hypotheses at their levels (one without effects has one), then worlds at theirs.
[[nodiscard]] std::vector<PowerCell> cells_of(Scenario const& scenario);

/// Complains of what cells cannot be made of: networks and collaborations that are not there, mechanisms that are
/// needed.
void check_cells(Question const& question, Complaints& complaints);

/// A trait of mean 0 and standard deviation 1 over cities, alike along the ties of a network: u = ρ W u + z, z standard
/// normal by city, W the mean over the cities that are tied in either direction, by the weights of the ties (a
/// simultaneous autoregression: Ord 1975), ties of all times alike. One seed is one draw. 0 <= ρ < 1.
[[nodiscard]] std::vector<double> trait_along(NetworkLayer const& layer, std::span<std::uint64_t const> cities,
                                              double correlation, std::uint64_t seed, std::int64_t draw);

/// Histories of one cell. One per thread; the question outlives it.
class CellSimulator {
 public:
  CellSimulator(Question const& question, PowerCell const& cell, Lanes lanes);
  CellSimulator(CellSimulator const&) = delete;
  CellSimulator& operator=(CellSimulator const&) = delete;

  /// Adds to the baseline of a policy, of all histories to come.
  void shift_baseline(PolicyId policy, double by);
  /// History number `history` >= 0, one for each policy, with the coverage of the data. Throws what a run throws.
  [[nodiscard]] std::vector<ObservedHistory> run(std::int64_t history);

 private:
  void prepare(std::int64_t history);
  void add_to_attributes(std::vector<double> const& by_city);

  Question const& question_;
  WorldSpec const* world_ = nullptr;
  double strength_ = 0;
  Lanes lanes_;
  Model model_;
  /// What the attributes of a policy make without a trait.
  struct Given {
    std::vector<double> attributes;
    std::vector<AttributeStep> later;
  };
  std::vector<Given> given_;
  RecordPlan plan_;
  std::optional<Replicate> replicate_;
};

}  // namespace hansa
