/// A file that stands under its final name only when it is complete.
#include "io/part_file.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/error.hpp"

namespace hansa {

namespace {

[[noreturn]] void complain(std::filesystem::path const& file, std::string problem, std::string mend, Fault fault) {
  Complaint complaint;
  complaint.problem = std::move(problem);
  complaint.where.file = file.string();
  complaint.mend = std::move(mend);
  throw Error(std::move(complaint), fault);
}

[[noreturn]] void complain_of_system(std::filesystem::path const& file, std::string const& problem, int error,
                                     std::string mend = {}) {
  complain(file, problem + ": " + std::generic_category().message(error), std::move(mend), Fault::failure);
}

std::filesystem::path folder_of(std::filesystem::path const& file) {
  return file.has_parent_path() ? file.parent_path() : ".";
}

bool locking_is_off() {
  char const* const said = std::getenv("HDF5_USE_FILE_LOCKING");
  return said != nullptr && std::string_view(said) == "FALSE";
}

/// Is `path` still the file that `descriptor` was opened on? (Its owner may have renamed it meanwhile.)
bool same_file(int descriptor, std::filesystem::path const& path) {
  struct stat opened = {}, named = {};
  return fstat(descriptor, &opened) == 0 && stat(path.c_str(), &named) == 0 && opened.st_dev == named.st_dev &&
         opened.st_ino == named.st_ino;
}

void sync_folder(std::filesystem::path const& file) {
  int const folder = open(folder_of(file).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int error = folder < 0 ? errno : 0;
  if (folder >= 0) {
    if (fsync(folder) != 0) error = errno;
    close(folder);
  }
  // Some file systems cannot sync a folder; the rename itself has been done.
  if (error != 0 && error != EINVAL && error != ENOTSUP && error != EACCES) {
    complain_of_system(file, "cannot sync the folder", error);
  }
}

/// 0 or errno. Where the file system cannot rename without replacing, a link does the same.
int rename_to_new(std::filesystem::path const& from, std::filesystem::path const& to) {
  if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return errno;
  if (link(from.c_str(), to.c_str()) != 0) return errno;
  unlink(from.c_str());
  return 0;
}

}  // namespace

PartFile::PartFile(std::filesystem::path file, Overwrite overwrite)
    : file_(std::move(file)), part_(file_), overwrite_(overwrite) {
  part_ += ".part";
  check_target();
  open_and_lock();
}

PartFile::~PartFile() {
  if (descriptor_ >= 0) close(descriptor_);
}

void PartFile::check_target() const {
  if (!file_.has_filename()) complain(file_, "names no file", "the name of a file was expected", Fault::input);
  std::error_code error;
  std::filesystem::path const folder = folder_of(file_);
  auto const above = std::filesystem::status(folder, error);
  if (!std::filesystem::exists(above)) {
    complain(file_, "the folder '" + folder.string() + "' does not exist", "make it first, or write elsewhere",
             Fault::input);
  }
  if (!std::filesystem::is_directory(above)) {
    complain(file_, "'" + folder.string() + "' is not a folder", "write elsewhere", Fault::input);
  }
  auto const there = std::filesystem::symlink_status(file_, error);
  if (std::filesystem::is_directory(there)) complain(file_, "is a folder", "write elsewhere", Fault::input);
  // A rename would put a file in the place of a device or a pipe, or cut a link off from what it leads to.
  if (std::filesystem::is_symlink(there)) {
    complain(file_, "is a symbolic link", "name the file itself, or write elsewhere", Fault::input);
  }
  if (std::filesystem::exists(there) && !std::filesystem::is_regular_file(there)) {
    complain(file_, "is not an ordinary file", "write elsewhere", Fault::input);
  }
  if (std::filesystem::exists(there) && overwrite_ == Overwrite::no) {
    complain(file_, "exists", "--force replaces it", Fault::input);
  }
}

/// Makes a new file, so that nobody who still has an old one open can write into it. An old one is removed under its
/// lock; whoever finds a new one before its maker has locked it takes it over, and the maker is refused.
void PartFile::open_and_lock() {
  for (int attempt = 0; attempt < 100; ++attempt) {
    descriptor_ = open(part_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    bool const made = descriptor_ >= 0;
    bool const taken = !made && errno == EEXIST;
    if (taken) descriptor_ = open(part_.c_str(), O_RDWR | O_CLOEXEC | O_NONBLOCK);
    if (descriptor_ < 0 && taken && errno == ENOENT) continue;
    if (descriptor_ < 0) complain_of_system(part_, "cannot create the file", errno);
    lock();
    bool const ours = same_file(descriptor_, part_);
    if (made && ours) return;
    if (ours) unlink(part_.c_str());
    close(std::exchange(descriptor_, -1));
  }
  complain(part_, "cannot be replaced", "remove it, or write elsewhere", Fault::failure);
}

void PartFile::lock() {
  struct stat kind = {};
  if (fstat(descriptor_, &kind) != 0 || !S_ISREG(kind.st_mode)) {
    close(std::exchange(descriptor_, -1));
    complain(part_, "is not an ordinary file", "remove it, or write elsewhere", Fault::failure);
  }
  if (flock(descriptor_, LOCK_EX | LOCK_NB) == 0 || locking_is_off()) return;
  int const error = errno;
  close(std::exchange(descriptor_, -1));
  if (error == EWOULDBLOCK) {
    complain(part_, "is being written by another run", "wait for it, or write elsewhere", Fault::failure);
  }
  complain_of_system(part_, "cannot lock the file", error,
                     "where the file system has no locks, set HDF5_USE_FILE_LOCKING=FALSE");
}

namespace {

/// What the file system of an open file says of its room, in bytes.
struct Room {
  std::uint64_t free = std::numeric_limits<std::uint64_t>::max();  ///< with what is kept for the system; or unknown
  std::uint64_t available = 0;
};

Room room_of(int descriptor) {
  struct statvfs system = {};
  if (fstatvfs(descriptor, &system) != 0) return {};
  return {std::uint64_t{system.f_bfree} * system.f_frsize, std::uint64_t{system.f_bavail} * system.f_frsize};
}

/// Reserves blocks of an open file without changing its size; 0 or an error number.
int allocate(int descriptor, off_t from, off_t bytes) {
  while (fallocate(descriptor, FALLOC_FL_KEEP_SIZE, from, bytes) != 0) {
    if (errno != EINTR) return errno;
  }
  return 0;
}

}  // namespace

void PartFile::reserve(std::uint64_t size, std::uint64_t bytes) {
  Room const room = room_of(descriptor_);
  // File systems take all there is before they find that it is too little: other programs would meet a full disk.
  int error = bytes > room.free ? ENOSPC : allocate(descriptor_, static_cast<off_t>(size), static_cast<off_t>(bytes));
  if (error == ENOSPC) give_back();
  // A busy file system may refuse to reserve what it has: then the writes themselves will tell.
  if (error == ENOSPC && room.available / 16 > bytes + (std::uint64_t{1} << 20)) error = 0;
  // Not all systems say EFBIG of what is reserved but not yet in the file.
  rlimit limit = {};
  bool const limited = getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY;
  if (error == 0 && limited && size + bytes > limit.rlim_cur) error = EFBIG;
  if (error == ENOSPC || error == EFBIG || error == EDQUOT) {
    complain_of_system(part_, "cannot write", error, "make room, or write elsewhere");
  }
}

int PartFile::give_back() noexcept {
  struct stat kind = {};
  if (fstat(descriptor_, &kind) != 0) return 0;
  return ftruncate(descriptor_, kind.st_size) == 0 ? 0 : errno;
}

void PartFile::commit() {
  if (int const error = give_back(); error != 0) complain_of_system(part_, "cannot write", error);
  if (fsync(descriptor_) != 0) complain_of_system(part_, "cannot sync the file", errno);
  int error = 0;
  if (overwrite_ == Overwrite::no) {
    error = rename_to_new(part_, file_);
  } else if (std::rename(part_.c_str(), file_.c_str()) != 0) {
    error = errno;
  }
  if (error == EEXIST) {
    complain(file_, "appeared during the run", "the results are in '" + part_.string() + "'", Fault::failure);
  }
  if (error != 0) {
    complain_of_system(file_, "cannot rename '" + part_.string() + "'", error,
                       "the results are in '" + part_.string() + "'");
  }
  close(std::exchange(descriptor_, -1));
  sync_folder(file_);
}

void PartFile::discard() noexcept {
  unlink(part_.c_str());
}

}  // namespace hansa
