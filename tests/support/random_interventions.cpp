/// Makes up seeds, and puts them beside other interventions.
#include "support/random_interventions.hpp"

#include <algorithm>
#include <utility>

#include "support/random_changes.hpp"

namespace hansa::test {

namespace {

/// First step in which a policy can be seeded: after what its data have happen.
int first_step(int policy, Stage const& stage, std::string const& yaml) {
  std::string const words = fmt::format("adopters: {{file: policy{}.csv, until: ", policy);
  std::size_t const at = yaml.find(words);
  return at == std::string::npos ? stage.start : std::max(stage.start, std::stoi(yaml.substr(at + words.size())) + 1);
}

Lines random_seeds(Stage const& stage, int policies, std::uint64_t number, Texts const& texts) {
  Dice dice(number ^ 0x5eedull << 32);
  Lines items;
  if (!dice.chance(35)) return items;
  for (int k = dice.between(1, 4); k > 0; --k) {
    int const policy = dice.between(0, policies - 1), first = first_step(policy, stage, texts.yaml);
    if (first > stage.end) continue;
    int const at = dice.chance(20) ? first : dice.chance(20) ? stage.end : dice.between(first, stage.end);
    std::string item = fmt::format("at: {}, seed: {{policy: policy{}", at, policy);
    if (!dice.chance(10)) item += ", cities: " + random_cities(stage, dice, texts.yaml);
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
  Lines items = random_seeds(stage, policies, number, texts);
  for (std::string& each : random_changes(stage, number, texts)) items.push_back(std::move(each));
  if (items.empty()) return;
  Dice(number).shuffle(items);
  texts.yaml += "interventions:\n";
  for (std::string const& each : items) texts.yaml += each;
}

}  // namespace hansa::test
