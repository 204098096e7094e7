/// Makes up what policies are worth and how cities learn of it.
#include "support/random_learning.hpp"

namespace hansa::test {

namespace {

/// Cities have attributes size (numbers either side of 0), votes (1 … 9) and share (0.01 … 3); some worlds wealth.
std::string attribute(Stage const& stage, Dice& dice) {
  return stage.panel && dice.chance(50) ? "wealth" : dice.pick(Lines{"size", "votes", "share"});
}

std::string prior(News news, Dice& dice) {
  bool const good = news == News::good;
  std::string const mean = good ? dice.decimal(-1, 0) : dice.chance(30) ? "{attribute: size}" : dice.decimal(-1, 1);
  std::string const precision = dice.chance(30) ? "{attribute: votes}" : dice.decimal(0.1, 4);
  std::string text = fmt::format(", prior: {{mean: {}, precision: {}", mean, precision);
  if (!good && dice.chance(40)) text += ", spread: " + dice.decimal(0, 1);
  return text + "}";
}

}  // namespace

std::string random_merit(Stage const& stage, News news, Dice& dice) {
  if (news == News::good) return fmt::format("{{mean: {}}}", dice.decimal(0, 2));
  if (dice.chance(20)) {
    std::string const spread = dice.chance(50) ? ", spread: " + dice.decimal(0, 1) : "";
    return fmt::format("{{performance: {{attribute: {}}}{}}}", attribute(stage, dice), spread);
  }
  std::string text = "{mean: " + dice.decimal(-1.5, 2);
  if (dice.chance(60)) text += ", spread: " + dice.decimal(0, 1);
  if (dice.chance(40)) text += fmt::format(", attributes: {{{}: {}}}", attribute(stage, dice), dice.decimal(-0.3, 0.3));
  return text + "}";
}

std::string random_learning(Stage const& stage, News news, Dice& dice) {
  std::string text = "learning: {network: " + dice.pick(stage.tied);
  if (dice.chance(60)) text += ", observation_sd: " + dice.decimal(0.1, 4);
  if (dice.chance(60)) text += prior(news, dice);
  if (stage.cities > 4 && dice.chance(30))
    text += ", transferability: {on: [size, share], sd: " + dice.decimal(0, 1) + "}";
  if (dice.chance(30)) text += ", risk_aversion: " + dice.decimal(0, 1);
  if (news == News::good || dice.chance(30)) text += ", noise: none";
  return text + "}";
}

}  // namespace hansa::test
