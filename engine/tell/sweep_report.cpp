/// Words and numbers about sweeps.
#include "tell/sweep_report.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "tell/closing.hpp"
#include "tell/text_table.hpp"

namespace hansa {

namespace {

/// Counts of damaged and different blocks.
std::int64_t bad_blocks(SweepState const& state) {
  return std::count_if(state.blocks.begin(), state.blocks.end(),
                       [](BlockState each) { return each == BlockState::damaged || each == BlockState::different; });
}

std::string number_words(double value) {
  return std::isnan(value) ? "-" : fmt::format("{:.4g}", value);
}

}  // namespace

std::string bytes_words(double bytes) {
  constexpr char const* units[] = {"bytes", "kB", "MB", "GB", "TB"};
  std::size_t unit = 0;
  for (; bytes >= 1000 && unit + 1 < std::size(units); ++unit) bytes /= 1000;
  return fmt::format("{:.{}f} {}", bytes, unit > 0 && bytes < 10 ? 1 : 0, units[unit]);
}

std::string plan_words(SweepForecast const& forecast, std::string const& folder) {
  std::string words = fmt::format("{:.0f} points of {:.0f} replicates: {:.0f} runs", forecast.points,
                                  forecast.replicates, forecast.runs);
  if (forecast.extended) words += fmt::format(", {:.0f} of them new", forecast.missing);
  words += fmt::format("; about {} on {} threads, {} in at most {:.0f} files of {}.", duration_words(forecast.seconds),
                       forecast.threads, bytes_words(forecast.bytes), forecast.files, folder);
  return wrap(words, terminal_width, 0) + "\n";
}

std::string status_words(SettledSweep const& settled, std::string const& folder) {
  SweepState const& state = settled.state;
  std::int64_t const runs = settled.manifest.runs();
  std::string words = fmt::format(
      "{}: {} of {} runs finished ({:.1f} %), {} of them failed; {} of {} blocks missing", folder, state.finished, runs,
      100.0 * static_cast<double>(state.finished) / static_cast<double>(std::max<std::int64_t>(1, runs)), state.failed,
      state.missing_blocks, state.blocks.size());
  if (std::int64_t const bad = bad_blocks(state); bad > 0)
    words += fmt::format(", {} damaged or of another sweep", bad);
  words += state.workers == 0
               ? "; no process seems to be at work there."
               : fmt::format("; {} at work there.",
                             state.workers == 1 ? "a process is" : fmt::format("{} processes are", state.workers));
  double const left = seconds_left(folder, settled.manifest, state);
  if (state.finished < runs && !std::isnan(left))
    words += fmt::format(" At the rate of the last minutes {} are left.", duration_words(left));
  return wrap(words, terminal_width, 0) + "\n";
}

Node status_tree(SettledSweep const& settled, std::string const& folder) {
  SweepState const& state = settled.state;
  return map_node({{"folder", text_node(folder)},
                   {"points", count_node(settled.manifest.points.size())},
                   {"replicates", number_node(settled.manifest.replicates)},
                   {"runs", number_node(settled.manifest.runs())},
                   {"finished", number_node(state.finished)},
                   {"failed", number_node(state.failed)},
                   {"blocks", count_node(state.blocks.size())},
                   {"missing_blocks", number_node(state.missing_blocks)},
                   {"bad_blocks", number_node(bad_blocks(state))},
                   {"at_work", count_node(state.workers)},
                   {"seconds_left", number_node(seconds_left(folder, settled.manifest, state))},
                   {"problems", texts_node(state.problems)},
                   {"strays", texts_node(state.strays)}});
}

SweepSummary::SweepSummary(MeasureLayout const& layout) : layout_(layout), columns_(layout.width) {}

void SweepSummary::add(PointsSlice const& slice) {
  for (std::size_t p = 0; p < slice.count; ++p) {
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      double const mean = slice.mean[p * columns_.size() + c], se = slice.se[p * columns_.size() + c];
      if (std::isnan(mean)) continue;
      Column& column = columns_[c];
      bool const first = column.known++ == 0;
      column.sum += mean;
      if (first || mean < column.low) {
        column.low = mean;
        column.lowest = slice.first + p;
      }
      if (first || mean > column.high) {
        column.high = mean;
        column.highest = slice.first + p;
      }
      if (!std::isnan(se)) column.widest = std::max(column.widest, se);
    }
  }
}

std::string SweepSummary::label(MeasureVariable const& variable, std::size_t policy, std::size_t position) const {
  std::string label = variable.name;
  if (variable.axis) label += fmt::format("[{}]", layout_.axes[*variable.axis].labels[position]);
  return layout_.policies.size() > 1 ? fmt::format("{}, {}", layout_.policies[policy], label) : label;
}

std::string SweepSummary::table(SweepEnding const& ending, std::string const& file) const {
  constexpr std::size_t most_rows = 40;
  std::vector<std::vector<std::string>> rows{
      {"mean over replicates", "lowest", "at point", "mean", "highest", "at point", "largest se"}};
  std::size_t left_out = 0;
  for (MeasureVariable const& each : layout_.variables) {
    bool const series = each.axis && layout_.axes[*each.axis].of == MeasureAxis::Of::time;
    for (std::size_t k = 0; !series && k < layout_.policies.size() * each.length; ++k) {
      Column const& column = columns_[each.first + k];
      std::string const name = label(each, k / each.length, k % each.length);
      if (rows.size() > most_rows && ++left_out > 0) continue;
      if (column.known == 0) {
        rows.push_back({name, "-", "", "-", "-"});
        continue;
      }
      rows.push_back({name, number_words(column.low), fmt::format("{}", column.lowest),
                      number_words(column.sum / static_cast<double>(column.known)), number_words(column.high),
                      fmt::format("{}", column.highest), number_words(column.widest)});
    }
  }
  std::string text =
      lay_out(rows, {Align::left, Align::right, Align::right, Align::right, Align::right, Align::right, Align::right});
  if (left_out > 0) text += fmt::format("and {} more in the file\n", left_out);
  text += fmt::format("{} of {} runs finished", ending.finished, ending.runs);
  if (ending.failed > 0) text += fmt::format(", {} failed", ending.failed);
  return text + fmt::format("; all points are in {}\n", file);
}

Node SweepSummary::tree(SweepEnding const& ending, std::string const& file) const {
  std::vector<Node> measures;
  for (MeasureVariable const& each : layout_.variables) {
    for (std::size_t k = 0; k < layout_.policies.size() * each.length; ++k) {
      Column const& column = columns_[each.first + k];
      double const none = std::nan("");
      bool const known = column.known > 0;
      std::vector<std::pair<std::string, Node>> entry{{"measure", text_node(each.name)},
                                                      {"policy", text_node(layout_.policies[k / each.length])}};
      if (each.axis) entry.emplace_back("label", text_node(layout_.axes[*each.axis].labels[k % each.length]));
      entry.emplace_back("points", number_node(column.known));
      entry.emplace_back("lowest", number_node(known ? column.low : none));
      entry.emplace_back("mean", number_node(known ? column.sum / static_cast<double>(column.known) : none));
      entry.emplace_back("highest", number_node(known ? column.high : none));
      measures.push_back(map_node(std::move(entry)));
    }
  }
  return map_node({{"file", text_node(file)},
                   {"runs", number_node(ending.runs)},
                   {"finished", number_node(ending.finished)},
                   {"failed", number_node(ending.failed)},
                   {"complete", truth_node(ending.finished == ending.runs)},
                   {"measures", list_node(std::move(measures))}});
}

}  // namespace hansa
