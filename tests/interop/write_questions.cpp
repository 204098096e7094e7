/// Writes random questions, each with its data in a folder of its own, for other programs to read.
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

#include "support/random_texts.hpp"

namespace {

bool write(std::filesystem::path const& path, std::string const& text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream out(path, std::ios::binary);
  out << text;
  return static_cast<bool>(out.flush());
}

}  // namespace

int main(int count, char** words) {
  if (count != 3) {
    std::cerr << "write_questions FOLDER NUMBER\n";
    return 2;
  }
  std::filesystem::path const folder = words[1];
  std::filesystem::remove_all(folder);
  std::uint64_t const number = std::stoull(words[2]);
  for (std::uint64_t k = 1; k <= number; ++k) {
    hansa::test::Texts const texts = hansa::test::random_texts(k);
    std::filesystem::path const own = folder / std::to_string(k);
    if (!write(own / "question.yaml", texts.yaml)) return 1;
    for (auto const& [name, text] : texts.files)
      if (!write(own / name, text)) return 1;
  }
  return 0;
}
