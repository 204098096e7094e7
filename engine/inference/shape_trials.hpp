/// Fits of the coefficients at trial values of the shapes, each made once.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "inference/shaped_designs.hpp"

namespace hansa {

struct ShapeTrial {
  double value = 0;            ///< the maximised log-likelihood; −inf: there are no estimates
  Eigen::VectorXd parameters;  ///< coefficients, and the logarithm of the standard deviation of an intercept
  std::string failure;
};

/// The log-likelihood at values of the shapes, on the scales of the search, maximised over all else. Const use, and
/// use from several threads, is safe; no result depends on `threads`.
class ShapeTrials {
 public:
  /// All outlive it.
  ShapeTrials(ShapedDesigns const& designs, std::vector<std::size_t> const& columns, EventHistoryOptions const& options,
              int threads);

  [[nodiscard]] std::vector<double> values(std::vector<Shapes> const& points) const;
  [[nodiscard]] ShapeTrial const& at(Shapes const& point) const;
  /// The design there, with the columns that are fitted.
  [[nodiscard]] Design design(Shapes const& point) const;

  [[nodiscard]] std::size_t count() const;
  [[nodiscard]] std::map<std::string, std::size_t> failures() const;

 private:
  [[nodiscard]] ShapeTrial tried(Shapes const& point) const;

  ShapedDesigns const& designs_;
  std::vector<std::size_t> const& columns_;
  EventHistoryOptions options_;
  int threads_;
  mutable std::mutex guard_;
  mutable std::map<Shapes, ShapeTrial> made_;
};

}  // namespace hansa
