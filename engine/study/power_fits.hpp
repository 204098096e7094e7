/// What a study of power keeps of a history: of every hypothesis fitted to it criteria, tests and estimates, as
/// numbers.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "inference/fit_scenario.hpp"
#include "scenario/power_spec.hpp"

namespace hansa {

/// How a fit ended, as a number of a row.
enum class FitEnd { estimated, separation, rank, other, count };

/// Where the numbers of one hypothesis stand in a row: how its fit ended, AIC and BIC, then p and estimate of each of
/// its effects. What there is not is NaN.
struct HypothesisLayout {
  std::vector<std::string> effects;  ///< mechanisms that the fitted policies have, in the hypothesis' order
  std::size_t at = 0;
  [[nodiscard]] std::size_t end() const noexcept { return at; }
  [[nodiscard]] std::size_t aic() const noexcept { return at + 1; }
  [[nodiscard]] std::size_t bic() const noexcept { return at + 2; }
  [[nodiscard]] std::size_t p(std::size_t effect) const noexcept { return at + 3 + 2 * effect; }
  [[nodiscard]] std::size_t estimate(std::size_t effect) const noexcept { return at + 4 + 2 * effect; }
};

/// Of one fit of the question: adoptions that are scored, then its hypotheses.
struct FitLayout {
  std::string name;
  std::vector<PolicyId> policies;
  std::vector<std::string> names;  ///< of these
  std::size_t at = 0;              ///< of the number of adoptions
  std::vector<HypothesisLayout> hypotheses;
};

/// Fits all hypotheses to histories. Const use is thread safe.
class PowerFits {
 public:
  /// `question`, which outlives it, was posed of simulated histories.
  PowerFits(FitQuestion const& question, std::vector<Hypothesis> const& hypotheses, PowerTest test);

  [[nodiscard]] std::vector<FitLayout> const& layout() const noexcept { return layout_; }
  [[nodiscard]] std::size_t width() const noexcept { return width_; }
  /// Fills `width` numbers. histories[p] is of policy p. Rows are made once, and fits that several tests need are made
  /// once.
  void fill(std::vector<ObservedHistory> const& histories, std::span<double> row) const;

 private:
  FitQuestion const& question_;
  PowerTest test_;
  std::vector<FitLayout> layout_;
  std::size_t width_ = 0;
};

/// Complains of what a study of power does not fit: policies that compete, shapes.
void check_power_fits(FitQuestion const& question, Complaints& complaints);

/// How many adoptions a fit scores: of covered cities, in its steps.
[[nodiscard]] std::size_t scored_adoptions(DesignOrder const& order, ObservedHistory const& history);

}  // namespace hansa
