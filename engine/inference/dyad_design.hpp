/// Dyadic event history: rows are pairs of a follower and a leader, and steps (Volden 2006; Boehmke 2009).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "inference/design.hpp"
#include "inference/event_history.hpp"
#include "inference/fit_report.hpp"
#include "inference/refits.hpp"
#include "statistics/adoptions.hpp"
#include "statistics/tie_rows.hpp"
#include "world/sphere.hpp"

namespace hansa {

/// More rows are refused.
inline constexpr std::size_t most_dyad_rows = 30'000'000;

/// Of an ordered pair (i, j) in step t the event is that i adopts what j had adopted before t. It is at risk only where
/// i can still emulate j: i can decide in t and has not adopted, and j has (the conditional risk set of Boehmke 2009).
/// Without that condition rows in which there is nothing to emulate count as decisions against it, and what made
/// leaders adopt early passes for a reason to follow them. Const use is thread safe; scenario and world outlive it.
class DyadDesigns {
 public:
  /// Complains of networks and attributes that dyads cannot have. The scenario has `fit: dyads`.
  DyadDesigns(Scenario const& scenario, World const& world, Complaints& complaints);
  /// Complains of keys of `fit` that are of single cities only.
  void check_keys(Complaints& complaints) const;

  /// Positions of the policies of each fit: each alone, or all pooled.
  [[nodiscard]] std::vector<std::vector<std::size_t>> const& fits() const noexcept { return fits_; }
  /// What a fit is called: `POLICY.dyads` or `pooled.dyads`.
  [[nodiscard]] std::string name_of(std::vector<std::size_t> const& policies) const;
  /// Rows by policy, follower, step, leader; adoptions[p] is of policy p of the scenario. Throws Error where there are
  /// too many rows. Cost: rows times covariates.
  [[nodiscard]] Design design_of(std::vector<std::size_t> const& policies,
                                 std::vector<Adoptions> const& adoptions) const;
  [[nodiscard]] EventHistoryOptions options_of(std::vector<std::size_t> const& policies) const;
  [[nodiscard]] FitSubject subject_of(std::vector<std::size_t> const& policies, Design const& design,
                                      std::vector<Adoptions> const& adoptions) const;

 private:
  struct Column {
    DyadCovariate spec;
    TieRows ties;                              ///< of: tie
    TextColumn const* text = nullptr;          ///< of: same
    std::vector<std::vector<double>> by_step;  ///< of attributes: T × n
  };
  struct Pair {
    Index follower, leader;
    std::int32_t step;
    std::uint8_t event;
  };

  void add_column(DyadCovariate const& spec, Complaints& complaints);
  [[nodiscard]] NetworkLayer const* layer_of(Reference const& network, Complaints& complaints) const;
  [[nodiscard]] std::vector<Pair> pairs_of(Adoptions const& adoptions) const;
  [[nodiscard]] double value_of(Column const& column, Pair const& pair) const;

  Scenario const& scenario_;
  World const& world_;
  FitSpec spec_;
  std::int32_t from_ = 1, until_ = 1;  ///< steps
  std::vector<std::vector<std::size_t>> fits_;
  std::vector<Column> columns_;
  std::optional<TieRows> leaders_;
  std::vector<Point> places_;
};

/// The report of one dyadic fit of data, and its rows.
struct FittedDyads {
  FitReport report;
  Design design;
};
[[nodiscard]] FittedDyads fit_dyads(DyadDesigns const& designs, std::vector<std::size_t> const& policies,
                                    std::vector<Adoptions> const& adoptions);

/// The same of a history, without the report; nothing is known of what it was simulated from.
[[nodiscard]] Refit refit_dyads(DyadDesigns const& designs, std::vector<std::size_t> const& policies,
                                std::vector<Adoptions> const& adoptions);

}  // namespace hansa
