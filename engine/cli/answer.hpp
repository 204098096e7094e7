/// Answers in words: to standard output, or to a file.
#pragma once

#include <filesystem>
#include <fstream>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "io/part_file.hpp"

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

/// An answer written piece by piece: a file stands under its name only when it is complete, and an answer that is not
/// finished leaves none. Errors: the file exists (unless forced), is one of `inputs`, or cannot be written.
class Answer {
 public:
  explicit Answer(AnswerWords const& words, std::span<std::filesystem::path const> inputs = {});
  ~Answer();
  Answer(Answer const&) = delete;
  Answer& operator=(Answer const&) = delete;

  void write(std::string_view piece);
  void finish();

 private:
  std::string file_;
  std::unique_ptr<PartFile> part_;  // null: standard output
  std::ofstream out_;
};

/// Writes a whole answer.
void give_answer(std::string_view text, AnswerWords const& words, std::span<std::filesystem::path const> inputs = {});

}  // namespace hansa::cli
