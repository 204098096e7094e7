/// Selections of HDF5 for virtual variables.
#include "io/virtual_part.hpp"

namespace hansa {

namespace {

/// HDF5 takes % in names of files for the beginning of a pattern.
std::string without_patterns(std::string const& name) {
  std::string made;
  for (char const each : name) {
    if (each == '%') made += '%';
    made += each;
  }
  return made;
}

void select_boxes(H5Space const& space, std::vector<hsize_t> const& lengths, std::vector<VirtualBox> const& boxes) {
  h5_check(H5Sselect_none(space.id()), "parts of a virtual variable");
  for (VirtualBox const& each : boxes) {
    std::vector<hsize_t> start(lengths.size(), 0), count = lengths;
    start[0] = each.first;
    count[0] = 1;
    start[1] = each.second;
    count[1] = each.count;
    h5_check(H5Sselect_hyperslab(space.id(), H5S_SELECT_OR, start.data(), nullptr, count.data(), nullptr),
             "parts of a virtual variable");
  }
}

}  // namespace

void h5_set_virtual(hid_t creation_list, std::vector<hsize_t> const& lengths, std::vector<VirtualPart> const& parts) {
  for (VirtualPart const& each : parts) {
    H5Space const here = h5_space(lengths);
    select_boxes(here, lengths, each.boxes);
    hsize_t rows = 0;
    for (VirtualBox const& box : each.boxes) rows += box.count;
    hsize_t const start[] = {each.row, each.column}, count[] = {rows, each.columns}, whole[] = {each.rows, each.width};
    H5Space const there = h5_space(whole);
    h5_check(H5Sselect_hyperslab(there.id(), H5S_SELECT_SET, start, nullptr, count, nullptr),
             "parts of a virtual variable");
    h5_check(H5Pset_virtual(creation_list, here.id(), without_patterns(each.file).c_str(), each.variable.c_str(),
                            there.id()),
             "parts of a virtual variable");
  }
}

}  // namespace hansa
