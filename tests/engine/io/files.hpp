/// Files as bytes, and errors as the user reads them, for tests of io.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "base/error.hpp"

namespace hansa::test {

[[nodiscard]] inline std::string bytes_of(std::filesystem::path const& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

inline void write_bytes(std::filesystem::path const& file, std::string const& bytes) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

/// What the body threw; "" if it did not.
template <class Body>
[[nodiscard]] std::string error_of(Body const& body) {
  try {
    body();
  } catch (Error const& error) {
    return error.what();
  }
  return "";
}

}  // namespace hansa::test
