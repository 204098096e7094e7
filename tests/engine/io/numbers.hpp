/// All numbers of one variable of a result file, as HDF5 has them.
#pragma once

#include <filesystem>
#include <vector>

#include "io/hdf5.hpp"
#include "io/netcdf.hpp"

namespace hansa::test {

template <class T>
std::vector<T> numbers(std::filesystem::path const& file, char const* name) {
  H5Quiet const quiet;
  H5File const h5(H5Fopen(file.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), "open");
  H5Dataset const data(H5Dopen2(h5.id(), name, H5P_DEFAULT), name);
  H5Space const space(H5Dget_space(data.id()), "space");
  std::vector<T> values(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space.id())));
  h5_check(H5Dread(data.id(), H5Number<T>::memory(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), name);
  return values;
}

}  // namespace hansa::test
