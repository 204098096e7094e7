/// The question compiled against a world: constant numbers and terms, ready to run. Shared const by all threads.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/catalogue.hpp"
#include "model/number_course.hpp"
#include "model/term.hpp"
#include "scenario/scenario.hpp"
#include "world/sphere.hpp"
#include "world/world.hpp"

namespace hansa {

/// What a sum is for a city from a step on: of attributes that change over time, of a strength, of pushes.
struct AttributeStep {
  std::int32_t step;
  Index city;
  double sum;
};

struct CompiledTerm {
  std::string name;           ///< the user's name of the entry
  std::size_t mechanism = 0;  ///< position in Model::mechanisms
  double strength = 1;
  bool lowers_cost = false;                    ///< M = ln(c_ref / c): it multiplies the cost by e^-M
  std::vector<std::uint8_t> used;              ///< per step 1 … T at [step - 1]: 1 where the mechanism has these
                                               ///< parameters; empty: always
  std::vector<double> strengths;               ///< per city θ + Σ δ x at the start; empty: `strength` for all
  std::vector<AttributeStep> strengths_later;  ///< θ + Σ δ x, times the factors of campaigns, that a city has from a
                                               ///< step on, by step, then city
  NetworkLayer const* network = nullptr;       ///< rule cascade: the ties along which the policy is passed on
  std::unique_ptr<Term const> term;
};

/// A law that binds cities to adopt, or bars them from it, while the M of its term is 1.
struct CompiledLaw {
  std::string name;           ///< the user's name of the entry
  std::size_t mechanism = 0;  ///< position in Model::mechanisms
  std::uint64_t hash = 0;     ///< of its path in the scenario
  Force force = Force::mandate;
  std::vector<double> pressure;             ///< of a mandate, per city: hazard that it adds in each step, or under rule
                                            ///< `threshold` the chance of complying
  std::vector<NumberStep> pressures_later;  ///< the same of all cities from a step on
  std::unique_ptr<Term const> term;
};

/// A dated event that is not decided: an initial adopter (step 0) or a replayed one (step >= 1).
struct DatedEvent {
  std::int32_t step;   ///< 0: before the first step
  std::int32_t label;  ///< the adoption's own label
  Event event;
};

/// Resistances under the rule `threshold`, before attributes lower them: a value per city, or a law to draw from.
struct ThresholdModel {
  ThresholdLaw::Form form = ThresholdLaw::Form::given;
  double a = 0, b = 0;
  std::vector<double> given;  ///< form attribute: per city
};

/// Standard deviations from a step on; 0: none.
struct FrailtyStep {
  std::int32_t step = 1;
  double city = 0;         ///< one draw per city for all policies
  double city_policy = 0;  ///< per city
  double country = 0;      ///< per country
  double period = 0;       ///< per step
};

/// Normal effects, drawn anew in each replicate: whatever the standard deviations are, the same draws are multiplied.
struct FrailtyModel {
  std::vector<FrailtyStep> sds = std::vector<FrailtyStep>(1);  ///< by step, the first from step 1 on; at least one
  std::vector<std::uint64_t> countries;    ///< hashes of the countries' names; only where they have an effect
  std::vector<std::int32_t> country_code;  ///< per city: position in `countries`, -1 where unknown
};

/// Cities that are made to adopt a policy in one step.
struct SeedModel {
  std::size_t intervention = 0;  ///< position in Model::interventions
  std::uint64_t hash = 0;        ///< of the intervention's name
  std::int32_t step = 1;
  double success = 1;
  std::vector<Index> cities;  ///< ascending; without those that are not in the world in that step
};

/// Cities that are bound to adopt, under a rule without hazards.
struct MandateModel {
  std::uint64_t hash = 0;  ///< of the intervention's name
  std::int32_t from = 1;
  std::int32_t until = 1;     ///< last step
  double compliance = 1;      ///< chance in each step
  std::vector<Index> cities;  ///< ascending
};

/// Steps in which a mandate binds a city: it cannot leave the policy.
struct BoundSpell {
  Index city;
  std::int32_t from, until;  ///< both count
};

/// How adopters leave a policy, in each step after that of the adoption.
struct LeavingModel {
  NumberCourse hazard;                 ///< whatever they believe
  NumberCourse base, own_belief;       ///< or, where own_belief is ever not 0: ln(1 + e^(base - own_belief b)),
  Believed believed = Believed::now;   ///< b what the adopter believes of the policy in its own hands
  std::vector<BoundSpell> bound = {};  ///< by city, then first step
  [[nodiscard]] bool by_belief() const noexcept { return own_belief.ever(); }
  /// True if nobody ever leaves but by data.
  [[nodiscard]] bool empty() const noexcept { return !hazard.ever() && !by_belief(); }
};

/// Which adopters adapt the policy, and what that is worth and costs, by the step of the adoption.
struct ReinventionModel {
  NumberCourse probability, gain, cost;
};

/// Payments of somebody else that make a policy cheaper for cities.
struct SubsidyModel {
  std::size_t intervention = 0;  ///< position in Model::interventions
  std::int32_t from = 1;
  std::int32_t until = 1;     ///< last step, unless its budget is spent before
  double share = 0;           ///< of the cost
  double amount = 0;          ///< and of each payment
  double budget = infinity;   ///< in all; it ends after the step in which it has paid so much
  std::vector<Index> cities;  ///< ascending
};

/// What a policy costs who adopts it, before adoptions lower it.
struct CostModel {
  CostPer per = CostPer::once;
  NumberCourse amount;               ///< of every city
  std::vector<double> given;         ///< or of each at the start; empty: `amount`
  std::vector<AttributeStep> later;  ///< and that a city has from a step on, by step, then city
};

struct PolicyModel {
  std::string name;
  std::uint64_t hash = 0;
  Rule rule = Rule::logit;
  double baseline = 0;                          ///< at the start; additive without a baseline: -infinity
  std::vector<NumberStep> baselines_later;      ///< by step
  EntryLaw entry_law = EntryLaw::burst;         ///< rule `threshold`
  std::vector<double> attributes;               ///< per city Σ β x at the start; empty: 0
  std::vector<AttributeStep> attributes_later;  ///< Σ β x that a city has from a step on, by step, then city
  FrailtyModel frailty;
  std::vector<double> trend;  ///< per step 1 … T at [step - 1]; empty: 0
  double log_time = 0;        ///< coefficient of ln(steps since the first adoption anywhere), at the start
  std::vector<NumberStep> log_times_later;  ///< by step
  ThresholdModel threshold;
  std::optional<CostModel> cost;  ///< none: what it costs is not stated
  Affording when_unaffordable = Affording::stop;
  std::optional<ReinventionModel> reinvention;
  std::vector<CompiledTerm> terms;      ///< sorted by name: the order of summation, but that those that drift come
                                        ///< last. A mechanism whose parameters change by date has several, of which one
                                        ///< has a strength at a time
  std::vector<CompiledLaw> laws;        ///< sorted by name
  std::vector<DatedEvent> dated;        ///< sorted by step, then city
  std::int32_t first_decision = 1;      ///< first step in which cities decide (after the replay)
  std::vector<std::int16_t> entry;      ///< per city: first step at risk; empty: 1
  std::vector<std::int16_t> exit;       ///< per city: last step at risk; empty: T; below entry: never
  std::vector<std::uint8_t> known;      ///< per city: whether it counts as a source; empty: all do
  std::vector<SeedModel> seeds;         ///< sorted by step, then name
  std::vector<AttributeStep> pushes;    ///< sum of the pushes on a city from a step on, by step, then city; before: 0
  std::vector<AttributeStep> mandated;  ///< hazard that mandates add for a city from a step on, by step, then city;
                                        ///< before: 0. At most 64; not of rule `threshold`
  std::vector<MandateModel> mandates;   ///< rule `threshold`; sorted by name
  LeavingModel leaving;
  std::vector<PolicyId> required;       ///< who lacks one of these is not at risk; ascending
  std::vector<PolicyId> excluded;       ///< who has one of these is not at risk; ascending
  std::vector<SubsidyModel> subsidies;  ///< sorted by name
};

/// What cities can pay from, and what ties bring that are used.
struct ResourceModel {
  std::vector<double> initial;              ///< per city
  std::vector<double> income;               ///< per city, in each step from the first on
  std::vector<AttributeStep> income_later;  ///< that a city has from a step on, by step, then city
  std::vector<NumberStep> incomes_later;    ///< or that all have, by step
  NumberCourse growth;                      ///< share of itself by which a budget grows in a step
  NetworkLayer const* network = nullptr;    ///< of the ties; null: they bring nothing
  NumberCourse per_tie;
};

/// What members pay to collaborations.
struct FeeModel {
  std::vector<AttributeStep> fees;  ///< that a city pays in each step from a step on, by step, then city; before: 0
  std::vector<double> total;        ///< per step 1 … T at [step - 1]; empty: there are no fees
};

/// Dynamics of ties from a step on.
struct DynamicsStep {
  std::int32_t step = 1;
  DynamicsSpec spec;
};

/// A network whose ties have dynamics.
struct DynamicsModel {
  NetworkLayer const* network = nullptr;
  std::vector<DynamicsStep> by_step;  ///< the first from step 1 on; at least one, no two after each other alike
  std::vector<Point> places = {};     ///< of the cities, where visits ask for distances
};

/// How cities join a collaboration within the run.
struct RecruitModel {
  NetworkLayer const* network = nullptr;
  double base = 0, share = 0;  ///< hazard in a step: base + share s
};

/// An assurance contract among the members of a collaboration.
struct PledgeModel {
  PolicyId policy;
  std::int64_t members = 0;  ///< so many pledges are enough; or, where it is 0:
  double share = 0;          ///< such a share of the members
  std::int32_t from = 1;     ///< first step in which members pledge
  std::int32_t until = 1;    ///< last one
};

/// What members pay to a collaboration, by date.
struct DueModel {
  CostPer per = CostPer::step;
  NumberCourse amount;  ///< once: that of the step of joining
};

/// A collaboration whose members each replicate follows.
struct MembersModel {
  Collaboration const* collaboration = nullptr;
  std::optional<RecruitModel> recruit;
  std::optional<PledgeModel> pledge;
  std::optional<DueModel> fee;  ///< where it recruits: of others FeeModel has it
};

/// What somebody does at a date, as far as it is told.
struct InterventionModel {
  std::string name;
  std::string verb;
  std::optional<PolicyId> policy;  ///< that it acts on
  std::int32_t label = 0;          ///< of its step, or of the first in which it is in force
  std::optional<double> cost;
  std::size_t cities = 0;                  ///< that it reaches
  std::optional<std::int32_t> until = {};  ///< label of the last step in which it is in force; none: it acts once
};

struct Model {
  Clock clock;
  std::uint64_t seed = 1;
  std::vector<PolicyModel> policies;        ///< sorted by name
  std::vector<std::int32_t> attention;      ///< per city: most adoptions in a step; empty: any number
  std::vector<NumberStep> attention_later;  ///< of all cities from a step on
  std::optional<ResourceModel> resources;   ///< none: nothing is unaffordable
  FeeModel fees;
  std::vector<DynamicsModel> dynamics;           ///< sorted by the network's name
  std::vector<MembersModel> members;             ///< of those that recruit or have a pledge, sorted by name
  std::vector<InterventionModel> interventions;  ///< sorted by name
  std::vector<std::string>
      mechanisms;  ///< baseline, attributes, trend, frailty, intervention, data, then those of all policies, sorted
};

/// Positions of the reserved names in Model::mechanisms.
enum class Reserved : std::size_t { baseline, attributes, trend, frailty, intervention, data, count };

/// Who can be a source of influence: all cities, or those of whom data tell whether they have adopted.
enum class Sources { all, known };

/// Compiles; gathers mistakes that only the world can tell. The world must outlive the model.
[[nodiscard]] Model compile(Scenario const& scenario, World const& world, Catalogue catalogue, Complaints& complaints,
                            Sources sources = Sources::all);

}  // namespace hansa
