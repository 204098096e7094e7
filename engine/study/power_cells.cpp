/// Sets strengths, adds what confounds, and runs.
#include "study/power_cells.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <string_view>

#include <fmt/format.h>

#include "base/random.hpp"
#include "record/recorder.hpp"
#include "scenario/fields_power.hpp"
#include "scenario/laws.hpp"
#include "scenario/path.hpp"
#include "scenario/try_paths.hpp"
#include "scenario/validate.hpp"
#include "world/select.hpp"

namespace hansa {

namespace {

constexpr std::string_view not_powered[] = {"sweep", "calibrate", "fit", "power", "stats", "sources", "output"};

bool keeps_mechanism(Hypothesis const& hypothesis, std::string const& mechanism) {
  return std::any_of(hypothesis.mechanisms.begin(), hypothesis.mechanisms.end(),
                     [&](Reference const& each) { return each.name == mechanism; });
}

bool is_fitted_policy(Scenario const& scenario, std::string const& policy) {
  auto const& named = scenario.fit->policies;
  return named.empty() ||
         std::any_of(named.begin(), named.end(), [&](Reference const& each) { return each.name == policy; });
}

/// What a cell says of the strength of a mechanism; nothing of policies that are not fitted.
std::optional<double> strength_in(PowerCell const& cell, Scenario const& scenario, std::string const& policy,
                                  std::string const& mechanism) {
  if (!is_fitted_policy(scenario, policy)) return std::nullopt;
  std::vector<PowerEffect> const& effects = scenario.power->effects;
  for (std::size_t k = 0; k < effects.size(); ++k)
    if (effects[k].policy == policy && effects[k].mechanism == mechanism) return cell.sizes[k];
  return 0;
}

/// The scenario of a cell: mechanisms with their sizes, all others off. Laws that bind or bar have no strength, and
/// stay.
ScenarioDraft draft_of(Question const& question, PowerCell const& cell) {
  ScenarioDraft draft = question.draft;
  std::erase_if(draft.root.entries, [](Node::Entry const& each) {
    return std::find(std::begin(not_powered), std::end(not_powered), each.key) != std::end(not_powered);
  });
  draft.mistakes = {};
  for (PolicySpec const& policy : question.scenario->policies) {
    for (MechanismSpec const& each : policy.mechanisms) {
      auto const strength = strength_in(cell, *question.scenario, policy.name, each.name);
      if (!strength || is_law(each)) continue;
      std::string const path =
          hansa::joined(hansa::joined(hansa::joined("policies", policy.name), "mechanisms"), each.name);
      Node* node = draft.root.find("policies");
      for (std::string const& key : {policy.name, std::string("mechanisms"), each.name})
        if (node != nullptr) node = node->find(key);
      if (node != nullptr && *strength == 0)
        std::erase_if(node->entries, [](Node::Entry const& entry) { return entry.key == "strength_by"; });
      apply_setting(draft, hansa::joined(path, "strength"), value_node(*strength, {path, 0, 0}));
    }
    bool const shaken = cell.from == PowerCell::From::world && is_fitted_policy(*question.scenario, policy.name) &&
                        question.scenario->power->worlds[cell.index].kind == WorldSpec::Kind::shocks;
    std::string const period = hansa::joined(hansa::joined("policies", policy.name), "frailty") + ".period";
    if (shaken) apply_setting(draft, period, value_node(cell.strength, {period, 0, 0}));
  }
  return draft;
}

Model model_of(Question const& question, PowerCell const& cell) {
  ScenarioDraft const draft = draft_of(question, cell);
  Complaints complaints;
  Scenario const scenario = validate(draft, schemas(question.mechanisms), complaints);
  complaints.throw_if_any();
  Model model = compile(scenario, *question.world, question.mechanisms, complaints);
  complaints.throw_if_any();
  model.seed = make_key(question.scenario->seed, 0, Purpose::power, hash_id(cell.name));
  return model;
}

/// Adds to the pushes on some cities from a step on.
void add_push(PolicyModel& policy, std::vector<Index> const& cities, std::int32_t from, double strength) {
  std::map<Index, double> before;  // of each city: the pushes that act when it begins
  for (Index const city : cities) before[city] = 0;
  for (AttributeStep& each : policy.pushes) {
    auto const found = before.find(each.city);
    if (found == before.end()) continue;
    if (each.step < from) found->second = each.sum;
    if (each.step >= from) each.sum += strength;
  }
  for (auto const& [city, sum] : before) {
    bool const begins =
        std::any_of(policy.pushes.begin(), policy.pushes.end(),
                    [&, who = city](AttributeStep const& each) { return each.city == who && each.step == from; });
    if (!begins) policy.pushes.push_back({from, city, sum + strength});
  }
  std::sort(policy.pushes.begin(), policy.pushes.end(), [](AttributeStep const& a, AttributeStep const& b) {
    return a.step != b.step ? a.step < b.step : a.city < b.city;
  });
}

std::vector<Index> members_ever(Collaboration const& collaboration) {
  std::vector<Index> cities;
  for (Membership const& each : collaboration.members)
    if (cities.empty() || cities.back() != each.city) cities.push_back(each.city);
  return cities;
}

/// Ties of a layer in both directions, with weights; of complete groups none.
struct Sides {
  std::vector<Index> a, b;
  std::vector<double> weight;
};

Sides sides_of(NetworkLayer const& layer, std::size_t cities) {
  Sides sides;
  for (Index source = 0; source < cities && layer.ties() > 0; ++source) {
    for (std::uint32_t k = layer.first[source]; k < layer.first[source + 1]; ++k) {
      double const weight = layer.weighted() ? static_cast<double>(layer.weight[k]) : 1.0;
      sides.a.push_back(source);
      sides.b.push_back(layer.target[k]);
      sides.weight.push_back(weight);
    }
  }
  return sides;
}

/// Mean of u over those that each city is tied with; of none 0.
class TiedMeans {
 public:
  TiedMeans(NetworkLayer const& layer, std::size_t cities) : layer_(layer), sides_(sides_of(layer, cities)) {
    total_.assign(cities, 0);
    for (std::size_t k = 0; k < sides_.a.size(); ++k) {
      total_[sides_.a[k]] += sides_.weight[k];
      total_[sides_.b[k]] += sides_.weight[k];
    }
  }
  void operator()(std::vector<double> const& u, std::vector<double>& means) const {
    std::fill(means.begin(), means.end(), 0.0);
    if (!layer_.group.empty()) return of_groups(u, means);
    for (std::size_t k = 0; k < sides_.a.size(); ++k) {
      means[sides_.a[k]] += sides_.weight[k] * u[sides_.b[k]];
      means[sides_.b[k]] += sides_.weight[k] * u[sides_.a[k]];
    }
    for (std::size_t i = 0; i < means.size(); ++i) means[i] = total_[i] > 0 ? means[i] / total_[i] : 0;
  }

