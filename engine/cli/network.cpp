/// `hansa network`: the ties of a network, as they were read or drawn.
#include <algorithm>
#include <memory>
#include <set>

#include <CLI/App.hpp>
#include <fmt/format.h>

#include "base/names.hpp"
#include "cli/answer.hpp"
#include "cli/commands.hpp"
#include "cli/interrupt.hpp"
#include "io/json.hpp"
#include "tell/tie_rows.hpp"
#include "tell/tree.hpp"

namespace hansa::cli {

namespace {

struct NetworkWords : ScenarioWords {
  std::string name;
  AnswerWords answer;
  std::optional<std::string> draws, threads;
  bool quiet = false, json = false;
};

NetworkSpec const& find_spec(Question const& question, std::string const& name) {
  std::vector<std::string_view> known;
  for (NetworkSpec const& each : question.scenario->networks) {
    if (each.name == name) return each;
    known.push_back(each.name);
  }
  throw Error({fmt::format("unknown network '{}'", name),
               {question.draft.file.string()},
               known.empty() ? "none is defined" : expected_one_of(name, known)});
}

void check_words(NetworkWords const& words, NetworkSpec const& spec) {
  if (auto const* same = std::get_if<SameTies>(&spec.ties)) {
    throw Error({fmt::format("network '{}' is complete groups, which are never stored as ties", spec.name), spec.where,
                 fmt::format("the attribute '{}' of the cities says who observes whom", same->attribute.name)});
  }
  if (words.json && words.answer.file.empty()) {
    throw Error({"--json tells what was written, but the ties themselves go to standard output",
                 {"hansa network"},
                 "name a file with -o"});
  }
}

bool is_random(NetworkSpec const& spec) {
  return std::holds_alternative<ErdosRenyiTies>(spec.ties) || std::holds_alternative<WattsStrogatzTies>(spec.ties) ||
         std::holds_alternative<BarabasiAlbertTies>(spec.ties) ||
         std::holds_alternative<StochasticBlockTies>(spec.ties) || std::holds_alternative<ConfigurationTies>(spec.ties);
}

/// Writes draws 0 … draws - 1, and returns the number of rows. Warnings that the question did not have are told once.
std::uint64_t write_draws(Question const& question, NetworkSpec const& spec, std::int64_t draws, int threads,
                          Answer& answer) {
  NetworkLayer const& own = *question.world->network(spec.name);
  Cities const& cities = question.world->cities;
  auto const write = [&](std::string_view piece) { answer.write(piece); };
  answer.write(tie_header(own));
  Complaints complaints;
  std::uint64_t rows = 0;
  for (std::int64_t draw = 0; draw < draws; ++draw) {
    bool const anew = draw > 0 && is_random(spec);
    NetworkLayer const drawn =
        anew ? draw_network(spec, cities, question.scenario->seed, draw, complaints, threads) : NetworkLayer{};
    complaints.throw_if_any();
    rows += write_tie_rows(anew ? drawn : own, cities, question.scenario->clock, draw, mirrors_of(spec), write);
  }
  std::set<std::string> told;
  for (Complaint const& each : question.warnings) told.insert(format(each));
  std::vector<Complaint> news;
  std::ranges::copy_if(complaints.warnings(), std::back_inserter(news),
                       [&](Complaint const& each) { return told.insert(format(each)).second; });
  print_warnings(news);
  return rows;
}

void tell_written(NetworkWords const& words, NetworkSpec const& spec, std::int64_t draws, std::uint64_t rows) {
  auto const ties = static_cast<std::int64_t>(rows);
  if (words.json) {
    print(to_json(map_node({{"network", text_node(spec.name)},
                            {"draws", number_node(draws)},
                            {"ties", number_node(ties)},
                            {"file", text_node(words.answer.file)}})) +
          "\n");
  } else if (!words.quiet && !words.answer.file.empty()) {
    print(one_line(fmt::format("{}: {} {} of '{}' in {} {}", words.answer.file, ties, ties == 1 ? "tie" : "ties",
                               spec.name, draws, draws == 1 ? "draw" : "draws")) +
          "\n");
  }
}

Exit write_network(NetworkWords const& words) {
  Interrupt const interrupt;
  std::int64_t const draws = words.draws ? whole_number("--draws", *words.draws, 1, 1'000'000'000) : 1;
  int const threads = words.threads ? static_cast<int>(whole_number("--threads", *words.threads, 1, 4096)) : 0;
  Question const question = read_question(words.file, {.settings = words.settings, .threads = threads});
  NetworkSpec const& spec = find_spec(question, words.name);
  check_words(words, spec);
  print_warnings(question.warnings);
  Answer answer(words.answer, question.inputs);
  std::uint64_t const rows = write_draws(question, spec, draws, threads, answer);
  answer.finish();
  tell_written(words, spec, draws, rows);
  return Exit::done;
}

}  // namespace

void add_network(CLI::App& program, Act& chosen) {
  CLI::App* const command =
      program.add_subcommand("network", "writes the ties of a network, read or drawn, as CSV: one row a tie");
  auto const words = std::make_shared<NetworkWords>();
  add_scenario_words(*command, *words);
  command->add_option("NAME", words->name, "the network")->required();
  command->add_option("--draws", words->draws, "so many draws; number 0 is the scenario's own (default: 1)")
      ->type_name("N");
  add_answer_words(*command, words->answer);
  command->add_option("--threads", words->threads, "at most so many threads (default: all processors)")->type_name("N");
  command->add_flag("--quiet", words->quiet, "says nothing of the file that was written");
  command->add_flag("--json", words->json, "a machine-readable summary on standard output; with -o");
  command->callback([words, &chosen] { chosen = [words] { return write_network(*words); }; });
}

}  // namespace hansa::cli
