/// Products found by what coefficients are of, with the values of attributes in each row.
#include "inference/effect_products.hpp"

#include <algorithm>
#include <numeric>

#include "inference/attribute_series.hpp"

namespace hansa {

namespace {

std::size_t position_of(std::vector<Coefficient> const& coefficients, CoefficientKind kind,
                        std::string Coefficient::*name, std::string const& value) {
  for (std::size_t c = 0; c < coefficients.size(); ++c)
    if (coefficients[c].kind == kind && coefficients[c].*name == value) return c;
  return no_column;
}

/// A row's policy lets the attribute change the strength of its mechanism; of policies that are pooled not all do.
std::vector<std::uint8_t> rows_with(Coefficient const& product, FitQuestion const& question, Design const& design) {
  std::vector<std::uint8_t> has;
  for (PolicySpec const& policy : question.scenario->policies) {
    has.push_back(0);
    for (MechanismSpec const& each : policy.mechanisms) {
      if (each.name != product.mechanism) continue;
      has.back() = std::any_of(each.strength_by.begin(), each.strength_by.end(),
                               [&](auto const& slope) { return slope.first.name == product.attribute; });
    }
  }
  std::vector<std::uint8_t> rows;
  for (Index const policy : design.policy) rows.push_back(has[policy]);
  return rows;
}

/// The attribute of each row's city in its step.
Eigen::VectorXd attribute_values(std::string const& attribute, FitQuestion const& question, Design const& design) {
  AttributeSeries series(question.world->cities, attribute, question.model.clock);
  std::vector<std::size_t> order(design.rows());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return design.period[a] < design.period[b]; });
  Eigen::VectorXd values(static_cast<Eigen::Index>(design.rows()));
  for (std::size_t const row : order)
    values[static_cast<Eigen::Index>(row)] =
        series.at(design.period[row] - question.model.clock.start + 1)[design.city[row]];
  return values;
}

Eigen::VectorXd only(Eigen::VectorXd values, std::vector<std::uint8_t> const& rows) {
  for (Eigen::Index i = 0; i < values.size(); ++i)
    if (rows[static_cast<std::size_t>(i)] == 0) values[i] = 0;
  return values;
}

}  // namespace

std::vector<Product> products_of(FitQuestion const& question, ObservedDesign const& observed) {
  std::vector<Coefficient> const& all = observed.coefficients;
  Design const& design = observed.design;
  std::vector<Product> products;
  for (std::size_t c = 0; c < all.size(); ++c) {
    if (all[c].kind != CoefficientKind::strength_by || design.rows() == 0) continue;
    std::vector<std::uint8_t> const rows = rows_with(all[c], question, design);
    std::size_t const mechanism =
        position_of(all, CoefficientKind::strength, &Coefficient::mechanism, all[c].mechanism);
    std::size_t const attribute = position_of(all, CoefficientKind::slope, &Coefficient::attribute, all[c].attribute);
    products.push_back(
        {c, mechanism, all[c].mechanism, only(attribute_values(all[c].attribute, question, design), rows)});
    products.push_back(
        {c, attribute, all[c].attribute, only(design.x.col(static_cast<Eigen::Index>(mechanism)), rows)});
  }
  return products;
}

std::vector<Product> slope_products(FitQuestion const& question, ShapedFit const& shaped) {
  std::vector<Coefficient> const& all = shaped.observed.coefficients;
  Design const& design = shaped.observed.design;
  std::vector<Product> products;
  for (auto const& [column, slopes] : shaped.slopes_per_unit) {
    Coefficient const& each = all[column];
    std::vector<std::uint8_t> const rows = rows_with(each, question, design);
    std::size_t const attribute = position_of(all, CoefficientKind::slope, &Coefficient::attribute, each.attribute);
    for (Eigen::Index k = 0; k < slopes.cols(); ++k)
      products.push_back(
          {design.columns() + static_cast<std::size_t>(k), attribute, each.attribute, only(slopes.col(k), rows)});
  }
  return products;
}

}  // namespace hansa
