/// What interventions do, each in a clause.
#include <variant>

#include <fmt/format.h>

#include "tell/describe_parts.hpp"
#include "tell/found.hpp"
#include "tell/set_words.hpp"

namespace hansa {

namespace {

/// "lyon-fra, oslo-nor, quito-ecu and 17 more", or "no city".
std::string named(Described const& what, std::vector<Index> const& cities) {
  if (cities.empty()) return "no city";
  constexpr std::size_t most = 4, shown = 3;
  std::vector<std::string> names;
  for (Index const city : cities) {
    if (cities.size() > most && names.size() == shown) break;
    names.push_back(code(what.world.cities.id[city]));
  }
  if (names.size() < cities.size()) names.push_back(std::to_string(cities.size() - names.size()) + " more");
  return listed(names);
}

/// "`lyon-fra` and `oslo-nor`", or "of" them where not all of them change.
std::string those(Described const& what, Reach const& reach) {
  return (reach.changed < reach.cities.size() ? "of " : "") + named(what, reach.cities);
}

struct Clause {
  Described const& what;
  InterventionModel const& each;
  Reach const& reach;

  [[nodiscard]] std::string policy() const { return code(what.model.policies[each.policy->value].name); }
  /// "20 cities are": those that can adopt.
  [[nodiscard]] std::string those_at_risk(std::string_view one, std::string_view many) const {
    return count_of(each.cities, fmt::format("city {}", one), fmt::format("cities {}", many));
  }
  [[nodiscard]] std::string ties(std::string_view one, std::string_view many) const {
    return count_of(reach.changed, one, many);
  }
  /// " from `a` to 5 cities", or those of a file.
  template <class Act>
  [[nodiscard]] std::string ends(Act const& act) const {
    if (act.file) return fmt::format(", the rows of {}", code(act.file->given));
    auto const all = [&](std::vector<Index> const& cities) {
      return cities.size() == what.world.cities.size() ? std::string("all cities") : named(what, cities);
    };
    return fmt::format(" from {} to {}", all(reach.sources), all(reach.targets));
  }

  std::string operator()(SeedSpec const& act) const {
    std::string const chance = act.success < 1 ? fmt::format(", each with chance {}", act.success) : "";
    return fmt::format("{} seeded with {}{}", those_at_risk("is", "are"), policy(), chance);
  }
  std::string operator()(PushSpec const& act) const {
    return fmt::format("{} {} pressure towards {}: {} is added", those_at_risk("feels", "feel"),
                       act.strength < 0 ? "less" : "more", policy(), act.strength);
  }
  std::string operator()(CampaignSpec const& act) const {
    return fmt::format("{} presses {} times as strongly towards {} on {}", code(act.mechanism.name), act.factor,
                       policy(), count_of(each.cities, "city", "cities"));
  }
  std::string operator()(MandateSpec const& act) const {
    return fmt::format("{} bound to adopt {}, and {} with chance {} in each step", those_at_risk("is", "are"), policy(),
                       each.cities == 1 ? "complies" : "comply", act.compliance);
  }
  std::string operator()(SubsidySpec const& act) const {
    std::string const text = fmt::format("{} of what {} costs {} is paid by others", subsidy_words(act), policy(),
                                         count_of(each.cities, "city", "cities"));
    return act.budget ? fmt::format("{}, until {} in all are spent", text, *act.budget) : text;
  }
  std::string operator()(JoinSpec const& act) const {
    return fmt::format("{} {} ({})", count_of(reach.changed, "city joins", "cities join"), code(act.collaboration.name),
                       those(what, reach));
  }
  std::string operator()(LeaveSpec const& act) const {
    return fmt::format("{} {} ({})", count_of(reach.changed, "city leaves", "cities leave"),
                       code(act.collaboration.name), those(what, reach));
  }
  std::string operator()(DissolveSpec const& act) const {
    return fmt::format(
        "{} is dissolved, and its {}", code(act.collaboration.name),
        reach.cities.size() == 1 ? "member leaves it" : std::to_string(reach.cities.size()) + " members leave it");
  }
  std::string operator()(AddTiesSpec const& act) const {
    return fmt::format("{} added to {}{}{}", ties("tie is", "ties are"), code(act.network.name), ends(act),
                       act.file ? "" : fmt::format(", each of weight {}", act.weight));
  }
  std::string operator()(RemoveTiesSpec const& act) const {
    return fmt::format("{} removed from {}{}", ties("tie is", "ties are"), code(act.network.name), ends(act));
  }
  std::string operator()(SetSpec const& act) const {
    std::vector<std::string> numbers;
    for (SetWords const& words : set_words(act, what.scenario))
      numbers.push_back(fmt::format("{} is {} instead of {}", code(words.path), words.number, words.instead));
    return listed(numbers);
  }
};

}  // namespace

std::string act_words(Described const& what, std::size_t intervention) {
  InterventionModel const& each = what.model.interventions.at(intervention);
  Clause const clause{what, each, what.world.reached.at(each.name)};
  return std::visit(clause, what.scenario.interventions.at(intervention).act);
}

}  // namespace hansa
