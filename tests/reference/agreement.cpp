/// Runs both and looks for the first difference.
#include "reference/agreement.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include <fmt/format.h>

#include "record/history.hpp"
#include "reference/agreement_groups.hpp"
#include "reference/reference.hpp"

namespace hansa::reference {

namespace {

std::string told(std::int32_t label) {
  return label == never ? "never" : std::to_string(label);
}

std::string compare_times(test::Question const& question, PolicyHistory const& engine, PolicyOutcome const& slow) {
  for (Index city = 0; city < question.world.cities.size(); ++city) {
    if (engine.adoption_time[city] == slow.adoption_time[city]) continue;
    return fmt::format("{} adopts at {} in the engine, at {} in the reference", question.world.cities.id[city],
                       told(engine.adoption_time[city]), told(slow.adoption_time[city]));
  }
  for (Index city = 0; city < engine.abandonments.size(); ++city) {
    if (engine.abandonments[city] == slow.abandonments[city]) continue;
    return fmt::format("{} leaves {} times in the engine, {} in the reference", question.world.cities.id[city],
                       engine.abandonments[city], slow.abandonments[city]);
  }
  for (std::size_t t = 0; t < slow.adopters.size(); ++t) {
    if (engine.adopters.at(t) == slow.adopters[t]) continue;
    return fmt::format("step {}: {} adopters in the engine, {} in the reference", t + 1, engine.adopters[t],
                       slow.adopters[t]);
  }
  return {};
}

std::string compare_shares(test::Question const& question, PolicyHistory const& engine, PolicyOutcome const& slow) {
  auto const steps = static_cast<std::size_t>(question.model.clock.steps());
  std::vector<std::string> const& names = question.model.mechanisms;
  for (auto const& [name, row] : slow.attribution) {
    if (std::count(names.begin(), names.end(), name) != 1) return "mechanism " + name + " is not listed once";
  }
  for (std::size_t t = 0; t < steps; ++t) {
    double sum = 0, size = 1;  // shares of a pressure that has all but gone are huge, of both signs
    for (std::size_t m = 0; m < names.size(); ++m) size += std::fabs(engine.adoptions_by_mechanism.at(m * steps + t));
    for (std::size_t m = 0; m < names.size(); ++m) {
      double const share = engine.adoptions_by_mechanism.at(m * steps + t);
      auto const row = slow.attribution.find(names[m]);
      double const expected = row == slow.attribution.end() ? 0.0 : row->second[t];
      sum += share;
      if (std::fabs(share - expected) <= 1e-9 * std::max(1.0, std::fabs(expected))) continue;
      return fmt::format("step {}: {} is given {} adoptions by the engine, {} by the reference", t + 1, names[m], share,
                         expected);
    }
    if (std::fabs(sum - slow.adoptions[t]) > 1e-9 * size) {
      return fmt::format("step {}: attributed {} of {} adoptions", t + 1, sum, slow.adoptions[t]);
    }
  }
  return {};
}

/// The engine's mechanism has the largest share that the reference knows, but for rounding.
bool leads(std::map<std::string, double> const& shares, std::string const& name) {
  double largest = -1e300;
  for (auto const& [other, share] : shares) largest = std::max(largest, share);
  auto const own = shares.find(name);
  return own != shares.end() && own->second >= largest - 1e-9 * std::max(1.0, std::fabs(largest));
}

std::string compare_events(test::Question const& question, PolicyHistory const& engine, PolicyOutcome const& slow,
                           Lanes lanes, Tally& tally) {
  if (!question.plan.events) return {};
  if (engine.events.size() != slow.log.size())
    return fmt::format("{} events in the engine, {} in the reference", engine.events.size(), slow.log.size());
  for (std::size_t k = 0; k < slow.log.size(); ++k) {
    LoggedEvent const& event = engine.events[k];
    LoggedFact const& fact = slow.log[k];
    ++tally.events[fact.kind];
    if (std::tie(event.time, event.city, event.kind) != std::tie(fact.label, fact.city, fact.kind))
      return fmt::format("event {}: {} at {} of kind {} in the engine, {} at {} of kind {} in the reference", k,
                         question.world.cities.id[event.city], event.time, static_cast<int>(event.kind),
                         question.world.cities.id[fact.city], fact.label, static_cast<int>(fact.kind));
    bool const adopts = event.mechanism != no_mechanism;
    if (adopts == fact.shares.empty()) return fmt::format("event {}: an adoption without a mechanism, or not", k);
    std::string const name = adopts ? question.model.mechanisms.at(static_cast<std::size_t>(event.mechanism)) : "";
    if (adopts && lanes == Lanes::full && !leads(fact.shares, name))
      return fmt::format("event {}: {} at {} is given to {}", k, question.world.cities.id[event.city], event.time,
                         name);
  }
  return {};
}

std::string compare_beliefs(test::Question const& question, PolicyHistory const& engine, PolicyOutcome const& slow,
                            Tally& tally) {
  if (!question.plan.beliefs) return {};
  for (auto const& [name, row, expected] :
       {std::tuple{"mean", &engine.belief_mean, &slow.belief_mean},
        std::tuple{"precision", &engine.belief_precision, &slow.belief_precision}}) {
    if (row->size() != expected->size())
      return fmt::format("{} belief {}s are {}", name, row->size(), expected->size());
    for (std::size_t k = 0; k < row->size(); ++k) {
      double const apart = std::fabs((*row)[k] - (*expected)[k]);
      if (apart <= 1e-12 * std::max(1.0, std::fabs((*expected)[k]))) continue;
      std::size_t const n = question.world.cities.size();
      return fmt::format("step {}, {}: belief {} {} in the engine, {} in the reference", k / n + 1,
                         question.world.cities.id[k % n], name, (*row)[k], (*expected)[k]);
    }
    tally.beliefs += static_cast<std::int64_t>(row->size());
  }
  return {};
}

std::string compare_costs(PolicyHistory const& engine, PolicyOutcome const& slow, Tally& tally) {
  for (auto const& [name, row, expected] : {std::tuple{"spending", &engine.spending, &slow.spending},
                                            std::tuple{"unit cost", &engine.unit_cost, &slow.unit_cost},
                                            std::tuple{"subsidies", &engine.subsidies, &slow.subsidies}}) {
    if (row->size() != expected->size()) return fmt::format("{} of {} steps is told", name, row->size());
    for (std::size_t t = 0; t < row->size(); ++t) {
      double const here = (*row)[t], there = (*expected)[t];
      bool const same = std::isnan(there) ? std::isnan(here) : std::fabs(here - there) <= 1e-11 * std::fabs(there);
      if (!same) return fmt::format("step {}: {} {} in the engine, {} in the reference", t + 1, name, here, there);
    }
  }
  for (double const each : slow.spending) tally.payments += each > 0;
  return {};
}

std::string compare_seeds(test::Question const& question, History const& history, PolicyOutcome const& slow,
                          Tally& tally) {
  for (auto const& [name, counts] : slow.seeds) {
    auto const& all = question.model.interventions;
    auto const found = std::find_if(all.begin(), all.end(), [&](auto const& each) { return each.name == name; });
    if (found == all.end()) return "the engine has no intervention " + name;
    SeedCounts const& engine = history.seeds.at(static_cast<std::size_t>(found - all.begin()));
    if (!(engine == counts))
      return fmt::format("{}: {} seeded, {} failed, {} adopters in the engine, {}, {} and {} in the reference", name,
                         engine.seeded, engine.failed, engine.adopters, counts.seeded, counts.failed, counts.adopters);
    tally.seeds.seeded += counts.seeded;
    tally.seeds.failed += counts.failed;
    tally.seeds.adopters += counts.adopters;
    tally.seeds.excluded += counts.excluded;
  }
  return {};
}

std::string compare_subsidies(test::Question const& question, History const& history, PolicyOutcome const& slow,
                              Tally& tally) {
  auto const& all = question.model.interventions;
  for (auto const& [name, counts] : slow.subsidy_counts) {
    auto const found = std::find_if(all.begin(), all.end(), [&](auto const& each) { return each.name == name; });
    if (found == all.end()) return "the engine has no intervention " + name;
    SubsidyCounts const& engine = history.subsidies.at(static_cast<std::size_t>(found - all.begin()));
    if (engine.spent != counts.spent || std::fabs(engine.paid - counts.paid) > 1e-11 * counts.paid)
      return fmt::format("{}: {} paid, spent {} in the engine, {} and {} in the reference", name, engine.paid,
                         told(engine.spent), counts.paid, told(counts.spent));
    tally.subsidies += counts.paid > 0;
    tally.budgets += counts.spent != never;
  }
  return {};
}

std::string compare_resources(SharedHistory const& engine, SharedHistory const& slow, Tally& tally) {
  for (auto const& [name, row, expected] :
       {std::tuple{"budget", &engine.budget, &slow.budget},
        std::tuple{"number of used ties", &engine.ties_used, &slow.ties_used},
        std::tuple{"sum of fees", &engine.fees, &slow.fees},
        std::tuple{"number of ties", &engine.tie_count, &slow.tie_count},
        std::tuple{"strength of ties", &engine.tie_strength, &slow.tie_strength},
        std::tuple{"number of members", &engine.members, &slow.members},
        std::tuple{"number of pledges", &engine.pledges, &slow.pledges},
        std::tuple{"number of pledged adoptions", &engine.pledged_adoptions, &slow.pledged_adoptions}}) {
    if (row->size() != expected->size()) return fmt::format("{} of {} steps is told", name, row->size());
    for (std::size_t t = 0; t < row->size(); ++t) {
      double const here = (*row)[t], there = (*expected)[t];
      bool const same =
          std::isnan(there) ? std::isnan(here) : std::fabs(here - there) <= 1e-11 * std::max(1.0, std::fabs(there));
      if (!same) return fmt::format("row {}: {} {} in the engine, {} in the reference", t + 1, name, here, there);
    }
  }
  tally.purses += static_cast<std::int64_t>(slow.budget.size());
  for (double const each : slow.ties_used) tally.used += each > 0;
  for (double const each : slow.fees) tally.fees += each > 0;
  for (std::size_t k = 1; k < slow.members.size(); ++k) tally.joined += slow.members[k] > slow.members[k - 1];
  for (double const each : slow.pledges) tally.pledged += each > 0;
  for (double const each : slow.pledged_adoptions) tally.kept += each > 0;
  for (std::size_t k = 1; k < slow.tie_count.size(); ++k) {
    tally.begun += slow.tie_count[k] > slow.tie_count[k - 1];
    tally.weakened += slow.tie_strength[k] < 1;
  }
  return {};
}

/// What came of own experience, of leaving by what is believed, of reinvention, and of averages.
void count_lessons(PolicySpec const& policy, PolicyOutcome const& outcome, Tally& tally) {
  std::int64_t left = 0;
  for (std::int16_t const each : outcome.abandonments) left += each;
  bool const believes = policy.abandonment && policy.abandonment->own_belief != 0;
  if (believes) tally.lessons["left by own belief"] += left;
  if (policy.reinvention) tally.lessons["adapted"] += outcome.adapted;
  if (policy.reinvention && policy.reinvention->gain != 0) tally.lessons["gained by it"] += outcome.adapted;
  for (MechanismSpec const& each : policy.mechanisms) {
    if (each.kind != "learning") continue;
    bool const averages = each.parameters.text("model") == "degroot";
    bool const experience = each.parameters.number("own_precision") > 0;
    if (experience) tally.lessons["left with experience"] += left;
    if (experience && believes) tally.lessons["left by own belief with experience"] += left;
    if (averages && believes) tally.lessons["left by own belief that is an average"] += left;
    if (averages) tally.lessons["averages"] += static_cast<std::int64_t>(outcome.belief_mean.size());
  }
}

void count(test::Question const& question, PolicySpec const& policy, PolicyOutcome const& outcome, Tally& tally) {
  count_lessons(policy, outcome, tally);
  for (std::size_t k = 0; k < question.model.interventions.size(); ++k) {
    InterventionSpec const& each = question.scenario.interventions[k];
    auto const* set = std::get_if<SetSpec>(&each.act);
    bool const sets = set != nullptr && std::ranges::any_of(set->values, [&](SetValue const& value) {
                        return value.policy.name == policy.name;
                      });
    bool const acts_on_it = sets || (each.policy() && each.policy()->name == policy.name);
    if (set != nullptr)
      for (SetValue const& value : set->values)
        tally.numbers[value.at.of] += !is_of_policy(value.at.of) || value.policy.name == policy.name;
    if (acts_on_it && question.model.interventions[k].cities > 0)
      tally.acts[fmt::format("{} {}", static_cast<int>(policy.rule), each.verb)] += 1;
  }
  if (policy.abandonment) {
    for (std::int16_t const left : outcome.abandonments)
      tally.left[fmt::format("{}", static_cast<int>(policy.rule))] += left;
  }
  for (auto const& [kind, countries] : outcome.laws)
    tally.laws[fmt::format("{} {}", static_cast<int>(policy.rule), kind)] += countries;
  for (auto const& [name, row] : outcome.attribution) {
    double total = 0;
    for (double share : row) total += std::fabs(share);
    if (name == "intervention") {
      for (auto const& [seed, counts] : outcome.seeds) total -= counts.seeded;
      tally.intervened[fmt::format("{}", static_cast<int>(policy.rule))] += total;
    }
    for (MechanismSpec const& each : policy.mechanisms) {
      if (each.name == name) tally.attributed[fmt::format("{} {}", static_cast<int>(policy.rule), each.kind)] += total;
    }
  }
}

/// Whether the engine let it happen; without a log of events only first adoptions are known.
bool adopted(PolicyHistory const& history, Decision const& decision, bool logged) {
  if (!logged) return history.adoption_time[decision.city] == decision.label;
  return std::ranges::any_of(history.events, [&](LoggedEvent const& each) {
    return each.time == decision.label && each.city == decision.city && each.kind == EventKind::adoption;
  });
}

/// Runs either side; tells what pressure it refuses, if any.
template <class Run>
std::optional<std::string> refusal_of(Run const& run) {
  try {
    run();
    return std::nullopt;
  } catch (Refused const& refused) {
    return refused.what();
  } catch (Error const& error) {
    if (error.fault() != Fault::failure) throw;
    return error.what();
  }
}

}  // namespace

std::string disagreement(test::Question const& question, std::int64_t replicate, Lanes lanes, Tally& tally) {
  History history;
  auto const refusal = refusal_of([&] { history = test::run_one(question, replicate, lanes); });
  bool const ran = !refusal;
  std::int64_t decided = 0, mismatches = 0;
  Arbiter const arbiter = [&](Decision const& decision) {
    bool adopts = decision.adopts;
    bool const tie =
        std::fabs(decision.resistance - decision.pressure) < 1e-5 * decision.resistance && lanes == Lanes::fast;
    Rule const rule = question.scenario.policies[decision.policy].rule;
    bool const single = rule != Rule::threshold && rule != Rule::cascade;  // those compute in double everywhere
    if (ran && tie && single) {
      adopts = adopted(history.policies[decision.policy], decision, question.plan.events);
      mismatches += adopts != decision.adopts;
    }
    decided += adopts;
    return adopts;
  };
  std::vector<PolicyOutcome> slow;
  SharedOutcome shared;
  auto const slow_refusal = refusal_of(
      [&] { slow = simulate(question.scenario, question.data(), question.tables, replicate, arbiter, &shared); });
  if (refusal.has_value() != slow_refusal.has_value())
    return fmt::format("replicate {}: only the {} refuses a pressure: {}", replicate, ran ? "reference" : "engine",
                       refusal.value_or(slow_refusal.value_or("")));
  tally.refused += !ran;
  for (std::size_t p = 0; p < slow.size(); ++p) {
    PolicySpec const& policy = question.scenario.policies[p];
    std::string difference = compare_times(question, history.policies.at(p), slow[p]);
    if (difference.empty() && lanes == Lanes::full) {
      difference = compare_shares(question, history.policies[p], slow[p]);
    }
    if (difference.empty()) difference = compare_groups(question, history.policies[p], slow[p], lanes, tally);
    if (difference.empty()) difference = compare_events(question, history.policies[p], slow[p], lanes, tally);
    if (difference.empty()) difference = compare_costs(history.policies[p], slow[p], tally);
    if (difference.empty()) difference = compare_seeds(question, history, slow[p], tally);
    if (difference.empty()) difference = compare_subsidies(question, history, slow[p], tally);
    if (difference.empty() && lanes == Lanes::full) {
      difference = compare_beliefs(question, history.policies[p], slow[p], tally);
    }
    if (!difference.empty()) return fmt::format("replicate {}, {}: {}", replicate, policy.name, difference);
    count(question, policy, slow[p], tally);
  }
  SharedHistory& resources = shared.history;
  if (!question.plan.ties) resources.tie_count = resources.tie_strength = {};
  std::string difference = !slow_refusal ? compare_resources(history.shared, resources, tally) : "";
  if (!slow_refusal && difference.empty()) difference = compare_budgets_by(question, history.shared, shared.balances);
  if (!difference.empty()) return fmt::format("replicate {}: {}", replicate, difference);
  tally.adoptions += decided;
  tally.mismatches += mismatches;
  return {};
}

}  // namespace hansa::reference
