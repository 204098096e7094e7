/// One average a step, from the beliefs of the step before.
#include "mechanisms/learning_degroot.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "base/random.hpp"
#include "mechanisms/learning_adopters.hpp"

namespace hansa {

namespace {

/// The beliefs at the end of the last steps.
class LastBeliefs {
 public:
  static constexpr std::int32_t longest_period = 12, depth = longest_period + 2;

  LastBeliefs(std::size_t cities, std::int32_t steps)
      : first_(std::max(0, steps + 1 - depth)), rows_(static_cast<std::size_t>(steps + 1 - first_)) {
    for (std::vector<double>& row : rows_) row.resize(cities);
  }

  void keep(std::int32_t step, std::vector<double> const& means) {
    if (step >= first_) rows_[static_cast<std::size_t>(step - first_)] = means;
  }

  /// Settled: the last step moved no city by more than a millionth of the largest way that one has gone from `start`.
  /// Period p: what lies p steps apart differs by less than a thousandth of what neighbouring steps do, twice.
  [[nodiscard]] std::int32_t period(std::vector<double> const& start) const {
    constexpr double settled = 1e-6, alike = 1e-3;
    std::size_t const last = rows_.size() - 1;
    double const moved = apart(rows_[last], rows_[last - 1]), way = apart(rows_[last], start);
    if (moved <= settled * std::max(way, apart(rows_[last - 1], start))) return 1;
    for (std::size_t p = 2; p + 1 <= last; ++p) {
      bool const back = apart(rows_[last], rows_[last - p]) <= alike * moved &&
                        apart(rows_[last - 1], rows_[last - 1 - p]) <= alike * moved;
      if (back) return static_cast<std::int32_t>(p);
    }
    return 0;
  }

 private:
  static double apart(std::vector<double> const& a, std::vector<double> const& b) {
    double most = 0;
    for (std::size_t i = 0; i < a.size(); ++i) most = std::max(most, std::fabs(a[i] - b[i]));
    return most;
  }

  std::int32_t first_;  // step of the first row
  std::vector<std::vector<double>> rows_;
};

class DeGroot final : public TermOf<DeGroot> {
 public:
  DeGroot(NetworkLayer const& layer, Cities const& cities, AverageRule rule, Merit merit)
      : layer_(layer), cities_(cities), rule_(std::move(rule)), merit_(std::move(merit)) {
    for (Index i = 0; i < cities.size(); ++i) precisions_.push_back(rule_.prior_precision[i]);
  }

  std::unique_ptr<Kept> keep() const override { return std::make_unique<State>(merit_, cities_.size(), rule_.steps); }

  void reset(Kept& kept, Outset const& outset) const override {
    auto& state = static_cast<State&>(kept);
    state.layer = &outset.network(layer_);
    state.living = outset.living_ties(layer_);
    state.adopters.reset(outset);
    std::fill(state.start.begin(), state.start.end(), 0.0);
    if (rule_.prior_spread > 0) {
      draw_normal(make_key(outset.seed, static_cast<std::uint64_t>(outset.replicate), Purpose::prior, rule_.policy),
                  cities_.hash, 0, state.start);
    }
    for (Index i = 0; i < cities_.size(); ++i)
      state.start[i] = rule_.prior_mean[i] + rule_.prior_spread * state.start[i];
    state.mean = state.start;
    state.last.keep(0, state.mean);
  }

  void apply(Kept& kept, std::span<Event const> events, Touched&) const override {
    auto& state = static_cast<State&>(kept);
    for (Event const& event : events) state.adopters.apply(event);
  }

