/// What is gathered of one policy in one what-if and its base, pair by pair.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "measures/comparison.hpp"
#include "measures/nested_moments.hpp"
#include "measures/ratio_of_means.hpp"
#include "record/history.hpp"

namespace hansa {

inline constexpr std::array<double, 3> times_to = {0.25, 0.5, 0.75};  ///< shares of all cities

/// First position from which on at least `share` of all cities had adopted at some step; none: -1.
[[nodiscard]] std::int32_t position_of_share(std::span<std::int32_t const> adopters, double share,
                                             std::int64_t cities) noexcept;

/// What adopting one policy costs, step by step in one scenario or as a difference of two.
class PaidMoments {
 public:
  /// Without: a history without costs stands for one in which nothing is paid. With: states them.
  void add(PolicyHistory const& without, PolicyHistory const& with, std::int64_t draw);
  [[nodiscard]] PaidToDate paid() const;

 private:
  std::vector<NestedMoments> spending_, subsidies_;  // added up to the end of each step
};

/// One policy of a what-if and of the base.
class PairMoments {
 public:
  /// `funded`: ascending. `groups`: how many there are in all groupings.
  PairMoments(Clock const& clock, Index cities, std::vector<Index> funded, std::size_t groups);
  /// Draws come one after the other. `cost`: what the what-if costs its funders more in this pair; all pairs have one,
  /// or none has.
  void add(PolicyHistory const& without, PolicyHistory const& with, std::int64_t draw = no_draw,
           std::optional<double> cost = {});

  /// All but luck and the names of groups.
  [[nodiscard]] PolicyDifference difference() const;

 private:
  void add_counts(PolicyHistory const& without, PolicyHistory const& with, std::int64_t draw);
  void add_cities(PolicyHistory const& without, PolicyHistory const& with, std::int64_t draw,
                  std::optional<double> cost);

  struct Times {
    std::int64_t without = 0, with = 0;
    NestedMoments difference;
  };
  struct CityCounts {
    std::int64_t without = 0, with = 0, earlier = 0, later = 0, only_with = 0, only_without = 0, gained = 0;
  };
  Clock clock_;
  Index cities_;
  std::vector<Index> funded_;
  std::int64_t pairs_ = 0;
  std::vector<NestedMoments> adopters_, covered_;  // per step
  PaidMoments paid_;
  RatioOfMeans per_adopter_, per_follower_;
  NestedMoments final_without_, final_with_;
  std::array<Times, times_to.size()> times_;
  std::vector<NestedMoments> groups_without_, groups_;
  NestedMoments deadweight_, funded_more_, followers_;
  std::vector<CityCounts> counts_;
};

}  // namespace hansa
