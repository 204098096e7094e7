/// An HDF5 file that netCDF-4 readers accept as labelled data.
#include "io/netcdf.hpp"

#include <algorithm>
#include <cassert>

#include <fmt/format.h>
#include <hdf5_hl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/version.hpp"

namespace hansa {

namespace {

constexpr unsigned ordered = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
constexpr unsigned deflate_level = 1;

H5List creation_list(Storage const& storage) {
  H5List list(H5Pcreate(H5P_DATASET_CREATE), "dataset properties");
  h5_check(H5Pset_attr_creation_order(list.id(), ordered), "dataset properties");
  h5_check(H5Pset_obj_track_times(list.id(), false), "dataset properties");
  if (storage.chunk.empty()) return list;
  h5_check(H5Pset_chunk(list.id(), static_cast<int>(storage.chunk.size()), storage.chunk.data()), "chunks");
  h5_check(H5Pset_shuffle(list.id()), "shuffle filter");
  h5_check(H5Pset_deflate(list.id(), deflate_level), "deflate filter");
  return list;
}

H5List access_list(Storage const& storage) {
  H5List list(H5Pcreate(H5P_DATASET_ACCESS), "dataset properties");
  if (!storage.chunk.empty()) {
    // 521 slots is HDF5's default; chunks are written whole, so none is kept longer than its write (1).
    h5_check(H5Pset_chunk_cache(list.id(), 521, storage.cache, 1.0), "chunk cache");
  }
  return list;
}

/// An index node takes twice so many chunks before it is divided. HDF5's default is 32.
unsigned half_of_node(std::size_t chunks) {
  constexpr std::size_t standard = 32, most = 256;
  return static_cast<unsigned>(chunks <= 2 * most ? std::max(standard, (chunks + 1) / 2) : standard);
}

enum class Backing { disk, memory };

H5File create_file(std::filesystem::path const& file, std::size_t chunks, Holds holds, Backing backing) {
  H5List creation(H5Pcreate(H5P_FILE_CREATE), "file properties");
  H5List access(H5Pcreate(H5P_FILE_ACCESS), "file properties");
  h5_check(H5Pset_obj_track_times(creation.id(), false), "file properties");
  h5_check(H5Pset_link_creation_order(creation.id(), ordered), "file properties");
  h5_check(H5Pset_attr_creation_order(creation.id(), ordered), "file properties");
  h5_check(H5Pset_istore_k(creation.id(), half_of_node(chunks)), "file properties");
  H5F_libver_t const newest = holds == Holds::values ? H5F_LIBVER_V18 : H5F_LIBVER_V110;
  h5_check(H5Pset_libver_bounds(access.id(), H5F_LIBVER_V18, newest), "file properties");
  h5_check(H5Pset_fclose_degree(access.id(), H5F_CLOSE_SEMI), "file properties");
  h5_check(H5Pset_file_locking(access.id(), false, true), "file properties");
  constexpr std::size_t growth = std::size_t{1} << 20;
  if (backing == Backing::memory) h5_check(H5Pset_fapl_core(access.id(), growth, false), "file properties");
  // Space is taken as it is needed, never ahead: closing then has none to give back. Giving back shortens the file
  // before its header says so, and a process killed in between leaves a file that cannot be opened.
  h5_check(H5Pset_meta_block_size(access.id(), 0), "file properties");
  h5_check(H5Pset_small_data_block_size(access.id(), 0), "file properties");
  return {H5Fcreate(file.c_str(), H5F_ACC_TRUNC, creation.id(), access.id()), "cannot create the file"};
}

/// The one text that must not be of variable length: netCDF reads it as bytes.
void set_properties(hid_t root, std::string const& text) {
  H5Type const type(H5Tcopy(H5T_C_S1), "text type");
  h5_check(H5Tset_size(type.id(), text.size()), "text type");
  H5Space const space = h5_space({});
  H5Attribute attribute(H5Acreate2(root, "_NCProperties", type.id(), space.id(), H5P_DEFAULT, H5P_DEFAULT),
                        "_NCProperties");
  h5_check(H5Awrite(attribute.id(), type.id(), text.c_str()), "_NCProperties");
  attribute.close("_NCProperties");
}

}  // namespace

NetcdfFile::NetcdfFile(std::filesystem::path const& file, std::size_t chunks, Holds holds)
    : NetcdfFile(create_file(file, chunks, holds, Backing::disk)) {}

NetcdfFile NetcdfFile::in_memory() {
  return NetcdfFile(create_file("in-memory", 0, Holds::values, Backing::memory));
}

NetcdfFile::NetcdfFile(H5File file) : file_(std::move(file)) {
  unsigned major = 0, minor = 0, release = 0;
  h5_check(H5get_libversion(&major, &minor, &release), "version of HDF5");
  set_properties(root(), fmt::format("version=2,hansa={},hdf5={}.{}.{}", version(), major, minor, release));
}

H5Dataset NetcdfFile::create(std::string const& name, std::vector<std::string> const& dimensions, hid_t type,
                             AnyFill const* fill, Storage const& storage) {
  std::vector<hsize_t> now, most;
  for (std::string const& each : dimensions) {
    now.push_back(lengths_.at(each).now);
    most.push_back(lengths_.at(each).most);
  }
  H5List const creation = creation_list(storage);
  if (fill != nullptr) fill->apply(creation.id());
  H5List const access = access_list(storage);
  H5Space const space = h5_space(now, most);
  H5Dataset made(H5Dcreate2(root(), name.c_str(), type, space.id(), H5P_DEFAULT, creation.id(), access.id()),
                 "cannot make the variable '" + name + "'");
  if (dimensions.size() == 1 && dimensions[0] == name) {
    make_scale(made, name, name);
    return made;
  }
  for (unsigned axis = 0; axis < dimensions.size(); ++axis) {
    H5Dataset scale(H5Dopen2(root(), dimensions[axis].c_str(), H5P_DEFAULT), dimensions[axis]);
    h5_check(H5DSattach_scale(made.id(), scale.id(), axis), "cannot name an axis of '" + name + "'");
    scale.close(dimensions[axis]);
  }
  return made;
}

void NetcdfFile::make_scale(H5Dataset const& dataset, std::string const& name, std::string const& scale_name) {
  h5_check(H5DSset_scale(dataset.id(), scale_name.c_str()), "cannot make the dimension '" + name + "'");
  h5_set_number<std::int32_t>(dataset.id(), "_Netcdf4Dimid", scales_++);
}

H5Dataset NetcdfFile::bare_scale(std::string const& name, Length length, Storage const& storage) {
  lengths_[name] = length;
  H5List const creation = creation_list(storage);
  bool const grows = length.most != length.now;
  H5Space const space = grows ? h5_space({&length.now, 1}, {&length.most, 1}) : h5_space({&length.now, 1});
  H5Dataset made(H5Dcreate2(root(), name.c_str(), H5T_IEEE_F32BE, space.id(), H5P_DEFAULT, creation.id(), H5P_DEFAULT),
                 name);
  make_scale(made, name, fmt::format("This is a netCDF dimension but not a netCDF variable.{:10d}", length.now));
  return made;
}

void NetcdfFile::dimension(std::string const& name, hsize_t length) {
  bare_scale(name, {length, length}, {}).close(name);
}

H5Dataset NetcdfFile::growing_dimension(std::string const& name, hsize_t chunk) {
  return bare_scale(name, {0, H5S_UNLIMITED}, {{chunk}});
}

H5Dataset NetcdfFile::labels(std::string const& name, std::span<std::string const> values) {
  lengths_[name] = {values.size(), values.size()};
  return texts(name, {name}, values);
}

H5Dataset NetcdfFile::virtual_variable(std::string const& name, std::vector<std::string> const& dimensions,
                                       std::vector<VirtualPart> const& parts) {
  struct Elsewhere : Fill<double> {
    std::vector<hsize_t> lengths;
    std::vector<VirtualPart> const& parts;
    Elsewhere(std::vector<hsize_t> of, std::vector<VirtualPart> const& given)
        : Fill<double>(no_number), lengths(std::move(of)), parts(given) {}
    void apply(hid_t list) const override {
      Fill<double>::apply(list);
      h5_set_virtual(list, lengths, parts);
    }
  };
  std::vector<hsize_t> lengths;
  for (std::string const& each : dimensions) lengths.push_back(length(each));
  Elsewhere const elsewhere(std::move(lengths), parts);
  H5Dataset made = create(name, dimensions, H5Number<double>::file(), &elsewhere, {});
  h5_set_numbers<double>(made.id(), "_FillValue", {&no_number, 1});
  return made;
}

H5Dataset NetcdfFile::texts(std::string const& name, std::vector<std::string> const& dimensions,
                            std::span<std::string const> values) {
  H5Type const type = h5_text_type();
  H5Dataset made = create(name, dimensions, type.id(), nullptr, {});
  std::vector<char const*> bytes;
  bytes.reserve(values.size());
  for (std::string const& each : values) bytes.push_back(each.c_str());
  if (!bytes.empty()) {
    h5_check(H5Dwrite(made.id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes.data()), name);
  }
  return made;
}

void NetcdfFile::extend(H5Dataset const& dataset, hsize_t length) {
  H5Space const space(H5Dget_space(dataset.id()), "dimensions");
  std::vector<hsize_t> lengths(static_cast<std::size_t>(std::max(1, H5Sget_simple_extent_ndims(space.id()))));
  h5_check(H5Sget_simple_extent_dims(space.id(), lengths.data(), nullptr), "dimensions");
  if (lengths[0] == length) return;
  lengths[0] = length;
  h5_check(H5Dset_extent(dataset.id(), lengths.data()), "cannot extend");
}

void NetcdfFile::write_raw(H5Dataset const& to, hsize_t first, hsize_t count, hid_t type, void const* values) {
  if (count == 0) return;
  H5Space const file(H5Dget_space(to.id()), "dimensions");
  std::vector<hsize_t> start(static_cast<std::size_t>(H5Sget_simple_extent_ndims(file.id())), 0);
  std::vector<hsize_t> lengths(start.size());
  h5_check(H5Sget_simple_extent_dims(file.id(), lengths.data(), nullptr), "dimensions");
  start[0] = first;
  lengths[0] = count;
  h5_check(H5Sselect_hyperslab(file.id(), H5S_SELECT_SET, start.data(), nullptr, lengths.data(), nullptr), "rows");
  H5Space const memory = h5_space(lengths);
  h5_check(H5Dwrite(to.id(), type, memory.id(), file.id(), H5P_DEFAULT, values), "cannot write");
}

void NetcdfFile::read_raw(H5Dataset const& from, std::vector<hsize_t> const& start, std::vector<hsize_t> const& count,
                          hid_t type, void* values) {
  H5Space const file(H5Dget_space(from.id()), "dimensions");
  h5_check(H5Sselect_hyperslab(file.id(), H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr), "box");
  H5Space const memory = h5_space(count);
  h5_check(H5Dread(from.id(), type, memory.id(), file.id(), H5P_DEFAULT, values), "cannot read back");
}

void NetcdfFile::write_chunk(H5Dataset const& to, std::span<hsize_t const> offset,
                             std::span<unsigned char const> bytes) {
  constexpr std::uint32_t all_filters = 0;
  h5_check(H5Dwrite_chunk(to.id(), H5P_DEFAULT, all_filters, offset.data(), bytes.size(), bytes.data()),
           "cannot write");
}

void NetcdfFile::flush() {
  h5_check(H5Fflush(file_.id(), H5F_SCOPE_GLOBAL), "cannot write");
}

std::string NetcdfFile::image() const {
  // H5Fget_file_image() clears a byte of the superblock and leaves its checksum as it was (HDF5 1.10).
  void* handle = nullptr;
  h5_check(H5Fget_vfd_handle(file_.id(), H5P_DEFAULT, &handle), "cannot copy the file");
  // The file's end, as the superblock of version 2 says it (HDF5 file format 3.0, II.A): memory is taken ahead.
  constexpr std::size_t end_of_file = 28;
  char const* const bytes = *static_cast<char const* const*>(handle);
  std::uint64_t end = 0;
  for (std::size_t k = 0; k < sizeof end; ++k)
    end |= std::uint64_t{static_cast<unsigned char>(bytes[end_of_file + k])} << (8 * k);
  return {bytes, static_cast<std::size_t>(std::min(end, size()))};
}

std::uint64_t NetcdfFile::size() const {
  hsize_t bytes = 0;
  h5_check(H5Fget_filesize(file_.id(), &bytes), "size of the file");
  return bytes;
}

void NetcdfFile::close() {
  file_.close("cannot close the file");
}

void NetcdfFile::abandon() noexcept {
  void* handle = nullptr;
  if (file_.id() < 0 || H5Fget_vfd_handle(file_.id(), H5P_DEFAULT, &handle) < 0 || handle == nullptr) return;
  int const descriptor = *static_cast<int const*>(handle);
  int const nowhere = memfd_create("abandoned", MFD_CLOEXEC);
  if (nowhere < 0) return;
  dup2(nowhere, descriptor);
  ::close(nowhere);
}

}  // namespace hansa
