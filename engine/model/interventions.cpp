/// Hands interventions to their policies, and tells of cities that they reach in vain.
#include "model/interventions.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include "base/flat_math.hpp"
#include "base/random.hpp"

namespace hansa {

namespace {

constexpr double surely = 64;  // the hazard of what is certain: the cap of hazards

/// Whether it is so in some step from `from` to `until`.
bool is_in_the_world(PolicyModel const& policy, Index city, std::int32_t from, std::int32_t until) {
  std::int32_t const entry = policy.entry.empty() ? from : policy.entry[city];
  std::int32_t const exit = policy.exit.empty() ? until : policy.exit[city];
  return std::max(entry, from) <= std::min(exit, until);
}

/// Who has adopted when the first decisions are made.
std::vector<std::uint8_t> adopted_by_data(PolicyModel const& policy, Index cities) {
  std::vector<std::uint8_t> adopted(cities, 0);
  for (DatedEvent const& each : policy.dated) adopted[each.event.city] = each.event.sign > 0 ? 1 : 0;
  return adopted;
}

/// "3 of the 20 cities of 'fund'".
std::string some_of(std::size_t some, std::size_t all, std::string const& name) {
  return std::to_string(some) + " of the " + std::to_string(all) + (all == 1 ? " city" : " cities") + " of '" + name +
         "'";
}

/// Leaves out who is not in the world, and tells of those and of adopters.
void keep_those_at_risk(InterventionSpec const& spec, PolicyModel const& policy, Index cities, SeedModel& seed,
                        Complaints& complaints) {
  std::size_t const all = seed.cities.size();
  std::erase_if(seed.cities, [&](Index city) { return !is_in_the_world(policy, city, seed.step, seed.step); });
  std::string const date = std::to_string(spec.at);
  if (seed.cities.size() < all) {
    complaints.warn(
        some_of(all - seed.cities.size(), all, spec.name) + " cannot adopt '" + policy.name + "' in " + date,
        spec.where, "at_risk of the policy leaves them out: they are not seeded");
  }
  std::vector<std::uint8_t> const adopted = adopted_by_data(policy, cities);
  auto const already =
      std::count_if(seed.cities.begin(), seed.cities.end(), [&](Index city) { return adopted[city] != 0; });
  if (already > 0) {
    complaints.warn(some_of(static_cast<std::size_t>(already), all, spec.name) + (already == 1 ? " has" : " have") +
                        " adopted '" + policy.name + "' before, as the data say",
                    spec.where, "who has adopted is not seeded again");
  }
}

/// Seeds of one policy, sorted: cities that an earlier one, or one of the same step, names too.
void warn_of_overlaps(PolicyModel const& policy, Scenario const& scenario, Complaints& complaints) {
  for (std::size_t k = 0; k < policy.seeds.size(); ++k) {
    SeedModel const& later = policy.seeds[k];
    InterventionSpec const& spec = scenario.interventions[later.intervention];
    for (std::size_t j = 0; j < k; ++j) {
      SeedModel const& first = policy.seeds[j];
      std::vector<Index> both;
      std::set_intersection(first.cities.begin(), first.cities.end(), later.cities.begin(), later.cities.end(),
                            std::back_inserter(both));
      if (both.empty()) continue;
      complaints.warn(some_of(both.size(), later.cities.size(), spec.name) + (both.size() == 1 ? " is" : " are") +
                          " seeded by '" + scenario.interventions[first.intervention].name + "' too",
                      spec.where, "each adopts once, by the first that succeeds");
    }
  }
}

void check_hashes(Scenario const& scenario, Complaints& complaints) {
  std::map<std::uint64_t, std::string const*> seen;
  for (InterventionSpec const& spec : scenario.interventions) {
    auto const [other, fresh] = seen.emplace(hash_id(spec.name), &spec.name);
    if (fresh || *other->second == spec.name) continue;
    complaints.add("interventions '" + spec.name + "' and '" + *other->second + "' have the same hash", spec.where,
                   "rename one of them");
  }
}

/// The step of a label.
std::int32_t step_of(std::int32_t label, Clock const& clock) {
  return label - clock.start + 1;
}

/// What one policy's pushes and mandates are made of, in order of name.
struct Pressing {
  std::vector<Spell> pushes;
  std::vector<Spell> mandates;
};

/// Compiles the acts on one policy.
class Compilation {
 public:
  Compilation(Scenario const& scenario, World const& world, Model& model, Complaints& complaints)
      : scenario_(scenario), world_(world), model_(model), complaints_(complaints), pressing_(model.policies.size()) {}

