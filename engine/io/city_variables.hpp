/// What a file says of the cities.
#pragma once

#include <string>

#include "io/netcdf.hpp"
#include "world/cities.hpp"

namespace hansa {

/// Writes `city_id` and the known attributes along the dimension `city`, which must be there, in the order of the
/// cities' file. Returns the names by which readers find a city, for the attribute `coordinates`.
std::string write_cities(NetcdfFile& file, Cities const& cities);

}  // namespace hansa
