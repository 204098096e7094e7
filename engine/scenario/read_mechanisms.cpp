/// Reads the mechanisms of a policy against the schemas of the kinds that exist.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/names.hpp"
#include "scenario/fields.hpp"
#include "scenario/reader.hpp"

namespace hansa {

namespace {

Schema const* find_kind(std::string_view name, Reading const& reading) {
  auto const found = std::find_if(reading.mechanisms.begin(), reading.mechanisms.end(),
                                  [&](Schema const* schema) { return schema->name == name; });
  return found == reading.mechanisms.end() ? nullptr : *found;
}

void refuse_kind(Item const& entry, Reading& reading) {
  std::vector<std::string_view> names;
  for (Schema const* schema : reading.mechanisms) names.push_back(schema->name);
  if (std::string mend = mend_for_slip(entry); !mend.empty())
    return reading.complaints.add(fmt::format("unknown key '{}'", entry.key), entry.where, std::move(mend));
  std::string_view const keys[] = {fields::mechanism[0].name, fields::mechanism[1].name};
  if (auto const key = nearest_name(entry.key, keys); !key.empty() && nearest_name(entry.key, names).empty())
    return reading.complaints.add(fmt::format("unknown key '{}'", entry.key), entry.where,
                                  fmt::format("did you mean '{}'?", key));
  reading.complaints.add(fmt::format("unknown mechanism '{}'", entry.key), entry.where,
                         expected_one_of(entry.key, names));
}

/// What an adoption may be attributed to besides mechanisms.
constexpr std::string_view reserved[] = {"baseline", "attributes", "trend", "frailty", "intervention", "data"};

MechanismSpec read_mechanism(Item const& item, Reading& reading) {
  MechanismSpec spec;
  spec.name = item.key;
  spec.where = item.where;
  if (check_name(item, reading) && std::ranges::find(reserved, spec.name) != std::end(reserved))
    reading.complaints.add(fmt::format("'{}' is a reserved name", spec.name), item.where,
                           "results use it beside the mechanisms: choose another one");
  Field const& strength = fields::mechanism[0];
  std::vector<std::string_view> kinds;
  for (Schema const* schema : reading.mechanisms) kinds.push_back(schema->name);
  for (Item const& entry : entries_of(item, "a map with a kind of mechanism", reading)) {
    if (entry.key == strength.name)
      spec.strength = read_number(entry, strength, reading).value_or(1);
    else if (entry.key == fields::mechanism[1].name)
      spec.strength_by = read_slopes(entry, reading);
    else if (!find_kind(entry.key, reading))
      refuse_kind(entry, reading);
  }
  auto const kind = exactly_one(item, kinds, reading);
  if (!kind) return spec;
  spec.kind = kind->key;
  spec.parameters = read_section(*kind, find_kind(kind->key, reading)->parameters, reading);
  check_law(item, *kind, spec, reading);
  return spec;
}

}  // namespace

std::vector<std::pair<Reference, double>> read_slopes(Item const& item, Reading& reading) {
  constexpr Field number = {.name = "slope"};
  std::vector<std::pair<Reference, double>> slopes;
  for (Item const& each : entries_of(item, "a map from attributes to numbers", reading)) {
    std::string mend = mend_for_slip(each);
    if (!mend.empty()) {
      reading.complaints.add(refusal(each), each.where, std::move(mend));
    } else {
      slopes.emplace_back(Reference{each.key, each.where}, read_number(each, number, reading).value_or(0));
    }
  }
  std::sort(slopes.begin(), slopes.end(), [](auto const& a, auto const& b) { return a.first.name < b.first.name; });
  return slopes;
}

std::vector<MechanismSpec> read_mechanisms(Item const& item, Reading& reading) {
  std::vector<MechanismSpec> mechanisms;
  for (Item const& each : entries_of(item, "a map of mechanisms by name", reading)) {
    std::size_t const before = reading.complaints.size();
    MechanismSpec mechanism = read_mechanism(each, reading);
    if (reading.complaints.size() == before) mechanisms.push_back(std::move(mechanism));
  }
  std::sort(mechanisms.begin(), mechanisms.end(), [](auto const& a, auto const& b) { return a.name < b.name; });
  return mechanisms;
}

}  // namespace hansa
