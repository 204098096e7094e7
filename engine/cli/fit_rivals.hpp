/// Scenario files that `hansa fit` compares with the first.
#pragma once

#include <string>
#include <vector>

#include "hansa.hpp"
#include "inference/hypotheses.hpp"

namespace hansa::cli {

/// Scenarios that are read and posed. Movable; `rivals` point into `posed`.
struct Rivals {
  std::vector<Question> questions;
  std::vector<FitQuestion> posed;
  std::vector<Rival> rivals;
};

/// Reads all of them with the same settings. Throws Error with the mistakes of all files, and where one of them is
/// named twice or is `first`.
[[nodiscard]] Rivals read_rivals(std::vector<std::string> const& files, std::string const& first,
                                 std::vector<std::string> const& settings, int threads);

}  // namespace hansa::cli
