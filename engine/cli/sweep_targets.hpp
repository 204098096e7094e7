/// The files that `hansa sweep` leaves: which may be written, and which it may replace.
#pragma once

#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "cli/sweep_words.hpp"
#include "io/sweep_manifest.hpp"

namespace hansa::cli {

/// Throws where the target would replace a file whose name begins so, in a folder of finished work.
void spare_kept(std::filesystem::path const& target, std::filesystem::path const& folder,
                std::span<std::string_view const> prefixes);

/// Errors: two of the files that are to be written are one, or one of them is an input.
void check_targets(SweepWords const& words, std::span<std::filesystem::path const> inputs);

/// Errors: one of them exists, is not of this sweep, and is not to be replaced by force. A table is of this sweep where
/// it has its header and the gathered file beside it is.
void check_replaced(SweepWords const& words, SweepManifest const& manifest);

/// What the sweep of a folder was made from, as far as its manifest and the words say.
[[nodiscard]] std::vector<std::filesystem::path> inputs_of(SweepWords const& words, SweepManifest const& manifest);

}  // namespace hansa::cli
