/// Values of replicates that wait to be written.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "io/netcdf.hpp"

namespace hansa {

/// Values of one variable along `replicate` that wait for their block to be full.
template <class T>
struct Waiting {
  H5Dataset variable;
  std::vector<T> values;
  std::size_t per_replicate = 0;
  T missing{};

  [[nodiscard]] bool used() const noexcept { return variable.id() >= 0; }
  void add(std::vector<T> const& more) {
    if (!used()) return;
    if (more.empty()) {
      values.insert(values.end(), per_replicate, missing);
    } else {
      assert(more.size() == per_replicate);
      values.insert(values.end(), more.begin(), more.end());
    }
  }
  [[nodiscard]] std::uint64_t bytes() const noexcept { return used() ? values.size() * sizeof(T) : 0; }
  void write(NetcdfFile& file, std::int64_t first, std::int64_t count) {
    if (!used()) return;
    file.append<T>(variable, static_cast<hsize_t>(first), static_cast<hsize_t>(count), values);
    values.clear();
  }
};

/// A variable that is the mean over replicates, summed in their order.
struct Mean {
  H5Dataset variable;
  std::vector<double> sum;

  void add(std::vector<double> const& more) {
    if (sum.empty()) sum.assign(more.size(), 0.0);
    for (std::size_t k = 0; k < sum.size(); ++k) sum[k] += more[k];
  }
  /// Over `count` replicates; nothing is written where there are none.
  void write(NetcdfFile& file, std::int64_t count) const {
    if (variable.id() < 0 || count == 0) return;
    std::vector<double> mean(sum.size());
    for (std::size_t k = 0; k < mean.size(); ++k) mean[k] = sum[k] / static_cast<double>(count);
    file.write<double>(variable, mean);
  }
};

}  // namespace hansa
