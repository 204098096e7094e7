/// Clocks of cities whose pressure drifts: nothing is computed for a city until something touches it, or until it might
/// cross if its hazard had stayed at its highest.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "run/predictor.hpp"
#include "run/settle.hpp"

namespace hansa {

/// A pressure that is out of bounds, in the decisions of `step`.
template <class Lane>
struct Outlier {
  Index city;
  Lane pressure;
  std::int32_t step;
};

/// A record's `hazard` is not what is consumed in a step but what no step consumes more than, until something touches
/// the city. What steps have consumed is worked out from the course of the pressure, with the same numbers as step by
/// step. A Lane and a byte a city.
template <class Lane>
class Drift {
 public:
  /// The predictor outlives it. Empty unless `alone`: nobody else stops clocks, nor asks when in a step they run out.
  Drift(Predictor<Lane> const& predictor, Rule rule, std::size_t cities, bool alone)
      : predictor_(predictor),
        rule_(rule),
        still_(alone && predictor.drifts_alone() ? cities : 0),
        drifts_(still_.size()) {}

  [[nodiscard]] bool empty() const noexcept { return still_.empty(); }

  /// Of `cities` (<= batch_size) that might cross in `step`, keeps those that do and sets the clocks of the others.
  /// Returns how many it kept. complain(outlier) does not return.
  template <class Complain>
  std::size_t keep_crossing(std::span<Index> cities, std::int32_t step, ClockRecords<Lane> const& clocks,
                            Complain const& complain) {
    std::array<double, batch_size> used;
    consume(cities, step, clocks.record, used.data(), complain);
    std::array<Index, batch_size> waiting;
    std::size_t kept = 0, others = 0;
    for (std::size_t k = 0; k < cities.size(); ++k) {
      CityRecord<Lane>& own = clocks.record[cities[k]];
      if (used[k] >= own.remaining) {
        cities[kept++] = cities[k];
      } else {
        own.remaining -= used[k];
        waiting[others++] = cities[k];
      }
    }
    DriftRange<Lane> range;
    std::span<Index const> const open(waiting.data(), others);
    predictor_.settle(open, step - 1);
    predictor_.predict_drift(open, step, range);
    set_bounds(open, step, range, clocks);
    return kept;
  }

  /// New bounds after `step` of at most batch_size cities, none asleep.
  template <class Complain>
  void set(std::span<Index const> cities, std::int32_t step, ClockRecords<Lane> const& clocks,
           Complain const& complain) {
    std::array<double, batch_size> used;
    consume(cities, step, clocks.record, used.data(), complain);
    for (std::size_t k = 0; k < cities.size(); ++k) clocks.record[cities[k]].remaining -= used[k];
    predictor_.settle(cities, step);
    DriftRange<Lane> range;
    predictor_.predict_drift(cities, step + 1, range);
    set_bounds(cities, step, range, clocks);
  }

 private:
  static constexpr std::size_t room = 512;  // pressures worked on at a time

  /// Pressures of some cities in steps one after the other, waiting to be turned into hazards.
  struct Course {
    struct Part {
      std::size_t begin, end, of;  ///< of: position in the batch
      std::int32_t first;          ///< step
    };
    alignas(64) std::array<Lane, room> pressure;
    std::array<Part, room> parts;
    std::size_t filled = 0, count = 0;
  };

  /// What hazards took from each in the steps after its record up to `until`.
  template <class Complain>
  void consume(std::span<Index const> cities, std::int32_t until, CityRecord<Lane> const* record, double* used,
               Complain const& complain) const {
    Course course;
    for (std::size_t k = 0; k < cities.size(); ++k) {
      CityRecord<Lane> const& own = record[cities[k]];
      used[k] = 0;
      if (own.hazard == 0) continue;  // it has just begun, or nothing presses it
      Lane const still = still_[cities[k]];
      if (drifts_[cities[k]] == 0) {
        used[k] = on_grid(static_cast<double>(own.hazard)) * (until - own.since);
        continue;
      }
      for (std::int32_t since = own.since; since < until;) {
        if (course.filled == room) take(course, cities, used, complain);
        std::size_t const n = std::min(room - course.filled, static_cast<std::size_t>(until - since));
        predictor_.drift(cities[k], still, since, std::span(course.pressure).subspan(course.filled, n));
        course.parts[course.count++] = {course.filled, course.filled + n, k, since + 1};
        course.filled += n;
        since += static_cast<std::int32_t>(n);
      }
    }
    take(course, cities, used, complain);
  }

