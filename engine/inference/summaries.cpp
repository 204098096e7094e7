/// Goes through a history once, step by step.
#include "inference/summaries.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include <fmt/format.h>

#include "base/names.hpp"
#include "measures/observed.hpp"

namespace hansa {

namespace {

using Of = SummarySpec::Of;

/// Adoptions and departures that the file tells, by step and city; step 0 lies before the first.
std::vector<DatedEvent> events_of(PolicyRecords const& records, Clock const& clock) {
  std::vector<DatedEvent> events;
  auto const add = [&](Index city, std::int32_t label, std::int8_t sign) {
    if (label <= clock.end) events.push_back({std::max(label - clock.start + 1, 0), label, {city, 0, sign}});
  };
  for (Index const city : records.initial) add(city, clock.start - 1, +1);
  for (Observation const& row : records.observed) {
    add(row.city, row.year, +1);
    if (row.left) add(row.city, *row.left, -1);
  }
  std::stable_sort(events.begin(), events.end(), [](DatedEvent const& a, DatedEvent const& b) {
    return std::tie(a.step, a.event.city) < std::tie(b.step, b.event.city);
  });
  return events;
}

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

bool has_ties_of_its_own(NetworkLayer const& layer) {
  return layer.group.empty() && !layer.redrawn;
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
      put(moran(each, one_.counted, [&](Index i) { return static_cast<double>(has_[i]); }), row);
      std::vector<std::uint8_t> adopters(adopted_.size());
      for (std::size_t i = 0; i < adopters.size(); ++i) adopters[i] = adopted_[i] > 0 ? 1 : 0;
      put(moran(each, adopters, [&](Index i) { return static_cast<double>(adopted_[i]); }), row);
    }
  }

 private:
  static void put(double value, std::span<double>& row) {
    row.front() = value;
    row = row.subspan(1);
  }

  void expose(Index city, std::int32_t t) {
    for (std::size_t n = 0; n < exposures_.size(); ++n) {
      Seen const& of = one_.exposures[n];
      double have = 0, all = 0;
      for (std::size_t k = of.first[city]; k < of.first[city + 1]; ++k) {
        if (!of.from.empty() && (of.from[k] > t || of.until[k] < t)) continue;
        all += of.weight[k];
        if (has_[of.source[k]] != 0) have += of.weight[k];
      }
      if (all > 0) exposures_[n].push_back(have / all);
    }
  }

  /// Steps since those that it observes adopted, of those that have.
  void look_back(Index city, std::int32_t t) {
    for (std::size_t n = 0; n < seniorities_.size(); ++n) {
      Seen const& of = one_.seniorities[n];
      double steps = 0, all = 0;
      for (std::size_t k = of.first[city]; k < of.first[city + 1]; ++k) {
        if (!of.from.empty() && (of.from[k] > t || of.until[k] < t)) continue;
        if (has_[of.source[k]] == 0) continue;
        steps += of.weight[k] * static_cast<double>(t - since_[of.source[k]]);
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

  template <class Value>
  [[nodiscard]] double moran(Seen const& of, std::vector<std::uint8_t> const& among, Value const& value) const {
    double mean = 0, count = 0, squares = 0, products = 0, rows = 0;
    for (Index i = 0; i < among.size(); ++i) {
      if (among[i] == 0) continue;
      mean += value(i);
      count += 1;
    }
    if (!(count > 1)) return 0;
    mean /= count;
    for (Index i = 0; i < among.size(); ++i) {
      if (among[i] == 0) continue;
      double const own = value(i) - mean;
      squares += own * own;
      double sum = 0, all = 0;
      for (std::size_t k = of.first[i]; k < of.first[i + 1]; ++k) {
        bool const holds = of.from.empty() || (of.from[k] <= one_.last && of.until[k] >= one_.last);
        if (!holds || among[of.source[k]] == 0) continue;
        sum += of.weight[k] * (value(of.source[k]) - mean);
        all += of.weight[k];
      }
      if (!(all > 0)) continue;
      products += own * sum / all;
      rows += 1;
    }
    return squares > 0 && rows > 0 ? count / rows * products / squares : 0;
  }

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
      into.push_back(seen(*layer, counted));
    return;
  }
  for (NetworkLayer const& each : world_.networks)
    if (has_ties_of_its_own(each)) into.push_back(seen(each, counted));
  if (into.empty() && alone)
    complaints.add("there is no network whose ties are the same in every run", spec.where,
                   "'curve' and 'curve_by_group' need none");
}

Summaries::Seen Summaries::seen(NetworkLayer const& layer, std::vector<std::uint8_t> const& counted) const {
  Seen made;
  made.name = layer.name;
  std::size_t const n = counted.size();
  made.first.assign(n + 1, 0);
  auto const each_tie = [&](auto const& act) {
    for (Index source = 0; source < n; ++source) {
      if (counted[source] == 0) continue;
      for (std::uint32_t k = layer.first[source]; k < layer.first[source + 1]; ++k)
        if (counted[layer.target[k]] != 0) act(source, k);
    }
  };
  each_tie([&](Index, std::uint32_t k) { ++made.first[layer.target[k] + std::size_t{1}]; });
  for (std::size_t i = 0; i < n; ++i) made.first[i + 1] += made.first[i];
  std::vector<std::size_t> at(made.first.begin(), made.first.end() - 1);
  made.source.resize(made.first.back());
  made.weight.resize(made.first.back());
  if (layer.dated()) {
    made.from.resize(made.first.back());
    made.until.resize(made.first.back());
  }
  each_tie([&](Index source, std::uint32_t k) {
    std::size_t const place = at[layer.target[k]]++;
    made.source[place] = source;
    made.weight[place] = layer.weighted() ? static_cast<double>(layer.weight[k]) : 1.0;
    if (!layer.dated()) return;
    made.from[place] = layer.from[k];
    made.until[place] = layer.until[k];
  });
  return made;
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
  for (Compared const& one : compared_) summarise(one, events_of(world_.records[one.policy], clock_), rest);
  return row;
}

void Summaries::simulated(History const& history, std::span<double> row) const {
  for (Compared const& one : compared_)
    summarise(one, simulated_history(history.policies[one.policy], clock_).events, row);
}

}  // namespace hansa
