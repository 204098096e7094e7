/// Learning: who adopts, which ties begin, and the looks that follow.
#include "mechanisms/learning.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/random.hpp"
#include "mechanisms/learning_adopters.hpp"
#include "mechanisms/learning_beliefs.hpp"
#include "mechanisms/learning_degroot.hpp"
#include "mechanisms/learning_experience.hpp"
#include "mechanisms/learning_looks.hpp"
#include "mechanisms/learning_merit.hpp"
#include "mechanisms/learning_rules.hpp"
#include "scenario/field_ranges.hpp"

namespace hansa {

namespace {

constexpr std::array<std::string_view, 2> models{"normal", "degroot"};
constexpr std::array<std::string_view, 2> noises{"normal", "none"};
constexpr std::array prior_fields{
    Field{.name = "mean",
          .kind = Kind::number_or_attribute,
          .standard = "0",
          .lowest = -most_of_learning,
          .highest = most_of_learning,
          .meaning = "m0: what a city expects of the policy before it has seen any"},
    Field{.name = "precision",
          .kind = Kind::number_or_attribute,
          .standard = "1",
          .lowest = fields::above_zero,
          .highest = most_of_learning,
          .meaning = "how sure it is of that: 1/variance"},
    Field{.name = "spread",
          .standard = "0",
          .lowest = 0,
          .highest = most_of_learning,
          .meaning = "standard deviation by which prior means differ between cities"},
};
constexpr std::array transferability_fields{
    Field{.name = "on",
          .kind = Kind::attributes,
          .need = Need::required,
          .meaning = "numeric attributes, standardised: the farther apart two cities, the less one teaches the other"},
    Field{.name = "sd",
          .need = Need::required,
          .lowest = 0,
          .highest = most_of_learning,
          .meaning = "standard deviation of performance between cities at distance 1"},
};
constexpr std::array learning_fields{
    Field{.name = "network",
          .kind = Kind::network,
          .need = Need::required,
          .meaning = "the ties along which cities look, or hear"},
    Field{.name = "model",
          .kind = Kind::choice,
          .standard = "normal",
          .meaning = "of beliefs: normal, updated by Bayes' rule; or degroot, averages of those of others",
          .choices = models},
    Field{.name = "observation_sd",
          .standard = "1",
          .lowest = fields::above_zero,
          .highest = most_of_learning,
          .meaning = "standard deviation of a look along a tie of weight 1"},
    Field{.name = "prior", .kind = Kind::section, .meaning = "beliefs at the start", .inside = prior_fields},
    Field{.name = "transferability",
          .kind = Kind::section,
          .meaning = "how much cities unlike each other teach; default: all are alike",
          .inside = transferability_fields},
    Field{.name = "risk_aversion",
          .standard = "0",
          .lowest = -most_of_learning,
          .highest = most_of_learning,
          .meaning = "r: by how much doubt counts against the policy"},
    Field{.name = "noise",
          .kind = Kind::choice,
          .standard = "normal",
          .meaning = "whether looks err, or show the performance as it is",
          .choices = noises},
    Field{.name = "own_precision",
          .standard = "0",
          .lowest = 0,
          .highest = most_of_learning,
          .meaning = "1/variance of what an adopter sees of its own performance in each step; 0: it sees nothing"},
    Field{.name = "openness",
          .kind = Kind::number_or_attribute,
          .standard = "1",
          .lowest = 0,
          .highest = 1,
          .meaning = "model degroot: l, the weight of what a city hears beside its own belief"},
};

constexpr std::array<std::string_view, 5> learning_by_date{"observation_sd", "transferability.sd", "risk_aversion",
                                                           "own_precision", "openness"};

class Learning final : public TermOf<Learning> {
 public:
  Learning(NetworkLayer const& layer, Cities const& cities, LookRule rule, Merit merit)
      : layer_(layer),
        cities_(cities),
        rule_(std::move(rule)),
        merit_(std::move(merit)),
        changes_(!rule_.precision.constant() || !rule_.distance_sd.constant() || !rule_.risk_aversion.constant()) {}

