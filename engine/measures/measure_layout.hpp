/// What the measures of a sweep are called and along what they run: the columns that each run fills.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/model.hpp"
#include "scenario/scenario.hpp"
#include "scenario/sweep_spec.hpp"
#include "world/world.hpp"

namespace hansa {

/// A dimension of measures besides policies. `time`: labels are numbers.
struct MeasureAxis {
  enum class Of { group, mechanism, time };
  Of of = Of::group;
  std::string name;  ///< group_<attribute>, mechanism, time
  std::vector<std::string> labels;
  bool operator==(MeasureAxis const&) const = default;
};

/// One variable: policies × length numbers of each run, row-major, from column `first` on.
struct MeasureVariable {
  std::string name;
  std::string meaning;
  std::string unit;
  std::optional<std::size_t> axis;  ///< position in MeasureLayout::axes; none: one number a policy
  std::size_t length = 1;
  std::size_t first = 0;
  std::optional<std::int64_t> paired_to;  ///< told as the difference to that point, replicate by replicate
  bool operator==(MeasureVariable const&) const = default;
};

struct MeasureLayout {
  std::vector<std::string> policies;
  std::vector<MeasureAxis> axes;
  std::vector<MeasureVariable> variables;  ///< one a measure, in their order
  std::size_t width = 0;                   ///< numbers of a run
  bool operator==(MeasureLayout const&) const = default;
};

/// A scenario in which is measured. References outlive the call.
struct MeasuredCase {
  Scenario const& scenario;
  World const& world;
  Model const& model;
};

/// The layout that holds for all cases: groups and mechanisms of any of them. Complains of cases with other policies
/// than the first or another clock where whole series are kept, of unknown attributes, and of measures that nothing in
/// the cases has (spending without costs, a population of nobody, spending by group).
[[nodiscard]] MeasureLayout lay_out_measures(std::span<MeasureSpec const> specs, std::span<MeasuredCase const> cases,
                                             Complaints& complaints);

/// What a file says of a layout, line by line: equal texts are equal layouts of equal measures.
[[nodiscard]] std::string words_of(MeasureLayout const& layout);

}  // namespace hansa
