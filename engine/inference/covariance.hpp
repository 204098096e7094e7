/// Sandwich covariances of estimates: heteroskedastic, and clustered one or two ways.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "inference/event_history.hpp"
#include "inference/likelihood.hpp"

namespace hansa {

struct Clustered {
  Eigen::MatrixXd covariance;
  std::size_t clusters = 0;  ///< of the first kind
  std::size_t second = 0;    ///< of the second, if there is one
  bool mended = false;       ///< a two-way covariance had negative eigenvalues, beyond rounding: they were set to 0
};

/// What a reader of the errors must know where they are mended.
[[nodiscard]] std::string mended_words();

/// bread · Σ_g s_g s_gᵀ · breadᵀ · G/(G−1), s_g the sum of a cluster's scores (Liang & Zeger 1986); of two kinds the
/// sum of both less that of their intersection, each with its own factor and its negative eigenvalues set to 0
/// (Cameron, Gelbach & Miller 2011). `groups`: one or two lists with a code per row of `scores`. Scores may be in other
/// coordinates than the covariance: the bread, the inverse of the information, takes from the ones to the others. Empty
/// where a kind has fewer than two clusters.
[[nodiscard]] Clustered clustered_covariance(RowMatrix const& scores, Eigen::MatrixXd const& bread,
                                             std::vector<std::vector<std::int64_t>> const& groups);

/// The cluster of a row. A city of unknown country is a cluster of its own.
[[nodiscard]] std::int64_t cluster_code(Design const& design, std::size_t row, ErrorCluster kind) noexcept;

enum class HeteroskedasticFactor { hc0, hc1 };  ///< 1 (White 1980), n/(n−k) (MacKinnon & White 1985)

/// bread · Σ_i s_i s_iᵀ · breadᵀ over rows (a spell is one), with factor.
[[nodiscard]] Eigen::MatrixXd heteroskedastic_covariance(RowMatrix const& scores, Eigen::MatrixXd const& bread,
                                                         HeteroskedasticFactor factor);
/// The same for a fit without city intercept. Empty where nothing was estimated.
[[nodiscard]] Eigen::MatrixXd heteroskedastic_covariance(Design const& design, EventHistoryFit const& fit,
                                                         HeteroskedasticFactor factor);

}  // namespace hansa
