/// Element 7: what is common to all policies, the networks, random numbers; and the table of all settings.
#include <algorithm>
#include <string_view>
#include <variant>

#include <fmt/format.h>

#include "tell/describe_parts.hpp"
#include "world/reach.hpp"

namespace hansa {

namespace {

void describe_notation(Page& page) {
  page.paragraph(
      "Notation: i is the city that decides, j one that it observes, t a step; A_j is 1 while j has adopted, at the "
      "end "
      "of the step before; w_ij is the weight of the tie along which i observes j; M is the value of a mechanism, "
      "theta "
      "its strength; [x = y] is 1 where it holds, else 0; N(0, s^2) is the normal law with standard deviation s.");
}

void describe_networks(Described const& what, Page& page) {
  if (what.scenario.networks.empty()) return;
  page.heading(3, "Networks");
  std::vector<std::string> items;
  for (NetworkSpec const& each : what.scenario.networks)
    items.push_back(fmt::format("{}: {}", code(each.name), network_words(each)));
  page.bullets(items);
}

/// "`fund`: in 2006, 20 cities are seeded with `led`, each with chance 0.9. Cost: 100 EUR."
std::string intervention_words(Described const& what, std::size_t number) {
  InterventionModel const& each = what.model.interventions.at(number);
  std::string const when =
      each.until ? fmt::format("from {} to {}", each.label, *each.until) : fmt::format("in {}", each.label);
  std::string text = fmt::format("{}: {}, {}.", code(each.name), when, act_words(what, number));
  if (!each.cost) return text;
  std::string const currency = what.scenario.currency.empty() ? "" : " " + quoted_words(what.scenario.currency);
  return text + fmt::format(" Cost to its funder: {}{}.", *each.cost, currency);
}

template <class Act>
bool any(Scenario const& scenario) {
  return std::ranges::any_of(scenario.interventions,
                             [](InterventionSpec const& each) { return std::holds_alternative<Act>(each.act); });
}

void describe_interventions(Described const& what, Page& page) {
  if (what.model.interventions.empty()) return;
  auto const& all = what.scenario.interventions;
  page.heading(3, "Interventions");
  std::string text;
  if (any<SeedSpec>(what.scenario))
    text +=
        "A city that is seeded adopts in that step, whatever the rule, its pressure and its resistance are; one that "
        "has adopted before is left as it is. Whether a seed succeeds is drawn for each city, by the names of the "
        "intervention and the city, so that a larger chance reaches the same cities and more. ";
  if (any<PushSpec>(what.scenario))
    text +=
        "A push is added to the predictor eta of its cities (rules additive and cascade: to the hazard; linear: to the "
        "probability; threshold: to the pressure that is compared); several on one city add up. ";
  if (any<CampaignSpec>(what.scenario))
    text += "A campaign multiplies the strength theta of one mechanism for its cities; several on one city multiply. ";
  if (any<MandateSpec>(what.scenario))
    text +=
        "A mandate with compliance p adds -ln(1 - p), at most 64, to the hazard of its cities in each step, so that "
        "the chance to stay without the policy is multiplied by 1 - p; under rule threshold a city whose threshold is "
        "not reached complies with chance p, drawn by the names of the intervention and the city, and by the step. ";
  if (any<SubsidySpec>(what.scenario))
    text +=
        "A subsidy pays a share of what the policy costs its cities, or an amount of each payment, in the steps in "
        "which it is in force; several on one city add up, to at most 99 %. What cities pay is c_net = c - subsidy, "
        "and mechanisms of the kind scale see the net price: M grows by ln(c / c_net), shared equally between them, "
        "and what it adds to adoptions is attributed to them. One with a budget ends after the step in which it has "
        "paid that much; all of that step still have it. Cities that are seeded have nothing to pay for adopting, "
        "and get nothing for it. ";
  if (any<SetSpec>(what.scenario))
    text +=
        "Where a number is set, the equations above hold with it while that lasts, and with what it is otherwise "
        "before and after; what was drawn, seen, enacted or paid in a step stays as it was then. A standard deviation "
        "of frailty multiplies the same draws; a mechanism with another parameter has "
        "the value that it would have if the parameter had always been that, counted from the first adoption on. ";
  if (std::ranges::any_of(all, changes_world))
    text +=
        "Members and ties that interventions change are in force, or no longer in force, in the decisions of that step "
        "and later ones (of lagged networks one step later). Interventions of one date are chosen by what the data and "
        "earlier dates have made of the world, and take effect together. ";
  bool const adds = std::ranges::any_of(all, [](InterventionSpec const& each) {
    return !changes_world(each) && !std::holds_alternative<SetSpec>(each.act);
  });
  if (adds)
    text += any<SubsidySpec>(what.scenario) ? "What other interventions add to adoptions is attributed to them. "
                                            : "What interventions add to adoptions is attributed to them. ";
  page.paragraph(text + "Costs to funders are told, and change nothing in the run.");
  std::vector<std::string> items;
  for (std::size_t k = 0; k < what.model.interventions.size(); ++k) items.push_back(intervention_words(what, k));
  page.bullets(items);
}

void describe_draws(Described const& what, Page& page) {
  page.heading(3, "Random numbers and precision");
  std::string text = fmt::format(
      "Philox (Salmon et al. 2011), a function of a key (seed {}, replicate, purpose, policy) and a counter (hash of "
      "the "
      "city's id, episode or step): no state, so that no draw depends on the order of computation, and a city that is "
      "added moves nobody else's. ",
      what.scenario.seed);
  text +=
      "Resistances and hazards lie on the grid 2^-44, on which they subtract exactly; sums that many events feed are "
      "integers. ";
  text +=
      "A predictor beyond 80 either way ends the run with an error. Pressures of the rules logit, cloglog, additive "
      "and "
      "linear are computed in single precision, each function with a relative error below 2e-7; those of thresholds "
      "and "
      "cascades, and what accumulates, in double precision.";
  page.paragraph(text);
}

/// True for numbers of the model that the author set: not for dates of data, nor for which cities are meant.
bool is_parameter(Setting const& setting) {
  bool const of_model = setting.path.starts_with("policies.") || setting.path.starts_with("networks.") ||
                        setting.path.ends_with("].seed.success") || setting.path.ends_with("].push.strength") ||
                        setting.path.ends_with("].campaign.factor") || setting.path.ends_with("].mandate.compliance") ||
                        setting.path.ends_with("].add_ties.weight") ||
                        setting.path.find("].set.") != std::string::npos ||
                        setting.path.find("].subsidy.") != std::string::npos;
  bool const of_data =
      setting.path.find(".adopters") != std::string::npos || setting.path.find(".at_risk") != std::string::npos;
  if (setting.given != Given::written || !of_model || of_data) return false;
  switch (setting.field->kind) {
    case Kind::number:
    case Kind::chance:
    case Kind::integer:
    case Kind::number_or_attribute:
    case Kind::numbers:
    case Kind::shape:
    case Kind::map:
    case Kind::list:
      return true;
    default:
      return false;
  }
}

/// The value of a setting; of a default that depends on others, what they make of it.
std::string value_of(Scenario const& scenario, Setting const& setting) {
  if (setting.given != Given::standard) return setting.value;
  for (NetworkSpec const& network : scenario.networks) {
    if (setting.path == joined(joined("networks", network.name), "directed"))
      return network.directed ? "true" : "false";
  }
  if (setting.path == "title") return scenario.title;
  if (setting.path == "output.file") return scenario.file.stem().string() + ".h5";
  return setting.value;
}

}  // namespace

void describe_submodels(Described const& what, Page& page) {
  page.heading(2, "7. Submodels");
  describe_notation(page);
  describe_policies(what, page);
  describe_resources(what, page);
  describe_members(what, page);
  describe_networks(what, page);
  describe_interventions(what, page);
  describe_draws(what, page);
}

void describe_parameters(Described const& what, Page& page) {
  page.heading(2, "Parameters and settings");
  page.paragraph(
      "Everything that the scenario sets, and every default that applies. Where the author names no source, a number "
      "counts as assumed.");
  std::vector<std::vector<std::string>> rows;
  for (Setting const& each : settings_of(what.root, what.mechanisms)) {
    if (each.path == "purpose" || each.path == "patterns") continue;  // they are the first element
    if (each.path == "base" || each.path == "remove") continue;       // they are merged
    std::string source = quoted_words(source_of(what.scenario, each.path));
    if (source.empty() && is_parameter(each)) source = "assumed (not stated)";
    std::string const given = each.given == Given::written    ? "set"
                              : each.given == Given::standard ? "default"
                                                              : "not set";
    rows.push_back({code(each.path), each.given == Given::absent ? "" : code(value_of(what.scenario, each)), given,
                    source, meaning_of(*each.field)});
  }
  page.table({"path", "value", "", "source", "meaning"}, rows);
}

}  // namespace hansa
