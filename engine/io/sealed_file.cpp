/// What a file of hansa has to show before HDF5 looks at it: signature, length and seal.
#include "io/sealed_file.hpp"

#include <array>
#include <cerrno>
#include <cstdint>
#include <fstream>
#include <string>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "io/seal.hpp"

namespace hansa {

namespace {

namespace fs = std::filesystem;

std::uintmax_t size_of_ordinary(fs::path const& file, std::string_view expected) {
  std::error_code problem;
  fs::file_status const status = fs::status(file, problem);
  if (status.type() == fs::file_type::not_found) refuse_file(file, "there is no such file");
  if (problem) refuse_file(file, "cannot be read: " + problem.message());
  if (status.type() == fs::file_type::directory) refuse_file(file, "is a folder", expected);
  if (status.type() != fs::file_type::regular) refuse_file(file, "is not an ordinary file", expected);
  std::uintmax_t const size = fs::file_size(file, problem);
  if (problem) refuse_file(file, "cannot be read: " + problem.message());
  return size;
}

}  // namespace

void refuse_file(fs::path const& file, std::string problem, std::string_view mend) {
  throw Error(Complaint{std::move(problem), {file.string(), 0, 0}, std::string(mend)});
}

void check_hdf5_header(fs::path const& file, std::string_view expected) {
  constexpr std::string_view signature = "\x89HDF\r\n\x1A\n";
  std::uintmax_t const size = size_of_ordinary(file, expected);
  std::array<char, 48> head{};
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  if (!in) refuse_file(file, "cannot be read: " + std::generic_category().message(errno));
  in.read(head.data(), head.size());
  std::string_view const start(head.data(), static_cast<std::size_t>(in.gcount()));
  if (!start.starts_with(signature)) refuse_file(file, size == 0 ? "is empty" : "is no HDF5 file", expected);
  constexpr std::string_view shape("\x02\x08\x08", 3);  // version, bytes of an address, bytes of a length
  if (start.size() < head.size() || start.substr(8, 3) != shape) refuse_file(file, "is of another program", expected);
  std::uint64_t end = 0;
  for (std::size_t byte = 8; byte-- > 0;) end = end << 8 | static_cast<unsigned char>(head[28 + byte]);
  if (end > size)
    refuse_file(file, fmt::format("is cut off: it has {} of {} bytes", size, end), "fetch or make it again");
}

void require_seal(fs::path const& file) {
  if (check_seal(file) == Seal::none)
    refuse_file(file, "has no seal: it was not finished, or has been changed since",
                "the file as hansa wrote it was expected");
}

}  // namespace hansa
