/// Drawing the bar and writing the log.
#include "cli/progress_line.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "tell/closing.hpp"
#include "tell/text_table.hpp"

namespace hansa::cli {

namespace {

constexpr std::chrono::seconds between_lines{5};
constexpr std::size_t longest_bar = 30;

std::size_t terminal_columns() noexcept {
  winsize size{};
  bool const known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? size.ws_col : 80;
}

double share(Done done) noexcept {
  return done.total > 0 ? static_cast<double>(done.finished) / static_cast<double>(done.total) : 1.0;
}

}  // namespace

Display choose_display() noexcept {
  char const* const terminal = std::getenv("TERM");
  bool const redraws = terminal != nullptr && std::string_view(terminal) != "dumb";
  return isatty(STDERR_FILENO) != 0 && redraws ? Display::bar : Display::log;
}

ProgressLine::ProgressLine(Display display, std::string unit) : display_(display), unit_(std::move(unit)) {
  if (display_ != Display::log) return;
  log_ = std::make_shared<spdlog::logger>("hansa", std::make_shared<spdlog::sinks::stderr_sink_st>());
  log_->set_pattern("%Y-%m-%d %H:%M:%S %v");
}

ProgressLine::~ProgressLine() {
  if (display_ == Display::bar) std::fputs("\r\x1b[K", stderr);
}

void ProgressLine::show(Done done) {
  if (display_ == Display::none) return;
  if (display_ == Display::bar) return draw(done);
  if (over_) return;
  over_ = done.finished == done.total;
  if (!over_ && Clock::now() - last_ < between_lines) return;
  last_ = Clock::now();
  log_->info(words(done));
}

std::string ProgressLine::words(Done done) const {
  double const seconds = std::chrono::duration<double>(Clock::now() - begun_).count();
  std::string text = fmt::format("{} of {} {}, {:.0f} %", done.finished, done.total, unit_, 100 * share(done));
  if (done.finished == 0 || seconds <= 0) return text;
  double const rate = static_cast<double>(done.finished) / seconds;
  text += fmt::format(", {} a second", rate_words(rate));
  if (done.finished < done.total) {
    text += fmt::format(", {} left", duration_words(static_cast<double>(done.total - done.finished) / rate));
  }
  return text;
}

void ProgressLine::draw(Done done) const {
  std::string const text = words(done);
  std::size_t const columns = terminal_columns();
  std::size_t const taken = display_width(text) + 5;
  std::string line;
  if (columns > taken + 5) {
    std::size_t const length = std::min(longest_bar, columns - taken);
    auto const filled = static_cast<std::size_t>(share(done) * static_cast<double>(length));
    line = fmt::format("[{}{}] ", std::string(filled, '#'), std::string(length - filled, '.'));
  }
  fmt::print(stderr, "\r\x1b[K{}{}", line, text.substr(0, columns - 1));
  std::fflush(stderr);
}

}  // namespace hansa::cli
