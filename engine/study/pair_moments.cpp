/// Sums over pairs of replicates.
#include "study/pair_moments.hpp"

#include <algorithm>

namespace hansa {

namespace {

/// Adopters at the last step, of each group of each grouping.
std::vector<std::int32_t> last_of_groups(PolicyHistory const& history, std::size_t steps) {
  std::vector<std::int32_t> last;
  for (std::vector<std::int32_t> const& by : history.adopters_by) {
    for (std::size_t g = 0; g < by.size() / steps; ++g) last.push_back(by[(g + 1) * steps - 1]);
  }
  return last;
}

/// Differences of one step, added to what they came to before.
double to_date(double before, std::vector<double> const& without, std::vector<double> const& with, std::size_t step) {
  return before + (with.empty() ? 0 : with[step]) - (without.empty() ? 0 : without[step]);
}

}  // namespace

void PaidMoments::add(PolicyHistory const& without, PolicyHistory const& with, std::int64_t draw) {
  std::size_t const steps = with.spending.size();
  spending_.resize(steps);
  subsidies_.resize(steps);
  double spending = 0, subsidies = 0;
  for (std::size_t t = 0; t < steps; ++t) {
    spending = to_date(spending, without.spending, with.spending, t);
    subsidies = to_date(subsidies, without.subsidies, with.subsidies, t);
    spending_[t].add(spending, draw);
    subsidies_[t].add(subsidies, draw);
  }
}

PaidToDate PaidMoments::paid() const {
  return {intervals(spending_), intervals(subsidies_)};
}

std::int32_t position_of_share(std::span<std::int32_t const> adopters, double share, std::int64_t cities) noexcept {
  auto const reached = std::find_if(adopters.begin(), adopters.end(), [&](std::int32_t count) {
    return static_cast<double>(count) >= share * static_cast<double>(cities);
  });
  return reached == adopters.end() ? -1 : static_cast<std::int32_t>(reached - adopters.begin());
}

PairMoments::PairMoments(Clock const& clock, Index cities, std::vector<Index> funded, std::size_t groups)
    : clock_(clock),
      cities_(cities),
      funded_(std::move(funded)),
      adopters_(static_cast<std::size_t>(clock.steps())),
      groups_without_(groups),
      groups_(groups),
      counts_(cities) {}

void PairMoments::add(PolicyHistory const& without, PolicyHistory const& with, std::int64_t draw,
                      std::optional<double> cost) {
  ++pairs_;
  add_counts(without, with, draw);
  add_cities(without, with, draw, cost);
  if (!without.spending.empty() && !with.spending.empty()) paid_.add(without, with, draw);
  if (cost) per_adopter_.add(*cost, with.adopters.back() - without.adopters.back(), draw);
}

void PairMoments::add_counts(PolicyHistory const& without, PolicyHistory const& with, std::int64_t draw) {
  for (std::size_t t = 0; t < adopters_.size(); ++t) adopters_[t].add(with.adopters[t] - without.adopters[t], draw);
  if (!without.population_covered.empty()) covered_.resize(adopters_.size());
  for (std::size_t t = 0; t < covered_.size(); ++t)
    covered_[t].add(with.population_covered[t] - without.population_covered[t], draw);
  final_without_.add(without.adopters.back(), draw);
  final_with_.add(with.adopters.back(), draw);
  for (std::size_t k = 0; k < times_to.size(); ++k) {
    std::int32_t const a = position_of_share(without.adopters, times_to[k], cities_);
    std::int32_t const b = position_of_share(with.adopters, times_to[k], cities_);
    times_[k].without += a >= 0 ? 1 : 0;
    times_[k].with += b >= 0 ? 1 : 0;
    if (a >= 0 && b >= 0) times_[k].difference.add(b - a, draw);
  }
  std::vector<std::int32_t> const a = last_of_groups(without, adopters_.size());
  std::vector<std::int32_t> const b = last_of_groups(with, adopters_.size());
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    groups_without_[g].add(a[g], draw);
    groups_[g].add(b[g] - a[g], draw);
  }
}

void PairMoments::add_cities(PolicyHistory const& without, PolicyHistory const& with, std::int64_t draw,
                             std::optional<double> cost) {
  std::int32_t const after = clock_.end + 1;
  std::int64_t more = 0;
  for (Index i = 0; i < cities_; ++i) {
    std::int32_t const a = without.adoption_time[i], b = with.adoption_time[i];
    CityCounts& counts = counts_[i];
    bool const in_a = a != never, in_b = b != never;
    counts.without += in_a ? 1 : 0;
    counts.with += in_b ? 1 : 0;
    counts.earlier += in_a && in_b && b < a ? 1 : 0;
    counts.later += in_a && in_b && b > a ? 1 : 0;
    counts.only_with += in_b && !in_a ? 1 : 0;
    counts.only_without += in_a && !in_b ? 1 : 0;
    counts.gained += (in_a ? a : after) - (in_b ? b : after);
    more += (in_b ? 1 : 0) - (in_a ? 1 : 0);
  }
  if (funded_.empty()) return;
  std::int64_t before = 0, there = 0;
  for (Index const i : funded_) {
    before += without.adoption_time[i] != never ? 1 : 0;
    there += with.adoption_time[i] != never ? 1 : 0;
  }
  deadweight_.add(static_cast<double>(before), draw);
  funded_more_.add(static_cast<double>(there - before), draw);
  auto const followers = static_cast<double>(more - (there - before));
  followers_.add(followers, draw);
  if (cost) per_follower_.add(*cost, followers, draw);
}

PolicyDifference PairMoments::difference() const {
  PolicyDifference made;
  made.adopters = intervals(adopters_);
  made.population_covered = intervals(covered_);
  made.paid = paid_.paid();
  made.cost_per_adopter = per_adopter_.interval();
  made.cost_per_follower = per_follower_.interval();
  for (std::size_t k = 0; k < times_to.size(); ++k) {
    Times const& times = times_[k];
    made.times.push_back(
        {times_to[k], times.without, times.with, times.difference.count(), times.difference.interval()});
  }
  for (std::size_t g = 0; g < groups_.size(); ++g)
    made.groups.push_back({{}, {}, 0, groups_without_[g].interval(), groups_[g].interval()});
  made.followers = {funded_, deadweight_.interval(), funded_more_.interval(), followers_.interval()};
  double const paired = adopters_.back().variance();
  made.gain = paired > 0 ? (final_without_.variance() + final_with_.variance()) / paired
                         : std::numeric_limits<double>::quiet_NaN();
  auto const share = [&](std::int64_t CityCounts::*count) {
    std::vector<double> shares;
    for (CityCounts const& each : counts_)
      shares.push_back(static_cast<double>(each.*count) / static_cast<double>(pairs_));
    return shares;
  };
  made.cities = {share(&CityCounts::without), share(&CityCounts::with),      share(&CityCounts::earlier),
                 share(&CityCounts::later),   share(&CityCounts::only_with), share(&CityCounts::only_without),
                 share(&CityCounts::gained)};
  return made;
}

}  // namespace hansa
