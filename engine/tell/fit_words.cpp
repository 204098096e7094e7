/// Names of links, information, errors and separation, and how numbers are rounded.
#include "tell/fit_words.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

namespace hansa {

namespace {

std::string_view cluster_word(ErrorCluster cluster) noexcept {
  constexpr std::array<std::string_view, 4> words = {"city", "country", "period", "leader"};
  return words[static_cast<std::size_t>(cluster)];
}

}  // namespace

std::string_view link_word(FitLink link) noexcept {
  constexpr std::array<std::string_view, 4> words = {"logit", "cloglog", "probit", "additive"};
  return words[static_cast<std::size_t>(link)];
}

std::string_view information_word(Information which) noexcept {
  return which == Information::observed ? "observed" : "expected";
}

std::string_view separation_word(Separation separation) noexcept {
  constexpr std::array<std::string_view, 3> words = {"none", "quasi-complete", "complete"};
  return words[static_cast<std::size_t>(separation)];
}

std::string_view change_word(Change change) noexcept {
  return change == Change::difference ? "difference" : "derivative";
}

std::string error_words(FitReport const& report) {
  std::string const information = fmt::format("{} information", information_word(report.fit.information));
  if (report.fit.clustered.size() == 0) return fmt::format("from the {}, not clustered", information);
  std::string by;
  for (ErrorCluster const each : report.options.clusters) {
    if (!by.empty()) by += " and ";
    bool const of_dyads = report.subject.rows_are == FitSubject::RowsAre::dyads;
    by += of_dyads && each == ErrorCluster::city ? "follower" : cluster_word(each);
  }
  std::string const second =
      report.options.clusters.size() > 1 ? fmt::format(" and {}", report.fit.clusters_second) : "";
  return fmt::format("clustered by {} ({}{} clusters), {}", by, report.fit.clusters, second, information);
}

std::string interval_words(FitReport const& report) {
  bool const profile = report.options.intervals == Intervals::profile;
  return fmt::format("{:g} % interval ({})", 100 * report.options.level, profile ? "profile" : "Wald");
}

std::string interval_remark(FitReport const& report) {
  bool const differ = report.options.intervals == Intervals::profile && reports_clusters(report.fit);
  return differ ? "intervals are those of the likelihood, which knows nothing of clusters" : "";
}

std::string const& effect_name(FitReport const& report, MarginalEffect const& effect) {
  return effect.column == no_column ? effect.name : report.fit.names[effect.column];
}

std::string range_words(double lower, double upper) {
  if (std::isnan(lower) && std::isnan(upper)) return "–";
  return four_digits(lower) + " to " + four_digits(upper);
}

std::string four_digits(double value) {
  if (std::isnan(value)) return "–";
  if (std::isinf(value)) return value > 0 ? "∞" : "-∞";
  std::string const scientific = fmt::format("{:.3e}", value == 0 ? 0 : value);
  int const exponent = std::stoi(scientific.substr(scientific.find('e') + 1));
  if (exponent < -4 || exponent > 6) return scientific;
  return fmt::format("{:.{}f}", value == 0 ? 0 : value, std::max(0, 3 - exponent));
}

std::string two_decimals(double value) {
  return std::isfinite(value) ? fmt::format("{:.2f}", value) : "–";
}

std::string p_words(double p) {
  if (!std::isfinite(p)) return "–";
  return p < 0.0001 ? "<0.0001" : fmt::format("{:.4f}", p);
}

std::string test_words(ChiSquareTest const& test) {
  std::string const p = p_words(test.p);
  return fmt::format("χ²({}) = {}, p {}{}", test.degrees, two_decimals(test.statistic), p.starts_with('<') ? "" : "= ",
                     p.starts_with('<') ? "< " + p.substr(1) : p);
}

}  // namespace hansa
