/// What data say about adoption, in the shape of the result file.
#include "io/observed.hpp"

#include <algorithm>
#include <variant>

#include "io/result_layout.hpp"
#include "measures/observed.hpp"
#include "record/history.hpp"

namespace hansa {

namespace {

/// Fills what concerns one policy.
class Filling {
 public:
  Filling(World const& world, Model const& model, RecordPlan const& plan, std::size_t policy, ObservedAdoption& into)
      : records_(world.records[policy]),
        plan_(plan),
        clock_(model.clock),
        policy_(policy),
        cities_(world.cities.size()),
        known_(known_cities(records_, world.cities.size())),
        risk_(risks(model.policies[policy], clock_, world.cities.size())),
        into_(into) {
    for (TextColumn const* grouping : plan.groupings) {
      told_.emplace_back(grouping->labels.size(), 0);
      for (Index i = 0; i < cities_; ++i) {
        if (grouping->code[i] >= 0 && known_[i] != 0 && may_adopt(i)) told_.back()[group(*grouping, i)] = 1;
      }
    }
  }

  void cities(std::vector<Index> const& input_order) {
    std::vector<std::size_t> row_of(cities_);
    for (std::size_t row = 0; row < cities_; ++row) row_of[input_order[row]] = policy_ * cities_ + row;
    for (std::size_t i = 0; i < cities_; ++i) into_.status_known[row_of[i]] = static_cast<std::int8_t>(known_[i]);
    for (Observation const& row : records_.observed) {
      std::int32_t& first = into_.adoption_time[row_of[row.city]];
      first = first == never ? row.year : std::min(first, row.year);
    }
  }

  void counts() {
    std::int32_t const last = std::min(clock_.end, last_observed(records_).value_or(clock_.start - 1));
    for (std::int32_t label = clock_.start; label <= last; ++label) count(label);
  }

 private:
  [[nodiscard]] bool may_adopt(Index city) const { return risk_[city] != Risk::none; }
  static std::size_t group(TextColumn const& grouping, Index city) {
    return static_cast<std::size_t>(grouping.code[city]);
  }

  void count(std::int32_t label) {
    auto const steps = static_cast<std::size_t>(clock_.steps());
    auto const t = static_cast<std::size_t>(label - clock_.start);
    std::vector<Index> adopters = observed_adopters(records_, label);
    auto const inside = std::stable_partition(adopters.begin(), adopters.end(), [&](Index i) { return may_adopt(i); });
    into_.elsewhere[policy_ * steps + t] = static_cast<std::int32_t>(adopters.end() - inside);
    adopters.erase(inside, adopters.end());
    into_.adopters[policy_ * steps + t] = static_cast<std::int32_t>(adopters.size());
    for (std::size_t g = 0; g < plan_.groupings.size(); ++g) {
      TextColumn const& grouping = *plan_.groupings[g];
      std::size_t const groups = grouping.labels.size();
      std::int32_t* const by = into_.adopters_by[g].data() + policy_ * groups * steps + t;
      for (std::size_t k = 0; k < groups; ++k) by[k * steps] = told_[g][k] != 0 ? 0 : no_count;
      for (Index const i : adopters) {
        if (grouping.code[i] >= 0) ++by[group(grouping, i) * steps];
      }
    }
  }

  PolicyRecords const& records_;
  RecordPlan const& plan_;
  Clock const& clock_;
  std::size_t policy_, cities_;
  std::vector<std::uint8_t> known_;
  std::vector<Risk> risk_;
  std::vector<std::vector<std::uint8_t>> told_;  // per grouping and group: 1 if a city's status counts there
  ObservedAdoption& into_;
};

}  // namespace

ObservedAdoption observed_adoption(Scenario const& scenario, World const& world, Model const& model,
                                   RecordPlan const& plan) {
  std::size_t const policies = model.policies.size(), cities = world.cities.size();
  auto const steps = static_cast<std::size_t>(model.clock.steps());
  ObservedAdoption observed;
  observed.adoption_time.assign(policies * cities, never);
  observed.status_known.assign(policies * cities, 0);
  observed.adopters.assign(policies * steps, no_count);
  observed.elsewhere.assign(policies * steps, no_count);
  for (TextColumn const* grouping : plan.groupings) {
    observed.adopters_by.emplace_back(policies * grouping->labels.size() * steps, no_count);
  }
  for (std::size_t p = 0; p < policies; ++p) {
    if (!std::holds_alternative<FileRef>(scenario.policies.at(p).adopters.source)) continue;
    observed.any = true;
    Filling filling(world, model, plan, p, observed);
    filling.cities(world.cities.input_order);
    filling.counts();
  }
  return observed;
}

}  // namespace hansa
