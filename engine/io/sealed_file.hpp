/// What a file of hansa has to show before HDF5 looks at it: signature, length and seal.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "io/hdf5.hpp"

namespace hansa {

/// Throws Error (Fault::input) that names the file.
[[noreturn]] void refuse_file(std::filesystem::path const& file, std::string problem, std::string_view mend = {});

/// An ordinary file that begins like HDF5 and is as long as its superblock says (HDF5 file format 3.0, II.A). What
/// hansa writes has a superblock of version 2 at its very beginning. Errors (Fault::input) end with `expected`.
void check_hdf5_header(std::filesystem::path const& file, std::string_view expected);

/// Error (Fault::input) unless the file ends with the seal of all its bytes. Reads the whole file.
void require_seal(std::filesystem::path const& file);

/// What `read` makes of an HDF5 file. Its errors get the file as their place and end with `expected`; all are of
/// Fault::input.
template <class Read>
[[nodiscard]] auto read_named(std::filesystem::path const& file, std::string_view expected, Read const& read) {
  H5Quiet const quiet;
  try {
    return read();
  } catch (Error const& error) {
    std::vector<Complaint> complaints = error.complaints();
    for (Complaint& each : complaints) each = {each.problem, {file.string(), 0, 0}, std::string(expected)};
    throw Error(std::move(complaints), Fault::input);
  }
}

/// The same of one that must be sealed.
template <class Read>
[[nodiscard]] auto read_sealed(std::filesystem::path const& file, std::string_view expected, Read const& read) {
  check_hdf5_header(file, expected);
  require_seal(file);
  return read_named(file, expected, read);
}

}  // namespace hansa
