/// Times a sweep against bare ensembles of the same runs: what compiling points, measuring and writing blocks costs.
///
/// sweeps SCENARIO THREADS ROUNDS prints a line a round: seconds of the ensembles, seconds of the sweep, their ratio.
/// The ensembles run as many replicates of the scenario itself, record curves and forget them.
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "hansa.hpp"
#include "sweep/sweep.hpp"
#include "sweep/sweep_design.hpp"

namespace hansa::benchmarks {
namespace {

using Clock = std::chrono::steady_clock;

double since(Clock::time_point begun) {
  return std::chrono::duration<double>(Clock::now() - begun).count();
}

class Nowhere : public Sink {
 public:
  std::unique_ptr<Packet> pack(History const&) override { return std::make_unique<Packet>(); }
  void put(std::int64_t, std::unique_ptr<Packet>) override {}
};

double ensembles(Question const& question, std::int64_t runs, int threads) {
  RecordPlan plan = question.plan;
  plan.adoption_time = plan.attribution = plan.abandonments = false;
  plan.subsets.clear();
  EnsembleOptions options;
  options.count = runs;
  options.threads = threads;
  Nowhere sink;
  auto const begun = Clock::now();
  run_ensemble({question.model, *question.world, plan}, options, sink, {}, {});
  return since(begun);
}

/// Seconds of runs, measures and blocks on disk; the trial and gathering not counted.
double sweep(std::vector<Question> const& questions, SweepManifest const& described, int threads) {
  std::string name = (std::filesystem::temp_directory_path() / "hansa-sweeps-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for blocks");
  PointWorlds worlds(
      {questions, described.points, described.seeds, questions[0].scenario->sweep->measures, described.layout});
  SettleOptions settling;
  settling.threads = threads;
  SettledSweep const settled = settle(described, worlds, name, settling);
  SweepRunOptions running;
  running.threads = threads;
  double const seconds = run_sweep(worlds, settled.manifest, settled.state, name, running).seconds;
  std::filesystem::remove_all(name);
  return seconds;
}

void measure(int argc, char** argv) {
  if (argc != 4) throw std::runtime_error("expected: sweeps SCENARIO THREADS ROUNDS");
  int const threads = std::stoi(argv[2]), rounds = std::stoi(argv[3]);
  std::vector<Question> questions;
  questions.push_back(read_question(argv[1]));
  Question const& question = questions[0];
  DesignTable const design = read_sweep_design(*question.scenario, question.draft, schemas(question.mechanisms));
  SweepManifest const described = describe_sweep(question, questions, design, {});
  for (int round = 0; round < rounds; ++round) {
    double const swept = sweep(questions, described, threads);
    double const bare = ensembles(question, described.runs(), threads);
    std::cout << bare << ' ' << swept << ' ' << bare / swept << std::endl;
  }
}

}  // namespace
}  // namespace hansa::benchmarks

int main(int argc, char** argv) {
  try {
    hansa::benchmarks::measure(argc, argv);
  } catch (std::exception const& error) {
    std::cerr << "sweeps: " << error.what() << '\n';
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
