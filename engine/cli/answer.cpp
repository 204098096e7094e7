/// Writing through a part file, so that nobody finds half an answer.
#include "cli/answer.hpp"

#include <fstream>

#include <CLI/App.hpp>

#include "cli/lines.hpp"
#include "io/part_file.hpp"

namespace hansa::cli {

void add_answer_words(CLI::App& command, AnswerWords& words) {
  command.add_option("-o,--output", words.file, "writes to a file (default: standard output)")->type_name("FILE");
  command.add_flag("--force", words.force, "replaces an existing file");
}

void give_answer(std::string_view text, AnswerWords const& words, std::span<std::filesystem::path const> inputs) {
  if (words.file.empty()) return print(text);
  for (std::filesystem::path const& input : inputs) {
    std::error_code none;
    require(!std::filesystem::equivalent(words.file, input, none), "is an input of this command", {words.file},
            "write elsewhere");
  }
  PartFile part(words.file, words.force ? Overwrite::yes : Overwrite::no);
  std::ofstream out(part.part(), std::ios::binary | std::ios::trunc);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  out.close();
  if (!out) {
    part.discard();
    throw Error({"cannot write", {words.file}, "is there room on the disk?"}, Fault::failure);
  }
  part.commit();
}

}  // namespace hansa::cli
