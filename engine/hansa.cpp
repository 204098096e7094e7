/// The way from a file to a compiled question, and from there to results.
#include "hansa.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/digest.hpp"
#include "io/csv.hpp"
#include "io/fit_file.hpp"
#include "io/read_scenario.hpp"
#include "io/yaml.hpp"
#include "measures/observed.hpp"
#include "record/tee.hpp"
#include "run/fitted_covariates.hpp"
#include "run/fitted_groups.hpp"
#include "scenario/adopt.hpp"
#include "scenario/files.hpp"
#include "scenario/validate.hpp"
#include "scenario/world_key.hpp"

namespace hansa {

namespace {

/// Does `work`; what it throws as bad input is gathered with the rest.
template <class Work>
void gather(Complaints& complaints, Work const& work) {
  try {
    work();
  } catch (Error const& error) {
    if (error.fault() != Fault::input) throw;
    for (Complaint const& each : error.complaints()) complaints.add(each.problem, each.where, each.mend);
  }
}

void apply_settings(ScenarioDraft& draft, ReadOptions const& options, Complaints& complaints) {
  for (std::string const& setting : options.settings) {
    gather(complaints, [&] { apply_setting_text(draft, setting); });
  }
  if (!options.replicates) return;
  Node value;
  value.form = Node::Form::scalar;
  value.text = std::to_string(*options.replicates);
  value.where.file = "--replicates";
  gather(complaints, [&] { apply_setting(draft, "replicates", std::move(value)); });
}

/// Complains where the estimates are of another rule than the policy's.
void check_links(Node const& root, FitFile const& file, Place const& where, Complaints& complaints) {
  Node const* const policies = root.find("policies");
  std::set<std::pair<std::string, std::string>> told;
  for (FitRecord const& fit : file.fits) {
    for (auto const& paths : fit.estimates.paths) {
      for (std::string const& path : paths) {
        std::vector<std::string> const keys = split_path(path, where);
        Node const* const policy =
            policies && keys.size() > 2 && keys[0] == "policies" ? policies->find(keys[1]) : nullptr;
        if (!policy || keys[2] == "abandonment") continue;  // how cities leave goes by no rule
        Node const* const written = policy->find("rule");
        std::string const rule = written ? written->text : "logit";
        std::string const& link = fit.estimates.link;
        if (rule == link || !told.emplace(keys[1], link).second) continue;
        complaints.add(fmt::format("the estimates of '{}' are of link {}, and policy '{}' has rule {}",
                                   fit.estimates.name, link, keys[1], rule),
                       where,
                       link == "probit"
                           ? "no rule is a probit: estimates with the policy's own rule as link were expected"
                           : fmt::format("rule {} was expected, or estimates of another link", link));
      }
    }
  }
}

/// What a file of estimates gave a question.
struct FromFile {
  std::vector<Estimates> estimates;
  std::optional<FitFile> file;
  std::vector<PathValue> values;
};

/// Puts the estimates of `options.from` into the draft, and what its settings say after them.
FromFile apply_words(ScenarioDraft& draft, ReadOptions const& options, Complaints& complaints) {
  FromFile from;
  auto& [estimates, file, values] = from;
  Place const where{options.from.string(), 0, 0};
  if (options.from.empty()) {
    apply_settings(draft, options, complaints);
    return from;
  }
  gather(complaints, [&] { file = read_fit_file(options.from); });
  if (file) {
    for (FitRecord const& fit : file->fits) {
      for (std::size_t k = 0; k < fit.estimates.values.size(); ++k)
        for (std::string const& path : fit.estimates.paths[k]) values.push_back({path, fit.estimates.values[k]});
      estimates.push_back(fit.estimates);
    }
    adopt(draft, values, options.settings, where, complaints);
  }
  apply_settings(draft, options, complaints);
  if (file) gather(complaints, [&] { check_links(draft.root, *file, where, complaints); });
  return from;
}

/// Warns where the run is not what the estimates are of.
void compare_with_fit(Question const& question, FromFile const& from, ReadOptions const& options,
                      Complaints& complaints) {
  Place const where{options.from.string(), 0, 0};
  warn_of_groups(from.estimates, *question.scenario, *question.world, question.model, where, complaints);
  Complaints found;
  Scenario fitted;
  gather(found, [&] {
    ScenarioDraft draft = parse_yaml(from.file->scenario_text, options.from);
    adopt(draft, from.values, {}, where, found);
    fitted = validate(draft, schemas(options.mechanisms), found);
  });
  if (!found.empty())
    return complaints.warn(
        "the scenario in the file is not understood, so that nobody can tell whether mechanisms are "
        "those of the fit",
        where, "a file that this version wrote was expected");
  InputDigests const inputs = input_digests(*question.world);
  warn_of_covariates(from.estimates, {fitted, *question.scenario, from.file->inputs, inputs},
                     schemas(options.mechanisms), where, complaints);
}

/// What questions that are read together hold in common. A world is kept as it is before anybody intervenes.
struct Common {
  Tables tables;
  std::map<std::string, World> worlds;  ///< by world_key()
  bool alone = false;                   ///< there is one question: nothing need be kept
};

/// The data files that the question was read from.
void note_files(Question& question, Tables const& tables) {
  std::set<std::filesystem::path> seen;
  for (FileRef const* file : files_of(*question.scenario)) {
    auto const found = tables.find(file->path);
    if (found == tables.end() || !seen.insert(file->path).second) continue;
    question.digests.emplace(file->given, found->second.sha256);
    question.inputs.push_back(file->path);
  }
}

/// The question's world; built in the first of those that share it, where its mistakes and warnings are told.
World build_or_share(Question const& question, Common& common, Complaints& complaints, int threads) {
  Scenario const& scenario = *question.scenario;
  std::string const key = world_key(question.draft);
  auto const known = common.worlds.find(key);
  if (known != common.worlds.end()) return intervened(known->second, scenario, common.tables, complaints, threads);
  World given = build_given_world(scenario, common.tables, complaints, threads);
  if (complaints.empty() && !common.alone) common.worlds.emplace(key, given);
  return intervened(std::move(given), scenario, common.tables, complaints, threads);
}

/// Keys of the map at `path` in the draft.
std::vector<std::string> keys_at(Node const& root, std::initializer_list<std::string_view> path) {
  Node const* node = &root;
  for (std::string_view const key : path) {
    node = node->find(key);
    if (node == nullptr) return {};
  }
  std::vector<std::string> keys;
  for (Node::Entry const& entry : node->entries) keys.push_back(entry.key);
  return keys;
}

/// What a complaint about a name would say that is unknown only because its definition has a mistake of its own.
std::set<std::string> echoes_of(Node const& root) {
  std::set<std::string> echoes;
  auto const add = [&](std::string_view kind, std::vector<std::string> const& names) {
    for (std::string const& name : names) echoes.insert(fmt::format("unknown {} '{}'", kind, name));
  };
  add("network", keys_at(root, {"networks"}));
  add("collaboration", keys_at(root, {"collaborations", "properties"}));
  add("attribute", keys_at(root, {"cities", "attributes"}));
  return echoes;
}

/// How complaints begin about names of a kind of which any may be defined where something was not understood.
std::vector<std::string> undefined_kinds(Node const& root, Scenario const& scenario, Tables const& tables) {
  auto const has = [&](FileRef const& file, std::initializer_list<std::string_view> columns) {
    auto const found = tables.find(file.path);
    return found != tables.end() && found->second.dropped == 0 &&
           std::ranges::all_of(columns, [&](std::string_view each) { return found->second.column(each).has_value(); });
  };
  std::vector<std::string> kinds;
  if (!defines_names(root, "networks")) kinds.emplace_back("unknown network '");
  auto const& members = scenario.collaborations.file;
  if (!defines_names(root, "collaborations") || (members && !has(*members, {"city", "collaboration"})))
    kinds.emplace_back("unknown collaboration '");
  if (scenario.cities.panel && !has(*scenario.cities.panel, {})) kinds.emplace_back("unknown attribute '");
  return kinds;
}

/// Adds what a later stage found, without echoes of mistakes that were told before. `kinds`: of undefined_kinds.
void add_news(Complaints const& found, Node const& root, std::vector<std::string> const& kinds,
              Complaints& complaints) {
  std::set<std::string> const echoes = complaints.empty() ? std::set<std::string>() : echoes_of(root);
  auto const is_echo = [&](std::string const& problem) {
    if (std::ranges::any_of(kinds, [&](std::string const& kind) { return problem.starts_with(kind); })) return true;
    auto const next = echoes.upper_bound(problem);
    return next != echoes.begin() && problem.starts_with(*std::prev(next));
  };
  for (Complaint const& each : found.errors()) {
    if (!is_echo(each.problem)) complaints.add(each.problem, each.where, each.mend);
  }
  for (Complaint const& each : found.warnings()) complaints.warn(each.problem, each.where, each.mend);
  complaints.count_more(found);
}

/// Builds the world and compiles against it, where the cities were understood; else every name in them would be
/// unknown.
void build(Question& question, Common& common, ReadOptions const& options, Complaints& complaints) {
  Scenario const& scenario = *question.scenario;
  Tables const& tables = common.tables;
  Node const& root = question.draft.root;
  std::vector<std::string> const kinds = undefined_kinds(root, scenario, tables);
  Complaints found;
  if (!complaints.empty() && !scenario.cities.file && scenario.cities.generate < 1) {
    check_tables(scenario, tables, found);
    return add_news(found, root, kinds, complaints);
  }
  question.world = std::make_unique<World const>(build_or_share(question, common, found, options.threads));
  add_news(found, root, kinds, complaints);
  if (!complaints.empty() && question.world->cities.size() == 0) return;
  Complaints later;
  question.model = compile(scenario, *question.world, options.mechanisms, later);
  question.plan = make_plan(scenario.output, *question.world, later);
  plan_abandonments(question.model, question.plan);
  plan_comparisons(question.model, *question.world, question.plan);
  add_news(later, root, kinds, complaints);
}

std::string read_bytes(std::filesystem::path const& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// All stages, each on what the ones before understood, so that all mistakes are told at once.
Question pose(ScenarioDraft draft, ReadOptions const& options, Common& common) {
  Complaints complaints;
  require(!options.from.empty() || options.estimates == EstimatesAre::taken, "there are no estimates to draw from",
          {draft.file.string(), 0, 0}, "a file of estimates was expected");
  FromFile const from = apply_words(draft, options, complaints);
  std::vector<Schema const*> const known = schemas(options.mechanisms);
  Question question;
  question.scenario = std::make_unique<Scenario const>(validate(draft, known, complaints));
  question.draft = std::move(draft);
  read_tables(*question.scenario, common.tables, complaints);
  build(question, common, options, complaints);
  complaints.throw_if_any();
  if (from.file) compare_with_fit(question, from, options, complaints);
  note_files(question, common.tables);
  question.digests.emplace(question.draft.file.string(), question.draft.sha256);
  question.inputs.push_back(question.draft.file);
  for (ScenarioFile const& base : question.draft.bases) {
    question.digests.emplace(base.path.string(), base.sha256);
    question.inputs.push_back(base.path);
  }
  if (!options.from.empty()) {
    question.digests.emplace(options.from.string(), sha256(read_bytes(options.from)));
    question.inputs.push_back(options.from);
  }
  question.warnings = complaints.told_warnings();
  question.from = options.from;
  question.mechanisms = options.mechanisms;
  if (options.estimates == EstimatesAre::drawn)
    question.drawn = std::make_shared<DrawnModels const>(
        DrawnQuestion{question.draft, options.settings, {options.from.string(), 0, 0}, options.mechanisms},
        from.estimates, question.scenario->seed, *question.world);
  return question;
}

Outcome run_into(Question const& question, Sink& sink, std::int64_t block, RunOptions const& running) {
  Tally tally(*question.scenario, *question.world, question.model, question.plan);
  Tee both(sink, tally);
  EnsembleOptions options;
  options.count = question.scenario->replicates;
  options.threads = running.threads;
  options.lanes = running.lanes;
  options.block = block;
  Arm arm{question.model, *question.world, question.plan};
  if (question.drawn) arm.model_of = [&](std::int64_t replicate) { return question.drawn->model(replicate); };
  auto const begun = std::chrono::steady_clock::now();
  Outcome outcome;
  outcome.report = run_ensemble(arm, options, both, running.progress, running.stop);
  outcome.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  if (question.drawn) outcome.redrawn = question.drawn->redrawn(outcome.report.finished);
  outcome.summary = tally.summary();
  return outcome;
}

/// Hands each history to a function.
class Receiver : public Sink {
 public:
  explicit Receiver(std::function<void(History const&)> const& receive) : receive_(receive) {}
  [[nodiscard]] std::unique_ptr<Packet> pack(History const& history) override {
    return std::make_unique<Copy>(history);
  }
  void put(std::int64_t, std::unique_ptr<Packet> packet) override {
    receive_(static_cast<Copy const&>(*packet).history);
  }

 private:
  struct Copy : Packet {
    explicit Copy(History const& kept) : history(kept) {}
    History history;
  };
  std::function<void(History const&)> const& receive_;
};

}  // namespace

Question read_question(std::filesystem::path const& file, ReadOptions const& options) {
  Common common{.tables = {}, .worlds = {}, .alone = true};
  return pose(read_scenario(file), options, common);
}

std::vector<Question> read_questions(std::vector<std::filesystem::path> const& files, ReadOptions const& options) {
  Common common;
  std::vector<Question> questions;
  std::vector<Complaint> mistakes;
  for (std::filesystem::path const& file : files) {
    try {
      questions.push_back(pose(read_scenario(file), options, common));
    } catch (Error const& error) {
      if (error.fault() != Fault::input) throw;
      for (Complaint const& each : error.complaints()) {
        bool const told =
            std::ranges::any_of(mistakes, [&](Complaint const& before) { return format(before) == format(each); });
        if (!told) mistakes.push_back(each);
      }
    }
  }
  if (!mistakes.empty()) throw Error(std::move(mistakes));
  return questions;
}

Question parse_question(std::string_view text, std::filesystem::path const& name, ReadOptions const& options) {
  Common common{.tables = {}, .worlds = {}, .alone = true};
  return pose(parse_scenario(text, name), options, common);
}

std::string resolved_text(Question const& question) {
  return to_yaml(without_bases(question.draft, *question.scenario));
}

std::filesystem::path result_path(Question const& question) {
  if (!question.scenario->output.file.empty()) return question.scenario->output.file;
  return question.draft.file.stem().concat(".h5");
}

void spare_inputs(Question const& question, std::filesystem::path const& file) {
  for (std::filesystem::path const& written : {file, std::filesystem::path(file).concat(".part")}) {
    for (std::filesystem::path const& input : question.inputs) {
      std::error_code none;
      require(!std::filesystem::equivalent(written, input, none), "is an input of this run", {written.string()},
              "write elsewhere");
    }
  }
}

Outcome run(Question const& question, WriteOptions const& writing, RunOptions const& running) {
  spare_inputs(question, writing.file);
  ResultFileOptions options;
  options.file = writing.file;
  options.overwrite = writing.overwrite;
  options.reproducible = writing.reproducible;
  options.replicates = question.scenario->replicates;
  options.scenario_text = resolved_text(question);
  options.input_digests = question.digests;
  if (question.drawn) options.drawn_from = question.drawn->file();
  ResultFile file(*question.scenario, *question.world, question.model, question.plan, std::move(options));
  Outcome outcome = run_into(question, file, file.block(), running);
  file.finish(outcome.report.finished, outcome.report.finished == question.scenario->replicates);
  outcome.file = writing.file;
  return outcome;
}

Outcome run(Question const& question, Sink& sink, RunOptions const& running) {
  return run_into(question, sink, 1, running);
}

Outcome run(Question const& question, std::function<void(History const&)> const& receive, RunOptions const& running) {
  Receiver receiver(receive);
  return run_into(question, receiver, 1, running);
}

}  // namespace hansa
