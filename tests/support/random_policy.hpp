/// Random policies: rules, attributes, trends, adopters and mechanisms, on a stage already set.
#pragma once

#include <string>
#include <vector>

#include "support/dice.hpp"
#include "support/question.hpp"

namespace hansa::test {

using Lines = std::vector<std::string>;

/// What the policies of a made-up world may name.
struct Stage {
  int cities = 0, policies = 0, start = 0, end = 0;
  Lines networks, clubs;
  Lines tied;          ///< networks of ties, not of complete groups
  Lines tame;          ///< networks whose ties weigh less than 400
  Lines regions;       ///< those that some city has
  Lines countries;     ///< the same
  bool ruled = false;  ///< countries have the numbers need, drive, patience and duty
  bool panel = false;  ///< wealth, drift, rank and mood change over time
  /// A time label, from `early` steps before the start to 2 after the end.
  [[nodiscard]] std::string label(Dice& dice, int early) const {
    return std::to_string(dice.between(start - early, end + 2));
  }
};

/// Appends one policy to the scenario, and its file of adopters if it has one.
void write_policy(std::string const& name, Stage const& stage, Dice& dice, Texts& texts);

}  // namespace hansa::test
