/// What a fit's predictions are worth, told.
#include "tell/forecast_report.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "tell/calibration.hpp"
#include "tell/fit_scores.hpp"
#include "tell/fit_words.hpp"
#include "tell/text_table.hpp"
#include "tell/tree.hpp"

namespace hansa {

namespace {

std::vector<NamedScores> named(ForecastScores const& forecast) {
  std::vector<NamedScores> scores;
  for (ComparedPredictions const& each : forecast.comparisons) {
    scores.push_back({each.own, each.reference, each.comparison});
  }
  return scores;
}

std::string scored_text(ForecastScores const& found) {
  std::string text;
  if (!found.comparisons.empty()) text += '\n' + scores_text(named(found));
  if (!found.calibration.groups.empty()) text += "\n  calibration of the model\n" + calibration_text(found.calibration);
  return text;
}

Node scored_tree(ForecastScores const& found) {
  auto const count = [](std::size_t value) { return number_node(static_cast<std::int64_t>(value)); };
  bool const scored = found.scores.has_value();
  return map_node({{"trials", count(found.trials)},
                   {"events", count(found.events)},
                   {"cities", count(found.cities)},
                   {"log", scored ? number_node(found.scores->log) : Node()},
                   {"brier", scored ? number_node(found.scores->brier) : Node()},
                   {"calibration", scored ? calibration_tree(found.calibration) : Node()},
                   {"comparisons", scores_tree(named(found))}});
}

}  // namespace

std::string forecast_text(Forecast const& forecast) {
  ForecastScores const& near = forecast.one_step;
  ForecastScores const& far = forecast.free_running;
  std::string text;
  auto const add_line = [&](std::string const& line) { text += "  " + wrap(line, 100, 4) + '\n'; };
  text += fmt::format("one step ahead, {} to {}: {} trials of {} cities, {} events\n", forecast.from, forecast.until,
                      near.trials, near.cities, near.events);
  add_line("each chance is given the adoptions, ties and attributes observed before it");
  if (!forecast.left_out.empty()) {
    add_line(
        fmt::format("without networks: fitted again to the same rows without {}", fmt::join(forecast.left_out, ", ")));
  }
  text += scored_text(near);
  text += fmt::format("\nfree-running, {} to {}: {} trials of {} cities, {} events\n", forecast.from, forecast.until,
                      far.trials, far.cities, far.events);
  add_line(
      fmt::format("the chance that a city adopts by {}, from {} simulations of the adoptions after the fit; ties "
                  "and attributes are those of each time",
                  forecast.until, forecast.replicates));
  text += scored_text(far);
  if (!forecast.failed.empty()) text += '\n';
  for (FailedPrediction const& each : forecast.failed) {
    add_line(fmt::format("not estimated, and not scored: {}: {}", each.name, each.failure));
  }
  if (!forecast.notes.empty()) text += '\n';
  for (std::string const& each : forecast.notes) add_line("note: " + each);
  return text;
}

Node forecast_tree(Forecast const& forecast) {
  std::vector<Node> failed;
  for (FailedPrediction const& each : forecast.failed) {
    failed.push_back(map_node({{"name", text_node(each.name)}, {"failure", text_node(each.failure)}}));
  }
  return map_node({{"from", number_node(std::int64_t{forecast.from})},
                   {"until", number_node(std::int64_t{forecast.until})},
                   {"without", texts_node(forecast.left_out)},
                   {"one_step", scored_tree(forecast.one_step)},
                   {"free_running", scored_tree(forecast.free_running)},
                   {"replicates", number_node(forecast.replicates)},
                   {"failed", list_node(std::move(failed))},
                   {"notes", texts_node(forecast.notes)}});
}

}  // namespace hansa
