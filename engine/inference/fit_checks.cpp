/// Sentences on designs from which nothing can be estimated.
#include "inference/fit_checks.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

namespace hansa {

namespace {

std::string unfit_options(Design const& design, EventHistoryOptions const& options) {
  if (!(options.level > 0 && options.level < 1))
    return fmt::format("the level of the intervals is {}, a number between 0 and 1 was expected", options.level);
  if (options.clusters.size() > 2) return "errors can be clustered one or two ways, not more";
  if (design.country.empty() &&
      std::find(options.clusters.begin(), options.clusters.end(), ErrorCluster::country) != options.clusters.end())
    return "errors are to be clustered by country, but the cities have no countries; cluster by city";
  if (design.leader.empty() &&
      std::find(options.clusters.begin(), options.clusters.end(), ErrorCluster::leader) != options.clusters.end())
    return "errors are to be clustered by leader, but the rows are no dyads; cluster by city";
  if (!design.joint.empty() &&
      (options.penalty == Penalty::firth || options.city_intercept || options.policy_intercept))
    return "policies that compete within a step are fitted without penalties and random effects; leave them out";
  if (options.penalty == Penalty::firth && options.city_intercept)
    return "Firth's penalty and a normal city intercept cannot be combined; leave out one of them";
  if (options.penalty == Penalty::firth && options.link == FitLink::additive)
    return "Firth's penalty needs an estimate inside of its bounds, and those of an additive link lie on them; leave "
           "it "
           "out, or fit with link cloglog";
  if (options.policy_intercept && options.city_intercept)
    return "random effects of cities and of policies are crossed, so that their integral is no product of integrals "
           "over one of them; leave out one of them";
  if (options.policy_intercept && options.penalty == Penalty::firth)
    return "Firth's penalty and random effects of policies cannot be combined; leave out one of them";
  if (options.policy_intercept && std::set<Index>(design.policy.begin(), design.policy.end()).size() < 2)
    return "random effects of policies need two policies at least; use policy_effects: fixed";
  if (options.policy_intercept && log_linear_columns(design, options.link) == 0)
    return "a policy intercept shifts the baseline, and this additive model has none; give it one";
  if (options.city_intercept && log_linear_columns(design, options.link) == 0)
    return "a city intercept shifts the baseline, and this additive model has none; give it one";
  if ((options.city_intercept || options.policy_intercept) && (options.quadrature < 5 || options.quadrature > 200))
    return fmt::format("{} points of quadrature, 5 to 200 were expected", options.quadrature);
  return {};
}

std::string unfit_values(Design const& design, FitLink link) {
  std::size_t const a = log_linear_columns(design, link);
  for (std::size_t k = 0; k < design.columns(); ++k) {
    for (std::size_t r = 0; r < design.rows(); ++r) {
      double const x = design.x(static_cast<Eigen::Index>(r), static_cast<Eigen::Index>(k));
      if (!std::isfinite(x))
        return fmt::format("'{}' is no finite number in row {}; leave the row or the term out", design.names[k], r + 1);
      if (std::fabs(x) > 1e100)
        return fmt::format("'{}' is {} in row {}; give the term in larger units", design.names[k], x, r + 1);
      if (k >= a && x < 0)
        return fmt::format(
            "'{}' is {} in row {}, but what adds to a hazard cannot be negative; turn its sign, or fit "
            "with another link",
            design.names[k], x, r + 1);
    }
  }
  return {};
}

bool has_events(Design const& design) {
  return std::ranges::any_of(design.event, [](std::uint8_t event) { return event != 0; });
}

std::string no_events(std::size_t rows) {
  return fmt::format(
      "none of the {} decisions is an adoption, so that there is nothing to estimate from; look at the dates of the "
      "adopters, and at the years, the cities at risk and the coverage of the fit",
      rows);
}

}  // namespace

std::string unfit(Design const& design, EventHistoryOptions const& options) {
  std::size_t const rows = design.rows(), columns = design.columns();
  if (static_cast<std::size_t>(design.x.rows()) != rows || static_cast<std::size_t>(design.x.cols()) != columns ||
      design.spell.size() != rows || design.policy.size() != rows || design.city.size() != rows ||
      design.period.size() != rows || (!design.country.empty() && design.country.size() != rows) ||
      design.log_linear > columns)
    return "the parts of the design differ in length";
  if (rows == 0) return "no city was at risk in any step; widen the years or the coverage of the fit";
  if (columns == 0) return "there is nothing to estimate: the model has neither a baseline nor a term";
  if (!has_events(design) && options.penalty == Penalty::none) return no_events(rows);
  if (rows < columns) return fmt::format("{} rows cannot determine {} coefficients; leave out terms", rows, columns);
  std::string reason = unfit_options(design, options);
  return reason.empty() ? unfit_values(design, options.link) : reason;
}

std::string list_columns(std::vector<std::string> const& names, std::vector<std::size_t> const& columns) {
  constexpr std::size_t most = 8;
  std::size_t const shown = std::min(columns.size(), most);
  std::string text;
  for (std::size_t k = 0; k < shown; ++k) {
    if (k > 0) text += k + 1 == columns.size() ? " and " : ", ";
    text += fmt::format("'{}'", names[columns[k]]);
  }
  return columns.size() > most ? fmt::format("{} and {} more", text, columns.size() - most) : text;
}

void report_aliases(EventHistoryFit& fit, std::vector<Alias> const& aliased) {
  fit.rank = fit.names.size() - aliased.size();
  if (fit.events == 0 && !aliased.empty()) {  // a term is 0 in every row because nobody adopted
    fit.failure = no_events(fit.rows);
    return;
  }
  for (Alias const& alias : aliased) {
    fit.aliased.push_back(alias.column);
    fit.failure += fit.failure.empty() ? "" : "; ";
    fit.failure += alias.of.empty() ? fmt::format("'{}' is 0 in every row", fit.names[alias.column])
                                    : fmt::format("'{}' is a combination of {}", fit.names[alias.column],
                                                  list_columns(fit.names, alias.of));
  }
  if (!aliased.empty()) fit.failure += "; leave it out";
}

void report_separation(EventHistoryFit& fit, Design const& design, Eigen::VectorXd const& coefficients,
                       std::vector<std::uint8_t> const& strictly) {
  Eigen::VectorXd pull(coefficients.size());
  for (Eigen::Index k = 0; k < pull.size(); ++k)
    pull[k] =
        std::fabs(coefficients[k]) * std::sqrt(dot(design.x.col(k).data(), design.x.col(k).data(), design.rows()) /
                                               static_cast<double>(design.rows()));
  double const most = pull.maxCoeff();
  for (Eigen::Index k = 0; k < pull.size(); ++k)
    if (pull[k] > 1e-6 * most) fit.separating.push_back(static_cast<std::size_t>(k));
  std::set<Index> cities;
  bool all = true;
  for (std::size_t r = 0; r < strictly.size(); ++r) {
    if (strictly[r] != 0) cities.insert(design.city[r]);
    all = all && strictly[r] != 0;
  }
  fit.separated.assign(cities.begin(), cities.end());
  fit.separation = all ? Separation::complete : Separation::quasi_complete;
}

}  // namespace hansa
