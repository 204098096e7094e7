/// Goes through a history once, step by step.
#include "inference/summaries.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "base/names.hpp"
#include "measures/observed.hpp"
#include "statistics/adoptions.hpp"
#include "statistics/moran.hpp"

namespace hansa {

namespace {

using Of = SummarySpec::Of;

struct Spread {
  double mean = 0, sd = 0;
};

Spread spread_of(std::vector<double> const& values) {
  Spread spread;
  if (values.empty()) return spread;
  for (double const each : values) spread.mean += each;
  spread.mean /= static_cast<double>(values.size());
  double squares = 0;
  for (double const each : values) squares += (each - spread.mean) * (each - spread.mean);
  spread.sd = std::sqrt(squares / static_cast<double>(values.size()));
  return spread;
}

}  // namespace

/// The state of one policy while its history is told.
class Summaries::Walk {
 public:
  Walk(Compared const& one, std::size_t cities, std::int32_t start)
      : one_(one),
        start_(start),
        has_(cities, 0),
        adopted_(cities, 0),
        since_(cities, 0),
        exposures_(one.exposures.size()),
        seniorities_(one.seniorities.size()) {
    for (Grouping const& each : one.groupings) groups_.emplace_back(each.sizes.size(), 0);
  }

  void step(std::int32_t t, std::span<DatedEvent const> events) {
    for (DatedEvent const& each : events)
      if (each.event.sign > 0 && t >= one_.first && one_.counted[each.event.city] != 0) {
        expose(each.event.city, t);
        look_back(each.event.city, t);
      }
    for (DatedEvent const& each : events) move(each, t);
  }

  void put_curve(std::span<double>& row) const { put(all_ / one_.cities, row); }
  void put_groups(std::span<double>& row) const {
    for (std::size_t g = 0; g < groups_.size(); ++g)
      for (std::size_t k = 0; k < groups_[g].size(); ++k)
        if (one_.groupings[g].sizes[k] > 0) put(groups_[g][k] / one_.groupings[g].sizes[k], row);
  }
  void put_exposures(std::span<double>& row) const {
    for (std::vector<double> const& each : exposures_) {
      Spread const spread = spread_of(each);
      put(spread.mean, row);
      put(spread.sd, row);
    }
  }
  void put_seniorities(std::span<double>& row) const {
    for (std::vector<double> const& each : seniorities_) {
      Spread const spread = spread_of(each);
      put(spread.mean, row);
      put(spread.sd, row);
    }
  }
  void put_morans(std::span<double>& row) const {
    for (Seen const& each : one_.morans) {
      MoranWeights const weights{.step = one_.last};
      put(moran_index(each.rows, one_.counted, std::vector<double>(has_.begin(), has_.end()), weights).value_or(0),
          row);
      std::vector<std::uint8_t> adopters(adopted_.size());
      for (std::size_t i = 0; i < adopters.size(); ++i) adopters[i] = adopted_[i] > 0 ? 1 : 0;
      std::vector<double> const times(adopted_.begin(), adopted_.end());
      put(moran_index(each.rows, adopters, times, weights).value_or(0), row);
    }
  }

 private:
  static void put(double value, std::span<double>& row) {
    row.front() = value;
    row = row.subspan(1);
  }

  void expose(Index city, std::int32_t t) {
    for (std::size_t n = 0; n < exposures_.size(); ++n) {
      TieRows const& of = one_.exposures[n].rows;
      double have = 0, all = 0;
      for (std::size_t k = of.first[city]; k < of.first[city + 1]; ++k) {
        if (!of.holds(k, t)) continue;
        all += of.weight[k];
        if (has_[of.city[k]] != 0) have += of.weight[k];
      }
      if (all > 0) exposures_[n].push_back(have / all);
    }
  }

  /// Steps since those that it observes adopted, of those that have.
  void look_back(Index city, std::int32_t t) {
    for (std::size_t n = 0; n < seniorities_.size(); ++n) {
      TieRows const& of = one_.seniorities[n].rows;
      double steps = 0, all = 0;
      for (std::size_t k = of.first[city]; k < of.first[city + 1]; ++k) {
        if (!of.holds(k, t) || has_[of.city[k]] == 0) continue;
        steps += of.weight[k] * static_cast<double>(t - since_[of.city[k]]);
        all += of.weight[k];
      }
      if (all > 0) seniorities_[n].push_back(steps / all);
    }
  }