  std::unique_ptr<Kept> keep() const override { return std::make_unique<State>(rule_, merit_, cities_); }

  void reset(Kept& kept, Outset const& outset) const override {
    auto& state = static_cast<State&>(kept);
    state.layer = &outset.network(layer_);
    state.living.reset(outset.living_ties(layer_));
    state.beliefs.reset(outset, *state.layer);
    state.adopters.reset(outset);
    state.own.reset(outset);
    state.next_change = 0;
  }

  void apply(Kept& kept, std::span<Event const> events, Touched&) const override {
    auto& state = static_cast<State&>(kept);
    for (Event const& event : events) {
      if (event.sign < 0) state.own.end(event.city, state.beliefs);
      if (event.sign < 0) state.living.forget(event.city);
      state.adopters.apply(event);
    }
  }

  /// Initial adopters are looked at in the first step.
  void advance(Kept& kept, Moment moment, Touched& touched) const override {
    if (moment.step == 0) return;
    auto& state = static_cast<State&>(kept);
    bool const lives = !state.living.empty();
    if (changes_) state.beliefs.look_as_in(moment.step);
    state.adopters.perform(moment.step, [&](Index city, double q) {
      lives ? state.living.look_at(city, q, moment.step, state.beliefs) : state.beliefs.look_at(city, q, moment.step);
    });
    if (lives) {
      state.living.look_along_new(state.adopters, moment.step, state.beliefs);
    } else {
      look_along_new_ties(state, moment.step);
    }
    state.beliefs.update(moment.step, touched);
    if (!state.own.empty()) state.own.observe(state.adopters, moment.step);
    if (changes_) state.beliefs.weigh_as_in(moment.step + 1, touched);
  }

  Beliefs beliefs(Kept const& kept) const override { return static_cast<State const&>(kept).beliefs.beliefs(); }
  bool keeps_beliefs() const noexcept override { return true; }
  void own_beliefs(Kept const& kept, Believed believed, std::span<Index const> cities, double* b) const override {
    auto const& state = static_cast<State const&>(kept);
    bool const now = believed == Believed::now;
    for (std::size_t k = 0; k < cities.size(); ++k)
      b[k] = now ? state.own.belief(cities[k], state.beliefs) : state.beliefs.first_mean(cities[k]);
  }
  std::size_t bytes_per_city() const noexcept override {
    std::size_t const own = rule_.own_precision.ever() ? 16 : 0;
    return BeliefState::bytes_per_city() + sizeof(AdopterStates::Adopter) + own;
  }

  template <class Lane>
  void evaluate(Kept const& kept, std::span<Index const> cities, Lane* __restrict m) const {
    BeliefState const& beliefs = static_cast<State const&>(kept).beliefs;
    for (std::size_t k = 0; k < cities.size(); ++k) m[k] = static_cast<Lane>(beliefs.news(cities[k]));
  }

 private:
  struct State final : Kept {
    State(LookRule const& rule, Merit const& merit, Cities const& cities)
        : beliefs(rule, cities.hash), adopters(merit, cities.size()), own(rule, cities.hash) {}
    NetworkLayer const* layer = nullptr;
    LivingLooks living;
    BeliefState beliefs;
    AdopterStates adopters;
    OwnExperience own;
    std::size_t next_change = 0;
  };

  /// A tie that begins in this step gives its look at a source that adopted before.
  void look_along_new_ties(State& state, std::int32_t step) const {
    std::vector<TieChange> const& changes = state.layer->changes;
    for (; state.next_change < changes.size() && changes[state.next_change].step <= step; ++state.next_change) {
      TieChange const& change = changes[state.next_change];
      AdopterStates::Adopter const& source = state.adopters[change.source];
      if (change.sign < 0 || source.episode == AdopterStates::none || source.since >= step) continue;
      if (has_looked(*state.layer, change, source.since)) continue;
      state.beliefs.look(change.target, change.source, change.weight, source.performance);
    }
  }

