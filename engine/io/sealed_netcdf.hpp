/// A netCDF file that is written in one go and sealed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "io/netcdf.hpp"
#include "io/part_file.hpp"

namespace hansa {

/// Makes FILE.part with room for `bytes`, hands it to `write`, seals it and renames it. Errors as PartFile and
/// NetcdfFile, with the file's name; on error nothing is left.
void write_sealed(std::filesystem::path const& file, Overwrite overwrite, std::uint64_t bytes,
                  std::function<void(NetcdfFile&)> const& write);

}  // namespace hansa
