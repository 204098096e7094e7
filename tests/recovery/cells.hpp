/// What is simulated in the recovery study: bundled cities and networks with policies of known coefficients.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hansa.hpp"

namespace hansa::test {

/// Whether the tested mechanism does anything.
enum class Contagion { at_work, none };

/// Whether cities differ by more than is observed. With `city`, four policies share each city's intercept, so that
/// cities decide more than once; with `city_once` there is one policy, as with `none`.
enum class Frailty { none, city, city_once };

/// A design of the study. The baseline is chosen such that as many cities adopt as wanted.
struct Cell {
  int events;
  int terms;
  Frailty frailty;
  double baseline;              ///< with contagion at work
  double baseline_without = 0;  ///< and without; cells of six terms test one that is 0 beside others
  std::int64_t histories = 2000;
  [[nodiscard]] std::string name() const;
  /// With a baseline per policy.
  [[nodiscard]] int coefficients() const noexcept { return (frailty == Frailty::city ? 4 : 1) + terms; }
  /// Ten events per coefficient (Peduzzi et al. 1996).
  [[nodiscard]] bool enough() const noexcept { return events >= 10 * coefficients(); }
};

[[nodiscard]] std::vector<Cell> cells();

/// The name of the bundled scenario whose cities and networks the cell has.
[[nodiscard]] std::string_view scenario_of(Cell const& cell) noexcept;

/// The coefficient of which type-I error is told: exposure to neighbours alone, or the term that is 0 among six.
[[nodiscard]] std::string_view tested_term(Cell const& cell) noexcept;

[[nodiscard]] std::vector<std::string> settings_of(Cell const& cell, Contagion contagion);
[[nodiscard]] Question question_of(Cell const& cell, Contagion contagion);

}  // namespace hansa::test
