/// Reads budgets off attributes, and fees off memberships.
#include "model/resources.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "model/attribute_sums.hpp"
#include "model/phases.hpp"
#include "scenario/field_ranges.hpp"

namespace hansa {

namespace {

void check_amounts(AttributeSums const& sums, Reference const& attribute, Cities const& cities,
                   Complaints& complaints) {
  auto const complain = [&](Index city) {
    complaints.add("'" + attribute.name + "' of city '" + cities.id[city] + "' is out of range", attribute.where,
                   "numbers from -10^18 to 10^18 were expected");
  };
  auto const wrong = [](double amount) { return !(std::fabs(amount) <= fields::largest_cost); };
  for (Index i = 0; i < sums.start.size(); ++i)
    if (wrong(sums.start[i])) return complain(i);
  for (AttributeStep const& each : sums.later)
    if (wrong(each.sum)) return complain(each.city);
}

/// Per city at the start, and later.
AttributeSums amounts(NumberOrAttribute const& amount, std::string_view what, World const& world, Clock const& clock,
                      Complaints& complaints) {
  if (auto const* number = std::get_if<double>(&amount)) return {std::vector<double>(world.cities.size(), *number), {}};
  auto const& attribute = std::get<Reference>(amount);
  std::pair<Reference, double> const slopes[] = {{attribute, 1.0}};
  AttributeSums sums = number_sums(0, slopes, what, world, clock, complaints);
  check_amounts(sums, attribute, world.cities, complaints);
  sums.start.resize(world.cities.size());  // after a complaint
  return sums;
}

/// Sums of fees per city and step, in the order in which collaborations are added.
class Fees {
 public:
  explicit Fees(Clock const& clock) : clock_(clock), total_(static_cast<std::size_t>(clock.steps()), 0.0) {}

  void add(Collaboration const& collaboration, std::vector<PhaseOf<FeeSpec>> const& phases) {
    for (std::size_t p = 0; p < phases.size(); ++p)
      add(collaboration, phases[p].spec, phases[p].step,
          p + 1 < phases.size() ? phases[p + 1].step : std::int64_t{clock_.steps()} + 1);
  }

  /// Of the steps `begin` to `stop` - 1; a fee that is asked once is that of the step of joining.
  void add(Collaboration const& collaboration, FeeSpec const& fee, std::int64_t begin, std::int64_t stop) {
    for (Membership const& each : collaboration.members) {
      std::int64_t const first = std::int64_t{each.joined} - clock_.start + 1;
      std::int64_t const end = std::int64_t{std::min(each.left, collaboration.dissolved)} - clock_.start + 1;
      bool const once = fee.per == CostPer::once;
      if (once && first < 1) continue;  // joined before the first step
      std::int64_t const last = once ? std::min(end, first + 1) : end;
      add(each.city, std::max(first, begin), std::min(last, stop), fee.amount);
    }
  }

  [[nodiscard]] FeeModel take() {
    FeeModel model;
    model.total = std::move(total_);
    for (auto const& [city, dues] : dues_) {
      std::set<std::int64_t> changes;
      for (Due const& each : dues) changes.insert({each.first, each.end});
      for (std::int64_t const step : changes) {
        double sum = 0;
        for (Due const& each : dues) sum += each.first <= step && step < each.end ? each.amount : 0;
        model.fees.push_back({static_cast<std::int32_t>(step), city, sum});
      }
    }
    std::sort(model.fees.begin(), model.fees.end(), [](AttributeStep const& a, AttributeStep const& b) {
      return std::tie(a.step, a.city) < std::tie(b.step, b.city);
    });
    return model;
  }

 private:
  /// In steps `first` to `end` - 1.
  struct Due {
    std::int64_t first, end;
    double amount;
  };
  void add(Index city, std::int64_t first, std::int64_t end, double amount) {
    first = std::max<std::int64_t>(first, 1);
    end = std::min<std::int64_t>(end, clock_.steps() + 1);
    if (first >= end) return;
    for (std::int64_t step = first; step < end; ++step) total_[static_cast<std::size_t>(step - 1)] += amount;
    dues_[city].push_back({first, end, amount});
  }

  Clock const& clock_;
  std::vector<double> total_;
  std::map<Index, std::vector<Due>> dues_;
};

FeeModel fees_of(Scenario const& scenario, World const& world) {
  constexpr std::int64_t most_steps = 1'000'000;  // a longer clock has been complained of
  std::int64_t const steps = std::int64_t{scenario.clock.end} - scenario.clock.start + 1;
  auto const& all = scenario.collaborations.properties;
  bool const any = std::any_of(all.begin(), all.end(), [](auto const& each) { return each.fee.has_value(); });
  if (!any || steps < 1 || steps > most_steps) return {};
  Fees fees(scenario.clock);
  for (CollaborationProperties const& each : all) {
    Collaboration const* const collaboration = world.collaboration(each.name);
    bool const dated = collaboration != nullptr && !collaboration->recruits;  // of others see Model::members
    if (each.fee && dated) fees.add(*collaboration, phases_of(*each.fee, NumberAt::Of::fee, each.name, scenario));
  }
  return fees.take();
}

/// What of the resources is a number, by date.
void follow_dates(std::vector<PhaseOf<ResourcesSpec>> const& phases, Index cities, ResourceModel& made) {
  ResourcesSpec const& first = phases.front().spec;
  double const* const income = std::get_if<double>(&first.income);
  NumberCourse incomes(income == nullptr ? 0 : *income);
  made.growth = first.growth;
  made.per_tie = first.returns ? first.returns->per_tie : 0;
  for (PhaseOf<ResourcesSpec> const& each : phases) {
    if (income != nullptr) incomes.add(each.step, std::get<double>(each.spec.income));
    made.growth.add(each.step, each.spec.growth);
    if (first.returns) made.per_tie.add(each.step, each.spec.returns->per_tie);
  }
  if (income != nullptr) made.income.assign(cities, *income);
  made.incomes_later = incomes.later();
}

}  // namespace

void compile_resources(Scenario const& scenario, World const& world, Model& model, Complaints& complaints) {
  model.fees = fees_of(scenario, world);
  if (!scenario.resources) return;
  ResourcesSpec const& spec = *scenario.resources;
  ResourceModel made;
  made.initial = amounts(spec.initial, "a budget", world, scenario.clock, complaints).start;
  AttributeSums income = amounts(spec.income, "an income", world, scenario.clock, complaints);
  made.income = std::move(income.start);
  made.income_later = std::move(income.later);
  if (spec.returns) made.network = world.network(spec.returns->network.name);
  follow_dates(phases_of(spec, NumberAt::Of::resources, {}, scenario), world.cities.size(), made);
  model.resources = std::move(made);
}

}  // namespace hansa
