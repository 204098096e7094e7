/// Attributes that an exposure compares or weighs by, at every step.
#pragma once

#include <cstdint>
#include <optional>
#include <tuple>
#include <vector>

#include "model/catalogue.hpp"

namespace hansa {

/// One attribute of all cities over time: numbers, or the codes of a text. A missing text is NaN.
class AttributeCourse {
 public:
  struct Change {
    Index city;
    std::int32_t step;
    double value;
    [[nodiscard]] std::tuple<Index, std::int32_t> key() const noexcept { return {city, step}; }
  };

  /// Nothing after a complaint. `what` names the use. A number must not be missing.
  [[nodiscard]] static std::optional<AttributeCourse> of_number(Reference const& name, std::string_view what,
                                                                TermContext const& context, Changes changes,
                                                                Complaints& complaints);
  /// A number or a text.
  [[nodiscard]] static std::optional<AttributeCourse> of_any(Reference const& name, std::string_view what,
                                                             TermContext const& context, Changes changes,
                                                             Complaints& complaints);

  [[nodiscard]] double at(Index city, std::int32_t step) const noexcept;
  [[nodiscard]] std::vector<double> const& start() const noexcept { return start_; }
  /// After the start, by city, then step.
  [[nodiscard]] std::vector<Change> const& changes() const noexcept { return changes_; }
  /// Adds the steps in (from, until] at which the city's value changes.
  void add_turns(Index city, std::int32_t from, std::int32_t until, std::vector<std::int32_t>& turns) const;

 private:
  template <class Of>
  void add_later(std::vector<Later<Of>> const& later, Clock const& clock);
  std::vector<double> start_;
  std::vector<Change> changes_;
};

}  // namespace hansa
