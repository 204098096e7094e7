/// Clocks of cities whose pressure drifts: nothing is computed for a city until it might cross if its hazard had stayed
/// at its highest whenever nothing touched it.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include "run/drift_log.hpp"
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

/// A city that has spells in the log has bounds in its record: `hazard` is what no step consumes more than, until
/// something touches the city, and so `remaining` the least that can be left. What steps have consumed is worked out
/// from the spells when these bounds let the city cross, with the same numbers as step by step. Without spells the
/// record is exact.
template <class Lane>
class Drift {
 public:
  /// The predictor outlives it. Empty unless `alone`: nobody else stops clocks, nor asks when in a step they run out.
  Drift(Predictor<Lane> const& predictor, Rule rule, std::size_t cities, bool alone)
      : predictor_(predictor),
        rule_(rule),
        log_(alone && predictor.drifts_alone() ? cities : 0, predictor.drifting()) {}

  [[nodiscard]] bool empty() const noexcept { return log_.empty(); }

  void prefetch(Index city) const noexcept { log_.prefetch(city); }

  /// Cities of a part, or all, begin anew.
  void clear(Index begin, Index end) noexcept { log_.clear(begin, end); }
  void forget(Index city) noexcept {
    if (!empty()) log_.forget(city);
  }

  /// Of `cities` (<= batch_size) that might cross in `step`, keeps those that do and sets the clocks of the others.
  /// Returns how many it kept. complain(outlier) does not return.
  template <class Complain>
  std::size_t keep_crossing(std::span<Index> cities, std::int32_t step, ClockRecords<Lane> const& clocks,
                            Complain const& complain) {
    std::array<double, batch_size> used;
    consume(cities, step, used.data(), complain);
    std::array<Index, batch_size> waiting;
    std::size_t kept = 0, others = 0;
    for (std::size_t k = 0; k < cities.size(); ++k) {
      Index const city = cities[k];
      double const left = log_.has(city) ? log_.remaining(city) - used[k] : 0;
      log_.forget(city);
      if (left <= 0) {
        cities[kept++] = city;
      } else {
        clocks.record[city].remaining = left;
        waiting[others++] = city;
      }
    }
    set_bounds({waiting.data(), others}, step, step, clocks);
    return kept;
  }

  /// Complains if a city at risk that does not decide in `step` has met a pressure out of bounds up to it.
  template <class Complain>
  void check(Index city, std::int32_t step, Complain const& complain) const {
    double used = 0;
    consume(std::span(&city, 1), step, &used, complain);
  }

  /// New bounds after `step` of at most batch_size cities, none asleep.
  template <class Complain>
  void set(std::span<Index const> cities, std::int32_t step, ClockRecords<Lane> const& clocks,
           Complain const& complain) {
    for (Index const city : cities) {
      CityRecord<Lane>& own = clocks.record[city];
      own.remaining -= on_grid(static_cast<double>(own.hazard)) * (step - own.since);
      if (!log_.is_full(city)) continue;
      double used = 0;
      consume(std::span(&city, 1), step, &used, complain);
      own.remaining = log_.remaining(city) - used;
      log_.forget(city);
    }
    set_bounds(cities, step, step + 1, clocks);
  }

 private:
  static constexpr std::size_t room = 512;  // pressures worked on at a time

  /// Pressures of some cities in steps one after the other, waiting to be turned into hazards.
  struct Course {
    struct Part {
      std::size_t begin, end, of;  ///< of: position in the batch
      std::int32_t first;          ///< step
      std::int32_t times;          ///< each counts
    };
    alignas(64) std::array<Lane, room> pressure;
    std::array<Part, room> parts;
    std::size_t filled = 0, count = 0;
  };

  /// What hazards took from each in the steps from its first spell up to `until`: of numbers on the grid, and so from
  /// the last spell back.
  template <class Complain>
  void consume(std::span<Index const> cities, std::int32_t until, double* used, Complain const& complain) const {
    Course course;
    for (std::size_t k = 0; k < cities.size(); ++k) {
      used[k] = 0;
      std::int32_t last = until;
      log_.for_each(cities[k], [&](Spell<Lane> const& spell, std::span<DriftStart const> starts) {
        for (std::int32_t since = spell.since; since < last;) {
          if (course.filled == room) take(course, cities, used, complain);
          std::size_t const steps = static_cast<std::size_t>(last - since);
          std::size_t const n = spell.drifts ? std::min(room - course.filled, steps) : 1;
          auto const out = std::span(course.pressure).subspan(course.filled, n);
          if (spell.drifts) {
            predictor_.drift(cities[k], spell.still, starts, since, out);
          } else {
            out[0] = spell.still;
          }
          std::int32_t const times = spell.drifts ? 1 : last - since;
          course.parts[course.count++] = {course.filled, course.filled + n, k, since + 1, times};
          course.filled += n;
          since += spell.drifts ? static_cast<std::int32_t>(n) : times;
        }
        last = std::min(last, spell.since);
      });
    }
    take(course, cities, used, complain);
  }

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
      for (std::size_t p = 0; p < course.count; ++p)
        used[course.parts[p].of] += sum(grid.data(), course.parts[p]) * course.parts[p].times;
      return true;
    });
    if (!fine) find_outlier(course, cities, complain);
    course.filled = course.count = 0;
  }

  template <class Complain>
  void find_outlier(Course const& course, std::span<Index const> cities, Complain const& complain) const {
    for (std::size_t p = course.count; p-- > 0;) {
      auto const& part = course.parts[p];
      for (std::size_t k = part.begin; k < part.end; ++k)
        if (!is_taken(rule_, course.pressure[k]))
          complain(Outlier<Lane>{cities[part.of], course.pressure[k],
                                 part.first + static_cast<std::int32_t>(k - part.begin)});
    }
  }

  /// By the pressures in the decisions of `step` and after, of records that say what is left after `since`. Who might
  /// leave the bounds of the rule is looked at again in the next step.
  void set_bounds(std::span<Index const> cities, std::int32_t since, std::int32_t step,
                  ClockRecords<Lane> const& clocks) {
    DriftRange<Lane> range;
    predictor_.predict_drift(cities, step, range);
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
      std::array<Index, batch_size> logged;
      std::array<std::uint32_t, batch_size> place;
      std::size_t count = 0;
      for (std::size_t k = 0; k < n; ++k) {
        if (drifts[k] == 0 && !log_.has(cities[k])) continue;
        place[count] = log_.add(cities[k], batch.remaining[k], {since, drifts[k] != 0, range.still[k]});
        logged[count++] = cities[k];
      }
      find_starts({logged.data(), count}, place.data());
      find_dates(batch, n, since);
      for (std::size_t k = 0; k < n; ++k) {
        store(batch, k, since, clocks.record[cities[k]]);
        clocks.due[cities[k]] = static_cast<std::int16_t>(batch.due[k]);
      }
      return true;
    });
  }

  void find_starts(std::span<Index const> cities, std::uint32_t const* place) {
    std::array<DriftStart, batch_size> starts;
    for (std::size_t j = 0; j < predictor_.drifting(); ++j) {
      predictor_.find_starts(j, cities, starts.data());
      for (std::size_t k = 0; k < cities.size(); ++k) log_.start(cities[k], place[k], j) = starts[k];
    }
  }

  /// A hazard in single precision is known to a few parts in 10^7, and so may not fall where its pressure does.
  static constexpr Lane slack = static_cast<Lane>(0x1p-16);

  Predictor<Lane> const& predictor_;
  Rule rule_;
  DriftLog<Lane> log_;
};

}  // namespace hansa
