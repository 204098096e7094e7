/// Looks up what entries name, and computes each of them.
#include "statistics/diffusion_statistics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "base/random.hpp"
#include "statistics/adopter_classes.hpp"
#include "statistics/bass_fit.hpp"
#include "statistics/diffusion_curve.hpp"
#include "statistics/following.hpp"
#include "statistics/moran.hpp"
#include "statistics/statistic_words.hpp"

namespace hansa {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

bool is_living(Scenario const& scenario, std::string_view network) {
  auto const found = std::ranges::find(scenario.networks, network, &NetworkSpec::name);
  return found != scenario.networks.end() && found->dynamics;
}

std::vector<double> single(double value) {
  return {value};
}

}  // namespace

DiffusionStatistics::DiffusionStatistics(Scenario const& scenario, World const& world, Complaints& complaints)
    : world_(world), clock_(scenario.clock), seed_(scenario.seed), spec_(*scenario.stats) {
  for (StatisticSpec const& each : spec_.entries) {
    if (auto const* exposure = std::get_if<ExposureStatistic>(&each.of)) {
      need_rows(exposure->network, exposure->reversed ? TieSense::observers : TieSense::observed, scenario, complaints);
      if (exposure->source_weight) need_attribute(*exposure->source_weight, "source_weight", complaints);
    }
    if (auto const* threshold = std::get_if<ThresholdStatistic>(&each.of))
      need_rows(threshold->network, TieSense::observed, scenario, complaints);
    if (auto const* follows = std::get_if<FollowingStatistic>(&each.of))
      need_rows(follows->network,
                follows->of == FollowingStatistic::Of::infection ? TieSense::observers : TieSense::observed, scenario,
                complaints);
    if (auto const* moran = std::get_if<MoranStatistic>(&each.of)) {
      need_rows(moran->network, TieSense::observed, scenario, complaints);
      if (moran->of == MoranStatistic::Of::attribute) need_attribute(moran->attribute, "moran", complaints);
    }
    if (auto const* classes = std::get_if<ClassesStatistic>(&each.of); classes != nullptr && classes->network)
      need_rows(*classes->network, TieSense::observed, scenario, complaints);
    for (StatisticVariable& variable : described_variables(each)) variables_.push_back(std::move(variable));
  }
}

void DiffusionStatistics::need_rows(Reference const& network, TieSense sense, Scenario const& scenario,
                                    Complaints& complaints) {
  NetworkLayer const* const layer = world_.network(network.name);
  if (layer == nullptr) return;  // it has a complaint of its own
  if (!has_ties_of_its_own(*layer)) {
    complaints.add(fmt::format("network '{}' {}", layer->name,
                               layer->redrawn ? "is drawn anew in each replicate" : "has groups, and no ties"),
                   network.where, "a network with ties that are the same in every run was expected");
    return;
  }
  if (layer->ties() == 0) {
    complaints.add(fmt::format("network '{}' has no ties", layer->name), network.where,
                   "a network with ties was expected");
    return;
  }
  auto const [found, is_new] = rows_.try_emplace(RowsKey{network.name, sense});
  if (!is_new) return;
  if (is_living(scenario, network.name))
    complaints.warn(fmt::format("the ties of network '{}' live", network.name), network.where,
                    "statistics take those that are given");
  std::vector<std::uint8_t> const all(world_.cities.size(), 1);
  found->second = {layer, TieRows(*layer, all, sense)};
}

void DiffusionStatistics::need_attribute(Reference const& attribute, std::string_view what, Complaints& complaints) {
  std::vector<double> const* const column =
      require_number(world_.cities, attribute, what, complaints, Changes::allowed);
  if (column == nullptr || attributes_.contains(attribute.name)) return;
  attributes_.emplace(attribute.name, statistic_attribute(world_.cities, attribute.name, clock_));
  auto const negative = std::ranges::find_if(*column, [](double each) { return each < 0; });
  if (what == "source_weight" && negative != column->end())
    complaints.add(fmt::format("'{}' is {} in city '{}'", attribute.name, *negative,
                               world_.cities.id[static_cast<std::size_t>(negative - column->begin())]),
                   attribute.where, "a weight is not negative");
}

TieRows const& DiffusionStatistics::rows(std::string const& network, TieSense sense, Adoptions const& adoptions,
                                         TieRows& own) const {
  Rows const& found = rows_.at({network, sense});
  if (std::ranges::find(adoptions.known, 0) == adoptions.known.end()) return found.all;
  own = TieRows(*found.layer, adoptions.known, sense);
  return own;
}

void DiffusionStatistics::add(ExposureStatistic const& how, Adoptions const& adoptions, StatisticValues& into) const {
  TieRows own;
  TieSense const sense = how.reversed ? TieSense::observers : TieSense::observed;
  StatisticAttribute const* const attribute =
      how.source_weight ? &attributes_.find(how.source_weight->name)->second : nullptr;
  into.push_back(exposures(adoptions, rows(how.network.name, sense, adoptions, own),
                           {how.normalize, how.weights, how.lag, attribute}));
}

