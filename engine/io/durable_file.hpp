/// Small files that are whole or not there, written by many processes into one folder.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>

namespace hansa {

/// What became of bytes under a name that another process may take at the same time.
enum class PlacedFile {
  new_file,
  same,      ///< the name was taken by the same bytes: nothing was written
  different  ///< the name was taken by other bytes, which stay: nothing was written
};

/// Writes the bytes under a name of their own (FILE.HOST.PID.RANDOM.part), syncs them, and links them to FILE, which is
/// never replaced; then syncs the folder. Whoever dies on the way leaves a .part and nothing else. Errors
/// (Fault::failure): a full disk, no right to write; the .part is removed then.
[[nodiscard]] PlacedFile place_file(std::filesystem::path const& file, std::string_view bytes);

/// Who writes into a folder: the end of the names of its own .part files and of its mark. HOST tells name spaces of
/// processes apart.
[[nodiscard]] std::string writer_name();

/// Removes .part files and marks that nobody owns any more: of processes of this host that are dead, and of other hosts
/// after `age` without a change. Returns how many. What cannot be removed stays.
std::size_t remove_stale(std::filesystem::path const& folder, std::chrono::seconds age = std::chrono::hours(24));

/// A file in the folder that tells others that this process is at work; touched again and again, removed at the end.
class WorkMark {
 public:
  /// Errors (Fault::failure): it cannot be made.
  explicit WorkMark(std::filesystem::path const& folder);
  ~WorkMark();
  WorkMark(WorkMark const&) = delete;
  WorkMark& operator=(WorkMark const&) = delete;
  /// One thread at a time; does nothing where the last touch was less than ten seconds ago.
  void touch() noexcept;

 private:
  std::filesystem::path file_;
  std::chrono::steady_clock::time_point touched_;
};

/// Number of marks of processes that are at work: alive on this host, or touched in the last two minutes on another.
[[nodiscard]] std::size_t count_workers(std::filesystem::path const& folder);

}  // namespace hansa
