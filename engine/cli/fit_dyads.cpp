/// Fits the dyads of data, or of each history of a result.
#include "cli/fit_dyads.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/parallel.hpp"
#include "cli/answer.hpp"
#include "inference/dyad_design.hpp"
#include "inference/kept_histories.hpp"
#include "io/json.hpp"
#include "tell/fit_panel.hpp"
#include "tell/fit_report.hpp"
#include "tell/recovery_report.hpp"
#include "tell/tree.hpp"

namespace hansa::cli {

namespace {

/// Keys of `fit` that are of single cities may stand beside dyads that are not fitted.
enum class DyadUse { checked, fitted };

DyadDesigns pose_dyads(Question const& question, DyadUse use) {
  require(question.scenario->fit && question.scenario->fit->dyads, "has no part 'dyads' in the section 'fit'",
          {question.draft.file.string(), 0, 0},
          "covariates of pairs were expected there, as in dyads: {covariates: {tie: {tie: NETWORK}}}");
  Complaints complaints;
  DyadDesigns designs(*question.scenario, *question.world, complaints);
  if (use == DyadUse::fitted) designs.check_keys(complaints);
  complaints.throw_if_any();
  return designs;
}

void write_answer(std::string const& file, DyadWords const& words, Question const& question,
                  std::function<void(Answer&)> const& write) {
  if (file.empty()) return;
  Answer answer({file, words.force}, question.inputs);
  write(answer);
  answer.finish();
}

Exit fit_data(DyadWords const& words, Question const& question, DyadDesigns const& designs) {
  Scenario const& scenario = *question.scenario;
  World const& world = *question.world;
  require(words.panel.empty() || designs.fits().size() == 1,
          "several fits have rows of their own, and one panel cannot hold them", {"hansa fit"},
          "choose one with --set fit.policies=[POLICY], or pool them");
  std::vector<Adoptions> adoptions;
  for (std::size_t p = 0; p < scenario.policies.size(); ++p)
    adoptions.push_back(
        observed_adoptions(question.model.policies[p], world.records.at(p), scenario.clock, world.cities.size()));
  std::vector<FitReport> reports;
  for (std::vector<std::size_t> const& policies : designs.fits()) {
    FittedDyads fitted = hansa::fit_dyads(designs, policies, adoptions);
    reports.push_back(std::move(fitted.report));
    write_answer(words.panel, words, question, [&](Answer& answer) {
      write_panel(fitted.design, scenario, world.cities, [&](std::string_view piece) { answer.write(piece); });
    });
  }
  write_answer(words.csv, words, question, [&](Answer& answer) { answer.write(fit_csv(reports)); });
  write_answer(words.latex, words, question, [&](Answer& answer) { answer.write(fit_latex(reports)); });
  if (words.json)
    print(to_json(fit_tree(reports)) + "\n");
  else if (!words.quiet)
    for (std::size_t k = 0; k < reports.size(); ++k) print((k == 0 ? "" : "\n") + fit_text(reports[k]));
  return Exit::done;
}

/// Of histories [first, first + count), in order.
std::vector<Refit> refit_block(DyadWords const& words, Question const& question, DyadDesigns const& designs,
                               std::vector<std::size_t> const& policies, ResultReader const& reader, std::int64_t first,
                               std::int64_t count) {
  Scenario const& scenario = *question.scenario;
  World const& world = *question.world;
  auto histories = kept_histories(reader, first, count, scenario, world);
  std::vector<Refit> refits(histories.size());
  parallel_for(histories.size(), words.threads, [&](std::size_t r) {
    std::vector<Adoptions> adoptions;
    for (std::size_t p = 0; p < scenario.policies.size(); ++p)
      adoptions.push_back(simulated_adoptions(question.model.policies[p], std::move(histories[r][p].events),
                                              scenario.clock, world.cities.size()));
    refits[r] = refit_dyads(designs, policies, adoptions);
  });
  return refits;
}

Exit fit_result(DyadWords const& words, Question const& question, DyadDesigns const& designs) {
  constexpr std::int64_t block = 64;
  ResultReader const reader(words.histories);
  check_kept(reader, *question.scenario, *question.world);
  require(words.csv.empty() || designs.fits().size() == 1, "several fits do not go into one file", {"hansa fit"},
          "choose one with --set fit.policies=[POLICY], or pool them");
  std::vector<std::pair<std::string, Node>> told;
  for (std::vector<std::size_t> const& policies : designs.fits()) {
    std::vector<Refit> refits;
    for (std::int64_t first = 0; first < reader.replicates(); first += block)
      std::ranges::move(
          refit_block(words, question, designs, policies, reader, first, std::min(block, reader.replicates() - first)),
          std::back_inserter(refits));
    Recoveries const found = recoveries_of(refits);
    if (!words.json && !words.quiet) print(recovery_text(designs.name_of(policies), found));
    told.emplace_back(designs.name_of(policies), recovery_tree(found));
    write_answer(words.csv, words, question, [&](Answer& answer) { answer.write(refits_csv(refits)); });
  }
  if (words.json) print(to_json(map_node({{"histories", map_node(std::move(told))}})) + "\n");
  return Exit::done;
}

}  // namespace

Exit fit_dyads(DyadWords const& words, Question const& question) {
  DyadDesigns const designs = pose_dyads(question, DyadUse::fitted);
  return words.histories.empty() ? fit_data(words, question, designs) : fit_result(words, question, designs);
}

void check_dyads(Question const& question) {
  (void)pose_dyads(question, DyadUse::checked);
}

}  // namespace hansa::cli
