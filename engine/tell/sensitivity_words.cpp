/// Analyses of designs as text.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "tell/sensitivity_report.hpp"
#include "tell/text_table.hpp"

namespace hansa {

namespace {

using Rows = std::vector<std::vector<std::string>>;

std::string fixed(double value) {
  return std::isnan(value) ? "-" : fmt::format("{:.3f}", value);
}

std::string short_number(double value) {
  return std::isnan(value) ? "-" : fmt::format("{:.4g}", value);
}

std::string range_words(IndexInterval const& each) {
  return std::isnan(each.low) ? "-" : fmt::format("{:.3f} to {:.3f}", each.low, each.high);
}

std::string table(Rows const& rows, std::size_t columns) {
  std::vector<Align> align(columns, Align::right);
  align[0] = Align::left;
  return lay_out(rows, align);
}

class Telling {
 public:
  explicit Telling(Sensitivity const& about) : about_(about) {}

  std::string operator()(SobolReport const& report) const {
    Rows rows{{"  input", "S1", "95 %", "ST", "95 %"}};
    for (std::size_t i = 0; i < about_.inputs.size(); ++i)
      rows.push_back({"  " + about_.inputs[i], fixed(report.first[i].value), range_words(report.first[i]),
                      fixed(report.total[i].value), range_words(report.total[i])});
    std::string text =
        fmt::format("Sobol' indices of {} base points: S1 alone, ST with all interactions\n", report.rows.base_points);
    text += table(rows, 5);
    if (!report.second.empty()) text += pairs(report);
    if (!report.before.empty()) text += convergence(report);
    return text;
  }

  std::string operator()(MorrisReport const& report) const {
    MorrisEffects const& effects = report.effects;
    Rows rows{{"  input", "mu*", "s.e.", "mu", "sigma", "without noise"}};
    for (std::size_t i = 0; i < about_.inputs.size(); ++i)
      rows.push_back({"  " + about_.inputs[i], short_number(effects.mu_star[i]), short_number(effects.mu_star_error[i]),
                      short_number(effects.mu[i]), short_number(effects.sigma[i]),
                      short_number(effects.sigma_without_noise[i])});
    return fmt::format("Elementary effects over the range of each input, {} {}\n", report.steps.blocks,
                       report.steps.radial ? "radial blocks" : "trajectories") +
           table(rows, 6);
  }

  std::string operator()(RegressionEffects const& effects) const {
    Rows rows{{"  input", "SRC", "SRRC", "Spearman", "PRCC", "p"}};
    for (std::size_t i = 0; i < about_.inputs.size(); ++i)
      rows.push_back({"  " + about_.inputs[i], fixed(effects.standardized[i]), fixed(effects.standardized_ranks[i]),
                      fixed(effects.rank_correlation[i]), fixed(effects.partial[i]),
                      effects.partial_p[i] < 1e-4 ? "<0.0001" : fmt::format("{:.4f}", effects.partial_p[i])});
    return "Standardised regression and rank correlation\n" + table(rows, 6) +
           fmt::format("  explained: {:.1f} % of the variance, {:.1f} % of that of ranks\n", 100 * effects.r2,
                       100 * effects.r2_ranks);
  }

  std::string operator()(Tornado const& found) const {
    Rows rows{{"  input", "lowest", "highest", "width"}};
    for (TornadoBar const& bar : found.bars)
      rows.push_back({"  " + about_.inputs[bar.input], change(bar.low_change, bar.low_error),
                      change(bar.high_change, bar.high_error), short_number(bar.width())});
    return fmt::format("One at a time: change from {} at point 0\n", short_number(found.base)) + table(rows, 4);
  }

  std::string operator()(PrimReport const& report) const {
    constexpr std::string_view sides[] = {"at least", "at most", "above", "below"};
    std::string const what = fmt::format("{} {} {}", about_.measure,
                                         sides[static_cast<std::size_t>(report.interest.side)], report.interest.limit);
    std::string text;
    add_line(text,
             fmt::format("{}: at {} of {} points ({:.1f} %).", what, report.hits, about_.points,
                         100.0 * static_cast<double>(report.hits) / static_cast<double>(about_.points)),
             0);
    for (PrimBox const& box : report.boxes) {
      if (box.limits.empty()) continue;
      BoxQuality const& q = box.quality;
      add_line(text,
               fmt::format("With {}: at {} of {} points ({:.1f} %, the density of the box); these are {:.1f} % of "
                           "all points at which it happens (its coverage).",
                           box_words(box, about_.inputs), q.hits, q.inside, 100 * q.density, 100 * q.coverage));
      for (BoxLimit const& each : box.limits)
        add_line(text, fmt::format("{}: quasi-p {:.2g}", about_.inputs[each.input], each.quasi_p), 4);
    }
    if (report.boxes.empty() || report.boxes[0].limits.empty())
      add_line(text, "No limits of the inputs tell these points from the others.");
    return text;
  }

