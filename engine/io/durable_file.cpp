/// Writes, syncs and links, and cleans up after processes that died.
#include "io/durable_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"
#include "scenario/tables.hpp"

namespace hansa {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view part_suffix = ".part";
constexpr std::string_view mark_prefix = "at-work.";
constexpr std::chrono::seconds between_touches{10};
constexpr std::chrono::minutes silence{2};  // of a mark whose owner is taken for dead

[[noreturn]] void fail_to(fs::path const& file, std::string_view what, int error) {
  throw Error(Complaint{fmt::format("{}: {}", what, std::generic_category().message(error)),
                        {file.string(), 0, 0},
                        error == ENOSPC ? "make room: what was finished stays" : ""},
              Fault::failure);
}

/// Containers of one host may share its name and not its processes: the number of their name space is a part of it.
std::string host() {
  char name[256] = {};
  std::string text = gethostname(name, sizeof name - 1) == 0 ? name : "";
  for (char& c : text)
    if (c == '.' || c == '/') c = '-';
  if (text.empty()) text = "unknown";
  struct stat processes = {};
  if (stat("/proc/self/ns/pid", &processes) == 0) text += fmt::format("-{}", processes.st_ino);
  return text;
}

std::string some_letters() {
  std::uint64_t letters = 0;
  if (getentropy(&letters, sizeof letters) != 0)
    letters = static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
  return fmt::format("{:016x}", letters);
}

/// Writes all bytes into a new file and syncs it.
void write_new(fs::path const& file, std::string_view bytes) {
  int const descriptor = open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (descriptor < 0) fail_to(file, "cannot create the file", errno);
  int error = 0;
  for (std::size_t done = 0; done < bytes.size() && error == 0;) {
    ssize_t const wrote = write(descriptor, bytes.data() + done, bytes.size() - done);
    if (wrote > 0) done += static_cast<std::size_t>(wrote);
    if (wrote <= 0 && errno != EINTR) error = wrote == 0 ? ENOSPC : errno;
  }
  if (error == 0 && fsync(descriptor) != 0) error = errno;
  if (close(descriptor) != 0 && error == 0) error = errno;
  if (error == 0) return;
  unlink(file.c_str());
  fail_to(file, "cannot write", error);
}

void sync_folder_of(fs::path const& file) {
  fs::path const folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
  int const descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  int const error = fsync(descriptor) == 0 ? 0 : errno;
  close(descriptor);
  if (error == EIO || error == ENOSPC) fail_to(folder, "cannot sync the folder", error);
}

bool holds(fs::path const& file, std::string_view bytes) {
  std::error_code none;
  if (fs::file_size(file, none) != bytes.size() || none) return false;
  std::ifstream in(file, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {}) == bytes;
}

/// Gives the file its name too, where nothing has it; 0 or an error number.
int link_as(fs::path const& part, fs::path const& file) {
  if (renameat2(AT_FDCWD, part.c_str(), AT_FDCWD, file.c_str(), RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return errno;
  int const error = link(part.c_str(), file.c_str()) == 0 ? 0 : errno;
  if (error == 0) unlink(part.c_str());
  return error;
}

/// Host and process of "….HOST.PID.RANDOM[.part]".
struct Owner {
  std::string host;
  pid_t process;
};

std::optional<Owner> owner_of(std::string name) {
  if (name.ends_with(part_suffix)) name.resize(name.size() - part_suffix.size());
  std::vector<std::string> words;
  for (std::size_t at = 0; at <= name.size();) {
    std::size_t const dot = std::min(name.find('.', at), name.size());
    words.push_back(name.substr(at, dot - at));
    at = dot + 1;
  }
  if (words.size() < 4) return std::nullopt;
  std::optional<long long> const process = parse_integer(words[words.size() - 2]);
  if (!process || *process <= 0) return std::nullopt;
  return Owner{words[words.size() - 3], static_cast<pid_t>(*process)};
}

bool is_alive(pid_t process) {
  return kill(process, 0) == 0 || errno == EPERM;
}

bool is_older(fs::path const& file, std::chrono::seconds age) {
  std::error_code problem;
  auto const written = fs::last_write_time(file, problem);
  return !problem && fs::file_time_type::clock::now() - written > age;
}

/// Whether the owner of a name is at work, as far as can be told.
bool is_owned(fs::path const& file, Owner const& owner, std::chrono::seconds age) {
  return owner.host == host() ? is_alive(owner.process) : !is_older(file, age);
}

template <class Take>
void for_each_name(fs::path const& folder, Take const& take) {
  std::error_code problem;
  for (auto entry = fs::directory_iterator(folder, problem); !problem && entry != fs::directory_iterator();
       entry.increment(problem))
    take(entry->path(), entry->path().filename().string());
}

}  // namespace

std::string writer_name() {
  return fmt::format("{}.{}.{}", host(), getpid(), some_letters());
}

PlacedFile place_file(fs::path const& file, std::string_view bytes) {
  if (holds(file, bytes)) return PlacedFile::same;
  fs::path part = file;
  part += fmt::format(".{}{}", writer_name(), part_suffix);
  write_new(part, bytes);
  int const error = link_as(part, file);
  if (error == 0) {
    sync_folder_of(file);
    return PlacedFile::new_file;
  }
  unlink(part.c_str());
  if (error != EEXIST) fail_to(file, "cannot be given its name", error);
  return holds(file, bytes) ? PlacedFile::same : PlacedFile::different;
}

std::size_t remove_stale(fs::path const& folder, std::chrono::seconds age) {
  std::size_t removed = 0;
  for_each_name(folder, [&](fs::path const& file, std::string const& name) {
    if (!name.ends_with(part_suffix) && !name.starts_with(mark_prefix)) return;
    std::optional<Owner> const owner = owner_of(name);
    if (owner && !is_owned(file, *owner, age) && unlink(file.c_str()) == 0) ++removed;
  });
  return removed;
}

WorkMark::WorkMark(fs::path const& folder)
    : file_(folder / (std::string(mark_prefix) + writer_name())), touched_(std::chrono::steady_clock::now()) {
  write_new(file_, "");
}

WorkMark::~WorkMark() {
  unlink(file_.c_str());
}

void WorkMark::touch() noexcept {
  auto const now = std::chrono::steady_clock::now();
  if (now - touched_ < between_touches) return;
  touched_ = now;
  std::error_code none;
  fs::last_write_time(file_, fs::file_time_type::clock::now(), none);
}

std::size_t count_workers(fs::path const& folder) {
  std::size_t workers = 0;
  for_each_name(folder, [&](fs::path const& file, std::string const& name) {
    if (!name.starts_with(mark_prefix)) return;
    std::optional<Owner> const owner = owner_of(name);
    if (owner && is_owned(file, *owner, silence)) ++workers;
  });
  return workers;
}

}  // namespace hansa
