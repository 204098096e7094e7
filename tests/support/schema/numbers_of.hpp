/// The numbers of a policy that interventions can set, found in what was written of it.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/schema.hpp"
#include "scenario/draft.hpp"
#include "support/dice.hpp"

namespace hansa::test {

struct SettableNumber {
  std::string path;
  std::string number;        ///< the same for two paths to one number
  double low = 0, high = 0;  ///< between which another value is drawn
  [[nodiscard]] std::string another(Dice& dice) const;
};

[[nodiscard]] std::vector<SettableNumber> numbers_of(Node const& policy, std::string const& name,
                                                     std::string const& rule, std::span<Schema const* const> kinds);

/// Those of no policy: of resources, ties, fees and attention.
[[nodiscard]] std::vector<SettableNumber> shared_numbers_of(Node const& scenario);

}  // namespace hansa::test
