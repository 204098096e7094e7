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
#include "model/phases.hpp"
#include "scenario/field_ranges.hpp"
#include "world/attributes.hpp"

namespace hansa {

namespace {

constexpr double largest = 1e12, smallest = 1e-12;
constexpr std::array<std::string_view, 2> models{"normal", "degroot"};
constexpr std::array<std::string_view, 2> noises{"normal", "none"};
constexpr std::array prior_fields{
    Field{.name = "mean",
          .kind = Kind::number_or_attribute,
          .standard = "0",
          .lowest = -largest,
          .highest = largest,
          .meaning = "m0: what a city expects of the policy before it has seen any"},
    Field{.name = "precision",
          .kind = Kind::number_or_attribute,
          .standard = "1",
          .lowest = fields::above_zero,
          .highest = largest,
          .meaning = "how sure it is of that: 1/variance"},
    Field{.name = "spread",
          .standard = "0",
          .lowest = 0,
          .highest = largest,
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
          .highest = largest,
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
          .highest = largest,
          .meaning = "standard deviation of a look along a tie of weight 1"},
    Field{.name = "prior", .kind = Kind::section, .meaning = "beliefs at the start", .inside = prior_fields},
    Field{.name = "transferability",
          .kind = Kind::section,
          .meaning = "how much cities unlike each other teach; default: all are alike",
          .inside = transferability_fields},
    Field{.name = "risk_aversion",
          .standard = "0",
          .lowest = -largest,
          .highest = largest,
          .meaning = "r: by how much doubt counts against the policy"},
    Field{.name = "noise",
          .kind = Kind::choice,
          .standard = "normal",
          .meaning = "whether looks err, or show the performance as it is",
          .choices = noises},
    Field{.name = "own_precision",
          .standard = "0",
          .lowest = 0,
          .highest = largest,
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

/// Of numbers so small that their squares come near 0.
void complain_of_size(std::string_view name, double value, Place const& where, Complaints& complaints) {
  complaints.add(fmt::format("'{}' is {}", name, value), where,
                 fmt::format("a number of at least {} was expected: change the unit of performance", smallest));
}

/// What a parameter may be.
struct PriorRange {
  std::string_view what;
  double lowest, highest;
};

PerCity per_city(Parameters const& parameters, std::string const& name, PriorRange const& range, Cities const& cities,
                 Complaints& complaints) {
  auto const& [what, lowest, highest] = range;
  auto const& given = std::get<NumberOrAttribute>(parameters.value(name));
  if (auto const* number = std::get_if<double>(&given)) {
    if (*number < lowest) complain_of_size(name, *number, parameters.place(name), complaints);
    return {*number, {}};
  }
  Reference const& attribute = std::get<Reference>(given);
  std::vector<double> const* column = require_number(cities, attribute, what, complaints);
  if (column == nullptr) return {};
  for (Index i = 0; i < cities.size(); ++i) {
    if ((*column)[i] >= lowest && (*column)[i] <= highest) continue;
    complaints.add(fmt::format("'{}' of city '{}' is {}", attribute.name, cities.id[i], (*column)[i]), attribute.where,
                   fmt::format("{}, from {} to {}, was expected", what, lowest, highest));
  }
  return {0, *column};
}

/// The attributes in which cities differ, standardised.
std::vector<std::vector<double>> differences(Parameters const& parameters, Cities const& cities,
                                             Complaints& complaints) {
  std::vector<std::vector<double>> of;
  if (!parameters.has("transferability.on")) return of;
  std::vector<Reference> const& on = parameters.references("transferability.on");
  if (on.empty()) {
    complaints.add("'on' names no attribute", parameters.place("transferability.on"), "at least one was expected");
  }
  for (Reference const& attribute : on) {
    std::vector<double> const* column = require_number(cities, attribute, "transferability", complaints);
    if (column == nullptr) continue;
    of.push_back(*column);
    if (!standardize(of.back())) {
      complaints.add(fmt::format("attribute '{}' does not vary", attribute.name), attribute.where,
                     "transferability needs attributes in which cities differ");
    }
  }
  return of;
}

PerCity prior_mean(Parameters const& parameters, Cities const& cities, Complaints& complaints) {
  return per_city(parameters, "prior.mean", {"the mean of a prior", -largest, largest}, cities, complaints);
}

PerCity prior_precision(Parameters const& parameters, Cities const& cities, Complaints& complaints) {
  return per_city(parameters, "prior.precision", {"the precision of a prior", smallest, largest}, cities, complaints);
}

/// A number by date, 0 or not so small that its square comes near 0.
NumberCourse sized(std::string const& name, TermContext const& context, MechanismSpec const& spec,
                   Complaints& complaints) {
  NumberCourse const course = parameter_by_date(context, spec, name);
  auto const check = [&](double number) {
    if (number > 0 && number < smallest) complain_of_size(name, number, spec.parameters.place(name), complaints);
  };
  check(course.start());
  for (NumberStep const& each : course.later()) check(each.number);
  return course;
}

LookRule look_rule(MechanismSpec const& spec, TermContext const& context, Complaints& complaints) {
  Parameters const& parameters = spec.parameters;
  PolicySpec const& policy = context.policy;
  Cities const& cities = context.world.cities;
  LookRule rule;
  NumberCourse const sd = sized("observation_sd", context, spec, complaints);
  rule.precision = 1 / (sd.start() * sd.start());
  for (NumberStep const& each : sd.later()) rule.precision.add(each.step, 1 / (each.number * each.number));
  rule.spread = policy.merit.spread;
  rule.of = differences(parameters, cities, complaints);
  rule.distance_sd = parameter_by_date(context, spec, "transferability.sd");
  if (!rule.distance_sd.ever()) rule.of.clear();
  rule.noise = parameters.text("noise") == "none" ? LookNoise::none : LookNoise::normal;
  rule.risk_aversion = parameter_by_date(context, spec, "risk_aversion");
  rule.own_precision = sized("own_precision", context, spec, complaints);
  rule.prior_mean = prior_mean(parameters, cities, complaints);
  rule.prior_precision = prior_precision(parameters, cities, complaints);
  rule.prior_spread = parameters.number("prior.spread");
  rule.policy = hash_id(policy.name);
  return rule;
}

/// What is said of looks where there are none, and of averages where there are none.
void complain_of_model(Parameters const& parameters, bool averages, Complaints& complaints) {
  auto const refuse = [&](std::string const& name, bool given, std::string_view model) {
    if (given)
      complaints.add(fmt::format("'{}' is of the model {}", name, model), parameters.place(name),
                     fmt::format("'model: {}', or no {}, was expected", model, name));
  };
  auto const is_not = [&](std::string const& name, double standard) {
    return parameters.has(name) && parameters.number(name) != standard;
  };
  if (!averages) {
    bool open = false;
    if (parameters.has("openness")) {
      auto const* number = std::get_if<double>(&std::get<NumberOrAttribute>(parameters.value("openness")));
      open = number == nullptr || *number != 1;
    }
    return refuse("openness", open, "degroot");
  }
  refuse("observation_sd", is_not("observation_sd", 1), "normal");
  refuse("transferability.on", parameters.has("transferability.on"), "normal");
  refuse("risk_aversion", is_not("risk_aversion", 0), "normal");
  refuse("noise", parameters.has("noise") && parameters.text("noise") != "normal", "normal");
  refuse("own_precision", is_not("own_precision", 0), "normal");
}

/// Also of what is set at a date.
void complain_of_model(MechanismSpec const& spec, bool averages, TermContext const& context, Complaints& complaints) {
  std::size_t const before = complaints.size();
  complain_of_model(spec.parameters, averages, complaints);
  if (context.phases == nullptr) return;
  for (Phase const& phase : *context.phases)
    for (MechanismSpec const& each : phase.spec.mechanisms)
      if (each.name == spec.name && complaints.size() == before)
        complain_of_model(each.parameters, averages, complaints);
}

AverageRule average_rule(MechanismSpec const& spec, TermContext const& context, Complaints& complaints) {
  Parameters const& parameters = spec.parameters;
  Cities const& cities = context.world.cities;
  AverageRule rule;
  rule.openness = {1, {}};
  if (parameters.has("openness"))
    rule.openness = per_city(parameters, "openness", {"openness", 0, 1}, cities, complaints);
  rule.openness_of_all = parameter_by_date(context, spec, "openness");
  rule.prior_mean = prior_mean(parameters, cities, complaints);
  rule.prior_precision = prior_precision(parameters, cities, complaints);
  rule.prior_spread = parameters.number("prior.spread");
  rule.policy = hash_id(context.policy.name);
  rule.known.assign(context.known.begin(), context.known.end());
  rule.steps = context.clock.steps();
  return rule;
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
