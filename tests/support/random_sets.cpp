/// Looks for numbers already written, and has others take their places.
#include "support/random_sets.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "io/yaml.hpp"
#include "scenario/path.hpp"
#include "scenario/tables.hpp"

namespace hansa::test {

namespace {

class Search {
 public:
  [[nodiscard]] std::vector<PolicyNumber> in_scenario(Node const& root) {
    for (Node::Entry const& each : root.find("policies")->entries) in_policy(each.value, joined("policies", each.key));
    rule_.clear();
    section_ = "attention";
    if (Node const* const limit = root.find("cities")->find("attention"))
      in_node(*limit, "cities.attention", "attention");
    if (Node const* const resources = root.find("resources"))
      for (std::string const key : {"income", "growth", "returns"}) in_shared(*resources, "resources", key);
    for (Node::Entry const& each : root.find("networks")->entries)
      in_shared(each.value, "networks." + each.key, "dynamics");
    Node const* const collaborations = root.find("collaborations");
    Node const* const properties = collaborations == nullptr ? nullptr : collaborations->find("properties");
    if (properties != nullptr)
      for (Node::Entry const& each : properties->entries)
        in_shared(each.value, "collaborations.properties." + each.key, "fee");
    return std::move(found_);
  }

 private:
  void in_shared(Node const& node, std::string const& path, std::string const& key) {
    section_ = key;
    if (Node const* const found = node.find(key)) in_node(*found, joined(path, key), key);
  }

  void in_policy(Node const& policy, std::string const& path) {
    Node const* const rule = policy.find("rule");
    rule_ = rule == nullptr ? "logit" : rule->text;
    for (std::string_view const section :
         {"baseline", "attributes", "trend", "frailty", "cost", "reinvention", "abandonment", "merit"}) {
      section_ = section;
      if (Node const* const node = policy.find(section)) in_node(*node, joined(path, section), std::string(section));
    }
    section_ = "frailty";
    bool const bare = rule_ == "additive" && policy.find("baseline") == nullptr;
    if (rule_ != "cascade" && !bare && policy.find("frailty") == nullptr) {
      for (std::string const kind : {"city", "city_policy", "country", "period"})
        found_.push_back({joined(path, "frailty") + "." + kind, rule_, section_, kind, ""});
    }
    if (Node const* const mechanisms = policy.find("mechanisms"))
      for (Node::Entry const& each : mechanisms->entries) in_mechanism(each.value, path + ".mechanisms." + each.key);
  }

  void in_mechanism(Node const& mechanism, std::string const& path) {
    section_ = "strength";
    if (Node const* const law = mechanism.find("national"); law && law->find("kind")->text != "enabling") return;
    bool const years = mechanism.find("membership") != nullptr;
    Node const* const strength = mechanism.find("strength");
    found_.push_back({path + ".strength", rule_, years ? "membership" : "strength", "strength",
                      strength == nullptr ? "1" : strength->text});
    for (Node::Entry const& each : mechanism.entries) {
      section_ = each.key;
      bool const parameters = each.key != "strength" && each.key != "strength_by";
      bool const fixed = rule_ == "cascade" && each.key != "national";
      if (each.key == "strength" || (parameters && fixed)) continue;
      in_node(each.value, joined(path, each.key), each.key);
      bool const fades = each.key == "exposure" || each.key == "competition";
      if (fades && each.value.find("half_life") == nullptr)
        found_.push_back({joined(path, each.key) + ".half_life", rule_, section_, "half_life", ""});
    }
  }

  void in_node(Node const& node, std::string const& path, std::string const& key) {
    for (Node::Entry const& each : node.entries) {
      bool const stays =
          (section_ == "merit" && each.key == "spread") || (section_ == "learning" && each.key == "prior");
      if (each.key != "knots" && !stays) in_node(each.value, joined(path, each.key), each.key);
    }
    for (std::size_t k = 0; k < node.items.size(); ++k) {
      std::string const item = fmt::format("[{}]", k);
      if (section_ == "trend") in_node(node.items[k], path + item, key + item);
    }
    if (node.form == Node::Form::scalar && parse_number(node.text))
      found_.push_back({path, rule_, section_, key, node.text});
  }

