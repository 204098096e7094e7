/// Tells laws from what presses, and checks what goes together in them.
#include "scenario/laws.hpp"

#include <fmt/format.h>

#include "scenario/reader.hpp"

namespace hansa {

bool is_law(MechanismSpec const& mechanism) {
  return mechanism.kind == "national" && mechanism.parameters.has("kind") &&
         mechanism.parameters.text("kind") != "enabling";
}

void check_law(Item const& mechanism, Item const& kind, MechanismSpec& spec, Reading& reading) {
  constexpr std::string_view triggers[] = {"share", "hazard", "file"};
  if (spec.kind != "national") return;
  auto const enact = child(kind, "enact");
  auto const trigger = enact ? exactly_one(*enact, triggers, reading) : std::nullopt;
  if (trigger && trigger->key == "file" && spec.parameters.has("enact.file"))
    spec.file = file_ref(spec.parameters.text("enact.file"), spec.parameters.place("enact.file"), reading);
  auto const delay = child(kind, "delay");
  if (delay && trigger && trigger->key == "file")
    reading.complaints.add("'delay' cannot stand beside 'file'", delay->where,
                           "the file says from when laws are in force");
  std::string const word = spec.parameters.has("kind") ? spec.parameters.text("kind") : std::string();
  auto const compliance = child(kind, "compliance");
  if (compliance && !word.empty() && word != "mandate")
    reading.complaints.add("'compliance' goes only with 'kind: mandate'", compliance->where);
  if (!is_law(spec)) return;
  for (std::string_view const key : {"strength", "strength_by"})
    if (auto const given = child(mechanism, key))
      reading.complaints.add(fmt::format("'{}' cannot stand beside 'kind: {}'", key, word), given->where,
                             word == "mandate" ? "a mandate has a compliance, and presses by it alone"
                                               : "what bars cities does not press on them");
}

}  // namespace hansa
