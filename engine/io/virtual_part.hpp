/// What of a virtual variable lies in another file: rows of a table there stand for boxes of the variable here.
#pragma once

#include <string>
#include <vector>

#include "io/hdf5.hpp"

namespace hansa {

/// `count` places of the second axis from `second` on, at one place `first` of the first axis; the others whole.
struct VirtualBox {
  hsize_t first = 0, second = 0, count = 0;
};

/// Boxes in the order of the variable are rows of the table in theirs: as many rows as places, `columns` numbers each.
struct VirtualPart {
  std::string file;               ///< relative to the folder of the file that refers to it
  std::string variable;           ///< a table of two axes there
  hsize_t rows = 0, width = 0;    ///< of the whole table
  hsize_t row = 0, column = 0;    ///< where the part begins
  hsize_t columns = 0;            ///< numbers of a place: the product of the other axes
  std::vector<VirtualBox> boxes;  ///< ascending by first and second
};

/// Makes a variable of these axes virtual. What no part has, or whose file is not there, reads as the fill value.
void h5_set_virtual(hid_t creation_list, std::vector<hsize_t> const& lengths, std::vector<VirtualPart> const& parts);

}  // namespace hansa
