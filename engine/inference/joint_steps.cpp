/// Groups rows by city and step.
#include "inference/joint_steps.hpp"

#include <algorithm>
#include <bit>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "inference/competing_risks.hpp"

namespace hansa {

namespace {

constexpr std::size_t most_adopters = 10;  // their sets are 2^10, of each of which derivatives are kept
constexpr std::size_t most_rows = 64;      // bits of a set

bool is_among(std::vector<PolicyId> const& policies, Index policy) noexcept {
  return std::any_of(policies.begin(), policies.end(), [&](PolicyId each) { return each.value == policy; });
}

/// Of one group of policies.
class Grouping {
 public:
  Grouping(Model const& model, std::vector<ObservedHistory> const& histories, std::vector<PolicyId> const& group,
           CompetingRows const& found)
      : model_(model), histories_(histories), group_(group), found_(found) {
    for (PolicyId const policy : group) {
      veiled_.insert(found.veiled[policy.value].begin(), found.veiled[policy.value].end());
      if (comes_first(policy)) veil_adoptions(policy);
    }
  }

  void find(FoundJointSteps& made) const {
    std::map<CityStep, std::vector<std::size_t>> together;
    for (std::size_t k = 0; k < found_.rows.size(); ++k)
      if (is_among(group_, found_.policy[k])) together[{found_.rows[k].city, found_.rows[k].step}].push_back(k);
    for (auto const& [where, rows] : together) {
      bool const known = std::all_of(group_.begin(), group_.end(),
                                     [&](PolicyId policy) { return histories_[policy.value].covers(where.first); });
      if (known && veiled_.count(where) == 0) {
        add(rows, made);
      } else {
        for (std::size_t const each : rows) made.kept[each] = 0;
      }
    }
  }

 private:
  [[nodiscard]] bool comes_first(PolicyId policy) const noexcept {
    Rule const rule = model_.policies[policy.value].rule;
    return rule == Rule::threshold || rule == Rule::cascade;
  }
  void veil_adoptions(PolicyId policy) {
    for (DatedEvent const& each : histories_[policy.value].events)
      if (each.event.sign > 0 && each.step > 0) veiled_.emplace(each.event.city, each.step);
  }

  void add(std::vector<std::size_t> rows, FoundJointSteps& made) const {
    auto const others =
        std::stable_partition(rows.begin(), rows.end(), [&](std::size_t k) { return found_.rows[k].event != 0; });
    auto const adopters = static_cast<std::size_t>(others - rows.begin());
    if (adopters == 0 || rows.size() == 1) return;
    if (adopters <= attention_in(rows)) {
      check_size(rows, adopters);
      JointStep step{rows, {}, adopters};
      for (std::uint64_t set = 0; set < std::uint64_t{1} << adopters; ++set) step.open.push_back(open_after(rows, set));
      if (is_possible(step)) {
        made.steps.push_back(std::move(step));
        return;
      }
    }
    made.contradictions += adopters;
    for (std::size_t const each : rows) made.kept[each] = 0;
  }

  /// How many its city can adopt in the step of these rows.
  [[nodiscard]] std::size_t attention_in(std::vector<std::size_t> const& rows) const {
    if (model_.attention.empty()) return rows.size();
    RiskRow const& first = found_.rows[rows[0]];
    std::int32_t most = model_.attention[first.city];
    for (NumberStep const& each : model_.attention_later)
      if (each.step <= first.step) most = static_cast<std::int32_t>(each.number);
    return static_cast<std::size_t>(most);
  }

  void check_size(std::vector<std::size_t> const& rows, std::size_t adopters) const {
    std::int32_t const label = model_.clock.start + found_.rows[rows[0]].step - 1;
    std::string const mend = "leave that step out by from or until, or some of the policies out of the scenario";
    require(adopters <= most_adopters,
            fmt::format("a city adopts {} policies that compete in {}, and the chance of that is a sum over 2^{} sets",
                        adopters, label, adopters),
            {"hansa fit"}, fmt::format("at most {} were expected: {}", most_adopters, mend));
    require(rows.size() <= most_rows,
            fmt::format("{} policies compete for a city in {}, in which it adopts some", rows.size(), label),
            {"hansa fit"}, fmt::format("at most {} were expected: {}", most_rows, mend));
  }

  /// Who can still be adopted once `set` is.
  [[nodiscard]] std::uint64_t open_after(std::vector<std::size_t> const& rows, std::uint64_t set) const {
    if (static_cast<std::size_t>(std::popcount(set)) >= attention_in(rows)) return 0;
    double spent = 0;
    for (std::size_t k = 0; k < rows.size(); ++k)
      if ((set >> k & 1) != 0) spent += found_.rows[rows[k]].price;
    std::uint64_t open = 0;
    for (std::size_t k = 0; k < rows.size(); ++k) {
      RiskRow const& row = found_.rows[rows[k]];
      bool closed = (set >> k & 1) != 0;
      for (std::size_t j = 0; j < rows.size(); ++j)
        closed = closed || ((set >> j & 1) != 0 &&
                            is_among(model_.policies[found_.policy[rows[k]]].excluded, found_.policy[rows[j]]));
      bool const broke = row.is_paid && spent > 0 && row.budget - spent < row.price;
      if (!closed && !broke) open |= std::uint64_t{1} << k;
    }
    return open;
  }

  Model const& model_;
  std::vector<ObservedHistory> const& histories_;
  std::vector<PolicyId> const& group_;
  CompetingRows const& found_;
  std::set<CityStep> veiled_;
};

}  // namespace

FoundJointSteps joint_steps(Model const& model, std::vector<ObservedHistory> const& histories, DesignOrder const& order,
                            CompetingRows const& found) {
  FoundJointSteps made{{}, std::vector<std::uint8_t>(found.rows.size(), 1), 0};
  for (std::vector<PolicyId> const& group : order.competing) Grouping(model, histories, group, found).find(made);
  return made;
}

}  // namespace hansa
