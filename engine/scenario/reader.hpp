/// Walks a draft against field tables: what is understood becomes parameters, what is not becomes complaints.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/schema.hpp"
#include "scenario/draft.hpp"
#include "scenario/parameters.hpp"
#include "scenario/scenario.hpp"

namespace hansa {

/// The names that a section defines.
struct Names {
  std::vector<std::string_view> known = {};  ///< sorted; into the draft
  bool complete = true;                      ///< false where the section was not understood: any name may be one of it
};

/// What all readers of one scenario share.
struct Reading {
  Complaints& complaints;
  std::filesystem::path folder;               ///< relative files are read from here
  std::span<Schema const* const> mechanisms;  ///< kinds that may be used
  Names networks = {};
  Names policies = {};
  std::span<ScenarioFile const> bases = {};  ///< files in them are read from their own folders
  std::map<std::string_view, Names, std::less<>> policy_mechanisms = {};  ///< the names of each policy's mechanisms
};

/// A value with the words by which complaints call it ("'seed'", "item 2 of 'on'"). The node belongs to the draft.
struct Item {
  std::string key;
  std::string label;
  Place where;  ///< of the key, or of the item of a list
  Node const* node;
};

[[nodiscard]] Item item_of(Node::Entry const& entry);
/// The value under `key` of a map, or nothing.
[[nodiscard]] std::optional<Item> child(Item const& parent, std::string_view key);
/// The items of a list; nothing, after a complaint naming `expected`, if it is none.
[[nodiscard]] std::vector<Item> items_of(Item const& item, std::string_view expected, Reading& reading);
/// The entries of a map without repetitions, which are complained of; nothing, after a complaint, if it is no map.
[[nodiscard]] std::vector<Item> entries_of(Item const& item, std::string_view expected, Reading& reading);

/// What to do about a key without a value that is the rest of a number, as 000 in {min: 300,000}, or holds its value,
/// as in {min:3}; empty if it is neither.
[[nodiscard]] std::string mend_for_slip(Item const& item);
/// Place of the value, or of the key if the value has none.
[[nodiscard]] Place const& value_place(Item const& item) noexcept;
/// "'seed' is 'x'": the problem of a value that is not what was expected.
[[nodiscard]] std::string refusal(Item const& item);
/// Complains that the item is not what was expected: "'seed' is 'x', a whole number was expected".
void refuse(Item const& item, std::string_view expected, Reading& reading);
void complain_twice(std::string const& what, Place const& where, Place const& before, Reading& reading);
/// What a value of the field looks like: "a list of numbers".
[[nodiscard]] std::string expected_of(Field const& field);
/// "a whole number from 0 to 5", after the range of the field.
[[nodiscard]] std::string range_text(Field const& field, std::string_view noun);

/// One value after its kind; std::monostate after a complaint, and for kinds with a reader of their own.
[[nodiscard]] Value read_value(Field const& field, Item const& item, Reading& reading);
[[nodiscard]] std::optional<double> read_number(Item const& item, Field const& field, Reading& reading);
/// Complains of unknown, repeated and missing keys and of wrong values. Defaults fill what is absent or wrong; fields
/// of a section inside are named `section.field`.
[[nodiscard]] Parameters read_section(Item const& item, std::span<Field const> fields, Reading& reading);
/// The defaults of a section that is not there; required fields inside are not missed.
[[nodiscard]] Parameters standards_of(std::span<Field const> fields, Place const& where, Reading& reading);
/// The one key of `names` that the map has; a complaint if it has several, or none (unless one of its keys was
/// complained of: then that is the one).
[[nodiscard]] std::optional<Item> exactly_one(Item const& item, std::span<std::string_view const> names,
                                              Reading& reading);

/// The name that a reference of the draft has, checked against the names that are defined.
[[nodiscard]] Reference read_defined(Item const& item, std::string_view noun, Names const& defined, Reading& reading);
/// Whether the names under `key` of a map with these fields can be known: false if they are no map, or the key was
/// misspelt, or is missing though it must be there.
[[nodiscard]] bool defines_names(Node const& map, std::string_view key, std::span<Field const> fields);
[[nodiscard]] bool check_name(Item const& item, Reading& reading);
[[nodiscard]] bool check_ascending(std::span<double const> numbers, Item const& item, Reading& reading);
/// A file, read from the folder of the scenario file that names it, and called by its path from the scenario's own.
[[nodiscard]] FileRef file_ref(std::string const& given, Place const& where, Reading const& reading);
[[nodiscard]] std::optional<std::int32_t> optional_label(Parameters const& parameters, std::string_view name);
[[nodiscard]] std::optional<Reference> optional_reference(Parameters const& parameters, std::string_view name);

// The sections, each in a file of its own.
[[nodiscard]] Selector read_selector(Item const& item, Reading& reading);
[[nodiscard]] std::optional<Pool> read_pool(Item const& item, Reading& reading);
[[nodiscard]] std::optional<Shape> read_shape(Item const& item, Reading& reading);
/// `read`: the parameters of the whole scenario (`cities.file`, `collaborations.file`).
[[nodiscard]] CitiesSpec read_cities(Item const& item, Parameters const& read, Reading& reading);
[[nodiscard]] std::vector<NetworkSpec> read_networks(Item const& item, Reading& reading);
/// Complains of mechanisms that would need the ties of complete groups.
void check_uses_of_groups(Scenario const& scenario, Reading& reading);
/// Complains of mechanisms that cannot follow ties that gain and lose strength.
void check_uses_of_living_ties(Scenario const& scenario, Reading& reading);
/// What cities can pay from; `read`: the parameters of the scenario.
[[nodiscard]] std::optional<ResourcesSpec> read_resources(Item const& item, Parameters const& read);
/// Complains of budgets from which nothing is paid, and of what cannot be paid from them. Needs all other sections.
void check_resources(Scenario const& scenario, Node const& root, Reading& reading);
[[nodiscard]] CollaborationsSpec read_collaborations(Item const& item, Parameters const& read, Reading& reading);
/// Complains of recruiting and pledges that lead to nothing. Needs all other sections.
void check_collaborations(Scenario const& scenario, Reading& reading);
[[nodiscard]] std::vector<PolicySpec> read_policies(Item const& item, Clock const& clock, Reading& reading);
/// Complains of policies that require or exclude themselves, both at once, or each other in a circle.
void check_bars(std::vector<PolicySpec> const& policies, Reading& reading);
/// Rule, baseline, thresholds and frailty of a policy; `read`: its parameters.
void read_rule(Item const& policy, Parameters const& read, PolicySpec& into, Reading& reading);
/// The baseline at which a city adopts with probability p in a step if nothing else presses.
[[nodiscard]] double baseline_of_chance(double p, Rule rule);
/// Complains of mechanisms and strengths that the policy's rule cannot take, and drops these mechanisms.
void refuse_mechanisms(Item const& mechanisms, PolicySpec& spec, Reading& reading);
/// What a policy is worth; `read`: its parameters, `spec`: its mechanisms.
[[nodiscard]] MeritSpec read_merit(Item const& policy, Parameters const& read, PolicySpec const& spec,
                                   Reading& reading);
/// How adopters adapt it; `read`: its parameters, `spec`: its mechanisms and cost.
[[nodiscard]] std::optional<ReinventionSpec> read_reinvention(Item const& policy, Parameters const& read,
                                                              PolicySpec const& spec, Reading& reading);
/// Whether some mechanism of the policy is of the kind learning, be it without mistakes or not.
[[nodiscard]] bool learns(Item const& policy);
/// What a unit of each attribute adds, sorted by name.
[[nodiscard]] std::vector<std::pair<Reference, double>> read_slopes(Item const& item, Reading& reading);
[[nodiscard]] Trend read_trend(Item const& item, Clock const& clock, Reading& reading);
/// Complains of what does not go together in a national law (`kind`: its parameters in the draft), and of a strength
/// beside one that binds or bars; notes its file. Does nothing to other kinds.
void check_law(Item const& mechanism, Item const& kind, MechanismSpec& spec, Reading& reading);
[[nodiscard]] std::vector<MechanismSpec> read_mechanisms(Item const& item, Reading& reading);
/// Sorted by name. `scenario`: its clock and policies.
[[nodiscard]] std::vector<InterventionSpec> read_interventions(Item const& item, Scenario const& scenario,
                                                               Reading& reading);

}  // namespace hansa
