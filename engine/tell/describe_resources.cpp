/// Element 7: budgets, what ties bring that are used, and fees.
#include <fmt/format.h>

#include "tell/describe_parts.hpp"

namespace hansa {

namespace {

/// A number, or the attribute that it is read off.
std::string amount_words(NumberOrAttribute const& amount) {
  auto const* attribute = std::get_if<Reference>(&amount);
  return attribute != nullptr ? fmt::format("{}_i", attribute->name) : fmt::format("{}", std::get<double>(amount));
}

std::string formula(ResourcesSpec const& resources, bool fees) {
  std::string const kept = resources.growth == 0 ? "" : fmt::format("{} ", 1 + resources.growth);
  std::string text = fmt::format("B_i(t) = {}B_i(t - 1) + {}", kept, amount_words(resources.income));
  if (resources.returns) text += fmt::format(" + {} u_i(t)", resources.returns->per_tie);
  return fmt::format("{} - c_i(t){}\nB_i(0) = {}\n", text, fees ? " - f_i(t)" : "", amount_words(resources.initial));
}

void describe_budgets(Described const& what, bool fees, Page& page) {
  ResourcesSpec const& resources = *what.scenario.resources;
  std::string const& unit = what.scenario.clock.unit;
  page.heading(3, "Budgets");
  page.paragraph(fmt::format("Every city has a budget, which changes at the end of each {}:", unit));
  page.verbatim(formula(resources, fees));
  std::string text = "c_i(t) is what the city pays for policies in t";
  if (fees) text += ", f_i(t) what it pays to collaborations";
  text += ".";
  if (resources.returns)
    text += fmt::format(
        " u_i(t) is the number of ties of the network {} that end or begin at the city and are used in t: a tie is "
        "used "
        "when its target adopts in t what its source had at the end of t - 1. Benefits accrue only along ties that are "
        "used, to both cities.",
        code(resources.returns->network.name));
  text += fmt::format(
      " What is bought in t is paid from the budget of the end of t - 1: of several policies in the order in which "
      "their "
      "pressure overcomes resistance within the {}, each from what those before it have left. What runs on, and fees, "
      "are paid whatever is left: a budget may fall below 0, and buys nothing then.",
      unit);
  page.paragraph(text);
}

}  // namespace

void describe_resources(Described const& what, Page& page) {
  std::vector<std::string> fees;
  for (CollaborationProperties const& each : what.scenario.collaborations.properties)
    if (each.fee)
      fees.push_back(
          fmt::format("members of {} pay {} {}", code(each.name), each.fee->amount,
                      each.fee->per == CostPer::once ? "in the step in which they join" : "in every step as a member"));
  if (what.scenario.resources) describe_budgets(what, !fees.empty(), page);
  if (!fees.empty()) page.paragraph(fmt::format("**Fees.** {}.", fmt::join(fees, "; ")));
}

}  // namespace hansa