void DiffusionStatistics::add(ThresholdStatistic const& how, Adoptions const& adoptions, StatisticValues& into) const {
  TieRows own;
  TieRows const& ties = rows(how.network.name, TieSense::observed, adoptions, own);
  Thresholds found = thresholds(adoptions, exposures(adoptions, ties, {TieNorm::share, how.weights, how.lag, nullptr}));
  into.push_back(std::move(found.adopted_at));
  into.push_back(std::move(found.refused));
}

void DiffusionStatistics::add(FollowingStatistic const& how, Adoptions const& adoptions, StatisticValues& into) const {
  TieRows own;
  bool const ahead = how.of == FollowingStatistic::Of::infection;
  into.push_back(following(
      adoptions, rows(how.network.name, ahead ? TieSense::observers : TieSense::observed, adoptions, own), how));
}

void DiffusionStatistics::add(MoranStatistic const& how, Adoptions const& adoptions, std::uint64_t key,
                              StatisticValues& into) const {
  using Of = MoranStatistic::Of;
  TieRows own;
  TieRows const& ties = rows(how.network.name, TieSense::observed, adoptions, own);
  std::int32_t const step = how.at.value_or(clock_.end) - clock_.start + 1;
  Index const n = adoptions.cities();
  std::vector<double> values(n);
  if (how.of == Of::attribute) values = values_at(attributes_.find(how.attribute.name)->second, step);
  CurrentAdopters adopters(adoptions);
  std::vector<std::uint8_t> const& has = adopters.at(step);
  std::vector<std::uint8_t> among(n);
  for (Index i = 0; i < n; ++i) {
    if (how.of == Of::adopted) values[i] = has[i];
    if (how.of == Of::adoption_time) values[i] = adoptions.has_time(i) ? adoptions.label[i] : 0;
    bool const counts = how.among == MoranStatistic::Among::all ? adoptions.known[i] != 0 : adoptions.has_time(i);
    among[i] = counts && !std::isnan(values[i]) ? 1 : 0;
  }
  MoranTest const test = moran_test(ties, among, values, {how.normalize, how.weights, step}, how.permutations, key);
  for (double const each : {test.observed, test.expected, test.sd, test.p}) into.push_back(single(each));
  if (how.permutations > 0) into.push_back(single(test.p_permutation));
}

void DiffusionStatistics::add(ClassesStatistic const& how, Adoptions const& adoptions, StatisticValues& into) const {
  Index const n = adoptions.cities();
  std::vector<double> values(n, missing);
  std::vector<std::uint8_t> known = adoptions.known;
  if (how.of == ClassesStatistic::Of::adoption_time) {
    for (Index i = 0; i < n; ++i)
      if (adoptions.has_time(i)) values[i] = adoptions.label[i];
  } else {
    TieRows own;
    TieRows const& ties = rows(how.network->name, TieSense::observed, adoptions, own);
    values = thresholds(adoptions, exposures(adoptions, ties, {TieNorm::share, how.weights, 0, nullptr})).adopted_at;
    for (Index i = 0; i < n; ++i)
      if (adoptions.has_time(i) && adoptions.step(i) < 1) known[i] = 0;  // nobody knows what it saw
  }
  std::vector<std::int8_t> const classes = adopter_classes(values, known);
  std::vector<double>& made = into.emplace_back();
  for (std::int8_t const each : classes) made.push_back(each == no_class ? missing : static_cast<double>(each));
}

StatisticValues DiffusionStatistics::of(Adoptions const& adoptions, std::string_view policy,
                                        std::int64_t replicate) const {
  StatisticValues values;
  for (StatisticSpec const& each : spec_.entries) {
    if (auto const* moran = std::get_if<MoranStatistic>(&each.of)) {
      std::uint64_t const subject = hash_id(fmt::format("{}\n{}", each.name, policy));
      add(*moran, adoptions, make_key(seed_, static_cast<std::uint64_t>(replicate), Purpose::statistics, subject),
          values);
    } else if (auto const* curve = std::get_if<CurveStatistic>(&each.of)) {
      DiffusionCurve found = diffusion_curve(adoptions, curve->convention);
      for (auto* part : {&found.adopters, &found.share, &found.rate, &found.hazard}) values.push_back(std::move(*part));
    } else if (std::holds_alternative<BassStatistic>(each.of)) {
      BassFit const fit = fit_bass(adoptions_by_period(adoptions))
                              .value_or(BassFit{missing, missing, missing, missing, missing, missing});
      for (double const part : {fit.p, fit.q, fit.m, fit.p_error, fit.q_error, fit.m_error})
        values.push_back(single(part));
    } else if (std::holds_alternative<SurvivalStatistic>(each.of)) {
      SurvivalEstimates found = survival_estimates(adoptions);
      for (auto* part : {&found.survival, &found.error, &found.cumulative_hazard, &found.at_risk, &found.events})
        values.push_back(std::move(*part));
    } else if (auto const* exposure = std::get_if<ExposureStatistic>(&each.of)) {
      add(*exposure, adoptions, values);
    } else if (auto const* threshold = std::get_if<ThresholdStatistic>(&each.of)) {
      add(*threshold, adoptions, values);
    } else if (auto const* follows = std::get_if<FollowingStatistic>(&each.of)) {
      add(*follows, adoptions, values);
    } else if (auto const* classes = std::get_if<ClassesStatistic>(&each.of)) {
      add(*classes, adoptions, values);
    }
  }
  return values;
}

}  // namespace hansa
