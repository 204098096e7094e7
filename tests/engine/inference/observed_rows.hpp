/// Small designs and fits made by hand.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/flat_math.hpp"
#include "base/random.hpp"
#include "inference/design.hpp"
#include "inference/event_history.hpp"

namespace hansa::test {

/// Rows of one policy, each a city of its own, with these columns; no spells.
inline Design rows_of(std::vector<std::pair<std::string, std::vector<double>>> const& columns,
                      std::vector<std::uint8_t> event) {
  Design design;
  std::size_t const rows = event.size();
  design.x.resize(static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(columns.size()));
  for (std::size_t c = 0; c < columns.size(); ++c) {
    design.names.push_back(columns[c].first);
    for (std::size_t row = 0; row < rows; ++row) {
      design.x(static_cast<Eigen::Index>(row), static_cast<Eigen::Index>(c)) = columns[c].second.at(row);
    }
  }
  design.event = std::move(event);
  design.spell.assign(rows, -1);
  design.policy.assign(rows, 0);
  design.period.assign(rows, 2000);
  for (std::size_t row = 0; row < rows; ++row) design.city.push_back(static_cast<Index>(row));
  design.log_linear = columns.size();
  return design;
}

/// `cities` cities for up to ten years each until they decide: a baseline, a number `wealth`, and a 0/1 column
/// `capital`.
inline Design drawn_rows(std::uint64_t seed, Index cities, double baseline, double wealth, double capital) {
  std::vector<double> one, rich, first;
  std::vector<std::uint8_t> event;
  std::vector<Index> city;
  std::vector<std::int32_t> period;
  for (Index c = 0; c < cities; ++c) {
    double const is_capital = draw_uniform(seed, c, 1) < 0.3 ? 1 : 0;
    for (std::int32_t year = 0; year < 10; ++year) {
      double const riches = flat::inverse_normal(draw_uniform(seed, c, static_cast<std::uint32_t>(100 + year)));
      double const eta = baseline + wealth * riches + capital * is_capital;
      bool const decides = draw_uniform(seed, c, static_cast<std::uint32_t>(200 + year)) < 1 / (1 + flat::exp(-eta));
      one.push_back(1);
      rich.push_back(riches);
      first.push_back(is_capital);
      event.push_back(decides);
      city.push_back(c);
      period.push_back(2000 + year);
      if (decides) break;
    }
  }
  Design design = rows_of({{"baseline", one}, {"wealth", rich}, {"capital", first}}, std::move(event));
  design.city = std::move(city);
  design.period = std::move(period);
  return design;
}

/// Estimates that nobody estimated, with unit errors.
inline EventHistoryFit fit_with(std::vector<std::string> names, std::vector<double> const& coefficients,
                                FitLink link = FitLink::logit) {
  EventHistoryFit fit;
  fit.link = link;
  fit.parameters = names.size();
  fit.names = std::move(names);
  auto const n = static_cast<Eigen::Index>(coefficients.size());
  fit.coefficients = Eigen::Map<Eigen::VectorXd const>(coefficients.data(), n);
  fit.covariance = Eigen::MatrixXd::Identity(n, n);
  fit.lower = fit.coefficients.array() - 1.96;
  fit.upper = fit.coefficients.array() + 1.96;
  return fit;
}

}  // namespace hansa::test
