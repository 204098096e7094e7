/// Elements 2 and 3: what there is, and what happens in a step.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "tell/describe_parts.hpp"
#include "tell/levels.hpp"
#include "world/reach.hpp"

namespace hansa {

namespace {

std::size_t members_ever(Collaboration const& collaboration) {
  std::vector<Index> cities;
  for (Membership const& each : collaboration.members) cities.push_back(each.city);
  std::ranges::sort(cities);
  return static_cast<std::size_t>(std::unique(cities.begin(), cities.end()) - cities.begin());
}

bool any_living(Scenario const& scenario) {
  return std::ranges::any_of(scenario.networks,
                             [](NetworkSpec const& network) { return network.dynamics.has_value(); });
}

void describe_kinds(Described const& what, Page& page) {
  World const& world = what.world;
  bool const learns = has_kind(what, "learning");
  bool const thresholds = std::ranges::any_of(what.scenario.policies,
                                              [](PolicySpec const& policy) { return policy.rule == Rule::threshold; });
  bool const adapts = std::ranges::any_of(what.scenario.policies,
                                          [](PolicySpec const& policy) { return policy.reinvention.has_value(); });
  std::string city = "attributes (below); for each policy whether it has adopted, when, and how often before; ";
  city += thresholds ? "its threshold or what is left of its resistance" : "what is left of its resistance";
  if (learns) city += "; mean and precision of its belief about what the policy does";
  if (adapts) city += "; whether it has adapted what it adopted";
  if (what.scenario.resources) city += "; its budget";
  std::vector<std::vector<std::string>> rows{{"city", std::to_string(world.cities.size()), city}};
  rows.push_back({"policy", std::to_string(what.scenario.policies.size()),
                  "rule, baseline, effects and mechanisms, all constant; the number of its adopters"});
  if (!world.networks.empty())
    rows.push_back({"network", std::to_string(world.networks.size()),
                    any_living(what.scenario)
                        ? "ties: who observes whom, with weights, and where they have dynamics their strengths"
                        : "ties: who observes whom, with weights"});
  if (!world.collaborations.empty())
    rows.push_back({"collaboration", std::to_string(world.collaborations.size()), "members, by date"});
  TextColumn const* const countries = world.cities.text("country");
  if (has_kind(what, "national") && countries != nullptr)
    rows.push_back({"country", std::to_string(countries->labels.size()), "by law: whether it is in force"});
  page.table({"entity", "number", "state variables"}, rows);
}

std::string range_of(std::vector<double> const& column) {
  double low = infinity, high = -infinity;
  for (double const each : column) {
    if (std::isnan(each)) continue;
    low = std::min(low, each);
    high = std::max(high, each);
  }
  if (low > high) return "no value";
  return fmt::format("{:.6g} to {:.6g}, median {:.6g}", low, high, median_of(column));
}

std::string derivation_of(Scenario const& scenario, std::string const& name) {
  for (DerivedAttribute const& each : scenario.cities.attributes) {
    if (each.name != name) continue;
    std::string text = each.from == DerivedAttribute::From::log    ? fmt::format("ln {}", each.column.name)
                       : each.from == DerivedAttribute::From::bins ? fmt::format("{} in classes", each.column.name)
                                                                   : each.column.name;
    if (each.standardize) text += ", standardised to mean 0 and standard deviation 1 (with n - 1)";
    for (std::size_t k = 0; k < each.at.size(); ++k)
      text += fmt::format("{}{} from {}", k == 0 ? ": " + each.labels.at(0) + " below, " : ", ", each.labels.at(k + 1),
                          each.at[k]);
    return text;
  }
  return scenario.cities.file ? "given" : "generated";
}

void describe_attributes(Described const& what, Page& page) {
  Cities const& cities = what.world.cities;
  std::vector<std::vector<std::string>> rows;
  auto const add = [&](std::string const& name, std::string values, std::size_t missing, bool changes) {
    rows.push_back({name, std::move(values), std::to_string(missing), changes ? "by step" : "constant",
                    derivation_of(what.scenario, name)});
  };
  for (auto const& [name, column] : cities.numbers) {
    auto const missing = std::ranges::count_if(column, [](double each) { return std::isnan(each); });
    add(name, range_of(column), static_cast<std::size_t>(missing), cities.later_numbers.contains(name));
  }
  for (auto const& [name, column] : cities.texts) {
    std::vector<std::string> some(column.labels.begin(),
                                  column.labels.begin() + std::min<std::ptrdiff_t>(6, std::ssize(column.labels)));
    std::string values = count_of(column.labels.size(), "value", "values");
    if (column.labels.size() <= some.size()) values += ": " + listed(some);
    auto const missing = std::ranges::count(column.code, -1);
    add(name, values, static_cast<std::size_t>(missing), cities.later_texts.contains(name));
  }
  if (rows.empty()) {
    page.paragraph("Cities have no attributes.");
  } else {
    page.paragraph("Attributes of the cities:");
    page.table({"attribute", "values", "missing", "over time", "from"}, rows);
  }
}

void describe_layers(Described const& what, Page& page) {
  std::vector<std::vector<std::string>> rows;
  for (NetworkLayer const& each : what.world.networks) {
    std::string const ties = each.group.empty() ? std::to_string(each.ties()) : "complete groups, not stored";
    rows.push_back({each.name, ties, each.weighted() ? "weighted" : "all 1", each.dated() ? "by step" : "constant"});
  }
  if (!rows.empty()) {
    page.paragraph(
        "Networks (a tie from source to target means that the target observes the source; a tie that both ends see "
        "counts twice here):");
    page.table({"network", "ties", "weights", "over time"}, rows);
  }
  rows.clear();
  for (Collaboration const& each : what.world.collaborations)
    rows.push_back({each.name, std::to_string(members_ever(each))});
  if (rows.empty()) return;
  page.paragraph("Collaborations are lists of members with dates, and are never turned into pairs of ties:");
  page.table({"collaboration", "cities that are members at some time"}, rows);
}

std::string space_words(Described const& what) {
  Cities const& cities = what.world.cities;
  if (cities.number("lat") != nullptr && cities.number("lon") != nullptr)
    return "Cities have places on the globe (degrees of latitude and longitude); distances are along great circles of "
           "a "
           "sphere of radius 6371.0088 km.";
  if (cities.number("x") != nullptr && cities.number("y") != nullptr) return "Cities have places x, y in a plane.";
  return "Cities have no places; space matters only where a network says so.";
}

bool any_lagged(Scenario const& scenario) {
  return std::ranges::any_of(scenario.networks,
                             [](NetworkSpec const& network) { return network.timing == TieTiming::lagged; });
}

/// What a step does beside adoptions.
void add_consequences(Described const& what, std::vector<std::string>& steps) {
  if (any_living(what.scenario))
    steps.emplace_back(
        "**Ties.** Those with dynamics lose strength, gain it where they were used in t, begin by visits and end where "
        "they are too weak; decisions of t + 1 see what is left.");
  if (recruits_members(what.scenario))
    steps.emplace_back(
        "**Members.** Cities are recruited by collaborations, from the members of t; those who join are members from "
        "t + 1 on.");
  if (has_pledges(what.scenario))
    steps.emplace_back(
        "**Pledges.** Members who did not adopt pledge to adopt with others; where enough have, they adopt at the "
        "beginning of t + 1, before anybody decides.");
  if (what.scenario.resources)
    steps.emplace_back("**Budgets.** What the step cost is paid, and income and what used ties bring are added.");
}

}  // namespace

void describe_entities(Described const& what, Page& page) {
  Clock const& clock = what.scenario.clock;
  page.heading(2, "2. Entities, state variables, and scales");
  page.paragraph("The agents are cities: city governments that decide on policies.");
  describe_kinds(what, page);
  describe_attributes(what, page);
  describe_layers(what, page);
  page.paragraph(fmt::format(
      "**Scales.** Time runs from {} to {} in {} of one {}. A step is the shortest time in which a city can react: "
      "influence travels at most one tie a step. {}{}",
      clock.start, clock.end, count_of(static_cast<std::size_t>(clock.steps()), "step", "steps"), clock.unit,
      space_words(what),
      what.scenario.currency.empty() ? "" : fmt::format(" Costs are in {}.", what.scenario.currency)));
}

void describe_schedule(Described const& what, Page& page) {
  page.heading(2, "3. Process overview and scheduling");
  page.paragraph("In each step t, all cities at once:");
  std::vector<std::string> steps;
  auto const& all = what.scenario.interventions;
  bool const seeds = std::ranges::any_of(all, [](InterventionSpec const& each) { return each.verb == "seed"; });
  if (std::ranges::any_of(all, changes_world))
    steps.emplace_back(
        "**Interventions in the world.** Cities that join or leave a collaboration in t, and ties that are added or "
        "removed in t, are members, or tied, from t on or up to t - 1.");
  std::string interventions = "**Interventions.** Those of t begin, and those that ended in t - 1 press no more.";
  if (seeds)
    interventions +=
        " Cities that are seeded in t adopt by that, whatever presses on them, and decide no more; others see them "
        "from t + 1 on, as they see all adopters.";
  if (!std::ranges::all_of(all, changes_world)) steps.push_back(interventions);
  steps.push_back(
      "**Who is at risk.** A city can adopt a policy in t if it has not adopted it, may decide on it at all, and is in "
      "the world in t" +
      std::string(what.scenario.resources ? ", and can pay for it from what it had at the end of t - 1" : "") +
      ". Policies of which the data date adoptions in t are replayed instead: those cities adopt, and nobody decides.");
  std::string pressure =
      "**Pressure.** Every city at risk feels the pressure of section 7, computed from who had adopted at the end of "
      "t - 1, with the ties and memberships of t";
  if (any_lagged(what.scenario)) pressure += " (networks with `ties: lagged`: the ties of t - 1)";
  steps.push_back(pressure + ".");
  steps.emplace_back(
      "**Decision.** A city adopts in the first step in which pressure overcomes its resistance. Nobody sees what "
      "others decide in the same step, so that no order among cities or policies matters.");
  steps.push_back("**Consequences.** All adoptions apply at once: counts, shares and exposures change" +
                  std::string(has_kind(what, "learning") ? ", what the policy is worth to new adopters is settled, "
                                                           "and cities that observe them move their beliefs."
                                                         : "."));
  if (has_kind(what, "national"))
    steps.emplace_back(
        "**National laws.** Governments count who of their cities has adopted by the end of t, and enact laws; cities "
        "feel those that come into force from t + 1 on.");
  add_consequences(what, steps);
  steps.emplace_back("**Record.** Adoptions are noted with what they are attributed to.");
  page.steps(steps);
  page.paragraph("The schedule as pseudo-code:");
  page.verbatim(
      fmt::format("for t in steps:\n"
                  "  for each policy p:\n"
                  "    if data date adoptions of p in t or later (replay): adopters(p, t) <- those of the data\n"
                  "    else: adopters(p, t) <- {}{{ i at risk : pressure_ip(<= t) >= resistance_ip }}\n"
                  "  apply all adopters(., t); update mechanisms{}{}; record\n",
                  seeds ? "{ i seeded in t } + " : "", any_living(what.scenario) ? "; update ties" : "",
                  what.scenario.resources ? "; update budgets" : ""));
}

}  // namespace hansa
