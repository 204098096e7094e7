/// Makes up seeds.
#include "support/random_interventions.hpp"

#include <algorithm>

namespace hansa::test {

namespace {

/// First step in which a policy can be seeded: after what its data have happen.
int first_step(int policy, Stage const& stage, std::string const& yaml) {
  std::string const words = fmt::format("adopters: {{file: policy{}.csv, until: ", policy);
  std::size_t const at = yaml.find(words);
  return at == std::string::npos ? stage.start : std::max(stage.start, std::stoi(yaml.substr(at + words.size())) + 1);
}

std::string cities(Stage const& stage, Dice& dice, std::string const& yaml) {
  int const most = std::max(1, stage.cities / 3);
  int const count = dice.between(1, most), city = dice.between(0, stage.cities - 1);
  switch (dice.between(1, 7)) {
    case 1:
      return fmt::format("{{random: {}}}", count);
    case 2:
      return fmt::format("{{top: {}, by: {}}}", count, stage.panel ? "wealth" : "votes");
    case 3:
      if (!stage.regions.empty()) return fmt::format("{{where: {{region: {}}}}}", dice.pick(stage.regions));
      break;
    case 4:
      if (!stage.clubs.empty()) return fmt::format("{{members: {}}}", dice.pick(stage.clubs));
      break;
    case 5:
      if (yaml.find("redraw") == std::string::npos && !stage.tied.empty())
        return fmt::format("{{neighbours: [city{}], network: {}}}", city, dice.pick(stage.tied));
      break;
    default:
      break;
  }
  return fmt::format("[city{}, city{}]", city, dice.between(0, stage.cities - 1));
}

}  // namespace

void write_interventions(Stage const& stage, int policies, std::uint64_t number, Texts& texts) {
  Dice dice(number ^ 0x5eedull << 32);
  if (!dice.chance(35)) return;
  Lines items;
  for (int k = dice.between(1, 4); k > 0; --k) {
    int const policy = dice.between(0, policies - 1), first = first_step(policy, stage, texts.yaml);
    if (first > stage.end) continue;
    int const at = dice.chance(20) ? first : dice.chance(20) ? stage.end : dice.between(first, stage.end);
    std::string item = fmt::format("at: {}, seed: {{policy: policy{}", at, policy);
    if (!dice.chance(10)) item += ", cities: " + cities(stage, dice, texts.yaml);
    std::string const chance = dice.pick(Lines{"0", "25 %", "0.5", "0.9"});
    item += dice.chance(60) ? fmt::format(", success: {}}}", chance) : "}";
    if (!items.empty() || dice.chance(70)) item += fmt::format(", name: {}{}", dice.pick(Lines{"z", "A", "m-"}), k);
    if (dice.chance(20)) item += fmt::format(", cost: {}", dice.between(0, 900));
    items.push_back("  - {" + item + "}\n");
  }
  if (items.empty()) return;
  dice.shuffle(items);
  texts.yaml += "interventions:\n";
  for (std::string const& each : items) texts.yaml += each;
}

}  // namespace hansa::test
