/// Says what a sweep would run.
#include "tell/sweep_words.hpp"

#include <fmt/format.h>

#include "scenario/sweep_points.hpp"

namespace hansa {

namespace {

std::string values_words(std::vector<Node> const& values) {
  constexpr std::size_t most = 8;
  std::string text = values.size() == 1 ? "always " : "one of ";
  for (std::size_t k = 0; k < std::min(most, values.size()); ++k) text += (k > 0 ? ", " : "") + values[k].text;
  return values.size() > most ? fmt::format("{}, … ({} values)", text, values.size()) : text;
}

std::string where_words(Selector const& selection) {
  std::string text;
  for (Condition const& each : selection.conditions) {
    text += fmt::format("{} with {}", text.empty() ? " of cities" : " and", each.attribute.name);
    for (std::size_t k = 0; k < each.values.size(); ++k) text += (k > 0 ? " or " : " ") + each.values[k].name;
    if (each.lowest) text += fmt::format(" from {}", *each.lowest);
    if (each.highest) text += fmt::format(" up to {}", *each.highest);
  }
  return text;
}

std::string_view plain_words(MeasureSpec::Of of) {
  using Of = MeasureSpec::Of;
  switch (of) {
    case Of::final_share:
      return "share of cities that have adopted in the end";
    case Of::time_to:
      return "first step";
    case Of::peak:
      return "most new adoptions in a step";
    case Of::peak_time:
      return "the step with most new adoptions";
    case Of::spending:
      return "what adopters have paid";
    case Of::population_covered:
      return "share of the population that lives in adopters";
    case Of::attribution:
      return "adoptions put down to each mechanism";
    case Of::share:
      return "share that has adopted";
    case Of::distance:
      return "root mean square distance from the observed curve of adopters";
    case Of::series:
      return "adopters at the end of every step";
  }
  return {};
}

}  // namespace

std::string design_words(DesignSpec const& design) {
  switch (design.kind) {
    case DesignKind::grid:
      return "a grid of all combinations";
    case DesignKind::one_at_a_time:
      return "one parameter at a time, the others as the scenario has them";
    case DesignKind::random:
      return fmt::format("{} independent random points", design.size);
    case DesignKind::latin_hypercube:
      return fmt::format("a Latin hypercube of {} points", design.size);
    case DesignKind::sobol:
      return fmt::format("{} scrambled Sobol' points", design.size);
    case DesignKind::saltelli:
      return fmt::format("a Saltelli design of {} base points{}", design.size,
                         design.second_order ? ", with pairs" : "");
    case DesignKind::morris:
      return fmt::format("a Morris design of {} {}", design.size,
                         design.plan == MorrisPlan::radial ? "radial blocks"
                                                           : fmt::format("trajectories on {} levels", design.levels));
    case DesignKind::list:
      return fmt::format("the points of {}", design.list->given);
  }
  return {};
}

std::string_view design_source(DesignSpec const& design) {
  switch (design.kind) {
    case DesignKind::latin_hypercube:
      return "McKay, Beckman & Conover 1979; Johnson, Moore & Ylvisaker 1990";
    case DesignKind::sobol:
      return "Sobol' 1967; Owen 1995; Joe & Kuo 2008";
    case DesignKind::saltelli:
      return "Saltelli 2002; Saltelli et al. 2010; Owen 1995; Joe & Kuo 2008";
    case DesignKind::morris:
      return design.plan == MorrisPlan::radial ? "Campolongo, Saltelli & Cariboni 2011; Owen 1995; Joe & Kuo 2008"
                                               : "Morris 1991";
    case DesignKind::grid:
    case DesignKind::one_at_a_time:
    case DesignKind::random:
    case DesignKind::list:
      break;
  }
  return {};
}

std::string law_words(Distribution const& law) {
  using Law = Distribution::Law;
  std::vector<double> const& n = law.numbers;
  switch (law.law) {
    case Law::uniform:
      return fmt::format("uniform from {} to {}", n[0], n[1]);
    case Law::log_uniform:
      return fmt::format("log-uniform from {} to {}", n[0], n[1]);
    case Law::normal:
      return fmt::format("normal, mean {} and sd {}", n[0], n[1]);
    case Law::truncated_normal:
      return fmt::format("normal, mean {} and sd {}, truncated to {} to {}", n[0], n[1], n[2], n[3]);
    case Law::triangular:
      return fmt::format("triangular from {} to {}, mode {}", n[0], n[2], n[1]);
    case Law::beta:
      return fmt::format("beta({}, {}) from {} to {}", n[0], n[1], n[2], n[3]);
    case Law::integer:
      return fmt::format("whole numbers from {} to {}", n[0], n[1]);
    case Law::values:
      return values_words(law.values);
  }
  return {};
}

std::string size_words(SweepSpec const& sweep, std::int64_t replicates) {
  bool const of_rows = sweep.design.kind == DesignKind::grid && !sweep.tables.empty();
  bool const unknown = sweep.design.kind == DesignKind::list || of_rows;
  double const points = unknown ? 0 : count_points(sweep, {});
  std::int64_t const each = sweep.replicates.value_or(replicates);
  std::string text = points > 0 ? fmt::format("{:.0f} points", points) : "as many points as the files have";
  if (!sweep.scenarios.empty())
    text += fmt::format(" in each of {} scenario{}", sweep.scenarios.size(), sweep.scenarios.size() == 1 ? "" : "s");
  return fmt::format("{}, {} replicate{} each", text, each, each == 1 ? "" : "s");
}

std::string measure_words(MeasureSpec const& measure) {
  std::string text(plain_words(measure.of));
  std::string const cities = measure.cities ? where_words(*measure.cities) : "";
  if (measure.of == MeasureSpec::Of::time_to)
    text += fmt::format(" at which {} %{} have adopted", measure.share * 100, cities.empty() ? " of cities" : cities);
  else
    text += cities;
  if (measure.at) text += fmt::format(" by {}", *measure.at);
  if (measure.by) text += fmt::format(", by {}", measure.by->name);
  if (measure.paired_to) text += fmt::format(", less the same at point {}", *measure.paired_to);
  return text;
}

}  // namespace hansa
