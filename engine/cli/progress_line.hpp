/// How far a run is, on standard error: a bar on a terminal, a line every few seconds in a log.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "base/progress.hpp"

namespace spdlog {
class logger;
}

namespace hansa::cli {

/// Where progress goes.
enum class Display { none, bar, log };

/// A bar if standard error is a terminal that can redraw a line, else a log.
[[nodiscard]] Display choose_display() noexcept;

/// One line's worth of news. One thread at a time.
class ProgressLine {
 public:
  explicit ProgressLine(Display display, std::string unit = "replicates");
  /// Takes the bar off the terminal.
  ~ProgressLine();
  ProgressLine(ProgressLine const&) = delete;
  ProgressLine& operator=(ProgressLine const&) = delete;
  void show(Done done);

 private:
  using Clock = std::chrono::steady_clock;
  [[nodiscard]] std::string words(Done done) const;
  void draw(Done done) const;

  Display display_;
  std::string unit_;  ///< what is counted
  std::shared_ptr<spdlog::logger> log_;
  Clock::time_point begun_ = Clock::now();
  Clock::time_point last_ = begun_;
  bool over_ = false;  ///< the last line of the log is written
};

}  // namespace hansa::cli
