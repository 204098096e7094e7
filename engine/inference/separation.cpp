/// Certificates and directions of separation.
#include "inference/separation.hpp"

#include <Eigen/QR>
#include <algorithm>
#include <cmath>

#include "inference/newton.hpp"

namespace hansa {

namespace {

constexpr double vanishes = 1e-12;    // of a mean of unit vectors
constexpr double violated = 1e-10;    // relative to the length of δ
constexpr double is_strictly = 1e-7;  // likewise

/// The row of a unit that stands for it: of a spell, the likeliest.
std::size_t likeliest(Sample const& sample, std::vector<double> const& eta, std::size_t unit) {
  std::size_t best = sample.begin[unit];
  for (std::size_t r = best; r < sample.begin[unit + 1]; ++r)
    if (eta[r] > eta[best]) best = r;
  return best;
}

/// ±q of each unit, of length 1; rows of zeros stay.
RowMatrix signed_rows(Sample const& sample, std::vector<double> const& eta) {
  RowMatrix a(static_cast<Eigen::Index>(sample.units()), sample.q.cols());
  for (std::size_t u = 0; u < sample.units(); ++u) {
    auto const to = static_cast<Eigen::Index>(u);
    a.row(to) = sample.q.row(static_cast<Eigen::Index>(likeliest(sample, eta, u)));
    double const length = std::sqrt(a.row(to).squaredNorm());
    if (length > 0) a.row(to) *= (sample.event[u] != 0 ? 1 : -1) / length;
  }
  return a;
}

/// The coefficients z of the rows `active` that bring c + Σ z a nearest to 0.
Eigen::VectorXd nearest(RowMatrix const& a, std::vector<Eigen::Index> const& active, Eigen::VectorXd const& c) {
  Eigen::MatrixXd columns(a.cols(), static_cast<Eigen::Index>(active.size()));
  for (std::size_t k = 0; k < active.size(); ++k)
    columns.col(static_cast<Eigen::Index>(k)) = a.row(active[k]).transpose();
  return columns.colPivHouseholderQr().solve(-c);
}

/// Solves for the active rows; those whose coefficients would be negative leave. z: the coefficients.
void settle(RowMatrix const& a, Eigen::VectorXd const& c, std::vector<Eigen::Index>& active, std::vector<double>& z) {
  while (!active.empty()) {
    Eigen::VectorXd const next = nearest(a, active, c);
    double step = 1, scale = 0;
    for (std::size_t k = 0; k < z.size(); ++k) {
      double const to = next[static_cast<Eigen::Index>(k)];
      if (to <= 0) step = std::min(step, z[k] > 0 ? z[k] / (z[k] - to) : 0);
      scale = std::max({scale, z[k], to});
    }
    for (std::size_t k = 0; k < z.size(); ++k) z[k] += step * (next[static_cast<Eigen::Index>(k)] - z[k]);
    if (step >= 1) return;
    for (std::size_t k = z.size(); k-- > 0;) {
      if (next[static_cast<Eigen::Index>(k)] > 0 || z[k] > 1e-15 * scale) continue;
      z.erase(z.begin() + static_cast<std::ptrdiff_t>(k));
      active.erase(active.begin() + static_cast<std::ptrdiff_t>(k));
    }
  }
}

}  // namespace

Eigen::VectorXd project_on_cone(RowMatrix const& a, std::vector<std::uint8_t> const& aim) {
  Eigen::VectorXd c = Eigen::VectorXd::Zero(a.cols());
  for (Eigen::Index i = 0; i < a.rows(); ++i)
    if (aim[static_cast<std::size_t>(i)] != 0) c += a.row(i).transpose();
  c /= static_cast<double>(a.rows());
  Eigen::VectorXd delta = c;
  std::vector<Eigen::Index> active;
  std::vector<double> z;
  for (Eigen::Index steps = 0; steps < 1000 + 100 * a.cols(); ++steps) {
    double const length = delta.norm();
    if (length < vanishes) return Eigen::VectorXd::Zero(a.cols());
    Eigen::Index worst = 0;
    double least = 0;
    for (Eigen::Index i = 0; i < a.rows(); ++i) {
      double const along = a.row(i).dot(delta);
      if (along < least) {
        least = along;
        worst = i;
      }
    }
    if (least >= -violated * length) return delta;
    active.push_back(worst);
    z.push_back(0);
    settle(a, c, active, z);
    delta = c;
    for (std::size_t k = 0; k < active.size(); ++k) delta += z[k] * a.row(active[k]).transpose();
    // Each step brings δ nearer to 0; where rounding stops that, the constraints left are met as far as they can be.
    if (!(delta.norm() < length)) return least < -is_strictly * length ? Eigen::VectorXd::Zero(a.cols()) : delta;
  }
  return Eigen::VectorXd::Zero(a.cols());
}

bool overlap_is_certain(Sample const& sample, Eigen::VectorXd const& b) {
  RowMatrix const scores = unit_scores(sample, b);
  auto const n = sample.q.cols();
  // Each unit's score is λ a with λ > 0. λ (1 − a·v) are weights that add up to exactly 0 if Σ λ a aᵀ v = Σ λ a.
  Eigen::VectorXd sum = Eigen::VectorXd::Zero(n);
  RowMatrix weights = RowMatrix::Zero(n, n);
  double length = 0;
  for (Eigen::Index u = 0; u < scores.rows(); ++u) {
    double const norm = std::sqrt(scores.row(u).squaredNorm());
    if (!(norm > 0)) {
      if (sample.q.row(static_cast<Eigen::Index>(sample.begin[static_cast<std::size_t>(u)])).isZero(0)) continue;
      return false;
    }
    sum += scores.row(u).transpose();
    length += norm;
    add_outer(1 / norm, scores.row(u).data(), sample.width(), weights.data());
  }
  mirror(weights);
  Eigen::MatrixXd const v = inverse_of(weights);
  if (v.size() == 0) return false;
  Eigen::VectorXd const repair = v * sum;
  // rounding of `sum`, as far as it can be blown up
  if (v.trace() * length * 1e-13 > 0.25) return false;
  for (Eigen::Index u = 0; u < scores.rows(); ++u) {
    double const norm = std::sqrt(scores.row(u).squaredNorm());
    if (!(std::fabs(scores.row(u).dot(repair)) <= 0.5 * norm)) return false;
  }
  return true;
}

Recession find_recession(Sample const& sample, Eigen::VectorXd const& b) {
  std::vector<double> const eta = predict(sample, b).eta;
  RowMatrix const a = signed_rows(sample, eta);
  std::vector<std::uint8_t> open(sample.units(), 1);
  Recession found;
  for (Eigen::Index round = 0; round < a.cols(); ++round) {
    Eigen::VectorXd const delta = project_on_cone(a, open);
    double const length = delta.norm();
    if (length == 0) break;
    bool more = false;
    for (Eigen::Index u = 0; u < a.rows(); ++u) {
      auto& here = open[static_cast<std::size_t>(u)];
      if (here != 0 && a.row(u).dot(delta) > is_strictly * length) {
        more = true;
        here = 0;
      }
    }
    if (!more) break;
    if (found.direction.size() == 0) found.direction = Eigen::VectorXd::Zero(a.cols());
    found.direction += delta / length;
  }
  if (found.direction.size() == 0) return found;
  found.direction /= found.direction.norm();
  found.strictly.assign(sample.rows(), 0);
  for (std::size_t u = 0; u < sample.units(); ++u) {
    double highest = 0, lowest = 0;
    for (std::size_t r = sample.begin[u]; r < sample.begin[u + 1]; ++r) {
      double const along = sample.q.row(static_cast<Eigen::Index>(r)).dot(found.direction);
      highest = std::max(highest, along);
      lowest = std::min(lowest, along);
      found.strictly[r] = open[u] == 0 ? 1 : 0;
    }
    bool const spell = sample.begin[u + 1] - sample.begin[u] > 1;
    if (spell && highest <= is_strictly && lowest < -is_strictly) return {};
  }
  return found;
}

}  // namespace hansa
