/// Columns that are products of covariates: mechanisms times the attributes that change their strength.
#pragma once

#include <vector>

#include "inference/fit_scenario.hpp"
#include "inference/fit_shapes.hpp"

namespace hansa {

/// Two for each `strength_by` of the policies: that of the mechanism, which changes by the attribute of the city, and
/// that of the attribute, which changes by the mechanism. `observed`: with its coefficients.
[[nodiscard]] std::vector<Product> products_of(FitQuestion const& question, ObservedDesign const& observed);

/// The same of the slopes of shapes, columns behind those of the design: with a unit of an attribute they change by
/// what the mechanism changes with the shape.
[[nodiscard]] std::vector<Product> slope_products(FitQuestion const& question, ShapedFit const& shaped);

}  // namespace hansa
