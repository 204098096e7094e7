/// Reads which shape parameters a fit estimates.
#include "scenario/read_profile.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "base/names.hpp"
#include "scenario/fields.hpp"
#include "scenario/shape_parameter.hpp"
#include "scenario/tables.hpp"
#include "scenario/validate.hpp"

namespace hansa {

namespace {

constexpr char const* example =
    "the path of a shape parameter was expected, as policies.P.mechanisms.M.exposure.half_life";

/// The node at a path, or null; `stuck` is the key that was not found.
Node const* find_path(Node const& root, std::vector<std::string> const& keys, Node const*& map, std::string& stuck) {
  Node const* node = &root;
  for (std::string const& key : keys) {
    map = node;
    stuck = key;
    node = node->find(key);
    if (!node) return nullptr;
  }
  return node;
}

/// True of the path of a parameter that every fit estimates.
bool is_coefficient(std::vector<std::string> const& keys) {
  constexpr std::string_view of_policy[] = {"baseline", "attributes", "trend", "frailty"};
  constexpr std::string_view of_mechanism[] = {"strength", "strength_by"};
  if (keys.size() < 3 || keys[0] != "policies") return false;
  if (std::find(std::begin(of_policy), std::end(of_policy), keys[2]) != std::end(of_policy)) return true;
  bool const mechanism = keys.size() > 4 && keys[2] == "mechanisms";
  return mechanism && std::find(std::begin(of_mechanism), std::end(of_mechanism), keys[4]) != std::end(of_mechanism);
}

void complain_of_missing(Reference const& path, Node const& map, std::string const& stuck, Reading& reading) {
  std::vector<std::string_view> known;
  for (Node::Entry const& each : map.entries) known.push_back(each.key);
  std::string mend = "a number that is written in this scenario was expected";
  if (auto const near = nearest_name(stuck, known); !near.empty()) mend += fmt::format("; did you mean '{}'?", near);
  reading.complaints.add(fmt::format("the path '{}' leads to '{}', which is not there", path.name, stuck), path.where,
                         std::move(mend));
}

/// Whether the section, and the mechanisms of the policy if those are missed, can be known.
bool is_understood(Node const& root, std::string_view section, Node const& map, std::string_view stuck) {
  bool const in_policy = section == "policies" && stuck == "mechanisms";
  return defines_names(root, section) && (!in_policy || defines_names(map, stuck, fields::policy));
}

/// Whether the path leads to a number that is written, and that no fit estimates anyway.
bool is_candidate(Reference const& path, Node const& root, Reading& reading) {
  std::vector<std::string> keys;
  try {
    keys = split_path(path.name, path.where);
  } catch (Error const& error) {
    for (Complaint const& each : error.complaints()) reading.complaints.add(each.problem, each.where, each.mend);
    return false;
  }
  Node const* map = &root;
  std::string stuck;
  Node const* const node = find_path(root, keys, map, stuck);
  bool const of_model = keys[0] == "policies" || keys[0] == "networks";
  if (!node && of_model && !is_understood(root, keys[0], *map, stuck)) return false;  // complained of
  if (!node) {
    complain_of_missing(path, *map, stuck, reading);
  } else if (is_coefficient(keys)) {
    reading.complaints.add(fmt::format("'{}' is estimated anyway", path.name), path.where, example);
  } else if (!of_model || node->form != Node::Form::scalar || node->quoted || !parse_number(node->text)) {
    reading.complaints.add(fmt::format("the path '{}' leads to no number of a policy or network", path.name),
                           path.where, example);
  } else {
    return true;
  }
  return false;
}

bool is_used(ShapeParameter const& shape, Scenario const& scenario, std::vector<std::string_view> const& scored,
             Reading const& reading) {
  return std::any_of(scenario.policies.begin(), scenario.policies.end(), [&](PolicySpec const& policy) {
    return std::find(scored.begin(), scored.end(), policy.name) != scored.end() &&
           !users_of(shape, policy, reading.mechanisms).empty();
  });
}

/// What stands in the way of a search for this parameter, and what to do; empty: nothing.
std::pair<std::string, std::string> obstacle(ShapeParameter const& shape, Scenario const& scenario,
                                             std::vector<std::string_view> const& scored, FitSpec const& spec,
                                             Reading const& reading) {
  std::string const& path = shape.path.name;
  if (!shape.policy.empty() && std::find(scored.begin(), scored.end(), shape.policy) == scored.end())
    return {fmt::format("'{}' is of a policy that is not fitted", path),
            fmt::format("name '{}' in 'policies' of 'fit', or leave the path out", shape.policy)};
  if (!is_used(shape, scenario, scored, reading))
    return {fmt::format("no mechanism of a fitted policy observes along network '{}'", shape.network),
            "leave the path out"};
  if (!shape.network.empty() && scored.size() > 1 && !spec.pooled)
    return {fmt::format("'{}' is common to policies that are fitted one by one", path),
            "pool them, or name one in 'policies' of 'fit'"};
  if (shape.field->lowest >= 0 && !(shape.value > 0))
    return {fmt::format("'{}' is {}, from where no factor leads away", path, shape.value),
            "a number above 0, where the search begins, was expected"};
  return {};
}

}  // namespace

void read_profile(Item const& item, Parameters const& read, Node const& root, Scenario const& scenario,
                  std::vector<std::string_view> const& scored, FitSpec& into, Reading& reading) {
  into.profile = read.references("profile");
  if (item.node->items.empty())
    reading.complaints.add("'profile' is empty", item.node->where, "at least one path was expected");
  std::map<std::pair<std::string, std::string>, std::string> pooled;  // mechanism and parameter -> path
  for (Reference const& path : into.profile) {
    if (!is_candidate(path, root, reading)) continue;
    auto const found = find_shape_parameter(scenario, reading.mechanisms, path);
    if (auto const* reason = std::get_if<std::string>(&found)) {
      if (!reason->empty()) reading.complaints.add(*reason, path.where, std::string(example));
      continue;
    }
    ShapeParameter const& shape = std::get<ShapeParameter>(found);
    if (auto [problem, mend] = obstacle(shape, scenario, scored, into, reading); !problem.empty()) {
      reading.complaints.add(std::move(problem), path.where, std::move(mend));
      continue;
    }
    if (!into.pooled || shape.mechanism.empty()) continue;
    auto const [first, fresh] = pooled.try_emplace({shape.mechanism, shape.parameter}, path.name);
    if (!fresh)
      reading.complaints.add(fmt::format("'{}' and '{}' are one number in a pooled fit", first->second, path.name),
                             path.where, "leave one of them out");
  }
}

}  // namespace hansa
