/// From the properties of collaborations to those of the world.
#include "model/members.hpp"

#include <algorithm>
#include <map>
#include <string>

#include "model/phases.hpp"

namespace hansa {

namespace {

/// Most members of the data at a time, in the steps in which pledges may be kept.
std::int64_t most_members(Collaboration const& collaboration, std::int32_t first, std::int32_t last) {
  std::map<std::int32_t, std::int64_t> changes;
  for (Membership const& each : collaboration.members) {
    if (each.joined > last || each.left <= first) continue;
    ++changes[std::max(each.joined, first)];
    --changes[each.left];
  }
  std::int64_t now = 0, most = 0;
  for (auto const& [label, change] : changes) most = std::max(most, now += change);
  return most;
}

class Members {
 public:
  Members(Scenario const& scenario, World const& world, Model const& model, Complaints& complaints)
      : scenario_(scenario), world_(world), model_(model), complaints_(complaints) {}

  [[nodiscard]] std::optional<MembersModel> of(CollaborationProperties const& properties) {
    Collaboration const* const collaboration = world_.collaboration(properties.name);
    if ((!properties.recruit && !properties.pledge) || collaboration == nullptr) return std::nullopt;
    MembersModel made{collaboration, {}, {}, {}};
    if (properties.recruit) {
      RecruitSpec const& recruit = *properties.recruit;
      made.recruit = {world_.network(recruit.network.name), recruit.base, recruit.share};
      if (properties.fee) made.fee = fee_of(*properties.fee, properties.name);
      if (made.recruit->network == nullptr) return std::nullopt;  // complained of
      warn_if_nobody_begins(*collaboration, recruit);
    }
    if (properties.pledge) made.pledge = pledge_of(properties, *collaboration);
    return made;
  }

 private:
  [[nodiscard]] DueModel fee_of(FeeSpec const& fee, std::string const& name) const {
    DueModel made{fee.per, fee.amount};
    for (PhaseOf<FeeSpec> const& each : phases_of(fee, NumberAt::Of::fee, name, scenario_))
      made.amount.add(each.step, each.spec.amount);
    return made;
  }

  /// Nobody is a member within the clock, and nobody joins who sees none.
  void warn_if_nobody_begins(Collaboration const& collaboration, RecruitSpec const& recruit) {
    bool const somebody = std::any_of(
        collaboration.members.begin(), collaboration.members.end(),
        [&](auto const& each) { return each.joined <= scenario_.clock.end && each.left > scenario_.clock.start; });
    if (recruit.base != 0 || recruit.share == 0 || somebody) return;
    complaints_.warn(
        "nobody ever joins '" + collaboration.name + "': it has no member, now or later, whom others could follow",
        recruit.where, "members, or a 'base' above 0, were expected");
  }

  [[nodiscard]] std::optional<PledgeModel> pledge_of(CollaborationProperties const& properties,
                                                     Collaboration const& collaboration) {
    PledgeSpec const& pledge = *properties.pledge;
    auto const policy = std::find_if(model_.policies.begin(), model_.policies.end(),
                                     [&](PolicyModel const& each) { return each.name == pledge.policy.name; });
    if (policy == model_.policies.end()) return std::nullopt;  // complained of
    Clock const& clock = scenario_.clock;
    std::int32_t const from = pledge.from.value_or(clock.start), deadline = pledge.deadline.value_or(clock.end);
    std::int64_t const most = properties.recruit ? static_cast<std::int64_t>(world_.cities.size())
                                                 : most_members(collaboration, from + 1, deadline + 1);
    if (pledge.members > most)
      complaints_.add("'" + collaboration.name + "' needs " + std::to_string(pledge.members) +
                          " pledges, and has at most " + std::to_string(most) + (most == 1 ? " member" : " members") +
                          " at a time while they can be kept",
                      pledge.where, "a smaller number was expected, or {share: s} of the members");
    return PledgeModel{{static_cast<Index>(policy - model_.policies.begin())},
                       pledge.members,
                       pledge.share,
                       from - clock.start + 1,
                       deadline - clock.start + 1};
  }

  Scenario const& scenario_;
  World const& world_;
  Model const& model_;
  Complaints& complaints_;
};

}  // namespace

void compile_members(Scenario const& scenario, World const& world, Model& model, Complaints& complaints) {
  Members members(scenario, world, model, complaints);
  for (CollaborationProperties const& each : scenario.collaborations.properties)
    if (auto made = members.of(each)) model.members.push_back(std::move(*made));
}

}  // namespace hansa