  void add(std::size_t number) {
    InterventionSpec const& spec = scenario_.interventions[number];
    InterventionModel& made = model_.interventions.emplace_back();
    made = {spec.name, spec.verb, {}, spec.at, spec.cost, reached(number).size(), spec.until};
    if (auto const* set = std::get_if<SetSpec>(&spec.act)) return compile(*set, spec, made);
    auto const policy = std::find_if(model_.policies.begin(), model_.policies.end(), [&](PolicyModel const& each) {
      return spec.policy() && each.name == spec.policy()->name;
    });
    if (policy == model_.policies.end()) return;
    made.policy = PolicyId{static_cast<Index>(policy - model_.policies.begin())};
    if (spec.until) made.cities = count_those_at_risk(number, *policy);
    std::visit(
        [&](auto const& act) {
          if constexpr (requires { act.policy; }) compile(act, number, *policy, made);
        },
        spec.act);
  }

  void finish() {
    std::int32_t const last = scenario_.clock.steps();
    for (std::size_t p = 0; p < model_.policies.size(); ++p) {
      PolicyModel& policy = model_.policies[p];
      policy.pushes = sums_of(pressing_[p].pushes, last);
      policy.mandated = sums_of(pressing_[p].mandates, last);
      for (AttributeStep& each : policy.mandated) each.sum = std::min(each.sum, surely);
      std::stable_sort(policy.seeds.begin(), policy.seeds.end(),
                       [](SeedModel const& a, SeedModel const& b) { return a.step < b.step; });
      std::sort(policy.leaving.bound.begin(), policy.leaving.bound.end(), [](BoundSpell const& a, BoundSpell const& b) {
        return std::tie(a.city, a.from, a.until) < std::tie(b.city, b.from, b.until);
      });
      warn_of_overlaps(policy, scenario_, complaints_);
    }
  }

 private:
  [[nodiscard]] std::vector<Index> const& reached(std::size_t number) const {
    return world_.reached.at(scenario_.interventions[number].name).cities;
  }

  [[nodiscard]] Spell spell(std::size_t number, double amount) const {
    InterventionSpec const& spec = scenario_.interventions[number];
    return {step_of(spec.at, scenario_.clock), step_of(spec.until.value_or(scenario_.clock.end), scenario_.clock),
            amount, reached(number)};
  }

  /// Those that can decide while it lasts; the others are told of.
  std::size_t count_those_at_risk(std::size_t number, PolicyModel const& policy) {
    InterventionSpec const& spec = scenario_.interventions[number];
    Spell const all = spell(number, 0);
    auto const at_risk = static_cast<std::size_t>(std::count_if(all.cities.begin(), all.cities.end(), [&](Index city) {
      return is_in_the_world(policy, city, all.from, all.until);
    }));
    if (at_risk < all.cities.size()) {
      complaints_.warn(some_of(all.cities.size() - at_risk, all.cities.size(), spec.name) + " cannot adopt '" +
                           policy.name + "' from " + std::to_string(spec.at) + " to " + std::to_string(*spec.until),
                       spec.where, "at_risk of the policy leaves them out: nothing presses on them");
    }
    return at_risk;
  }

  void compile(SeedSpec const& act, std::size_t number, PolicyModel& policy, InterventionModel& made) {
    InterventionSpec const& spec = scenario_.interventions[number];
    SeedModel seed{number, hash_id(spec.name), step_of(spec.at, scenario_.clock), act.success, reached(number)};
    keep_those_at_risk(spec, policy, world_.cities.size(), seed, complaints_);
    made.cities = seed.cities.size();
    policy.seeds.push_back(std::move(seed));
  }

  void compile(PushSpec const& act, std::size_t number, PolicyModel&, InterventionModel const& made) {
    if (act.strength != 0) pressing_[made.policy->value].pushes.push_back(spell(number, act.strength));
  }

  /// Terms have campaigns in their strengths.
  void compile(CampaignSpec const&, std::size_t, PolicyModel&, InterventionModel const&) {}

