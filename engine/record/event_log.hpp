/// Turns the events of one policy, and what each mechanism had of its adoptions, into a log.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "model/model.hpp"
#include "record/history.hpp"

namespace hansa {

/// One replicate at a time, step by step: first all shares of the step's adoptions, then its events. Memory: 32 bytes
/// an adoption of the step.
class EventLog {
 public:
  /// `first_decision`: the first step that data do not replay.
  explicit EventLog(std::int32_t first_decision) noexcept : first_decision_(first_decision) {}

  /// A new replicate.
  void begin() { turn_to(0); }

  /// A mechanism has share(k) of the adoption of cities[k]; several calls for one mechanism add up. Of one city all
  /// calls are for the same cities, ascending, and those for one mechanism follow one another. Shares of steps that are
  /// replayed are not heeded: these are the data's.
  template <class Share>
  void weigh(std::int32_t step, std::size_t mechanism, EventKind kind, std::span<Index const> cities,
             Share const& share) {
    if (step < first_decision_ || cities.empty()) return;
    if (step != step_) turn_to(step);
    Weighed* const group = group_of(cities, kind);
    for (std::size_t k = 0; k < cities.size(); ++k) {
      assert(group[k].city == cities[k]);
      group[k].add(static_cast<std::int32_t>(mechanism), share(k));
    }
  }

  /// Appends events of a step, which ascend by city from call to call too; those of step 0 are none.
  void note(std::int32_t step, std::span<Event const> events, std::span<std::int32_t const> labels,
            std::vector<LoggedEvent>& log);

 private:
  static constexpr double nothing = -std::numeric_limits<double>::infinity();

  /// An adoption of the step, as far as it is known.
  struct Weighed {
    Index city;
    std::int32_t mechanism = no_mechanism;  ///< that is being added up
    double share = nothing;
    double largest = nothing;  ///< share of those before
    std::int32_t first = no_mechanism;
    EventKind kind = EventKind::adoption;

    void add(std::int32_t its_mechanism, double its_share) noexcept {
      if (its_mechanism != mechanism) {
        first = leading();
        largest = share > largest ? share : largest;
        mechanism = its_mechanism;
        share = 0;
      }
      share += its_share;
    }
    /// The mechanism with the largest share; of equal ones the first in order.
    [[nodiscard]] std::int32_t leading() const noexcept {
      bool const leads = share > largest || (share == largest && mechanism < first);
      return leads ? mechanism : first;
    }
  };

  void turn_to(std::int32_t step);
  Weighed* group_of(std::span<Index const> cities, EventKind kind);
  [[nodiscard]] LoggedEvent decided(Event const& event, std::int32_t label);
  [[nodiscard]] LoggedEvent replayed(Event const& event, std::int32_t label) const noexcept;

  std::int32_t first_decision_;
  std::int32_t step_ = 0;
  std::vector<Weighed> weighed_;  ///< by groups, and by city from the first event on
  std::size_t group_ = 0;         ///< where the last group begins
  std::size_t next_ = 0;          ///< adoptions before it have been noted
  bool sorted_ = false;
};

}  // namespace hansa
