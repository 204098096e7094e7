/// Walks through observed histories and writes down every decision.
#include "inference/risk_rows.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace hansa {

namespace {

/// Rows of one policy as they are found: step after step, then those of late years of intervals.
class RowFinder {
 public:
  RowFinder(World const& world, Model const& model, PolicyId policy, std::vector<ObservedHistory> const& histories,
            RiskWindow const& window, Covariates& covariates)
      : policy_(policy),
        compiled_(model.policies[policy.value]),
        observed_(histories[policy.value]),
        from_(window.from),
        until_(window.until),
        covariates_(covariates),
        replay_(model, world),
        queues_(compiled_.when_unaffordable == Affording::queue && replay_.hindrances().is_paid(policy)),
        first_(queues_ ? std::min(window.clocks, window.from) : window.from),
        adopted_(world.cities.size(), 0),
        decided_(world.cities.size(), 0),
        episode_(world.cities.size(), 0) {
    for (ObservedHistory const& each : histories) events_.push_back(each.events);
    spells_ = static_cast<std::int32_t>(observed_.intervals.size());
    if (queues_) waiting_.resize(world.cities.size());
    sort_intervals();
  }

  RiskRows find() {
    replay_.run(events_, until_, [&](std::int32_t step) {
      note_first_adoption(step);
      if (step >= first_) add_step(step);
      follow(step);
    });
    for (std::size_t k = 0; k < observed_.intervals.size(); ++k) {
      if (late_[k]) add_late_rows(static_cast<std::int32_t>(k));
    }
    return in_order();
  }

 private:
  /// Which intervals are scored as such, and which only up to their beginning.
  void sort_intervals() {
    late_.assign(observed_.intervals.size(), false);
    for (std::size_t k = 0; k < observed_.intervals.size(); ++k) {
      AdoptionInterval const& interval = observed_.intervals[k];
      bool const whole = interval.last <= until_ && is_open(interval.city, interval.last);
      if (interval.last < from_ || !observed_.covers(interval.city)) continue;
      if (interval.middle < from_) {
        ++found_.given_intervals;
        continue;
      }
      bool const early = interval.after + 1 < from_ && is_open(interval.city, from_ - 1);
      found_.cut_intervals += whole ? 0 : 1;
      found_.intervals += whole ? 1 : 0;
      found_.early_intervals += whole && early ? 1 : 0;
      late_[k] = whole && interval.last > interval.middle;
      of_city_.push_back({interval.city, static_cast<std::int32_t>(k), whole});
    }
  }

  [[nodiscard]] bool is_open(Index city, std::int32_t step) const noexcept {
    return hansa::is_open(compiled_, city, step);
  }

  void note_first_adoption(std::int32_t step) {
    for (; next_ < observed_.events.size() && observed_.events[next_].step < step; ++next_) {
      DatedEvent const& each = observed_.events[next_];
      if (each.event.sign > 0) first_adoption_ = std::min(first_adoption_.value_or(each.label), each.label);
      adopted_[each.event.city] = each.event.sign > 0 ? 1 : 0;
      episode_[each.event.city] = each.event.episode + 1;
    }
  }

  [[nodiscard]] Liberty liberty(Index city) const noexcept { return replay_.hindrances().of(policy_, city); }