  void move(DatedEvent const& each, std::int32_t t) {
    Index const city = each.event.city;
    bool const adopts = each.event.sign > 0;
    if (one_.counted[city] == 0 || (has_[city] != 0) == adopts) return;
    has_[city] = adopts ? 1 : 0;
    double const change = adopts ? 1 : -1;
    all_ += change;
    for (std::size_t g = 0; g < groups_.size(); ++g)
      if (std::int32_t const code = one_.groupings[g].column->code[city]; code >= 0)
        groups_[g][static_cast<std::size_t>(code)] += change;
    if (adopts) since_[city] = dated_at(each);
    if (adopts && t >= one_.first && adopted_[city] == 0) adopted_[city] = t;
  }

  /// Its own step, which for those before the first one lies below 1.
  [[nodiscard]] std::int32_t dated_at(DatedEvent const& each) const noexcept { return each.label - start_ + 1; }

  Compared const& one_;
  std::int32_t start_;  ///< label of step 1
  std::vector<std::uint8_t> has_;
  std::vector<std::int32_t> adopted_;  ///< step of the first adoption that is compared; 0: none
  std::vector<std::int32_t> since_;    ///< step of the last adoption
  double all_ = 0;
  std::vector<std::vector<double>> groups_, exposures_, seniorities_;
};

Summaries::Summaries(Scenario const& scenario, World const& world, Model const& model, Complaints& complaints)
    : Summaries(scenario, world, model, scenario.calibrate->summaries, scenario.clock.end, scenario.calibrate->where,
                complaints) {}

Summaries::Summaries(Scenario const& scenario, World const& world, Model const& model,
                     std::vector<SummarySpec> const& summaries, std::int32_t until, Place const& where,
                     Complaints& complaints)
    : world_(world), clock_(scenario.clock) {
  OutputSpec histories;
  plan_ = make_plan(histories, world, complaints);
  plan_.attribution = false;
  plan_.population.clear();
  plan_abandonments(model, plan_);
  plan_.events = plan_.abandonments;
  for (std::size_t p = 0; p < model.policies.size(); ++p)
    if (std::optional<Compared> one = compared(p, scenario, model, summaries, until, complaints)) {
      lay_out(*one, scenario.policies[p].name);
      compared_.push_back(*std::move(one));
    }
  if (compared_.empty())
    complaints.add("no adoptions were observed after those that are given", where,
                   "'adopters: {file: …}' of a policy was expected, with dates after the first decision");
  else if (names_.empty() && complaints.empty())
    complaints.add("nothing can be compared", where, "'curve' is a summary that every scenario has");
}

std::optional<Summaries::Compared> Summaries::compared(std::size_t policy, Scenario const& scenario, Model const& model,
                                                       std::vector<SummarySpec> const& summaries, std::int32_t until,
                                                       Complaints& complaints) const {
  Subset const subset = comparison(model.policies[policy], world_.records.at(policy), clock_, world_.cities.size());
  if (subset.step == 0) return std::nullopt;
  Compared one;
  one.policy = policy;
  one.first = std::max(model.policies[policy].first_decision, 1);
  one.last = std::min(subset.step, until - clock_.start + 1);
  if (one.last < one.first) return std::nullopt;
  one.counted = subset.cities;
  one.cities = static_cast<double>(std::count(one.counted.begin(), one.counted.end(), 1));
  for (SummarySpec const& each : summaries) {
    bool const asked = !each.where.file.empty();
    if (each.of == Of::curve) one.curve = true;
    if (each.of == Of::curve_by_group) add_groupings(each, scenario, one, complaints);
    if (each.of == Of::exposure_at_adoption) add_networks(each, asked, one.exposures, one.counted, complaints);
    if (each.of == Of::moran) add_networks(each, asked, one.morans, one.counted, complaints);
    if (each.of == Of::seniority) add_networks(each, asked, one.seniorities, one.counted, complaints);
  }
  return one;
}

void Summaries::add_groupings(SummarySpec const& spec, Scenario const& scenario, Compared& into,
                              Complaints& complaints) const {
  std::vector<Reference> attributes = scenario.output.by;
  if (attributes.empty() && world_.cities.text("region") != nullptr) attributes = {{"region", spec.where}};
  if (spec.by) attributes = {*spec.by};
  if (attributes.empty() && !spec.where.file.empty())
    complaints.add("there are no groups for 'curve_by_group'", spec.where,
                   "{curve_by_group: ATTRIBUTE} was expected, or 'output: {by: [..]}'");
  for (Reference const& each : attributes) {
    TextColumn const* const column = require_text(world_.cities, each, "curve_by_group", complaints);
    if (column == nullptr) continue;
    Grouping made{each.name, column, std::vector<double>(column->labels.size(), 0.0)};
    for (Index i = 0; i < world_.cities.size(); ++i)
      if (into.counted[i] != 0 && column->code[i] >= 0) made.sizes[static_cast<std::size_t>(column->code[i])] += 1;
    into.groupings.push_back(std::move(made));
  }
}

void Summaries::add_networks(SummarySpec const& spec, bool alone, std::vector<Seen>& into,
                             std::vector<std::uint8_t> const& counted, Complaints& complaints) const {
  if (spec.by) {
    NetworkLayer const* const layer = world_.network(spec.by->name);
    if (layer == nullptr) return;  // it has a complaint of its own
    if (!has_ties_of_its_own(*layer))
      complaints.add(fmt::format("network '{}' {}", layer->name,
                                 layer->redrawn ? "is drawn anew in each replicate" : "has groups, and no ties"),
                     spec.by->where, "a network with ties that are the same in every run was expected");
    else
      into.push_back({layer->name, TieRows(*layer, counted)});
    return;
  }
  for (NetworkLayer const& each : world_.networks)
    if (has_ties_of_its_own(each)) into.push_back({each.name, TieRows(each, counted)});
  if (into.empty() && alone)
    complaints.add("there is no network whose ties are the same in every run", spec.where,
                   "'curve' and 'curve_by_group' need none");
}

void Summaries::name(std::string text, std::string const& part) {
  auto const found = std::find(part_names_.begin(), part_names_.end(), part);
  parts_.push_back(static_cast<std::size_t>(found - part_names_.begin()));
  if (found == part_names_.end()) part_names_.push_back(part);
  names_.push_back(std::move(text));
}

void Summaries::lay_out(Compared const& one, std::string const& policy) {
  for (std::int32_t step = one.first; step <= one.last; ++step) {
    std::int32_t const label = clock_.start + step - 1;
    if (one.curve) name(fmt::format("{}.curve.{}", policy, label), policy + ".curve");
    for (Grouping const& each : one.groupings)
      for (std::size_t k = 0; k < each.sizes.size(); ++k)
        if (each.sizes[k] > 0)
          name(fmt::format("{}.curve_by_group.{}.{}.{}", policy, each.name, each.column->labels[k], label),
               policy + ".curve_by_group");
  }
  for (Seen const& each : one.exposures)
    for (char const* what : {"mean", "sd"})
      name(fmt::format("{}.exposure_at_adoption.{}.{}", policy, each.name, what), policy + ".exposure_at_adoption");
  for (Seen const& each : one.seniorities)
    for (char const* what : {"mean", "sd"})
      name(fmt::format("{}.seniority.{}.{}", policy, each.name, what), policy + ".seniority");
  for (Seen const& each : one.morans)
    for (char const* what : {"adopted", "time"})
      name(fmt::format("{}.moran.{}.{}", policy, each.name, what), policy + ".moran");
}

void Summaries::summarise(Compared const& one, std::span<DatedEvent const> events, std::span<double>& row) const {
  Walk walk(one, world_.cities.size(), clock_.start);
  std::size_t at = 0;
  for (std::int32_t t = 0; t <= one.last; ++t) {
    std::size_t const begin = at;
    while (at < events.size() && events[at].step <= t) ++at;
    walk.step(t, events.subspan(begin, at - begin));
    if (t < one.first) continue;
    if (one.curve) walk.put_curve(row);
    walk.put_groups(row);
  }
  walk.put_exposures(row);
  walk.put_seniorities(row);
  walk.put_morans(row);
}

std::vector<double> Summaries::observed() const {
  std::vector<double> row(size());
  std::span<double> rest(row);
  for (Compared const& one : compared_) summarise(one, observed_events(world_.records[one.policy], clock_), rest);
  return row;
}

void Summaries::simulated(History const& history, std::span<double> row) const {
  for (Compared const& one : compared_)
    summarise(one, simulated_history(history.policies[one.policy], clock_).events, row);
}

}  // namespace hansa
