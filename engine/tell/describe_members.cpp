/// Element 7: how cities join collaborations within the run, and what members pledge.
#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "tell/describe_parts.hpp"

namespace hansa {

namespace {

void describe_recruiting(Described const& what, CollaborationProperties const& of, Page& page) {
  RecruitSpec const& recruit = *of.recruit;
  page.paragraph(fmt::format("**Joining {}.** A city i that is no member joins with the hazard", code(of.name)));
  page.verbatim(fmt::format("h_i(t) = {} + {} s_i(t)\ns_i(t) = (sum_j w_ij s_ij m_j) / (sum_j w_ij)\n", recruit.base,
                            recruit.share));
  page.paragraph(fmt::format(
      "over the cities j that it observes in {} (m_j = 1 for members of t, s_ij the strength of the tie, 1 where ties "
      "have none), consumed at the end of t of a resistance R ~ Exp(1) of its own: who has used it up is a member from "
      "t + 1 on, until data or interventions have it leave or the collaboration is dissolved. After leaving it has a "
      "new "
      "resistance. The first {} has the members of the data, and who the data say is a member is one.",
      code(recruit.network.name), what.scenario.clock.unit));
}

std::string needs_words(PledgeSpec const& pledge) {
  return pledge.members > 0 ? count_of(static_cast<std::size_t>(pledge.members), "pledge", "pledges")
                            : fmt::format("pledges of a share of {} of the members", pledge.share);
}

void describe_pledges(Described const& what, CollaborationProperties const& of, Page& page) {
  PledgeSpec const& pledge = *of.pledge;
  Clock const& clock = what.scenario.clock;
  page.paragraph(fmt::format(
      "**Pledges in {}.** Members conclude an assurance contract on {} (Bagnoli & Lipman 1989): in each {} from {} to "
      "{} "
      "a member at risk consumes the hazard of adopting, with what the collaboration produces at its most (G(1) = 1 in "
      "collective mechanisms), of a resistance R ~ Exp(1) of its own besides that of adopting, and has pledged once it "
      "is used up. A pledge stands until its city adopts or leaves. With {} at the end of t, all whose pledges stand "
      "adopt at the beginning of t + 1 and pay; those that cannot default (barred, or without money or attention), and "
      "if the others are too few nobody adopts. A contract that is kept, or not by the {} after its deadline, ends, "
      "and "
      "with it the pledges.",
      code(of.name), code(pledge.policy.name), clock.unit, pledge.from.value_or(clock.start),
      pledge.deadline.value_or(clock.end), needs_words(pledge), clock.unit));
}

}  // namespace

void describe_members(Described const& what, Page& page) {
  for (CollaborationProperties const& each : what.scenario.collaborations.properties) {
    if (each.recruit) describe_recruiting(what, each, page);
    if (each.pledge) describe_pledges(what, each, page);
  }
}

bool recruits_members(Scenario const& scenario) noexcept {
  return std::ranges::any_of(scenario.collaborations.properties,
                             [](CollaborationProperties const& each) { return each.recruit.has_value(); });
}

bool has_pledges(Scenario const& scenario) noexcept {
  return std::ranges::any_of(scenario.collaborations.properties,
                             [](CollaborationProperties const& each) { return each.pledge.has_value(); });
}

}  // namespace hansa