  /// Rows of a step, from the state before it.
  void add_step(std::int32_t step) {
    batch_.clear();
    for (std::size_t k = next_; k < observed_.events.size() && observed_.events[k].step == step; ++k) {
      DatedEvent const& each = observed_.events[k];
      if (each.event.sign > 0) decided_[each.event.city] = 1;
    }
    for (Index i = 0; i < adopted_.size(); ++i) {
      if (!observed_.covers(i) || adopted_[i] != 0 || !is_open(i, step)) continue;
      Liberty const found = liberty(i);
      if (found == Liberty::bound && step >= from_) found_.veiled.emplace_back(i, step);
      bool const poor = queues_ && found == Liberty::poor;
      if (queues_ && (found == Liberty::bound || (found == Liberty::free && step < from_))) waiting_[i].clear();
      if (poor || (found == Liberty::free && step >= from_)) batch_.push_back(i);
    }
    covariates_.fill(step, first_adoption_, batch_, replay_, filled_);
    std::size_t const columns = covariates_.names().size();
    for (std::size_t k = 0; k < batch_.size(); ++k) {
      Interval const* const interval = interval_at(batch_[k], step);
      if (interval != nullptr && !interval->whole) continue;
      RiskRow row{batch_[k], step, interval != nullptr ? interval->position : -1, decided_[batch_[k]]};
      if (queues_) queue(row);
      if (replay_.hindrances().is_paid(policy_)) {
        row.is_paid = true;
        row.price = replay_.hindrances().price(policy_, row.city);
        row.budget = replay_.hindrances().budget(row.city);
      }
      found_.rows.push_back(row);
      for (std::size_t c = 0; c < columns; ++c) found_.values.push_back(filled_[c * batch_.size() + k]);
    }
  }

  /// A step without money waits for one with: then it is known whether anything was decided in either.
  void queue(RiskRow& row) {
    std::vector<std::size_t>& waits = waiting_[row.city];
    if (liberty(row.city) == Liberty::poor) {
      row.spell = unknown;
      row.event = 0;
      waits.push_back(found_.rows.size());
      return;
    }
    if (waits.empty()) return;
    row.spell = row.event != 0 ? spells_++ : -1;
    for (std::size_t const each : waits) found_.rows[each].spell = row.spell;
    found_.waited += row.event;
    waits.clear();
  }

  /// Adoptions of a step that no row stands for.
  void follow(std::int32_t step) {
    for (std::size_t k = next_; k < observed_.events.size() && observed_.events[k].step == step; ++k) {
      DatedEvent const& each = observed_.events[k];
      Index const city = each.event.city;
      decided_[city] = 0;
      if (queues_ && !waiting_[city].empty()) waiting_[city].clear();
      if (step < from_ || each.event.sign < 0 || !observed_.covers(city)) continue;
      if (interval_at(city, step) != nullptr) continue;
      Liberty const found = liberty(city);
      found_.outside += is_open(city, step) ? 0 : 1;
      if (!is_open(city, step)) continue;
      found_.bound += found == Liberty::bound ? 1 : 0;
      found_.barred += found == Liberty::barred || found == Liberty::poor ? 1 : 0;
    }
  }

  struct Interval {
    Index city;
    std::int32_t position;
    bool whole;
  };
  static std::size_t of(Interval const& interval) noexcept { return static_cast<std::size_t>(interval.position); }

  /// The interval of the city's next adoption, if this step is in it, up to its middle.
  [[nodiscard]] Interval const* interval_at(Index city, std::int32_t step) const noexcept {
    auto found = std::lower_bound(of_city_.begin(), of_city_.end(), city,
                                  [](Interval const& each, Index wanted) { return each.city < wanted; });
    for (; found != of_city_.end() && found->city == city; ++found) {
      AdoptionInterval const& interval = observed_.intervals[of(*found)];
      if (interval.episode != episode_[city]) continue;
      if (step > interval.after && step <= interval.middle) return &*found;
    }
    return nullptr;
  }

