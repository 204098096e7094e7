/// Judges the fits of a question, and tells.
#include "cli/fit_judged.hpp"

#include <algorithm>
#include <cmath>

#include "io/goodness_file.hpp"
#include "io/hypotheses_file.hpp"
#include "tell/goodness_report.hpp"
#include "tell/tree.hpp"

namespace hansa::cli {

namespace {

GoodnessRecord record_of_goodness(Goodness const& found) {
  GoodnessRecord record;
  record.histories = found.histories;
  record.failed = found.failed;
  for (GoodnessPart const& part : found.parts) {
    std::string const name = part.policy + "." + part.statistic;
    for (std::size_t k = 0; k < part.names.size(); ++k) {
      record.names.push_back(name + "." + part.names[k]);
      record.part_of.push_back(static_cast<std::int32_t>(record.parts.size()));
    }
    auto const append = [](std::vector<double>& to, std::vector<double> const& from) {
      to.insert(to.end(), from.begin(), from.end());
    };
    append(record.observed, part.observed);
    append(record.mean, part.envelope.mean);
    append(record.low, part.envelope.low);
    append(record.high, part.envelope.high);
    append(record.lower, part.envelope.lower);
    append(record.upper, part.envelope.upper);
    record.parts.push_back(name);
    record.p.push_back(part.envelope.p);
  }
  return record;
}

RankedRecord record_of_ranked(Ranked const& from, Ranking const& ranking, std::size_t fit) {
  RankedRecord record{.name = from.name, .failure = from.failure, .fit = static_cast<std::int32_t>(fit)};
  if (!from.failure.empty()) return record;
  record.parameters = static_cast<std::int32_t>(from.parameters);
  record.log_likelihood = from.log_likelihood;
  record.aic = from.aic;
  record.aic_difference = from.aic_difference;
  record.weight = from.weight;
  record.bic = from.bic;
  record.bic_difference = from.bic_difference;
  if (from.likelihood_ratio) {
    record.against = from.against;
    record.ratio = from.likelihood_ratio->statistic;
    record.ratio_p = from.likelihood_ratio->p;
    record.ratio_degrees = static_cast<std::int32_t>(from.likelihood_ratio->degrees);
  }
  if (!ranking.cross_validation) return record;
  for (CrossValidated const& each : ranking.cross_validation->models) {
    if (each.name != from.name || !each.sums || !std::isfinite(each.sums->log)) continue;
    record.left_out_log = each.sums->log;
    record.left_out_rank = static_cast<std::int32_t>(each.rank);
  }
  return record;
}

HypothesesRecord record_of_rankings(std::vector<FittedPolicies> const& fits, std::vector<Ranking> const& rankings) {
  HypothesesRecord record;
  for (FittedPolicies const& each : fits) record.fits.push_back(each.report.subject.name);
  for (std::size_t f = 0; f < rankings.size(); ++f) {
    for (Ranked const& each : rankings[f].fits) record.ranked.push_back(record_of_ranked(each, rankings[f], f));
    for (std::string const& each : rankings[f].notes)
      record.notes.push_back(rankings.size() > 1 ? record.fits[f] + ": " + each : each);
  }
  return record;
}

}  // namespace

Judged judge_fits(Question const& question, FitQuestion const& posed, std::vector<FittedPolicies> const& fits,
                  int threads) {
  Judged judged;
  std::vector<std::vector<PolicyId>> const groups = fits_of(posed);
  for (std::size_t f = 0; f < groups.size() && posed.spec.nulls; ++f)
    judged.nulls.emplace_back(fits[f].report.subject.name, null_tests(posed, groups[f], fits[f], threads));
  if (posed.spec.goodness > 0)
    judged.goodness = goodness_of(question, posed, fits,
                                  {.histories = posed.spec.goodness, .lanes = Lanes::fast, .threads = threads});
  return judged;
}

std::string judged_text(Judged const& judged) {
  std::string text;
  for (auto const& [name, tests] : judged.nulls) text += "\n" + name + ": " + null_tests_text(tests);
  if (judged.goodness) text += "\n" + goodness_text(*judged.goodness);
  return text;
}

void add_judged(Node& tree, Judged const& judged) {
  std::vector<std::pair<std::string, Node>> nulls;
  for (auto const& [name, tests] : judged.nulls) nulls.emplace_back(name, null_tests_tree(tests));
  if (!nulls.empty()) tree.entries.push_back({"nulls", {}, map_node(std::move(nulls))});
  if (judged.goodness) tree.entries.push_back({"goodness", {}, goodness_tree(*judged.goodness)});
}

std::function<void(NetcdfFile&)> judged_in_file(Judged const& judged, std::vector<FittedPolicies> const& fits,
                                                std::vector<Ranking> const& rankings) {
  GoodnessRecord goodness;
  if (judged.goodness) goodness = record_of_goodness(*judged.goodness);
  HypothesesRecord hypotheses = record_of_rankings(fits, rankings);
  if (goodness.parts.empty() && hypotheses.ranked.empty()) return {};
  return [goodness = std::move(goodness), hypotheses = std::move(hypotheses)](NetcdfFile& file) {
    if (!goodness.parts.empty()) add_goodness(file, goodness);
    if (!hypotheses.ranked.empty()) add_hypotheses(file, hypotheses);
  };
}

}  // namespace hansa::cli