  /// Of numbers on the grid, and so in any order.
  static double sum(double const* each, typename Course::Part const& part) noexcept {
    double sums[4] = {0, 0, 0, 0};
    std::size_t k = part.begin;
    for (; k + 4 <= part.end; k += 4)
      for (std::size_t lane = 0; lane < 4; ++lane) sums[lane] += each[k + lane];
    for (; k < part.end; ++k) sums[0] += each[k];
    return sums[0] + sums[1] + (sums[2] + sums[3]);
  }

  /// Adds up the hazards of a course: on the grid, so exactly.
  template <class Complain>
  void take(Course& course, std::span<Index const> cities, double* used, Complain const& complain) const {
    bool const fine = with_link(rule_, [&]<Link link>() {
      if (!within_bounds<link>(course.pressure.data(), course.filled)) return false;
      std::size_t const n = course.filled;
      alignas(64) std::array<Lane, room> hazard;
      alignas(64) std::array<double, room> grid;
      find_hazards<link>(course.pressure.data(), hazard.data(), n);
      for (std::size_t k = 0; k < n; ++k) hazard[k] = hazard[k] < Lane{64} ? hazard[k] : Lane{64};
      for (std::size_t k = 0; k < n; ++k) grid[k] = on_grid(static_cast<double>(hazard[k]));
      for (std::size_t p = 0; p < course.count; ++p) used[course.parts[p].of] += sum(grid.data(), course.parts[p]);
      return true;
    });
    if (!fine) find_outlier(course, cities, complain);
    course.filled = course.count = 0;
  }

  template <class Complain>
  void find_outlier(Course const& course, std::span<Index const> cities, Complain const& complain) const {
    for (std::size_t p = 0; p < course.count; ++p) {
      auto const& part = course.parts[p];
      for (std::size_t k = part.begin; k < part.end; ++k)
        if (!is_taken(rule_, course.pressure[k]))
          complain(Outlier<Lane>{cities[part.of], course.pressure[k],
                                 part.first + static_cast<std::int32_t>(k - part.begin)});
    }
  }

  /// Who might leave the bounds of the rule is looked at again in the next step.
  void set_bounds(std::span<Index const> cities, std::int32_t step, DriftRange<Lane> const& range,
                  ClockRecords<Lane> const& clocks) {
    with_link(rule_, [&]<Link link>() {
      std::size_t const n = cities.size();
      alignas(64) std::array<Lane, batch_size> hazard;
      Batch<Lane> batch;
      for (std::size_t k = 0; k < n; ++k) load(batch, k, clocks.record[cities[k]]);
      alignas(64) std::array<std::int32_t, batch_size> fine, drifts;
      for (std::size_t k = 0; k < n; ++k) fine[k] = is_taken<link>(range.least[k]) && is_taken<link>(range.most[k]);
      for (std::size_t k = 0; k < n; ++k) drifts[k] = range.least[k] != range.most[k] || fine[k] == 0;
      for (std::size_t k = 0; k < n; ++k) hazard[k] = fine[k] != 0 ? range.most[k] : Lane{0};
      find_hazards<link>(hazard.data(), hazard.data(), n);
      for (std::size_t k = 0; k < n; ++k) hazard[k] += drifts[k] != 0 ? hazard[k] * slack : Lane{0};
      for (std::size_t k = 0; k < n; ++k) hazard[k] = fine[k] != 0 && hazard[k] < Lane{64} ? hazard[k] : Lane{64};
      for (std::size_t k = 0; k < n; ++k) batch.hazard[k] = hazard[k];
      for (std::size_t k = 0; k < n; ++k) still_[cities[k]] = range.still[k];
      for (std::size_t k = 0; k < n; ++k) drifts_[cities[k]] = drifts[k] != 0 ? 1 : 0;
      find_dates(batch, n, step);
      for (std::size_t k = 0; k < n; ++k) {
        store(batch, k, step, clocks.record[cities[k]]);
        clocks.due[cities[k]] = static_cast<std::int16_t>(batch.due[k]);
      }
      return true;
    });
  }

  /// A hazard in single precision is known to a few parts in 10^7, and so may not fall where its pressure does.
  static constexpr Lane slack = static_cast<Lane>(0x1p-16);

  Predictor<Lane> const& predictor_;
  Rule rule_;
  std::vector<Lane> still_;           // pressure without the terms that drift
  std::vector<std::uint8_t> drifts_;  // 0: nothing drifts, and `hazard` is what is consumed
};

}  // namespace hansa
