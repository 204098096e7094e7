/// What a file says of the cities.
#pragma once

#include <string>

#include "io/netcdf.hpp"
#include "world/cities.hpp"

namespace hansa {

/// Most cities that a reader of files takes.
inline constexpr hsize_t most_cities = 10'000'000;

/// Writes `city_id` and the known attributes along the dimension `city`, which must be there, in the order of the
/// cities' file. Returns the names by which readers find a city, for the attribute `coordinates`.
std::string write_cities(NetcdfFile& file, Cities const& cities);

/// Reads them back from a file that nobody vouches for; they have no hash. Throws Error (Fault::input) without a place.
[[nodiscard]] Cities read_cities(hid_t file);

}  // namespace hansa
