/// Reports of fits as a tree of values.
#include "tell/calibration.hpp"
#include "tell/fit_report.hpp"
#include "tell/fit_words.hpp"
#include "tell/imputation_report.hpp"
#include "tell/intercept_report.hpp"
#include "tell/shape_report.hpp"
#include "tell/tree.hpp"

namespace hansa {

namespace {

using Entries = std::vector<std::pair<std::string, Node>>;

Node words_node(std::string_view word) {
  return text_node(std::string(word));
}

Node names_node(std::vector<std::size_t> const& columns, std::vector<std::string> const& names) {
  std::vector<Node> items;
  for (std::size_t const column : columns) items.push_back(text_node(names[column]));
  return list_node(std::move(items));
}

Node test_node(std::optional<ChiSquareTest> const& test) {
  if (!test) return {};
  return map_node({{"statistic", number_node(test->statistic)},
                   {"degrees", count_node(test->degrees)},
                   {"p", number_node(test->p)}});
}

Node maybe_node(std::optional<double> const& value) {
  return value ? number_node(*value) : Node();
}

/// A map by term.
template <class Of>
Node by_term(std::vector<TermReport> const& terms, Of of) {
  Entries entries;
  for (TermReport const& each : terms) entries.emplace_back(each.name, of(each));
  return map_node(std::move(entries));
}

Node effects_node(FitReport const& report) {
  Entries effects;
  for (MarginalEffect const& each : report.effects) {
    effects.emplace_back(effect_name(report, each),
                         map_node({{"effect", number_node(each.effect)},
                                   {"change", words_node(change_word(each.change))},
                                   {"se", number_node(each.error)},
                                   {"z", number_node(each.z)},
                                   {"p", number_node(each.p)},
                                   {"interval", list_node({number_node(each.lower), number_node(each.upper)})}}));
  }
  return map_node(std::move(effects));
}

void add_coefficients(FitReport const& report, Entries& entries) {
  auto const& terms = report.terms;
  entries.emplace_back("coef", by_term(terms, [](TermReport const& t) { return number_node(t.estimate); }));
  entries.emplace_back("se", by_term(terms, [](TermReport const& t) { return number_node(t.error); }));
  if (report.fit.clustered.size() > 0) {
    entries.emplace_back("se_cluster", by_term(terms, [](TermReport const& t) { return maybe_node(t.cluster_error); }));
    entries.emplace_back("clusters", count_node(report.fit.clusters));
    if (report.fit.clusters_second > 0) entries.emplace_back("clusters_second", count_node(report.fit.clusters_second));
  }
  entries.emplace_back("errors", words_node(reports_clusters(report.fit) ? "clustered" : "information"));
  entries.emplace_back("z", by_term(terms, [](TermReport const& t) { return number_node(t.z); }));
  entries.emplace_back("p", by_term(terms, [](TermReport const& t) { return number_node(t.p); }));
  entries.emplace_back("interval", by_term(terms, [](TermReport const& t) {
                         return list_node({number_node(t.lower), number_node(t.upper)});
                       }));
  entries.emplace_back("intervals", words_node(report.options.intervals == Intervals::profile ? "profile" : "wald"));
  entries.emplace_back("level", number_node(report.options.level));
  if (report.intercept) add_intercept(*report.intercept, entries);
}

void add_quality(FitReport const& report, Entries& entries) {
  EventHistoryFit const& fit = report.fit;
  entries.emplace_back("log_likelihood", number_node(fit.log_likelihood));
  entries.emplace_back("null_log_likelihood", number_node(fit.null_log_likelihood));
  entries.emplace_back("parameters", count_node(fit.parameters));
  entries.emplace_back("aic", number_node(fit.aic()));
  entries.emplace_back("bic", number_node(fit.bic()));
  entries.emplace_back("mcfadden_r2", number_node(report.mcfadden_r2));
  entries.emplace_back("tjur_r2", maybe_node(report.tjur_r2));
  entries.emplace_back("tests", map_node({{"likelihood_ratio", test_node(report.likelihood_ratio)},
                                          {"wald", test_node(report.wald)},
                                          {"score", test_node(report.score)}}));
  if (report.roc) {
    entries.emplace_back("auc", map_node({{"area", number_node(report.roc->area)},
                                          {"se", maybe_node(report.roc->error)},
                                          {"method", words_node("DeLong")}}));
  }
  entries.emplace_back("marginal_effects", effects_node(report));
  entries.emplace_back("calibration", calibration_tree(report.calibration));
  entries.emplace_back(
      "scores", map_node({{"log", number_node(report.scores.log)}, {"brier", number_node(report.scores.brier)}}));
}

Node fit_node(FitReport const& report) {
  EventHistoryFit const& fit = report.fit;
  Entries entries{{"rule", words_node(link_word(fit.link))},
                  {"information", words_node(information_word(fit.information))},
                  {"penalty", words_node(fit.penalty == Penalty::firth ? "firth" : "none")},
                  {"policies", texts_node(report.subject.policies)},
                  {"terms", texts_node(fit.names)}};
  if (fit.estimated()) {
    add_coefficients(report, entries);
    if (report.imputations)
      entries.emplace_back("marginal_effects", effects_node(report));
    else
      add_quality(report, entries);
  } else {
    entries.emplace_back("failure", text_node(fit.failure));
  }
  if (report.imputations) add_imputations(report, entries);
  if (fit.shape_trials > 0) add_shapes(report, entries);
  entries.emplace_back("rows", count_node(fit.rows));
  entries.emplace_back("events", count_node(fit.events));
  entries.emplace_back("cities", count_node(report.cities));
  entries.emplace_back("separation", words_node(separation_word(fit.separation)));
  entries.emplace_back("rank", count_node(fit.rank));
  if (fit.separation != Separation::none) {
    entries.emplace_back("separating", names_node(fit.separating, fit.names));
    entries.emplace_back("separated_cities", texts_node(report.separated_cities));
  }
  if (!fit.aliased.empty()) entries.emplace_back("aliased", names_node(fit.aliased, fit.names));
  entries.emplace_back("interval_censored", count_node(report.intervals));
  entries.emplace_back("unknown_sources", count_node(report.subject.unknown_sources));
  Entries lost;
  for (auto const& [group, rows] : report.subject.lost_groups) lost.emplace_back(group, count_node(rows));
  entries.emplace_back("groups_without_events", map_node(std::move(lost)));
  entries.emplace_back("warnings", texts_node(report.warnings));
  entries.emplace_back("notes", texts_node(report.subject.notes));
  return map_node(std::move(entries));
}

}  // namespace

Node fit_tree(std::span<FitReport const> reports) {
  Entries fits;
  std::int64_t failed = 0;
  for (FitReport const& each : reports) {
    fits.emplace_back(each.subject.name, fit_node(each));
    failed += !each.fit.estimated();
  }
  return map_node({{"fits", map_node(std::move(fits))}, {"failed", number_node(failed)}});
}

}  // namespace hansa
