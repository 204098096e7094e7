/// The study of power of a description: what would be simulated, and what would be fitted.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "tell/describe_parts.hpp"
#include "tell/power_words.hpp"

namespace hansa {

namespace {

std::string sizes_words(std::vector<double> const& sizes) {
  return fmt::format("{}", fmt::join(sizes, ", "));
}

std::string world_sentence(WorldSpec const& world) {
  std::string const sizes = sizes_words(world.strengths);
  switch (world.kind) {
    case WorldSpec::Kind::homophily:
      return fmt::format(
          "Latent homophily: a trait that nobody observes, alike along {} (autoregressive, correlation "
          "{}), drawn anew in each history, adds so many times to the predictor: {}.",
          code(world.name.name), world.correlation, sizes);
    case WorldSpec::Kind::law:
      return fmt::format("A simultaneous law: from {} on it adds to the predictor of its cities: {}.", world.at, sizes);
    case WorldSpec::Kind::membership:
      return fmt::format("Self-selected membership: members of {}, those to come among them, have from the start: {}.",
                         code(world.name.name), sizes);
    case WorldSpec::Kind::shocks:
      return fmt::format("Common shocks: a normal effect of each step, the same for all, with standard deviation: {}.",
                         sizes);
  }
  return {};
}

}  // namespace

void describe_power(Described const& what, Page& page) {
  if (!what.scenario.power) return;
  PowerSpec const& spec = *what.scenario.power;
  page.heading(2, "Power");
  std::string baselines = "Baselines are as the scenario has them.";
  if (spec.adoptions)
    baselines = fmt::format("Baselines are moved so that {} adoptions are scored on average.", *spec.adoptions);
  page.paragraph(fmt::format(
      "What the data could tell is studied by simulation ({}): {} histories from each hypothesis at each level of its "
      "effects, other mechanisms off, and every hypothesis fitted to each of them. An effect is found where the {} has "
      "p < {}. {} A single run does not look at it.",
      power_source(spec), spec.histories, spec.test == PowerTest::wald ? "Wald test" : "likelihood ratio test",
      spec.alpha, baselines));
  std::vector<std::vector<std::string>> hypotheses, effects;
  for (Hypothesis const& each : studied_hypotheses(what.scenario)) {
    std::vector<std::string> names;
    for (Reference const& mechanism : each.mechanisms) names.push_back(code(mechanism.name));
    hypotheses.push_back({each.name, names.empty() ? "none" : listed(names)});
  }
  page.table({"Hypothesis", "Mechanisms that act"}, hypotheses);
  for (PowerEffect const& each : spec.effects) effects.push_back({code(each.path.name), sizes_words(each.sizes)});
  if (!effects.empty()) page.table({"Effect", "Sizes, level by level"}, effects);
  if (spec.worlds.empty()) return;
  page.paragraph("Worlds without contagion, in which every hypothesis is fitted too (Shalizi & Thomas 2011):");
  std::vector<std::string> worlds;
  for (WorldSpec const& each : spec.worlds) worlds.push_back(world_sentence(each));
  page.bullets(worlds);
}

}  // namespace hansa
