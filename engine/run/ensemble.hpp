/// Many replicates on many threads, of one model or of several side by side, handed to a sink in order.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "base/progress.hpp"
#include "model/model.hpp"
#include "record/recorder.hpp"
#include "record/sink.hpp"
#include "run/replicate.hpp"
#include "world/world.hpp"

namespace hansa {

struct EnsembleOptions {
  std::int64_t first = 0;  ///< number of the first replicate
  std::int64_t count = 1;
  int threads = 0;  ///< 0: all
  Lanes lanes = Lanes::fast;
  int together = 0;        ///< threads that share a replicate; 0: as many as replicates leave over
  std::int64_t block = 1;  ///< the sink's row of chunks: the window holds at least so many replicates
};

/// One of the models that are run side by side. All that it refers to outlives the run.
struct Arm {
  Model const& model;
  World const& world;
  RecordPlan const& plan;
  /// A model for each replicate, in the place of the one for all, of the same cities, policies and mechanisms; called
  /// from any thread. Empty: none. What it throws fails the replicate.
  std::function<Model(std::int64_t)> model_of = {};
};

/// Where the histories of all arms of a replicate go together; else like Sink.
class ArmsSink {
 public:
  virtual ~ArmsSink() = default;
  /// One history an arm, in their order; they are gone after the call.
  [[nodiscard]] virtual std::unique_ptr<Packet> pack(std::span<History const* const> histories) = 0;
  virtual void put(std::int64_t replicate, std::unique_ptr<Packet> packet) = 0;
};

struct FailedReplicate {
  std::int64_t replicate;
  std::string why;
  std::size_t arm = 0;
};

struct EnsembleReport {
  std::int64_t finished = 0;  ///< replicates put into the sink, failed ones included
  std::vector<FailedReplicate> failed;
  bool stopped = false;  ///< the stop token ended it early; what was in hand was finished
};

/// Runs replicates first … first + count - 1. A replicate starts only while it is less than a window (4 × threads, and
/// a block per thread and one more, so that each thread can compress one) ahead of the writer: memory does not grow
/// with their number. An exception in a replicate is a failed replicate, handed to the sink as a History with
/// `failure`; one in the sink ends the run and is rethrown. After a stop the replicates in hand are finished, and what
/// the sink got is a prefix without gaps. `progress` is called from the writer's thread, and once at the end from the
/// caller's. Results do not depend on the number of threads.
EnsembleReport run_ensemble(Arm const& arm, EnsembleOptions const& options, Sink& sink, Progress const& progress,
                            std::stop_token stop);

/// The same for several arms on common random numbers: a thread runs all arms of a replicate, one after the other. A
/// thread keeps the state of all of them.
EnsembleReport run_ensemble(std::span<Arm const> arms, EnsembleOptions const& options, ArmsSink& sink,
                            Progress const& progress, std::stop_token stop);

}  // namespace hansa
