/// Checks what policies require and exclude of each other.
#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "scenario/reader.hpp"

namespace hansa {

namespace {

class Bars {
 public:
  Bars(std::vector<PolicySpec> const& policies, Complaints& complaints)
      : policies_(policies), complaints_(complaints) {}

  void check() {
    for (PolicySpec const& each : policies_) {
      check_own(each, each.required, "requires");
      check_own(each, each.excluded, "excludes");
      check_both(each);
      check_rule(each);
    }
    check_circles();
  }

 private:
  void check_own(PolicySpec const& policy, std::vector<Reference> const& others, std::string_view verb) {
    for (Reference const& each : others)
      if (each.name == policy.name)
        complaints_.add(fmt::format("policy '{}' {} itself", policy.name, verb), each.where,
                        "another policy was expected");
  }

  void check_both(PolicySpec const& policy) {
    for (Reference const& each : policy.excluded) {
      bool const both = std::any_of(policy.required.begin(), policy.required.end(),
                                    [&](Reference const& other) { return other.name == each.name; });
      if (both && each.name != policy.name)
        complaints_.add(fmt::format("policy '{}' requires and excludes '{}', so that no city could ever adopt it",
                                    policy.name, each.name),
                        each.where, "one of both was expected");
    }
  }

  void check_rule(PolicySpec const& policy) {
    if (policy.rule != Rule::cascade || (policy.required.empty() && policy.excluded.empty())) return;
    Reference const& first = policy.required.empty() ? policy.excluded.front() : policy.required.front();
    complaints_.add(fmt::format("policy '{}' with the rule cascade {} others", policy.name,
                                policy.required.empty() ? "excludes" : "requires"),
                    first.where, "another rule was expected: what ties bring to a city that is barred would be lost");
  }

  /// Policies that some order lets come after all that they require; of the others one circle is told.
  void check_circles() {
    std::map<std::string_view, std::vector<PolicySpec const*>> requirers;
    std::map<std::string_view, std::size_t> missing;
    std::vector<PolicySpec const*> next;
    for (PolicySpec const& each : policies_) {
      for (Reference const& other : each.required) requirers[other.name].push_back(&each);
      missing[each.name] = each.required.size();
      if (each.required.empty()) next.push_back(&each);
    }
    for (std::size_t k = 0; k < next.size(); ++k)
      for (PolicySpec const* const each : requirers[next[k]->name])
        if (--missing[each->name] == 0) next.push_back(each);
    for (PolicySpec const& each : policies_)
      if (missing[each.name] > 0) return tell_circle(each, missing);
  }

  /// From a policy that is in a circle or waits for one.
  void tell_circle(PolicySpec const& from, std::map<std::string_view, std::size_t> const& missing) {
    std::vector<PolicySpec const*> path{&from};
    for (;;) {
      auto const waits = [&](Reference const& each) {
        auto const found = missing.find(each.name);
        return found != missing.end() && found->second > 0;
      };
      auto const other = std::find_if(path.back()->required.begin(), path.back()->required.end(), waits);
      if (other == path.back()->required.end() || other->name == path.back()->name) return;  // told otherwise
      auto met =
          std::find_if(path.begin(), path.end(), [&](PolicySpec const* each) { return each->name == other->name; });
      if (met == path.end()) {
        path.push_back(&*std::find_if(policies_.begin(), policies_.end(),
                                      [&](PolicySpec const& each) { return each.name == other->name; }));
        continue;
      }
      std::vector<std::string> names;
      for (; met != path.end() && names.size() < 20; ++met) names.push_back((*met)->name);
      return complaints_.add(
          fmt::format("policies require each other in a circle: {}, {}", fmt::join(names, ", "), other->name),
          other->where, "no city could ever adopt any of them");
    }
  }

  std::vector<PolicySpec> const& policies_;
  Complaints& complaints_;
};

}  // namespace

void check_bars(std::vector<PolicySpec> const& policies, Reading& reading) {
  Bars(policies, reading.complaints).check();
}

}  // namespace hansa
