/// Which kind of file of hansa a file is, and which question it answers.
#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace hansa {

enum class Contents { result, comparison, sweep, estimates, statistics };

struct FileContents {
  Contents kind = Contents::result;
  std::string scenario_text;                  ///< resolved, as YAML; of a comparison that of its base
  std::map<std::string, std::string> inputs;  ///< file as given -> SHA-256
};

/// Checks the seal, which reads all bytes. Error (Fault::input) with the file's name where hansa did not write it, or
/// it is an answer in JSON, Fault::failure where it cannot be read.
[[nodiscard]] FileContents read_file_contents(std::filesystem::path const& file);

}  // namespace hansa
