/// Counts pairs.
#include "support/schema/features.hpp"

#include <algorithm>
#include <functional>
#include <string_view>

#include "tell/tree.hpp"

namespace hansa::test {

namespace {

bool is_feature(std::string const& leaf) {
  auto const dots = std::ranges::count(leaf, '.');
  bool const word = leaf.find('=') != std::string::npos, path = leaf.find(' ') != std::string::npos;
  if (leaf.starts_with("policy.rule=")) return true;
  if (word || path) return false;
  if (leaf.starts_with("scenario.cities.")) return dots == 2;
  std::string const section = leaf.substr(0, leaf.find('.'));
  constexpr std::string_view sections[] = {"scenario", "network",   "collaboration",
                                           "policy",   "mechanism", "intervention"};
  return dots == 0 || (dots == 1 && std::ranges::find(sections, section) != std::end(sections));
}

bool is_of_policy(std::string const& feature) {
  return feature.starts_with("policy.") || feature.starts_with("mechanism.") || feature.find('.') == std::string::npos;
}

bool is_rule(std::string const& feature) {
  return feature.starts_with("policy.rule=");
}

using Keys = std::vector<std::string_view>;

bool is_one(std::string const& feature, Keys const& words) {
  return std::ranges::find(words, feature) != words.end();
}

/// Generated cities have no country.
bool refused_in_scenario(std::string const& a, std::string const& b) {
  auto const both = [&](Keys const& x, Keys const& y) {
    return (is_one(a, x) && is_one(b, y)) || (is_one(b, x) && is_one(a, y));
  };
  return both({"scenario.cities.file"}, {"scenario.cities.generate", "scenario.cities.coordinates"}) ||
         both({"policy.rule=cascade"}, {"scenario.cities.attention"}) ||
         both({"scenario.cities.generate", "scenario.cities.coordinates"},
              {"scenario.countries", "national", "network.configuration"});
}

bool refused_in_policy(std::string const& a, std::string const& b) {
  auto const both = [&](Keys const& x, Keys const& y) {
    return (is_one(a, x) && is_one(b, y)) || (is_one(b, x) && is_one(a, y));
  };
  if (is_rule(a) && is_rule(b)) return true;
  Keys const of_thresholds{"policy.threshold", "policy.entry"};
  bool const other_rule = (is_rule(a) && a != "policy.rule=threshold" && is_one(b, of_thresholds)) ||
                          (is_rule(b) && b != "policy.rule=threshold" && is_one(a, of_thresholds));
  return other_rule || both({"policy.baseline"}, {"policy.rule=threshold", "policy.threshold", "policy.entry"}) ||
         both({"policy.rule=cascade"}, {"policy.baseline", "policy.attributes", "policy.trend", "policy.frailty",
                                        "policy.requires", "policy.excludes", "collective", "competition", "learning",
                                        "log_adopters", "membership", "scale", "synergy"});
}

void count(std::vector<std::string> const& features, std::map<Pair, std::uint64_t>& met) {
  for (std::size_t k = 0; k < features.size(); ++k)
    for (std::size_t m = k + 1; m < features.size(); ++m) ++met[{features[k], features[m]}];
}

std::vector<Pair> missing(std::vector<std::string> const& features, std::map<Pair, std::uint64_t> const& met,
                          std::function<bool(std::string const&, std::string const&)> const& refused) {
  std::vector<Pair> found;
  for (std::size_t k = 0; k < features.size(); ++k)
    for (std::size_t m = k + 1; m < features.size(); ++m)
      if (!met.contains({features[k], features[m]}) && !refused(features[k], features[m]))
        found.emplace_back(features[k], features[m]);
  return found;
}

}  // namespace

std::vector<std::string> features_in(Leaves const& leaves) {
  std::vector<std::string> found;
  std::ranges::copy_if(leaves, std::back_inserter(found), is_feature);
  return found;
}

void PairTally::add(Node const& scenario) {
  count(features_in(leaves_of(scenario, kinds_)), met_);
  Node const* const policies = scenario.find("policies");
  if (policies == nullptr) return;
  for (Node::Entry const& each : policies->entries) {
    Node const alone = map_node({{"policies", map_node({{each.key, each.value}})}});
    std::vector<std::string> features = features_in(leaves_of(alone, kinds_));
    std::erase_if(features, [](std::string const& feature) { return !is_of_policy(feature); });
    count(features, in_policies_);
  }
}

std::vector<Pair> PairTally::unmet(std::vector<std::string> const& features) const {
  return missing(features, met_, refused_in_scenario);
}

std::vector<Pair> PairTally::unmet_in_policies(std::vector<std::string> const& features) const {
  std::vector<std::string> own = features;
  std::erase_if(own, [](std::string const& feature) { return !is_of_policy(feature); });
  return missing(own, in_policies_, refused_in_policy);
}

}  // namespace hansa::test