  /// Policies have their numbers by date in all that they are made of. It acts on those who can decide on one of them.
  void compile(SetSpec const& act, InterventionSpec const& spec, InterventionModel& made) {
    std::set<Index> policies;
    for (SetValue const& each : act.values) {
      for (std::size_t p = 0; p < model_.policies.size(); ++p)
        if (!is_of_policy(each.at.of) || model_.policies[p].name == each.policy.name)
          policies.insert(static_cast<Index>(p));
    }
    if (policies.size() == 1) made.policy = PolicyId{*policies.begin()};
    std::int32_t const from = step_of(spec.at, scenario_.clock), until = step_of(*spec.until, scenario_.clock);
    for (Index city = 0; city < world_.cities.size(); ++city) {
      made.cities += std::any_of(policies.begin(), policies.end(),
                                 [&](Index p) { return is_in_the_world(model_.policies[p], city, from, until); });
    }
  }

  void compile(MandateSpec const& act, std::size_t number, PolicyModel& policy, InterventionModel const& made) {
    if (!policy.leaving.empty()) bind(number, policy.leaving.bound);
    if (!(act.compliance > 0)) return;
    if (policy.rule == Rule::threshold) {
      Spell const all = spell(number, act.compliance);
      policy.mandates.push_back({hash_id(scenario_.interventions[number].name), all.from, all.until, act.compliance,
                                 std::vector<Index>(all.cities.begin(), all.cities.end())});
    } else {
      pressing_[made.policy->value].mandates.push_back(spell(number, mandated_hazard(act.compliance)));
    }
  }

  void bind(std::size_t number, std::vector<BoundSpell>& bound) const {
    Spell const all = spell(number, 0);
    for (Index const city : all.cities) bound.push_back({city, all.from, all.until});
  }

  void compile(SubsidySpec const& act, std::size_t number, PolicyModel& policy, InterventionModel const&) {
    InterventionSpec const& spec = scenario_.interventions[number];
    Spell const all = spell(number, 0);
    warn_of_idle(act, spec, policy);
    policy.subsidies.push_back({number,
                                all.from,
                                all.until,
                                act.share,
                                act.amount,
                                act.budget.value_or(infinity),
                                {all.cities.begin(), all.cities.end()}});
  }

  /// Subsidies that pay nothing, or that no decision takes notice of.
  void warn_of_idle(SubsidySpec const& act, InterventionSpec const& spec, PolicyModel const& policy) {
    if (!policy.cost && (act.amount > 0 || act.budget)) {
      complaints_.add(
          "'" + spec.name + "' has an amount or a budget, and what '" + policy.name + "' costs is not stated",
          spec.where, "'cost' of the policy was expected, or 'share' alone");
    }
    bool const weighs = std::any_of(policy.terms.begin(), policy.terms.end(),
                                    [](CompiledTerm const& term) { return term.lowers_cost; });
    if (weighs) return;
    std::string const mend =
        "decisions weigh costs by a mechanism of the kind scale (with progress_ratio 1 by the price alone)";
    complaints_.warn(
        "'" + spec.name + "' changes no decision on '" + policy.name + "'" + (policy.cost ? ", only who pays" : ""),
        spec.where, mend);
  }

  Scenario const& scenario_;
  World const& world_;
  Model& model_;
  Complaints& complaints_;
  std::vector<Pressing> pressing_;  // by policy
};

}  // namespace

void compile_interventions(Scenario const& scenario, World const& world, Model& model, Complaints& complaints) {
  check_hashes(scenario, complaints);
  Compilation compilation(scenario, world, model, complaints);
  for (std::size_t k = 0; k < scenario.interventions.size(); ++k) compilation.add(k);
  compilation.finish();
}

double mandated_hazard(double compliance) noexcept {
  return compliance > 0 ? std::min(flat::hazard_of_probability(compliance), surely) : 0;
}

std::vector<Spell> campaigns_for(Scenario const& scenario, World const& world, std::string const& policy,
                                 std::string const& mechanism) {
  std::vector<Spell> spells;
  for (InterventionSpec const& spec : scenario.interventions) {
    auto const* act = std::get_if<CampaignSpec>(&spec.act);
    if (act == nullptr || act->policy.name != policy || act->mechanism.name != mechanism || act->factor == 1) continue;
    spells.push_back({step_of(spec.at, scenario.clock),
                      step_of(spec.until.value_or(scenario.clock.end), scenario.clock), act->factor,
                      world.reached.at(spec.name).cities});
  }
  return spells;
}

bool pays_costs(InterventionModel const& intervention, Model const& model) noexcept {
  return intervention.verb == "subsidy" && intervention.policy &&
         model.policies[intervention.policy->value].cost.has_value();
}

}  // namespace hansa
