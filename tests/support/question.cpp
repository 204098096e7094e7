/// Takes texts the whole way to a model, and runs it.
#include "support/question.hpp"

#include <filesystem>
#include <stdexcept>

#include "io/csv.hpp"
#include "io/yaml.hpp"
#include "mechanisms/catalogue.hpp"
#include "run/ensemble.hpp"
#include "scenario/files.hpp"
#include "scenario/validate.hpp"
#include "world/reach.hpp"

namespace hansa::test {

namespace {

/// The world without what interventions make of it; nothing where they make nothing of it.
std::optional<World> world_of_data(Scenario scenario, Tables const& tables) {
  if (std::erase_if(scenario.interventions, changes_world) == 0) return std::nullopt;
  Complaints ignored;
  return build_world(scenario, tables, ignored);
}

/// Keeps every history.
class Shelf : public Sink {
 public:
  std::unique_ptr<Packet> pack(History const& history) override {
    auto packet = std::make_unique<Copy>();
    packet->history = history;
    return packet;
  }
  void put(std::int64_t replicate, std::unique_ptr<Packet> packet) override {
    History& history = static_cast<Copy&>(*packet).history;
    if (history.replicate != replicate) throw std::logic_error("a history under another replicate's number");
    histories.push_back(std::move(history));
  }
  std::vector<History> histories;

 private:
  struct Copy : Packet {
    History history;
  };
};

}  // namespace

std::unique_ptr<Question> ask(Texts const& texts, std::vector<std::string> const& settings,
                              std::function<void(ScenarioDraft&)> const& edit) {
  std::filesystem::path const folder = "/in-memory";
  ScenarioDraft draft = parse_yaml(texts.yaml, folder / "scenario.yaml");
  for (std::string const& setting : settings) apply_setting_text(draft, setting);
  if (edit) edit(draft);
  auto question = std::make_unique<Question>();
  Complaints complaints;
  Catalogue const catalogue = standard_catalogue();
  std::vector<Schema const*> const known = schemas(catalogue);
  question->scenario = validate(draft, known, complaints);
  Tables& tables = question->tables;
  for (auto const& [name, text] : texts.files) tables.emplace(folder / name, parse_csv(text, name, complaints));
  for (FileRef const* const each : files_of(question->scenario))
    if (!tables.contains(each->path)) complaints.add("there is no file '" + each->given + "'", each->where);
  complaints.throw_if_any();
  question->world = build_world(question->scenario, tables, complaints);
  complaints.throw_if_any();
  question->given = world_of_data(question->scenario, tables);
  question->model = compile(question->scenario, question->world, catalogue, complaints);
  question->plan = make_plan(question->scenario.output, question->world, complaints);
  plan_abandonments(question->model, question->plan);
  complaints.throw_if_any();
  question->warnings = complaints.warnings();
  return question;
}

History run_one(Question const& question, std::int64_t replicate, Lanes lanes) {
  Recorder recorder(question.model, question.world, question.plan);
  Replicate state(question.model, question.world, lanes);
  recorder.begin(replicate);
  state.run(replicate, recorder);
  return recorder.finish();
}

std::vector<History> run_many(Question const& question, std::int64_t first, std::int64_t count, int threads,
                              Lanes lanes) {
  Shelf shelf;
  EnsembleOptions options;
  options.first = first;
  options.count = count;
  options.threads = threads;
  options.lanes = lanes;
  EnsembleReport const report =
      run_ensemble({question.model, question.world, question.plan}, options, shelf, Progress{}, std::stop_token{});
  if (!report.failed.empty()) throw std::runtime_error("a replicate failed: " + report.failed.front().why);
  return std::move(shelf.histories);
}

std::map<std::string, std::int32_t> adoption_times(Question const& question, History const& history,
                                                   std::string const& policy) {
  std::map<std::string, std::int32_t> times;
  for (std::size_t p = 0; p < question.scenario.policies.size(); ++p) {
    if (question.scenario.policies[p].name != policy) continue;
    for (Index city = 0; city < question.world.cities.size(); ++city) {
      times[question.world.cities.id[city]] = history.policies[p].adoption_time[city];
    }
  }
  return times;
}

}  // namespace hansa::test
