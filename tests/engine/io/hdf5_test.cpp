/// Tests of handles and errors over the HDF5 C interface.
#include "io/hdf5.hpp"

#include <array>
#include <string>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "support/result_samples.hpp"

namespace {

TEST_CASE("a failure says what was tried and why, and counts as one") {
  hansa::H5Quiet const quiet;
  try {
    hansa::H5File const file(H5Fopen("/no/such/file.h5", H5F_ACC_RDONLY, H5P_DEFAULT), "cannot open the file");
    FAIL("it was opened");
  } catch (hansa::Error const& error) {
    CHECK(std::string(error.what()) == "cannot open the file: No such file or directory");
    CHECK(error.fault() == hansa::Fault::failure);
  }
  try {
    hansa::h5_check(H5Dget_space(-1), "no dataset");
    FAIL("there is no such dataset");
  } catch (hansa::Error const& error) {
    CHECK(std::string(error.what()).find("no dataset: HDF5: ") == 0);
  }
}

TEST_CASE("handles close what they own, once") {
  hid_t id = -1;
  {
    hansa::H5Space space = hansa::h5_space({});
    id = space.id();
    hansa::H5Space const moved = std::move(space);
    CHECK(space.id() < 0);
    CHECK(moved.id() == id);
    CHECK(H5Iis_valid(id) > 0);
  }
  CHECK(H5Iis_valid(id) == 0);
}

TEST_CASE("H5Quiet puts back how errors were printed") {
  H5E_auto2_t before = nullptr, during = nullptr, after = nullptr;
  void* data = nullptr;
  H5Eget_auto2(H5E_DEFAULT, &before, &data);
  {
    hansa::H5Quiet const quiet;
    H5Eget_auto2(H5E_DEFAULT, &during, &data);
  }
  H5Eget_auto2(H5E_DEFAULT, &after, &data);
  CHECK((during == nullptr));
  CHECK((after == before));
}

TEST_CASE("attributes keep texts, numbers and arrays, little-endian in the file") {
  hansa::test::Scratch const scratch;
  hansa::H5File file(H5Fcreate((scratch / "a.h5").c_str(), H5F_ACC_EXCL, H5P_DEFAULT, H5P_DEFAULT), "create");
  hansa::h5_set_text(file.id(), "title", "Füße");
  hansa::h5_set_number<std::int32_t>(file.id(), "count", 1);
  hansa::h5_update_number<std::int32_t>(file.id(), "count", 70000);
  std::array<std::int8_t, 3> const flags = {0, 1, -1};
  hansa::h5_set_numbers<std::int8_t>(file.id(), "flags", flags);

  hansa::H5Attribute const title(H5Aopen(file.id(), "title", H5P_DEFAULT), "title");
  hansa::H5Type const type = hansa::h5_text_type();
  char* text = nullptr;
  hansa::h5_check(H5Aread(title.id(), type.id(), &text), "title");
  CHECK(std::string(text) == "Füße");
  H5free_memory(text);
  hansa::H5Attribute const count(H5Aopen(file.id(), "count", H5P_DEFAULT), "count");
  std::int32_t number = 0;
  hansa::h5_check(H5Aread(count.id(), H5T_NATIVE_INT32, &number), "count");
  CHECK(number == 70000);
  hansa::H5Type const stored(H5Aget_type(count.id()), "type");
  CHECK(H5Tget_order(stored.id()) == H5T_ORDER_LE);
  hansa::H5Attribute const list(H5Aopen(file.id(), "flags", H5P_DEFAULT), "flags");
  std::array<std::int8_t, 3> found = {};
  hansa::h5_check(H5Aread(list.id(), H5T_NATIVE_INT8, found.data()), "flags");
  CHECK(found == flags);
}

}  // namespace
