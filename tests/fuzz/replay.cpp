/// Gives every file of the named folders to a fuzzing target, without libFuzzer: one that ends the process, or takes
/// longer than ten seconds, fails.
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "fuzz/target.hpp"

int main(int count, char** words) {
  namespace fs = std::filesystem;
  std::vector<fs::path> files;
  for (int k = 1; k < count; ++k)
    for (auto const& entry : fs::directory_iterator(words[k])) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  if (files.empty()) return std::fputs("no file was given\n", stderr), 1;
  for (fs::path const& file : files) {
    std::printf("%s\n", file.c_str());
    std::fflush(stdout);
    std::ifstream in(file, std::ios::binary);
    std::string const bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    auto const begun = std::chrono::steady_clock::now();
    LLVMFuzzerTestOneInput(reinterpret_cast<std::uint8_t const*>(bytes.data()), bytes.size());
    if (std::chrono::steady_clock::now() - begun > std::chrono::seconds(10)) return std::fputs("too slow\n", stderr), 1;
  }
  std::printf("%zu files\n", files.size());
}
