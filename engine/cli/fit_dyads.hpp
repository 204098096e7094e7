/// `hansa fit --dyads`: pairs of cities, of which the one may emulate the other.
#pragma once

#include <string>

#include "cli/commands.hpp"

namespace hansa::cli {

/// What is written, and how much is said.
struct DyadWords {
  std::string file, panel, csv, latex, histories;
  int threads = 0;
  bool force = false, quiet = false, json = false;
};

Exit fit_dyads(DyadWords const& words, Question const& question);

/// Complains of `fit: dyads` as far as the cities tell.
void check_dyads(Question const& question);

}  // namespace hansa::cli
