/// Tells luck, precision and strengths apart, and lists what was read.
#include "tell/page_origin.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "tell/comparison_words.hpp"
#include "tell/html.hpp"

namespace hansa {

namespace {

constexpr std::size_t most_scenario_bytes = 400'000;  ///< of all scenarios together
constexpr std::size_t most_inputs = 500;

std::string part(std::string_view title, std::string_view words) {
  return fmt::format("<h3>{}</h3>\n{}", html_text(title), html_paragraph(words));
}

std::string item(std::string_view name, std::string_view value) {
  return value.empty() ? std::string() : fmt::format("<dt>{}</dt><dd>{}</dd>\n", html_text(name), html_text(value));
}

std::string replicates_words(ComparisonRecord const& record) {
  Comparison const& of = record.comparison;
  std::string text = fmt::format("{} of {} asked for, each in all scenarios", of.replicates, record.asked);
  if (of.draws > 0) text += fmt::format("; {} draws of the strengths, {} replicates each", of.draws, of.per_draw);
  if (of.failed > 0) text += fmt::format("; {} failed in some scenario and are left out", of.failed);
  return text;
}

std::string inputs(ComparisonRecord const& record) {
  if (record.inputs.empty()) return {};
  std::vector<std::vector<std::string>> rows;
  for (auto const& [file, digest] : record.inputs) {
    if (rows.size() == most_inputs) break;
    rows.push_back({file, digest});
  }
  return html_table(
      fmt::format("Files that were read ({} of {}), and the SHA-256 of their bytes", rows.size(), record.inputs.size()),
      {{"file", false}, {"SHA-256", false}}, rows);
}

std::string scenarios(ComparisonRecord const& record) {
  std::string text;
  std::size_t const most = most_scenario_bytes / std::max<std::size_t>(1, record.scenario_texts.size());
  for (std::size_t k = 0; k < record.scenario_texts.size(); ++k) {
    std::string const& all = record.scenario_texts[k];
    std::string body = fmt::format("<pre>{}</pre>\n", html_text(std::string_view(all).substr(0, most)));
    if (all.size() > most)
      body += html_paragraph(
          fmt::format("The first {} of {} bytes; the file of the comparison has all.", most, all.size()));
    text += html_details(fmt::format("The scenario {}, as it was run", record.comparison.scenarios[k]), body);
  }
  return text;
}

}  // namespace

Strengths strengths_of(ComparisonRecord const& record) {
  if (!record.drawn_from.empty()) return Strengths::drawn;
  return record.taken_from.empty() ? Strengths::assumed : Strengths::estimated;
}

std::string sureness_section(ComparisonRecord const& record) {
  Comparison const& of = record.comparison;
  bool const drawn = of.draws > 0;
  auto const half = [](std::int64_t count) { return 1.96 * std::sqrt(0.25 / static_cast<double>(count)); };
  std::string precision = fmt::format(
      "Means are taken over {} runs of each scenario, so they are themselves a little blurred. The 95 % intervals of "
      "the mean tell how much: four times as many runs would halve them.",
      of.replicates);
  if (of.replicates > 0)
    precision += fmt::format(
        " The chance of a single city is known to ± {:.2f}{}.", half(of.replicates),
        drawn ? fmt::format(" where luck decides, to ± {:.2f} where the strengths do", half(of.draws)) : "");
  std::string luck =
      "Whether a city adopts is left to chance in every run. Bands and “5 to 95 % of runs” show where nine of ten runs "
      "end. More runs do not make them narrower.";
  if (drawn) luck += " What the strengths do is taken out of them.";
  std::string strengths = strengths_words(strengths_of(record));
  if (drawn)
    strengths += fmt::format(
        " Here {} draws were made, with {} runs each. More runs do not make “5 to 95 % of draws” narrower; better data "
        "would.",
        of.draws, of.per_draw);
  return "<section aria-labelledby=\"sure\">\n<h2 id=\"sure\">How sure is this?</h2>\n" +
         html_paragraph(
             "Three things are uncertain here, and they are of different kinds. All of them concern the model: "
             "shares and differences describe what happens in its runs, not what has been observed of a "
             "programme.") +
         part("Luck: the same programme can end differently", luck) +
         part("Precision: so many runs and no more", precision) +
         part(drawn ? "Strengths: what the data leave open" : "Strengths: what the model assumes", strengths) +
         html_paragraph("Whether the right mechanisms are in the model at all is in none of these numbers.") +
         "</section>\n";
}

std::string origin_section(ComparisonRecord const& record) {
  Clock const& clock = record.comparison.clock;
  std::string engine = "hansa " + record.engine_version;
  if (!record.engine_commit.empty()) engine += " (" + record.engine_commit + ")";
  return "<section aria-labelledby=\"origin\">\n<h2 id=\"origin\">Where the numbers come from</h2>\n<dl>\n" +
         item("Base", record.comparison.scenarios[0]) +
         item("Compared with it", fmt::format("{}", fmt::join(record.comparison.scenarios.begin() + 1,
                                                              record.comparison.scenarios.end(), ", "))) +
         item("Cities", std::to_string(record.comparison.cities)) +
         item("Time", fmt::format("{} to {}, in steps of one {}", clock.start, clock.end, clock.unit)) +
         item("Replicates", replicates_words(record)) + item("Seed of the random numbers", record.seed) +
         item("Strengths taken from", record.taken_from) + item("Strengths drawn from", record.drawn_from) +
         item("Currency of costs", record.currency) + item("Engine", engine) +
         item("SHA-256 of the world", record.world_sha256) + "</dl>\n" + inputs(record) + scenarios(record) +
         "</section>\n";
}

}  // namespace hansa
