/// Reading from HDF5 objects of unknown content: every type and length is checked before a byte is taken.
#include "io/hdf5_read.hpp"

#include <cstring>
#include <limits>
#include <memory>

#include <fmt/format.h>

#include "base/error.hpp"

namespace hansa {

namespace {

constexpr std::size_t most_values = std::size_t{1} << 40;

Held held_by(hid_t type) {
  switch (H5Tget_class(type)) {
    case H5T_INTEGER:
      return Held::whole_numbers;
    case H5T_FLOAT:
      return Held::fractions;
    case H5T_STRING:
      return H5Tis_variable_str(type) > 0 ? Held::texts : Held::other;
    default:
      return Held::other;
  }
}

std::vector<hsize_t> lengths_of(hid_t space, std::string const& name) {
  int const axes = H5Sget_simple_extent_ndims(space);
  if (axes < 0) throw_hdf5_error("the axes of '" + name + "' cannot be read");
  std::vector<hsize_t> lengths(static_cast<std::size_t>(axes));
  if (axes > 0) h5_check(H5Sget_simple_extent_dims(space, lengths.data(), nullptr), name);
  return lengths;
}

/// Texts that HDF5 has allocated, given back to it.
class Borrowed {
 public:
  Borrowed(std::size_t count, hid_t type, hid_t space) : texts(count, nullptr), type_(type), space_(space) {}
  ~Borrowed() { H5Dvlen_reclaim(type_, space_, H5P_DEFAULT, static_cast<void*>(texts.data())); }
  Borrowed(Borrowed const&) = delete;
  Borrowed& operator=(Borrowed const&) = delete;
  std::vector<char*> texts;

