/// Follows a policy's keys to its numbers.
#include "support/schema/numbers_of.hpp"

#include <algorithm>

#include "scenario/fields.hpp"
#include "scenario/tables.hpp"

namespace hansa::test {

namespace {

using NodeForm = Node::Form;

class Finder {
 public:
  Finder(std::string const& name, std::string const& rule, std::span<Schema const* const> kinds)
      : head_("policies." + name + "."), rule_(rule), kinds_(kinds) {}

  std::vector<SettableNumber> find(Node const& policy) {
    baseline(policy.find("baseline"));
    if (Node const* const effects = policy.find("attributes")) numbers_in(*effects, "attributes");
    if (Node const* const trend = policy.find("trend")) numbers_in(*trend, "trend");
    bool const felt = rule_ != "cascade" && !(rule_ == "additive" && policy.find("baseline") == nullptr);
    Node const* const frailty = policy.find("frailty");
    for (Field const& field : fields::frailty)
      if (felt && (field.name != "country" || (frailty != nullptr && frailty->find("country") != nullptr)))
        add("frailty." + std::string(field.name), 0, rule_ == "linear" ? 0.008 : 0.6);
    of_adopters(policy);
    Node const* const mechanisms = policy.find("mechanisms");
    if (mechanisms == nullptr) return found_;
    for (Node::Entry const& each : mechanisms->entries) mechanism(each);
    return found_;
  }

 private:
  void add(std::string const& path, double low, double high) {
    found_.push_back({head_ + path, head_ + path, low, high});
  }

  /// Another number near the one that stands there.
  void add_near(std::string const& path, Node const& node) {
    auto const value = node.form == NodeForm::scalar ? parse_number(node.text) : std::nullopt;
    if (value) add(path, std::min(*value / 2, *value * 1.5), std::max(*value / 2, *value * 1.5));
  }

  /// What becomes of those who adopt.
  void of_adopters(Node const& policy) {
    for (std::string_view const path : {"abandonment.hazard", "cost.amount", "merit.mean", "reinvention.probability"}) {
      std::size_t const dot = path.find('.');
      Node const* const section = policy.find(path.substr(0, dot));
      Node const* const number = section == nullptr ? nullptr : section->find(path.substr(dot + 1));
      if (number != nullptr) add_near(std::string(path), *number);
    }
  }

  void baseline(Node const* node) {
    bool const linear = rule_ == "linear";
    if (node != nullptr || rule_ == "additive") {
      add("baseline", linear ? 0.05 : -5, linear ? 0.3 : 0);
      add("baseline.chance", 0.02, 0.3);
      found_.back().number = head_ + "baseline";
    }
  }

  void numbers_in(Node const& map, std::string const& path) {
    for (Node::Entry const& each : map.entries) {
      std::string const here = path + "." + each.key;
      if (each.value.form == NodeForm::map) numbers_in(each.value, here);
      bool const knots = each.key == "knots", degree = each.key == "polynomial" && each.value.form == NodeForm::scalar;
      if (each.value.form == NodeForm::scalar && !degree) add_near(here, each.value);
      for (std::size_t k = 0; k < each.value.items.size() && !knots; ++k)
        add_near(here + "[" + std::to_string(k) + "]", each.value.items[k]);
    }
  }

  void mechanism(Node::Entry const& entry) {
    std::string const path = "mechanisms." + entry.key + ".";
    auto const schema =
        std::ranges::find_if(kinds_, [&](Schema const* each) { return entry.value.find(each->name) != nullptr; });
    Node const& kind = *entry.value.find((*schema)->name);
    Node const* const word = kind.find("kind");
    if (word != nullptr && word->text != "enabling") return;  // a law has no strength
    if (Node const* const strength = entry.value.find("strength"))
      add_near(path + "strength", *strength);
    else
      add(path + "strength", 0.02, rule_ == "additive" || rule_ == "linear" ? 0.3 : 1);
    if (Node const* const slopes = entry.value.find("strength_by"))
      for (Node::Entry const& each : slopes->entries) add_near(path + "strength_by." + each.key, each.value);
    if ((*schema)->remembers || rule_ == "cascade") return;
    parameters(path + std::string((*schema)->name) + ".", (*schema)->parameters, kind);
  }

  void parameters(std::string const& path, std::span<Field const> fields, Node const& node) {
    for (Field const& field : fields) {
      std::string const here = path + std::string(field.name);
      Node const* const value = node.find(field.name);
      if (field.name == "half_life" && value == nullptr) add(here, 0.4, 9);
      if (value == nullptr) continue;
      if (field.kind == Kind::section) parameters(here + ".", field.inside, *value);
      if (field.kind == Kind::shape && value->form == NodeForm::map) shape(here, *value);
      if (field.kind == Kind::number || field.kind == Kind::number_or_attribute) add_near(here, *value);
    }
  }

  /// Steps stay where shares can be.
  void shape(std::string const& path, Node const& node) {
    for (Node::Entry const& each : node.entries) {
      if (each.value.form == NodeForm::map)
        shape(path + "." + each.key, each.value);
      else if (each.key == "step" || each.key == "midpoint")
        add(path + "." + each.key, 0.1, 0.9);
      else
        add_near(path + "." + each.key, each.value);
    }
  }

  std::string head_, rule_;
  std::span<Schema const* const> kinds_;
  std::vector<SettableNumber> found_;
};

}  // namespace

std::string SettableNumber::another(Dice& dice) const {
  return fmt::format("{}", low + (high - low) * dice.between(0, 64) / 64.0);
}

std::vector<SettableNumber> numbers_of(Node const& policy, std::string const& name, std::string const& rule,
                                       std::span<Schema const* const> kinds) {
  return Finder(name, rule, kinds).find(policy);
}

std::vector<SettableNumber> shared_numbers_of(Node const& scenario) {
  std::vector<SettableNumber> found;
  auto const add = [&](std::string const& path, Node const* node, double low, double high) {
    if (node != nullptr && node->form == NodeForm::scalar && parse_number(node->text))
      found.push_back({path, path, low, high});
  };
  auto const inside = [](Node const* node, std::string_view key) {
    return node == nullptr || node->form != NodeForm::map ? nullptr : node->find(key);
  };
  add("resources.income", inside(scenario.find("resources"), "income"), 0, 8);
  if (Node const* const networks = scenario.find("networks"))
    for (Node::Entry const& each : networks->entries)
      add("networks." + each.key + ".dynamics.decay", inside(each.value.find("dynamics"), "decay"), 0, 0.5);
  if (Node const* const properties = inside(scenario.find("collaborations"), "properties"))
    for (Node::Entry const& each : properties->entries)
      add("collaborations.properties." + each.key + ".fee.amount", inside(each.value.find("fee"), "amount"), 0, 3);
  Node const* const attention = inside(scenario.find("cities"), "attention");
  if (attention != nullptr && attention->form == NodeForm::scalar)
    found.push_back({"cities.attention", "cities.attention", 1, 1});
  return found;
}

}  // namespace hansa::test
