/// Makes up seeds, pushes, campaigns, mandates and subsidies, and puts them beside other interventions.
#include "support/random_interventions.hpp"

#include <algorithm>
#include <utility>

#include "support/random_changes.hpp"
#include "support/random_sets.hpp"

namespace hansa::test {

namespace {

/// First step in which a policy can be seeded: after what its data have happen.
int first_step(int policy, Stage const& stage, std::string const& yaml) {
  std::string const words = fmt::format("adopters: {{file: policy{}.csv, until: ", policy);
  std::size_t const at = yaml.find(words);
  return at == std::string::npos ? stage.start : std::max(stage.start, std::stoi(yaml.substr(at + words.size())) + 1);
}

/// What is known of a policy from its text in the scenario.
struct Known {
  std::string rule;
  Lines mechanisms;
  bool costs = false;  ///< its cost is stated
};

Known known_of(int policy, std::string const& yaml) {
  std::size_t const begin = yaml.find(fmt::format("  policy{}:\n", policy));
  std::size_t const end = std::min(yaml.find(fmt::format("  policy{}:\n", policy + 1)), yaml.size());
  std::string const text = yaml.substr(begin, end - begin);
  bool const costs = text.find("    cost: ") != std::string::npos || text.find("shared: ") != std::string::npos;
  std::size_t const rule = text.find("rule: ") + 6, mechanisms = text.find("    mechanisms:\n");
  Known known{text.substr(rule, text.find('\n', rule) - rule), {}, costs};
  if (mechanisms == std::string::npos) return known;
  std::size_t at = text.find('\n', mechanisms) + 1;
  while (text.compare(at, 6, "      ") == 0) {
    std::string const line = text.substr(at, text.find('\n', at) - at);
    bool const law = line.find("kind: mandate") != std::string::npos || line.find("kind: preempt") != std::string::npos;
    if (!law) known.mechanisms.push_back(line.substr(6, line.find(':') - 6));
    at = text.find('\n', at) + 1;
  }
  return known;
}

std::string push(Known const& known, Dice& dice) {
  bool const hazards = known.rule == "additive" || known.rule == "cascade", linear = known.rule == "linear";
  std::string const strength = linear || hazards ? dice.decimal(0, 0.4) : dice.decimal(-1.5, 2);
  return "strength: " + (dice.chance(10) ? "0" : strength);
}

std::string campaign(Known const& known, Dice& dice) {
  Lines const factors = known.rule == "cascade" ? Lines{"0", "0.5", "1", "0.9"} : Lines{"0", "0.5", "1", "1.5", "2"};
  return fmt::format("mechanism: {}, factor: {}", dice.pick(known.mechanisms), dice.pick(factors));
}

/// One that lasts, from any step on.
std::string lasting(int policy, Stage const& stage, Dice& dice, std::string const& yaml) {
  Known const known = known_of(policy, yaml);
  int const at = dice.chance(25) ? stage.start : dice.between(stage.start, stage.end);
  std::string item = fmt::format("at: {}", at);
  if (dice.chance(60)) item += fmt::format(", until: {}", dice.between(at, stage.end));
  int const kind = dice.between(1, known.mechanisms.empty() ? 2 : 3);
  item += fmt::format(", {}: {{policy: policy{}", kind == 1 ? "push" : kind == 2 ? "mandate" : "campaign", policy);
  if (dice.chance(70)) item += ", cities: " + random_cities(stage, dice, yaml);
  if (kind == 1) item += ", " + push(known, dice);
  if (kind == 3) item += ", " + campaign(known, dice);
  std::string const compliance = dice.pick(Lines{"0", "0.05", "10 %", "0.3"});
  if (kind == 2 && dice.chance(95)) item += ", compliance: " + compliance;
  return item + "}";
}

/// Some with budgets that are spent on the way.
Lines random_subsidies(int policies, Stage const& stage, Dice& dice, std::string const& yaml) {
  Lines items;
  if (!dice.chance(45)) return items;
  for (int k = dice.between(1, 4); k > 0; --k) {
    int const policy = dice.between(0, policies - 1);
    Known const known = known_of(policy, yaml);
    int const at = dice.chance(40) ? stage.start : dice.between(stage.start, stage.end);
    std::string item = fmt::format("at: {}", at);
    if (dice.chance(40)) item += fmt::format(", until: {}", dice.between(at, stage.end));
    item += fmt::format(", subsidy: {{policy: policy{}", policy);
    if (dice.chance(60)) item += ", cities: " + random_cities(stage, dice, yaml);
    bool const amount = known.costs && dice.chance(50);
    item +=
        amount ? ", amount: " + dice.decimal(0.1, 400) : ", share: " + dice.pick(Lines{"0.05", "30 %", "0.6", "0.99"});
    if (known.costs && dice.chance(60)) item += ", budget: " + dice.decimal(0.5, 900);
    items.push_back(fmt::format("  - {{{}}}, name: {}{}}}\n", item, dice.pick(Lines{"u_", "S_", "k-"}), k));
  }
  return items;
}

Lines random_lasting(int policies, Stage const& stage, Dice& dice, std::string const& yaml) {
  Lines items;
  if (!dice.chance(40)) return items;
  for (int k = dice.between(1, 5); k > 0; --k) {
    std::string const item = lasting(dice.between(0, policies - 1), stage, dice, yaml);
    items.push_back(fmt::format("  - {{{}, name: {}{}}}\n", item, dice.pick(Lines{"w", "B", "l_"}), k));
  }
  return items;
}

Lines random_seeds(int policies, Stage const& stage, Dice& dice, std::string const& yaml) {
  Lines items;
  if (!dice.chance(35)) return items;
  for (int k = dice.between(1, 4); k > 0; --k) {
    int const policy = dice.between(0, policies - 1), first = first_step(policy, stage, yaml);
    if (first > stage.end) continue;
    int const at = dice.chance(20) ? first : dice.chance(20) ? stage.end : dice.between(first, stage.end);
    std::string item = fmt::format("at: {}, seed: {{policy: policy{}", at, policy);
    if (!dice.chance(10)) item += ", cities: " + random_cities(stage, dice, yaml);
    std::string const chance = dice.pick(Lines{"0", "25 %", "0.5", "0.9"});
    item += dice.chance(60) ? fmt::format(", success: {}}}", chance) : "}";
    if (!items.empty() || dice.chance(70)) item += fmt::format(", name: {}{}", dice.pick(Lines{"z", "A", "m-"}), k);
    if (dice.chance(20)) item += fmt::format(", cost: {}", dice.between(0, 900));
    items.push_back("  - {" + item + "}\n");
  }
  return items;
}

}  // namespace

void write_interventions(Stage const& stage, int policies, std::uint64_t number, Texts& texts) {
  Dice dice(number ^ 0x5eedull << 32);
  Dice others(number ^ 0x9a5full << 32);
  Lines items = random_lasting(policies, stage, others, texts.yaml);
  for (std::string& each : random_seeds(policies, stage, dice, texts.yaml)) items.push_back(std::move(each));
  Dice funds(number ^ 0x5b51dull << 32);
  for (std::string& each : random_subsidies(policies, stage, funds, texts.yaml)) items.push_back(std::move(each));
  for (std::string& each : random_changes(stage, number, texts)) items.push_back(std::move(each));
  for (std::string& each : random_sets(stage, number, texts.yaml)) items.push_back(std::move(each));
  if (items.empty()) return;
  others.shuffle(items);
  texts.yaml += "interventions:\n";
  for (std::string const& each : items) texts.yaml += each;
}

}  // namespace hansa::test
