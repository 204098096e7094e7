/// Budgets of cities, city by city.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "record/history.hpp"
#include "reference/facts.hpp"

namespace hansa::reference {

class Purses {
 public:
  Purses(Scenario const& scenario, Facts const& facts);

  /// Whether cities have budgets.
  [[nodiscard]] bool kept() const { return scenario_.resources.has_value(); }
  /// What a city can pay from at the label.
  [[nodiscard]] double balance(Index city) const { return balance_.at(city); }
  /// Ends label `t`: what was spent on all policies, per city, and what each policy's adoptions were.
  void end(std::int32_t t, std::vector<double> const& spent, std::vector<Adoption> const& adoptions);
  /// Counts the ties of all networks after label `t`.
  void count_ties(std::int32_t t);
  /// Counts the members of label `t` of the collaborations that recruit or have pledges, whose names it returns.
  std::vector<std::string> count_members(std::int32_t t);
  [[nodiscard]] SharedHistory const& history() const { return history_; }
  [[nodiscard]] SharedHistory& history() { return history_; }

 private:
  [[nodiscard]] double fee(Index city, std::int32_t t) const;
  [[nodiscard]] std::vector<int> uses(std::int32_t t, std::vector<Adoption> const& adoptions);
  [[nodiscard]] double amount(NumberOrAttribute const& of, Index city, std::int32_t t) const;

  Scenario const& scenario_;
  Facts const& facts_;
  std::vector<double> balance_;
  SharedHistory history_;
};

}  // namespace hansa::reference
