/// Rows and tables of models beside one another.
#include "tell/fit_comparison.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "tell/cross_validation_report.hpp"
#include "tell/csv_cell.hpp"
#include "tell/fit_words.hpp"
#include "tell/latex_text.hpp"

namespace hansa {

namespace {

/// One model, as far as it was ranked and as far as it was cross-validated.
struct Told {
  std::string name;
  Ranked const* ranked = nullptr;
  CrossValidated const* validated = nullptr;
  bool reference = false;
};

std::vector<Told> told_of(Ranking const& ranking) {
  std::vector<Told> all;
  for (Ranked const& each : ranking.fits) all.push_back({each.name, &each, nullptr});
  if (!ranking.cross_validation) return all;
  for (CrossValidated const& each : ranking.cross_validation->models) {
    auto const found = std::find_if(all.begin(), all.end(), [&](Told const& told) { return told.name == each.name; });
    if (found == all.end()) {
      all.push_back({each.name, nullptr, &each});
    } else {
      found->validated = &each;
    }
  }
  CrossValidated const& baseline = ranking.cross_validation->baseline;
  all.push_back({baseline.name, nullptr, &baseline, true});
  return all;
}

std::string ranked_cells(Ranked const* each) {
  if (each == nullptr) return std::string(13, ',');
  if (!each->failure.empty()) return csv_cell(each->failure) + std::string(13, ',');
  std::string const ratio =
      each->likelihood_ratio
          ? fmt::format("{},{},{},{}", csv_cell(each->against), csv_number(each->likelihood_ratio->statistic),
                        each->likelihood_ratio->degrees, csv_number(each->likelihood_ratio->p))
          : ",,,";
  return fmt::format(",{},{},{},{},{},{},{},{},{},{}", each->parameters, csv_number(each->log_likelihood),
                     csv_number(each->aic), csv_number(each->aic_difference), each->aic_rank, csv_number(each->weight),
                     csv_number(each->bic), csv_number(each->bic_difference), each->bic_rank, ratio);
}

std::string validated_cells(CrossValidationResult const* result, CrossValidated const* each) {
  if (result == nullptr || each == nullptr) return std::string(12, ',');
  constexpr std::string_view words[] = {"policies", "cities", "years"};
  std::string cells = fmt::format("{},{},{},{},{}", words[static_cast<std::size_t>(result->leave)],
                                  result->folds.size(), each->failed, result->trials, result->events);
  if (!each->sums) return cells + std::string(8, ',');
  cells += fmt::format(",{},{},{},{}", csv_number(each->sums->log), csv_number(each->sums->brier),
                       each->auc ? csv_number(*each->auc) : "", each->rank > 0 ? std::to_string(each->rank) : "");
  if (!each->against_best) return cells + std::string(4, ',');
  SummedDifference const found = summed_log_difference(*each->against_best);
  return cells + fmt::format(",{},{},{},{}", csv_number(found.sum), csv_number(found.error), csv_number(found.lower),
                             csv_number(found.upper));
}

/// A row of the table: AIC and what goes with it, then the scores.
std::string latex_row(Told const& told, bool ranks, bool scores) {
  std::string row = "    " + latex_text(told.name);
  bool const ranked = told.ranked != nullptr && told.ranked->failure.empty();
  if (ranks && ranked) {
    Ranked const& own = *told.ranked;
    std::string const ratio = own.likelihood_ratio ? latex_p(own.likelihood_ratio->p) : "--";
    row += fmt::format(" & {} & {} & {} & {} & ${:.3f}$ & {} & {}", own.parameters, latex_decimals(own.log_likelihood),
                       latex_decimals(own.aic), latex_decimals(own.aic_difference), own.weight, latex_decimals(own.bic),
                       ratio);
  } else if (ranks) {
    row += " & -- & -- & -- & -- & -- & -- & --";
  }
  if (scores && told.validated != nullptr && told.validated->sums) {
    CrossValidated const& own = *told.validated;
    std::string difference = "--";
    if (own.against_best) {
      SummedDifference const found = summed_log_difference(*own.against_best);
      difference = fmt::format("{} ({} to {})", latex_decimals(found.sum), latex_decimals(found.lower),
                               latex_decimals(found.upper));
    }
    row += fmt::format(" & {} & {} & {}", latex_decimals(own.sums->log), latex_decimals(own.sums->brier), difference);
  } else if (scores) {
    row += " & -- & -- & --";
  }
  return row + " \\\\\n";
}

std::string latex_remarks(Ranking const& ranking) {
  std::string text;
  for (Ranked const& each : ranking.fits) {
    if (!each.failure.empty()) text += fmt::format(" {}: {}.", latex_text(each.name), latex_text(each.failure));
  }
  for (std::string const& each : ranking.notes) text += fmt::format(" Note: {}.", latex_text(each));
  if (!ranking.cross_validation) return text;
  CrossValidationResult const& result = *ranking.cross_validation;
  text += fmt::format(" Cross-validated, {}: scores are sums over {} decisions with {} adoptions; {}.",
                      leave_words(result), result.trials, result.events, latex_text(best_words(result)));
  for (CrossValidated const& each : result.models) {
    if (each.failed > 0) {
      text += fmt::format(" {}: {} of {} folds failed.", latex_text(each.name), each.failed, each.folds.size());
    }
  }
  return text;
}

}  // namespace

std::string comparison_csv(std::span<ComparedFits const> comparisons) {
  std::string text =
      "fit,model,kind,failure,parameters,log_likelihood,aic,aic_difference,aic_rank,akaike_weight,bic,bic_difference,"
      "bic_rank,ratio_against,ratio,ratio_degrees,ratio_p,leave,folds,failed_folds,decisions,adoptions,log_score,"
      "brier_score,auc,rank,log_difference,se_cluster,lower,upper\n";
  for (ComparedFits const& comparison : comparisons) {
    Ranking const& ranking = *comparison.ranking;
    CrossValidationResult const* const result = ranking.cross_validation ? &*ranking.cross_validation : nullptr;
    for (Told const& told : told_of(ranking)) {
      text += fmt::format("{},{},{},{},{}\n", csv_cell(comparison.fit), csv_cell(told.name),
                          told.reference ? "reference" : "model", ranked_cells(told.ranked),
                          validated_cells(result, told.validated));
    }
  }
  return text;
}

std::string comparison_latex(std::span<ComparedFits const> comparisons) {
  std::string text;
  for (ComparedFits const& comparison : comparisons) {
    Ranking const& ranking = *comparison.ranking;
    bool const ranks = !ranking.fits.empty(), scores = ranking.cross_validation.has_value();
    std::string head = ranks ? "Hypothesis" : "Model";
    if (ranks) head += " & Parameters & Log-likelihood & AIC & Difference & Weight & BIC & $p$";
    if (scores) head += " & Left-out log score & Brier score & Above the best (95\\,\\%)";
    std::string const title = comparison.title.empty() ? "" : latex_text(comparison.title) + ": ";
    text += fmt::format("\\begin{{table}}\n  \\centering\n  \\caption{{{}{}}}\n  \\label{{{}}}\n", title,
                        latex_text(comparison.fit), latex_label("compare", comparison.fit));
    text += fmt::format("  \\begin{{tabular}}{{l{}}}\n    \\toprule\n    {} \\\\\n    \\midrule\n",
                        std::string((ranks ? 7 : 0) + (scores ? 3 : 0), 'r'), head);
    for (Told const& told : told_of(ranking)) text += latex_row(told, ranks, scores);
    std::string const remarks = latex_remarks(ranking);
    text += "    \\bottomrule\n  \\end{tabular}\n";
    if (!remarks.empty()) text += fmt::format("  \\par\\smallskip\\footnotesize{}\n", remarks);
    text += "\\end{table}\n";
  }
  return text;
}

}  // namespace hansa
