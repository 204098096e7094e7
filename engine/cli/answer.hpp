/// Answers in words: to standard output, or to a file.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace CLI {
class App;
}

namespace hansa::cli {

/// Where an answer goes.
struct AnswerWords {
  std::string file;  ///< empty: standard output
  bool force = false;
};
void add_answer_words(CLI::App& command, AnswerWords& words);

/// Writes the whole text, or nothing: a file stands under its name only when it is complete. Errors: the file exists
/// (unless forced), is one of `inputs`, or cannot be written.
void give_answer(std::string_view text, AnswerWords const& words, std::span<std::filesystem::path const> inputs = {});

}  // namespace hansa::cli
