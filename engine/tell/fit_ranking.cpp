/// Hypotheses beside one another, as lines and as a tree.
#include <cmath>

#include <fmt/format.h>

#include "tell/cross_validation_report.hpp"
#include "tell/fit_report.hpp"
#include "tell/fit_words.hpp"
#include "tell/text_table.hpp"
#include "tell/tree.hpp"

namespace hansa {

namespace {

CrossValidated const* validated(Ranking const& ranking, std::string const& name) {
  if (!ranking.cross_validation) return nullptr;
  for (CrossValidated const& each : ranking.cross_validation->models) {
    if (each.name == name) return &each;
  }
  return nullptr;
}

/// The two columns of the cross-validation.
void add_validated(std::vector<std::string>& row, CrossValidated const& each) {
  auto const at = row.end() - 1;
  bool const ranked = each.rank > 0 && each.sums;
  row.insert(at, {ranked ? (std::isinf(each.sums->log) ? "∞" : two_decimals(each.sums->log)) : "–",
                  ranked ? fmt::format("{}", each.rank) : "–"});
}

std::vector<std::string> row_of(Ranked const& each) {
  if (!each.failure.empty()) return {"  " + each.name, "–", "–", "–", "–", "–", "–", "not ranked"};
  std::string ratio = "–";
  if (each.likelihood_ratio) ratio = fmt::format("{}, against {}", test_words(*each.likelihood_ratio), each.against);
  return {"  " + each.name,
          fmt::format("{}", each.parameters),
          two_decimals(each.log_likelihood),
          two_decimals(each.aic),
          two_decimals(each.aic_difference),
          fmt::format("{:.3f}", each.weight),
          two_decimals(each.bic),
          std::move(ratio)};
}

Node ranked_node(Ranked const& each, CrossValidated const* left_out) {
  if (!each.failure.empty()) return map_node({{"name", text_node(each.name)}, {"failure", text_node(each.failure)}});
  auto const count = [](std::size_t value) { return number_node(static_cast<std::int64_t>(value)); };
  Node ratio;
  if (each.likelihood_ratio) {
    ratio = map_node({{"against", text_node(each.against)},
                      {"statistic", number_node(each.likelihood_ratio->statistic)},
                      {"degrees", count(each.likelihood_ratio->degrees)},
                      {"p", number_node(each.likelihood_ratio->p)}});
  }
  return map_node({{"name", text_node(each.name)},
                   {"parameters", count(each.parameters)},
                   {"log_likelihood", number_node(each.log_likelihood)},
                   {"aic", number_node(each.aic)},
                   {"aic_difference", number_node(each.aic_difference)},
                   {"aic_rank", count(each.aic_rank)},
                   {"akaike_weight", number_node(each.weight)},
                   {"bic", number_node(each.bic)},
                   {"bic_difference", number_node(each.bic_difference)},
                   {"bic_rank", count(each.bic_rank)},
                   {"likelihood_ratio", std::move(ratio)},
                   {"cross_validated_log", left_out && left_out->sums ? number_node(left_out->sums->log) : Node()},
                   {"cross_validated_rank", left_out && left_out->rank > 0 ? count(left_out->rank) : Node()}});
}

}  // namespace

std::string ranking_text(Ranking const& ranking) {
  if (ranking.fits.empty() && ranking.cross_validation) return cross_validation_text(*ranking.cross_validation);
  constexpr auto right = Align::right;
  bool const penalised = ranking.penalty == Penalty::firth;
  std::vector<std::vector<std::string>> rows = {{"  hypothesis", "parameters", "log-likelihood", "AIC", "difference",
                                                 "weight", "BIC",
                                                 penalised ? "penalised likelihood ratio" : "likelihood ratio"}};
  std::vector<Align> columns = {Align::left, right, right, right, right, right, right, Align::left};
  if (ranking.cross_validation) {
    rows[0].insert(rows[0].end() - 1, {"left-out log score", "rank"});
    columns.insert(columns.end() - 1, {right, right});
  }
  for (Ranked const& each : ranking.fits) {
    rows.push_back(row_of(each));
    if (CrossValidated const* const found = validated(ranking, each.name)) add_validated(rows.back(), *found);
  }
  std::string text = lay_out(rows, columns);
  for (Ranked const& each : ranking.fits) {
    if (!each.failure.empty()) text += "  " + wrap(fmt::format("{}: {}", each.name, each.failure), 100, 4) + '\n';
  }
  if (ranking.failed > 0) {
    text += fmt::format("  {} of {} fits failed and {} in no weight above\n", ranking.failed, ranking.fits.size(),
                        ranking.failed == 1 ? "is" : "are");
  }
  for (std::string const& each : ranking.notes) text += "  " + wrap("note: " + each, 100, 4) + '\n';
  if (ranking.cross_validation) text += '\n' + cross_validation_text(*ranking.cross_validation);
  return text;
}

Node ranking_tree(Ranking const& ranking) {
  std::vector<Node> fits, notes;
  for (Ranked const& each : ranking.fits) fits.push_back(ranked_node(each, validated(ranking, each.name)));
  for (std::string const& each : ranking.notes) notes.push_back(text_node(each));
  return map_node(
      {{"fits", list_node(std::move(fits))},
       {"failed", number_node(static_cast<std::int64_t>(ranking.failed))},
       {"penalty", text_node(ranking.penalty == Penalty::firth ? "firth" : "none")},
       {"notes", list_node(std::move(notes))},
       {"cross_validation", ranking.cross_validation ? cross_validation_tree(*ranking.cross_validation) : Node()}});
}

}  // namespace hansa
