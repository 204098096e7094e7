/// The HDF5 C interface with handles that close themselves and errors that throw.
#include "io/hdf5.hpp"

#include "base/error.hpp"

namespace hansa {

namespace {

/// What the error stack says, innermost first.
struct Causes {
  std::string system;   ///< what the operating system said
  std::string library;  ///< the innermost description
};

herr_t gather(unsigned, H5E_error2_t const* entry, void* data) {
  Causes& causes = *static_cast<Causes*>(data);
  std::string const text = entry->desc == nullptr ? "" : entry->desc;
  constexpr std::string_view mark = "error message = '";
  if (auto const at = text.find(mark); at != std::string::npos && causes.system.empty()) {
    std::string const rest = text.substr(at + mark.size());
    causes.system = rest.substr(0, rest.find('\''));
  }
  if (causes.library.empty()) causes.library = text;
  return 0;
}

}  // namespace

void throw_hdf5_error(std::string_view what) {
  Causes causes;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, gather, &causes);
  H5Eclear2(H5E_DEFAULT);
  std::string const cause = !causes.system.empty()    ? causes.system
                            : !causes.library.empty() ? "HDF5: " + causes.library
                                                      : "HDF5 gave no reason";
  Complaint complaint;
  complaint.problem = std::string(what) + ": " + cause;
  throw Error(std::move(complaint), Fault::failure);
}

H5Quiet::H5Quiet() noexcept {
  // Every file is closed here; the library's own closing at the end of the process would close a file that a full disk
  // has broken once more, and crash.
  H5dont_atexit();
  H5Eget_auto2(H5E_DEFAULT, &print_, &data_);
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

H5Quiet::~H5Quiet() {
  H5Eset_auto2(H5E_DEFAULT, print_, data_);
}

H5Type h5_text_type() {
  H5Type type(H5Tcopy(H5T_C_S1), "text type");
  h5_check(H5Tset_size(type.id(), H5T_VARIABLE), "text type");
  h5_check(H5Tset_cset(type.id(), H5T_CSET_UTF8), "text type");
  return type;
}

H5Space h5_space(std::span<hsize_t const> lengths, std::span<hsize_t const> most) {
  if (lengths.empty()) return {H5Screate(H5S_SCALAR), "dimensions"};
  return {H5Screate_simple(static_cast<int>(lengths.size()), lengths.data(), most.empty() ? nullptr : most.data()),
          "dimensions"};
}

namespace {

void write_text(H5Attribute attribute, H5Type const& type, std::string const& name, std::string const& text) {
  char const* const bytes = text.c_str();
  h5_check(H5Awrite(attribute.id(), type.id(), &bytes), name);
  attribute.close(name);
}

}  // namespace

void h5_set_text(hid_t object, std::string const& name, std::string const& text) {
  H5Space const space = h5_space({});
  H5Type const type = h5_text_type();
  write_text({H5Acreate2(object, name.c_str(), type.id(), space.id(), H5P_DEFAULT, H5P_DEFAULT), name}, type, name,
             text);
}

void h5_update_text(hid_t object, std::string const& name, std::string const& text) {
  write_text({H5Aopen(object, name.c_str(), H5P_DEFAULT), name}, h5_text_type(), name, text);
}

}  // namespace hansa
