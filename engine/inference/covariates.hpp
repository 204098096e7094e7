/// The linear predictor of a policy taken apart: one covariate for each coefficient that a fit estimates.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "inference/attribute_series.hpp"
#include "model/model.hpp"
#include "run/replay.hpp"
#include "scenario/scenario.hpp"
#include "world/world.hpp"

namespace hansa {

/// What a coefficient is of. `slope`: a number of cities; `level`: a value of a text; `period`, `country`: one of them;
/// `strength`: a mechanism; `strength_by`: a mechanism times an attribute.
enum class CoefficientKind { baseline, slope, level, trend, period, country, strength, strength_by };

/// What a coefficient is called, what its estimate replaces in the scenario (a path of --set), what the scenario says
/// it is, and the mechanism and attribute that it belongs to (or empty).
struct CovariateName {
  std::string name;
  std::string path;
  double value = 0;
  std::string mechanism;
  CoefficientKind kind = CoefficientKind::baseline;
  std::string attribute = {};  ///< of kinds slope, level, strength_by
};

/// Names: `baseline`, attributes (ATTRIBUTE_VALUE for values of a text), trend_1 … (period_LABEL for periods),
/// mechanisms, and MECHANISM_by_ATTRIBUTE where attributes change a strength. In this order, so that what makes up
/// e^(xβ) under rule additive comes first.
class Covariates {
 public:
  /// `scenario`, `world` and `model`, which belong together, outlive it. `from`: the first step whose decisions are
  /// asked for; mechanisms have the parameters of that step.
  Covariates(Scenario const& scenario, World const& world, Model const& model, PolicyId policy, std::int32_t from = 1);

  [[nodiscard]] std::vector<CovariateName> const& names() const noexcept { return names_; }
  /// The number of those that are not mechanisms'.
  [[nodiscard]] std::size_t log_linear() const noexcept { return log_linear_; }

  /// Values in the decisions of `step`, which the replay is visiting: names × cities, one covariate after the other.
  /// `first_adoption`: the label of the first adoption anywhere before that step, if there was one.
  void fill(std::int32_t step, std::optional<std::int32_t> first_adoption, std::span<Index const> cities,
            Replay const& replay, std::vector<double>& values);

 private:
  enum class Kind { one, attribute, level, trend, log_time, term };
  struct Part {
    Kind kind;
    std::size_t which = 0;      // series, trend or term
    double level = 0;           // code of a value
    std::size_t series = none;  // what a term is multiplied by
  };
  static constexpr std::size_t none = ~std::size_t{0};

  void add(CovariateName name, Part part);
  void add_attributes(PolicySpec const& spec, std::string const& root);
  void add_trend(Trend const& trend, std::string const& root);
  void add_mechanisms(PolicySpec const& spec, std::string const& root, std::int32_t from);
  std::size_t series_of(std::string const& attribute);
  void fill_term(Part const& part, std::int32_t step, std::span<Index const> cities, Replay const& replay, double* out);

  World const& world_;
  Model const& model_;
  PolicyId policy_;
  std::vector<CovariateName> names_;
  std::vector<Part> parts_;
  std::vector<std::string> attributes_;  // of series_
  std::vector<AttributeSeries> series_;
  std::vector<std::vector<double>> trends_;  // per step
  std::size_t log_linear_ = 0;
};

}  // namespace hansa