  std::string rule_, section_;
  std::vector<PolicyNumber> found_;
};

std::string thousandths(Dice& dice, int low, int high) {
  return fmt::format("{}", dice.between(low, high) / 1000.0);
}

std::string of_mechanism(std::string const& last, Dice& dice) {
  if (last == "half_life") return dice.pick(Lines{"1.1", "3.1", "0.53", "8.3"});
  if (last == "power") return dice.decimal(0.3, 3);
  if (last == "step") return dice.pick(Lines{"0.25", "0.5", "0.2", "1"});
  if (last == "midpoint") return dice.decimal(0.1, 0.9);
  if (last == "steepness") return dice.decimal(1, 12);
  if (last == "transmission") return fmt::format("{}", dice.between(0, 20) / 10000.0);
  if (last == "progress_ratio") return dice.decimal(0.5, 1);
  return fmt::format("{}", dice.between(1, 900));  // of costs that are shared
}

/// Of what is no mechanism's, or of one that remembers; empty: none of these.
std::string of_other(PolicyNumber const& place, Dice& dice) {
  std::string const& last = place.last;
  if (place.section == "attention") return dice.pick(Lines{"1", "2"});
  if (place.section == "fee" || last == "per_tie") return dice.decimal(0, 2);
  if (last == "income") return dice.decimal(-1, 5);
  if (last == "growth") return dice.decimal(-0.1, 0.1);
  if (place.section == "dynamics") {
    if (last == "prestige") return dice.decimal(-1, 2);
    if (last == "decay_km") return "2500";
    return last == "decay" || last == "rate" ? dice.decimal(0, 0.6) : dice.decimal(0, 1);
  }
  if (place.section == "cost") return dice.decimal(0, 900);
  if (place.section == "reinvention") return dice.decimal(0, 1);
  if (last == "hazard") return dice.pick(Lines{"0", "0.05", "0.6", "2.5"});
  if (place.section == "abandonment") return last == "base" ? dice.decimal(-4, 1) : dice.decimal(-1, 3);
  if (place.section == "merit") return last == "mean" ? dice.decimal(-1.5, 2) : dice.decimal(-0.3, 0.3);
  if (place.section == "learning")
    return last == "observation_sd" ? dice.decimal(0.1, 4) : dice.pick(Lines{"0", dice.decimal(0.01, 1)});
  if (place.section != "national") return {};
  if (last == "delay") return dice.pick(Lines{"0", "1", "4"});
  return dice.pick(Lines{"0", "0.25", "1", dice.decimal(0, 0.9)});
}

/// A number that the place can hold, as those are that it has from the beginning.
std::string number_for(PolicyNumber const& place, Dice& dice) {
  bool const linear = place.rule == "linear", threshold = place.rule == "threshold";
  bool const positive = linear || place.rule == "additive" || place.rule == "cascade";
  if (std::string other = of_other(place, dice); !other.empty()) return other;
  if (place.last == "chance") return dice.pick(Lines{"0.1", "25 %", "0.3"});
  if (place.section == "baseline") return linear ? thousandths(dice, 100, 300) : dice.decimal(-6, 0);
  if (place.section == "attributes") return linear ? thousandths(dice, -20, 20) : dice.decimal(-0.5, 0.5);
  if (place.section == "trend")
    return linear                          ? thousandths(dice, 0, 10)
           : place.last == "polynomial[1]" ? dice.decimal(-0.02, 0.02)
                                           : dice.decimal(-0.2, 0.2);
  if (place.section == "frailty") return linear ? thousandths(dice, 0, 8) : dice.decimal(0, 0.6);
  if (place.section == "strength_by" && place.last == "wealth") return thousandths(dice, 0, 20);
  if (place.section == "strength_by") return place.last == "size" ? dice.decimal(-0.4, 0.4) : thousandths(dice, 0, 100);
  if (place.section == "membership") return dice.decimal(0, 0.05);
  if (place.section != "strength") return of_mechanism(place.last, dice);
  if (dice.chance(20)) return "0";
  return positive ? dice.decimal(0.01, 0.4) : dice.decimal(-1, threshold ? 1.5 : 4);
}

}  // namespace

std::vector<PolicyNumber> numbers_in(std::string const& yaml) {
  ScenarioDraft const draft = parse_yaml(yaml, "written.yaml");
  return Search().in_scenario(draft.root);
}

Lines random_sets(Stage const& stage, std::uint64_t number, std::string const& yaml) {
  Dice dice(number ^ 0x5e75ull << 32);
  Lines items;
  if (!dice.chance(35)) return items;
  std::vector<PolicyNumber> places = numbers_in(yaml);
  std::erase_if(places, [&](PolicyNumber const& each) { return each.text.empty() && dice.chance(70); });
  dice.shuffle(places);
  for (int k = dice.between(1, 4); k > 0 && !places.empty(); --k) {
    std::string values;
    for (int several = dice.between(1, 3); several > 0 && !places.empty(); --several) {
      PolicyNumber const place = places.back();
      places.pop_back();
      values += fmt::format("{}\"{}\": {}", values.empty() ? "" : ", ", place.path, number_for(place, dice));
    }
    int const at = dice.chance(25) ? stage.start : dice.between(stage.start, stage.end);
    std::string const until = dice.chance(60) ? fmt::format(", until: {}", dice.between(at, stage.end)) : "";
    items.push_back(fmt::format("  - {{at: {}{}, set: {{{}}}, name: {}{}}}\n", at, until, values,
                                dice.pick(Lines{"N", "set_"}), k));
  }
  return items;
}

}  // namespace hansa::test
