/// Gram-Schmidt orthogonalisation of a design, with reorthogonalisation.
#include "inference/coordinates.hpp"

#include <array>
#include <cmath>

namespace hansa {

namespace {

constexpr double nothing_left = 1e-10;

/// Columns [begin, end) of a design, orthogonalised in place; r: their coordinates in the columns kept.
struct Orthogonalised {
  Eigen::MatrixXd v;  // rows × columns
  Eigen::MatrixXd r;  // upper triangle
  std::vector<std::size_t> kept;
  std::vector<Alias> aliased;
};

void subtract(double part, double const* __restrict from, double* __restrict to, std::size_t n) noexcept {
  for (std::size_t i = 0; i < n; ++i) to[i] -= part * from[i];
}

/// Which columns the aliased column k is made of: its coordinates, solved backwards for the columns themselves.
Alias name_alias(Orthogonalised const& done, Eigen::Index k, std::size_t offset, double norm,
                 Eigen::VectorXd const& norms) {
  Alias alias{offset + static_cast<std::size_t>(k), {}};
  Eigen::VectorXd part = done.r.col(k);
  for (std::size_t back = done.kept.size(); back-- > 0;) {
    auto const j = static_cast<Eigen::Index>(done.kept[back]);
    part[j] /= done.r(j, j);
    for (std::size_t other = 0; other < back; ++other) {
      auto const i = static_cast<Eigen::Index>(done.kept[other]);
      part[i] -= part[j] * done.r(i, j);
    }
  }
  for (std::size_t const j : done.kept) {
    auto const i = static_cast<Eigen::Index>(j);
    if (std::fabs(part[i]) * norms[i] > 1e-7 * norm) alias.of.push_back(offset + j);
  }
  return alias;
}

Orthogonalised orthogonalise(Eigen::MatrixXd const& x, std::size_t begin, std::size_t end) {
  auto const columns = static_cast<Eigen::Index>(end - begin);
  auto const n = static_cast<std::size_t>(x.rows());
  Orthogonalised done{
      x.middleCols(static_cast<Eigen::Index>(begin), columns), Eigen::MatrixXd::Zero(columns, columns), {}, {}};
  Eigen::VectorXd norms(columns);
  for (Eigen::Index k = 0; k < columns; ++k) {
    double* const v = done.v.col(k).data();
    double const norm = norms[k] = std::sqrt(dot(v, v, n));
    for (int pass = 0; pass < 2; ++pass) {
      for (std::size_t const j : done.kept) {
        auto const i = static_cast<Eigen::Index>(j);
        double const* const u = done.v.col(i).data();
        double const part = dot(u, v, n) / static_cast<double>(n);
        done.r(i, k) += part;
        subtract(part, u, v, n);
      }
    }
    double const left = std::sqrt(dot(v, v, n));
    if (!(left > nothing_left * norm)) {
      done.aliased.push_back(name_alias(done, k, begin, norm, norms));
      continue;
    }
    double const root = left / std::sqrt(static_cast<double>(n));
    done.r(k, k) = root;
    for (std::size_t i = 0; i < n; ++i) v[i] /= root;
    done.kept.push_back(static_cast<std::size_t>(k));
  }
  return done;
}

}  // namespace

double dot(double const* x, double const* y, std::size_t n) noexcept {
  constexpr std::size_t lanes = 8;
  std::array<double, lanes> sums{};
  std::size_t i = 0;
  for (; i + lanes <= n; i += lanes)
    for (std::size_t k = 0; k < lanes; ++k) sums[k] += x[i + k] * y[i + k];
  for (std::size_t k = 0; i < n; ++i, ++k) sums[k] += x[i] * y[i];
  return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
}

std::size_t log_linear_columns(Design const& design, FitLink link) noexcept {
  return link == FitLink::additive ? design.log_linear : design.columns();
}

Coordinates orthonormal(Design const& design, FitLink link) {
  std::size_t const columns = design.columns();
  std::size_t const a = log_linear_columns(design, link);
  auto const split = static_cast<Eigen::Index>(a);
  auto const rest = static_cast<Eigen::Index>(columns) - split;
  Coordinates made;
  Orthogonalised const first = orthogonalise(design.x, 0, a);
  made.aliased = first.aliased;
  if (rest > 0) {
    Orthogonalised const second = orthogonalise(design.x, a, columns);
    made.aliased.insert(made.aliased.end(), second.aliased.begin(), second.aliased.end());
  }
  if (!made.aliased.empty()) return made;
  made.transform = Eigen::MatrixXd::Zero(design.x.cols(), design.x.cols());
  Eigen::MatrixXd inverse = Eigen::MatrixXd::Identity(split, split);
  first.r.triangularView<Eigen::Upper>().solveInPlace(inverse);
  made.transform.topLeftCorner(split, split) = inverse;
  made.q.resize(design.x.rows(), design.x.cols());
  made.q.leftCols(split) = first.v;
  for (Eigen::Index k = split; k < design.x.cols(); ++k) {
    double const* const v = design.x.col(k).data();
    double const scale = std::sqrt(dot(v, v, design.rows()) / static_cast<double>(design.rows()));
    made.transform(k, k) = 1 / scale;
    made.q.col(k) = design.x.col(k) / scale;
  }
  return made;
}

}  // namespace hansa
