/// Tests of files with named dimensions; tests/interop opens one with other readers.
#include "io/netcdf.hpp"

#include <string>

#include <doctest/doctest.h>
#include <hdf5_hl.h>

#include "io/chunk_rows.hpp"
#include "support/result_samples.hpp"

namespace {

using Values = std::vector<std::int32_t>;

TEST_CASE("every axis of a variable carries the scale of its dimension") {
  hansa::test::Scratch const scratch;
  hansa::NetcdfFile file(scratch / "a.h5");
  file.dimension("city", 3);
  std::vector<std::string> const policies = {"led", "Straßenbahn"};
  file.labels("policy", std::span<std::string const>(policies)).close("policy");
  hansa::H5Dataset const made = file.variable<std::int32_t>("time", {"policy", "city"}, -1);
  CHECK(file.length("city") == 3);
  CHECK(H5DSget_num_scales(made.id(), 0) == 1);
  CHECK(H5DSget_num_scales(made.id(), 1) == 1);
  hansa::H5Dataset const city(H5Dopen2(file.root(), "city", H5P_DEFAULT), "city");
  CHECK(H5DSis_scale(city.id()) > 0);
  CHECK(H5DSis_attached(made.id(), city.id(), 1) > 0);
  std::string name(200, '\0');
  name.resize(static_cast<std::size_t>(H5DSget_scale_name(city.id(), name.data(), name.size())));
  CHECK(name == "This is a netCDF dimension but not a netCDF variable.         3");
}

TEST_CASE("a growing variable takes rows and chunks, and gives back boxes") {
  hansa::test::Scratch const scratch;
  hansa::NetcdfFile file(scratch / "a.h5");
  hansa::H5Dataset const replicate = file.growing_labels<std::int32_t>("replicate", 4);
  file.dimension("city", 3);
  hansa::H5Dataset const rows = file.variable<std::int32_t>("rows", {"replicate", "city"}, -1, {{2, 3}});
  file.append<std::int32_t>(rows, 0, 2, Values{1, 2, 3, 4, 5, 6});
  file.append<std::int32_t>(rows, 2, 1, Values{7, 8, 9});
  CHECK(file.read<std::int32_t>(rows, {0, 0}, {3, 3}) == Values{1, 2, 3, 4, 5, 6, 7, 8, 9});
  CHECK(file.read<std::int32_t>(rows, {1, 1}, {2, 2}) == Values{5, 6, 8, 9});

  hansa::H5Dataset const chunks = file.variable<std::int32_t>("chunks", {"replicate", "city"}, -1, {{2, 2}});
  file.extend(chunks, 2);
  std::vector<hsize_t> const offset = {0, 2};
  file.write_chunk(chunks, offset, hansa::shuffle_and_deflate(Values{3, -1, 6, -1}));
  CHECK(file.read<std::int32_t>(chunks, {0, 0}, {2, 3}) == Values{-1, -1, 3, -1, -1, 6});
}

TEST_CASE("closing leaves a file that opens, as long as its header says") {
  hansa::test::Scratch const scratch;
  {
    hansa::NetcdfFile file(scratch / "a.h5");
    file.dimension("city", 2);
    hansa::H5Dataset made = file.variable<double>("x", {"city"}, std::nullopt);
    file.write<double>(made, std::vector<double>{1.5, 2.5});
    made.close("x");
    file.flush();
    std::uint64_t const before = file.size();
    file.close();
    CHECK(std::filesystem::file_size(scratch / "a.h5") == before);
  }
  hansa::H5File const again(H5Fopen((scratch / "a.h5").c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), "open");
  CHECK(H5Lexists(again.id(), "x", H5P_DEFAULT) > 0);
}

}  // namespace
