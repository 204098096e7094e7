/// `hansa report`: files of results as one page of HTML.
#include <memory>

#include <CLI/App.hpp>
#include <fmt/format.h>

#include "cli/answer.hpp"
#include "cli/commands.hpp"
#include "cli/interrupt.hpp"
#include "tell/describe.hpp"
#include "tell/page.hpp"

namespace hansa::cli {

namespace {

struct ReportWords {
  std::vector<std::string> files;
  std::string data;
  AnswerWords answer;
  bool json = false;
};

/// An input of the question, besides its own text, that is not what the file was made from; empty: there is none.
std::string changed_input(Question const& question, FileContents const& contents, std::string const& own) {
  for (auto const& [name, digest] : question.digests) {
    if (name == own) continue;
    auto const known = contents.inputs.find(name);
    if (known != contents.inputs.end() && known->second != digest) return name;
  }
  return {};
}

/// The model of the scenario that the file carries, in words, if the data that it was made from are still there.
void describe_model(PagedFile& paged, std::string const& data) {
  namespace fs = std::filesystem;
  fs::path const folder = data.empty() ? paged.file.parent_path() : fs::path(data);
  try {
    fs::path const name = fs::path(paged.file.filename()).replace_extension(".yaml");
    Question const q = parse_question(paged.contents.scenario_text, folder / name);
    if (std::string const changed = changed_input(q, paged.contents, (folder / name).string()); !changed.empty()) {
      paged.no_description = fmt::format("{} is not the file any more that this was made from", changed);
      return;
    }
    std::vector<Schema const*> const known = schemas(standard_catalogue());
    paged.description = description({q.draft.root, *q.scenario, *q.world, q.model, known, q.digests});
  } catch (Error const& error) {
    paged.no_description = error.complaints().front().problem;
  }
}

Exit execute(ReportWords const& words) {
  Interrupt const interrupt;
  if (!words.json) require_page_template();
  std::vector<std::filesystem::path> const inputs(words.files.begin(), words.files.end());
  Answer answer(words.answer, inputs);  // what is in the way shows now
  std::vector<PagedFile> files;
  for (std::filesystem::path const& each : inputs) {
    PagedFile& paged = files.emplace_back();
    paged.file = each;
    paged.contents = read_file_contents(each);
    describe_model(paged, words.data);
  }
  answer.write(words.json ? report_data(files) + "\n" : report_page(files));
  answer.finish();
  return Exit::done;
}

}  // namespace

void add_report(CLI::App& program, Act& chosen) {
  CLI::App* const command = program.add_subcommand(
      "report", "results, comparisons, sweeps, fits and statistics as one page of HTML that needs no other file");
  auto const words = std::make_shared<ReportWords>();
  command->add_option("FILE", words->files, "files that `hansa run`, `compare`, `sweep`, `fit` or `stats` wrote")
      ->required();
  command
      ->add_option(
          "--data", words->data,
          "the folder of the scenario, from which its data are read again to describe the model (default: that "
          "of the file)")
      ->type_name("FOLDER");
  add_answer_words(*command, words->answer);
  command->add_flag("--json", words->json, "the data of the page in JSON");
  command->callback([words, &chosen] { chosen = [words] { return execute(*words); }; });
}

}  // namespace hansa::cli
