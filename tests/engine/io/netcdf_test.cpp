/// Tests of files with named dimensions; tests/interop opens one with other readers.
#include "io/netcdf.hpp"

#include <string>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <hdf5_hl.h>
#include <unistd.h>

#include "base/error.hpp"
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

TEST_CASE("a file that cannot be written any more is let go, and keeps what was flushed") {
  hansa::H5Quiet const quiet;
  hansa::test::Scratch const scratch;
  auto const open_files = [] { return H5Fget_obj_count(H5F_OBJ_ALL, H5F_OBJ_ALL); };
  auto const before = open_files();
  {
    hansa::NetcdfFile file(scratch / "a.h5");
    hansa::H5Dataset const rows = file.growing_labels<std::int32_t>("replicate", 4);
    file.append<std::int32_t>(rows, 0, 2, Values{1, 2});
    file.flush();
    void* handle = nullptr;
    REQUIRE(H5Fget_vfd_handle(file.root(), H5P_DEFAULT, &handle) >= 0);
    int const blind = open("/dev/null", O_RDONLY);  // every write fails
    REQUIRE(dup2(blind, *static_cast<int*>(handle)) >= 0);
    close(blind);
    file.append<std::int32_t>(rows, 2, 2, Values{3, 4});
    CHECK_THROWS_AS(file.flush(), hansa::Error);
    file.abandon();
  }
  CHECK(open_files() == before);
  hansa::H5File const again(H5Fopen((scratch / "a.h5").c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), "open");
  hansa::H5Dataset const rows(H5Dopen2(again.id(), "replicate", H5P_DEFAULT), "replicate");
  Values found(2);
  hansa::h5_check(H5Dread(rows.id(), H5T_NATIVE_INT32, H5S_ALL, H5S_ALL, H5P_DEFAULT, found.data()), "read");
  CHECK(found == Values{1, 2});
}

}  // namespace
