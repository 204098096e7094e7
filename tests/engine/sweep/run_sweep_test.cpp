/// Tests of sweep/run_sweep and sweep/gather: what one process does, and two at once.
#include "sweep/run_sweep.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <utility>

#include <doctest/doctest.h>

#include "hansa.hpp"
#include "io/bytes.hpp"
#include "io/sweep_block.hpp"
#include "sweep/gather.hpp"
#include "sweep/point_runner.hpp"
#include "sweep/sweep.hpp"
#include "sweep/sweep_design.hpp"
#include "sweep/sweep_identity.hpp"

using namespace hansa;

namespace {

constexpr char const* street_lamps = R"(hansa: 1
time: {start: 2000, end: 2009}
seed: 7
cities: {generate: 40}
networks: {chance: {erdos_renyi: {degree: 6}}}
policies:
  led:
    baseline: -4
    adopters: {random: 5}
    mechanisms: {imitation: {exposure: {network: chance}, strength: 4}}
sweep:
  design: grid
  replicates: 5
  parameters:
    policies.led.baseline: {values: [-5, -4, -3]}
    policies.led.mechanisms.imitation.strength: {values: [0, 4]}
  measures: [final_share, {difference: final_share, to: 0}]
)";

struct Prepared {
  std::filesystem::path folder;
  std::vector<Question> questions;
  SweepManifest described;

  explicit Prepared(std::vector<std::string> const& settings = {}) {
    std::string name = (std::filesystem::temp_directory_path() / "hansa-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    folder = name;
    questions.push_back(parse_question(street_lamps, "street_lamps.yaml", {.settings = settings}));
    described = describe_sweep(
        questions[0], questions,
        read_sweep_design(*questions[0].scenario, questions[0].draft, schemas(questions[0].mechanisms)), {});
  }
  ~Prepared() { std::filesystem::remove_all(folder); }
  Prepared(Prepared const&) = delete;
  Prepared& operator=(Prepared const&) = delete;

  [[nodiscard]] SweptQuestions swept() const {
    return {questions, described.points, described.seeds, questions[0].scenario->sweep->measures, described.layout};
  }
};

}  // namespace

TEST_CASE("worlds are built once where points share them, and for each where they do not") {
  Prepared const shared;
  PointWorlds one(shared.swept());
  PointCompiler compiler(one);
  for (std::size_t point = 0; point < shared.described.points.size(); ++point) (void)compiler.compile(point);
  CHECK(one.built() == 1);
  Prepared const apart(
      {"sweep.parameters={networks.chance.erdos_renyi.degree: {values: [4, 6]}, "
       "policies.led.baseline: {values: [-5, -4]}}"});
  PointWorlds two(apart.swept());
  PointCompiler other(two);
  for (std::size_t point = 0; point < apart.described.points.size(); ++point) (void)other.compile(point);
  CHECK(two.built() == 2);
  PointWorlds none(apart.swept(), 0);  // no room for what is not in use
  PointCompiler poor(none);
  for (std::size_t point : {0u, 1u, 2u, 3u, 0u}) (void)poor.compile(point);
  CHECK(none.built() > 2);
}

TEST_CASE("points have the worlds that they ask for, and the scenario's own value is one of them") {
  std::string const degree = "networks.chance.erdos_renyi.degree";
  Prepared const apart({"sweep.design=one_at_a_time", "sweep.parameters={" + degree + ": {values: [6, 4]}}"});
  PointWorlds worlds(apart.swept());
  PointCompiler compiler(worlds);
  std::string const own = digest(*compiler.compile(0).place->world);
  CHECK(own == digest(*apart.questions[0].world));
  PointColumn const& degrees = apart.described.points.columns.at(0);
  bool found = false;
  for (std::size_t point = 1; point < apart.described.points.size(); ++point) {
    CHECK((digest(*compiler.compile(point).place->world) == own) == (degrees.numbers[point] == 6));
    found = found || degrees.numbers[point] == 4;
  }
  CHECK(found);
  Prepared const constant({"sweep.parameters={" + degree + ": {values: [4]}}"});
  PointWorlds others(constant.swept());
  CHECK(digest(*PointCompiler(others).compile(0).place->world) != digest(*constant.questions[0].world));
}

