/// Reading from HDF5 objects of unknown content: every type and length is checked before a byte is taken.
#pragma once

#include <string>
#include <vector>

#include "io/hdf5.hpp"

namespace hansa {

/// Throws Error (Fault::input) without a place, which is for the reader of the file to add.
[[noreturn]] void h5_refuse(std::string problem);

/// What a dataset holds.
enum class Held { whole_numbers, fractions, texts, other };

/// Opens a file read-only that the caller has found to be an ordinary one.
[[nodiscard]] H5File h5_open_file(std::string const& file);

/// Whether a link of this name leads from the group to an object.
[[nodiscard]] bool h5_has(hid_t group, std::string const& name);
[[nodiscard]] bool h5_has_attribute(hid_t object, std::string const& name);
/// Names of all links of the group, in the order in which they were made where it is known, else sorted.
[[nodiscard]] std::vector<std::string> h5_names(hid_t group);

/// A dataset of the group, with what it holds and how long its axes are. Throws if there is none of the name.
struct H5Variable {
  H5Dataset data;
  std::string name;
  Held held = Held::other;
  std::vector<hsize_t> lengths;
  H5Variable(hid_t group, std::string const& name);
};

/// Rows [first, first + count) of the first axis, which must lie inside; of a dataset of numbers.
template <class T>
[[nodiscard]] std::vector<T> h5_read_rows(H5Variable const& from, hsize_t first, hsize_t count);
/// All of a dataset of texts with one axis.
[[nodiscard]] std::vector<std::string> h5_read_texts(H5Variable const& from);

/// A single text, or a single whole number.
[[nodiscard]] std::string h5_read_text(hid_t object, std::string const& attribute);
[[nodiscard]] std::int64_t h5_read_whole_number(hid_t object, std::string const& attribute);

}  // namespace hansa
