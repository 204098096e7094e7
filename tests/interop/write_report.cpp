/// Writes drawn decisions as CSV, and what the engine says of fits to them, for another program to check.
///
/// write_report ROWS.csv FACTS.csv: facts are link,name,value.
#include <fstream>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "engine/inference/observed_rows.hpp"
#include "inference/fit_report.hpp"

namespace {

using Facts = std::vector<std::pair<std::string, double>>;

void add_test(Facts& facts, std::string const& name, std::optional<hansa::ChiSquareTest> const& test) {
  facts.emplace_back(name, test.value().statistic);
  facts.emplace_back(name + "_degrees", static_cast<double>(test->degrees));
  facts.emplace_back(name + "_p", test->p);
}

Facts facts_of(hansa::FitReport const& report) {
  Facts facts = {{"log_likelihood", report.fit.log_likelihood},
                 {"null_log_likelihood", report.fit.null_log_likelihood},
                 {"aic", report.fit.aic()},
                 {"bic", report.fit.bic()},
                 {"mcfadden", report.mcfadden_r2},
                 {"tjur", report.tjur_r2.value()},
                 {"auc", report.roc.value().area},
                 {"auc_error", report.roc->error.value()},
                 {"log_score", report.scores.log},
                 {"brier", report.scores.brier},
                 {"groups", static_cast<double>(report.calibration.groups.size())}};
  for (hansa::TermReport const& term : report.terms) {
    facts.emplace_back("coef_" + term.name, term.estimate);
    facts.emplace_back("error_" + term.name, term.error);
    facts.emplace_back("p_" + term.name, term.p);
    facts.emplace_back("lower_" + term.name, term.lower);
  }
  for (hansa::MarginalEffect const& effect : report.effects) {
    std::string const& name = report.fit.names[effect.column];
    facts.emplace_back("effect_" + name, effect.effect);
    facts.emplace_back("effect_error_" + name, effect.error);
  }
  add_test(facts, "likelihood_ratio", report.likelihood_ratio);
  add_test(facts, "wald", report.wald);
  add_test(facts, "score", report.score);
  add_test(facts, "hosmer_lemeshow", report.calibration.hosmer_lemeshow);
  return facts;
}

/// Effects in a model with a product: wealth, capital, and one times the other.
Facts product_facts(hansa::Design design) {
  Eigen::Index const columns = design.x.cols();
  Eigen::VectorXd const wealth = design.x.col(1), capital = design.x.col(2);
  design.x.conservativeResize(Eigen::NoChange, columns + 1);
  design.x.col(columns) = wealth.cwiseProduct(capital);
  design.names.emplace_back("wealth_by_capital");
  design.log_linear = design.names.size();
  hansa::EventHistoryOptions options;
  options.clusters.clear();
  hansa::FitSubject subject;
  subject.effects = {1, 2, 3};
  subject.products = {{3, 1, "wealth", capital}, {3, 2, "capital", wealth}};
  auto const report = hansa::report_of(design, hansa::fit_event_history(design, options), options, subject);
  Facts facts;
  for (hansa::MarginalEffect const& effect : report.effects) {
    std::string const& name = report.fit.names[effect.column];
    facts.emplace_back("effect_" + name, effect.effect);
    facts.emplace_back("effect_error_" + name, effect.error);
  }
  return facts;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) {
    std::cerr << "write_report ROWS.csv FACTS.csv\n";
    return 2;
  }
  hansa::Design const design = hansa::test::drawn_rows(20, 250, -2, 0.4, 0.6);
  std::ofstream rows(arguments[1]);
  rows << "event,city,wealth,capital\n";
  for (std::size_t row = 0; row < design.rows(); ++row) {
    auto const r = static_cast<Eigen::Index>(row);
    rows << fmt::format("{},{},{},{}\n", design.event[row], design.city[row], design.x(r, 1), design.x(r, 2));
  }
  std::ofstream out(arguments[2]);
  out << "link,name,value\n";
  for (auto const& [link, name] :
       {std::pair{hansa::FitLink::logit, "logit"}, std::pair{hansa::FitLink::cloglog, "cloglog"},
        std::pair{hansa::FitLink::probit, "probit"}}) {
    hansa::EventHistoryOptions options;
    options.link = link;
    options.clusters.clear();
    hansa::FitSubject subject;
    subject.effects = {1, 2};
    auto const report = hansa::report_of(design, hansa::fit_event_history(design, options), options, subject);
    for (auto const& [fact, value] : facts_of(report)) out << fmt::format("{},{},{}\n", name, fact, value);
  }
  for (auto const& [fact, value] : product_facts(design)) out << fmt::format("product,{},{}\n", fact, value);
  return rows.good() && out.good() ? 0 : 1;
}
