/// Ctrl-C and SIGTERM as requests to stop.
#pragma once

#include <mutex>
#include <stop_token>
#include <thread>

namespace hansa::cli {

/// While it lives, a thread of its own waits for SIGINT and SIGTERM. Before begin_run() a signal ends the program at
/// once, exit code 130: nothing has been made yet. After it the first signal requests a stop, and the second ends the
/// program at once. Made before any other thread, which inherits the blocked signals.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(Interrupt const&) = delete;
  Interrupt& operator=(Interrupt const&) = delete;

  /// From here on there is something to finish.
  void begin_run();
  [[nodiscard]] std::stop_token token() const { return stop_.get_token(); }

 private:
  void watch();

  enum class Phase { reading, running, stopping, over };
  std::mutex mutex_;
  Phase phase_ = Phase::reading;
  std::stop_source stop_;
  std::thread watcher_;
};

}  // namespace hansa::cli
