/// Writes random questions as scenario files, for other programs to read.
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

#include "support/random_texts.hpp"

int main(int count, char** words) {
  if (count != 3) {
    std::cerr << "write_questions FOLDER NUMBER\n";
    return 2;
  }
  std::filesystem::path const folder = words[1];
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  std::uint64_t const number = std::stoull(words[2]);
  for (std::uint64_t k = 1; k <= number; ++k) {
    std::ofstream out(folder / (std::to_string(k) + ".yaml"), std::ios::binary);
    out << hansa::test::random_texts(k).yaml;
    if (!out.flush()) return 1;
  }
  return 0;
}
