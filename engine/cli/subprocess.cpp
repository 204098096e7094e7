/// Starts, reads and ends programs.
#include "cli/subprocess.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <string_view>
#include <system_error>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace hansa::cli {

namespace {

using PatienceClock = std::chrono::steady_clock;

/// What a program is started with: no signal blocked or ignored, nothing to read, and one pipe for what it says.
class Start {
 public:
  explicit Start(int say) {
    posix_spawn_file_actions_init(&files_);
    posix_spawn_file_actions_addopen(&files_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&files_, say, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&files_, say, STDERR_FILENO);
    posix_spawnattr_init(&attributes_);
    sigset_t none, all;
    sigemptyset(&none);
    sigemptyset(&all);
    for (int const each : {SIGINT, SIGTERM, SIGPIPE, SIGXFSZ}) sigaddset(&all, each);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~Start() {
    posix_spawnattr_destroy(&attributes_);
    posix_spawn_file_actions_destroy(&files_);
  }
  Start(Start const&) = delete;
  Start& operator=(Start const&) = delete;

  std::optional<pid_t> run(std::vector<std::string> words) const {
    std::vector<char*> pointers;
    for (std::string& each : words) pointers.push_back(each.data());
    pointers.push_back(nullptr);
    pid_t child = 0;
    if (posix_spawnp(&child, pointers[0], &files_, &attributes_, pointers.data(), environ) != 0) return std::nullopt;
    return child;
  }

 private:
  posix_spawn_file_actions_t files_;
  posix_spawnattr_t attributes_;
};

/// Reads until the other end is closed; false if that takes too long.
bool read_all(int from, std::string& text, PatienceClock::time_point end) {
  std::array<char, 4096> piece{};
  for (;;) {
    auto const left = std::chrono::duration_cast<std::chrono::milliseconds>(end - PatienceClock::now()).count();
    pollfd waiting{from, POLLIN, 0};
    int const ready = left > 0 ? poll(&waiting, 1, static_cast<int>(left)) : 0;
    if (ready == 0) return false;
    if (ready < 0 && errno == EINTR) continue;
    ssize_t const count = ready < 0 ? -1 : read(from, piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return true;
    text.append(piece.data(), static_cast<std::size_t>(count));
  }
}

int wait_for(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

std::optional<Ended> ask_program(std::vector<std::string> const& words, double seconds) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return std::nullopt;
  auto const until = PatienceClock::now() + std::chrono::milliseconds(static_cast<std::int64_t>(1000 * seconds));
  std::optional<pid_t> const child = Start(ends[1]).run(words);
  close(ends[1]);
  Ended ended;
  bool const spoke = child && read_all(ends[0], ended.out, until);
  close(ends[0]);
  if (!child) return std::nullopt;
  if (!spoke) kill(*child, SIGKILL);
  ended.code = wait_for(*child);
  if (!spoke) return std::nullopt;
  return ended;
}

std::string own_program() {
  std::error_code problem;
  std::string_view const called = program_invocation_name;
  if (called.find('/') != std::string_view::npos) {
    std::filesystem::path const absolute = std::filesystem::absolute(called, problem);
    if (!problem && access(absolute.c_str(), X_OK) == 0) return absolute.lexically_normal().string();
  }
  std::filesystem::path const file = std::filesystem::read_symlink("/proc/self/exe", problem);
  return problem ? std::string(called) : file.string();
}

}  // namespace hansa::cli
