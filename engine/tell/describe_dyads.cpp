/// The dyads of a description: which pairs of cities are compared, and by what.
#include <fmt/format.h>

#include "scenario/fields.hpp"
#include "tell/describe_parts.hpp"

namespace hansa {

namespace {

std::string covariate_words(DyadCovariate const& each) {
  std::string text(fields::dyad_covariate[static_cast<std::size_t>(each.of)].meaning);
  if (!each.what.name.empty()) text += fmt::format(" ({})", code(each.what.name));
  if (each.form == DyadCovariate::Form::logarithm) text += ": the logarithm";
  if (each.form == DyadCovariate::Form::square) text += ": the square";
  return text;
}

}  // namespace

void describe_dyads(Described const& what, Page& page) {
  if (!what.scenario.fit || !what.scenario.fit->dyads) return;
  DyadSpec const& spec = *what.scenario.fit->dyads;
  page.heading(2, "Dyadic event history");
  bool const conditional = spec.risk == DyadRisk::conditional;
  page.paragraph(fmt::format(
      "`hansa fit --dyads` takes pairs of a follower and a leader for rows: the event is that the follower adopts what "
      "the leader had adopted before. {} Leaders are {}.",
      conditional ? "A pair is at risk only in steps in which the follower can still emulate the leader (Boehmke 2009)."
                  : "All pairs are at risk in all steps, so that estimates mix emulation with what made leaders adopt "
                    "(Boehmke 2009).",
      spec.leaders ? fmt::format("those that the follower observes in {}", code(spec.leaders->name)) : "all others"));
  std::vector<std::vector<std::string>> rows;
  for (DyadCovariate const& each : spec.covariates) rows.push_back({code(each.name), covariate_words(each)});
  page.table({"Covariate", "Of a pair"}, rows);
}

}  // namespace hansa
