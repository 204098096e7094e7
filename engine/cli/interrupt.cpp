/// The thread that waits for signals.
#include "cli/interrupt.hpp"

#include <string_view>

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include "cli/lines.hpp"

namespace hansa::cli {

namespace {

sigset_t watched_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

void say_stopping() {
  std::string_view const text = isatty(STDERR_FILENO) != 0
                                    ? "\nfinishing the replicates in hand; Ctrl-C again quits at once\n"
                                    : "interrupted: finishing the replicates in hand\n";
  [[maybe_unused]] auto const written = write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace

Interrupt::Interrupt() {
  sigset_t const signals = watched_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  watcher_ = std::thread([this] { watch(); });
}

Interrupt::~Interrupt() {
  {
    std::lock_guard const lock(mutex_);
    phase_ = Phase::over;
  }
  pthread_kill(watcher_.native_handle(), SIGTERM);
  watcher_.join();
}

void Interrupt::begin_run() {
  std::lock_guard const lock(mutex_);
  phase_ = Phase::running;
}

void Interrupt::watch() {
  sigset_t const signals = watched_signals();
  while (true) {
    int signal = 0;
    if (sigwait(&signals, &signal) != 0) continue;
    std::lock_guard const lock(mutex_);
    if (phase_ == Phase::over) return;
    if (phase_ != Phase::running) _exit(static_cast<int>(Exit::interrupted));
    phase_ = Phase::stopping;
    say_stopping();
    stop_.request_stop();
  }
}

}  // namespace hansa::cli
