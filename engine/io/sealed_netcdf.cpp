/// Writes, seals, renames.
#include "io/sealed_netcdf.hpp"

#include <optional>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "io/seal.hpp"

namespace hansa {

namespace {

void write_part(std::filesystem::path const& part, std::function<void(NetcdfFile&)> const& write) {
  H5Quiet const quiet;
  std::optional<NetcdfFile> file;
  try {
    file.emplace(part);
    write(*file);
    file->flush();
    file->close();
  } catch (Error const& error) {
    if (file) file->abandon();
    std::vector<Complaint> complaints = error.complaints();
    for (Complaint& each : complaints) each.where.file = part.string();
    throw Error(std::move(complaints), error.fault());
  }
}

}  // namespace

void write_sealed(std::filesystem::path const& file, Overwrite overwrite, std::uint64_t bytes,
                  std::function<void(NetcdfFile&)> const& write) {
  PartFile part(file, overwrite);
  try {
    part.reserve(0, bytes);
    write_part(part.part(), write);
    append_seal(part.part());
    part.commit();
  } catch (...) {
    part.discard();
    throw;
  }
}

}  // namespace hansa
