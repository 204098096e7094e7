/// The clocks of all cities on one policy: what resistance is left, when pressure will have overcome it, who is asleep.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include "base/aligned.hpp"
#include "run/bars.hpp"
#include "run/bounds.hpp"
#include "run/city_parts.hpp"
#include "run/drift.hpp"
#include "run/predictor.hpp"
#include "run/resistance.hpp"
#include "run/risk_set.hpp"
#include "run/scan.hpp"
#include "run/settle.hpp"
#include "run/thresholds.hpp"

namespace hansa {

/// What the clocks are set by. All outlives them.
template <class Lane>
struct ClockParts {
  Clock const& clock;
  PolicyModel const& policy;
  Cities const& cities;
  Resistances const& resistances;
  Predictor<Lane> const& predictor;
  RiskSet const& risk;
  Hindrances const& hindrances;
};

template <class Lane>
class Clocks {
 public:
  static constexpr int worth_a_row = batch_size * 3 / 8;  ///< cities awake from which on a whole row is cheaper

  /// `leaves`: adopters may leave. `alone`: neither stop() nor fraction() will be called.
  Clocks(ClockParts<Lane> const& by, bool leaves, bool alone, Crew& crew)
      : by_(by),
        threshold_(by.policy.rule == Rule::threshold),
        thresholds_(by.policy, by.resistances, by.predictor, by.cities.size()),
        n_(by.cities.size()),
        parts_(n_, crew),
        record_(padded(n_)),
        due_(padded(n_)),
        flags_(padded(n_)),
        drift_(by.predictor, by.policy.rule, n_, alone),
        marks_(padded(n_) / 8),
        list_((leaves ? 2 : 1) * padded(n_) + 64),
        counts_(parts_.count()) {}

  /// Draws resistances; everybody is asleep.
  void draw() {
    parts_.run([&](Index begin, Index end) {
      std::fill(due_.begin() + begin, due_.begin() + end, no_step);
      std::fill(flags_.begin() + begin, flags_.begin() + end, flag_asleep);
      std::fill(marks_.begin() + begin / 8, marks_.begin() + end / 8, std::uint8_t{0});
      drift_.clear(begin, end);
      if (threshold_) {
        thresholds_.draw(begin, std::min(end, n_), record_.data());
      } else {
        by_.resistances.draw(begin, std::min(end, n_), record_.data());
      }
    });
    if (threshold_) return;  // a trait: kept across episodes
    for (auto const& [city, episode] : by_.risk.later_episodes()) {
      record_[city].remaining = by_.resistances.accumulated(city, episode);
    }
  }

  /// True if touch_drifting() of the predictor is not to be called.
  [[nodiscard]] bool follows_drift() const noexcept { return !drift_.empty(); }

  /// Lists who is due in `step`, ascending, and puts them to sleep as adopters; returns their number. is_certain(city)
  /// of those who are due whatever their clocks say.
  template <class IsCertain>
  std::uint32_t find_events(std::int16_t step, IsCertain const& is_certain) {
    parts_.run([&](Index begin, Index end) {
      Index* const found = list_.data() + begin;
      std::uint32_t count = find_due(due_.data() + begin, end - begin, step, found);
      for (std::uint32_t k = 0; k < count; ++k) found[k] += begin;
      if (follows_drift()) count = without_the_early({found, count}, step, is_certain);
      for (std::uint32_t k = 0; k < count; ++k) {
        flags_[found[k]] = flag_asleep | flag_adopted;
        due_[found[k]] = no_step;
      }
      counts_[begin / CityParts::size] = count;
    });
    if (!parts_.is_wide()) return counts_[0];
    std::uint32_t events = 0;
    for (std::size_t part = 0; part < counts_.size(); ++part) {
      std::copy_n(list_.begin() + static_cast<std::ptrdiff_t>(part * CityParts::size), counts_[part],
                  list_.begin() + static_cast<std::ptrdiff_t>(events));
      events += counts_[part];
    }
    return events;
  }

  void forget_touched(Index begin, Index end) {
    if (parts_.is_listed()) return clear_touched(flags_.data() + begin, end - begin);
    std::fill(marks_.begin() + begin / 8, marks_.begin() + end / 8, std::uint8_t{0});
  }

