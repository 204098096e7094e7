/// Lays a block out in memory, and reads it back without trusting it.
#include "io/sweep_block.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "io/hdf5_read.hpp"
#include "io/netcdf.hpp"
#include "io/seal.hpp"
#include "io/sealed_file.hpp"

namespace hansa {

namespace {

constexpr char const* expected_block = "a block that hansa sweep wrote was expected";
constexpr char const* block_word = "sweep block";
constexpr hsize_t every_row = std::numeric_limits<hsize_t>::max();
constexpr hsize_t rows_of_chunk = 512;  // gathering reads some rows at a time

template <class T, class Of>
std::vector<T> each_of(std::vector<Of> const& all, T Of::*member) {
  std::vector<T> values;
  values.reserve(all.size());
  for (Of const& each : all) values.push_back(each.*member);
  return values;
}

template <class T>
void put_list(NetcdfFile& file, std::string const& name, std::string const& dimension, std::vector<T> const& values) {
  H5Dataset made = file.variable<T>(name, {dimension}, std::nullopt);
  file.write<T>(made, values);
  made.close(name);
}

void put_values(NetcdfFile& file, SweepBlock const& block) {
  Storage storage;
  auto const runs = static_cast<hsize_t>(block.runs()), width = static_cast<hsize_t>(block.width);
  if (runs > 0 && width > 0) storage.chunk = {std::min(runs, rows_of_chunk), std::min<hsize_t>(width, 64)};
  H5Dataset made = file.variable<double>("value", {"run", "number"}, no_number, storage);
  file.write<double>(made, block.values);
  made.close("value");
}

void lay_out_block(NetcdfFile& file, SweepBlock const& block) {
  h5_set_text(file.root(), "contents", block_word);
  h5_set_text(file.root(), "sweep_sha256", block.sweep);
  h5_set_number<std::int64_t>(file.root(), "block", block.number);
  file.dimension("cell", block.cells.size());
  file.dimension("run", static_cast<hsize_t>(block.runs()));
  file.dimension("number", static_cast<hsize_t>(block.width));
  file.dimension("failed", block.failed.size());
  put_list(file, "point_key", "cell", each_of(block.cells, &BlockCell::key));
  put_list(file, "first_replicate", "cell", each_of(block.cells, &BlockCell::first));
  put_list(file, "replicates", "cell", each_of(block.cells, &BlockCell::count));
  put_list(file, "failed_run", "failed", each_of(block.failed, &FailedRun::run));
  file.texts("failed_why", {"failed"}, each_of(block.failed, &FailedRun::why)).close("failed_why");
  put_values(file, block);
}

class BlockReader {
 public:
  explicit BlockReader(std::filesystem::path const& file) : h5_(h5_open_file(file.string())) {}

  /// Values of rows [first, first + count), as far as there are any.
  SweepBlock read(hsize_t first, hsize_t count) {
    if (!h5_has_attribute(h5_.id(), "contents") || h5_read_text(h5_.id(), "contents") != block_word)
      h5_refuse("is no block of a sweep");
    block_.sweep = h5_read_text(h5_.id(), "sweep_sha256");
    block_.number = h5_read_whole_number(h5_.id(), "block");
    cells();
    failures();
    values(first, count);
    return std::move(block_);
  }

 private:
  template <class T>
  std::vector<T> list(char const* name, std::optional<hsize_t> length) {
    H5Variable const found(h5_.id(), name);
    if (found.lengths.size() != 1 || found.lengths[0] != length.value_or(found.lengths[0]))
      h5_refuse(fmt::format("the variable '{}' does not have the length that was expected", name));
    return h5_read_rows<T>(found, 0, found.lengths[0]);
  }

  void cells() {
    auto const keys = list<std::int64_t>("point_key", std::nullopt);
    auto const first = list<std::int32_t>("first_replicate", keys.size());
    auto const count = list<std::int32_t>("replicates", keys.size());
    for (std::size_t k = 0; k < keys.size(); ++k) {
      if (first[k] < 0 || count[k] < 1) h5_refuse("has a cell without replicates");
      block_.cells.push_back({keys[k], first[k], count[k]});
    }
  }

  void failures() {
    auto const runs = list<std::int64_t>("failed_run", std::nullopt);
    std::vector<std::string> const why = h5_read_texts({h5_.id(), "failed_why"});
    if (why.size() != runs.size()) h5_refuse("does not say of each failure why");
    for (std::size_t k = 0; k < runs.size(); ++k) {
      bool const ascends = k == 0 || runs[k] > runs[k - 1];
      if (runs[k] < 0 || runs[k] >= block_.runs() || !ascends) h5_refuse("has failures of runs that it does not have");
      block_.failed.push_back({runs[k], why[k]});
    }
  }

  void values(hsize_t first, hsize_t count) {
    H5Variable const found(h5_.id(), "value");
    if (found.lengths.size() != 2 || found.lengths[0] != static_cast<hsize_t>(block_.runs()))
      h5_refuse("does not have a row of numbers for each run");
    block_.width = static_cast<std::int64_t>(found.lengths[1]);
    if (first > found.lengths[0] || (count != every_row && count > found.lengths[0] - first))
      h5_refuse("does not have as many rows as before");
    if (count > 0) block_.values = h5_read_rows<double>(found, first, count == every_row ? found.lengths[0] : count);
  }

  H5File h5_;
  SweepBlock block_;
};

}  // namespace

std::int64_t SweepBlock::runs() const noexcept {
  std::int64_t runs = 0;
  for (BlockCell const& each : cells) runs += each.count;
  return runs;
}

std::string block_image(SweepBlock const& block) {
  H5Quiet const quiet;
  NetcdfFile file = NetcdfFile::in_memory();
  lay_out_block(file, block);
  file.flush();
  std::string bytes = file.image();
  file.close();
  bytes += seal_line(bytes);
  return bytes;
}

SweepBlock read_block(std::filesystem::path const& file, BlockParts parts) {
  return read_sealed(file, expected_block,
                     [&] { return BlockReader(file).read(0, parts == BlockParts::all ? every_row : 0); });
}

SweepBlock reread_block(std::filesystem::path const& file, std::size_t first, std::size_t count) {
  check_hdf5_header(file, expected_block);
  return read_named(file, expected_block, [&] { return BlockReader(file).read(first, count); });
}

}  // namespace hansa
