/// Moves bars, laws and budgets along given histories.
#include "run/given_hindrances.hpp"

#include <algorithm>

namespace hansa {

namespace {

constexpr RecordPlan records_nothing() {
  RecordPlan plan;
  plan.adoption_time = plan.attribution = false;
  return plan;
}

bool has_seed(PolicyModel const& policy, Index city, std::int32_t step) noexcept {
  return std::any_of(policy.seeds.begin(), policy.seeds.end(), [&](SeedModel const& each) {
    return each.step == step && std::binary_search(each.cities.begin(), each.cities.end(), city);
  });
}

}  // namespace

GivenHindrances::OfPolicy::OfPolicy(Model const& of, World const& world, PolicyId policy, Budgets& budgets)
    : model(of.policies[policy.value]),
      laws(model, Force::mandate, of.clock, world.cities.size()),
      mandated(model.mandated, world.cities.size()),
      risk(model, world.cities.size(), of.clock.steps()),
      reference(model, world.cities.size()),
      subsidies(model, of.clock, world.cities.size()) {
  if (!model.seeds.empty()) seeded.resize(world.cities.size());
  if (!budgets.are_kept() || !model.cost) return;
  adopted.resize(world.cities.size());
  costs = std::make_unique<Costs>(model, policy, reference, subsidies, CostParts{budgets, world.cities, risk, of.seed});
  affordability = std::make_unique<Affordability>(model, budgets, *costs, hindrances);
}

GivenHindrances::GivenHindrances(Model const& model, World const& world)
    : plan_(records_nothing()),
      recorder_(model, world, plan_),
      budgets_(model, world),
      coupling_(model, budgets_, world.cities.size()) {
  for (Index p = 0; p < model.policies.size(); ++p)
    policies_.push_back(std::make_unique<OfPolicy>(model, world, PolicyId{p}, budgets_));
  empty_ =
      coupling_.empty() && !budgets_.are_kept() &&
      std::all_of(policies_.begin(), policies_.end(), [](auto const& each) {
        return each->laws.empty() && each->mandated.empty() && each->model.mandates.empty() && each->seeded.empty();
      });
}

GivenHindrances::~GivenHindrances() = default;

void GivenHindrances::begin(Outset const& outset) {
  if (empty_) return;
  if (budgets_.are_kept()) recorder_.begin(0);
  coupling_.begin(outset);
  budgets_.begin(outset);
  for (auto const& each : policies_) {
    each->step = 1;
    each->laws.begin(outset);
    each->mandated.begin();
    if (!each->costs) continue;
    each->reference.begin();
    each->subsidies.begin();
    each->costs->begin(outset.replicate);
    each->affordability->begin();
    std::fill(each->adopted.begin(), each->adopted.end(), std::uint8_t{0});
  }
}

void GivenHindrances::pay(PolicyId policy, std::int32_t step, std::span<DatedEvent const> events) {
  OfPolicy& own = *policies_[policy.value];
  if (!own.costs) return;
  std::vector<DatedEvent> payers;
  for (DatedEvent const& each : events) {
    own.adopted[each.event.city] = each.event.sign > 0 ? 1 : 0;
    if (own.costs->wants_events()) own.costs->note(each.event, step);
    if (each.event.sign > 0 && !has_seed(own.model, each.event.city, step)) payers.push_back(each);
  }
  if (step == 0) return;
  auto const has_adopted = [&](Index city) { return own.adopted[city] != 0; };
  own.costs->pay(step, payers, {}, has_adopted, recorder_);
}

void GivenHindrances::follow(PolicyId policy, std::span<Event const> events) {
  if (!coupling_.empty()) coupling_.follow(policy, events);
  if (budgets_.are_kept()) budgets_.note(policy, events);
  OfPolicy& own = *policies_[policy.value];
  if (!own.laws.empty()) own.laws.follow(events);
}

void GivenHindrances::close(std::int32_t step) {
  if (!coupling_.empty()) coupling_.advance(step);
  if (budgets_.are_kept()) budgets_.close(step, recorder_);
}

/// Brings mandates and seeds to the decisions of step + 1.
void GivenHindrances::bind(OfPolicy& policy, std::int32_t step) {
  policy.step = step + 1;
  policy.mandated.advance(step + 1, [](Index) {});
  policy.laws.advance(step, [](std::size_t, Index) {});
  if (policy.seeded.empty()) return;
  std::fill(policy.seeded.begin(), policy.seeded.end(), std::uint8_t{0});
  for (SeedModel const& each : policy.model.seeds) {
    if (each.step != step + 1) continue;
    for (Index const city : each.cities) policy.seeded[city] = 1;
  }
}

bool GivenHindrances::is_mandated(OfPolicy const& policy, Index city) noexcept {
  if (!policy.mandated.empty() && policy.mandated[city] > 0) return true;
  if (!policy.laws.empty() && policy.laws.reach(city)) return true;
  return std::any_of(policy.model.mandates.begin(), policy.model.mandates.end(), [&](MandateModel const& each) {
    return each.from <= policy.step && policy.step <= each.until &&
           std::binary_search(each.cities.begin(), each.cities.end(), city);
  });
}

Liberty GivenHindrances::of(PolicyId policy, Index city) const noexcept {
  if (empty_) return Liberty::free;
  OfPolicy const& own = *policies_[policy.value];
  if ((!own.seeded.empty() && own.seeded[city] != 0) || is_mandated(own, city)) return Liberty::bound;
  Bars const* const bars = coupling_.bars(policy);
  if (bars != nullptr && (bars->lacks(city) || bars->excludes(city))) return Liberty::barred;
  if (!own.costs) return Liberty::free;
  bool const pays = own.affordability->queues() ? own.affordability->can_pay(city) : own.hindrances.poor[city] == 0;
  return pays ? Liberty::free : Liberty::poor;
}

double GivenHindrances::price(PolicyId policy, Index city) const noexcept {
  OfPolicy const& own = *policies_[policy.value];
  return own.costs ? own.costs->price(city) : 0;
}

}  // namespace hansa