  /// The fraction of `step` at which the pressure of a city that is due overcomes its resistance.
  [[nodiscard]] double fraction(Index city, std::int32_t step) const noexcept {
    if (threshold_) return 0;
    CityRecord<Lane> const& own = record_[city];
    double const hazard = on_grid(static_cast<double>(own.hazard));
    return std::clamp((own.remaining - hazard * (step - 1 - own.since)) / hazard, 0.0, 1.0);
  }

  /// The clock of a city at risk stands still from the fraction `at` of `step` on, and goes on with new pressure.
  void stop(Index city, std::int32_t step, double at) noexcept {
    due_[city] = no_step;
    flags_[city] = 0;
    if (threshold_) return;
    CityRecord<Lane>& own = record_[city];
    double const hazard = on_grid(static_cast<double>(own.hazard));
    double const left = own.remaining - hazard * (step - 1 - own.since) - on_grid(hazard * at);
    own = {std::max(left, grid_unit), Lane{0}, step};
  }

  /// A city that was found to adopt in a step waits: it does not, and its clock has run out.
  void wait(Index city) noexcept {
    due_[city] = no_step;
    flags_[city] = flag_asleep;
  }

  /// Lets a city that has left begin anew with `resistance`, where it has one for each episode.
  void restart(Index city, std::int32_t step, bool awake, double resistance) noexcept {
    flags_[city] = awake ? 0 : flag_asleep;
    if (!threshold_) record_[city] = {resistance, Lane{0}, step};
    drift_.forget(city);
  }

  /// After `step`: puts to sleep who is barred from the decisions of the next one, and wakes who is no more. A mandate
  /// overrides what is missing, and nothing else.
  void apply_bars(std::int32_t step, Touched& touched) {
    Hindrances const& by = by_.hindrances;
    if (by.empty()) return;
    for (Index i = 0; i < n_; ++i) {
      if ((flags_[i] & flag_adopted) != 0 || by.waits(i)) continue;
      bool const sleeps = !by_.risk.is_open(i, step + 1) || by.excludes(i) || (by.lacks(i) && !is_mandated(i));
      bool const asleep = (flags_[i] & flag_asleep) != 0;
      if (sleeps && !asleep) {
        stop(i, step, 1);
        flags_[i] = flag_asleep;
      } else if (!sleeps && (asleep || (is_mandated(i) && by.may_lack()))) {
        if (asleep) flags_[i] = 0;
        touched.add(i);  // of whom a mandate binds, what else presses may count from now on, or no more
      }
    }
    if (touched.list == nullptr) return;
    auto const asleep = [&](Index city) { return (flags_[city] & flag_asleep) != 0; };
    touched.count =
        static_cast<std::uint32_t>(std::remove_if(touched.list, touched.list + touched.count, asleep) - touched.list);
  }

  /// True if a mandate binds the city in the next decisions, under a rule with hazards.
  [[nodiscard]] bool is_mandated(Index city) const noexcept {
    Lane const* const mandated = by_.predictor.mandated();
    return mandated != nullptr && mandated[city] > Lane{0};
  }

  /// Hazards of cities that are awake, in `step`, if what a collaboration produces were all that it can: what settle
  /// makes of the pressure. At most batch_size; not under rule `threshold`.
  void hazards_if_all(Collaboration const& all, std::span<Index const> cities, std::int32_t step,
                      double* hazards) const {
    alignas(64) std::array<Lane, batch_size> eta;
    by_.predictor.predict_if_all(all, cities, step, eta.data());
    Lane const* const mandated = by_.predictor.mandated();
    with_link(by_.policy.rule, [&]<Link link>() {
      if (!within_bounds<link>(eta.data(), cities.size())) complain(cities, eta.data(), step - 1);
      for (std::size_t k = 0; k < cities.size(); ++k) {
        Lane hazard = std::min(hazard_of<link>(eta[k]), Lane{64});
        if (mandated != nullptr) hazard = std::min(hazard + mandated[cities[k]], Lane{64});
        hazards[k] = on_grid(static_cast<double>(hazard));
      }
      return true;
    });
  }

  /// Follows attributes and frailty that lower thresholds.
  void lower_thresholds() {
    if (threshold_) thresholds_.lower_changed(record_.data());
  }

