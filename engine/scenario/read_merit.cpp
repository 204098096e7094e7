/// Reads `merit` of a policy: what it is worth to those who adopt it.
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

}  // namespace

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
