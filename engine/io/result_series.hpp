/// Numbers by step of a result file: what policies cost and cover, and what all of them share.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "io/result_layout.hpp"

namespace hansa {

/// Names a variable; `units`: none.
void say(H5Dataset const& variable, std::string const& long_name, std::string const& units = {});

/// Chunks of whole blocks of replicates, cut along the first axes so that they stay near a mebibyte.
[[nodiscard]] Storage storage_by_replicate(std::int64_t block, std::vector<std::size_t> const& lengths,
                                           std::size_t value_bytes);

/// Makes those that the scenario has.
[[nodiscard]] std::vector<SeriesVariable> make_result_series(NetcdfFile& file, ResultShape const& shape);

}  // namespace hansa
