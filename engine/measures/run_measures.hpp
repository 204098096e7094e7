/// What is measured of one run, and what its recorder must remember for that.
#pragma once

#include <deque>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "measures/measure_layout.hpp"
#include "record/history.hpp"
#include "record/recorder.hpp"

namespace hansa {

/// The measures of a sweep in one world. Const use is thread safe. Neither copied nor moved: its plan points into it.
class RunMeasures {
 public:
  /// `layout`: of lay_out_measures over cases of which this is one. `model`: compiled in this world; other models of
  /// the same policies, mechanisms and data may be measured too. Complains of selections as select() does. All
  /// references but the world may go.
  RunMeasures(std::span<MeasureSpec const> specs, MeasureLayout const& layout, MeasuredCase const& measured,
              Complaints& complaints);
  RunMeasures(RunMeasures const&) = delete;
  RunMeasures& operator=(RunMeasures const&) = delete;

  [[nodiscard]] RecordPlan const& plan() const noexcept { return plan_; }
  /// Fills `row` (layout.width numbers) from a history that has not failed, recorded by the plan. Missing: NaN.
  void measure(History const& history, std::span<double> row) const;

 private:
  /// Cities that are counted together.
  struct Counted {
    std::optional<std::size_t> grouping;  ///< position in the plan; none: all cities
    std::size_t group = 0;
    double cities = 0;
    double population = 0;
  };
  /// One column of a run.
  struct Column {
    MeasureSpec::Of of = MeasureSpec::Of::final_share;
    std::size_t policy = 0;
    double share = 0;
    std::size_t step = 0;  ///< of `at` or the end, from 0
    Counted counted;
    std::size_t mechanism = 0;
    std::vector<double> observed;  ///< distance: per step, NaN where nothing is known
  };

  /// One number that is asked for: `label` of its axis.
  struct Asked {
    MeasureSpec const& spec;
    MeasuredCase const& measured;
    std::size_t policy;
    std::string label;
  };

  void add(MeasureSpec const& spec, MeasureVariable const& variable, MeasureLayout const& layout,
           MeasuredCase const& measured, Complaints& complaints);
  [[nodiscard]] std::optional<Column> column_of(Asked const& asked, TextColumn const* column,
                                                std::optional<std::size_t> grouping) const;
  [[nodiscard]] std::optional<Column> distance_column(Asked const& asked);
  /// Position of a grouping in the plan, added if it is new there.
  std::size_t grouping_of(TextColumn const& column);
  TextColumn const& own(TextColumn column);
  [[nodiscard]] Counted counted_of(std::size_t grouping, std::size_t group) const;
  [[nodiscard]] double value(Column const& column, History const& history) const;

  RecordPlan plan_;
  std::deque<TextColumn> own_;  ///< groupings that the world does not have
  std::vector<std::optional<Column>> columns_;
  std::int32_t start_ = 0;
};

}  // namespace hansa
