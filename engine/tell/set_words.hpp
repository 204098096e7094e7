/// What numbers are set to, in words.
#pragma once

#include <string>
#include <vector>

#include "scenario/draft.hpp"
#include "scenario/scenario.hpp"

namespace hansa {

/// A number that an intervention sets, beside what it is otherwise.
struct SetWords {
  std::string path;     ///< of the number; of a chance, that of the baseline that it is turned into
  std::string number;   ///< "2"
  std::string instead;  ///< "1"; "none" where the policy has none
};

[[nodiscard]] std::vector<SetWords> set_words(SetSpec const& act, Scenario const& scenario);
/// A list of path, number and what it is instead of, for JSON.
[[nodiscard]] Node set_tree(SetSpec const& act, Scenario const& scenario);

/// True if some policy has a frailty whose standard deviation is above 0 at some date. `sd`: one of them.
[[nodiscard]] bool is_ever_frail(Scenario const& scenario, double FrailtySpec::*sd);

}  // namespace hansa
