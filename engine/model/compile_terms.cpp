/// Makes the terms of a policy, with their strengths by date.
#include "model/compile_terms.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "base/random.hpp"
#include "model/attribute_sums.hpp"
#include "model/costs.hpp"
#include "model/interventions.hpp"

namespace hansa {

namespace {

/// Under rule cascade a strength is a chance; 0 passes nothing on.
void check_chances(MechanismSpec const& spec, AttributeSums const& strengths, Cities const& cities,
                   Complaints& complaints) {
  auto const refuse = [&](Index city, double theta) {
    complaints.add("the strength of '" + spec.name + "' for city '" + cities.id[city] + "' is " + std::to_string(theta),
                   spec.where, "under rule cascade it is the chance of a tie of weight 1: 0 to 1 was expected");
  };
  auto const wrong = [](double theta) { return theta < 0 || theta > 1; };
  auto const first = std::find_if(strengths.start.begin(), strengths.start.end(), wrong);
  if (first != strengths.start.end()) return refuse(static_cast<Index>(first - strengths.start.begin()), *first);
  auto const later = std::find_if(strengths.later.begin(), strengths.later.end(),
                                  [&](AttributeStep const& each) { return wrong(each.sum); });
  if (later != strengths.later.end()) refuse(later->city, later->sum);
}

/// θ + Σ δ x of a mechanism by date: as the phases of its policy have it where its parameters are those of `variant`,
/// else 0; times the factors of campaigns. Nothing where it is one strength for all cities and dates.
AttributeSums strengths_by_date(std::size_t position, std::vector<Phase> const& phases,
                                std::vector<std::size_t> const& variants, std::size_t variant, Scenario const& scenario,
                                World const& world, Complaints& complaints) {
  MechanismSpec const& first = phases.front().spec.mechanisms[position];
  double const at_first = variants.front() == variant ? first.strength : 0;
  bool constant = true;
  for (std::size_t p = 0; p < phases.size(); ++p) {
    double const strength = variants[p] == variant ? phases[p].spec.mechanisms[position].strength : 0;
    constant = constant && variants[p] == variants.front() && strength == at_first;
  }
  Complaints told;  // of the first phase
  PhasedSums sums;
  auto const same_slopes = [](auto const& a, auto const& b) { return a.second == b.second; };
  for (std::size_t p = 0; p < phases.size(); ++p) {
    MechanismSpec const& spec = phases[p].spec.mechanisms[position];
    if (p > 0) {
      MechanismSpec const& before = phases[p - 1].spec.mechanisms[position];
      bool const both_silent = variants[p] != variant && variants[p - 1] != variant;
      bool const same =
          variants[p] == variants[p - 1] && spec.strength == before.strength &&
          std::equal(spec.strength_by.begin(), spec.strength_by.end(), before.strength_by.begin(), same_slopes);
      if (both_silent || same) continue;
    }
    AttributeSums own = city_strengths(spec, world, scenario.clock, p == 0 && variant == 0 ? complaints : told);
    if (variants[p] != variant) own = {std::vector<double>(world.cities.size(), 0.0), {}};
    if (own.start.empty() && !constant) own.start.assign(world.cities.size(), spec.strength);
    sums.add(phases[p].step, std::move(own));
  }
  AttributeSums all = sums.take();
  multiply(all, at_first, world.cities.size(), campaigns_for(scenario, world, phases.front().spec.name, first.name),
           scenario.clock.steps());
  return all;
}

/// Compiles the mechanisms of one policy.
class Terms {
 public:
  Terms(std::vector<Phase> const& phases, Scenario const& scenario, TermContext const& context,
        std::vector<std::string> const& mechanisms, Complaints& complaints)
      : phases_(phases), scenario_(scenario), context_(context), mechanisms_(mechanisms), complaints_(complaints) {}

  /// One term, or one for each set of parameters that the mechanism has at some date.
  void add(std::size_t position, CatalogueEntry const& entry) {
    std::vector<std::size_t> const variants = variants_of(position, phases_, scenario_);
    std::size_t const count = *std::max_element(variants.begin(), variants.end()) + 1;
    if (count > most_variants) return refuse(phases_.front().spec.mechanisms[position], count);
    for (std::size_t variant = 0; variant < count; ++variant) {
      auto const phase = std::find(variants.begin(), variants.end(), variant) - variants.begin();
      MechanismSpec const& spec = phases_[static_cast<std::size_t>(phase)].spec.mechanisms[position];
      std::unique_ptr<Term const> term = make(spec, variant, entry);
      if (term == nullptr) return;
      if (term->force() != Force::pressure) return add_law(position, std::move(term));
      CompiledTerm& compiled = made_.terms.emplace_back();
      compiled.name = spec.name;
      compiled.mechanism = number_of(spec.name);
      compiled.strength = phases_.front().spec.mechanisms[position].strength;
      compiled.lowers_cost = lowers_cost(spec);
      if (count > 1) compiled.used = steps_of_variant(variants, variant);
      compiled.term = std::move(term);
      add_strengths(spec,
                    strengths_by_date(position, phases_, variants, variant, scenario_, context_.world, complaints_),
                    compiled);
    }
  }

