/// The attribute `input_sha256`: which files were read, and the digests of their bytes.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace hansa {

/// File and SHA-256 of each line, as `sha256sum` prints it. Error (Fault::input) without a place for a line that has
/// no digest.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> digest_lines(std::string const& lines);

}  // namespace hansa