  /// Sets the clocks of those who were touched, or of all, by the pressures of the decisions of step + 1.
  void set(std::int32_t step, Touched const& touched) {
    if (touched.everybody || by_.predictor.turns(step)) {
      parts_.run([&](Index begin, Index end) {
        forget_touched(begin, end);
        set_everybody(begin, end, step);
      });
    } else if (touched.list != nullptr) {
      std::span<Index const> const cities(touched.list, touched.count);
      for (Index const city : cities) flags_[city] = 0;
      set_listed(cities, step);
    } else {
      parts_.run([&](Index begin, Index end) {
        Index* const found = list_.data() + begin;
        std::uint32_t const count = take_touched(marks_.data() + begin / 8, flags_.data() + begin, end - begin, found);
        for (std::uint32_t k = 0; k < count; ++k) found[k] += begin;
        set_listed({found, count}, step);
      });
    }
  }

  [[nodiscard]] std::uint8_t* flags() noexcept { return flags_.data(); }
  [[nodiscard]] std::uint8_t const* flags() const noexcept { return flags_.data(); }
  [[nodiscard]] std::int16_t* due() noexcept { return due_.data(); }
  /// Room for the events of a step, and for who is touched after them.
  [[nodiscard]] Index* list() noexcept { return list_.data(); }
  [[nodiscard]] Index const* list() const noexcept { return list_.data(); }
  [[nodiscard]] CityParts const& parts() const noexcept { return parts_; }
  /// Nobody is touched.
  [[nodiscard]] Touched touched() noexcept {
    return parts_.is_listed() ? Touched{list_.data(), flags_.data()} : Touched{nullptr, marks_.data()};
  }

 private:
  /// Under a mandate alone no other pressure counts.
  void predict(std::span<Index const> cities, std::int32_t step, Lane* eta) const {
    by_.predictor.predict(cities, step, eta);
    if (!by_.hindrances.may_lack()) return;
    bool const logarithmic = by_.policy.rule == Rule::logit || by_.policy.rule == Rule::cloglog;
    Lane const least = logarithmic ? static_cast<Lane>(-predictor_bound) : Lane{0};
    for (std::size_t k = 0; k < cities.size(); ++k)
      if (by_.hindrances.lacks(cities[k])) eta[k] = least;
  }

  /// Of those who are due if their hazards had not drifted, keeps who is.
  template <class IsCertain>
  std::uint32_t without_the_early(std::span<Index> due, std::int32_t step, IsCertain const& is_certain) {
    std::array<Index, batch_size> uncertain;
    std::size_t kept = 0, count = 0;
    auto const decide = [&] {
      std::span<Index> const open(uncertain.data(), count);
      std::size_t const crossing = drift_.keep_crossing(open, step, {record_.data(), due_.data()}, complaint());
      std::copy_n(open.begin(), crossing, due.begin() + static_cast<std::ptrdiff_t>(kept));
      kept += crossing;
      count = 0;
    };
    bool certain = false;
    for (Index const city : due) {
      if (is_certain(city)) {
        certain = true;
        if ((flags_[city] & flag_asleep) == 0) drift_.check(city, step, complaint());
        due[kept++] = city;
        continue;
      }
      uncertain[count++] = city;
      if (count == batch_size) decide();
    }
    decide();
    if (certain) std::sort(due.begin(), due.begin() + static_cast<std::ptrdiff_t>(kept));
    return static_cast<std::uint32_t>(kept);
  }

  [[nodiscard]] auto complaint() const noexcept {
    return [this](Outlier<Lane> const& found) { complain(found.city, found.pressure, found.step - 1); };
  }

  /// New hazards for step + 1. None of the cities is asleep.
  void set_listed(std::span<Index const> cities, std::int32_t step) {
    if (follows_drift()) return set_drifting(cities, step);
    alignas(64) std::array<Lane, batch_size> eta;
    for (std::size_t from = 0; from < cities.size(); from += batch_size) {
      std::span<Index const> const batch = cities.subspan(from, std::min(batch_size, cities.size() - from));
      std::span<Index const> const next = cities.subspan(from + batch.size());
      for (Index const city : next.first(std::min(batch_size, next.size()))) {
        __builtin_prefetch(&record_[city], 1);
        __builtin_prefetch(&due_[city], 1);
      }
      predict(batch, step + 1, eta.data());
      if (!settle_some(batch, eta.data(), step)) complain(batch, eta.data(), step);
    }
  }

