/// Exposure: its parameters, and which way of adding up they ask for.
#include "mechanisms/exposure.hpp"

#include <algorithm>

#include "mechanisms/exposure_fields.hpp"
#include "mechanisms/exposure_pool.hpp"

namespace hansa {

namespace {

Normalize normalize_of(Parameters const& parameters) {
  std::string const& text = parameters.text("normalize");
  return text == "share" ? Normalize::share : text == "weight" ? Normalize::weight : Normalize::count;
}

/// Whether the user wrote the key, though it has a default: defaults stand at the place of the mechanism's kind.
bool was_written(Parameters const& parameters, std::string_view key) {
  std::string_view const unset = parameters.has("network") ? "pool" : "network";
  return !(parameters.place(key) == parameters.place(unset));
}

/// Parameters that do not go together.
void check_together(MechanismSpec const& spec, TermContext const& context, Complaints& complaints) {
  Parameters const& parameters = spec.parameters;
  Shape const& shape = parameters.shape("shape");
  (void)ShapeFunction(shape).is_usable(shape, complaints);
  bool const on_network = parameters.has("network");
  if (on_network && parameters.has("pool"))
    return refuse_both(spec.kind, "network", parameters.place("network"), "pool", parameters.place("pool"), complaints);
  if (!on_network && !parameters.has("pool")) {
    complaints.add(spec.kind + " needs one of 'network' and 'pool'", spec.where,
                   "name the ties or the pool that is observed");
    return;
  }
  if (parameters.has("transmission")) {
    Place const& where = parameters.place("transmission");
    if (context.policy.rule != Rule::additive) {
      complaints.add("'transmission' is for rule additive", where,
                     "a chance of contagion adds up to a hazard only there: leave it out, or change the rule");
    }
    for (std::string_view const key : {"normalize", "shape"}) {
      if (!was_written(parameters, key)) continue;
      complaints.add("'" + std::string(key) + "' beside 'transmission'", parameters.place(key),
                     "'transmission' says what a tie contributes: leave one of them out");
    }
    return;
  }
  Normalize const normalize = normalize_of(parameters);
  if (normalize == Normalize::share && shape.form == Shape::Form::step && shape.a > 1) {
    complaints.add("no share reaches this step", shape.where, "a share from 0 to 1 was expected");
  }
  if (normalize == Normalize::count && parameters.has("source_weight")) {
    complaints.add("'source_weight' beside 'normalize: count'", parameters.place("source_weight"),
                   "a number of sources does not weigh them: use normalize: weight, or share");
  }
}

struct OnlyWord {
  std::string_view key;
  Only only;
};
constexpr OnlyWord only_words[] = {{"only.larger", Only::larger},
                                   {"only.smaller", Only::smaller},
                                   {"only.same", Only::same},
                                   {"only.different", Only::different}};

void choose_only(Parameters const& parameters, TermContext const& context, Changes changes, TieChoice& choice,
                 Complaints& complaints) {
  OnlyWord const* found = nullptr;
  for (OnlyWord const& word : only_words) {
    if (!parameters.has(word.key)) continue;
    if (found != nullptr) {
      complaints.add("'only' compares in two ways", parameters.place(word.key),
                     "one of larger, smaller, same, different was expected");
      return;
    }
    found = &word;
  }
  if (found == nullptr) {
    if (!was_written(parameters, "only.larger")) return;
    complaints.add("'only' does not say how sources compare", parameters.place("only.larger"),
                   "one of larger, smaller, same, different was expected, with an attribute");
    return;
  }
  bool const ordered = found->only == Only::larger || found->only == Only::smaller;
  Reference const& name = parameters.reference(found->key);
  choice.only = found->only;
  choice.compared = ordered ? AttributeCourse::of_number(name, "a comparison of sizes", context, changes, complaints)
                            : AttributeCourse::of_any(name, "a comparison", context, changes, complaints);
}

void choose_weight(Parameters const& parameters, TermContext const& context, Changes changes, TieChoice& choice,
                   Complaints& complaints) {
  if (!parameters.has("source_weight")) return;
  Reference const& name = parameters.reference("source_weight");
  choice.weight = AttributeCourse::of_number(name, "the weight of a source", context, changes, complaints);
  if (!choice.weight) return;
  std::vector<std::string> const& id = context.world.cities.id;
  auto const refuse = [&](Index city) {
    complaints.add("negative weight of city '" + id[city] + "' as a source", name.where,
                   "weights of sources are 0 or more");
  };
  std::vector<double> const& start = choice.weight->start();
  auto const negative = std::find_if(start.begin(), start.end(), [](double weight) { return weight < 0; });
  if (negative != start.end()) return refuse(static_cast<Index>(negative - start.begin()));
  for (AttributeCourse::Change const& change : choice.weight->changes()) {
    if (change.value < 0) return refuse(change.city);
  }
}

/// What is asked of an exposure, whatever it is exposure to.
struct Question {
  TieChoice choice;
  Normalize normalize;
  ShapeFunction shape;
  Fading fading;
  [[nodiscard]] bool plain() const noexcept { return !fading.fades() && choice.only == Only::all && !choice.weight; }
};

std::unique_ptr<Term> along_ties(NetworkLayer const& layer, Question question, TermContext const& context,
                                 Complaints& complaints) {
  TieChoice const& choice = question.choice;
  bool const by_strength =
      choice.only == Only::all && !choice.weight && !choice.transmission && choice.weights && choice.known.empty();
  if (context.lives(layer) && !by_strength) {
    return make_recounted_exposure(layer, std::move(question.choice), question.normalize, question.shape,
                                   question.fading, context, complaints);
  }
  auto ties = ObservedTies::make(layer, std::move(question.choice), context, complaints);
  if (!ties) return nullptr;
  if (ties->constant() && !question.fading.fades() && !context.lives(layer)) {
    return make_constant_exposure(std::move(*ties), question.normalize, question.shape);
  }
  return make_changing_exposure(std::move(*ties), question.normalize, question.shape, question.fading, context);
}

/// `groups`: a network of complete groups, which is the pool then.
std::unique_ptr<Term> in_pool(Pool const& pool, NetworkLayer const* groups, Question question,
                              TermContext const& context, Complaints& complaints) {
  if (!question.plain()) {
    return make_weighed_pool_exposure(pool, groups, std::move(question.choice), question.normalize, question.shape,
                                      question.fading, context, complaints);
  }
  WeightUnit unit;
  if (std::optional<double> const& beta = question.choice.transmission) {
    if (*beta >= 1) {
      complaints.add("transmission " + std::to_string(*beta) + " is no chance below 1", question.choice.where,
                     "a number below 1 was expected");
      return nullptr;
    }
    unit = {as_hazard(*beta), 1};
  }
  auto count = PoolCount::make(pool, Counted::current, context, complaints);
  if (!count) return nullptr;
  return make_pool_exposure(std::move(*count), question.normalize, unit, question.shape);
}

}  // namespace

constexpr Schema exposure_schema{
    .name = "exposure",
    .opening = "Imitation and contagion: pressure from the adopters that a city observes.",
    .formula = "M = f(E), E = sum_j w_ij A_j / sum_j w_ij",
    .source = "Valente 1996; Strang & Tuma 1993",
    .parameters = exposure_fields,
    .observable = true,
};

std::unique_ptr<Term> make_exposure(MechanismSpec const& spec, TermContext const& context, Complaints& complaints) {
  Parameters const& parameters = spec.parameters;
  std::size_t const before = complaints.size();
  check_together(spec, context, complaints);
  if (complaints.size() != before) return nullptr;
  NetworkLayer const* layer = nullptr;
  bool const network = parameters.has("network");
  bool const of_neighbours = !network && parameters.pool("pool").of == Pool::Of::network;
  if (network || of_neighbours) {
    layer = find_network(context.world, network ? parameters.reference("network") : parameters.pool("pool").name,
                         complaints);
    if (layer == nullptr) return nullptr;
  }
  bool const groups = layer != nullptr && !layer->group.empty();
  Changes const changes = layer != nullptr && !groups ? Changes::allowed : Changes::refused;

  Question question{{}, normalize_of(parameters), ShapeFunction(parameters.shape("shape")), {}};
  question.choice.where = parameters.place(parameters.has("source_weight") ? "source_weight"
                                           : network                       ? "network"
                                                                           : "pool");
  question.choice.known = context.known;
  choose_only(parameters, context, changes, question.choice, complaints);
  choose_weight(parameters, context, changes, question.choice, complaints);
  if (parameters.has("half_life")) question.fading = Fading(parameters.number("half_life"));
  if (parameters.has("transmission")) {
    question.choice.transmission = parameters.number("transmission");
    question.choice.where = parameters.place("transmission");
    question.normalize = Normalize::weight;
  }
  if (complaints.size() != before) return nullptr;
  if (network && !groups) return along_ties(*layer, std::move(question), context, complaints);
  Pool const pool = network ? Pool{Pool::Of::network, parameters.reference("network")} : parameters.pool("pool");
  if (of_neighbours && !groups && !question.plain()) {
    question.choice.weights = false;
    return along_ties(*layer, std::move(question), context, complaints);
  }
  return in_pool(pool, groups ? layer : nullptr, std::move(question), context, complaints);
}

}  // namespace hansa
