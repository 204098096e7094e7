/// Other programs, asked with a limit of patience.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace hansa::cli {

struct Ended {
  int code = 0;     ///< exit code; 128 + signal if one ended it
  std::string out;  ///< all that it said, on both channels
};

/// Runs a program, found as a shell finds it, without a shell. Nothing: there is none of that name, or it took longer
/// than so many seconds and was ended.
[[nodiscard]] std::optional<Ended> ask_program(std::vector<std::string> const& words, double seconds);

/// The file of this program, as it would be called again: where a loader was called with it, what called the loader.
[[nodiscard]] std::string own_program();

}  // namespace hansa::cli
