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

std::vector<NamedScores> named(Forecast const& forecast) {
  std::vector<NamedScores> scores;
  for (ComparedPredictions const& each : forecast.comparisons) {
    scores.push_back({each.own, each.reference, each.comparison});
  }
  return scores;
}

Node texts_node(std::vector<std::string> const& texts) {
  std::vector<Node> items;
  for (std::string const& each : texts) items.push_back(text_node(each));
  return list_node(std::move(items));
}

}  // namespace

std::string forecast_text(Forecast const& forecast) {
  std::string text;
  auto const add_line = [&](std::string const& line) { text += "  " + wrap(line, 100, 4) + '\n'; };
  text += fmt::format("one step ahead, {} to {}: {} trials of {} cities, {} events\n", forecast.from, forecast.until,
                      forecast.trials, forecast.cities, forecast.events);
  add_line("each chance is given the adoptions, ties and attributes observed before it");
  if (!forecast.left_out.empty()) {
    add_line(
        fmt::format("without networks: fitted again to the same rows without {}", fmt::join(forecast.left_out, ", ")));
  }
  if (!forecast.comparisons.empty()) text += '\n' + scores_text(named(forecast));
  if (!forecast.calibration.groups.empty())
    text += "\n  calibration of the model\n" + calibration_text(forecast.calibration);
  for (FailedPrediction const& each : forecast.failed) {
    add_line(fmt::format("not estimated, and not scored: {}: {}", each.name, each.failure));
  }
  if (!forecast.notes.empty()) text += '\n';
  for (std::string const& each : forecast.notes) add_line("note: " + each);
  return text;
}

Node forecast_tree(Forecast const& forecast) {
  auto const count = [](std::size_t value) { return number_node(static_cast<std::int64_t>(value)); };
  std::vector<Node> failed;
  for (FailedPrediction const& each : forecast.failed) {
    failed.push_back(map_node({{"name", text_node(each.name)}, {"failure", text_node(each.failure)}}));
  }
  bool const scored = forecast.scores.has_value();
  return map_node({{"from", number_node(std::int64_t{forecast.from})},
                   {"until", number_node(std::int64_t{forecast.until})},
                   {"trials", count(forecast.trials)},
                   {"events", count(forecast.events)},
                   {"cities", count(forecast.cities)},
                   {"without", texts_node(forecast.left_out)},
                   {"log", scored ? number_node(forecast.scores->log) : Node()},
                   {"brier", scored ? number_node(forecast.scores->brier) : Node()},
                   {"calibration", scored ? calibration_tree(forecast.calibration) : Node()},
                   {"comparisons", scores_tree(named(forecast))},
                   {"failed", list_node(std::move(failed))},
                   {"notes", texts_node(forecast.notes)}});
}

}  // namespace hansa