  /// The years after the middle, along a history in which the city adopts at the end of its interval.
  void add_late_rows(std::int32_t position) {
    auto const k = static_cast<std::size_t>(position);
    AdoptionInterval const& interval = observed_.intervals[k];
    std::vector<DatedEvent>& events = events_[policy_.value];
    std::vector<DatedEvent> const kept = events;
    for (DatedEvent& each : events) {
      bool const is_it =
          each.event.city == interval.city && each.event.episode == interval.episode && each.event.sign > 0;
      if (is_it) each.step = interval.last;
    }
    std::stable_sort(events.begin(), events.end(), [](DatedEvent const& a, DatedEvent const& b) {
      return std::tie(a.step, a.event.city) < std::tie(b.step, b.event.city);
    });
    first_adoption_.reset();
    next_ = 0;
    std::size_t const columns = covariates_.names().size();
    replay_.run(events_, interval.last, [&](std::int32_t step) {
      note_first_adoption(step);
      if (step <= interval.middle || !is_open(interval.city, step) || liberty(interval.city) != Liberty::free) return;
      covariates_.fill(step, first_adoption_, {&interval.city, 1}, replay_, filled_);
      found_.rows.push_back({interval.city, step, position, 0});
      found_.values.insert(found_.values.end(), filled_.begin(),
                           filled_.begin() + static_cast<std::ptrdiff_t>(columns));
    });
    events = kept;
  }

  RiskRows in_order() {
    std::vector<std::size_t> order(found_.rows.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::erase_if(order, [&](std::size_t k) { return found_.rows[k].spell == unknown; });
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return std::tie(found_.rows[a].city, found_.rows[a].step) < std::tie(found_.rows[b].city, found_.rows[b].step);
    });
    std::size_t const columns = covariates_.names().size();
    RiskRows sorted;
    sorted.intervals = found_.intervals;
    sorted.cut_intervals = found_.cut_intervals;
    sorted.early_intervals = found_.early_intervals;
    sorted.given_intervals = found_.given_intervals;
    sorted.outside = found_.outside;
    sorted.barred = found_.barred;
    sorted.bound = found_.bound;
    sorted.waited = found_.waited;
    sorted.veiled = std::move(found_.veiled);
    sorted.values.reserve(found_.values.size());
    for (std::size_t const k : order) {
      sorted.rows.push_back(found_.rows[k]);
      auto const row = found_.values.begin() + static_cast<std::ptrdiff_t>(k * columns);
      sorted.values.insert(sorted.values.end(), row, row + static_cast<std::ptrdiff_t>(columns));
    }
    // That somebody adopted in one of the rows of a spell is told in the last of them.
    for (std::size_t k = 0; k < sorted.rows.size(); ++k) {
      if (sorted.rows[k].spell < 0) continue;
      bool const last = k + 1 == sorted.rows.size() || sorted.rows[k + 1].spell != sorted.rows[k].spell;
      sorted.rows[k].event = last ? 1 : 0;
    }
    return sorted;
  }

  static constexpr std::int32_t unknown = -2;  // of a spell: that of a wait whose end is not known

  PolicyId policy_;
  PolicyModel const& compiled_;
  ObservedHistory const& observed_;
  std::int32_t from_, until_;
  Covariates& covariates_;
  Replay replay_;
  bool queues_;                                    // cities wait for money
  std::int32_t first_;                             // step of which rows are made
  std::int32_t spells_ = 0;                        // intervals, and waits that ended in an adoption
  std::vector<std::vector<std::size_t>> waiting_;  // per city, where they wait: rows since the last that could be paid
  std::vector<std::vector<DatedEvent>> events_;    // of all policies
  std::vector<std::uint8_t> adopted_, decided_;
  std::vector<std::int32_t> episode_;  // of each city's next adoption
  std::vector<bool> late_;             // of the intervals: has years after its middle
  std::vector<Interval> of_city_;      // those that are scored, by city
  std::optional<std::int32_t> first_adoption_;
  std::size_t next_ = 0;  // the first event that adopted_ does not have yet
  std::vector<Index> batch_;
  std::vector<double> filled_;
  RiskRows found_;
};

}  // namespace

RiskRows risk_rows(World const& world, Model const& model, PolicyId policy,
                   std::vector<ObservedHistory> const& histories, RiskWindow const& window, Covariates& covariates) {
  return RowFinder(world, model, policy, histories, window, covariates).find();
}

}  // namespace hansa
