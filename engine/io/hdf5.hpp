/// The HDF5 C interface with handles that close themselves and errors that throw.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <hdf5.h>

namespace hansa {

/// Throws Error (Fault::failure) "WHAT: cause", the cause read from HDF5's error stack: what the system said (a full
/// disk, a missing right) if it said anything, else the library's own first complaint.
[[noreturn]] void throw_hdf5_error(std::string_view what);

/// The result of a call, checked: negative means that it failed.
inline hid_t h5_check(hid_t result, std::string_view what) {
  if (result < 0) throw_hdf5_error(what);
  return result;
}
inline void h5_check(herr_t result, std::string_view what) {
  if (result < 0) throw_hdf5_error(what);
}

/// Keeps HDF5 from printing its error stack on this thread while it lives.
class H5Quiet {
 public:
  H5Quiet() noexcept;
  ~H5Quiet();
  H5Quiet(H5Quiet const&) = delete;
  H5Quiet& operator=(H5Quiet const&) = delete;

 private:
  H5E_auto2_t print_ = nullptr;
  void* data_ = nullptr;
};

/// Owns one identifier. Destruction ignores errors of closing; call close() where they matter: a full disk may show
/// only there.
template <herr_t (*Close)(hid_t)>
class H5Handle {
 public:
  H5Handle() noexcept = default;
  H5Handle(hid_t id, std::string_view what) : id_(h5_check(id, what)) {}
  H5Handle(H5Handle&& other) noexcept : id_(std::exchange(other.id_, H5I_INVALID_HID)) {}
  H5Handle& operator=(H5Handle&& other) noexcept {
    std::swap(id_, other.id_);
    return *this;
  }
  ~H5Handle() {
    if (id_ >= 0) Close(id_);
  }
  [[nodiscard]] hid_t id() const noexcept { return id_; }
  void close(std::string_view what) {
    if (id_ >= 0) h5_check(Close(std::exchange(id_, H5I_INVALID_HID)), what);
  }

 private:
  hid_t id_ = H5I_INVALID_HID;
};

using H5File = H5Handle<H5Fclose>;
using H5Dataset = H5Handle<H5Dclose>;
using H5Space = H5Handle<H5Sclose>;
using H5Type = H5Handle<H5Tclose>;
using H5List = H5Handle<H5Pclose>;
using H5Attribute = H5Handle<H5Aclose>;

/// Types in memory and in the file (always little-endian) of a number.
template <class T>
struct H5Number;
template <>
struct H5Number<std::int8_t> {
  static hid_t memory() { return H5T_NATIVE_INT8; }
  static hid_t file() { return H5T_STD_I8LE; }
};
template <>
struct H5Number<std::int16_t> {
  static hid_t memory() { return H5T_NATIVE_INT16; }
  static hid_t file() { return H5T_STD_I16LE; }
};
template <>
struct H5Number<std::int32_t> {
  static hid_t memory() { return H5T_NATIVE_INT32; }
  static hid_t file() { return H5T_STD_I32LE; }
};
template <>
struct H5Number<std::int64_t> {
  static hid_t memory() { return H5T_NATIVE_INT64; }
  static hid_t file() { return H5T_STD_I64LE; }
};
template <>
struct H5Number<float> {
  static hid_t memory() { return H5T_NATIVE_FLOAT; }
  static hid_t file() { return H5T_IEEE_F32LE; }
};
template <>
struct H5Number<double> {
  static hid_t memory() { return H5T_NATIVE_DOUBLE; }
  static hid_t file() { return H5T_IEEE_F64LE; }
};

/// Variable-length UTF-8 text.
[[nodiscard]] H5Type h5_text_type();

/// Lengths of a dataset's axes; empty: a scalar.
[[nodiscard]] H5Space h5_space(std::span<hsize_t const> lengths, std::span<hsize_t const> most = {});

/// Attributes: a text, one number, or an array of numbers with one axis.
void h5_set_text(hid_t object, std::string const& name, std::string const& text);
template <class T>
void h5_set_number(hid_t object, std::string const& name, T value) {
  H5Space const space = h5_space({});
  H5Attribute attribute(H5Acreate2(object, name.c_str(), H5Number<T>::file(), space.id(), H5P_DEFAULT, H5P_DEFAULT),
                        name);
  h5_check(H5Awrite(attribute.id(), H5Number<T>::memory(), &value), name);
  attribute.close(name);
}
template <class T>
void h5_set_numbers(hid_t object, std::string const& name, std::span<T const> values) {
  hsize_t const length = values.size();
  H5Space const space = h5_space({&length, 1});
  H5Attribute attribute(H5Acreate2(object, name.c_str(), H5Number<T>::file(), space.id(), H5P_DEFAULT, H5P_DEFAULT),
                        name);
  h5_check(H5Awrite(attribute.id(), H5Number<T>::memory(), values.data()), name);
  attribute.close(name);
}
/// Writes a new value into an attribute of one text that exists.
void h5_update_text(hid_t object, std::string const& name, std::string const& text);
/// Writes a new value into an attribute of one number that exists.
template <class T>
void h5_update_number(hid_t object, std::string const& name, T value) {
  H5Attribute attribute(H5Aopen(object, name.c_str(), H5P_DEFAULT), name);
  h5_check(H5Awrite(attribute.id(), H5Number<T>::memory(), &value), name);
  attribute.close(name);
}

}  // namespace hansa
