/// Groups that a fold does not know.
#include "inference/fold_designs.hpp"

#include <algorithm>

#include "inference/later_design.hpp"
#include "inference/trials.hpp"

namespace hansa {

namespace {

constexpr std::size_t reference = ~std::size_t{0};

Family family_of(Coefficient const& coefficient) {
  if (coefficient.kind == CoefficientKind::baseline) return Family::baseline;
  if (coefficient.kind == CoefficientKind::period) return Family::period;
  return coefficient.kind == CoefficientKind::country ? Family::country : Family::none;
}

std::vector<std::size_t> columns_of(std::vector<Family> const& families, Family family) {
  std::vector<std::size_t> columns;
  for (std::size_t c = 0; c < families.size(); ++c) {
    if (families[c] == family) columns.push_back(c);
  }
  return columns;
}

/// The column that is not 0 in each row, or `reference`.
std::vector<std::size_t> groups_of(Design const& design, std::vector<std::size_t> const& columns) {
  std::vector<std::size_t> group(design.rows(), reference);
  for (std::size_t r = 0; r < design.rows(); ++r) {
    for (std::size_t const c : columns) {
      if (design.x(static_cast<Eigen::Index>(r), static_cast<Eigen::Index>(c)) != 0) group[r] = c;
    }
  }
  return group;
}

bool holds(std::vector<std::size_t> const& sorted, std::size_t value) {
  return std::binary_search(sorted.begin(), sorted.end(), value);
}

/// The design, its columns' families, and what is known of its rows, with one family after the other gone through.
class Narrowing {
 public:
  Narrowing(FoldDesigns& designs, std::vector<Family> families) : designs_(designs), families_(std::move(families)) {}

  void go_through(Family family) {
    std::vector<std::size_t> const columns = columns_of(families_, family);
    if (columns.empty()) return;
    std::vector<std::size_t> const fitted = groups_of(designs_.training, columns);
    std::vector<std::size_t> known;  // groups with an adoption; `reference` comes last
    for (std::size_t r = 0; r < fitted.size(); ++r) {
      if (designs_.training.event[r] != 0 || designs_.training.spell[r] >= 0) known.push_back(fitted[r]);
    }
    std::sort(known.begin(), known.end());
    known.erase(std::unique(known.begin(), known.end()), known.end());
    std::vector<std::size_t> rows;
    for (std::size_t r = 0; r < fitted.size(); ++r) {
      if (holds(known, fitted[r])) rows.push_back(r);
    }
    std::vector<std::size_t> const predicted = groups_of(designs_.test, columns);
    for (std::size_t r = 0; r < predicted.size(); ++r) {
      if (!holds(known, predicted[r])) designs_.scored[r] = 0;
    }
    designs_.training = with_rows(designs_.training, rows);
    // Without rows of the reference, its successor has no column.
    if (family != Family::baseline && !holds(known, reference) && !known.empty()) known.erase(known.begin());
    keep(family, known);
  }

 private:
  void keep(Family family, std::vector<std::size_t> const& known) {
    std::vector<std::size_t> columns;
    std::vector<Family> families;
    for (std::size_t c = 0; c < families_.size(); ++c) {
      if (families_[c] == family && !holds(known, c)) continue;
      columns.push_back(c);
      families.push_back(families_[c]);
    }
    designs_.training = with_columns(designs_.training, columns);
    designs_.test = with_columns(designs_.test, columns);
    families_ = std::move(families);
  }

  FoldDesigns& designs_;
  std::vector<Family> families_;
};

/// The first of the baselines becomes that of all.
Design with_one_baseline(Design const& design, std::vector<Family> const& families) {
  std::vector<std::size_t> const own = columns_of(families, Family::baseline);
  if (own.empty()) return design;
  Design result = design;
  for (std::size_t k = 1; k < own.size(); ++k) {
    result.x.col(static_cast<Eigen::Index>(own[0])) += design.x.col(static_cast<Eigen::Index>(own[k]));
  }
  result.names[own[0]] = "baseline";
  std::vector<std::size_t> columns;
  for (std::size_t c = 0; c < families.size(); ++c) {
    if (families[c] != Family::baseline || c == own[0]) columns.push_back(c);
  }
  return with_columns(result, columns);
}

}  // namespace

std::vector<Family> families_of(ObservedDesign const& observed) {
  std::vector<Family> families;
  for (Coefficient const& each : observed.coefficients) {
    families.push_back(family_of(each));
  }
  if (std::count(families.begin(), families.end(), Family::baseline) == 1) {
    std::replace(families.begin(), families.end(), Family::baseline, Family::none);
  }
  return families;
}

FoldDesigns fold_designs(Design const& design, std::vector<Family> const& families, Fold const& fold, LeaveOut leave) {
  bool const shared = leave == LeaveOut::policies;
  Design const joint = shared ? with_one_baseline(design, families) : design;
  std::vector<Family> left;
  bool first = true;
  for (Family const family : families) {
    if (shared && family == Family::baseline) {
      if (first) left.push_back(Family::none);
      first = false;
    } else {
      left.push_back(family);
    }
  }
  FoldDesigns designs{with_rows(joint, fold.training), with_rows(joint, fold.test), {}};
  designs.scored.assign(fold.test.size(), 1);
  Narrowing narrowing(designs, std::move(left));
  for (Family const family : {Family::baseline, Family::period, Family::country}) narrowing.go_through(family);
  std::vector<std::size_t> const starts = trial_starts(designs.test);
  for (std::size_t t = 0; t + 1 < starts.size(); ++t) {
    auto const begin = designs.scored.begin() + static_cast<std::ptrdiff_t>(starts[t]);
    auto const end = designs.scored.begin() + static_cast<std::ptrdiff_t>(starts[t + 1]);
    if (std::find(begin, end, 0) != end) std::fill(begin, end, 0);
  }
  return designs;
}

}  // namespace hansa