TEST_CASE("what is measured is a part of the sweep, whatever it is called") {
  auto const sweep_of = [](std::string const& measure) {
    return Prepared({"sweep.measures=[" + measure + "]"}).described.sweep;
  };
  std::string const first = sweep_of("{name: d, difference: final_share, to: 0}");
  CHECK(first == sweep_of("{name: d, difference: final_share, to: 0}"));
  CHECK(first != sweep_of("{name: d, difference: final_share, to: 1}"));
  MeasureSpec north;
  north.cities = Selector{};
  north.cities->form = Selector::Form::where;
  north.cities->conditions = {{{"region", {}}, {{"A B", {}}}, {}, {}}};
  MeasureSpec south = north;
  CHECK(words_of(north) == words_of(south));
  south.cities->conditions[0].values[0].name = "AB";
  CHECK(words_of(north) != words_of(south));
  south = north;
  south.cities->conditions[0].lowest = 5;
  CHECK(words_of(north) != words_of(south));
  south.cities->conditions[0].highest = std::exchange(south.cities->conditions[0].lowest, std::nullopt);
  CHECK(words_of(north) != words_of(south));
}

TEST_CASE("a table that cannot be read at this moment is no result") {
  Prepared const prepared;
  std::ofstream(prepared.folder / "cities.csv") << "id\na\nb\nc\n";
  for (char const* name : {"one.csv", "two.csv"}) std::ofstream(prepared.folder / name) << "source,target\na,b\nb,c\n";
  std::vector<Question> questions;
  questions.push_back(
      parse_question(street_lamps, prepared.folder / "street_lamps.yaml",
                     {.settings = {"cities={file: cities.csv}", "networks={chance: {file: one.csv}}",
                                   "policies.led.adopters={random: 1}",
                                   "sweep.parameters={networks.chance.file: {values: [one.csv, two.csv]}}"}}));
  SweepManifest const described = describe_sweep(
      questions[0], questions,
      read_sweep_design(*questions[0].scenario, questions[0].draft, schemas(questions[0].mechanisms)), {});
  CHECK(described.common.count("file two.csv") == 1);
  SweptQuestions const swept{questions, described.points, described.seeds, questions[0].scenario->sweep->measures,
                             described.layout};
  std::vector<double> row(described.layout.width);
  std::filesystem::rename(prepared.folder / "one.csv", prepared.folder / "kept.csv");
  // The first byte of a process is nobody's: reading it is an error of input and output.
  std::filesystem::create_symlink("/proc/self/mem", prepared.folder / "one.csv");
  {
    PointWorlds worlds(swept);
    PointRunner runner(worlds, Lanes::fast, 1);
    CHECK_THROWS_AS((void)runner.run(0, 0, row), MomentaryFailure);
  }
  std::filesystem::rename(prepared.folder / "kept.csv", prepared.folder / "one.csv");
  PointWorlds worlds(swept);
  CHECK_FALSE(PointRunner(worlds, Lanes::fast, 1).run(0, 0, row).has_value());
  std::filesystem::remove(prepared.folder / "two.csv");
  PointWorlds again(swept);
  CHECK(PointRunner(again, Lanes::fast, 1).run(1, 0, row).has_value());
}

TEST_CASE("what is told of a sweep is that of the scenario as it is, and its plan stays") {
  Prepared const prepared, renamed({"title=Street street_lamps"});
  PointWorlds worlds(prepared.swept());
  SettledSweep const before = settle(prepared.described, worlds, prepared.folder, {.block = 5});
  SettledSweep const after = settle(renamed.described, worlds, prepared.folder, {.block = 2});
  CHECK(before.manifest.told.at("title") == "street_lamps");
  CHECK(after.manifest.told.at("title") == "Street street_lamps");
  CHECK(after.manifest.cells == before.manifest.cells);
  CHECK(after.manifest.ends == before.manifest.ends);
  CHECK(settle(renamed.described, worlds, prepared.folder, {}).manifest == after.manifest);
  CHECK(newest_manifest(prepared.folder) == 2);
}

TEST_CASE("independent points draw worlds and numbers of their own") {
  Prepared const prepared({"sweep.random_numbers=independent"});
  CHECK(prepared.described.seeds.size() == 6);
  PointWorlds worlds(prepared.swept());
  PointCompiler compiler(worlds);
  PointModel const first = compiler.compile(0), second = compiler.compile(1);
  CHECK(first.model.seed != second.model.seed);
  CHECK(digest(*first.place->world) != digest(*second.place->world));
}

