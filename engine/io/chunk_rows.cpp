/// Adoption times on their way to the file: gathered, shuffled and deflated.
#include "io/chunk_rows.hpp"

#include <algorithm>
#include <bit>
#include <string>

#include <zlib.h>

#include "base/error.hpp"

namespace hansa {

namespace {

/// All first bytes of the little-endian elements, then all second ones, …: HDF5's filter `shuffle`.
template <class Bits, class T>
std::vector<unsigned char> shuffle(std::span<T const> values) {
  static_assert(sizeof(Bits) == sizeof(T));
  std::size_t const n = values.size();
  std::vector<unsigned char> bytes(sizeof(T) * n);
  for (std::size_t byte = 0; byte < sizeof(T); ++byte) {
    unsigned char* const out = bytes.data() + byte * n;
    for (std::size_t i = 0; i < n; ++i) {
      out[i] = static_cast<unsigned char>(std::bit_cast<Bits>(values[i]) >> (8 * byte));
    }
  }
  return bytes;
}

std::vector<unsigned char> deflate_all(std::vector<unsigned char> const& bytes) {
  uLongf size = compressBound(bytes.size());
  std::vector<unsigned char> deflated(size);
  int const result = compress2(deflated.data(), &size, bytes.data(), bytes.size(), Z_BEST_SPEED);
  if (result != Z_OK) {
    Complaint complaint;
    complaint.problem = std::string("zlib cannot compress: ") + zError(result);
    throw Error(std::move(complaint), Fault::failure);
  }
  deflated.resize(size);
  deflated.shrink_to_fit();
  return deflated;
}

}  // namespace

std::vector<unsigned char> shuffle_and_deflate(std::span<std::int32_t const> values) {
  return deflate_all(shuffle<std::uint32_t>(values));
}

std::vector<unsigned char> shuffle_and_deflate(std::span<double const> values) {
  return deflate_all(shuffle<std::uint64_t>(values));
}

ChunkRows::ChunkRows(Shape shape, std::span<std::uint32_t const> row_city) : shape_(shape), row_city_(row_city) {}

std::shared_ptr<ChunkRows::Row> ChunkRows::row_of(std::int64_t position) {
  std::lock_guard lock(mutex_);
  std::shared_ptr<Row>& row = rows_[position / shape_.block];
  if (!row) {
    row = std::make_shared<Row>();
    row->raw.assign(shape_.policies * chunks_across(),
                    std::vector<std::int32_t>(static_cast<std::size_t>(shape_.block) * shape_.width, never));
  }
  return row;
}

void ChunkRows::fill(std::int64_t position, History const& history) {
  std::shared_ptr<Row> const row = row_of(position);
  std::size_t const first = static_cast<std::size_t>(position % shape_.block) * shape_.width;
  for (std::size_t p = 0; p < history.policies.size(); ++p) {
    std::int32_t const* const times = history.policies[p].adoption_time.data();
    for (std::size_t k = 0; k < chunks_across(); ++k) {
      std::span<std::uint32_t const> const cities =
          row_city_.subspan(k * shape_.width, std::min(shape_.width, shape_.cities - k * shape_.width));
      std::int32_t* const out = row->raw[p * chunks_across() + k].data() + first;
      for (std::size_t i = 0; i < cities.size(); ++i) out[i] = times[cities[i]];
    }
  }
  std::int64_t const begin = position / shape_.block * shape_.block;
  std::int64_t const expected = std::min(shape_.block, shape_.replicates - begin);
  {
    std::lock_guard lock(mutex_);
    if (++row->filled < expected) return;
  }
  pack(*row);
}

void ChunkRows::pack(Row& row) {
  row.packed.reserve(row.raw.size());
  for (std::vector<std::int32_t>& raw : row.raw) {
    row.packed.push_back(shuffle_and_deflate(raw));
    std::vector<std::int32_t>().swap(raw);
  }
}

ChunkRows::Chunks ChunkRows::take(std::int64_t row) {
  std::shared_ptr<Row> taken;
  {
    std::lock_guard lock(mutex_);
    auto const found = rows_.find(row);
    if (found == rows_.end()) return {};
    taken = std::move(found->second);
    rows_.erase(found);
  }
  if (taken->packed.empty()) pack(*taken);
  return std::move(taken->packed);
}

}  // namespace hansa
