/// A line after the last byte of a finished result file, by which damage shows before HDF5 reads it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace hansa {

/// The line: "\nhansa-seal crc32=XXXXXXXX size=XXXXXXXXXXXXXXXX\n", both numbers hexadecimal, of all bytes before it.
/// HDF5 ignores what follows the end that its header states. A checksum tells accidents (a copy cut off, a flipped
/// bit), not forgery.
inline constexpr std::size_t seal_bytes = 49;

/// The line for these bytes.
[[nodiscard]] std::string seal_line(std::string_view bytes);

/// Appends the seal to a file that nobody writes any more. Error (Fault::failure): it cannot be read or written.
void append_seal(std::filesystem::path const& file);

enum class Seal { sound, none };

/// Reads the whole file. none: its last line is no seal (a run that was killed, or another program wrote into it).
/// Errors: the file cannot be read (Fault::failure), or its bytes are not those that were sealed (Fault::input).
[[nodiscard]] Seal check_seal(std::filesystem::path const& file);

/// What the seal of a sound file says: "crc32=XXXXXXXX size=XXXXXXXXXXXXXXXX". Errors as check_seal(), and
/// (Fault::input) where there is none.
[[nodiscard]] std::string read_seal(std::filesystem::path const& file);

}  // namespace hansa
