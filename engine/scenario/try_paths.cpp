/// Validates drafts with values of a sweep in them.
#include "scenario/try_paths.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/names.hpp"
#include "scenario/fields.hpp"
#include "scenario/validate.hpp"

namespace hansa {

namespace {

/// Sections and keys that no history depends on, or that are not a parameter.
constexpr std::string_view not_swept[] = {"hansa",    "title",   "seed",   "replicates",   "currency", "purpose",
                                          "patterns", "sources", "output", "fit",          "sweep",    "calibrate",
                                          "power",    "base",    "remove", "interventions"};

std::string mend_of(std::string_view key) {
  if (key == "seed" || key == "replicates")
    return "'replicates' of the sweep repeats every point; 'random_numbers: independent' gives each its own luck";
  if (key == "interventions")
    return "interventions are a list, which no path leads into: name what-if files in 'scenarios'";
  return "a path to what a run depends on was expected, as in policies.P.mechanisms.M.strength";
}

}  // namespace

void try_values(ScenarioDraft const& draft, std::span<TriedValue const> values,
                std::span<Schema const* const> mechanisms, Complaints& complaints) {
  ScenarioDraft tried;
  tried.file = draft.file;
  tried.bases = draft.bases;
  tried.root = draft.root;
  std::erase_if(tried.root.entries, [](Node::Entry const& each) {
    return each.key == "sweep" || each.key == "calibrate" || each.key == "power";
  });
  for (TriedValue const& each : values) {
    try {
      apply_setting(tried, each.path, each.value);
    } catch (Error const& error) {
      for (Complaint const& c : error.complaints()) complaints.add(c.problem, c.where, c.mend);
    }
  }
  Complaints found;
  (void)validate(tried, mechanisms, found);
  for (Complaint const& each : found.errors()) {
    bool const ours = std::any_of(values.begin(), values.end(),
                                  [&](TriedValue const& value) { return value.value.where == each.where; });
    if (ours) complaints.add(each.problem, each.where, each.mend);
  }
}

std::vector<std::string> swept_keys(std::string const& path, Place const& where, Complaints& complaints) {
  std::vector<std::string> keys;
  try {
    keys = split_path(path, where);
  } catch (Error const& error) {
    for (Complaint const& each : error.complaints()) complaints.add(each.problem, each.where, each.mend);
    return {};
  }
  if (std::find(std::begin(not_swept), std::end(not_swept), keys[0]) != std::end(not_swept)) {
    complaints.add(fmt::format("'{}' cannot be swept", path), where, mend_of(keys[0]));
    return {};
  }
  std::vector<std::string_view> known;
  for (Field const& each : fields::scenario)
    if (std::find(std::begin(not_swept), std::end(not_swept), each.name) == std::end(not_swept))
      known.push_back(each.name);
  if (std::find(known.begin(), known.end(), keys[0]) != known.end()) return keys;
  complaints.add(fmt::format("the path '{}' leads to '{}', which is not there", path, keys[0]), where,
                 expected_one_of(keys[0], known));
  return {};
}

Node value_node(double value, Place const& where) {
  Node node;
  node.form = Node::Form::scalar;
  node.text = fmt::format("{}", value);
  node.where = where;
  return node;
}

std::vector<Node> values_to_try(Distribution const& distribution, Place const& where) {
  using Law = Distribution::Law;
  std::vector<double> const& numbers = distribution.numbers;
  std::vector<Node> nodes;
  if (distribution.law == Law::values) {
    nodes = distribution.values;
    for (Node& each : nodes) each.where = where;
  } else if (distribution.law == Law::normal) {
    nodes.push_back(value_node(numbers[0], where));
  } else {
    bool const last_two = distribution.law == Law::truncated_normal || distribution.law == Law::beta;
    nodes.push_back(value_node(last_two ? numbers[2] : numbers.front(), where));
    nodes.push_back(value_node(numbers.back(), where));
  }
  return nodes;
}

}  // namespace hansa
