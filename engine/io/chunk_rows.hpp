/// Adoption times on their way to the file: gathered by blocks of replicates, shuffled and deflated by the threads that
/// simulate, so that the writer only copies bytes.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "record/history.hpp"

namespace hansa {

/// The bytes that HDF5's filters shuffle (elements of 4 or 8 bytes) and deflate (level 1) make of `values`.
[[nodiscard]] std::vector<unsigned char> shuffle_and_deflate(std::span<std::int32_t const> values);
[[nodiscard]] std::vector<unsigned char> shuffle_and_deflate(std::span<double const> values);

/// Chunks of `block` replicates × 1 policy × `width` cities. Thread safe.
class ChunkRows {
 public:
  struct Shape {
    std::size_t policies = 0;
    std::size_t cities = 0;
    std::int64_t replicates = 0;  ///< in all
    std::int64_t block = 1;       ///< replicates of a row of chunks
    std::size_t width = 1;        ///< cities of a chunk
  };
  /// Compressed, in the order policy, cities.
  using Chunks = std::vector<std::vector<unsigned char>>;

  /// row_city[k]: the canonical city in row k of the file. Outlives this.
  ChunkRows(Shape shape, std::span<std::uint32_t const> row_city);

  /// Notes replicate number `position` (from 0). The last of its block compresses the whole row of chunks. A history
  /// without policies (a failed replicate) leaves fill values.
  void fill(std::int64_t position, History const& history);
  /// The chunks of a row of which all replicates, or the last ones of a run that was stopped, have been filled.
  [[nodiscard]] Chunks take(std::int64_t row);

 private:
  struct Row {
    std::vector<std::vector<std::int32_t>> raw;  ///< per chunk: block × width
    Chunks packed;
    std::int64_t filled = 0;
  };
  [[nodiscard]] std::size_t chunks_across() const noexcept { return (shape_.cities + shape_.width - 1) / shape_.width; }
  [[nodiscard]] std::shared_ptr<Row> row_of(std::int64_t position);
  static void pack(Row& row);

  Shape shape_;
  std::span<std::uint32_t const> row_city_;
  std::mutex mutex_;
  std::map<std::int64_t, std::shared_ptr<Row>> rows_;
};

}  // namespace hansa
