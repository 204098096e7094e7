/// Reads `merit` and `reinvention` of a policy: what it is worth to those who adopt it, and what they make of it.
#include <algorithm>

#include <fmt/format.h>

#include "scenario/fields.hpp"
#include "scenario/reader.hpp"

namespace hansa {

namespace {

/// Performance that is given cannot be drawn too; only its spread is still what observers reckon with.
void check_given(Item const& merit, Reading& reading) {
  for (std::string_view const key : {"mean", "attributes"})
    if (auto const drawn = child(merit, key))
      reading.complaints.add(fmt::format("'{}' cannot stand beside 'performance'", key), drawn->where,
                             "performance is either given or drawn");
}

/// True if the policy's cost is stated, by `cost` or by a mechanism that gives it.
bool has_cost(PolicySpec const& spec) {
  return spec.cost || std::any_of(spec.mechanisms.begin(), spec.mechanisms.end(), [](MechanismSpec const& each) {
           return each.kind == "scale" && each.parameters.has("shared.fixed");
         });
}

}  // namespace

bool learns(Item const& policy) {
  auto const mechanisms = child(policy, "mechanisms");
  return mechanisms && std::any_of(mechanisms->node->entries.begin(), mechanisms->node->entries.end(),
                                   [](Node::Entry const& each) { return each.value.find("learning") != nullptr; });
}

std::optional<ReinventionSpec> read_reinvention(Item const& policy, Parameters const& read, PolicySpec const& spec,
                                                Reading& reading) {
  auto const item = child(policy, "reinvention");
  if (!item || !read.has("reinvention.probability")) return std::nullopt;
  ReinventionSpec const made{read.number("reinvention.probability"), read.number("reinvention.gain"),
                             read.number("reinvention.cost"), item->where};
  bool const learned = learns(policy), priced = has_cost(spec);
  if (!learned && !priced) {
    reading.complaints.add(fmt::format("'reinvention' of {} has nothing to change", policy.label), item->where,
                           "a mechanism of the kind 'learning', which sees the gain, or a cost was expected");
  } else if (made.gain != 0 && !learned) {
    reading.complaints.warn(fmt::format("the gain of 'reinvention' of {} has no effect", policy.label),
                            read.place("reinvention.gain"), "only a learning mechanism takes notice of it");
  } else if (made.cost != 0 && !priced) {
    reading.complaints.warn(fmt::format("the cost of 'reinvention' of {} has no effect", policy.label),
                            read.place("reinvention.cost"), "it is a share of the policy's cost, which is not stated");
  } else if (made.gain == 0 && made.cost == 0) {
    reading.complaints.warn(fmt::format("'reinvention' of {} has no effect", policy.label), item->where,
                            "its gain and its cost are 0");
  }
  return made;
}

MeritSpec read_merit(Item const& policy, Parameters const& read, PolicySpec const& spec, Reading& reading) {
  MeritSpec merit;
  merit.where = policy.where;
  auto const item = child(policy, "merit");
  if (!item) return merit;
  merit.where = item->where;
  merit.mean = read.number("merit.mean");
  merit.spread = read.number("merit.spread");
  merit.performance = optional_reference(read, "merit.performance.attribute");
  if (auto const effects = child(*item, "attributes")) merit.attributes = read_slopes(*effects, reading);
  if (child(*item, "performance")) check_given(*item, reading);
  bool const learned = std::any_of(spec.mechanisms.begin(), spec.mechanisms.end(),
                                   [](MechanismSpec const& each) { return each.kind == "learning"; });
  if (!learned)
    reading.complaints.warn(fmt::format("'merit' of {} has no effect", policy.label), item->where,
                            "only a learning mechanism takes notice of it");
  return merit;
}

}  // namespace hansa
