/// Files of hansa as one page of HTML that needs no other file and no network.
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "io/file_contents.hpp"

namespace hansa {

/// A file, and what is said of the model behind it.
struct PagedFile {
  std::filesystem::path file;
  FileContents contents;
  std::string description;     ///< Markdown of `hansa describe`; empty: none
  std::string no_description;  ///< why there is none
};

/// Reads the files and lays their numbers into the template of the page. Files of comparisons come first. Errors: as
/// the readers of the files, and Fault::failure where the program was built without the template, with what to install.
[[nodiscard]] std::string report_page(std::span<PagedFile const> files);

/// The data of the page alone, as JSON: what the template shows.
[[nodiscard]] std::string report_data(std::span<PagedFile const> files);

/// Throws Error (Fault::failure) where the program was built without the template.
void require_page_template();

}  // namespace hansa
