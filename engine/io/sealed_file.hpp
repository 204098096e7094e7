/// What a file of hansa has to show before HDF5 looks at it: signature, length and seal.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace hansa {

/// Throws Error (Fault::input) that names the file.
[[noreturn]] void refuse_file(std::filesystem::path const& file, std::string problem, std::string_view mend = {});

/// An ordinary file that begins like HDF5 and is as long as its superblock says (HDF5 file format 3.0, II.A). What
/// hansa writes has a superblock of version 2 at its very beginning. Errors (Fault::input) end with `expected`.
void check_hdf5_header(std::filesystem::path const& file, std::string_view expected);

/// Error (Fault::input) unless the file ends with the seal of all its bytes. Reads the whole file.
void require_seal(std::filesystem::path const& file);

}  // namespace hansa
