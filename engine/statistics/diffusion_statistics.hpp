/// The statistics that a scenario asks for, of any history in its world.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/scenario.hpp"
#include "statistics/adoptions.hpp"
#include "statistics/exposure_statistics.hpp"
#include "statistics/tie_rows.hpp"
#include "world/world.hpp"

namespace hansa {

/// A variable of statistics: of each policy one number, or one for each city, each step or both.
struct StatisticVariable {
  std::string name, entry, kind, meaning;
  bool by_city = false, by_time = false;
  bool counts = false;                             ///< whole numbers that are never missing
  std::span<std::string_view const> classes = {};  ///< of categories, whose values are positions; empty: numbers
};

/// Values of one policy: of each variable 1, n, T or n × T numbers, the last axis fastest; NaN: missing.
using StatisticValues = std::vector<std::vector<double>>;

/// Const use is thread safe. The world outlives it.
class DiffusionStatistics {
 public:
  /// Complains of networks without stored ties, and of attributes that are not numbers. Scenario and world belong
  /// together; the scenario has the section.
  DiffusionStatistics(Scenario const& scenario, World const& world, Complaints& complaints);

  [[nodiscard]] std::vector<StatisticVariable> const& variables() const noexcept { return variables_; }
  [[nodiscard]] StatsSpec const& spec() const noexcept { return spec_; }
  /// Of one history. `policy` and `replicate` are those that random permutations are drawn for.
  [[nodiscard]] StatisticValues of(Adoptions const& adoptions, std::string_view policy, std::int64_t replicate) const;

 private:
  struct Rows {
    NetworkLayer const* layer = nullptr;
    TieRows all;  ///< of all cities
  };
  using RowsKey = std::pair<std::string, TieSense>;

  void need_rows(Reference const& network, TieSense sense, Scenario const& scenario, Complaints& complaints);
  void need_attribute(Reference const& attribute, std::string_view what, Complaints& complaints);
  /// Those of known cities.
  [[nodiscard]] TieRows const& rows(std::string const& network, TieSense sense, Adoptions const& adoptions,
                                    TieRows& own) const;
  void add(ExposureStatistic const& how, Adoptions const& adoptions, StatisticValues& into) const;
  void add(ThresholdStatistic const& how, Adoptions const& adoptions, StatisticValues& into) const;
  void add(FollowingStatistic const& how, Adoptions const& adoptions, StatisticValues& into) const;
  void add(MoranStatistic const& how, Adoptions const& adoptions, std::uint64_t key, StatisticValues& into) const;
  void add(ClassesStatistic const& how, Adoptions const& adoptions, StatisticValues& into) const;

  World const& world_;
  Clock clock_;
  std::uint64_t seed_;
  StatsSpec spec_;
  std::vector<StatisticVariable> variables_;
  std::map<RowsKey, Rows> rows_;
  std::map<std::string, StatisticAttribute, std::less<>> attributes_;
};

}  // namespace hansa