  /// Whether an earlier tie of the same two cities held after the source adopted: a tie that comes back, or whose
  /// weight changes, gives no second look.
  static bool has_looked(NetworkLayer const& layer, TieChange const& change, std::int32_t since) {
    auto const begin = layer.target.begin() + layer.first[change.source];
    auto const end = layer.target.begin() + layer.first[change.source + 1];
    for (auto at = std::lower_bound(begin, end, change.target); at != end && *at == change.target; ++at) {
      auto const e = static_cast<std::size_t>(at - layer.target.begin());
      if (layer.from[e] < change.step && layer.until[e] >= since) return true;
    }
    return false;
  }

  NetworkLayer const& layer_;
  Cities const& cities_;
  LookRule rule_;
  Merit merit_;
  bool changes_;  // what looks are worth, by date
};

void complain_of_company(MechanismSpec const& spec, PolicySpec const& policy, Complaints& complaints) {
  auto const first = std::find_if(policy.mechanisms.begin(), policy.mechanisms.end(),
                                  [](MechanismSpec const& each) { return each.kind == "learning"; });
  if (first != policy.mechanisms.end() && first->name != spec.name) {
    complaints.add(fmt::format("a second learning mechanism beside '{}'", first->name), spec.where,
                   "at most one was expected: a city has one belief about a policy");
  }
}

/// The ties, or nothing after a complaint.
NetworkLayer const* ties_of(Parameters const& parameters, World const& world, Complaints& complaints) {
  NetworkLayer const* const layer = find_network(world, parameters.reference("network"), complaints);
  if (layer == nullptr || layer->group.empty()) return layer;
  complaints.add("learning on a network of the kind 'same'", parameters.place("network"),
                 "another network was expected: the ties of a complete group are never stored, so none can be looked "
                 "along");
  return nullptr;
}

}  // namespace

constexpr Schema learning_schema{
    .name = "learning",
    .opening = "Mutual learning: what a city believes of the policy, from how it performs in the cities it observes.",
    .formula =
        "M = (m - r/sqrt(t)) - (m0 - r/sqrt(t0)); one look per tie and adoption, m <- (t m + sum v q + "
        "sqrt(sum v^2/k) e) / (t + sum v), t <- t + sum v, k = w/observation_sd^2, "
        "v = 1/(1/k + spread^2 + sd^2 |z_i - z_j|^2); degroot: M = m - m0, m <- (1 - l) m + l sum w b / sum w, "
        "b = q of adopters, else m",
    .source = "DeGroot 1970; DeGroot 1974; Banerjee & Fudenberg 2004",
    .parameters = learning_fields,
    .observable = false,
    .remembers = true,
    .by_date = learning_by_date,
};

std::unique_ptr<Term> make_learning(MechanismSpec const& spec, TermContext const& context, Complaints& complaints) {
  Cities const& cities = context.world.cities;
  std::size_t const before = complaints.size();
  complain_of_company(spec, context.policy, complaints);
  NetworkLayer const* const layer = ties_of(spec.parameters, context.world, complaints);
  bool const averages = spec.parameters.text("model") == "degroot";
  complain_of_model(spec, averages, context, complaints);
  Merit merit(context, complaints);
  if (averages) {
    AverageRule rule = average_rule(spec, context, complaints);
    if (complaints.size() != before) return nullptr;
    return make_degroot(*layer, cities, std::move(rule), std::move(merit));
  }
  LookRule rule = look_rule(spec, context, complaints);
  if (complaints.size() != before) return nullptr;
  return std::make_unique<Learning>(*layer, cities, std::move(rule), std::move(merit));
}

}  // namespace hansa
