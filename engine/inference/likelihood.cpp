/// Sums over rows in a fixed order.
#include "inference/likelihood.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <limits>

#include "base/flat_math.hpp"
#include "inference/competing_risks.hpp"

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

/// The unit that begins with the row, or that it is in.
std::size_t unit_of(Sample const& sample, std::size_t r) {
  return static_cast<std::size_t>(std::upper_bound(sample.begin.begin(), sample.begin.end(), r) -
                                  sample.begin.begin()) -
         1;
}

/// A joint step at some coefficients.
struct JointParts {
  JointTerms terms;
  RowMatrix gradients;       // rows of the step × width: of their hazards
  std::vector<double> bend;  // d²h/dη²
};

JointParts joint_parts(Sample const& sample, Predictors const& at, JointStep const& step) {
  std::size_t const width = sample.width();
  JointParts made{{}, RowMatrix::Zero(static_cast<Eigen::Index>(step.rows.size()), sample.q.cols()), {}};
  std::vector<double> hazards;
  for (std::size_t k = 0; k < step.rows.size(); ++k) {
    std::size_t const r = step.rows[k];
    Hazard const h = sample.log_linear > 0 ? hazard(sample.link, at.eta[r]) : Hazard{};
    double* const gradient = made.gradients.data() + k * width;
    add_scaled(h.slope, row(sample, r), sample.log_linear, gradient);
    add_scaled(1, row(sample, r) + sample.log_linear, sample.columns - sample.log_linear, gradient + sample.log_linear);
    hazards.push_back(h.value + at.added[r]);
    made.bend.push_back(h.bend);
  }
  made.terms = joint_terms(step, hazards);
  return made;
}

/// The row as far as it makes η: zero where a column adds to the hazard.
void bending(Sample const& sample, std::size_t r, Eigen::VectorXd& x) {
  x = sample.q.row(static_cast<Eigen::Index>(r)).transpose();
  for (std::size_t k = sample.log_linear; k < sample.columns; ++k) x[static_cast<Eigen::Index>(k)] = 0;
}

}  // namespace

namespace {

/// Adds what a joint step has beside its rows, of which none is counted as adopted.
void add_joint(Sample const& sample, Predictors const& at, JointStep const& step, Sums& sums) {
  JointParts const parts = joint_parts(sample, at, step);
  sums.value += parts.terms.value;
  sums.gradient += parts.gradients.transpose() * parts.terms.slope;
  sums.observed -= parts.gradients.transpose() * parts.terms.bend * parts.gradients;
  for (std::size_t k = 0; k < step.rows.size(); ++k) {
    if (parts.bend[k] == 0) continue;
    bending(sample, step.rows[k], sums.part);
    double const w = parts.terms.slope[static_cast<Eigen::Index>(k)] * parts.bend[k];
    add_outer(-w, sums.part.data(), sample.width(), sums.observed.data());
  }
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
  made.joint = design.joint;
  for (JointStep const& each : made.joint)
    for (std::size_t const r : each.rows) made.event[unit_of(made, r)] = 0;
  return made;
}

Sample without_rivals(Sample const& sample, std::vector<std::size_t>& row) {
  std::vector<std::uint8_t> kept(sample.rows(), 1), adopted(sample.rows(), 0);
  for (JointStep const& each : sample.joint)
    for (std::size_t k = 0; k < each.rows.size(); ++k) (k < each.adopters ? adopted : kept)[each.rows[k]] ^= 1;
  Sample made{sample.link, {}, sample.columns, sample.log_linear, {}, {}};
  row.clear();
  for (std::size_t u = 0; u < sample.units(); ++u) {
    if (kept[sample.begin[u]] == 0) continue;
    made.begin.push_back(row.size());
    made.event.push_back(adopted[sample.begin[u]] != 0 ? 1 : sample.event[u]);
    for (std::size_t r = sample.begin[u]; r < sample.begin[u + 1]; ++r) row.push_back(r);
  }
  made.begin.push_back(row.size());
  made.q.resize(static_cast<Eigen::Index>(row.size()), sample.q.cols());
  for (std::size_t k = 0; k < row.size(); ++k)
    made.q.row(static_cast<Eigen::Index>(k)) = sample.q.row(static_cast<Eigen::Index>(row[k]));
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
  same = sample.link == FitLink::logit && sample.units() == sample.rows() && sample.joint.empty();
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
  for (JointStep const& each : sample.joint) add_joint(sample, at, each, sums);
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
  // What is decided together is one observation: all of its score stands in its first row.
  for (JointStep const& each : sample.joint) {
    JointParts const parts = joint_parts(sample, at, each);
    auto const first = static_cast<Eigen::Index>(unit_of(sample, each.rows[0]));
    for (std::size_t k = 0; k < each.rows.size(); ++k) {
      auto const own = static_cast<Eigen::Index>(unit_of(sample, each.rows[k]));
      Eigen::RowVectorXd const moved = scores.row(own);
      scores.row(own).setZero();
      scores.row(first) += moved;
      auto const slope = static_cast<Eigen::Index>(k);
      scores.row(first) += parts.terms.slope[slope] * parts.gradients.row(slope);
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
