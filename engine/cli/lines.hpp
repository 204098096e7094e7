/// Errors and warnings as lines on standard error.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace hansa::cli {

/// Exit codes of the program.
enum class Exit : int { done = 0, failed = 1, bad_input = 2, interrupted = 130 };

/// The text with control characters and bytes that are not UTF-8 escaped, so that it stays on its line, moves no cursor
/// and can be decoded.
[[nodiscard]] std::string one_line(std::string_view text);

void print_errors(std::span<Complaint const> complaints);
void print_warnings(std::span<Complaint const> complaints);

/// Writes to standard output and flushes. Throws Error (Fault::failure) if that fails.
void print(std::string_view text);

}  // namespace hansa::cli
