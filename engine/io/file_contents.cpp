/// Looks at the attributes that tell files of hansa apart.
#include "io/file_contents.hpp"

#include <algorithm>
#include <fstream>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include "io/digest_lines.hpp"
#include "io/hdf5_read.hpp"
#include "io/sealed_file.hpp"

namespace hansa {

namespace {

constexpr char const* expected_hansa_file = "a file that hansa run, compare, sweep, fit or stats wrote was expected";

Contents kind_of_file(hid_t root) {
  if (!h5_has_attribute(root, "contents")) {
    if (!h5_has(root, "adopters")) h5_refuse("holds no result");
    return Contents::result;
  }
  std::string const word = h5_read_text(root, "contents");
  if (word == "comparison") return Contents::comparison;
  if (word == "sweep") return Contents::sweep;
  if (word == "estimates") return Contents::estimates;
  if (word == "statistics") return Contents::statistics;
  h5_refuse(fmt::format("holds '{}', of which no page is made", word));
}

std::string first_of_texts(hid_t root, std::string const& name) {
  std::vector<std::string> const texts = h5_read_texts(H5Variable(root, name));
  return texts.empty() ? std::string() : texts.front();
}

/// `hansa power -o` writes JSON, and so do commands with --json.
void refuse_json(std::filesystem::path const& file) {
  std::string head(4096, '\0');
  std::ifstream in(file, std::ios::binary);
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, in.gcount())));
  if (!head.starts_with("{")) return;
  constexpr std::string_view of_power[] = {"\"sha256\"", "\"histories\"", "\"missing\""};
  if (std::ranges::all_of(of_power, [&](std::string_view key) { return head.find(key) != std::string::npos; }))
    refuse_file(file, "is an answer of hansa power, of which no page is made",
                "without --json, hansa power says the same in tables and sentences");
  refuse_file(file, "is an answer in JSON, of which no page is made", expected_hansa_file);
}

}  // namespace

FileContents read_file_contents(std::filesystem::path const& file) {
  if (std::error_code none; std::filesystem::is_regular_file(file, none)) refuse_json(file);
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