  void set_drifting(std::span<Index const> cities, std::int32_t step) {
    for (std::size_t from = 0; from < cities.size(); from += batch_size) {
      std::span<Index const> const batch = cities.subspan(from, std::min(batch_size, cities.size() - from));
      std::span<Index const> const next = cities.subspan(from + batch.size());
      for (Index const city : next.first(std::min(batch_size, next.size()))) {
        __builtin_prefetch(&record_[city], 1);
        drift_.prefetch(city);
      }
      drift_.set(batch, step, {record_.data(), due_.data()}, complaint());
    }
  }

  /// The same for all cities awake in a range: in rows where many are, else as a list.
  void set_everybody(Index begin, Index end, std::int32_t step) {
    alignas(64) std::array<Lane, batch_size> eta;
    std::array<Index, batch_size> row;
    std::iota(row.begin(), row.end(), begin);
    std::array<Index, 2 * batch_size> rest;
    std::size_t waiting = 0;
    for (; begin < std::min(end, n_); begin += batch_size) {
      std::uint64_t awake = awake_mask(flags_.data() + begin);
      if (std::popcount(awake) >= worth_a_row && begin + batch_size <= n_ && !threshold_ && !follows_drift()) {
        predict(row, step + 1, eta.data());
        if (!settle_whole(begin, eta.data(), step)) complain(row, eta.data(), step);
      } else {
        for (; awake != 0; awake &= awake - 1) rest[waiting++] = begin + static_cast<Index>(std::countr_zero(awake));
      }
      for (Index& city : row) city += batch_size;
      if (waiting < batch_size) continue;
      set_listed(std::span(rest).first(batch_size), step);
      waiting -= batch_size;
      std::copy_n(rest.begin() + batch_size, waiting, rest.begin());
    }
    set_listed(std::span(rest).first(waiting), step);
  }

  bool settle_some(std::span<Index const> batch, Lane const* eta, std::int32_t step) {
    if constexpr (sizeof(Lane) == 8) {
      if (threshold_) {
        thresholds_.settle(batch, eta, record_.data());
        return settle_threshold(record_.data(), due_.data(), batch.data(), eta, batch.size(), step);
      }
    }
    return under_law([&]<Link link>(auto const& law) {
      return settle_listed<link>(record_.data(), due_.data(), batch.data(), eta, batch.size(), step, law);
    });
  }

  bool settle_whole(Index begin, Lane const* eta, std::int32_t step) {
    return under_law([&]<Link link>(auto law) {
      if constexpr (requires { law.mandated; }) law.mandated += begin;
      return settle_row<link>(record_.data() + begin, due_.data() + begin, flags_.data() + begin, eta, step, law);
    });
  }

  /// use.operator()<link>(law): policies without a mandate have code of their own.
  template <class Use>
  bool under_law(Use const& use) const {
    Lane const* const mandated = by_.predictor.mandated();
    return with_link(by_.policy.rule, [&]<Link link>() {
      return mandated == nullptr ? use.template operator()<link>(Free{})
                                 : use.template operator()<link>(Bound<Lane>{mandated});
    });
  }

  [[noreturn]] void complain(std::span<Index const> batch, Lane const* eta, std::int32_t step) const {
    auto const fine = [&](std::size_t k) {
      return (flags_[batch[k]] & flag_asleep) != 0 || is_taken(by_.policy.rule, eta[k]);
    };
    std::size_t k = 0;
    while (k + 1 < batch.size() && fine(k)) ++k;
    complain(batch[k], eta[k], step);
  }

  [[noreturn]] void complain(Index city, Lane eta, std::int32_t step) const {
    throw_out_of_bounds(by_.policy, by_.cities.id[city], static_cast<double>(eta),
                        by_.clock.unit + " " + std::to_string(by_.clock.start + step));
  }

  ClockParts<Lane> by_;
  bool threshold_;
  Thresholds<Lane> thresholds_;
  Index n_;
  CityParts parts_;
  AlignedVector<CityRecord<Lane>> record_;
  AlignedVector<std::int16_t> due_;
  AlignedVector<std::uint8_t> flags_;
  Drift<Lane> drift_;
  AlignedVector<std::uint8_t> marks_;  // a bit per city that was touched, where there is no list
  AlignedVector<Index> list_;          // events of the step, then touched cities
  std::vector<std::uint32_t> counts_;  // of events, per part
};

}  // namespace hansa
