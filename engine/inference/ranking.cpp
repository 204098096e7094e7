/// Ranks by information criteria, and likelihood ratios along the nesting.
#include "inference/ranking.hpp"

#include <algorithm>
#include <limits>
#include <map>

#include <fmt/format.h>

#include "base/digest.hpp"
#include "base/error.hpp"
#include "base/flat_math.hpp"

namespace hansa {

namespace {

void require_comparable(std::vector<Contender> const& contenders) {
  Complaints complaints;
  for (Contender const& each : contenders) {
    if (each.rows != contenders.front().rows) {
      complaints.add(fmt::format("'{}' was fitted to other rows than '{}'", each.name, contenders.front().name), {},
                     "likelihoods can be compared on the same rows only");
    }
    if (each.fit.estimated() && each.fit.penalty != Penalty::none) {
      complaints.add(fmt::format("'{}' was fitted with a penalty", each.name), {},
                     "information criteria compare unpenalised likelihoods; compare with penalty: none");
    }
  }
  complaints.throw_if_any();
}

Contender const* smallest_within(Contender const& full, std::vector<Contender> const& contenders) {
  Contender const* smallest = nullptr;
  for (Contender const& each : contenders) {
    if (!each.fit.estimated() || each.fit.parameters >= full.fit.parameters || !is_nested(each.fit, full.fit)) continue;
    bool const smaller = smallest == nullptr || each.fit.parameters < smallest->fit.parameters ||
                         (each.fit.parameters == smallest->fit.parameters && each.name < smallest->name);
    if (smaller) smallest = &each;
  }
  return smallest;
}

Ranked first_facts(Contender const& each, std::vector<Contender> const& contenders) {
  Ranked ranked;
  ranked.name = each.name;
  ranked.failure = each.fit.failure;
  if (!each.fit.estimated()) return ranked;
  ranked.parameters = each.fit.parameters;
  ranked.log_likelihood = each.fit.log_likelihood;
  ranked.aic = each.fit.aic();
  ranked.bic = each.fit.bic();
  if (Contender const* const within = smallest_within(each, contenders)) {
    ranked.against = within->name;
    ranked.likelihood_ratio = likelihood_ratio_test(each.fit, within->fit);
  }
  return ranked;
}

std::size_t rank_of(double own, std::vector<Ranked> const& fits, double Ranked::*criterion) {
  auto const better = [&](Ranked const& each) { return each.failure.empty() && each.*criterion < own; };
  return 1 + static_cast<std::size_t>(std::count_if(fits.begin(), fits.end(), better));
}

}  // namespace

std::string rows_digest(Design const& design) {
  Digest digest;
  digest.add(std::span(design.event));
  digest.add(std::span(design.spell));
  digest.add(std::span(design.policy));
  digest.add(std::span(design.city));
  digest.add(std::span(design.period));
  return digest.hex();
}

Ranking rank_fits(std::vector<Contender> const& contenders) {
  require_comparable(contenders);
  Ranking ranking;
  for (Contender const& each : contenders) ranking.fits.push_back(first_facts(each, contenders));
  std::stable_sort(ranking.fits.begin(), ranking.fits.end(), [](Ranked const& a, Ranked const& b) {
    bool const failed_a = !a.failure.empty(), failed_b = !b.failure.empty();
    if (failed_a != failed_b) return failed_b;
    if (!failed_a && a.aic != b.aic) return a.aic < b.aic;
    return a.name < b.name;
  });
  double least_aic = std::numeric_limits<double>::infinity(), least_bic = least_aic, total = 0;
  for (Ranked const& each : ranking.fits) {
    ranking.failed += !each.failure.empty();
    if (!each.failure.empty()) continue;
    least_aic = std::min(least_aic, each.aic);
    least_bic = std::min(least_bic, each.bic);
  }
  for (Ranked& each : ranking.fits) {
    if (!each.failure.empty()) continue;
    each.aic_rank = rank_of(each.aic, ranking.fits, &Ranked::aic);
    each.bic_rank = rank_of(each.bic, ranking.fits, &Ranked::bic);
    each.aic_difference = each.aic - least_aic;
    each.bic_difference = each.bic - least_bic;
    total += each.weight = flat::exp(-each.aic_difference / 2);
  }
  for (Ranked& each : ranking.fits) {
    if (each.failure.empty()) each.weight /= total;
  }
  return ranking;
}

}  // namespace hansa
