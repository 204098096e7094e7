/// An attribute of all cities as it changes from step to step.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "world/cities.hpp"

namespace hansa {

/// Numbers, or codes of a text (-1 where missing) as numbers. Steps may be asked for in any order; going back costs a
/// copy.
class AttributeSeries {
 public:
  /// The attribute exists; `cities` outlive it.
  AttributeSeries(Cities const& cities, std::string_view name, Clock const& clock);
  /// Values of the cities in a step.
  [[nodiscard]] std::vector<double> const& at(std::int32_t step);
  /// The labels of a text attribute, in the order of their codes; null for numbers.
  [[nodiscard]] std::vector<std::string> const* labels() const noexcept { return labels_; }

 private:
  struct Change {
    std::int32_t step;
    Index city;
    double value;
  };
  std::vector<std::string> const* labels_ = nullptr;
  std::vector<double> start_;
  std::vector<Change> changes_;  // by step
  std::vector<double> now_;
  std::size_t next_ = 0;
  std::int32_t step_ = 0;
};

}  // namespace hansa
