/// Times a sweep against bare ensembles of the same runs: what compiling points, measuring and writing blocks costs.
///
/// sweeps SCENARIO THREADS ROUNDS prints a line a round, and medians of the ratios: seconds of the ensembles, of the
/// sweep, their ratio; the same of processor time (user and system), which other programs on the machine touch less.
/// Who goes first changes from round to round. The ensembles run as many replicates of the scenario itself, record
/// curves and forget them.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <sys/resource.h>

#include "hansa.hpp"
#include "sweep/sweep.hpp"
#include "sweep/sweep_design.hpp"

namespace hansa::benchmarks {
namespace {

using Clock = std::chrono::steady_clock;

struct Spent {
  double wall = 0, processor = 0;  ///< seconds
};

double processor_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  auto const seconds = [](timeval const& each) {
    return static_cast<double>(each.tv_sec) + 1e-6 * static_cast<double>(each.tv_usec);
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

class Watch {
 public:
  [[nodiscard]] Spent spent() const {
    return {std::chrono::duration<double>(Clock::now() - begun_).count(), processor_seconds() - processor_};
  }

 private:
  Clock::time_point begun_ = Clock::now();
  double processor_ = processor_seconds();
};

class Nowhere : public Sink {
 public:
  std::unique_ptr<Packet> pack(History const&) override { return std::make_unique<Packet>(); }
  void put(std::int64_t, std::unique_ptr<Packet>) override {}
};

Spent ensembles(Question const& question, std::int64_t runs, int threads) {
  RecordPlan plan = question.plan;
  plan.adoption_time = plan.attribution = plan.abandonments = false;
  plan.subsets.clear();
  EnsembleOptions options;
  options.count = runs;
  options.threads = threads;
  Nowhere sink;
  Watch const watch;
  run_ensemble({question.model, *question.world, plan}, options, sink, {}, {});
  return watch.spent();
}

/// Runs, measures and blocks on disk; the trial and gathering not counted.
Spent sweep(std::vector<Question> const& questions, SweepManifest const& described, int threads) {
  std::string name = (std::filesystem::temp_directory_path() / "hansa-sweeps-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for blocks");
  PointWorlds worlds(
      {questions, described.points, described.seeds, questions[0].scenario->sweep->measures, described.layout});
  SettleOptions settling;
  settling.threads = threads;
  SettledSweep const settled = settle(described, worlds, name, settling);
  SweepRunOptions running;
  running.threads = threads;
  Watch const watch;
  run_sweep(worlds, settled.manifest, settled.state, name, running);
  Spent const spent = watch.spent();
  std::filesystem::remove_all(name);
  return spent;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  std::size_t const middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

void measure(int argc, char** argv) {
  if (argc != 4) throw std::runtime_error("expected: sweeps SCENARIO THREADS ROUNDS");
  int const threads = std::stoi(argv[2]), rounds = std::stoi(argv[3]);
  if (rounds < 1) throw std::runtime_error("a round at least was expected");
  std::vector<Question> questions;
  questions.push_back(read_question(argv[1]));
  Question const& question = questions[0];
  DesignTable const design = read_sweep_design(*question.scenario, question.draft, schemas(question.mechanisms));
  SweepManifest const described = describe_sweep(question, questions, design, {});
  std::vector<double> by_wall, by_processor;
  for (int round = 0; round < rounds; ++round) {
    Spent swept, bare;
    if (round % 2 == 0) swept = sweep(questions, described, threads);
    bare = ensembles(question, described.runs(), threads);
    if (round % 2 != 0) swept = sweep(questions, described, threads);
    by_wall.push_back(bare.wall / swept.wall);
    by_processor.push_back(bare.processor / swept.processor);
    std::cout << bare.wall << ' ' << swept.wall << ' ' << by_wall.back() << "  " << bare.processor << ' '
              << swept.processor << ' ' << by_processor.back() << std::endl;
  }
  std::cout << "median ratio: " << median(by_wall) << " by the clock, " << median(by_processor) << " of processor time"
            << std::endl;
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