 private:
  static std::string change(double value, double error) {
    return std::isnan(error) || value == 0 ? fmt::format("{:+.4g}", value)
                                           : fmt::format("{:+.4g} (s.e. {:.2g})", value, error);
  }

  [[nodiscard]] std::string pairs(SobolReport const& report) const {
    std::size_t const d = about_.inputs.size();
    Rows rows{{"  pair", "S2", "95 %"}};
    for (std::size_t i = 0; i < d; ++i)
      for (std::size_t j = i + 1; j < d; ++j)
        rows.push_back({fmt::format("  {} × {}", about_.inputs[i], about_.inputs[j]),
                        fixed(report.second[i * d + j].value), range_words(report.second[i * d + j])});
    return "Interactions of pairs\n" + table(rows, 3) + heat_map(report);
  }

  /// Inputs against inputs: S1 of each alone on the diagonal, S2 beside it. So many columns as a terminal holds.
  [[nodiscard]] std::string heat_map(SobolReport const& report) const {
    constexpr std::size_t most = 9;
    std::size_t const d = about_.inputs.size();
    if (d < 3 || d > most) return {};
    Rows rows{{"  "}};
    for (std::size_t j = 0; j < d; ++j) rows[0].push_back(fmt::format("{}", j + 1));
    for (std::size_t i = 0; i < d; ++i) {
      rows.push_back({fmt::format("  {} {}", i + 1, about_.inputs[i])});
      for (std::size_t j = 0; j < d; ++j)
        rows.back().push_back(
            fixed(i == j ? report.first[i].value : report.second[std::min(i, j) * d + std::max(i, j)].value));
    }
    return "S1 on the diagonal, S2 beside it\n" + table(rows, d + 1);
  }

  [[nodiscard]] std::string convergence(SobolReport const& report) const {
    Rows rows{{"  ST of the first"}};
    for (auto const& [n, indices] : report.before) rows[0].push_back(fmt::format("{}", n));
    rows[0].push_back(fmt::format("{}", report.rows.base_points));
    for (std::size_t i = 0; i < about_.inputs.size(); ++i) {
      rows.push_back({"  " + about_.inputs[i]});
      for (auto const& [n, indices] : report.before) rows.back().push_back(fixed(indices.total[i]));
      rows.back().push_back(fixed(report.total[i].value));
    }
    return "Convergence with the number of base points\n" + table(rows, rows[0].size());
  }

  Sensitivity const& about_;
};

}  // namespace

std::string box_words(PrimBox const& box, std::vector<std::string> const& inputs) {
  std::string text;
  for (BoxLimit const& each : box.limits) {
    bool const low = std::isfinite(each.low), high = std::isfinite(each.high);
    if (!text.empty()) text += " and ";
    text += inputs[each.input];
    if (low && high)
      text += fmt::format(" from {:.4g} to {:.4g}", each.low, each.high);
    else
      text += low ? fmt::format(" at least {:.4g}", each.low) : fmt::format(" at most {:.4g}", each.high);
  }
  return text.empty() ? "anything" : text;
}

std::string sensitivity_words(Sensitivity const& sensitivity) {
  std::string text = fmt::format("{}: {} points", sensitivity.measure, sensitivity.points);
  if (sensitivity.replicates > 1) text += fmt::format(" of {} replicates", sensitivity.replicates);
  text += "\n" + std::visit(Telling(sensitivity), sensitivity.result);
  if (sensitivity.parts) {
    VarianceParts const& parts = *sensitivity.parts;
    double const total = parts.total();
    if (total > 0)
      add_line(
          text,
          fmt::format("Of the variance of single runs {:.1f} % lie between points, {:.1f} % are luck that all points "
                      "share, {:.1f} % luck of single runs (law of total variance).",
                      100 * parts.points / total, 100 * parts.common / total, 100 * parts.noise / total),
          0);
  }
  return text;
}

}  // namespace hansa
