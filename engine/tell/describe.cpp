/// The page as a whole: purpose and patterns, the other elements in order, settings, software and literature.
#include "tell/describe.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/version.hpp"
#include "statistics/statistic_words.hpp"
#include "tell/bibliography.hpp"
#include "tell/describe_parts.hpp"
#include "tell/posterior_words.hpp"
#include "tell/power_words.hpp"
#include "tell/rules.hpp"
#include "tell/selections.hpp"
#include "tell/set_words.hpp"
#include "tell/sweep_words.hpp"

namespace hansa {

namespace {

std::string stated(std::string const& words) {
  return words.empty() ? std::string(not_stated) : quoted_words(words);
}

void describe_purpose(Described const& what, Page& page) {
  page.heading(2, "1. Purpose and patterns");
  page.paragraph(fmt::format("**Purpose.** {}", stated(what.scenario.purpose)));
  page.paragraph(fmt::format("**Patterns.** {}", stated(what.scenario.patterns)));
}

void describe_software(Described const& what, Page& page) {
  page.heading(2, "Software and how to repeat this");
  page.paragraph(fmt::format(
      "Computed by hansa {} (commit {}, compiled with {}) from {} with seed {} and {}. The same scenario, data, seed "
      "and version give the same histories, bit for bit, on any number of threads.",
      version(), commit(), compiler(), code(what.scenario.file.filename().string()), what.scenario.seed,
      count_of(static_cast<std::size_t>(what.scenario.replicates), "replicate", "replicates")));
  page.paragraph(
      fmt::format("Please cite the software as: The hansa authors. hansa: an agent-based simulation engine for policy "
                  "diffusion among "
                  "cities, version {}; and beside it the literature below, from which the model is taken.",
                  version()));
}

void describe_literature(Described const& what, Page& page) {
  page.heading(2, "References");
  std::vector<std::string> full;
  for (std::string_view const key : works_cited(what)) {
    Work const* const work = find_work(key);
    full.push_back(work != nullptr ? fmt::format("{}.", work->full) : std::string(key));
  }
  page.bullets(full);
}

}  // namespace

std::string count_of(std::size_t number, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", number, number == 1 ? one : many);
}

std::string listed(std::vector<std::string> const& names) {
  std::string text;
  for (std::size_t k = 0; k < names.size(); ++k) {
    if (k > 0) text += k + 1 == names.size() ? " and " : ", ";
    text += names[k];
  }
  return text;
}

Schema const* schema_of(Described const& what, std::string_view kind) noexcept {
  auto const found = std::ranges::find(what.mechanisms, kind, &Schema::name);
  return found == what.mechanisms.end() ? nullptr : *found;
}

bool has_kind(Described const& what, std::string_view kind) noexcept {
  return std::ranges::any_of(what.scenario.policies, [&](PolicySpec const& policy) {
    return std::ranges::count(policy.mechanisms, kind, &MechanismSpec::kind) > 0;
  });
}

bool has_frailty(Scenario const& scenario) noexcept {
  double FrailtySpec::*const sds[] = {&FrailtySpec::city, &FrailtySpec::city_policy, &FrailtySpec::country,
                                      &FrailtySpec::period};
  return std::ranges::any_of(sds, [&](double FrailtySpec::*sd) { return is_ever_frail(scenario, sd); });
}

std::string source_of(Scenario const& scenario, std::string const& path) {
  for (std::string key = path; !key.empty(); key.resize(key.rfind('.') == std::string::npos ? 0 : key.rfind('.'))) {
    auto const found = scenario.sources.find(key);
    if (found != scenario.sources.end()) return found->second;
  }
  std::string of_parts;
  for (auto const& [key, source] : scenario.sources) {
    if (!key.starts_with(path + ".")) continue;
    of_parts += fmt::format("{}{}: {}", of_parts.empty() ? "" : "; ", key.substr(path.size() + 1), source);
  }
  return of_parts;
}

namespace {

std::string_view source_of(Centrality kind) {
  switch (kind) {
    case Centrality::degree:
      return "Freeman 1979";
    case Centrality::strength:
      return "Barrat et al. 2004";
    case Centrality::eigenvector:
      return "Bonacich 1972";
    case Centrality::pagerank:
      return "Brin & Page 1998";
    case Centrality::betweenness:
      return "Freeman 1977; Brandes 2001; Brandes & Pich 2007";
  }
  return {};
}

}  // namespace

std::vector<std::string_view> works_cited(Described const& what) {
  std::set<std::string_view> keys = {"Grimm et al. 2020", "Salmon et al. 2011"};
  if (std::ranges::any_of(what.scenario.policies, [](PolicySpec const& policy) {
        return policy.rule != Rule::cascade && policy.rule != Rule::threshold;
      }))
    keys.insert("Aumann & Shapley 1974");
  auto const cite = [&](std::string_view source) {
    for (std::string_view const key : keys_in(source)) keys.insert(key);
  };
  for (PolicySpec const& policy : what.scenario.policies) {
    cite(words_of(policy.rule).source);
    if (policy.rule != Rule::threshold) cite("Sellke 1983");
    if (policy.trend.form == Trend::Form::spline) cite("Harrell 2015");
    for (MechanismSpec const& each : policy.mechanisms) {
      if (Schema const* schema = schema_of(what, each.kind)) cite(schema->source);
      if (!each.strength_by.empty()) cite("Shipan & Volden 2008");
    }
    if (policy.frailty.city > 0) cite("Walker 1969");
    if (policy.abandonment) cite("Volden, Ting & Carpenter 2008");
    if (policy.reinvention) cite("Rice & Rogers 1980; Glick & Hays 1991");
  }
  if (has_pledges(what.scenario)) cite("Bagnoli & Lipman 1989");
  if (has_frailty(what.scenario)) cite("Vaupel, Manton & Stallard 1979");
  for (NetworkSpec const& network : what.scenario.networks) {
    cite(network_source(network));
    if (network.dynamics && network.dynamics->visits && network.dynamics->visits->closure > 0)
      cite("Jackson & Rogers 2007");
  }
  for (Centrality const kind : centralities_in(what.scenario)) cite(source_of(kind));
  if (what.scenario.sweep) cite(design_source(what.scenario.sweep->design));
  if (what.scenario.calibrate) cite(calibration_source(*what.scenario.calibrate));
  if (what.scenario.power) cite(power_source(*what.scenario.power));
  if (what.scenario.fit && what.scenario.fit->nulls) {
    if (what.scenario.fit->nulls->permutations > 0) cite("Krackhardt 1988");
    if (what.scenario.fit->nulls->rewirings > 0) cite("Maslov & Sneppen 2002");
  }
  if (what.scenario.fit && what.scenario.fit->goodness > 0) cite("Myllymäki et al. 2017");
  if (what.scenario.fit && what.scenario.fit->dyads) cite("Boehmke 2009");
  if (what.scenario.stats)
    for (StatisticSpec const& each : what.scenario.stats->entries) cite(statistic_source(each));
  return {keys.begin(), keys.end()};
}

std::string description(Described const& what) {
  Page page;
  page.heading(1, quoted_words(what.scenario.title));
  page.paragraph(fmt::format(
      "A description of the model after the ODD protocol (Overview, Design concepts, Details; Grimm et al. 2020), "
      "written by hansa {} from the scenario itself: the formulas, numbers and defaults below are those with which it "
      "runs. Purpose, patterns and the sources of parameters are the author's words; what the author left open is "
      "marked as {}.",
      version(), not_stated));
  describe_purpose(what, page);
  describe_entities(what, page);
  describe_schedule(what, page);
  describe_concepts(what, page);
  describe_beginning(what, page);
  describe_input(what, page);
  describe_submodels(what, page);
  describe_parameters(what, page);
  describe_sweep(what, page);
  describe_calibration(what, page);
  describe_power(what, page);
  describe_dyads(what, page);
  describe_statistics(what, page);
  describe_software(what, page);
  describe_literature(what, page);
  return page.text();
}

}  // namespace hansa
