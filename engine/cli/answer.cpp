/// Writing through a part file, so that nobody finds half an answer.
#include "cli/answer.hpp"

#include <CLI/App.hpp>

#include "cli/lines.hpp"

namespace hansa::cli {

void add_answer_words(CLI::App& command, AnswerWords& words) {
  command.add_option("-o,--output", words.file, "writes to a file (default: standard output)")->type_name("FILE");
  command.add_flag("--force", words.force, "replaces an existing file");
}

Answer::Answer(AnswerWords const& words, std::span<std::filesystem::path const> inputs) : file_(words.file) {
  if (file_.empty()) return;
  for (std::filesystem::path const& input : inputs) {
    std::error_code none;
    require(!std::filesystem::equivalent(file_, input, none), "is an input of this command", {file_},
            "write elsewhere");
  }
  part_ = std::make_unique<PartFile>(file_, words.force ? Overwrite::yes : Overwrite::no);
  out_.open(part_->part(), std::ios::binary | std::ios::trunc);
}

Answer::~Answer() {
  if (part_) part_->discard();
}

void Answer::write(std::string_view piece) {
  if (!part_) return print(piece);
  out_.write(piece.data(), static_cast<std::streamsize>(piece.size()));
  if (!out_) throw Error({"cannot write", {file_}, "is there room on the disk?"}, Fault::failure);
}

void Answer::finish() {
  if (!part_) return;
  out_.close();
  if (!out_) throw Error({"cannot write", {file_}, "is there room on the disk?"}, Fault::failure);
  part_->commit();
  part_.reset();
}

void give_answer(std::string_view text, AnswerWords const& words, std::span<std::filesystem::path const> inputs) {
  Answer answer(words, inputs);
  answer.write(text);
  answer.finish();
}

}  // namespace hansa::cli
