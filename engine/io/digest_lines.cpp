/// Cuts the lines of `input_sha256` apart.
#include "io/digest_lines.hpp"

#include <algorithm>

#include "io/hdf5_read.hpp"

namespace hansa {

std::vector<std::pair<std::string, std::string>> digest_lines(std::string const& lines) {
  std::vector<std::pair<std::string, std::string>> made;
  for (std::size_t at = 0; at < lines.size();) {
    std::size_t const end = std::min(lines.find('\n', at), lines.size());
    std::string const line = lines.substr(at, end - at);
    std::size_t const blank = line.find("  ");
    if (blank == std::string::npos) h5_refuse("the attribute 'input_sha256' has a line without a digest");
    made.emplace_back(line.substr(blank + 2), line.substr(0, blank));
    at = end + 1;
  }
  return made;
}

}  // namespace hansa
