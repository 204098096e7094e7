/// Ranks by information criteria, and likelihood ratios along the nesting.
#include "inference/ranking.hpp"

#include <algorithm>
#include <limits>
#include <map>

#include <fmt/format.h>

#include "base/digest.hpp"
#include "base/error.hpp"
#include "base/flat_math.hpp"
#include "inference/penalised_ratio.hpp"

namespace hansa {

namespace {

void require_comparable(std::vector<Contender> const& contenders) {
  Complaints complaints;
  for (Contender const& each : contenders) {
    if (each.rows != contenders.front().rows) {
      complaints.add(fmt::format("'{}' was fitted to other rows than '{}'", each.name, contenders.front().name), {},
                     "likelihoods can be compared on the same rows only");
    }
    if (each.fit.penalty != contenders.front().fit.penalty) {
      bool const own = each.fit.penalty != Penalty::none;
      complaints.add(fmt::format("'{}' was fitted {} a penalty, '{}' {} one", each.name, own ? "with" : "without",
                                 contenders.front().name, own ? "without" : "with"),
                     {}, "fits with the same penalty can be compared only");
    }
  }
  complaints.throw_if_any();
}

std::vector<std::string> const& identities_of(Contender const& each) {
  return each.identities.empty() ? each.fit.names : each.identities;
}

/// Columns of `full` that `restricted` has too.
std::vector<std::size_t> columns_within(Contender const& full, Contender const& restricted) {
  std::vector<std::string> const& within = identities_of(restricted);
  std::vector<std::size_t> columns;
  for (std::size_t c = 0; c < identities_of(full).size(); ++c) {
    if (std::find(within.begin(), within.end(), identities_of(full)[c]) != within.end()) columns.push_back(c);
  }
  return columns;
}

bool contains(Contender const& full, Contender const& restricted) {
  return is_nested(restricted.fit, full.fit) &&
         columns_within(full, restricted).size() == identities_of(restricted).size();
}

Contender const* smallest_within(Contender const& full, std::vector<Contender> const& contenders) {
  Contender const* smallest = nullptr;
  for (Contender const& each : contenders) {
    if (!each.fit.estimated() || each.fit.parameters >= full.fit.parameters || !contains(full, each)) continue;
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
    ranked.likelihood_ratio = each.fit.penalty == Penalty::none ? likelihood_ratio_test(each.fit, within->fit)
                              : each.design != nullptr
                                  ? penalised_ratio_test(*each.design, each.fit, columns_within(each, *within))
                                  : std::nullopt;
  }
  return ranked;
}

/// Terms that separate, of which some of the fits have others than the rest.
void note_separation(std::vector<Contender> const& contenders, Ranking& ranking) {
  std::map<std::string, std::size_t> separating;
  std::size_t estimated = 0;
  for (Contender const& each : contenders) {
    if (!each.fit.estimated()) continue;
    ++estimated;
    for (std::size_t const c : each.fit.separating) ++separating[each.fit.names[c]];
  }
  std::string shared, own;
  for (auto const& [name, count] : separating) {
    std::string& list = count == estimated ? shared : own;
    list += fmt::format("{}'{}'", list.empty() ? "" : ", ", name);
  }
  if (!shared.empty()) {
    ranking.notes.push_back(fmt::format(
        "{} separate{} in all fits and cost{} each of them the same: differences are of what else they have", shared,
        shared.find(',') == shared.npos ? "s" : "", shared.find(',') == shared.npos ? "s" : ""));
  }
  if (!own.empty()) {
    ranking.notes.push_back(
        fmt::format("{} separate{} in some fits: their likelihood is highest at infinity, where AIC and BIC have no "
                    "ground; hold on "
                    "to the penalised likelihood ratio and to cross-validation",
                    own, own.find(',') == own.npos ? "s" : ""));
  }
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
  if (!contenders.empty()) ranking.penalty = contenders.front().fit.penalty;
  if (ranking.penalty == Penalty::firth) {
    ranking.notes.push_back(
        "AIC and BIC are of the log-likelihood without the penalty at Firth's estimates, likelihood ratios of the "
        "penalised one (Heinze & Schemper 2002)");
    note_separation(contenders, ranking);
  }
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
