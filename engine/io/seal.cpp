/// Checksums of whole files, written and compared.
#include "io/seal.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/error.hpp"

namespace hansa {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view seal_word = "\nhansa-seal ";

[[noreturn]] void fail(fs::path const& file, std::string_view what, int error) {
  throw Error(Complaint{fmt::format("{}: {}", what, std::generic_category().message(error)), {file.string(), 0, 0}, {}},
              Fault::failure);
}

/// An open regular file.
class Bytes {
 public:
  Bytes(fs::path const& file, int flags)
      : file_(file), descriptor_(open(file.c_str(), flags | O_NONBLOCK | O_CLOEXEC)) {
    if (descriptor_ < 0) fail(file_, "cannot open the file", errno);
    struct stat kind = {};
    bool const told = fstat(descriptor_, &kind) == 0;
    if (!told || !S_ISREG(kind.st_mode)) {
      close(descriptor_);
      throw Error(Complaint{"is not an ordinary file", {file_.string(), 0, 0}, "a result file was expected"});
    }
    size_ = static_cast<std::uint64_t>(kind.st_size);
  }
  ~Bytes() { close(descriptor_); }
  Bytes(Bytes const&) = delete;
  Bytes& operator=(Bytes const&) = delete;

  [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
  /// So many of `most` bytes from `at` as there are.
  std::size_t read(std::uint64_t at, char* into, std::size_t most) const {
    std::size_t done = 0;
    while (done < most) {
      ssize_t const read = pread(descriptor_, into + done, most - done, static_cast<off_t>(at + done));
      if (read < 0 && errno == EINTR) continue;
      if (read < 0) fail(file_, "cannot read the file", errno);
      if (read == 0) break;
      done += static_cast<std::size_t>(read);
    }
    return done;
  }
  void append(std::string_view text) const {
    // A busy file system may refuse for a moment what it has.
    constexpr int patience = 10;
    std::size_t done = 0;
    for (int refused = 0; done < text.size();) {
      ssize_t const wrote =
          pwrite(descriptor_, text.data() + done, text.size() - done, static_cast<off_t>(size_ + done));
      if (wrote < 0 && errno == EINTR) continue;
      if (wrote < 0 && errno == ENOSPC && ++refused < patience) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        continue;
      }
      if (wrote <= 0) fail(file_, "cannot write", wrote < 0 ? errno : ENOSPC);
      done += static_cast<std::size_t>(wrote);
    }
  }
  /// Of the first `size` bytes; nothing if the file became shorter.
  [[nodiscard]] std::optional<std::uint32_t> checksum(std::uint64_t size) const {
    std::vector<char> buffer(std::size_t{1} << 20);
    uLong sum = crc32(0, nullptr, 0);
    for (std::uint64_t at = 0; at < size;) {
      std::size_t const wanted = static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), size - at));
      if (read(at, buffer.data(), wanted) != wanted) return std::nullopt;
      sum = crc32(sum, reinterpret_cast<Bytef const*>(buffer.data()), static_cast<uInt>(wanted));
      at += wanted;
    }
    return static_cast<std::uint32_t>(sum);
  }

 private:
  fs::path file_;
  int descriptor_;
  std::uint64_t size_ = 0;
};

std::string seal_of(std::uint32_t checksum, std::uint64_t size) {
  return fmt::format("\nhansa-seal crc32={:08x} size={:016x}\n", checksum, size);
}

}  // namespace

std::string seal_line(std::string_view bytes) {
  uLong const sum = crc32_z(crc32(0, nullptr, 0), reinterpret_cast<Bytef const*>(bytes.data()), bytes.size());
  return seal_of(static_cast<std::uint32_t>(sum), bytes.size());
}

void append_seal(fs::path const& file) {
  Bytes const bytes(file, O_RDWR);
  std::optional<std::uint32_t> const sum = bytes.checksum(bytes.size());
  if (!sum) fail(file, "cannot read the file", EIO);
  bytes.append(seal_of(*sum, bytes.size()));
}

namespace {

/// The seal of these bytes, if they end with it; empty: they end with none. Error (Fault::input): it is of others.
std::string sound_seal(fs::path const& file) {
  Bytes const bytes(file, O_RDONLY);
  if (bytes.size() < seal_bytes) return {};
  std::uint64_t const size = bytes.size() - seal_bytes;
  std::string last(seal_bytes, '\0');
  if (bytes.read(size, last.data(), seal_bytes) != seal_bytes || !last.starts_with(seal_word)) return {};
  std::optional<std::uint32_t> const sum = bytes.checksum(size);
  if (sum && last == seal_of(*sum, size)) return last;
  throw Error(Complaint{"the file is damaged: its bytes are not those that were sealed when it was finished",
                        {file.string(), 0, 0},
                        "fetch or make it again"});
}

}  // namespace

Seal check_seal(fs::path const& file) {
  return sound_seal(file).empty() ? Seal::none : Seal::sound;
}

std::string read_seal(fs::path const& file) {
  std::string const seal = sound_seal(file);
  if (seal.empty())
    throw Error(Complaint{"has no seal: it was not finished, or has been changed since", {file.string()}, {}});
  return seal.substr(seal_word.size(), seal.size() - seal_word.size() - 1);
}

}  // namespace hansa