TEST_CASE("a block that another process wrote with other numbers stays, and both are kept") {
  Prepared const prepared;
  PointWorlds worlds(prepared.swept());
  SettledSweep const settled = settle(prepared.described, worlds, prepared.folder, {.block = 5});
  REQUIRE(settled.manifest.ends.size() >= 2);
  SweepRunOptions options;
  options.threads = 1;
  bool written = false;
  options.progress = [&](Done done) {  // after the first runs of block 0, before it is written
    if (written || done.finished == 0) return;
    written = true;
    std::ofstream(block_path(prepared.folder, 0)) << "other numbers";
    std::ofstream(block_path(prepared.folder, 1)) << "somebody is faster";
  };
  SweepRunReport const report = run_sweep(worlds, settled.manifest, settled.state, prepared.folder, options);
  REQUIRE(report.contradictions.size() == 1);
  CHECK(std::filesystem::exists(report.contradictions[0]));
  CHECK(report.written_elsewhere == 1);
  SweepState const state = look_at(prepared.folder, settled.manifest, 2);
  CHECK(state.blocks[0] == BlockState::damaged);
  CHECK(state.strays.size() == 1);
}

TEST_CASE("gathering in small windows is gathering at once") {
  Prepared const prepared;
  PointWorlds worlds(prepared.swept());
  SettledSweep settled = settle(prepared.described, worlds, prepared.folder, {.block = 4});
  SweepRunReport const report = run_sweep(worlds, settled.manifest, settled.state, prepared.folder, {});
  CHECK(report.finished == 30);
  CHECK(report.failed == 0);
  settled = read_sweep_folder(prepared.folder);
  CHECK(settled.state.finished == 30);
  auto const gathered = [&](std::size_t memory) {
    std::vector<double> all;
    (void)gather(
        settled.manifest, settled.manifest.layout, prepared.folder, settled.state, {{5, 50}, memory},
        [&](PointsSlice const& slice) {
          CHECK(slice.first * 2 == all.size() / 4);
          for (std::size_t k = 0; k < slice.count * 2; ++k)
            all.insert(all.end(), {slice.mean[k], slice.sd[k], slice.quantile[2 * k], slice.quantile[2 * k + 1]});
        });
    return all;
  };
  std::vector<double> const at_once = gathered(1 << 20);
  REQUIRE(at_once.size() == 48);
  CHECK(gathered(1) == at_once);
  CHECK(gathered(200) == at_once);
  CHECK(at_once[4] == 0);  // the first point less itself
}

TEST_CASE("a run that is stopped keeps whole blocks, and goes on") {
  Prepared const prepared;
  PointWorlds worlds(prepared.swept());
  SettledSweep const settled = settle(prepared.described, worlds, prepared.folder, {.block = 2});
  std::stop_source stop;
  SweepRunOptions options;
  options.threads = 1;
  options.stop = stop.get_token();
  options.progress = [&](Done) { stop.request_stop(); };
  SweepRunReport const first = run_sweep(worlds, settled.manifest, settled.state, prepared.folder, options);
  CHECK(first.stopped);
  CHECK(first.finished < 30);
  SettledSweep const again = settle(prepared.described, worlds, prepared.folder, {});
  CHECK(again.manifest == settled.manifest);
  CHECK(again.state.finished == first.finished);
  SweepRunReport const rest = run_sweep(worlds, again.manifest, again.state, prepared.folder, {});
  CHECK(first.finished + rest.finished == 30);
}

TEST_CASE("more threads than runs share them, and find the same") {
  Prepared const prepared({"sweep.parameters={policies.led.baseline: {values: [-4, -3]}}", "sweep.replicates=1"});
  auto const values = [&](int threads) {
    PointWorlds worlds(prepared.swept());
    auto const folder = prepared.folder / std::to_string(threads);
    SettledSweep const settled = settle(prepared.described, worlds, folder, {});
    SweepRunOptions options;
    options.threads = threads;
    (void)run_sweep(worlds, settled.manifest, settled.state, folder, options);
    return read_block(block_path(folder, 0), BlockParts::all).values;
  };
  CHECK(values(1) == values(8));
}
