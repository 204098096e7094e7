/// Makes up joins, leaves, dissolutions, and ties that come and go.
#include "support/random_changes.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace hansa::test {

namespace {

class Changes {
 public:
  Changes(Stage const& stage, std::uint64_t number, Texts const& texts)
      : stage_(stage), texts_(texts), dice_(number ^ 0x71e5ull << 32) {
    for (std::string const& each : stage.tied) {
      std::size_t const at = texts.yaml.find("  " + each + ": {");
      std::string const line = texts.yaml.substr(at, texts.yaml.find('\n', at) - at);
      if (line.find("redraw") == std::string::npos) networks_.push_back(each);
    }
    for (std::string const& each : stage.clubs)
      if (texts.yaml.find(each + ": {dissolved") == std::string::npos) clubs_.push_back(each);
  }

  Lines write() {
    Lines items;
    if (!dice_.chance(40)) return items;
    for (int k = dice_.between(1, 6); k > 0; --k) {
      bool const of_ties = clubs_.empty() || dice_.chance(50);
      std::string const act = of_ties ? ties() : members();
      if (!act.empty()) items.push_back(fmt::format("  - {{name: {}{}, {}}}\n", dice_.pick(Lines{"x", "C"}), k, act));
    }
    return items;
  }

 private:
  int date() {
    if (dice_.chance(15)) return stage_.start;
    return dice_.chance(15) ? stage_.end : dice_.between(stage_.start, stage_.end);
  }

  std::string ties() {
    if (networks_.empty()) return "";
    std::string const& network = dice_.pick(networks_);
    int const at = date();
    std::string const sources = random_cities(stage_, dice_, texts_.yaml),
                      targets = random_cities(stage_, dice_, texts_.yaml);
    if (dice_.chance(40))
      return fmt::format("at: {}, remove_ties: {{network: {}, sources: {}{}}}", at, network, sources,
                         dice_.chance(50) ? ", targets: " + targets : "");
    std::string weight = dice_.pick(Lines{"", ", weight: 2", ", weight: 0.5", ", weight: 0.37", ", weight: 3e-7"});
    std::size_t const own = texts_.yaml.find("  " + network + ": {");
    bool const visits = texts_.yaml.substr(own, texts_.yaml.find('\n', own) - own).find("visits") != std::string::npos;
    if (visits && weight.ends_with("e-7")) weight = ", weight: 0.25";  // beside so small ones 1 is no weight
    return fmt::format("at: {}, add_ties: {{network: {}, sources: {}, targets: {}{}}}", at, network, sources, targets,
                       weight);
  }

  /// Nobody joins what is dissolved, and of one club all either join or leave in one step.
  std::string members() {
    std::string const& club = dice_.pick(clubs_);
    int const at = date();
    if (ended_.count(club) > 0 && at >= ended_[club]) return "";
    if (dice_.chance(15) && joined_[club] < at) {
      ended_[club] = at;
      return fmt::format("at: {}, dissolve: {{collaboration: {}}}", at, club);
    }
    bool const joins = verbs_.emplace(std::pair(club, at), dice_.chance(60)).first->second;
    if (joins) joined_[club] = std::max(joined_.emplace(club, stage_.start - 1).first->second, at);
    return fmt::format("at: {}, {}: {{collaboration: {}, cities: {}}}", at, joins ? "join" : "leave", club,
                       random_cities(stage_, dice_, texts_.yaml));
  }

  Stage const& stage_;
  Texts const& texts_;
  Dice dice_;
  Lines networks_, clubs_;
  std::map<std::string, int> ended_, joined_;  ///< first date of an end, last one of a join
  std::map<std::pair<std::string, int>, bool> verbs_;
};

}  // namespace

std::string random_cities(Stage const& stage, Dice& dice, std::string const& yaml) {
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

Lines random_changes(Stage const& stage, std::uint64_t number, Texts const& texts) {
  return Changes(stage, number, texts).write();
}

}  // namespace hansa::test
