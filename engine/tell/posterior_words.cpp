/// Says what a calibration compares, and what it found.
#include "tell/posterior_words.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "calibration/posterior.hpp"
#include "tell/text_table.hpp"

namespace hansa {

namespace {

std::string in_digits(double value) {
  return std::isfinite(value) ? fmt::format("{:.4g}", value) : "-";
}

std::string_view why_it_ended(CalibrationEnd end) {
  switch (end) {
    case CalibrationEnd::generations:
      return "as many generations as were asked for";
    case CalibrationEnd::tolerance:
      return "the tolerance that was asked for is reached";
    case CalibrationEnd::acceptance:
      return "of the next generation fewer proposals were accepted than 'acceptance' asks for";
    case CalibrationEnd::settled:
      return "distances do not fall any more";
    case CalibrationEnd::stopped:
      return "interrupted: what is finished is kept, and the same command goes on";
  }
  return "";
}

std::string_view end_name(CalibrationEnd end) {
  constexpr std::string_view names[] = {"generations", "tolerance", "acceptance", "settled", "stopped"};
  return names[static_cast<std::size_t>(end)];
}

std::string generations_table(Calibration const& found) {
  std::vector<std::vector<std::string>> rows{{"generation", "tolerance", "proposals", "accepted", "effective size"}};
  for (std::size_t g = 0; g < found.generations.size(); ++g) {
    GenerationReport const& each = found.generations[g];
    rows.push_back({g == 0 ? "priors" : fmt::format("{}", g), in_digits(each.tolerance),
                    fmt::format("{}", each.proposals),
                    fmt::format("{:.1f} %", 100 * each.acceptance(found.posterior.size())),
                    fmt::format("{:.0f}", each.effective)});
  }
  return lay_out(rows, {Align::left, Align::right, Align::right, Align::right, Align::right});
}

std::string hypotheses_words(Calibration const& found) {
  if (found.hypotheses.empty()) return {};
  std::vector<double> const& chances = found.generations.back().hypotheses;
  std::vector<std::vector<std::string>> rows{{"hypothesis", "probability"}};
  for (std::size_t h = 0; h < chances.size(); ++h)
    rows.push_back({found.hypotheses[h], fmt::format("{:.3f}", chances[h])});
  return "\n" + lay_out(rows, {Align::left, Align::right}) +
         wrap(
             "Equal prior probabilities; ratios of these are those of the summaries, not of whole histories "
             "(Robert et al. 2011).",
             terminal_width, 0) +
         "\n";
}

std::string parameters_table(Calibration const& found) {
  std::vector<std::vector<std::string>> rows{{"parameter", "mean", "sd", "2.5 %", "median", "97.5 %"}};
  for (PosteriorOf const& each : posterior_table(found)) {
    std::string name = found.parameters[each.parameter];
    if (!found.hypotheses.empty()) name = found.hypotheses[each.hypothesis] + ": " + name;
    rows.push_back({name, in_digits(each.mean), in_digits(each.sd), in_digits(each.low), in_digits(each.median),
                    in_digits(each.high)});
  }
  return lay_out(rows, {Align::left, Align::right, Align::right, Align::right, Align::right, Align::right});
}

}  // namespace

std::string_view calibration_source(CalibrateSpec const& spec) {
  return spec.hypotheses.empty()
             ? "Beaumont et al. 2009; Del Moral, Doucet & Jasra 2012; Moran 1950; Toni et al. 2009; "
               "Valente 1996"
             : "Beaumont et al. 2009; Del Moral, Doucet & Jasra 2012; Moran 1950; Robert et al. 2011; "
               "Toni & Stumpf 2010; Toni et al. 2009; Valente 1996";
}

std::string summary_words(SummarySpec const& summary) {
  std::string const part = summary.by ? summary.by->name : "";
  switch (summary.of) {
    case SummarySpec::Of::curve:
      return "share of adopters at the end of every step";
    case SummarySpec::Of::curve_by_group:
      return "the same for each group" + (part.empty() ? "" : " of " + part);
    case SummarySpec::Of::exposure_at_adoption:
      return fmt::format(
          "share of the cities that an adopter observes in {} that had adopted before it: mean and "
          "standard deviation (Valente 1996)",
          part.empty() ? "each network" : part);
    case SummarySpec::Of::moran:
      return fmt::format(
          "Moran's I (Moran 1950) in {}: of having adopted in the end, and of the time of adoption among "
          "adopters",
          part.empty() ? "each network" : part);
    case SummarySpec::Of::seniority:
      return fmt::format(
          "for how many steps the cities that an adopter observes in {} had adopted: mean and standard deviation",
          part.empty() ? "each network" : part);
  }
  return {};
}

std::string posterior_words(Calibration const& found, std::string const& file) {
  if (found.generations.empty()) return fmt::format("{}\n", why_it_ended(found.end));
  std::string text = generations_table(found) + hypotheses_words(found) + "\n" + parameters_table(found) + "\n";
  text +=
      wrap(fmt::format("{} draws from the posterior; the end: {}.", found.posterior.size(), why_it_ended(found.end)),
           terminal_width, 0) +
      "\n";
  for (std::string const& each : found.left_unused)
    text += fmt::format("{} is the same in all histories under the priors, and was not compared.\n", each);
  if (found.failed > 0) text += fmt::format("{} histories failed, and were never taken.\n", found.failed);
  if (!file.empty()) text += fmt::format("All is in {}; hansa run --from {} --draw runs from it.\n", file, file);
  return text;
}

Node posterior_tree(Calibration const& found, std::string const& file) {
  std::vector<Node> generations, parameters;
  for (GenerationReport const& each : found.generations)
    generations.push_back(map_node({{"tolerance", number_node(each.tolerance)},
                                    {"proposals", number_node(each.proposals)},
                                    {"accepted", number_node(each.acceptance(found.posterior.size()))},
                                    {"effective_size", number_node(each.effective)},
                                    {"failed", number_node(each.failed)}}));
  for (PosteriorOf const& each : posterior_table(found)) {
    std::vector<std::pair<std::string, Node>> entry{{"parameter", text_node(found.parameters[each.parameter])}};
    if (!found.hypotheses.empty()) entry.emplace_back("hypothesis", text_node(found.hypotheses[each.hypothesis]));
    entry.emplace_back("mean", number_node(each.mean));
    entry.emplace_back("sd", number_node(each.sd));
    entry.emplace_back("low", number_node(each.low));
    entry.emplace_back("median", number_node(each.median));
    entry.emplace_back("high", number_node(each.high));
    parameters.push_back(map_node(std::move(entry)));
  }
  std::vector<std::pair<std::string, Node>> chances;
  for (std::size_t h = 0; h < found.hypotheses.size() && !found.generations.empty(); ++h)
    chances.emplace_back(found.hypotheses[h], number_node(found.generations.back().hypotheses[h]));
  return map_node({{"file", file.empty() ? Node() : text_node(file)},
                   {"particles", count_node(found.posterior.size())},
                   {"generations", list_node(std::move(generations))},
                   {"hypotheses", map_node(std::move(chances))},
                   {"parameters", list_node(std::move(parameters))},
                   {"not_compared", texts_node(found.left_unused)},
                   {"failed", number_node(found.failed)},
                   {"ended", text_node(std::string(end_name(found.end)))},
                   {"complete", truth_node(found.end != CalibrationEnd::stopped)},
                   {"seconds", number_node(found.seconds)}});
}

}  // namespace hansa
