/// Scores summed over clusters, between two slices of bread.
#include "inference/covariance.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <map>
#include <utility>

#include "inference/newton.hpp"

namespace hansa {

namespace {

using Code = std::pair<std::int64_t, std::int64_t>;

struct Meat {
  Eigen::MatrixXd sum;  // with factor G/(G−1)
  std::size_t clusters = 0;
};

Meat meat_of(RowMatrix const& scores, std::vector<Code> const& codes) {
  std::map<Code, Eigen::VectorXd> totals;
  for (Eigen::Index i = 0; i < scores.rows(); ++i) {
    auto const [place, is_new] = totals.try_emplace(codes[static_cast<std::size_t>(i)]);
    if (is_new) place->second = Eigen::VectorXd::Zero(scores.cols());
    place->second += scores.row(i).transpose();
  }
  RowMatrix sum = RowMatrix::Zero(scores.cols(), scores.cols());
  for (auto const& [code, total] : totals)
    add_outer(1, total.data(), static_cast<std::size_t>(total.size()), sum.data());
  mirror(sum);
  auto const count = static_cast<double>(totals.size());
  if (totals.size() > 1) sum *= count / (count - 1);
  return {sum, totals.size()};
}

std::vector<Code> pair_up(std::vector<std::int64_t> const& first, std::vector<std::int64_t> const& second) {
  std::vector<Code> codes(first.size());
  for (std::size_t i = 0; i < first.size(); ++i) codes[i] = {first[i], second.empty() ? 0 : second[i]};
  return codes;
}

Eigen::MatrixXd sandwich(Eigen::MatrixXd const& bread, Eigen::MatrixXd const& meat) {
  Eigen::MatrixXd const made = bread * meat * bread.transpose();
  return 0.5 * (made + made.transpose());
}

using Solver = Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>;

/// Whether some linear function has a negative variance, beyond rounding: in units in which `scale`, variances, are 1.
bool is_indefinite(Eigen::MatrixXd const& covariance, Eigen::VectorXd const& scale) {
  Eigen::MatrixXd scaled = covariance;
  for (Eigen::Index i = 0; i < scaled.rows(); ++i) {
    for (Eigen::Index j = 0; j < scaled.cols(); ++j) {
      double const unit = __builtin_sqrt(scale[i]) * __builtin_sqrt(scale[j]);
      scaled(i, j) = unit > 0 ? scaled(i, j) / unit : 0;  // on a bound there is no variance of either sign
    }
  }
  constexpr double rounding = 1e-10;
  return Solver(scaled, Eigen::EigenvaluesOnly).eigenvalues().minCoeff() < -rounding;
}

Eigen::MatrixXd without_negative_eigenvalues(Eigen::MatrixXd const& covariance) {
  Solver const solver(covariance);
  Eigen::MatrixXd const made =
      solver.eigenvectors() * solver.eigenvalues().cwiseMax(0).asDiagonal() * solver.eigenvectors().transpose();
  return 0.5 * (made + made.transpose());
}

}  // namespace

std::string mended_words() {
  return "the covariance of the two-way clustered errors had negative eigenvalues, which are set to 0 (Cameron, "
         "Gelbach "
         "& Miller 2011)";
}

Clustered clustered_covariance(RowMatrix const& scores, Eigen::MatrixXd const& bread,
                               std::vector<std::vector<std::int64_t>> const& groups) {
  Clustered made;
  Meat const first = meat_of(scores, pair_up(groups[0], {}));
  made.clusters = first.clusters;
  if (first.clusters < 2) return made;
  if (groups.size() == 1) {
    made.covariance = sandwich(bread, first.sum);
    return made;
  }
  Meat const second = meat_of(scores, pair_up(groups[1], {}));
  made.second = second.clusters;
  if (second.clusters < 2) return made;
  Meat const both = meat_of(scores, pair_up(groups[0], groups[1]));
  Eigen::MatrixXd const all = sandwich(bread, first.sum + second.sum + both.sum);
  made.covariance = sandwich(bread, first.sum + second.sum - both.sum);
  made.mended = is_indefinite(made.covariance, all.diagonal());
  if (made.mended) made.covariance = without_negative_eigenvalues(made.covariance);
  return made;
}

std::int64_t cluster_code(Design const& design, std::size_t row, ErrorCluster kind) noexcept {
  auto const city = static_cast<std::int64_t>(design.city[row]);
  if (kind == ErrorCluster::city) return city;
  if (kind == ErrorCluster::period) return design.period[row];
  if (kind == ErrorCluster::leader) return static_cast<std::int64_t>(design.leader[row]);
  return design.country[row] >= 0 ? design.country[row] : -1 - city;
}

Eigen::MatrixXd heteroskedastic_covariance(RowMatrix const& scores, Eigen::MatrixXd const& bread,
                                           HeteroskedasticFactor factor) {
  RowMatrix sum = RowMatrix::Zero(scores.cols(), scores.cols());
  for (Eigen::Index i = 0; i < scores.rows(); ++i)
    add_outer(1, scores.row(i).data(), static_cast<std::size_t>(scores.cols()), sum.data());
  mirror(sum);
  auto const n = static_cast<double>(scores.rows()), k = static_cast<double>(scores.cols());
  return (factor == HeteroskedasticFactor::hc1 ? n / (n - k) : 1) * sandwich(bread, sum);
}

Eigen::MatrixXd heteroskedastic_covariance(Design const& design, EventHistoryFit const& fit,
                                           HeteroskedasticFactor factor) {
  if (!fit.estimated() || fit.city_sd) return {};
  Coordinates coordinates = orthonormal(design, fit.link);
  Sample const sample = make_sample(design, fit.link, std::move(coordinates.q));
  Eigen::VectorXd const b = coordinates.transform.triangularView<Eigen::Upper>().solve(fit.coefficients);
  Evaluation const there = evaluate(sample, b);
  std::vector<Eigen::Index> free;
  for (std::size_t k = 0; k < design.columns(); ++k)
    if (std::find(fit.boundary.begin(), fit.boundary.end(), k) == fit.boundary.end())
      free.push_back(static_cast<Eigen::Index>(k));
  Eigen::MatrixXd bread = Eigen::MatrixXd::Zero(b.size(), b.size());
  bread(free, free) =
      inverse_of((fit.information == Information::expected ? there.expected : there.observed)(free, free));
  return heteroskedastic_covariance(unit_scores(sample, b), coordinates.transform * bread, factor);
}

}  // namespace hansa
