/// The words of commands that run from a fit.
#pragma once

#include <optional>
#include <string>

#include "hansa.hpp"

namespace CLI {
class App;
}

namespace hansa::cli {

struct FromWords {
  std::optional<std::string> from;
  bool draw = false;
};
void add_from_words(CLI::App& command, FromWords& words);

/// Throws Error where the words do not go together.
void take_estimates(FromWords const& words, ReadOptions& into);

/// Warns of draws that were made again.
void tell_redrawn(Outcome const& outcome, FromWords const& words);

}  // namespace hansa::cli
