/// Pledges of members to adopt together, member by member.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/flat_math.hpp"
#include "base/random.hpp"
#include "record/history.hpp"
#include "reference/facts.hpp"
#include "reference/policy_run.hpp"
#include "reference/purses.hpp"
#include "scenario/scenario.hpp"

namespace hansa::reference {

/// All contracts of one replicate.
class Contracts {
 public:
  /// attention(city): most adoptions in a step, or nothing.
  using Attention = std::function<std::optional<int>(Index)>;

  Contracts(Scenario const& scenario, World const& world, Facts const& facts, Purses const& purses,
            std::int64_t replicate)
      : scenario_(scenario), world_(world), facts_(facts), purses_(purses), replicate_(replicate) {
    for (CollaborationProperties const& each : scenario.collaborations.properties) {
      if (!each.pledge) continue;
      Contract contract{each.name, *each.pledge, 0, {}, {}, {}, {}, false, 0};
      while (scenario.policies[contract.policy].name != each.pledge->policy.name) ++contract.policy;
      contract.used.assign(facts.cities(), 0.0);
      contract.ended_pledges.assign(facts.cities(), 0);
      contracts_.push_back(contract);
    }
    std::sort(contracts_.begin(), contracts_.end(), [](Contract const& a, Contract const& b) {
      std::uint64_t const first = hash_id(a.terms.policy.name), second = hash_id(b.terms.policy.name);
      return first != second ? first < second : a.name < b.name;
    });
  }

  /// What members pledge by at `t`, before anybody decides.
  void press(std::int32_t t, std::vector<PolicyRun>& runs) {
    for (Contract& each : contracts_) {
      each.hazard.clear();
      each.kept = 0;
      if (each.over || t < from(each) || t > deadline(each)) continue;
      for (Index const city : facts_.members(each.name, t))
        if (each.pledged.count(city) == 0)
          each.hazard[city] = runs[each.policy].hazard_if_all(city, t, runs, each.name);
    }
  }

  /// Whose pledges are kept at `t`, once seeds and replays are known.
  void keep(std::int32_t t, std::vector<PolicyRun>& runs, Attention const& attention) {
    for (Contract& each : contracts_) {
      if (each.over || t <= from(each)) continue;
      std::vector<Index> able;
      for (Index const city : each.pledged)
        if (runs[each.policy].can_keep_pledge(city, t, runs) && leaves_room(each, city, t, runs, attention(city)))
          able.push_back(city);
      if (is_enough(each, able.size(), facts_.members(each.name, t).size())) {
        for (Index const city : able) runs[each.policy].keep_pledge(city, t, runs, each.name);
        each.kept = static_cast<int>(able.size());
        each.over = true;
      }
      each.over = each.over || t > deadline(each);
      if (each.over) each.pledged.clear(), each.hazard.clear();
    }
  }

  /// Who has pledged by the end of `t`; after members have moved on. Counts go to `history`, rows by `names`.
  void close(std::int32_t t, std::vector<PolicyRun> const& runs, std::vector<std::string> const& names,
             SharedHistory& history) {
    for (Contract& each : contracts_) {
      std::vector<bool> const& adopted = runs[each.policy].standing().adopted;
      for (auto const& [city, hazard] : each.hazard) {
        if (adopted[city]) continue;
        each.used[city] += hazard;
        if (hazard > 0 && each.used[city] >= resistance(each, city)) each.pledged.insert(city);
      }
      std::vector<Index> const members = facts_.members(each.name, t + 1);
      std::set<Index> const before = each.pledged;
      for (Index const city : before) {
        bool const stays = std::find(members.begin(), members.end(), city) != members.end();
        if (stays && !adopted[city]) continue;
        each.pledged.erase(city);
        each.ended_pledges[city] += 1;
        each.used[city] = 0;
      }
      auto const row = static_cast<std::size_t>(std::find(names.begin(), names.end(), each.name) - names.begin());
      auto const steps = static_cast<std::size_t>(scenario_.clock.steps());
      std::size_t const at = row * steps + static_cast<std::size_t>(t - scenario_.clock.start);
      for (auto* const rows : {&history.pledges, &history.pledged_adoptions})
        rows->resize(names.size() * steps, std::nan(""));
      history.pledges[at] = static_cast<double>(each.pledged.size());
      history.pledged_adoptions[at] = each.kept;
    }
  }

 private:
  struct Contract {
    std::string name;
    PledgeSpec terms;
    std::size_t policy;
    std::set<Index> pledged;
    std::map<Index, double> hazard;  // in the step
    std::vector<double> used;        // per city
    std::vector<int> ended_pledges;  // per city
    bool over;
    int kept;  // in the step
  };
  [[nodiscard]] std::int32_t from(Contract const& of) const { return of.terms.from.value_or(scenario_.clock.start); }
  [[nodiscard]] std::int32_t deadline(Contract const& of) const {
    return of.terms.deadline.value_or(scenario_.clock.end);
  }
  [[nodiscard]] double resistance(Contract const& of, Index city) const {
    std::uint64_t const key =
        make_key(scenario_.seed, static_cast<std::uint64_t>(replicate_), Purpose::pledge, hash_id(of.name));
    return -flat::log1p(
        -draw_uniform(key, hash_id(world_.cities.id[city]), static_cast<std::uint32_t>(of.ended_pledges[city])));
  }
  [[nodiscard]] static bool is_enough(Contract const& of, std::size_t pledges, std::size_t members) {
    if (of.terms.members > 0) return static_cast<std::int64_t>(pledges) >= of.terms.members;
    return pledges > 0 && static_cast<double>(pledges) / static_cast<double>(members) >= of.terms.share;
  }
  /// Of attention and money, beside what is certain to happen.
  [[nodiscard]] bool leaves_room(Contract const& of, Index city, std::int32_t t, std::vector<PolicyRun> const& runs,
                                 std::optional<int> most) const {
    int adopted = 0;
    double left = purses_.kept() ? purses_.balance(city) : 0;
    for (std::size_t p = 0; p < runs.size(); ++p) {
      auto const crossing = runs[p].crossing(city, t);
      if (!crossing || !crossing->certain) continue;
      if (p == of.policy) return true;
      adopted += 1;
      auto const price = runs[p].price(city, t);
      if (purses_.kept() && crossing->pays && price) left -= *price;
    }
    if (most && adopted >= *most) return false;
    auto const price = runs[of.policy].price(city, t);
    return !purses_.kept() || !price || left >= *price;
  }

  Scenario const& scenario_;
  World const& world_;
  Facts const& facts_;
  Purses const& purses_;
  std::int64_t replicate_;
  std::vector<Contract> contracts_;
};

}  // namespace hansa::reference