  [[nodiscard]] CompiledMechanisms take() { return std::move(made_); }

 private:
  /// Its position among the mechanisms of all policies.
  [[nodiscard]] std::size_t number_of(std::string const& name) const {
    auto const found = std::lower_bound(mechanisms_.begin() + std::size_t(Reserved::count), mechanisms_.end(), name);
    return static_cast<std::size_t>(found - mechanisms_.begin());
  }

  void add_law(std::size_t position, std::unique_ptr<Term const> term) {
    PolicySpec const& policy = context_.policy;
    MechanismSpec const& spec = phases_.front().spec.mechanisms[position];
    CompiledLaw& law = made_.laws.emplace_back();
    law.name = spec.name;
    law.mechanism = number_of(spec.name);
    law.hash = hash_id("policies." + policy.name + ".mechanisms." + spec.name);
    law.force = term->force();
    law.term = std::move(term);
    if (law.force != Force::mandate) return;
    auto const pressure = [&](double chance) {
      return policy.rule == Rule::threshold ? chance : mandated_hazard(chance);
    };
    for (Index city = 0; city < context_.world.cities.size(); ++city)
      law.pressure.push_back(pressure(law.term->compliance(city)));
    NumberCourse const compliance = parameter_by_date(context_, spec, "compliance");
    for (NumberStep const& each : compliance.later()) law.pressures_later.push_back({each.step, pressure(each.number)});
  }

  /// 1 in the steps of its phases.
  [[nodiscard]] std::vector<std::uint8_t> steps_of_variant(std::vector<std::size_t> const& variants,
                                                           std::size_t variant) const {
    std::vector<std::uint8_t> used(static_cast<std::size_t>(scenario_.clock.steps()), 0);
    for (std::size_t p = 0; p < phases_.size(); ++p) {
      auto const from = used.begin() + (phases_[p].step - 1);
      std::fill(from, used.end(), static_cast<std::uint8_t>(variants[p] == variant ? 1 : 0));
    }
    return used;
  }

  static constexpr std::size_t most_variants = 100;

  void refuse(MechanismSpec const& spec, std::size_t count) {
    complaints_.add(
        "the parameters of '" + spec.name + "' are set to " + std::to_string(count) + " different ones by date",
        spec.where, "at most " + std::to_string(most_variants) + " were expected: each costs as much as a mechanism");
  }

  /// What is wrong with all variants is said of the first.
  [[nodiscard]] std::unique_ptr<Term> make(MechanismSpec const& spec, std::size_t variant,
                                           CatalogueEntry const& entry) {
    if (variant == 0) return entry.make(spec, context_, complaints_);
    Complaints own;
    std::unique_ptr<Term> term = entry.make(spec, context_, own);
    for (Complaint const& each : own.errors()) complaints_.add(each.problem, each.where, each.mend);
    return term;
  }

  void add_strengths(MechanismSpec const& spec, AttributeSums strengths, CompiledTerm& compiled) {
    if (context_.policy.rule == Rule::cascade) {
      check_chances(spec, strengths, context_.world.cities, complaints_);
      compiled.network = context_.world.network(spec.parameters.reference("network").name);
    }
    compiled.strengths = std::move(strengths.start);
    compiled.strengths_later = std::move(strengths.later);
  }

  std::vector<Phase> const& phases_;
  Scenario const& scenario_;
  TermContext const& context_;
  std::vector<std::string> const& mechanisms_;
  Complaints& complaints_;
  CompiledMechanisms made_;
};

}  // namespace

CompiledMechanisms compile_terms(std::vector<Phase> const& phases, Scenario const& scenario, TermContext const& context,
                                 Catalogue catalogue, std::vector<std::string> const& mechanisms,
                                 Complaints& complaints) {
  Terms terms(phases, scenario, context, mechanisms, complaints);
  for (std::size_t k = 0; k < context.policy.mechanisms.size(); ++k) {
    MechanismSpec const& mechanism = context.policy.mechanisms[k];
    auto const entry = std::find_if(catalogue.begin(), catalogue.end(),
                                    [&](CatalogueEntry const& e) { return e.schema->name == mechanism.kind; });
    if (entry == catalogue.end())
      complaints.add("unknown kind of mechanism '" + mechanism.kind + "'", mechanism.where);
    else
      terms.add(k, *entry);
  }
  return terms.take();
}

}  // namespace hansa
