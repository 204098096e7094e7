/// Makes up what policies are worth and how cities learn of it.
#include "support/random_learning.hpp"

namespace hansa::test {

namespace {

/// Cities have attributes size (numbers either side of 0), votes (1 … 9), share (0.01 … 3) and part (0 … 1); some
/// worlds wealth.
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

/// The model degroot. Averages of a prior of -1/4 and of better are no worse than it, to the last bit.
std::string averages(News news, Dice& apart) {
  std::string text = ", model: degroot";
  if (apart.chance(60)) text += ", openness: " + apart.pick(Lines{"0", "0.3", "0.9", "{attribute: part}"});
  if (!apart.chance(70)) return text;
  if (news == News::good) return text + ", prior: {mean: -0.25}";
  text += ", prior: {mean: " + (apart.chance(50) ? "{attribute: size}" : apart.decimal(-1, 1));
  return text + (apart.chance(40) ? ", spread: " + apart.decimal(0, 1) : "") + "}";
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

std::string random_learning(Stage const& stage, News news, Dice& dice, Dice& apart) {
  std::string text = "learning: {network: " + dice.pick(stage.tied);
  std::string const plain = text;
  if (dice.chance(60)) text += ", observation_sd: " + dice.decimal(0.1, 4);
  if (dice.chance(60)) text += prior(news, dice);
  if (stage.cities > 4 && dice.chance(30))
    text += ", transferability: {on: [size, share], sd: " + dice.decimal(0, 1) + "}";
  if (dice.chance(30)) text += ", risk_aversion: " + dice.decimal(0, 1);
  if (news == News::good || dice.chance(30)) text += ", noise: none";
  // From dice of their own: nothing else depends on it.
  if (apart.chance(30)) return plain + averages(news, apart) + "}";
  // Own experience of what is worse than hoped may be bad news.
  if (news == News::any && apart.chance(50)) text += ", own_precision: " + apart.decimal(0.01, 3);
  return text + "}";
}

std::string random_leaving(Dice& apart) {
  return fmt::format("{{logit: {{base: {}, own_belief: {}}}}}", apart.decimal(-4, 1), apart.decimal(-1, 3));
}

std::string random_reinvention(Dice& apart, bool gains) {
  std::string text = "{probability: " + apart.pick(Lines{"0", "0.2", "0.6", "1"});
  if (gains) text += ", gain: " + apart.decimal(0.1, 1);
  if (apart.chance(60)) text += ", cost: " + apart.pick(Lines{"0.25", "2", "-0.5", "-1"});
  return text + "}";
}

}  // namespace hansa::test
