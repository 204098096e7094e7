/// Reads which shape parameters a fit estimates.
#pragma once

#include <string_view>
#include <vector>

#include "scenario/reader.hpp"

namespace hansa {

/// The list `profile` of the section `fit`, whose parameters are `read`. `scored`: names of the policies that are
/// fitted. Complains of paths that lead to no number, to one that every fit estimates, to one of a policy that is not
/// fitted, or to one that cannot be searched.
void read_profile(Item const& item, Parameters const& read, Node const& root, Scenario const& scenario,
                  std::vector<std::string_view> const& scored, FitSpec& into, Reading& reading);

}  // namespace hansa
