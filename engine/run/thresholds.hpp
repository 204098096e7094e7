/// The thresholds of cities under rule `threshold`: drawn once, and lowered by attributes and frailty.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "run/predictor.hpp"
#include "run/resistance.hpp"
#include "run/settle.hpp"

namespace hansa {

/// Keeps them in the records of the cities. `policy`, `resistances` and `predictor` outlive it.
template <class Lane>
class Thresholds {
 public:
  Thresholds(PolicyModel const& policy, Resistances const& resistances, Predictor<Lane> const& predictor, Index cities)
      : resistances_(resistances),
        predictor_(predictor),
        cities_(cities),
        late_(policy.entry_law == EntryLaw::settled),
        traits_(policy.rule == Rule::threshold && late_ ? cities : 0) {}

  /// Those of a range; under entry law `settled` none as yet.
  void draw(Index begin, Index end, CityRecord<Lane>* record) const {
    for (Index i = begin; i < end; ++i) {
      record[i] = {late_ ? 0 : resistances_.threshold(i) - predictor_.own(i), Lane{0}, late_ ? unsettled : 0};
    }
  }

  /// Lowers those of cities whose attributes or frailty have changed anew.
  void lower_changed(CityRecord<Lane>* record) const {
    if (predictor_.all_changed()) {
      for (Index i = 0; i < cities_; ++i) lower(i, record[i]);
    } else {
      for (AttributeStep const& change : predictor_.changed()) lower(change.city, record[change.city]);
    }
  }

  /// Draws those that are drawn given the pressure of a city's first step at risk.
  void settle(std::span<Index const> batch, Lane const* pressure, CityRecord<Lane>* record) {
    if (!late_) return;
    for (std::size_t k = 0; k < batch.size(); ++k) {
      CityRecord<Lane>& own = record[batch[k]];
      if (own.since != unsettled) continue;
      double const lowered = predictor_.own(batch[k]);
      traits_[batch[k]] = resistances_.threshold_above(batch[k], static_cast<double>(pressure[k]) + lowered);
      own.remaining = traits_[batch[k]] - lowered;
      own.since = 0;
    }
  }

 private:
  static constexpr std::int32_t unsettled = -1;  // `since` of a city that waits for the initial pressure

  void lower(Index city, CityRecord<Lane>& own) const {
    if (own.since == unsettled) return;
    own.remaining = (late_ ? traits_[city] : resistances_.threshold(city)) - predictor_.own(city);
  }

  Resistances const& resistances_;
  Predictor<Lane> const& predictor_;
  Index cities_;
  bool late_;
  std::vector<double> traits_;  // of entry law `settled`, before attributes lower them
};

}  // namespace hansa
