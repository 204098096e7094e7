/// Bytes of input files, and whether they are text.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.hpp"

namespace hansa {

/// A file could not be read for a reason that may pass: the disk, the network or the system failed, or has no room for
/// one more open file. Always Fault::failure.
class MomentaryFailure : public Error {
 public:
  explicit MomentaryFailure(Complaint complaint) : Error(std::move(complaint), Fault::failure) {}
};

/// The whole of a regular file of at most `most` bytes. Errors at `where`: missing, a folder, a pipe or device, too
/// large, cannot be read; MomentaryFailure where another try may go well. Never waits for a pipe.
[[nodiscard]] std::string read_bytes(std::filesystem::path const& file, std::uintmax_t most, Place const& where);

/// Position of the first byte that does not belong to valid UTF-8, or npos. Surrogates and overlong forms are invalid.
[[nodiscard]] std::size_t find_invalid_utf8(std::string_view text) noexcept;

/// Whether the bytes are text in UTF-16, by their byte order mark or by their zeros.
[[nodiscard]] bool is_utf16(std::string_view bytes) noexcept;

/// Without the byte order mark of UTF-8.
[[nodiscard]] std::string_view without_mark(std::string_view text) noexcept;

/// Number of characters (code points) in valid UTF-8.
[[nodiscard]] std::size_t count_characters(std::string_view text) noexcept;

}  // namespace hansa
