/// Sets, validates, builds and compiles.
#include "sweep/point_models.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <future>
#include <iterator>
#include <optional>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "io/csv.hpp"
#include "io/yaml.hpp"
#include "scenario/validate.hpp"
#include "scenario/world_key.hpp"
#include "sweep/points.hpp"

namespace hansa {

namespace {

/// Sections that no run looks at.
constexpr std::string_view not_run[] = {"sweep", "calibrate", "fit", "power", "stats", "sources", "output"};

ScenarioDraft draft_for_points(ScenarioDraft draft) {
  std::erase_if(draft.root.entries, [](Node::Entry const& each) {
    return std::find(std::begin(not_run), std::end(not_run), each.key) != std::end(not_run);
  });
  draft.mistakes = {};
  return draft;
}

/// As `--set PATH=VALUE` does; numbers need no parser.
void set(ScenarioDraft& draft, std::string const& path, std::string const& value, bool is_number) {
  if (!is_number) return apply_setting_text(draft, path + "=" + value);
  Node node;
  node.form = Node::Form::scalar;
  node.text = value;
  node.where.file = "--set " + path;
  apply_setting(draft, path, std::move(node));
}

bool is_drawn(NetworkSpec const& network) {
  return std::visit(
      [](auto const& ties) {
        using Ties = std::decay_t<decltype(ties)>;
        return std::is_same_v<Ties, ErdosRenyiTies> || std::is_same_v<Ties, WattsStrogatzTies> ||
               std::is_same_v<Ties, BarabasiAlbertTies> || std::is_same_v<Ties, StochasticBlockTies> ||
               std::is_same_v<Ties, ConfigurationTies>;
      },
      network.ties);
}

/// Whether the world depends on what the column sets: the path decides, whatever its values are, for some of them may
/// be the scenario's own, which is written otherwise.
bool shapes_world(Question const& question, PointColumn const& column) {
  if (!column.words.empty()) return true;  // a file, a name: whatever it is, it is looked up anew
  auto const key_with = [&](char const* value) {
    ScenarioDraft draft = draft_for_points(question.draft);
    set(draft, column.path, value, true);
    return world_key(draft);
  };
  try {
    return key_with("0") != key_with("1");
  } catch (Error const&) {
    return true;  // nothing is there in this scenario: its points say so
  }
}

std::size_t bytes_of(World const& world) {
  constexpr std::size_t each_has = 4096;
  std::size_t bytes =
      each_has + world.cities.size() * (64 + 8 * world.cities.numbers.size() + 4 * world.cities.texts.size());
  for (NetworkLayer const& each : world.networks)
    bytes += std::size_t{each.ties()} * (each.weighted() ? 8 : 4) + 24 * std::size_t{world.cities.size()};
  return bytes;
}

std::shared_ptr<World const> lent(World const& world) {
  return {std::shared_ptr<void>(), &world};
}

}  // namespace

struct PointWorlds::Entry {
  std::shared_future<std::shared_ptr<PointWorld const>> world;
  std::uint64_t asked = 0;  ///< when it was asked for the last time
  std::size_t bytes = 0;    ///< of the world; 0: it is not built yet, or cannot be
};

PointWorlds::PointWorlds(SweptQuestions const& swept, std::size_t memory) : swept_(swept), memory_(memory) {
  for (Question const& question : swept_.questions) {
    auto& columns = shapes_world_.emplace_back();
    for (PointColumn const& each : swept_.points.columns)
      columns.push_back(static_cast<std::uint8_t>(shapes_world(question, each) ? 1 : 0));
    Scenario const& scenario = *question.scenario;
    bool const drawn = std::any_of(scenario.networks.begin(), scenario.networks.end(), is_drawn);
    bool const seeded = !swept_.seeds.empty() && (drawn || scenario.cities.generate > 0);
    seeded_.push_back(static_cast<std::uint8_t>(seeded ? 1 : 0));
  }
}

PointWorlds::~PointWorlds() = default;

std::string PointWorlds::key_of(std::size_t point) const {
  auto const scenario = static_cast<std::size_t>(swept_.points.scenario_of[point]);
  std::string key = fmt::format("{}", scenario);
  for (std::size_t k = 0; k < swept_.points.columns.size(); ++k)
    if (shapes_world_[scenario][k] != 0) key += fmt::format("\n{}", value_text(swept_.points.columns[k], point));
  if (seeded_[scenario] != 0) key += "\n" + swept_.seeds[point];
  return key;
}

std::shared_ptr<PointWorld const> PointWorlds::of(std::size_t point, Scenario const& scenario) {
  std::promise<std::shared_ptr<PointWorld const>> promise;
  std::shared_future<std::shared_ptr<PointWorld const>> world;
  std::shared_ptr<Entry> ours;
  {
    std::lock_guard const lock(mutex_);
    auto& entry = entries_[key_of(point)];
    if (entry == nullptr) {
      make_room();
      ours = entry = std::make_shared<Entry>();
      entry->world = promise.get_future().share();
      ++built_;
    }
    entry->asked = ++asked_;
    world = entry->world;
  }
  // Whoever builds waits for nobody, so that those who wait for a world do not wait for ever.
  if (ours) {
    try {
      std::shared_ptr<PointWorld const> made = build(point, scenario);
      std::lock_guard const lock(mutex_);
      ours->bytes = bytes_of(*made->world);
      bytes_ += ours->bytes;
      promise.set_value(std::move(made));
    } catch (...) {
      promise.set_exception(std::current_exception());
    }
  }
  return world.get();
}

std::shared_ptr<PointWorld const> PointWorlds::build(std::size_t point, Scenario const& scenario) {
  Question const& question = swept_.questions[static_cast<std::size_t>(swept_.points.scenario_of[point])];
  auto made = std::make_shared<PointWorld>();
  Complaints complaints;
  auto const number = static_cast<std::size_t>(swept_.points.scenario_of[point]);
  auto const& shapes = shapes_world_[number];
  bool const own = seeded_[number] != 0 || std::find(shapes.begin(), shapes.end(), 1) != shapes.end();
  if (own) {
    Tables tables;
    {
      std::lock_guard const lock(reading_);
      read_tables(scenario, tables_, complaints);
      complaints.throw_if_any();
      tables = tables_;
    }
    made->world = std::make_shared<World const>(build_world(scenario, tables, complaints, 1));
    complaints.throw_if_any();
  } else {
    made->world = lent(*question.world);
  }
  Model const model = hansa::compile(scenario, *made->world, question.mechanisms, complaints);
  complaints.throw_if_any();
  made->measures = std::make_unique<RunMeasures>(swept_.measures, swept_.layout,
                                                 MeasuredCase{scenario, *made->world, model}, complaints);
  complaints.throw_if_any();
  return made;
}

/// Where worlds take more than they may, drops those that nobody uses, not asked for longest first, until an eighth of
/// the room is free: so that not every new world looks at all others.
void PointWorlds::make_room() {
  if (bytes_ <= memory_) return;
  using Found = std::map<std::string, std::shared_ptr<Entry>>::iterator;
  std::vector<std::pair<std::uint64_t, Found>> idle;
  for (auto entry = entries_.begin(); entry != entries_.end(); ++entry)
    if (entry->second && entry->second->bytes > 0 && entry->second->world.get().use_count() == 1)
      idle.emplace_back(entry->second->asked, entry);
  std::sort(idle.begin(), idle.end(), [](auto const& a, auto const& b) { return a.first < b.first; });
  for (auto const& [asked, place] : idle) {
    if (bytes_ <= memory_ - memory_ / 8) return;
    bytes_ -= place->second->bytes;
    entries_.erase(place);
  }
}

std::size_t PointWorlds::built() const {
  std::lock_guard const lock(mutex_);
  return built_;
}

PointCompiler::PointCompiler(PointWorlds& worlds) : worlds_(worlds) {
  for (Question const& each : worlds.swept().questions) drafts_.push_back(draft_for_points(each.draft));
}

PointModel PointCompiler::compile(std::size_t point) {
  SweptQuestions const& swept = worlds_.swept();
  auto const number = static_cast<std::size_t>(swept.points.scenario_of[point]);
  Question const& question = swept.questions[number];
  std::vector<PointSetting> const settings = settings_of(swept.points, swept.seeds, point);
  ScenarioDraft& draft = drafts_[number];
  if (settings.size() < swept.points.columns.size() + (swept.seeds.empty() ? 0 : 1))
    draft = draft_for_points(question.draft);  // some of the scenario's own values are back
  for (PointSetting const& each : settings) set(draft, each.path, each.value, each.is_number);
  Complaints complaints;
  Scenario const scenario = validate(draft, schemas(question.mechanisms), complaints);
  complaints.throw_if_any();
  PointModel made;
  made.place = worlds_.of(point, scenario);
  made.model = hansa::compile(scenario, *made.place->world, question.mechanisms, complaints);
  complaints.throw_if_any();
  if (question.drawn) {
    std::vector<std::string> words;
    for (PointSetting const& each : settings) words.push_back(each.path + "=" + each.value);
    made.drawn =
        std::make_shared<DrawnModels const>(question.drawn->in(draft, words, scenario.seed, *made.place->world));
  }
  return made;
}

}  // namespace hansa
