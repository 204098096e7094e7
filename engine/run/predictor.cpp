/// Sums the pressure in the order of the terms' names, those that drift last.
#include "run/predictor.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "base/flat_math.hpp"
#include "record/history.hpp"
#include "run/fall.hpp"

namespace hansa {

namespace {

template <class Lane>
std::vector<Lane> in_lanes(std::vector<double> const& values) {
  return std::vector<Lane>(values.begin(), values.end());
}

}  // namespace

template <class Lane>
Predictor<Lane>::Predictor(Model const& model, World const& world, PolicyId policy)
    : policy_(model.policies[policy.value]),
      clock_(model.clock),
      n_(world.cities.size()),
      frailty_(policy_, world.cities, model.clock.steps()),
      pushes_(policy_.pushes, n_),
      mandates_(policy_, model.clock, padded(n_), n_),
      reference_costs_(policy_, n_),
      subsidies_(policy_, clock_, n_),
      personal_(in_base() || (policy_.rule != Rule::threshold && (!policy_.attributes.empty() || frailty_.lasting()))),
      baseline_(policy_.baseline),
      log_time_(policy_.log_time),
      attributes_(policy_.attributes),
      next_strength_(policy_.terms.size(), 0),
      first_adoption_(never) {
  for (CompiledTerm const& term : policy_.terms) {
    bool const again = &term != policy_.terms.data() && (&term - 1)->mechanism == term.mechanism;
    (term.term->drifts() ? drifting_ : still_).push_back(kept_.size());
    kept_.push_back(term.term->keep());
    strengths_.push_back(in_lanes<Lane>(term.strengths));
    scales_ += term.lowers_cost && !again ? 1 : 0;
  }
  rebuild();
}

template <class Lane>
void Predictor<Lane>::begin(Outset const& outset) {
  frailty_.begin(outset);
  bool const pushed = pushes_.begin();
  mandates_.begin(outset);
  reference_costs_.begin();
  if (!subsidies_.empty()) subsidies_.begin();
  if (next_attribute_ > 0) attributes_ = policy_.attributes;
  baseline_ = policy_.baseline;
  log_time_ = policy_.log_time;
  if (next_attribute_ > 0 || next_baseline_ > 0 || frailty_.lasting() || pushed) rebuild();
  next_attribute_ = next_baseline_ = next_log_time_ = 0;
  all_changed_ = false;
  changed_ = {};
  for (std::size_t k = 0; k < kept_.size(); ++k) {
    if (next_strength_[k] > 0) strengths_[k] = in_lanes<Lane>(policy_.terms[k].strengths);
    next_strength_[k] = 0;
    policy_.terms[k].term->reset(*kept_[k], outset);
  }
  first_adoption_ = never;
}

/// Summed in double precision, whatever the lanes.
template <class Lane>
Lane Predictor<Lane>::base_of(Index city) const noexcept {
  double const push = in_base() ? pushes_[city] : 0;
  return static_cast<Lane>(policy_.rule == Rule::threshold ? push : baseline_ + own(city) + push);
}

/// `base_` as attributes, frailty and pushes have it now.
template <class Lane>
void Predictor<Lane>::rebuild() {
  if (!personal_) return;
  base_.resize(n_);
  for (Index i = 0; i < n_; ++i) base_[i] = base_of(i);
}

template <class Lane>
void Predictor<Lane>::follow(std::span<Event const> events, Touched& touched) {
  mandates_.follow(events);
  for (std::size_t k = 0; k < kept_.size(); ++k) policy_.terms[k].term->apply(*kept_[k], events, touched);
}

template <class Lane>
void Predictor<Lane>::follow(std::span<Event const> events, Touched& touched, Crew& crew) {
  mandates_.follow(events);
  for (std::size_t k = 0; k < kept_.size(); ++k)
    policy_.terms[k].term->apply_together(*kept_[k], events, touched, crew);
}

template <class Lane>
void Predictor<Lane>::follow_other(PolicyId other, std::span<Event const> events, Touched& touched) {
  for (std::size_t k = 0; k < kept_.size(); ++k) {
    policy_.terms[k].term->apply_other(*kept_[k], other, events, touched);
  }
}

template <class Lane>
void Predictor<Lane>::note_adoption(std::int32_t label) noexcept {
  if (first_adoption_ == never || label < first_adoption_) first_adoption_ = label;
}

template <class Lane>
void Predictor<Lane>::advance(std::int32_t step, Touched& touched) {
  std::int32_t const label = clock_.start + step - 1;
  step_ = std::min(step + 1, clock_.steps());
  for (std::size_t k = 0; k < kept_.size(); ++k) {
    policy_.terms[k].term->advance(*kept_[k], {step, label}, touched);
    std::vector<AttributeStep> const& later = policy_.terms[k].strengths_later;
    for (std::size_t& next = next_strength_[k]; next < later.size() && later[next].step <= step + 1; ++next) {
      strengths_[k][later[next].city] = static_cast<Lane>(later[next].sum);
      touched.add(later[next].city);
    }
  }
  advance_attributes(step, touched);
  advance_numbers(step, touched);
  pushes_.advance(step + 1, [&](Index city) {
    if (in_base()) base_[city] = base_of(city);
    touched.add(city);
  });
  mandates_.advance(step, [&](Index city) { touched.add(city); });
  bool const weighs = scales_ > 0;
  reference_costs_.advance(step + 1, [&](Index city) {
    if (weighs && subsidies_.reach(city)) touched.add(city);
  });
  subsidies_.advance(step + 1, [&](Index city) {
    if (weighs) touched.add(city);
  });
}

/// What is one number for all cities, and frailty.
template <class Lane>
void Predictor<Lane>::advance_numbers(std::int32_t step, Touched& touched) {
  auto const move = [step](std::vector<NumberStep> const& later, std::size_t& next, double& number) {
    std::size_t const before = next;
    for (; next < later.size() && later[next].step <= step + 1; ++next) number = later[next].number;
    return next > before;
  };
  bool const baseline = move(policy_.baselines_later, next_baseline_, baseline_);
  bool const log_time = move(policy_.log_times_later, next_log_time_, log_time_);
  all_changed_ = frailty_.advance(step + 1);
  if (baseline || all_changed_) rebuild();
  if (baseline || log_time || all_changed_) touched.everybody = true;
}

template <class Lane>
void Predictor<Lane>::advance_attributes(std::int32_t step, Touched& touched) {
  std::size_t const from = next_attribute_;
  std::vector<AttributeStep> const& later = policy_.attributes_later;
  for (; next_attribute_ < later.size() && later[next_attribute_].step <= step + 1; ++next_attribute_) {
    AttributeStep const& change = later[next_attribute_];
    attributes_[change.city] = change.sum;
    if (!base_.empty()) base_[change.city] = base_of(change.city);
    touched.add(change.city);
  }
  changed_ = std::span(later).subspan(from, next_attribute_ - from);
}

template <class Lane>
double Predictor<Lane>::own(Index city) const noexcept {
  return (attributes_.empty() ? 0 : attributes_[city]) + frailty_.lasting(city);
}

template <class Lane>
double Predictor<Lane>::trend_at(std::int32_t step) const noexcept {
  if (log_time_ != 0) {
    std::int32_t const since = first_adoption_ == never ? 0 : clock_.start + step - 1 - first_adoption_;
    return since > 0 ? log_time_ * flat::log(since) : 0;
  }
  return policy_.trend.empty() ? 0 : policy_.trend[static_cast<std::size_t>(step - 1)];
}

template <class Lane>
bool Predictor<Lane>::turns(std::int32_t step) const noexcept {
  return common(step + 1) != common(step);
}

/// θ M of a term. Below 0 it makes an additive hazard -infinity.
template <class Lane>
template <class Take>
[[gnu::always_inline]] inline void Predictor<Lane>::weigh(std::size_t term, std::span<Index const> cities,
                                                          Lane const* m, Take const& take) const {
  std::size_t const n = cities.size();
  auto const each = [&](auto const& theta) {
    if (policy_.rule == Rule::additive) {
      for (std::size_t k = 0; k < n; ++k) {
        Lane const pressure = m[k] * theta(k);
        take(k, pressure < 0 ? -std::numeric_limits<Lane>::infinity() : pressure);
      }
    } else {
      for (std::size_t k = 0; k < n; ++k) take(k, m[k] * theta(k));
    }
  };
  if (strengths_[term].empty()) {
    Lane const all = static_cast<Lane>(policy_.terms[term].strength);
    each([all](std::size_t) { return all; });
  } else {
    Lane const* const own = strengths_[term].data();
    each([&](std::size_t k) { return own[cities[k]]; });
  }
}

template <class Lane>
void Predictor<Lane>::value(std::size_t term, std::span<Index const> cities, Lane* __restrict m) const {
  policy_.terms[term].term->value(*kept_[term], cities, m);
}

template <class Lane>
void Predictor<Lane>::predict(std::span<Index const> cities, std::int32_t step, Lane* __restrict out) const {
  predict_by([&](std::size_t term, Lane* m) { value(term, cities, m); }, cities, step, out);
}

template <class Lane>
void Predictor<Lane>::predict_if_all(Collaboration const& collaboration, std::span<Index const> cities,
                                     std::int32_t step, Lane* out) const {
  std::array<double, batch_size> all;
  auto const values = [&](std::size_t term, Lane* m) {
    policy_.terms[term].term->value_if_all(*kept_[term], collaboration, cities, all.data());
    for (std::size_t k = 0; k < cities.size(); ++k) m[k] = static_cast<Lane>(all[k]);
  };
  predict_by(values, cities, step, out);
}

/// values(term, m) gives M of each term.
template <class Lane>
template <class Values>
void Predictor<Lane>::predict_by(Values const& values, std::span<Index const> cities, std::int32_t step,
                                 Lane* __restrict out) const {
  predict_still(values, cities, step, out);
  alignas(64) std::array<Lane, batch_size> m;
  for (std::size_t const term : drifting_) {
    values(term, m.data());
    weigh(term, cities, m.data(), [&](std::size_t k, Lane pressure) { out[k] += pressure; });
  }
}

/// Of the terms that do not drift, and all else.
template <class Lane>
template <class Values>
void Predictor<Lane>::predict_still(Values const& values, std::span<Index const> cities, std::int32_t step,
                                    Lane* __restrict out) const {
  std::size_t const n = cities.size();
  Lane const shared = static_cast<Lane>(common(step));
  if (base_.empty()) {
    Lane const level = policy_.rule == Rule::threshold ? 0 : static_cast<Lane>(baseline_);
    std::fill_n(out, n, level + shared);
  } else {
    for (std::size_t k = 0; k < n; ++k) out[k] = base_[cities[k]] + shared;
  }
  if (policy_.rule == Rule::additive) {
    bool const none = baseline_ == -std::numeric_limits<double>::infinity();
    for (std::size_t k = 0; k < n; ++k) out[k] = none ? Lane{0} : flat::exp(out[k]);
  }
  alignas(64) std::array<Lane, batch_size> m, cuts;
  bool const is_cut = !subsidies_.empty() && find_cuts(cities, cuts.data());
  for (std::size_t const term : still_) {
    values(term, m.data());
    if (is_cut && policy_.terms[term].lowers_cost) {
      for (std::size_t k = 0; k < n; ++k) m[k] += cuts[k];
    }
    weigh(term, cities, m.data(), [&](std::size_t k, Lane pressure) { out[k] += pressure; });
  }
  if (policy_.rule == Rule::additive && !pushes_.empty()) {
    for (std::size_t k = 0; k < n; ++k) out[k] += static_cast<Lane>(pushes_[cities[k]]);
  }
}

template <class Lane>
bool Predictor<Lane>::drifts_alone() const noexcept {
  bool const moves = !policy_.trend.empty() || policy_.log_time != 0 || !policy_.log_times_later.empty() ||
                     frailty_.has_periods() || !mandates_.empty();
  auto const is_steady = [&](std::size_t term) { return policy_.terms[term].strengths_later.empty(); };
  return !drifting_.empty() && !moves && policy_.rule != Rule::threshold &&
         std::all_of(drifting_.begin(), drifting_.end(), is_steady);
}

template <class Lane>
void Predictor<Lane>::touch_drifting(Touched& touched) {
  for (std::size_t const term : drifting_) policy_.terms[term].term->touch_drifting(*kept_[term], touched);
}

/// Rounded sums are as monotonous as exact ones.
template <class Lane>
void Predictor<Lane>::predict_drift(std::span<Index const> cities, std::int32_t step, DriftRange<Lane>& out) const {
  predict_still([&](std::size_t term, Lane* m) { value(term, cities, m); }, cities, step, out.still.data());
  out.least = out.most = out.still;
  alignas(64) std::array<Lane, batch_size> m;
  for (std::size_t const term : drifting_) {
    value(term, cities, m.data());
    weigh(term, cities, m.data(), [&](std::size_t k, Lane pressure) {
      out.least[k] += pressure > 0 ? Lane{0} : pressure;
      out.most[k] += pressure < 0 ? Lane{0} : pressure;
    });
  }
}

template <class Lane>
void Predictor<Lane>::find_starts(std::size_t drifting, std::span<Index const> cities, DriftStart* starts) const {
  std::size_t const term = drifting_[drifting];
  policy_.terms[term].term->find_starts(*kept_[term], cities, starts);
}

template <class Lane>
void Predictor<Lane>::drift(Index city, Lane still, std::span<DriftStart const> starts, std::int32_t since,
                            std::span<Lane> out) const {
  alignas(64) std::array<Lane, batch_size> m;
  for (std::size_t j = 0; j < drifting_.size(); ++j) {
    std::size_t const term = drifting_[j];
    Lane const theta =
        strengths_[term].empty() ? static_cast<Lane>(policy_.terms[term].strength) : strengths_[term][city];
    for (std::size_t from = 0; from < out.size(); from += batch_size) {
      std::size_t const n = std::min(batch_size, out.size() - from);
      policy_.terms[term].term->drift(*kept_[term], starts[j], since + static_cast<std::int32_t>(from),
                                      std::span(m).first(n));
      Lane* const to = out.data() + from;
      if (policy_.rule == Rule::additive) {
        for (std::size_t k = 0; k < n; ++k) m[k] *= theta;
        for (std::size_t k = 0; k < n; ++k) m[k] = m[k] < 0 ? -std::numeric_limits<Lane>::infinity() : m[k];
      }
      Lane const rate = policy_.rule == Rule::additive ? Lane{1} : theta;
      if (j == 0) {
        for (std::size_t k = 0; k < n; ++k) to[k] = still + m[k] * rate;
      } else {
        for (std::size_t k = 0; k < n; ++k) to[k] += m[k] * rate;
      }
    }
  }
}

template <class Lane>
void Predictor<Lane>::fall(std::span<Index const> cities, Standing standing, double* m) const {
  fall_of(policy_, kept_, step_, cities, standing, m);
}

/// What subsidies add to M of each term that lowers the cost: ln(c / c_net) in all, in equal parts. False, and
/// nothing done, where there are none for these cities.
template <class Lane>
template <class Value>
bool Predictor<Lane>::find_cuts(std::span<Index const> cities, Value* cuts) const {
  bool const reached =
      scales_ > 0 && std::any_of(cities.begin(), cities.end(), [&](Index city) { return subsidies_.reach(city); });
  if (!reached) return false;
  std::array<double, batch_size> m;
  fall(cities, Standing::open, m.data());
  for (std::size_t k = 0; k < cities.size(); ++k) {
    double const reference = reference_costs_.empty() ? 1 : reference_costs_[cities[k]];
    double const share = subsidies_.share_of(reference * flat::exp(-m[k]), cities[k]);
    cuts[k] = static_cast<Value>(-flat::log1p(-share) / scales_);
  }
  return true;
}

template <class Lane>
Beliefs Predictor<Lane>::beliefs() const {
  for (std::size_t k = 0; k < kept_.size(); ++k) {
    Beliefs const found = policy_.terms[k].term->beliefs(*kept_[k]);
    if (!found.mean.empty()) return found;
  }
  return {};
}

template <class Lane>
void Predictor<Lane>::own_beliefs(Believed believed, std::span<Index const> cities, double* beliefs) const {
  for (std::size_t k = 0; k < kept_.size(); ++k) {
    Term const& term = *policy_.terms[k].term;
    if (term.keeps_beliefs()) return term.own_beliefs(*kept_[k], believed, cities, beliefs);
  }
}

template <class Lane>
std::int32_t Predictor<Lane>::belief_period() const {
  for (std::size_t k = 0; k < kept_.size(); ++k) {
    Term const& term = *policy_.terms[k].term;
    if (term.averages_beliefs()) return term.belief_period(*kept_[k]);
  }
  return no_period;
}

template class Predictor<float>;
template class Predictor<double>;
template bool Predictor<float>::find_cuts(std::span<Index const>, double*) const;  // of parts()
template bool Predictor<double>::find_cuts(std::span<Index const>, double*) const;

}  // namespace hansa
