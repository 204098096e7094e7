/// Which rows a cross-validation leaves out together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "inference/design.hpp"
#include "scenario/fit_spec.hpp"

namespace hansa {

/// One round: what it leaves out in words, the rows that are fitted and those that are scored, ascending.
struct Fold {
  std::string label;
  std::vector<std::size_t> training, test;
};

/// What folds are named and keyed by.
struct FoldKeys {
  std::uint64_t seed = 0;
  std::span<std::uint64_t const> cities;  ///< hash of every city's id, by Index
  std::span<std::string const> policies;  ///< names, by Index
};

/// Folds of rows; those of a trial (an interval-censored adoption) stay together. Fewer folds are made where there is
/// less to leave out.
///
/// `cities`: all rows of a city are left out together. Cities with adoptions go, those with most first, to the fold
/// with the fewest adoptions; the others to that with the fewest cities; in the order of draws keyed by the city's id.
/// `policies`: the same with policies, in the order of their names. Both score every row once.
/// `years`: the last folds × ⌊n/(folds + 1)⌋ of the n periods, in blocks of equal length; each is scored by a fit to
/// all rows before it (Tashman 2000). A trial belongs to the period in which it ends. Rows of the first block are not
/// scored.
///
/// Throws Error where no fold leaves something to be fitted.
[[nodiscard]] std::vector<Fold> make_folds(Design const& design, CrossValidation const& validation,
                                           FoldKeys const& keys);

}  // namespace hansa
