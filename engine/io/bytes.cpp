/// Reads input files whole, and checks that they are text.
#include "io/bytes.hpp"

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/names.hpp"

namespace hansa {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void cannot(fs::path const& file, std::string_view why, Place const& where, std::string mend = {}) {
  std::string const name = where.file == file.string() ? "the file" : fmt::format("'{}'", file.string());
  throw Error(Complaint{fmt::format("{} cannot be read: {}", name, why), where, std::move(mend)});
}

/// What the system says.
[[noreturn]] void cannot_now(fs::path const& file, int error, Place const& where) {
  constexpr int passing[] = {EIO, ESTALE, ETIMEDOUT, EAGAIN, ENOMEM, EMFILE, ENFILE};
  std::string const why = std::generic_category().message(error);
  if (std::find(std::begin(passing), std::end(passing), error) == std::end(passing)) cannot(file, why, where);
  throw MomentaryFailure({fmt::format("'{}' cannot be read: {}", file.string(), why), where, "try again"});
}

enum class Entry { file, folder };

/// The entry of a folder whose name is nearest to `name`; empty if none is near.
std::string near_entry(fs::path const& folder, std::string const& name, Entry kind) {
  constexpr std::size_t most = 10'000;
  std::string const suffix = fs::path(name).extension().string();
  std::vector<std::string> names, stems;  // of entries with the same suffix only the stems can tell
  std::error_code problem;
  for (fs::directory_iterator entry(folder, problem), end;
       !problem && entry != end && names.size() + stems.size() < most; entry.increment(problem)) {
    std::error_code unknown;
    if (entry->is_directory(unknown) != (kind == Entry::folder)) continue;
    bool const same = entry->path().extension() == suffix;
    (same ? stems : names).push_back((same ? entry->path().stem() : entry->path().filename()).string());
  }
  auto const nearest = [](std::string const& typed, std::vector<std::string>& known) {
    std::sort(known.begin(), known.end());
    return std::string(nearest_name(typed, std::vector<std::string_view>(known.begin(), known.end())));
  };
  std::string const stem = nearest(fs::path(name).stem().string(), stems);
  return stem.empty() ? nearest(name, names) : stem + suffix;
}

/// The regular file that may have been meant, where each part of the path is right or nearly so; empty if there is
/// none.
fs::path near_file(fs::path const& file) {
  fs::path found;
  std::error_code problem;
  for (auto part = file.begin(); part != file.end(); ++part) {
    fs::path next = found / *part;
    if (!fs::exists(next, problem)) {
      Entry const kind = std::next(part) == file.end() ? Entry::file : Entry::folder;
      std::string const near = near_entry(found.empty() ? "." : found, part->string(), kind);
      if (near.empty()) return {};
      next = found / near;
    }
    found = std::move(next);
  }
  return fs::is_regular_file(found, problem) ? found : fs::path();
}

/// What to do about a file that is not there.
std::string mend_for_absent(fs::path const& file) {
  std::string text = file.string();
  bool const backslash = text.find('\\') != std::string::npos;
  std::replace(text.begin(), text.end(), '\\', '/');
  std::string mend = backslash ? "'/' was expected between folders" : "";
  fs::path const near = near_file(text);
  if (near.empty()) return mend;
  return fmt::format("{}did you mean '{}'?", mend.empty() ? "" : mend + "; ", near.string());
}

/// Opened without waiting, should a pipe have taken the file's place.
struct Descriptor {
  int number;
  explicit Descriptor(fs::path const& file) : number(::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC)) {}
  ~Descriptor() {
    if (number >= 0) ::close(number);
  }
  Descriptor(Descriptor const&) = delete;
  Descriptor& operator=(Descriptor const&) = delete;
};

/// Length of the valid sequence that begins at `at`, or 0 (Unicode standard, table 3-7).
std::size_t sequence_length(std::string_view text, std::size_t at) noexcept {
  auto byte = [&](std::size_t i) { return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0u; };
  auto follows = [&](std::size_t i, unsigned lowest = 0x80, unsigned highest = 0xBF) {
    return byte(i) >= lowest && byte(i) <= highest;
  };
  unsigned const lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return follows(1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    unsigned const lowest = lead == 0xE0 ? 0xA0 : 0x80;
    unsigned const highest = lead == 0xED ? 0x9F : 0xBF;
    return follows(1, lowest, highest) && follows(2) ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    unsigned const lowest = lead == 0xF0 ? 0x90 : 0x80;
    unsigned const highest = lead == 0xF4 ? 0x8F : 0xBF;
    return follows(1, lowest, highest) && follows(2) && follows(3) ? 4 : 0;
  }
  return 0;
}

}  // namespace

std::string read_bytes(fs::path const& file, std::uintmax_t most, Place const& where) {
  std::error_code problem;
  fs::file_status const status = fs::status(file, problem);
  if (status.type() == fs::file_type::not_found) cannot(file, "there is no such file", where, mend_for_absent(file));
  if (problem) cannot_now(file, problem.value(), where);
  if (status.type() == fs::file_type::directory) cannot(file, "it is a folder", where);
  if (status.type() != fs::file_type::regular) cannot(file, "it is not a regular file", where);
  Descriptor const opened(file);
  if (opened.number < 0) cannot_now(file, errno, where);
  struct stat kind = {};
  if (fstat(opened.number, &kind) != 0) cannot_now(file, errno, where);
  if (!S_ISREG(kind.st_mode)) cannot(file, "it is not a regular file", where);
  auto const size = static_cast<std::uintmax_t>(kind.st_size);
  if (size > most) cannot(file, fmt::format("it has {} bytes, at most {} are read", size, most), where);
  std::string bytes(static_cast<std::size_t>(size) + 1, '\0');  // one more: the end is seen, not believed
  std::size_t at = 0;
  while (at < bytes.size()) {
    ssize_t const read = ::read(opened.number, bytes.data() + at, bytes.size() - at);
    if (read < 0 && errno == EINTR) continue;
    if (read < 0) cannot_now(file, errno, where);
    if (read == 0) break;
    at += static_cast<std::size_t>(read);
  }
  if (at != size) cannot(file, "it has not as many bytes as the system says, or is being written", where);
  bytes.pop_back();
  return bytes;
}

std::size_t find_invalid_utf8(std::string_view text) noexcept {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t const length = sequence_length(text, at);
    if (length == 0) return at;
    at += length;
  }
  return std::string_view::npos;
}

bool is_utf16(std::string_view bytes) noexcept {
  using namespace std::string_view_literals;
  if (bytes.starts_with("\xFF\xFE"sv) || bytes.starts_with("\xFE\xFF"sv)) return true;
  auto const zero = [&](std::size_t i) { return bytes[i] == '\0'; };
  return bytes.size() >= 4 && zero(0) == zero(2) && zero(1) == zero(3) && zero(0) != zero(1);
}

std::string_view without_mark(std::string_view text) noexcept {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  return text;
}

std::size_t count_characters(std::string_view text) noexcept {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace hansa