  void advance(Kept& kept, Moment moment, Touched& touched) const override {
    if (moment.step == 0) return;
    auto& state = static_cast<State&>(kept);
    state.adopters.perform(moment.step, [](Index, double) {});
    gather(state, moment.step);
    bool const changes = !rule_.openness_of_all.constant();
    double const now = changes ? rule_.openness_of_all.at(moment.step) : 0;
    for (Index i = 0; i < cities_.size(); ++i) {
      if (!(state.weight[i] > 0)) continue;
      double const open = changes ? now : rule_.openness[i], before = state.mean[i];
      double const after = (1 - open) * before + open * (state.sum[i] / state.weight[i]);
      if (after == before) continue;
      state.mean[i] = after;
      touched.add(i);
    }
    state.last.keep(moment.step, state.mean);
  }

  Beliefs beliefs(Kept const& kept) const override { return {static_cast<State const&>(kept).mean, precisions_}; }
  bool keeps_beliefs() const noexcept override { return true; }
  void own_beliefs(Kept const& kept, Believed believed, std::span<Index const> cities, double* b) const override {
    auto const& state = static_cast<State const&>(kept);
    std::vector<double> const& means = believed == Believed::now ? state.mean : state.start;
    for (std::size_t k = 0; k < cities.size(); ++k) b[k] = means[cities[k]];
  }
  bool averages_beliefs() const noexcept override { return true; }
  std::int32_t belief_period(Kept const& kept) const override {
    auto const& state = static_cast<State const&>(kept);
    return state.last.period(state.start);
  }
  std::size_t bytes_per_city() const noexcept override {
    return sizeof(AdopterStates::Adopter) + (4 + LastBeliefs::depth) * sizeof(double);
  }

  template <class Lane>
  void evaluate(Kept const& kept, std::span<Index const> cities, Lane* __restrict m) const {
    auto const& state = static_cast<State const&>(kept);
    for (std::size_t k = 0; k < cities.size(); ++k)
      m[k] = static_cast<Lane>(state.mean[cities[k]] - state.start[cities[k]]);
  }

 private:
  struct State final : Kept {
    State(Merit const& merit, std::size_t cities, std::int32_t steps)
        : adopters(merit, cities), mean(cities), start(cities), sum(cities), weight(cities), last(cities, steps) {}
    NetworkLayer const* layer = nullptr;
    LivingTies const* living = nullptr;  // of which all that there are count by their weight alone
    AdopterStates adopters;
    std::vector<double> mean, start;
    std::vector<double> sum, weight;  // over the sources of each city, in the step; weights in units of the layer
    LastBeliefs last;
  };

  /// What each city hears in `step`.
  void gather(State& state, std::int32_t step) const {
    std::fill(state.sum.begin(), state.sum.end(), 0.0);
    std::fill(state.weight.begin(), state.weight.end(), 0.0);
    NetworkLayer const& layer = *state.layer;
    for (Index source = 0; source < cities_.size(); ++source) {
      if (!rule_.known.empty() && rule_.known[source] == 0) continue;
      AdopterStates::Adopter const& adopter = state.adopters[source];
      double const told = adopter.performs() ? adopter.performance : state.mean[source];
      auto const tell = [&](Index target, double weight) {
        state.sum[target] += weight * told;
        state.weight[target] += weight;
      };
      if (state.living != nullptr) {
        state.living->for_each_target(source,
                                      [&](std::uint32_t, Index target, std::uint32_t weight) { tell(target, weight); });
        continue;
      }
      for (std::uint32_t e = layer.first[source]; e < layer.first[source + 1]; ++e) {
        if (layer.dated() && (layer.from[e] > step || layer.until[e] < step)) continue;
        tell(layer.target[e], layer.weighted() ? layer.weight[e] : 1);
      }
    }
  }

  NetworkLayer const& layer_;
  Cities const& cities_;
  AverageRule rule_;
  Merit merit_;
  std::vector<double> precisions_;
};

}  // namespace

std::unique_ptr<Term> make_degroot(NetworkLayer const& layer, Cities const& cities, AverageRule rule, Merit merit) {
  return std::make_unique<DeGroot>(layer, cities, std::move(rule), std::move(merit));
}

}  // namespace hansa