 private:
  hid_t type_, space_;
};

H5Attribute open_scalar(hid_t object, std::string const& name) {
  H5Attribute attribute(H5Aopen(object, name.c_str(), H5P_DEFAULT), "the attribute '" + name + "' cannot be read");
  H5Space const space(H5Aget_space(attribute.id()), name);
  if (H5Sget_simple_extent_npoints(space.id()) != 1) h5_refuse("the attribute '" + name + "' is not one value");
  return attribute;
}

}  // namespace

void h5_refuse(std::string problem) {
  throw Error(Complaint{std::move(problem), {}, {}});
}

H5File h5_open_file(std::string const& file) {
  H5List access(H5Pcreate(H5P_FILE_ACCESS), "file properties");
  h5_check(H5Pset_fclose_degree(access.id(), H5F_CLOSE_SEMI), "file properties");
  return {H5Fopen(file.c_str(), H5F_ACC_RDONLY, access.id()), "cannot be opened"};
}

bool h5_has(hid_t group, std::string const& name) {
  return H5Lexists(group, name.c_str(), H5P_DEFAULT) > 0 && H5Oexists_by_name(group, name.c_str(), H5P_DEFAULT) > 0;
}

bool h5_has_attribute(hid_t object, std::string const& name) {
  return H5Aexists(object, name.c_str()) > 0;
}

std::vector<std::string> h5_names(hid_t group) {
  H5G_info_t info;
  h5_check(H5Gget_info(group, &info), "the names in the file cannot be read");
  std::vector<std::string> names;
  H5_index_t index = H5_INDEX_CRT_ORDER;
  for (hsize_t k = 0; k < info.nlinks; ++k) {
    auto const read = [&](char* into, std::size_t room) {
      return H5Lget_name_by_idx(group, ".", index, H5_ITER_INC, k, into, room, H5P_DEFAULT);
    };
    ssize_t length = read(nullptr, 0);
    if (length < 0 && k == 0) {
      index = H5_INDEX_NAME;
      length = read(nullptr, 0);
    }
    if (length < 0) throw_hdf5_error("the names in the file cannot be read");
    std::string name(static_cast<std::size_t>(length), '\0');
    (void)read(name.data(), name.size() + 1);
    names.push_back(std::move(name));
  }
  return names;
}

H5Variable::H5Variable(hid_t group, std::string const& its_name) : name(its_name) {
  if (!h5_has(group, name)) h5_refuse("there is no variable '" + name + "'");
  data = H5Dataset(H5Dopen2(group, name.c_str(), H5P_DEFAULT), "the variable '" + name + "' cannot be opened");
  H5Type const type(H5Dget_type(data.id()), "the type of '" + name + "' cannot be read");
  H5Space const space(H5Dget_space(data.id()), "the axes of '" + name + "' cannot be read");
  held = held_by(type.id());
  lengths = lengths_of(space.id(), name);
}

template <class T>
std::vector<T> h5_read_rows(H5Variable const& from, hsize_t first, hsize_t count) {
  constexpr bool whole = std::numeric_limits<T>::is_integer;
  if (from.held != Held::whole_numbers && (whole || from.held != Held::fractions))
    h5_refuse(fmt::format("the variable '{}' does not hold {}numbers", from.name, whole ? "whole " : ""));
  if (from.lengths.empty() || first > from.lengths[0] || count > from.lengths[0] - first)
    h5_refuse(fmt::format("the variable '{}' has no rows {} to {}", from.name, first, first + count));
  std::vector<hsize_t> lengths = from.lengths;
  lengths[0] = count;
  std::size_t size = 1;
  for (hsize_t const each : lengths) {
    if (each > 0 && size > most_values / each) h5_refuse(fmt::format("the variable '{}' is too large", from.name));
    size *= each;
  }
  std::vector<T> values(size);
  if (values.empty()) return values;
  H5Space const file(H5Dget_space(from.data.id()), from.name);
  std::vector<hsize_t> start(lengths.size(), 0);
  start[0] = first;
  h5_check(H5Sselect_hyperslab(file.id(), H5S_SELECT_SET, start.data(), nullptr, lengths.data(), nullptr), from.name);
  H5Space const memory = h5_space(lengths);
  h5_check(H5Dread(from.data.id(), H5Number<T>::memory(), memory.id(), file.id(), H5P_DEFAULT, values.data()),
           "the variable '" + from.name + "' cannot be read");
  return values;
}

template std::vector<std::int8_t> h5_read_rows(H5Variable const&, hsize_t, hsize_t);
template std::vector<std::int32_t> h5_read_rows(H5Variable const&, hsize_t, hsize_t);
template std::vector<std::int64_t> h5_read_rows(H5Variable const&, hsize_t, hsize_t);
template std::vector<float> h5_read_rows(H5Variable const&, hsize_t, hsize_t);
template std::vector<double> h5_read_rows(H5Variable const&, hsize_t, hsize_t);

std::vector<std::string> h5_read_texts(H5Variable const& from) {
  if (from.held != Held::texts || from.lengths.size() != 1)
    h5_refuse(fmt::format("the variable '{}' is no list of texts", from.name));
  if (from.lengths[0] > std::numeric_limits<std::uint32_t>::max())
    h5_refuse(fmt::format("the variable '{}' is too large", from.name));
  std::vector<std::string> texts;
  if (from.lengths[0] == 0) return texts;
  H5Type const type = h5_text_type();
  H5Space const space = h5_space(from.lengths);
  Borrowed const read(static_cast<std::size_t>(from.lengths[0]), type.id(), space.id());
  h5_check(H5Dread(from.data.id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT,
                   static_cast<void*>(const_cast<char**>(read.texts.data()))),
           "the variable '" + from.name + "' cannot be read");
  texts.reserve(read.texts.size());
  for (char const* const each : read.texts) texts.emplace_back(each == nullptr ? "" : each);
  return texts;
}

std::string h5_read_text(hid_t object, std::string const& name) {
  H5Attribute const attribute = open_scalar(object, name);
  H5Type const held(H5Aget_type(attribute.id()), name);
  if (held_by(held.id()) != Held::texts) h5_refuse("the attribute '" + name + "' is not a text");
  H5Type const type = h5_text_type();
  H5Space const space = h5_space({});
  Borrowed read(1, type.id(), space.id());
  h5_check(H5Aread(attribute.id(), type.id(), static_cast<void*>(read.texts.data())),
           "the attribute '" + name + "' cannot be read");
  return read.texts[0] == nullptr ? std::string() : std::string(read.texts[0]);
}

std::int64_t h5_read_whole_number(hid_t object, std::string const& name) {
  H5Attribute const attribute = open_scalar(object, name);
  H5Type const held(H5Aget_type(attribute.id()), name);
  if (held_by(held.id()) != Held::whole_numbers) h5_refuse("the attribute '" + name + "' is not a whole number");
  std::int64_t value = 0;
  h5_check(H5Aread(attribute.id(), H5T_NATIVE_INT64, &value), "the attribute '" + name + "' cannot be read");
  return value;
}

}  // namespace hansa
