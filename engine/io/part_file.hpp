/// A file that stands under its final name only when it is complete: written as FILE.part, then renamed.
#pragma once

#include <cstdint>
#include <filesystem>

namespace hansa {

enum class Overwrite { no, yes };

/// Owns FILE.part while it is written, with an advisory lock (flock), so that no two processes write the same one. A
/// .part that nobody holds, left by a run that died, is replaced. All errors name the file and the system's reason.
class PartFile {
 public:
  /// Makes FILE.part. Error (Fault::input): FILE exists (unless Overwrite::yes), is no ordinary file (a symbolic link
  /// is none), or lies in what is no folder. Error (Fault::failure): another process is writing it, no right to write,
  /// locks are not supported.
  PartFile(std::filesystem::path file, Overwrite overwrite);
  /// Unlocks. FILE.part stays.
  ~PartFile();
  PartFile(PartFile const&) = delete;
  PartFile& operator=(PartFile const&) = delete;

  [[nodiscard]] std::filesystem::path const& part() const noexcept { return part_; }
  /// Makes sure that FILE.part can take `bytes` more after its first `size`, so that a full disk shows before anything
  /// is written: what stands in the file then stays readable. Does nothing where the file system cannot reserve.
  void reserve(std::uint64_t size, std::uint64_t bytes);
  /// Syncs the bytes, renames FILE.part to FILE, unlocks it, and syncs the folder. Never replaces a FILE that appeared
  /// meanwhile unless Overwrite::yes: FILE.part is then kept.
  void commit();
  /// Removes FILE.part.
  void discard() noexcept;

 private:
  void check_target() const;
  void open_and_lock();
  void lock();
  /// Gives back what was reserved but not used; 0 or an error number.
  int give_back() noexcept;

  std::filesystem::path file_;
  std::filesystem::path part_;
  Overwrite overwrite_;
  int descriptor_ = -1;
};

}  // namespace hansa
