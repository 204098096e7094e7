/// A design with what came out at its points: inputs, and a measure of each replicate.
#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "design/design_table.hpp"

namespace hansa {

/// What a statistic is that has no value.
inline constexpr double not_known = std::numeric_limits<double>::quiet_NaN();

/// Rows are points, in the order of the design.
struct Sampled {
  std::vector<std::string> inputs;           ///< names
  std::vector<std::vector<double>> columns;  ///< one an input; own_value where the scenario's own value stayed
  std::size_t points = 0;
  std::size_t replicates = 1;
  std::vector<double> outputs;  ///< point-major: outputs[point * replicates + replicate]; no NaN
  std::vector<Place> places;    ///< of points

  [[nodiscard]] double output(std::size_t point, std::size_t replicate) const noexcept {
    return outputs[point * replicates + replicate];
  }
  /// The mean over replicates.
  [[nodiscard]] double mean(std::size_t point) const noexcept;
  [[nodiscard]] std::vector<double> means() const;
};

enum class Words { refused, numbered };  ///< of inputs with words: in the order of the alphabet

/// The rows whose cell in a column is a text, or the same number, in their order and with their lines. Complains where
/// there is no such column or no such row.
[[nodiscard]] Table rows_where(Table const& table, std::string const& column, std::string const& value,
                               Complaints& complaints);

/// Inputs and a measure from a CSV table. With a column `replicate` a row is one replicate of a point, the points are
/// told apart by the column `point` or, without one, by their inputs' changing; every point must have the same number
/// of replicates. Complains, with places, of columns that are not there, cells that are no number, points that lack
/// replicates, and of several values of `scenario` or `policy` where these are no inputs: they are designs of their
/// own. Cells of inputs may be empty (own_value) only with `empty_inputs`.
enum class EmptyInputs { refused, kept };
[[nodiscard]] Sampled read_sampled(Table const& table, std::vector<std::string> const& inputs,
                                   std::string const& measure, Words words, EmptyInputs empty, Complaints& complaints);

/// How the variance of a measure comes about, after the law of total variance: between points, by luck that a replicate
/// has at all points alike (common random numbers), and by luck of its own at each point. Two-way analysis of variance,
/// all parts unbiased, so that a small part can come out negative.
struct VarianceParts {
  double points = 0;  ///< of the expected value over points
  double common = 0;  ///< of replicates, the same at all points
  double noise = 0;   ///< the rest
  [[nodiscard]] double total() const noexcept { return points + common + noise; }
};
/// At least two points and two replicates.
[[nodiscard]] VarianceParts variance_parts(Sampled const& sampled);

}  // namespace hansa
