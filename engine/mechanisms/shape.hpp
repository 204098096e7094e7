/// Functions f of a share or number, f(0) = 0: how exposure turns into pressure, and effort into a public good.
#pragma once

#include "base/flat_math.hpp"
#include "scenario/parameters.hpp"

namespace hansa {

/// A shape with its constants worked out. step: 1 from `a` on; power: x^a; logistic: scaled to f(0) = 0, f(1) = 1.
class ShapeFunction {
 public:
  explicit ShapeFunction(Shape const& shape) : form_(shape.form), a_(shape.a), b_(shape.b) {
    if (form_ == Shape::Form::logistic) {
      floor_ = logistic(0);
      range_ = logistic(1) - floor_;
    }
  }

  /// Complains, at its place, of a logistic that is flat between 0 and 1 and cannot be scaled.
  [[nodiscard]] bool is_usable(Shape const& shape, Complaints& complaints) const {
    if (range_ > 1e-12) return true;
    complaints.add("this logistic is flat between 0 and 1", shape.where,
                   "a midpoint near 0 to 1, and a steepness that shows there, were expected");
    return false;
  }

  [[nodiscard]] bool is_linear() const noexcept { return form_ == Shape::Form::linear; }

  /// x >= 0.
  [[nodiscard]] double operator()(double x) const noexcept {
    switch (form_) {
      case Shape::Form::linear:
        return x;
      case Shape::Form::log1p:
        return flat::log1p(x);
      case Shape::Form::power:
        return flat::pow(x, a_);
      case Shape::Form::step:
        return x >= a_ ? 1 : 0;
      case Shape::Form::logistic:
        return x == 0 ? 0 : x == 1 ? 1 : (logistic(x) - floor_) / range_;
    }
    return 0;
  }

 private:
  [[nodiscard]] double logistic(double x) const noexcept { return 1 / (1 + flat::exp(-b_ * (x - a_))); }

  Shape::Form form_;
  double a_;
  double b_;
  double floor_ = 0;
  double range_ = 1;
};

}  // namespace hansa
