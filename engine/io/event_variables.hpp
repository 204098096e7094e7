/// The log of events on its way to the file: in the file's order and numbers, one chunk after the other.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "io/netcdf.hpp"
#include "io/waiting_values.hpp"
#include "record/history.hpp"
#include "world/cities.hpp"

namespace hansa {

/// Events in the order in which they stand in the file; all vectors are equally long.
struct EventColumns {
  std::vector<std::int32_t> replicate, policy, city, time;
  std::vector<std::int8_t> kind;
  std::vector<std::int32_t> mechanism;
  [[nodiscard]] std::size_t size() const noexcept { return kind.size(); }
};

/// Of one replicate, in the order of time, policy, city; row_of_city[i]: the row of city i in the file. Several events
/// of a city and policy in one step stay in their order. Thread safe.
[[nodiscard]] EventColumns pack_events(History const& history, std::span<std::uint32_t const> row_of_city);

/// The rows of cities, from input_order.
[[nodiscard]] std::vector<std::uint32_t> rows_of_cities(Cities const& cities);

/// The dimension `event`, its six variables and `event_count`. They are made when the first block of replicates ends:
/// a chunk then has as many events as that block (64 to 262144), so that there is about one a block. No chunk is
/// written before it is full, but for the last: none is written twice, and what readers may trust is counted in whole
/// replicates (`whole`). One thread. Memory: the events of a block or of a chunk and a replicate, whatever is less,
/// and 8 bytes a replicate that is not whole.
class EventVariables {
 public:
  enum class Rest { waits, too };

  /// `block`: replicates of a chunk along `replicate`; `unit` of the time.
  EventVariables(std::int64_t block, std::string unit) : block_(block), unit_(std::move(unit)) {}

  /// One replicate more.
  void add(EventColumns const& events, std::string const& failure);
  /// True if write() has something to write before the block ends.
  [[nodiscard]] bool is_due() const noexcept { return fills() > 0; }
  /// Whole chunks of what waits.
  void write(NetcdfFile& file);
  /// The same, and what is counted of replicates first … first + more - 1; at the end the rest `too`.
  void write_block(NetcdfFile& file, std::int64_t first, std::int64_t more, Rest rest);
  /// Replicates from the first on all of whose events are in the file.
  [[nodiscard]] std::int64_t whole() const noexcept { return whole_; }
  /// What waits.
  [[nodiscard]] std::uint64_t bytes() const noexcept;
  [[nodiscard]] std::size_t chunks() const noexcept { return 6 * (fills() + 1); }
  void close();

 private:
  static constexpr std::size_t least_of_chunk = 64, most_of_chunk = std::size_t{1} << 18;

  void make(NetcdfFile& file);
  void write_rows(NetcdfFile& file, std::size_t count);
  /// Whole chunks that wait.
  [[nodiscard]] std::size_t fills() const noexcept { return waiting_.size() / chunk_; }

  std::int64_t block_;
  std::string unit_;
  bool made_ = false;
  std::size_t chunk_ = most_of_chunk;
  H5Dataset event_, replicate_, policy_, city_, time_, kind_, mechanism_;
  Waiting<std::int32_t> count_;
  EventColumns waiting_;
  std::uint64_t written_ = 0;
  std::uint64_t put_ = 0;            ///< events put
  std::vector<std::uint64_t> ends_;  ///< of the replicates that are not whole: number of the event after their last
  std::int64_t whole_ = 0;
};

}  // namespace hansa
