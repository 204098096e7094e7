/// Follows paths to numbers that no policy has, and tells what is wrong with a path.
#include <algorithm>

#include <fmt/format.h>

#include "base/names.hpp"
#include "scenario/fields.hpp"
#include "scenario/policy_numbers.hpp"
#include "scenario/set_path.hpp"
#include "scenario/shared_numbers.hpp"

namespace hansa {

namespace {

constexpr std::string_view numbers_that_can =
    "numbers of policies can: baseline, attributes, trend, frailty, cost, reinvention, abandonment, merit, and those "
    "of mechanisms, as in policies.P.mechanisms.M.strength; and those of resources, of the dynamics of networks, of "
    "fees of collaborations, and attention of cities";

bool is_number(Field const& field) noexcept {
  return field.kind == Kind::number || field.kind == Kind::chance || field.kind == Kind::number_or_attribute;
}

}  // namespace

std::optional<SetTarget> SetPath::find() {
  constexpr Instead instead[] = {
      {"time", "the clock is the same for all that happens"},
      {"seed", "draws are keyed by it from the first step on: another one is another scenario"},
      {"replicates", "they are runs of the whole time"},
      {"countries", "the table of countries holds for all steps"},
      {"interventions", "an intervention of its own, with dates of its own, was expected"},
      {"output", "what is written is the same for all steps"},
      {"fit", "a fit looks at all steps"},
  };
  std::string const& section = keys_[0];
  if (section == "policies") return of_policy();
  if (section == "cities") return of_cities();
  if (section == "networks") return of_networks();
  if (section == "collaborations") return of_collaborations();
  if (section == "resources") return of_resources();
  return refuse_outside(section, fields::scenario, instead);
}

/// "the path 'x' leads to 'a', which is not there".
std::nullopt_t SetPath::miss(std::string_view stuck, Known known) {
  std::sort(known.begin(), known.end());
  reading_.complaints.add(fmt::format("the path {} leads to '{}', which is not there", entry_.label, stuck),
                          entry_.where, known.empty() ? "nothing stands there" : expected_one_of(stuck, known));
  return std::nullopt;
}

std::nullopt_t SetPath::refuse_path(std::string_view mend) {
  reading_.complaints.add(fmt::format("{} cannot be set at a date", entry_.label), entry_.where, std::string(mend));
  return std::nullopt;
}

std::nullopt_t SetPath::refuse_outside(std::string const& key, std::span<Field const> fields,
                                       std::span<Instead const> all) {
  auto const found = std::find_if(all.begin(), all.end(), [&](Instead const& each) { return each.key == key; });
  if (found != all.end()) return refuse_path(found->mend);
  Known known;
  for (Field const& each : fields) known.push_back(each.name);
  bool const exists = std::find(known.begin(), known.end(), key) != known.end();
  return exists ? refuse_path(numbers_that_can) : miss(key, known);
}

std::nullopt_t SetPath::refuse_depth() {
  return refuse_path(numbers_that_can);
}

std::optional<SetTarget> SetPath::in_section(std::span<Field const> table, std::size_t first, NumberAt at) {
  if (keys_.size() <= first) return refuse_depth();
  Located const found = locate(table, std::span(keys_).subspan(first));
  if (found.field == nullptr) {
    Known known;
    for (Field const& each : found.among) known.push_back(each.name);
    return miss(found.stuck, std::move(known));
  }
  if (!is_number(*found.field)) return refuse_depth();
  at.key = found.holder;
  bool const begins = at.of == NumberAt::Of::dynamics && at.key == "visits.decay_km" &&
                      number_in(scenario_, {}, {at.of, at.mechanism, "visits.rate"});
  std::string const policy = policy_ == nullptr ? std::string() : policy_->name;
  if (begins || number_in(scenario_, policy, at)) return SetTarget{at, found.field};
  if (found.field->kind == Kind::number_or_attribute) return refuse_path("an attribute gives each city its own");
  return miss(keys_.back(), {});
}

std::optional<SetTarget> SetPath::of_cities() {
  if (keys_.size() != 2 || keys_[1] != "attention")
    return refuse_path("a panel has attributes that change; 'attention' can be set");
  if (!scenario_.cities.attention) return refuse_path("no limit of attention is stated");
  return in_section(fields::cities, 1, {NumberAt::Of::attention});
}

std::optional<SetTarget> SetPath::of_networks() {
  constexpr std::string_view built =
      "ties are built once, before the first step: add_ties and remove_ties change them at a date";
  if (keys_.size() < 3) return refuse_path(built);
  auto const network = std::find_if(scenario_.networks.begin(), scenario_.networks.end(),
                                    [&](NetworkSpec const& each) { return each.name == keys_[1]; });
  if (network == scenario_.networks.end()) {
    bool const known = reading_.networks.complete &&
                       !std::binary_search(reading_.networks.known.begin(), reading_.networks.known.end(), keys_[1]);
    return known ? std::optional<SetTarget>(miss(keys_[1], reading_.networks.known)) : std::nullopt;
  }
  if (keys_[2] != "dynamics") return refuse_path(built);
  if (!network->dynamics) return refuse_path(fmt::format("the ties of '{}' have no dynamics", network->name));
  return in_section(fields::dynamics, 3, {NumberAt::Of::dynamics, network->name});
}

std::optional<SetTarget> SetPath::of_collaborations() {
  constexpr std::string_view others =
      "join, leave and dissolve change members at a date; the amount of a fee can be set";
  if (keys_.size() < 4 || keys_[1] != "properties" || keys_[3] != "fee") return refuse_path(others);
  auto const& all = scenario_.collaborations.properties;
  auto const club =
      std::find_if(all.begin(), all.end(), [&](CollaborationProperties const& each) { return each.name == keys_[2]; });
  if (club == all.end()) {
    Known known;
    for (CollaborationProperties const& each : all) known.push_back(each.name);
    return miss(keys_[2], std::move(known));
  }
  if (!club->fee) return refuse_path(fmt::format("'{}' asks no fee", club->name));
  return in_section(fields::fee, 4, {NumberAt::Of::fee, club->name});
}

std::optional<SetTarget> SetPath::of_resources() {
  if (!scenario_.resources) return refuse_path("cities have no budgets: 'resources' was expected");
  if (keys_.size() == 2 && keys_[1] == "initial")
    return refuse_path("budgets begin before the first step: 'income' can be set");
  return in_section(fields::resources, 1, {NumberAt::Of::resources});
}

}  // namespace hansa
