/// Writes random questions with their data into folders, for other programs, or eyes, to read: many of made-up features
/// and drawn over the whole schema, or one that was drawn, as it is or made unsound.
#include <cerrno>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>
#include <system_error>

#include "base/error.hpp"
#include "support/random_texts.hpp"
#include "support/schema/mutations.hpp"
#include "support/schema/schema_texts.hpp"

namespace {

void write(std::filesystem::path const& path, std::string const& text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream out(path, std::ios::binary);
  out << text;
  if (!out.flush()) throw std::system_error(errno, std::generic_category(), path.string());
}

void write(std::filesystem::path const& own, hansa::test::Texts const& texts) {
  write(own / "question.yaml", texts.yaml);
  for (auto const& [name, text] : texts.files) write(own / name, text);
}

/// A few of those that are drawn ask for what the program refuses.
bool is_sound(hansa::test::Texts const& texts) {
  try {
    (void)hansa::test::ask(texts);
    return true;
  } catch (hansa::Error const&) {
    return false;
  }
}

void write_all(std::filesystem::path const& folder, std::uint64_t number) {
  std::filesystem::remove_all(folder);
  for (std::uint64_t k = 1; k <= number; ++k) {
    write(folder / std::to_string(k), hansa::test::random_texts(k));
    if (k % 2 == 0) continue;
    hansa::test::Texts const drawn = hansa::test::schema_texts(k);
    if (is_sound(drawn)) write(folder / ("drawn-" + std::to_string(k)), drawn);
  }
}

hansa::test::Texts one(std::string const& kind, std::uint64_t number) {
  using namespace hansa::test;
  if (kind == "drawn") return schema_texts(number);
  if (kind == "unsound") return unsound_texts(number);
  throw std::invalid_argument("unknown kind '" + kind + "': all, drawn or unsound was expected");
}

}  // namespace

int main(int count, char** words) {
  if (count != 4) {
    std::cerr << "write_questions FOLDER all HOW_MANY | drawn NUMBER | unsound NUMBER\n";
    return 2;
  }
  try {
    std::string const kind = words[2];
    std::uint64_t const number = std::stoull(words[3]);
    if (kind == "all") {
      write_all(words[1], number);
    } else {
      write(words[1], one(kind, number));
    }
  } catch (std::exception const& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
  return 0;
}
