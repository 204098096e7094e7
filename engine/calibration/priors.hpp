/// Priors on a scale on which every one is standard normal, and which of them act under which hypothesis.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "scenario/calibrate_spec.hpp"
#include "scenario/scenario.hpp"

namespace hansa {

/// K parameters, H >= 1 hypotheses. A parameter is Q(Φ(z)), Q the quantile function of its prior, so that kernels and
/// weights are of normal numbers whatever the laws are; of a law of whole or of listed numbers z picks one of them.
class Priors {
 public:
  Priors(CalibrateSpec const& spec, Scenario const& scenario);

  [[nodiscard]] std::size_t size() const noexcept { return laws_.size(); }
  [[nodiscard]] std::size_t hypotheses() const noexcept { return acts_.size(); }
  [[nodiscard]] std::string const& path(std::size_t k) const { return paths_[k]; }
  [[nodiscard]] std::vector<std::string> const& paths() const noexcept { return paths_; }
  /// Empty where the scenario has no hypotheses.
  [[nodiscard]] std::vector<std::string> const& names() const noexcept { return names_; }
  /// Parameters that act under a hypothesis, ascending.
  [[nodiscard]] std::vector<std::size_t> const& acting(std::size_t hypothesis) const { return acts_[hypothesis]; }
  /// Paths of the strengths that are 0 under a hypothesis.
  [[nodiscard]] std::vector<std::string> const& left_out(std::size_t hypothesis) const { return left_out_[hypothesis]; }
  /// The parameter's own number.
  [[nodiscard]] double value(std::size_t k, double z) const;

 private:
  std::vector<std::string> paths_, names_;
  std::vector<Distribution> laws_;
  std::vector<std::vector<double>> listed_;  ///< per parameter: the numbers of a law `values`
  std::vector<std::vector<std::size_t>> acts_;
  std::vector<std::vector<std::string>> left_out_;
};

/// What is tried: a hypothesis, and z of all K parameters; of those that do not act 0.
struct Proposal {
  std::int32_t hypothesis = 0;
  std::vector<double> z;
};

}  // namespace hansa
