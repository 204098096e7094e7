/// `hansa report`: a comparison as one page of HTML.
#include <array>

#include <CLI/App.hpp>

#include "cli/answer.hpp"
#include "cli/commands.hpp"
#include "io/comparison_reader.hpp"
#include "tell/page.hpp"

namespace hansa::cli {

namespace {

struct ReportWords {
  std::string file;
  AnswerWords answer;
};

Exit execute(ReportWords const& words) {
  std::array<std::filesystem::path, 1> const inputs{words.file};
  Answer answer(words.answer, inputs);  // what is in the way shows now
  answer.write(comparison_page(read_comparison_file(words.file)));
  answer.finish();
  return Exit::done;
}

}  // namespace

void add_report(CLI::App& program, Act& chosen) {
  CLI::App* const command =
      program.add_subcommand("report", "a comparison as one page of HTML that needs no other file");
  auto const words = std::make_shared<ReportWords>();
  command->add_option("COMPARISON", words->file, "a file that `hansa compare` wrote")->required();
  add_answer_words(*command, words->answer);
  command->callback([words, &chosen] { chosen = [words] { return execute(*words); }; });
}

}  // namespace hansa::cli