 private:
  void of_groups(std::vector<double> const& u, std::vector<double>& means) const {
    std::map<std::int32_t, std::pair<double, double>> sums;
    for (std::size_t i = 0; i < u.size(); ++i) {
      auto& [sum, count] = sums[layer_.group[i]];
      sum += u[i];
      count += 1;
    }
    for (std::size_t i = 0; i < u.size(); ++i) {
      auto const& [sum, count] = sums[layer_.group[i]];
      means[i] = layer_.group[i] >= 0 && count > 1 ? (sum - u[i]) / (count - 1) : 0;
    }
  }

  NetworkLayer const& layer_;
  Sides sides_;
  std::vector<double> total_;
};

}  // namespace

std::vector<Hypothesis> studied_hypotheses(Scenario const& scenario) {
  std::vector<Hypothesis> studied;
  auto const& named = scenario.power->hypotheses;
  for (Hypothesis const& each : scenario.fit->hypotheses) {
    bool const is_named = named.empty() || std::any_of(named.begin(), named.end(),
                                                       [&](Reference const& one) { return one.name == each.name; });
    if (is_named) studied.push_back(each);
  }
  return studied;
}

std::vector<PowerCell> cells_of(Scenario const& scenario) {
  PowerSpec const& spec = *scenario.power;
  std::vector<PowerCell> cells;
  std::vector<Hypothesis> const hypotheses = studied_hypotheses(scenario);
  for (std::size_t h = 0; h < hypotheses.size(); ++h) {
    for (std::size_t level = 0; level < spec.levels; ++level) {
      PowerCell cell{PowerCell::From::hypothesis, h, level, {}, std::vector<double>(spec.effects.size(), 0.0), 0};
      bool varies = false;
      cell.name = "hypothesis " + hypotheses[h].name;
      for (std::size_t k = 0; k < spec.effects.size(); ++k) {
        PowerEffect const& each = spec.effects[k];
        if (!keeps_mechanism(hypotheses[h], each.mechanism)) continue;
        varies = varies || each.sizes.size() > 1;
        cell.sizes[k] = each.sizes[each.sizes.size() > 1 ? level : 0];
        cell.name += fmt::format(" {} {}", each.path.name, cell.sizes[k]);
      }
      if (level > 0 && !varies) break;
      cells.push_back(std::move(cell));
    }
  }
  for (std::size_t w = 0; w < spec.worlds.size(); ++w) {
    for (std::size_t level = 0; level < spec.worlds[w].strengths.size(); ++level) {
      PowerCell cell{PowerCell::From::world, w, level, {}, std::vector<double>(spec.effects.size(), 0.0), 0};
      cell.strength = spec.worlds[w].strengths[level];
      WorldSpec const& world = spec.worlds[w];
      cell.name = fmt::format("world {} {} {} {} {}", fields::world_kinds[static_cast<std::size_t>(world.kind)],
                              world.name.name, world.correlation, world.at, cell.strength);
      cells.push_back(std::move(cell));
    }
  }
  return cells;
}

void check_cells(Question const& question, Complaints& complaints) {
  for (WorldSpec const& each : question.scenario->power->worlds) {
    if (each.kind == WorldSpec::Kind::homophily && question.world->network(each.name.name) == nullptr)
      complaints.add(fmt::format("there is no network '{}'", each.name.name), each.name.where,
                     "the name of a network was expected");
    if (each.kind == WorldSpec::Kind::membership) {
      Collaboration const* const found = question.world->collaboration(each.name.name);
      if (found == nullptr)
        complaints.add(fmt::format("there is no collaboration '{}'", each.name.name), each.name.where,
                       "the name of a collaboration was expected");
      else if (found->members.empty())
        complaints.add(fmt::format("collaboration '{}' has no members in the data", each.name.name), each.name.where,
                       "one with members was expected");
    }
    if (each.kind == WorldSpec::Kind::law) (void)select(each.cities, *question.world, each.at, "law", complaints);
  }
}

std::vector<double> trait_along(NetworkLayer const& layer, std::span<std::uint64_t const> cities, double correlation,
                                std::uint64_t seed, std::int64_t draw) {
  std::size_t const n = cities.size();
  std::vector<double> noise(n), means(n);
  draw_normal(make_key(seed, static_cast<std::uint64_t>(draw), Purpose::trait, layer.hash), cities, 0, noise);
  TiedMeans const tied(layer, n);
  std::vector<double> u = noise;
  // Each pass leaves at most a share ρ of what is missing.
  double left = correlation;
  for (int pass = 0; pass < 2000 && left > 1e-9; ++pass, left *= correlation) {
    tied(u, means);
    for (std::size_t i = 0; i < n; ++i) u[i] = correlation * means[i] + noise[i];
  }
  double mean = 0, squares = 0;
  for (double const each : u) mean += each;
  mean /= static_cast<double>(n);
  for (double const each : u) squares += (each - mean) * (each - mean);
  double const sd = std::sqrt(squares / static_cast<double>(n));
  for (double& each : u) each = sd > 0 ? (each - mean) / sd : 0;
  return u;
}

CellSimulator::CellSimulator(Question const& question, PowerCell const& cell, Lanes lanes)
    : question_(question), strength_(cell.strength), lanes_(lanes), model_(model_of(question, cell)) {
  if (cell.from == PowerCell::From::world) world_ = &question.scenario->power->worlds[cell.index];
  Complaints complaints;
  plan_ = make_plan(OutputSpec{}, *question.world, complaints);
  if (world_ != nullptr && world_->kind == WorldSpec::Kind::law) {
    std::vector<Index> const cities = select(world_->cities, *question.world, world_->at, "law", complaints);
    for (std::size_t p = 0; p < model_.policies.size(); ++p)
      if (is_fitted_policy(*question.scenario, model_.policies[p].name))
        add_push(model_.policies[p], cities, world_->at - model_.clock.start + 1, strength_);
  }
  if (world_ != nullptr && world_->kind == WorldSpec::Kind::membership) {
    std::vector<double> inclined(question.world->cities.size(), 0.0);
    for (Index const city : members_ever(*question.world->collaboration(world_->name.name))) inclined[city] = strength_;
    add_to_attributes(inclined);
  }
  complaints.throw_if_any();
  for (PolicyModel const& each : model_.policies) given_.push_back({each.attributes, each.attributes_later});
  plan_.attribution = false;
  plan_.population.clear();
  plan_abandonments(model_, plan_);
  plan_.events = plan_.abandonments;
}

void CellSimulator::shift_baseline(PolicyId policy, double by) {
  PolicyModel& model = model_.policies[policy.value];
  model.baseline += by;
  for (NumberStep& each : model.baselines_later) each.number += by;
  replicate_.reset();
}

void CellSimulator::add_to_attributes(std::vector<double> const& by_city) {
  for (PolicyModel& policy : model_.policies) {
    if (!is_fitted_policy(*question_.scenario, policy.name)) continue;
    if (policy.attributes.empty()) policy.attributes.assign(by_city.size(), 0.0);
    for (std::size_t i = 0; i < by_city.size(); ++i) policy.attributes[i] += by_city[i];
    for (AttributeStep& each : policy.attributes_later) each.sum += by_city[each.city];
  }
}

void CellSimulator::prepare(std::int64_t history) {
  if (world_ != nullptr && world_->kind == WorldSpec::Kind::homophily && strength_ != 0) {
    std::vector<double> trait = trait_along(*question_.world->network(world_->name.name), question_.world->cities.hash,
                                            world_->correlation, model_.seed, history);
    for (double& each : trait) each *= strength_;
    for (std::size_t p = 0; p < given_.size(); ++p) {
      model_.policies[p].attributes = given_[p].attributes;
      model_.policies[p].attributes_later = given_[p].later;
    }
    add_to_attributes(trait);
    replicate_.reset();
  }
  if (!replicate_) replicate_.emplace(model_, *question_.world, lanes_, 1);
}

std::vector<ObservedHistory> CellSimulator::run(std::int64_t history) {
  prepare(history);
  Recorder recorder(model_, *question_.world, plan_);
  recorder.begin(history);
  replicate_->run(history, recorder);
  History const& found = recorder.finish();
  std::vector<ObservedHistory> histories;
  for (std::size_t p = 0; p < found.policies.size(); ++p) {
    histories.push_back(simulated_history(found.policies[p], model_.clock));
    histories.back().covered = question_.world->records[p].covered;
  }
  return histories;
}

}  // namespace hansa
