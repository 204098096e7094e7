/// Hypotheses beside one another, as lines and as a tree.
#include <cmath>

#include <fmt/format.h>

#include "tell/fit_report.hpp"
#include "tell/fit_words.hpp"
#include "tell/text_table.hpp"
#include "tell/tree.hpp"

namespace hansa {

namespace {

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

Node ranked_node(Ranked const& each) {
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
                   {"likelihood_ratio", std::move(ratio)}});
}

}  // namespace

std::string ranking_text(Ranking const& ranking) {
  constexpr auto right = Align::right;
  std::vector<std::vector<std::string>> rows = {
      {"  hypothesis", "parameters", "log-likelihood", "AIC", "difference", "weight", "BIC", "likelihood ratio"}};
  for (Ranked const& each : ranking.fits) rows.push_back(row_of(each));
  std::string text = lay_out(rows, {Align::left, right, right, right, right, right, right, Align::left});
  for (Ranked const& each : ranking.fits) {
    if (!each.failure.empty()) text += "  " + wrap(fmt::format("{}: {}", each.name, each.failure), 100, 4) + '\n';
  }
  if (ranking.failed > 0) {
    text += fmt::format("  {} of {} fits failed and {} in no weight above\n", ranking.failed, ranking.fits.size(),
                        ranking.failed == 1 ? "is" : "are");
  }
  return text;
}

Node ranking_tree(Ranking const& ranking) {
  std::vector<Node> fits;
  for (Ranked const& each : ranking.fits) fits.push_back(ranked_node(each));
  return map_node(
      {{"fits", list_node(std::move(fits))}, {"failed", number_node(static_cast<std::int64_t>(ranking.failed))}});
}

}  // namespace hansa
