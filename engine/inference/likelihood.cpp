/// Sums over rows in a fixed order.
#include "inference/likelihood.hpp"

#include <Eigen/Cholesky>
#include <limits>

#include "base/flat_math.hpp"

namespace hansa {

namespace {

void add_scaled(double w, double const* __restrict x, std::size_t n, double* __restrict to) noexcept {
  for (std::size_t k = 0; k < n; ++k) to[k] += w * x[k];
}

double product(double const* x, double const* y, std::size_t n) noexcept {
  double sum = 0;
  for (std::size_t k = 0; k < n; ++k) sum += x[k] * y[k];
  return sum;
}

double const* row(Sample const& sample, std::size_t r) noexcept {
  return sample.q.data() + r * sample.width();
}

void gather(Sample const& sample, Predictors const& at, std::size_t unit, UnitHazard& made) {
  std::size_t const width = sample.width();
  made.sum = 0;
  made.gradient.setZero(static_cast<Eigen::Index>(width));
  made.bend.clear();
  double* const gradient = made.gradient.data();
  for (std::size_t r = sample.begin[unit]; r < sample.begin[unit + 1]; ++r) {
    Hazard const h = sample.log_linear > 0 ? hazard(sample.link, at.eta[r]) : Hazard{};
    double const* const q = row(sample, r);
    made.sum += h.value + at.added[r];
    add_scaled(h.slope, q, sample.log_linear, gradient);
    add_scaled(1, q + sample.log_linear, sample.columns - sample.log_linear, gradient + sample.log_linear);
    add_scaled(h.slope, q + sample.columns, width - sample.columns, gradient + sample.columns);
    made.bend.push_back(h.bend);
  }
}

/// The row as far as it makes η: zero where a column adds to the hazard.
void bending(Sample const& sample, std::size_t r, Eigen::VectorXd& x) {
  x = sample.q.row(static_cast<Eigen::Index>(r)).transpose();
  for (std::size_t k = sample.log_linear; k < sample.columns; ++k) x[static_cast<Eigen::Index>(k)] = 0;
}

}  // namespace

void add_outer(double w, double const* __restrict x, std::size_t n, double* __restrict a) noexcept {
  for (std::size_t j = 0; j < n; ++j) {
    double const part = w * x[j];
    for (std::size_t k = j; k < n; ++k) a[j * n + k] += part * x[k];
  }
}

void mirror(RowMatrix& a) noexcept {
  for (Eigen::Index j = 0; j < a.rows(); ++j)
    for (Eigen::Index k = 0; k < j; ++k) a(j, k) = a(k, j);
}

Sample make_sample(Design const& design, FitLink link, RowMatrix q) {
  Sample made;
  made.link = link;
  made.columns = design.columns();
  made.log_linear = log_linear_columns(design, link);
  made.q = std::move(q);
  std::size_t const rows = design.rows();
  for (std::size_t r = 0; r < rows;) {
    std::size_t end = r + 1;
    if (design.spell[r] >= 0)
      while (end < rows && design.spell[end] == design.spell[r]) ++end;
    if (design.event[end - 1] != 0) {
      made.begin.push_back(r);
      made.event.push_back(1);
    } else {
      // Without a decision at its end, a spell is so many survived rows.
      for (std::size_t each = r; each < end; ++each) {
        made.begin.push_back(each);
        made.event.push_back(0);
      }
    }
    r = end;
  }
  made.begin.push_back(rows);
  return made;
}

Predictors predict(Sample const& sample, Eigen::VectorXd const& b) {
  Predictors made{std::vector<double>(sample.rows()), std::vector<double>(sample.rows())};
  for (std::size_t r = 0; r < sample.rows(); ++r) {
    double const* const q = row(sample, r);
    made.eta[r] = product(q, b.data(), sample.log_linear);
    made.added[r] = product(q + sample.log_linear, b.data() + sample.log_linear, sample.columns - sample.log_linear);
  }
  return made;
}

Sums::Sums(Sample const& sample) {
  auto const n = static_cast<Eigen::Index>(sample.width());
  gradient = Eigen::VectorXd::Zero(n);
  observed = RowMatrix::Zero(n, n);
  expected = RowMatrix::Zero(n, n);
  same = sample.link == FitLink::logit && sample.units() == sample.rows();
}

Evaluation Sums::finish() && {
  mirror(observed);
  if (same) return {value, std::move(gradient), observed, observed};
  mirror(expected);
  return {value, std::move(gradient), observed, expected};
}

void add_unit(Sample const& sample, Predictors const& at, std::size_t unit, Sums& sums) {
  std::size_t const width = sample.width();
  std::size_t const first = sample.begin[unit];
  if (sample.plain(unit)) {
    RowTerms const t = row_terms(sample.link, at.eta[first], sample.event[unit] != 0);
    double const* const q = row(sample, first);
    sums.value += t.value;
    add_scaled(t.slope, q, width, sums.gradient.data());
    add_outer(t.observed, q, width, sums.observed.data());
    if (!sums.same) add_outer(t.expected, q, width, sums.expected.data());
    return;
  }
  UnitHazard& h = sums.unit;
  gather(sample, at, unit, h);
  SumTerms const t = sum_terms(h.sum, sample.event[unit] != 0);
  sums.value += t.value;
  add_scaled(t.score, h.gradient.data(), width, sums.gradient.data());
  add_outer(t.information, h.gradient.data(), width, sums.expected.data());
  if (t.outer != 0) add_outer(t.outer, h.gradient.data(), width, sums.observed.data());
  for (std::size_t k = 0; k < h.bend.size(); ++k) {
    if (h.bend[k] == 0) continue;
    bending(sample, first + k, sums.part);
    add_outer(t.bend * h.bend[k], sums.part.data(), width, sums.observed.data());
  }
}

Evaluation evaluate(Sample const& sample, Eigen::VectorXd const& b) {
  Predictors const at = predict(sample, b);
  Sums sums(sample);
  for (std::size_t u = 0; u < sample.units(); ++u) add_unit(sample, at, u, sums);
  return std::move(sums).finish();
}

namespace {

/// Adds a unit's part in the gradient of ½ ln det I, v the inverse of I.
void add_penalty(Sample const& sample, Predictors const& at, std::size_t unit, Eigen::MatrixXd const& v, UnitHazard& h,
                 Eigen::VectorXd& gradient) {
  std::size_t const width = sample.width();
  std::size_t const first = sample.begin[unit];
  if (sample.plain(unit)) {
    double const* const q = row(sample, first);
    Eigen::Map<Eigen::VectorXd const> const x(q, static_cast<Eigen::Index>(width));
    double const leverage = x.dot(v * x);
    RowTerms const t = row_terms(sample.link, at.eta[first], sample.event[unit] != 0);
    add_scaled(0.5 * t.change * leverage, q, width, gradient.data());
    return;
  }
  gather(sample, at, unit, h);
  // I of the unit is c GGᵀ with c = 1/(e^H − 1), so dc/dH = −c(1 + c), and dG = K, the second derivatives of H.
  double const c = sum_terms(h.sum, sample.event[unit] != 0).information;
  Eigen::VectorXd const vg = v * h.gradient;
  gradient -= (0.5 * c * (1 + c) * h.gradient.dot(vg)) * h.gradient;
  Eigen::VectorXd x;
  for (std::size_t k = 0; k < h.bend.size(); ++k) {
    bending(sample, first + k, x);
    gradient += (c * h.bend[k] * x.dot(vg)) * x;
  }
}

}  // namespace

Evaluation evaluate_firth(Sample const& sample, Eigen::VectorXd const& b) {
  Predictors const at = predict(sample, b);
  Sums sums(sample);
  for (std::size_t u = 0; u < sample.units(); ++u) add_unit(sample, at, u, sums);
  UnitHazard scratch = std::move(sums.unit);
  Evaluation made = std::move(sums).finish();
  made.observed = made.expected;
  Eigen::LLT<Eigen::MatrixXd> const root(made.expected);
  Eigen::VectorXd const pivots = root.matrixLLT().diagonal();
  if (root.info() != Eigen::Success || !(pivots.minCoeff() > 0)) {
    made.value = -std::numeric_limits<double>::infinity();
    return made;
  }
  for (Eigen::Index k = 0; k < pivots.size(); ++k) made.value += flat::log(pivots[k]);
  auto const n = static_cast<Eigen::Index>(sample.width());
  Eigen::MatrixXd const v = root.solve(Eigen::MatrixXd::Identity(n, n));
  for (std::size_t u = 0; u < sample.units(); ++u) add_penalty(sample, at, u, v, scratch, made.gradient);
  return made;
}

Evaluation evaluate_firth_curved(Sample const& sample, Eigen::VectorXd const& b) {
  constexpr double step = 1e-5;  // columns of q have mean square 1
  Evaluation made = evaluate_firth(sample, b);
  Eigen::MatrixXd bend(b.size(), b.size());
  for (Eigen::Index k = 0; k < b.size(); ++k) {
    Eigen::VectorXd const off = step * Eigen::VectorXd::Unit(b.size(), k);
    bend.col(k) = (evaluate_firth(sample, b - off).gradient - evaluate_firth(sample, b + off).gradient) / (2 * step);
  }
  made.observed = 0.5 * (bend + bend.transpose());
  return made;
}

RowMatrix unit_scores(Sample const& sample, Eigen::VectorXd const& b) {
  Predictors const at = predict(sample, b);
  RowMatrix scores(static_cast<Eigen::Index>(sample.units()), sample.q.cols());
  UnitHazard h;
  for (std::size_t u = 0; u < sample.units(); ++u) {
    auto const to = static_cast<Eigen::Index>(u);
    bool const event = sample.event[u] != 0;
    if (sample.plain(u)) {
      auto const r = static_cast<Eigen::Index>(sample.begin[u]);
      scores.row(to) = row_terms(sample.link, at.eta[sample.begin[u]], event).slope * sample.q.row(r);
    } else {
      gather(sample, at, u, h);
      scores.row(to) = sum_terms(h.sum, event).score * h.gradient.transpose();
    }
  }
  return scores;
}

ShiftTerms shift_terms(Sample const& sample, Predictors const& at, std::span<std::size_t const> units, double shift) {
  ShiftTerms sum;
  for (std::size_t const u : units) {
    bool const event = sample.event[u] != 0;
    if (sample.plain(u)) {
      RowTerms const t = row_terms(sample.link, at.eta[sample.begin[u]] + shift, event);
      sum.value += t.value;
      sum.slope += t.slope;
      sum.observed += t.observed;
      sum.expected += t.expected;
      continue;
    }
    Hazard unit;
    for (std::size_t r = sample.begin[u]; r < sample.begin[u + 1]; ++r) {
      Hazard const h = sample.log_linear > 0 ? hazard(sample.link, at.eta[r] + shift) : Hazard{};
      unit.value += h.value + at.added[r];
      unit.slope += h.slope;
      unit.bend += h.bend;
    }
    SumTerms const t = sum_terms(unit.value, event);
    sum.value += t.value;
    sum.slope += t.score * unit.slope;
    sum.observed += t.outer * unit.slope * unit.slope + t.bend * unit.bend;
    sum.expected += t.information * unit.slope * unit.slope;
  }
  return sum;
}

}  // namespace hansa
