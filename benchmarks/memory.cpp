/// Measures what a run keeps in memory: bytes a tie, bytes per city and policy in flight, and whether the number of
/// replicates matters. One measurement a process, since a peak cannot be taken back.
///
/// memory SCENARIO THREADS REPLICATES RECORD [path=value …] prints one line:
///   world_bytes state_bytes ensemble_bytes
/// growth of resident memory by building world and model, by one Replicate object run once, and at the peak of an
/// ensemble of so many replicates over what was resident before it (RECORD: curves | file).
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>

#include <malloc.h>

#include "hansa.hpp"
#include "run/replicate.hpp"

namespace hansa::benchmarks {
namespace {

/// A line of /proc/self/status in bytes: VmRSS (resident now) or VmHWM (its peak).
std::int64_t status(std::string const& name) {
  std::ifstream file("/proc/self/status");
  std::string word;
  while (file >> word)
    if (word == name + ":") {
      std::int64_t kilobytes = 0;
      file >> kilobytes;
      return kilobytes * 1024;
    }
  throw std::runtime_error("no " + name + " in /proc/self/status");
}

/// Resident memory after giving back what the allocator holds; the peak is reset to it.
std::int64_t settle() {
  malloc_trim(0);
  std::ofstream("/proc/self/clear_refs") << "5";
  return status("VmRSS");
}

class Forget : public Sink {
 public:
  std::unique_ptr<Packet> pack(History const&) override { return std::make_unique<Packet>(); }
  void put(std::int64_t, std::unique_ptr<Packet>) override {}
};

std::int64_t ensemble_peak(Question const& question, RecordPlan const& plan, int threads, int replicates) {
  std::int64_t const before = settle();
  EnsembleOptions options;
  options.count = replicates;
  options.threads = threads;
  if (plan.adoption_time) {
    ResultFileOptions written;
    written.file = "memory.h5";
    written.overwrite = Overwrite::yes;
    written.replicates = replicates;
    ResultFile file(*question.scenario, *question.world, question.model, plan, written);
    options.block = file.block();
    EnsembleReport const report = run_ensemble({question.model, *question.world, plan}, options, file, {}, {});
    file.finish(report.finished, true);
    std::filesystem::remove(written.file);
  } else {
    Forget sink;
    run_ensemble({question.model, *question.world, plan}, options, sink, {}, {});
  }
  return status("VmHWM") - before;
}

void measure(int argc, char** argv) {
  if (argc < 5) throw std::runtime_error("expected: memory SCENARIO THREADS REPLICATES curves|file [path=value ...]");
  std::int64_t const empty = settle();
  ReadOptions reading;
  reading.settings.assign(argv + 5, argv + argc);
  Question const question = read_question(argv[1], reading);
  std::int64_t const built = settle();
  RecordPlan plan = question.plan;
  plan.adoption_time = false;
  plan.attribution = false;
  std::int64_t state = 0;
  {
    Replicate replicate(question.model, *question.world, Lanes::fast);
    Recorder recorder(question.model, *question.world, plan);
    recorder.begin(0);
    replicate.run(0, recorder);
    state = status("VmRSS") - built;
  }
  plan.adoption_time = std::string(argv[4]) == "file";
  plan.attribution = plan.adoption_time;
  std::cout << built - empty << ' ' << state << ' '
            << ensemble_peak(question, plan, std::atoi(argv[2]), std::atoi(argv[3])) << std::endl;
}

}  // namespace
}  // namespace hansa::benchmarks

int main(int argc, char** argv) {
  try {
    hansa::benchmarks::measure(argc, argv);
    return 0;
  } catch (std::exception const& e) {
    std::cerr << "memory: " << e.what() << '\n';
    return 1;
  }
}
