/// `hansa sensitivity`: what a table of points and results says of its inputs.
#include <algorithm>
#include <iterator>
#include <limits>
#include <memory>

#include <CLI/App.hpp>
#include <fmt/format.h>

#include "base/names.hpp"
#include "cli/answer.hpp"
#include "cli/commands.hpp"
#include "cli/interrupt.hpp"
#include "io/bytes.hpp"
#include "io/csv.hpp"
#include "io/json.hpp"
#include "tell/sensitivity_report.hpp"

namespace hansa::cli {

namespace {

constexpr std::string_view methods[] = {"saltelli", "morris", "regression", "oat", "prim"};
constexpr std::uintmax_t most_table_bytes = std::uintmax_t{4} << 30;

struct SensitivityWords {
  std::string table, design, inputs, measures, when;
  std::vector<std::string> where;
  std::optional<std::string> draws, seed, threads, boxes;
  AnswerWords answer;
  bool json = false;
};

/// Names between commas; in double quotes where a name has one itself.
std::vector<std::string> names_in(std::string_view option, std::string const& text) {
  std::vector<std::string> names(1);
  bool quoted = false;
  for (char const c : text) {
    if (c == '"')
      quoted = !quoted;
    else if (c == ',' && !quoted)
      names.emplace_back();
    else
      names.back() += c;
  }
  if (std::ranges::count(names, "") > 0 || quoted)
    throw Error({fmt::format("'{}' is no list of names", text),
                 {std::string(option)},
                 "names of columns, separated by commas, were expected"});
  return names;
}

SensitivityMethod method_of(std::string const& word) {
  auto const* const found = std::ranges::find(methods, word);
  if (found == std::end(methods))
    throw Error({fmt::format("unknown design '{}'", word), {"--design"}, expected_one_of(word, methods)});
  return static_cast<SensitivityMethod>(found - std::begin(methods));
}

std::optional<Interest> interest_of(SensitivityWords const& words, SensitivityMethod method) {
  constexpr std::pair<std::string_view, Interest::Side> sides[] = {{">=", Interest::Side::at_least},
                                                                   {"<=", Interest::Side::at_most},
                                                                   {">", Interest::Side::above},
                                                                   {"<", Interest::Side::below}};
  bool const prim = method == SensitivityMethod::prim;
  if (words.when.empty() && !prim) return std::nullopt;
  constexpr std::string_view mend = "a limit of the measure was expected, as in --when '>= 0.5'";
  if (words.when.empty()) throw Error({"prim has no --when", {"hansa sensitivity"}, std::string(mend)});
  if (!prim) throw Error({"--when goes with --design prim only", {"hansa sensitivity"}, "leave it out"});
  for (auto const& [sign, side] : sides) {
    if (!words.when.starts_with(sign)) continue;
    std::string_view rest = std::string_view(words.when).substr(sign.size());
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    if (auto const limit = parse_number(rest)) return Interest{side, *limit};
  }
  throw Error({fmt::format("'{}' is no limit", words.when), {"--when"}, std::string(mend)});
}

SensitivityOptions options_of(SensitivityWords const& words) {
  SensitivityOptions options;
  options.method = method_of(words.design);
  options.interest = interest_of(words, options.method);
  if (words.draws) options.draws = static_cast<std::size_t>(whole_number("--draws", *words.draws, 2, 1'000'000));
  if (words.seed)
    options.seed =
        static_cast<std::uint64_t>(whole_number("--seed", *words.seed, 0, std::numeric_limits<std::int64_t>::max()));
  if (words.threads) options.threads = static_cast<int>(whole_number("--threads", *words.threads, 1, 4096));
  if (words.boxes) options.prim.boxes = static_cast<std::size_t>(whole_number("--boxes", *words.boxes, 1, 100));
  return options;
}

/// The table, or of it the rows that have all that --where says.
Table read_table(SensitivityWords const& words) {
  Complaints complaints;
  Table table = parse_csv(read_bytes(words.table, most_table_bytes, {words.table, 0, 0}), words.table, complaints);
  complaints.throw_if_any();
  for (std::string const& each : words.where) {
    std::size_t const equals = each.find('=');
    if (equals == 0 || equals == std::string::npos)
      throw Error({fmt::format("'{}' is no choice of rows", each),
                   {"--where"},
                   "a column and its value were expected, as in --where policy=bike_share"});
    table = rows_where(table, each.substr(0, equals), each.substr(equals + 1), complaints);
    complaints.throw_if_any();
  }
  return table;
}

Exit analyse_table(SensitivityWords const& words) {
  Interrupt const interrupt;
  SensitivityOptions const options = options_of(words);
  std::vector<std::string> const inputs = names_in("--inputs", words.inputs);
  std::vector<std::string> const measures = names_in("--measure", words.measures);
  Table const table = read_table(words);
  std::vector<Sensitivity> found;
  std::string text;
  for (std::string const& measure : measures) {
    Complaints own;
    Sensitivity each = analyse(table, inputs, measure, options, own);
    own.throw_if_any();
    std::vector<Complaint> warnings;
    for (std::string const& warning : each.warnings)
      warnings.push_back({fmt::format("{}: {}", measure, warning), {words.table}, {}});
    print_warnings(warnings);
    text += (text.empty() ? "" : "\n") + sensitivity_words(each);
    found.push_back(std::move(each));
  }
  std::filesystem::path const read[] = {words.table};
  give_answer(words.json ? to_json(sensitivity_tree(found)) + "\n" : text, words.answer, read);
  return Exit::done;
}

}  // namespace

void add_sensitivity(CLI::App& program, Act& chosen) {
  CLI::App* const command =
      program.add_subcommand("sensitivity", "says what a table of points and results tells of its inputs");
  auto const words = std::make_shared<SensitivityWords>();
  command->add_option("TABLE", words->table, "a CSV file with a row for each point, or point and replicate")
      ->required();
  command->add_option("--design", words->design, "saltelli, morris, regression, oat or prim")
      ->required()
      ->type_name("NAME");
  command->add_option("--inputs", words->inputs, "columns of the inputs, separated by commas")
      ->required()
      ->type_name("A,B");
  command->add_option("--measure", words->measures, "the column of the measure, or several")
      ->required()
      ->type_name("Y");
  command->add_option("--where", words->where, "only rows that have VALUE in the column COL; may be given again")
      ->type_name("COL=VALUE")
      ->allow_extra_args(false);
  command->add_option("--when", words->when, "prim: which values of the measure are of interest")
      ->type_name("'>= LIMIT'");
  command->add_option("--boxes", words->boxes, "prim: at most so many boxes (default: 1)")->type_name("N");
  command->add_option("--draws", words->draws, "of the bootstrap (default: 1000)")->type_name("N");
  command->add_option("--seed", words->seed, "of the bootstrap (default: 1)")->type_name("N");
  command->add_option("--threads", words->threads, "at most so many threads (default: all processors)")->type_name("N");
  add_answer_words(*command, words->answer);
  command->add_flag("--json", words->json, "a machine-readable answer");
  command->callback([words, &chosen] { chosen = [words] { return analyse_table(*words); }; });
}

}  // namespace hansa::cli
