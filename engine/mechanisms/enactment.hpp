/// When national governments enact their laws on a policy, and from when on these are in force.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

#include "model/catalogue.hpp"

namespace hansa {

/// Const and shared. At the end of step t a country c has the share s_c(t) of its cities (those whose adoptions are
/// known) that have adopted; the initial adopters are those of the end of step 0, in which no time passes. It enacts at
/// the end of the first step t
///   share: in which s_c(t) >= s*_c, from step 0 on;
///   hazard: in which Σ_{u = 1 … t} (b_c + a_c s_c(u)) >= R_c, R_c ~ Exp(1) drawn by policy and country;
/// and the law is in force from step t + 1 + delay_c on, for good (Berry & Berry 1990 for hazards of enactment). Or a
/// file dates from when laws are in force: a date before the first step counts as that. Where s*, b, a and the delay
/// change by date, those of step t count at its end.
class Enactment {
 public:
  /// In one replicate, per country.
  struct State {
    std::vector<std::int32_t> adopters;
    std::vector<double> accumulated, resistance;  ///< of hazards
    std::vector<std::int32_t> from;               ///< first step in which the law is in force
    std::vector<std::uint8_t> in_force;
  };

  /// Nothing after a complaint: no column `country`, attributes of countries that are unknown, missing or out of range.
  [[nodiscard]] static std::optional<Enactment> make(MechanismSpec const& spec, TermContext const& context,
                                                     Complaints& complaints);

  void reset(State& state, Outset const& outset) const;
  void apply(State& state, std::span<Event const> events) const noexcept;
  /// Brings laws to the decisions of step + 1, and touches the cities of those that come into force.
  void advance(State& state, std::int32_t step, Touched& touched) const;
  [[nodiscard]] bool in_force(State const& state, Index city) const noexcept {
    std::int32_t const country = country_[city];
    return country >= 0 && state.in_force[static_cast<std::size_t>(country)] != 0;
  }
  /// Of a city; -1: none.
  [[nodiscard]] std::int32_t country(Index city) const noexcept { return country_[city]; }

 private:
  enum class By { share, hazard, file };
  struct Conditions;
  [[nodiscard]] bool enacts(State& state, Conditions const& now, std::size_t country, std::int32_t step) const noexcept;

  static constexpr std::int32_t never_in_force = std::numeric_limits<std::int32_t>::max();

  By by_ = By::share;
  std::uint64_t policy_ = 0;                // hash of its name
  std::vector<std::int32_t> country_;       // per city, -1: none
  std::vector<std::uint8_t> counts_;        // per city: 0 where nobody knows whether it has adopted; empty: 1
  std::vector<std::vector<Index>> cities_;  // per country
  std::vector<std::int32_t> size_;          // per country: cities that count
  std::vector<std::uint64_t> hash_;         // per country
  /// What makes countries enact from a step on; per country.
  struct Conditions {
    std::int32_t step = 1;
    std::vector<double> share, base, slope;
    std::vector<std::int32_t> delay;
  };
  [[nodiscard]] static Conditions conditions_of(MechanismSpec const& spec, By by, TermContext const& context,
                                                Complaints& complaints);
  void follow_dates(MechanismSpec const& spec, TermContext const& context, Complaints& complaints);
  /// Those of a step; before the first: of the first.
  [[nodiscard]] Conditions const& in(std::int32_t step) const noexcept;

  std::vector<Conditions> conditions_;  // by step; at least one
  std::vector<std::int32_t> from_;      // per country, of a file
};

/// The numbers of countries that a parameter gives: one for all, or an attribute. Nothing after a complaint.
[[nodiscard]] std::optional<std::vector<double>> numbers_of_countries(MechanismSpec const& spec, std::string_view name,
                                                                      double highest, TermContext const& context,
                                                                      Complaints& complaints);

}  // namespace hansa
