/// Shape parameters of a fit, and its rows as they are with other values of them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "inference/fit_scenario.hpp"
#include "inference/shape_search.hpp"
#include "scenario/shape_parameter.hpp"

namespace hansa {

/// One number that a fit estimates beside its coefficients: of one mechanism or network, or of the mechanisms of one
/// name in all policies that are pooled.
struct FittedShape {
  std::string name;                        ///< without policy and kind of the mechanism: `imitation.half_life`
  std::vector<ShapeParameter> parameters;  ///< that are set to it; not empty
  std::vector<std::string> mechanisms;     ///< of the policies that are fitted, whose covariates it changes
  bool logarithmic = false;                ///< whether it is searched in logarithms
  ShapeRange range;                        ///< on the scale of the search
  double least = 0, most = 0;              ///< that it can be

  [[nodiscard]] double searched(double value) const;  ///< from its own scale to that of the search
  [[nodiscard]] double value(double searched) const;  ///< and back; exact at the start and the ends of the range
  [[nodiscard]] Field const& field() const { return *parameters.front().field; }
};

/// The shapes of one fit of the question, sorted by path. Searched are factors of 1024 up and down from the written
/// value (8 of the distance within which cities observe each other), in logarithms; of a number that can be negative,
/// four times its size (of 0: 1) up and down; neither beyond what the parameter can be.
[[nodiscard]] std::vector<FittedShape> shapes_of(FitQuestion const& question, std::vector<PolicyId> const& policies);

/// Complains of choices that shapes of a fit do not go with.
void check_shapes(FitSpec const& spec, Complaints& complaints);

/// Whether worlds have to be built anew, for which a question needs the tables.
[[nodiscard]] bool needs_tables(FitSpec const& spec);

/// The question with these estimates in the place of what its scenario says.
[[nodiscard]] FitQuestion with_shapes(FitQuestion const& question, std::vector<ShapeEstimate> const& shapes);

/// Whether its scenario says so already.
[[nodiscard]] bool has_shapes(FitQuestion const& question, std::vector<ShapeEstimate> const& shapes);

/// The design of a fit with any values of its shapes. Only the mechanisms that change are compiled and replayed. The
/// question and the histories outlive it. Const use is thread safe.
class ShapedDesigns {
 public:
  ShapedDesigns(FitQuestion const& question, std::vector<PolicyId> const& policies,
                std::vector<ObservedHistory> const& histories, std::vector<FittedShape> shapes);

  [[nodiscard]] std::vector<FittedShape> const& shapes() const noexcept { return shapes_; }
  /// As the scenario is written.
  [[nodiscard]] ObservedDesign const& written() const noexcept { return written_; }
  /// `at`: on the scales of the search. Errors: what compiling complains of.
  [[nodiscard]] Design at(Shapes const& at) const;

 private:
  FitQuestion const& question_;
  std::vector<ObservedHistory> const& histories_;
  std::vector<FittedShape> shapes_;
  DesignOrder order_;
  Scenario reduced_;  // with the mechanisms that change
  bool rebuilds_ = false;
  ObservedDesign written_;
};

}  // namespace hansa
