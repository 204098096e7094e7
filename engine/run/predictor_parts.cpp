/// What the pressure on deciding cities was made of, for attribution.
#include <algorithm>
#include <array>

#include "run/predictor.hpp"

namespace hansa {

template <class Lane>
PredictorParts Predictor<Lane>::parts(std::span<Index const> cities, std::int32_t step, Collaboration const* all) {
  std::size_t const n = cities.size();
  bool const threshold = policy_.rule == Rule::threshold;
  double const period = frailty_.period(step);
  theta_m_.resize(kept_.size() * n);
  x_.clear();
  f_.clear();
  pushed_.clear();
  bound_.clear();
  for (Index const city : cities) {
    if (!pushes_.empty()) pushed_.push_back(pushes_[city]);
    if (!mandates_.empty()) bound_.push_back(mandates_[city]);
    if (!threshold && !attributes_.empty()) x_.push_back(attributes_[city]);
    if (frailty_.lasting() || period != 0) f_.push_back((threshold ? 0 : frailty_.lasting(city)) + period);
  }
  std::array<double, batch_size> cuts;
  bool const is_cut = !subsidies_.empty() && find_cuts(cities, cuts.data());
  for (std::size_t term = 0; term < kept_.size(); ++term) {
    double* const row = theta_m_.data() + term * n;
    Term const& own = *policy_.terms[term].term;
    all == nullptr ? own.value(*kept_[term], cities, row) : own.value_if_all(*kept_[term], *all, cities, row);
    if (is_cut && policy_.terms[term].lowers_cost) {
      for (std::size_t k = 0; k < n; ++k) row[k] += cuts[k];
    }
    for (std::size_t k = 0; k < n; ++k) {
      row[k] *=
          strengths_[term].empty() ? policy_.terms[term].strength : static_cast<double>(strengths_[term][cities[k]]);
    }
  }
  of_mandates_.clear();
  if (!bound_.empty() && !mandates_.laws().empty()) share_mandates(cities);
  return {cities, baseline_, trend_at(step), x_, f_, theta_m_, pushed_, bound_, of_mandates_};
}

/// Who has which part of what mandates add: interventions, then laws.
template <class Lane>
void Predictor<Lane>::share_mandates(std::span<Index const> cities) {
  for (Index const city : cities)
    of_mandates_.push_back(mandates_[city] > 0 ? mandates_.part_of_interventions(city) : 0);
  for (std::size_t law = 0; law < mandates_.laws().size(); ++law)
    for (Index const city : cities) of_mandates_.push_back(mandates_[city] > 0 ? mandates_.part_of_law(law, city) : 0);
}

template PredictorParts Predictor<float>::parts(std::span<Index const>, std::int32_t, Collaboration const*);
template PredictorParts Predictor<double>::parts(std::span<Index const>, std::int32_t, Collaboration const*);

}  // namespace hansa
