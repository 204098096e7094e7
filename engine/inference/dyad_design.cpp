/// Pairs at risk, and what is known of them.
#include "inference/dyad_design.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "base/flat_math.hpp"
#include "inference/attribute_series.hpp"
#include "scenario/rule_link.hpp"

namespace hansa {

namespace {

using Of = DyadCovariate::Of;
using Form = DyadCovariate::Form;

double with_form(double value, Form form) {
  if (form == Form::square) return value * value;
  return form == Form::logarithm ? flat::log1p(value) : value;
}

/// Weight of the tie along which the pair's follower observes its leader.
double tie_weight(TieRows const& ties, Index follower, Index leader, std::int32_t step) {
  double weight = 0;
  for (std::size_t k = ties.first[follower]; k < ties.first[follower + 1]; ++k)
    if (ties.city[k] == leader && ties.holds(k, step)) weight += ties.unit * ties.weight[k];
  return weight;
}

}  // namespace

DyadDesigns::DyadDesigns(Scenario const& scenario, World const& world, Complaints& complaints)
    : scenario_(scenario), world_(world), spec_(*scenario.fit) {
  Clock const& clock = scenario.clock;
  from_ = std::max(spec_.from.value_or(clock.start) - clock.start + 1, 1);
  until_ = std::min(spec_.until.value_or(clock.end) - clock.start + 1, clock.steps());
  for (std::size_t p = 0; p < scenario.policies.size(); ++p) {
    bool const named = std::ranges::any_of(
        spec_.policies, [&](Reference const& each) { return each.name == scenario.policies[p].name; });
    if (!spec_.policies.empty() && !named) continue;
    if (!spec_.pooled || fits_.empty()) fits_.emplace_back();
    fits_.back().push_back(p);
  }
  DyadSpec const& dyads = *spec_.dyads;
  if (dyads.leaders)
    if (NetworkLayer const* const layer = layer_of(*dyads.leaders, complaints))
      leaders_ = TieRows(*layer, std::vector<std::uint8_t>(world.cities.size(), 1));
  for (DyadCovariate const& each : dyads.covariates) add_column(each, complaints);
}

void DyadDesigns::check_keys(Complaints& complaints) const {
  auto const refuse = [&](bool given, std::string_view key) {
    if (given)
      complaints.add(fmt::format("'{}' of 'fit' is not for dyads", key), spec_.where,
                     "leave it out, or fit without --dyads");
  };
  refuse(!spec_.fixed_effects.empty(), "fixed_effects");
  refuse(spec_.imputations > 0, "imputations");
  refuse(spec_.policy_effects == PolicyEffects::random, "policy_effects");
  refuse(!spec_.profile.empty(), "profile");
  refuse(spec_.cross_validation.has_value(), "cross_validation");
  refuse(spec_.link == FitLink::additive, "link: additive");
}

NetworkLayer const* DyadDesigns::layer_of(Reference const& network, Complaints& complaints) const {
  NetworkLayer const* const layer = world_.network(network.name);
  if (layer == nullptr || has_ties_of_its_own(*layer)) return layer;
  complaints.add(fmt::format("network '{}' {}", layer->name,
                             layer->redrawn ? "is drawn anew in each replicate" : "has groups, and no ties"),
                 network.where,
                 layer->redrawn ? "a network with ties that are the same in every run was expected"
                                : "'same: ATTRIBUTE' tells which pairs belong to one group");
  return nullptr;
}

void DyadDesigns::add_column(DyadCovariate const& spec, Complaints& complaints) {
  Column column{spec, {}, nullptr, {}};
  Cities const& cities = world_.cities;
  if (spec.of == Of::tie) {
    NetworkLayer const* const layer = layer_of(spec.what, complaints);
    if (layer == nullptr) return;
    column.ties = TieRows(*layer, std::vector<std::uint8_t>(cities.size(), 1));
  } else if (spec.of == Of::distance) {
    if (places_.empty()) places_ = place_on_sphere(cities, spec.where, complaints);
    if (places_.empty()) return;
  } else if (spec.of == Of::same) {
    column.text = require_text(cities, spec.what, "same", complaints);
    if (column.text == nullptr) return;
  } else if (spec.of != Of::time) {
    if (require_number(cities, spec.what, spec.name, complaints, Changes::allowed) == nullptr) return;
    AttributeSeries series(cities, spec.what.name, scenario_.clock);
    for (std::int32_t t = 1; t <= until_; ++t) column.by_step.push_back(series.at(t));
    auto const positive = [](double value) { return value > 0; };
    for (std::vector<double> const& step : column.by_step) {
      if (spec.of != Of::log_ratio || std::ranges::all_of(step, positive)) continue;
      complaints.add(fmt::format("'{}' is not above 0 in every city", spec.what.name), spec.what.where,
                     "a ratio has a logarithm where both numbers are above 0: 'difference' was expected");
      return;
    }
  }
  columns_.push_back(std::move(column));
}

std::string DyadDesigns::name_of(std::vector<std::size_t> const& policies) const {
  return (policies.size() > 1 ? std::string("pooled") : scenario_.policies[policies.front()].name) + ".dyads";
}

std::vector<DyadDesigns::Pair> DyadDesigns::pairs_of(Adoptions const& adoptions) const {
  Index const n = adoptions.cities();
  bool const all = spec_.dyads->risk == DyadRisk::unconditional;
  std::vector<std::vector<std::uint8_t>> has;  // at the end of steps 0 … until
  CurrentAdopters adopters(adoptions);
  for (std::int32_t t = 0; t <= until_; ++t) has.push_back(adopters.at(t));
  std::vector<Pair> pairs;
  auto const add = [&](Index i, Index j, std::int32_t t, std::uint8_t adopts) {
    std::uint8_t const before = has[static_cast<std::size_t>(t - 1)][j];
    if (i == j || adoptions.known[j] == 0 || (!all && before == 0)) return;
    pairs.push_back({i, j, t, static_cast<std::uint8_t>(adopts != 0 && before != 0 ? 1 : 0)});
    require(pairs.size() <= most_dyad_rows, fmt::format("there are more than {} pairs at risk", most_dyad_rows),
            spec_.dyads->where, "'leaders: NETWORK' makes them fewer");
  };
  std::vector<Index> row;
  for (Index i = 0; i < n; ++i) {
    if (adoptions.covered[i] == 0) continue;
    std::int32_t const last = std::min(until_, adoptions.exit[i]);
    for (std::int32_t t = std::max(from_, adoptions.entry[i]); t <= last; ++t) {
      std::uint8_t const had = has[static_cast<std::size_t>(t - 1)][i];
      if (had != 0 && !all) continue;
      std::uint8_t const adopts = had == 0 && has[static_cast<std::size_t>(t)][i] != 0 ? 1 : 0;
      if (!leaders_) {
        for (Index j = 0; j < n; ++j) add(i, j, t, adopts);
        continue;
      }
      row.clear();
      for (std::size_t k = leaders_->first[i]; k < leaders_->first[i + 1]; ++k)
        if (leaders_->holds(k, t)) row.push_back(leaders_->city[k]);
      std::ranges::sort(row);
      row.erase(std::unique(row.begin(), row.end()), row.end());
      for (Index const j : row) add(i, j, t, adopts);
    }
  }
  return pairs;
}

double DyadDesigns::value_of(Column const& column, Pair const& pair) const {
  auto const number = [&](Index city) { return column.by_step[static_cast<std::size_t>(pair.step - 1)][city]; };
  switch (column.spec.of) {
    case Of::tie:
      return tie_weight(column.ties, pair.follower, pair.leader, pair.step);
    case Of::distance:
      return with_form(great_circle_km(places_[pair.follower], places_[pair.leader]), column.spec.form);
    case Of::same: {
      std::int32_t const own = column.text->code[pair.follower];
      return own >= 0 && own == column.text->code[pair.leader] ? 1 : 0;
    }
    case Of::difference:
      return number(pair.leader) - number(pair.follower);
    case Of::gap:
      return std::fabs(number(pair.leader) - number(pair.follower));
    case Of::log_ratio:
      return flat::log(number(pair.leader)) - flat::log(number(pair.follower));
    case Of::leader:
      return number(pair.leader);
    case Of::follower:
      return number(pair.follower);
    case Of::time:
      return with_form(pair.step - from_, column.spec.form);
  }
  return 0;
}

Design DyadDesigns::design_of(std::vector<std::size_t> const& policies, std::vector<Adoptions> const& adoptions) const {
  Design design;
  std::vector<Pair> pairs;
  for (std::size_t const p : policies) {
    std::vector<Pair> const own = pairs_of(adoptions[p]);
    pairs.insert(pairs.end(), own.begin(), own.end());
    design.policy.insert(design.policy.end(), own.size(), static_cast<Index>(p));
    design.names.push_back(policies.size() > 1 ? "baseline_" + scenario_.policies[p].name : "baseline");
  }
  for (Column const& each : columns_) design.names.push_back(each.spec.name);
  std::size_t const baselines = policies.size();
  auto const rows = static_cast<Eigen::Index>(pairs.size());
  design.x = Eigen::MatrixXd::Zero(rows, static_cast<Eigen::Index>(design.names.size()));
  for (std::size_t p = 0; p < baselines; ++p)
    for (Eigen::Index r = 0; r < rows; ++r)
      if (design.policy[static_cast<std::size_t>(r)] == policies[p]) design.x(r, static_cast<Eigen::Index>(p)) = 1;
  for (std::size_t c = 0; c < columns_.size(); ++c)
    for (Eigen::Index r = 0; r < rows; ++r)
      design.x(r, static_cast<Eigen::Index>(baselines + c)) = value_of(columns_[c], pairs[static_cast<std::size_t>(r)]);
  for (Pair const& each : pairs) {
    design.event.push_back(each.event);
    design.city.push_back(each.follower);
    design.leader.push_back(each.leader);
    design.period.push_back(scenario_.clock.start + each.step - 1);
  }
  design.spell.assign(pairs.size(), -1);
  return design;
}

EventHistoryOptions DyadDesigns::options_of(std::vector<std::size_t> const& policies) const {
  EventHistoryOptions options;
  FitLink const link = link_of(scenario_.policies[policies.front()].rule).value_or(FitLink::logit);
  options.link = spec_.link.value_or(link == FitLink::additive ? FitLink::logit : link);
  options.information = spec_.information;
  options.penalty = spec_.penalty;
  options.intervals = spec_.intervals;
  options.clusters.clear();
  for (DyadCluster const each : spec_.dyads->clusters)
    options.clusters.push_back(each == DyadCluster::follower ? ErrorCluster::city : ErrorCluster::leader);
  return options;
}

FitSubject DyadDesigns::subject_of(std::vector<std::size_t> const& policies, Design const& design,
                                   std::vector<Adoptions> const& adoptions) const {
  FitSubject subject;
  subject.name = name_of(policies);
  subject.title = scenario_.title;
  subject.cities = world_.cities.id;
  subject.time_unit = scenario_.clock.unit;
  subject.from = scenario_.clock.start + from_ - 1;
  subject.until = scenario_.clock.start + until_ - 1;
  subject.rows_are = FitSubject::RowsAre::dyads;
  std::size_t intervals = 0, unknown = 0;
  for (std::size_t const p : policies) {
    subject.policies.push_back(scenario_.policies[p].name);
    subject.policy_numbers.push_back(static_cast<Index>(p));
    intervals += adoptions[p].intervals;
    unknown += static_cast<std::size_t>(std::ranges::count(adoptions[p].covered, 0));
  }
  for (std::size_t c = policies.size(); c < design.columns(); ++c) subject.effects.push_back(c);
  bool const all = spec_.dyads->risk == DyadRisk::unconditional;
  subject.notes.emplace_back(
      all ? "a row is a pair of cities in a step, whether or not the leader has what the follower could emulate: "
            "estimates mix emulation with what made leaders adopt (Boehmke 2009)"
          : "a row is a follower that has not adopted, and a leader that has, in a step (Boehmke 2009); rows of one "
            "follower in a step have one outcome");
  subject.notes.emplace_back(
      "likelihoods, the criteria and tests made of them, AUC and calibration take rows as independent, which they are "
      "not: "
      "clustered errors and their Wald test do not");
  if (intervals > 0)
    subject.notes.push_back(fmt::format("dates known as intervals only ({}) are taken in the middle", intervals));
  if (unknown > 0)
    subject.notes.push_back(fmt::format("cities that the data do not cover ({}) are no followers", unknown));
  return subject;
}

FittedDyads fit_dyads(DyadDesigns const& designs, std::vector<std::size_t> const& policies,
                      std::vector<Adoptions> const& adoptions) {
  FittedDyads fitted;
  fitted.design = designs.design_of(policies, adoptions);
  EventHistoryOptions const options = designs.options_of(policies);
  fitted.report = report_of(fitted.design, fit_event_history(fitted.design, options), options,
                            designs.subject_of(policies, fitted.design, adoptions));
  return fitted;
}

Refit refit_dyads(DyadDesigns const& designs, std::vector<std::size_t> const& policies,
                  std::vector<Adoptions> const& adoptions) {
  ObservedDesign observed;
  observed.design = designs.design_of(policies, adoptions);
  observed.coefficients.resize(observed.design.columns());
  return refit_of(observed, fit_event_history(observed.design, designs.options_of(policies)), {});
}

}  // namespace hansa
