/// Looks at the attributes that tell files of hansa apart.
#include "io/file_contents.hpp"

#include <fmt/format.h>

#include "io/digest_lines.hpp"
#include "io/hdf5_read.hpp"
#include "io/sealed_file.hpp"

namespace hansa {

namespace {

constexpr char const* expected_hansa_file = "a file that hansa run, compare, sweep or fit wrote was expected";

Contents kind_of_file(hid_t root) {
  if (!h5_has_attribute(root, "contents")) {
    if (!h5_has(root, "adopters")) h5_refuse("holds no result");
    return Contents::result;
  }
  std::string const word = h5_read_text(root, "contents");
  if (word == "comparison") return Contents::comparison;
  if (word == "sweep") return Contents::sweep;
  if (word == "estimates") return Contents::estimates;
  h5_refuse(fmt::format("holds '{}', of which no page is made", word));
}

std::string first_of_texts(hid_t root, std::string const& name) {
  std::vector<std::string> const texts = h5_read_texts(H5Variable(root, name));
  return texts.empty() ? std::string() : texts.front();
}

}  // namespace

FileContents read_file_contents(std::filesystem::path const& file) {
  return read_sealed(file, expected_hansa_file, [&] {
    H5File const h5 = h5_open_file(file.string());
    FileContents made;
    made.kind = kind_of_file(h5.id());
    if (made.kind == Contents::comparison)
      made.scenario_text = first_of_texts(h5.id(), "scenario_text");
    else if (h5_has_attribute(h5.id(), "scenario"))
      made.scenario_text = h5_read_text(h5.id(), "scenario");
    if (h5_has_attribute(h5.id(), "input_sha256"))
      for (auto& [input, digest] : digest_lines(h5_read_text(h5.id(), "input_sha256")))
        made.inputs.insert_or_assign(std::move(input), std::move(digest));
    return made;
  });
}

}  // namespace hansa
