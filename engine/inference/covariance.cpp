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

}  // namespace

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
  if (second.clusters < 2) return made;
  Meat const both = meat_of(scores, pair_up(groups[0], groups[1]));
  made.covariance = sandwich(bread, first.sum + second.sum - both.sum);
  // A coordinate without information has no variance of either sign.
  if (made.covariance.diagonal().minCoeff() < 0) {
    Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> const solver(made.covariance);
    made.covariance =
        solver.eigenvectors() * solver.eigenvalues().cwiseMax(0).asDiagonal() * solver.eigenvectors().transpose();
    made.mended = true;
  }
  return made;
}

std::int64_t cluster_code(Design const& design, std::size_t row, ErrorCluster kind) noexcept {
  auto const city = static_cast<std::int64_t>(design.city[row]);
  if (kind == ErrorCluster::city) return city;
  if (kind == ErrorCluster::period) return design.period[row];
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
