/// Checks collaborations whose members join within the run, and those that have pledges.
#include <algorithm>
#include <string>
#include <variant>

#include <fmt/format.h>

#include "scenario/reader.hpp"

namespace hansa {

namespace {

class MembersCheck {
 public:
  MembersCheck(Scenario const& scenario, Complaints& complaints)
      : scenario_(scenario), clock_(scenario.clock), complaints_(complaints) {}

  void check() {
    for (CollaborationProperties const& each : scenario_.collaborations.properties) {
      if (each.recruit) check_recruit(each, *each.recruit);
      if (each.pledge) check_pledge(each, *each.pledge);
    }
  }

 private:
  void check_recruit(CollaborationProperties const& of, RecruitSpec const& recruit) {
    Reference const& name = recruit.network;
    bool const groups = std::any_of(scenario_.networks.begin(), scenario_.networks.end(), [&](NetworkSpec const& each) {
      return each.name == name.name && std::holds_alternative<SameTies>(each.ties);
    });
    if (groups)
      complaints_.add(
          fmt::format("'recruit' cannot use network '{}', whose complete groups are never stored as ties", name.name),
          name.where, "a network with ties of its own was expected");
    if (recruit.base == 0 && recruit.share == 0)
      complaints_.warn(fmt::format("nobody ever joins '{}' within the run: its hazard is 0", of.name), recruit.where,
                       "its members are those of the data");
    if (knows_time() && of.dissolved && *of.dissolved <= clock_.start + 1)
      complaints_.add(
          fmt::format("'{}' recruits and is dissolved in {}, before anybody could have joined", of.name, *of.dissolved),
          recruit.where, fmt::format("'dissolved' after {} was expected, or no 'recruit'", clock_.start + 1));
  }

  void check_pledge(CollaborationProperties const& of, PledgeSpec const& pledge) {
    auto const policy = std::find_if(scenario_.policies.begin(), scenario_.policies.end(),
                                     [&](PolicySpec const& each) { return each.name == pledge.policy.name; });
    if (policy == scenario_.policies.end()) return;  // complained of
    bool const cascade = policy->rule == Rule::cascade;
    if (cascade || policy->rule == Rule::threshold)
      return complaints_.add(fmt::format("members of '{}' pledge policy '{}', whose rule is {}", of.name, policy->name,
                                         cascade ? "cascade" : "threshold"),
                             pledge.policy.where,
                             "a rule with hazards was expected: members pledge as pressure uses up a resistance");
    bool const seen = std::any_of(policy->mechanisms.begin(), policy->mechanisms.end(),
                                  [&](MechanismSpec const& each) { return sees(each, of.name); });
    if (!seen)
      complaints_.warn(fmt::format("no collective mechanism of policy '{}' sees '{}'", policy->name, of.name),
                       pledge.where, "members pledge as they would adopt alone, whatever the others do");
    if (knows_time()) check_dates(of, pledge, *policy);
  }

  static bool sees(MechanismSpec const& mechanism, std::string const& collaboration) {
    if (mechanism.kind != "collective") return false;
    if (!mechanism.parameters.has("collaborations")) return true;
    auto const& named = mechanism.parameters.references("collaborations");
    return std::any_of(named.begin(), named.end(), [&](Reference const& each) { return each.name == collaboration; });
  }

  void check_dates(CollaborationProperties const& of, PledgeSpec const& pledge, PolicySpec const& policy) {
    std::int32_t const from = pledge.from.value_or(clock_.start), deadline = pledge.deadline.value_or(clock_.end);
    for (auto const& [key, given] : {std::pair{"from", pledge.from}, std::pair{"deadline", pledge.deadline}})
      if (given && (*given < clock_.start || *given > clock_.end))
        return complaints_.add(fmt::format("'{}' of the pledges of '{}' is {}", key, of.name, *given), pledge.where,
                               fmt::format("a step from {} to {} was expected", clock_.start, clock_.end));
    if (deadline < from)
      return complaints_.add(fmt::format("the pledges of '{}' lapse after {}, before members can make them in {}",
                                         of.name, deadline, from),
                             pledge.where, "'deadline' was expected not to be before 'from'");
    if (from >= clock_.end)
      return complaints_.add(
          fmt::format("members of '{}' pledge from {} on, and time ends in {}", of.name, from, clock_.end),
          pledge.where, "an earlier step was expected: pledges are kept in the step after");
    if (policy.adopters.until && *policy.adopters.until >= deadline)
      complaints_.add(fmt::format("the pledges of '{}' lapse after {}, and nobody decides on '{}' until {}", of.name,
                                  deadline, policy.name, *policy.adopters.until),
                      pledge.where, "a later 'deadline' was expected, or an earlier 'until' of the adopters");
    if (of.dissolved && *of.dissolved <= from + 1)
      complaints_.add(
          fmt::format("members of '{}' pledge from {} on, and it is dissolved in {}", of.name, from, *of.dissolved),
          pledge.where, "pledges are kept in a later step: 'dissolved' after that was expected");
  }

  [[nodiscard]] bool knows_time() const noexcept { return clock_.end >= clock_.start; }

  Scenario const& scenario_;
  Clock const& clock_;
  Complaints& complaints_;
};

}  // namespace

void check_collaborations(Scenario const& scenario, Reading& reading) {
  MembersCheck(scenario, reading.complaints).check();
}

}  // namespace hansa
