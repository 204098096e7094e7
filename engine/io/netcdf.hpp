/// An HDF5 file that netCDF-4 readers accept as labelled data: named dimensions, variables, attributes.
///
/// What makes it so (netCDF-4 specification, Unidata; HDF5 dimension scales 1.0): creation order is tracked for links
/// and attributes, each dimension is a scale that is attached to every axis which has it, `_Netcdf4Dimid` numbers them,
/// and texts are of variable length.
#pragma once

#include <filesystem>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "io/hdf5.hpp"
#include "io/virtual_part.hpp"

namespace hansa {

/// A number that is not known: the fill value of numbers.
inline constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

/// How a variable lies in the file. No chunks: in one piece (only where no axis grows).
struct Storage {
  std::vector<hsize_t> chunk;    ///< length of a chunk along each axis
  std::size_t cache = 1u << 20;  ///< bytes of chunks kept in memory
};

/// Whether variables of the file may have their values in other files (HDF5 1.10 and later read these).
enum class Holds { values, virtual_variables };

/// One file being written. Not thread safe. All calls throw Error (Fault::failure).
class NetcdfFile {
 public:
  /// Creates the file, or empties it. It is not locked: the caller sees to that. `chunks`: of the variable that will
  /// have most of them, as far as it is known; an index is then written in one piece (up to 512 of them), so that a
  /// process killed in between leaves none half divided.
  explicit NetcdfFile(std::filesystem::path const& file, std::size_t chunks = 0, Holds holds = Holds::values);
  /// The same in memory alone: image() has its bytes, and no file is made.
  [[nodiscard]] static NetcdfFile in_memory();

  /// A dimension of fixed length without a variable of its name. The file must not use the name otherwise.
  void dimension(std::string const& name, hsize_t length);
  /// A dimension that grows (extend), without a variable of its name, of length 0 as yet.
  H5Dataset growing_dimension(std::string const& name, hsize_t chunk);
  /// A dimension with its labels.
  template <class T>
  H5Dataset labels(std::string const& name, std::span<T const> values) {
    lengths_[name] = {values.size(), values.size()};
    H5Dataset made = create(name, {name}, H5Number<T>::file(), nullptr, {});
    if (!values.empty()) {
      h5_check(H5Dwrite(made.id(), H5Number<T>::memory(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), name);
    }
    return made;
  }
  H5Dataset labels(std::string const& name, std::span<std::string const> values);
  /// A dimension that grows, with labels, of length 0 as yet.
  template <class T>
  H5Dataset growing_labels(std::string const& name, hsize_t chunk) {
    lengths_[name] = {0, H5S_UNLIMITED};
    return create(name, {name}, H5Number<T>::file(), nullptr, {{chunk}});
  }

  /// A variable of numbers. `fill` is the value of what was not written, told to readers as `_FillValue`.
  template <class T>
  H5Dataset variable(std::string const& name, std::vector<std::string> const& dimensions, std::optional<T> fill,
                     Storage const& storage = {}) {
    Fill<T> const value{fill};
    H5Dataset made = create(name, dimensions, H5Number<T>::file(), fill ? &value : nullptr, storage);
    if (fill) h5_set_numbers<T>(made.id(), "_FillValue", {&*value.value, 1});
    return made;
  }
  /// A variable of numbers that other files have, of two axes or more; NaN where none has any.
  H5Dataset virtual_variable(std::string const& name, std::vector<std::string> const& dimensions,
                             std::vector<VirtualPart> const& parts);
  /// A variable of texts.
  H5Dataset texts(std::string const& name, std::vector<std::string> const& dimensions,
                  std::span<std::string const> values);

  /// The whole of a variable.
  template <class T>
  void write(H5Dataset const& to, std::span<T const> values) {
    if (values.empty()) return;
    h5_check(H5Dwrite(to.id(), H5Number<T>::memory(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), "cannot write");
  }
  /// Rows [first, first + count) of a variable's first axis, which is made at least so long.
  template <class T>
  void append(H5Dataset const& to, hsize_t first, hsize_t count, std::span<T const> values) {
    if (count > 0) extend(to, first + count);
    write_raw(to, first, count, H5Number<T>::memory(), values.data());
  }
  /// The same of rows that the variable has.
  template <class T>
  void write_rows(H5Dataset const& to, hsize_t first, hsize_t count, std::span<T const> values) {
    write_raw(to, first, count, H5Number<T>::memory(), values.data());
  }
  /// A box of a variable: `count` values from `start` along each axis, the last axis fastest.
  template <class T>
  [[nodiscard]] std::vector<T> read(H5Dataset const& from, std::vector<hsize_t> const& start,
                                    std::vector<hsize_t> const& count) {
    std::size_t values = 1;
    for (hsize_t const each : count) values *= each;
    std::vector<T> box(values);
    if (values > 0) read_raw(from, start, count, H5Number<T>::memory(), box.data());
    return box;
  }
  /// Makes a variable's first axis `length` long.
  void extend(H5Dataset const& dataset, hsize_t length);
  /// One chunk, already passed through shuffle and deflate, at `offset` elements along each axis.
  void write_chunk(H5Dataset const& to, std::span<hsize_t const> offset, std::span<unsigned char const> bytes);

  /// The group that carries the file's own attributes.
  [[nodiscard]] hid_t root() const noexcept { return file_.id(); }
  [[nodiscard]] hsize_t length(std::string const& dimension) const { return lengths_.at(dimension).now; }
  void flush();
  /// All bytes of the file after flush(), whose datasets are closed. Deterministic.
  [[nodiscard]] std::string image() const;
  /// Bytes of the file as far as it is laid out.
  [[nodiscard]] std::uint64_t size() const;
  /// Closes; all datasets must have been closed before.
  void close();
  /// To be called after a failure to write, before destruction: from now on writes go nowhere, so that HDF5 can let go
  /// of the file. (It keeps trying to flush what it could not, and may crash when the process ends.) What the last
  /// flush() left in the file stays.
  void abandon() noexcept;

 private:
  struct Length {
    hsize_t now, most;
  };
  struct AnyFill {
    virtual ~AnyFill() = default;
    virtual void apply(hid_t list) const = 0;
  };
  template <class T>
  struct Fill : AnyFill {
    std::optional<T> value;
    explicit Fill(std::optional<T> given) : value(given) {}
    void apply(hid_t list) const override {
      h5_check(H5Pset_fill_value(list, H5Number<T>::memory(), &*value), "fill value");
    }
  };
  H5Dataset create(std::string const& name, std::vector<std::string> const& dimensions, hid_t type, AnyFill const* fill,
                   Storage const& storage);
  /// A dimension without a variable.
  H5Dataset bare_scale(std::string const& name, Length length, Storage const& storage);
  void make_scale(H5Dataset const& dataset, std::string const& name, std::string const& scale_name);
  static void read_raw(H5Dataset const& from, std::vector<hsize_t> const& start, std::vector<hsize_t> const& count,
                       hid_t type, void* values);
  static void write_raw(H5Dataset const& to, hsize_t first, hsize_t count, hid_t type, void const* values);

  explicit NetcdfFile(H5File file);

  H5File file_;
  std::map<std::string, Length> lengths_;
  std::int32_t scales_ = 0;
};

}  // namespace hansa
