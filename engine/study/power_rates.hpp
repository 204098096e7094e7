/// What a study of power says: power and errors of tests, smallest effects, and which hypothesis is chosen.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "study/power.hpp"

namespace hansa {

/// A share of histories. Without any all its numbers are NaN.
struct Rate {
  double found = 0;  ///< equals count half
  double of = 0;
  [[nodiscard]] double value() const noexcept;
  [[nodiscard]] double error() const noexcept;  ///< Monte Carlo standard error: √(r (1 − r) / n)
  [[nodiscard]] double lower() const noexcept;  ///< 95 % limits (Wilson 1927)
  [[nodiscard]] double upper() const noexcept;
};

/// How often one effect of a fitted hypothesis is found.
struct EffectRate {
  std::string mechanism;
  double size = 0;  ///< with which histories were simulated; 0: it was off
  Rate found;       ///< of histories with a test: p below alpha
  Rate positive;    ///< of the same: found with an estimate above 0, a claim of contagion
  double mean = 0;  ///< of the estimates; NaN: there are none
};

/// A hypothesis fitted to the histories of a cell.
struct FittedRates {
  std::size_t hypothesis = 0;
  bool holds = false;  ///< it has all that acted; never in a confounded world
  std::array<std::int64_t, static_cast<std::size_t>(FitEnd::count)> ends = {};  ///< histories by how the fit ended
  std::vector<EffectRate> effects;
  std::int64_t by_aic = 0, by_bic = 0;  ///< histories in which it has the lowest
};

struct CellRates {
  std::size_t cell = 0;
  std::int64_t histories = 0;  ///< that were simulated and did not fail
  double adoptions = 0;        ///< scored, on average
  std::vector<FittedRates> fitted;
  std::int64_t undecided = 0;  ///< histories in which some hypothesis has no estimates: none is chosen
};

/// Where a power is reached, among the sizes that were tried.
struct Reached {
  enum class Where { below, at, beyond };  ///< below the smallest, at `size`, beyond the largest
  Where where = Where::beyond;
  double size = 0;
};

/// The smallest effect that is found with the power asked for, of sizes of one sign.
struct DetectableEffect {
  std::size_t hypothesis = 0;
  std::string mechanism;
  Reached effect, lower, upper;  ///< and where the 95 % limits of the power reach it
};

/// Two hypotheses at one level.
struct ToldApart {
  std::size_t first = 0, second = 0;  ///< cells
  Rate right;  ///< of histories from either, alike: those in which the true one has the lower AIC
  double adoptions = 0;
  std::int64_t undecided = 0;  ///< histories in which one of the two has no estimates
};

struct FitRates {
  std::string name;
  std::optional<std::int64_t> observed;
  std::vector<CellRates> cells;
  std::vector<DetectableEffect> detectable;
  std::vector<ToldApart> told_apart;
};

inline constexpr double wanted_power = 0.8;

[[nodiscard]] std::vector<FitRates> rates_of(PowerStudy const& study, PowerSpec const& spec);

/// Where a curve of powers first reaches `power`: sizes ascending in size, rates made to rise with it by pooling those
/// that fall (Ayer et al. 1955), straight lines between them. Empty: beyond.
[[nodiscard]] Reached reached(std::vector<std::pair<double, double>> curve, double power);

}  // namespace hansa
