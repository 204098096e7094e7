/// Makes up pools, shapes, exposures and memberships.
#include "support/random_exposure.hpp"

#include <algorithm>

namespace hansa::test {

namespace {

std::string random_shape(Dice& dice) {
  switch (dice.between(1, 5)) {
    case 1:
      return "linear";
    case 2:
      return "log1p";
    case 3:
      return fmt::format("{{power: {}}}", dice.decimal(0.3, 3));
    case 4:
      return fmt::format("{{step: {}}}", dice.pick(Lines{"0.25", "0.5", "0.3333333333333333", "1"}));
    default:
      return random_logistic(dice);
  }
}

/// Attributes that change can be compared along ties, but not in a pool.
std::string random_only(bool changing, Dice& dice) {
  std::string const how = dice.pick(Lines{"larger", "smaller", "same", "different"});
  bool const ordered = how == "larger" || how == "smaller";
  Lines attributes{"votes", "size"};
  if (!ordered) attributes = {"votes", "region", "country", "class"};
  if (changing) attributes.push_back("wealth");
  if (changing && !ordered) attributes.insert(attributes.end(), {"rank", "mood"});
  return fmt::format("only: {{{}: {}}}", how, dice.pick(attributes));
}

/// What fades, weighs and is left out; empty: nothing of it. No source fades to just a half or a quarter, which the
/// engine's whole numbers reach from either side: a step of the shape may lie there.
std::string random_choice(bool changing, bool counting, Dice& dice) {
  std::string text;
  if (dice.chance(30)) text += ", half_life: " + dice.pick(Lines{"1.1", "2.3", "0.41", "5.3", "12.7"});
  if (dice.chance(30)) text += ", " + random_only(changing, dice);
  Lines weights{"votes", "share"};
  if (changing) weights.push_back("wealth");
  if (!counting && dice.chance(30)) text += ", source_weight: " + dice.pick(weights);
  return text;
}

}  // namespace

std::string random_pool(Stage const& stage, Dice& dice) {
  Lines kinds{"all", "country", "{same: region}", "{same: class}",
              fmt::format("{{network: {}}}", dice.pick(stage.networks))};
  if (!stage.clubs.empty()) kinds.push_back(fmt::format("{{collaboration: {}}}", dice.pick(stage.clubs)));
  return dice.pick(kinds);
}

std::string random_logistic(Dice& dice) {
  return fmt::format("{{logistic: {{midpoint: {}, steepness: {}}}}}", dice.decimal(0.1, 0.9), dice.decimal(1, 12));
}

/// Of weights and numbers mostly the logarithm, so that pressures stay in reach.
std::string random_exposure(Stage const& stage, std::string const& rule, Dice& dice) {
  std::string const kind = dice.chance(35) ? "competition: {" : "exposure: {";
  bool const contagion = rule == "additive" && dice.chance(40);
  std::string where = "pool: " + random_pool(stage, dice);
  bool changing = false;
  Lines const& networks = contagion ? stage.tame : stage.networks;
  if (!networks.empty() && dice.chance(60)) {
    std::string const& network = dice.pick(networks);
    where = "network: " + network;
    changing = stage.panel && std::find(stage.tied.begin(), stage.tied.end(), network) != stage.tied.end();
  }
  if (contagion) {
    return kind + where + random_choice(changing, false, dice) +
           fmt::format(", transmission: {}}}", dice.between(0, 20) / 10000.0);
  }
  std::string const normalize = dice.pick(Lines{"", "share", "weight", "count"});
  std::string text = kind + where;
  if (!normalize.empty()) text += ", normalize: " + normalize;
  if (dice.chance(50)) text += random_choice(changing, normalize == "count", dice);
  if (normalize.ends_with("t") && rule != "threshold" && dice.chance(80)) return text + ", shape: log1p}";
  if (dice.chance(70)) text += ", shape: " + random_shape(dice);
  return text + "}";
}

std::string random_log_adopters(Stage const& stage, Dice& dice) {
  return fmt::format("log_adopters: {{pool: {}}}", random_pool(stage, dice));
}

std::string random_membership(Stage const& stage, Dice& dice) {
  if (dice.chance(40)) return "membership: {collaborations: [league], measure: years}";
  std::string const one = dice.pick(stage.clubs);
  return "membership: {" + dice.pick(Lines{"measure: member", "collaborations: [" + one + "]"}) + "}";
}

}  // namespace hansa::test
