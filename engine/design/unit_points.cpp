/// Points of independent draws, of Sobol's sequence, and of what is made from it.
#include "design/unit_points.hpp"

#include "base/random.hpp"
#include "design/sobol.hpp"

namespace hansa {

namespace {

UnitColumns columns_of(std::size_t dimensions, std::size_t points) {
  return UnitColumns(dimensions, std::vector<double>(points));
}

/// In (0, 1): the middle of one of 2^53 intervals.
double open_unit(std::uint64_t key, std::uint64_t who, std::uint32_t step, std::uint32_t word = 0) noexcept {
  return draw_uniform(key, who, step, word) + 0x1p-54;
}

/// `part`: 0 for A, 1 for B, whose scramblings differ.
std::uint64_t scramble_key(DesignKeys const& keys, std::size_t dimension, std::uint64_t part) {
  return make_key(keys.seed, part, Purpose::scramble, keys.names[dimension]);
}

/// Two scrambled points at once: coordinates d and D + d of one Sobol point of 2 D dimensions.
class PairedPoints {
 public:
  explicit PairedPoints(DesignKeys const& keys) : sequence_(2 * keys.dimensions()) {
    for (std::uint64_t part = 0; part < 2; ++part)
      for (std::size_t d = 0; d < keys.dimensions(); ++d) keys_.push_back(scramble_key(keys, d, part));
  }
  /// Coordinate d of A (part 0) or B (part 1) of a base point.
  [[nodiscard]] double at(std::size_t point, std::size_t d, std::size_t part) const {
    std::size_t const dimension = d + part * keys_.size() / 2;
    auto const digits = sequence_.digits(static_cast<std::uint32_t>(point), dimension);
    return unit_of_digits(scramble_digits(digits, keys_[dimension]));
  }

 private:
  SobolSequence sequence_;
  std::vector<std::uint64_t> keys_;
};

}  // namespace

DesignKeys design_keys(std::uint64_t seed, std::span<std::string const> names) {
  DesignKeys keys{seed, {}};
  for (std::string const& each : names) keys.names.push_back(hash_id(each));
  return keys;
}

UnitColumns random_points(DesignKeys const& keys, std::size_t points) {
  UnitColumns columns = columns_of(keys.dimensions(), points);
  for (std::size_t d = 0; d < columns.size(); ++d) {
    std::uint64_t const key = make_key(keys.seed, 0, Purpose::design, keys.names[d]);
    for (std::size_t k = 0; k < points; ++k) columns[d][k] = open_unit(key, k, 0);
  }
  return columns;
}

UnitColumns sobol_points(DesignKeys const& keys, std::size_t points) {
  SobolSequence const sequence(keys.dimensions());
  UnitColumns columns = columns_of(keys.dimensions(), points);
  for (std::size_t d = 0; d < columns.size(); ++d) {
    std::uint64_t const key = scramble_key(keys, d, 0);
    for (std::size_t k = 0; k < points; ++k)
      columns[d][k] = unit_of_digits(scramble_digits(sequence.digits(static_cast<std::uint32_t>(k), d), key));
  }
  return columns;
}

UnitColumns saltelli_points(DesignKeys const& keys, std::size_t base_points, bool second_order) {
  std::size_t const dimensions = keys.dimensions();
  std::size_t const stride = second_order ? 2 * dimensions + 2 : dimensions + 2;
  PairedPoints const pairs(keys);
  UnitColumns columns = columns_of(dimensions, base_points * stride);
  for (std::size_t d = 0; d < dimensions; ++d) {
    for (std::size_t n = 0; n < base_points; ++n) {
      double const a = pairs.at(n, d, 0), b = pairs.at(n, d, 1);
      double* const block = columns[d].data() + n * stride;
      block[0] = a;
      for (std::size_t i = 0; i < dimensions; ++i) {
        block[1 + i] = i == d ? b : a;
        if (second_order) block[1 + dimensions + i] = i == d ? a : b;
      }
      block[stride - 1] = b;
    }
  }
  return columns;
}

UnitColumns radial_points(DesignKeys const& keys, std::size_t blocks) {
  constexpr std::size_t apart = 4;  // so that A and B of a block are not neighbours in the sequence
  std::size_t const dimensions = keys.dimensions();
  PairedPoints const pairs(keys);
  UnitColumns columns = columns_of(dimensions, blocks * (dimensions + 1));
  for (std::size_t d = 0; d < dimensions; ++d)
    for (std::size_t n = 0; n < blocks; ++n) {
      double* const block = columns[d].data() + n * (dimensions + 1);
      double const a = pairs.at(n, d, 0), b = pairs.at(n + apart, d, 1);
      for (std::size_t i = 0; i <= dimensions; ++i) block[i] = i == d + 1 ? b : a;
    }
  return columns;
}

UnitColumns morris_points(DesignKeys const& keys, std::size_t trajectories, std::int64_t levels) {
  std::size_t const dimensions = keys.dimensions();
  std::int64_t const jump = levels / 2;
  UnitColumns columns = columns_of(dimensions, trajectories * (dimensions + 1));
  std::uint64_t const order_key = make_key(keys.seed, 0, Purpose::trajectory, 0);
  std::vector<std::uint64_t> start_keys;
  for (std::uint64_t const name : keys.names) start_keys.push_back(make_key(keys.seed, 1, Purpose::trajectory, name));
  std::vector<std::size_t> order(dimensions);
  for (std::size_t t = 0; t < trajectories; ++t) {
    for (std::size_t d = 0; d < dimensions; ++d) {  // a random order, by insertion (Fisher & Yates)
      auto const at = static_cast<std::size_t>(draw_uniform(order_key, t, static_cast<std::uint32_t>(d)) *
                                               static_cast<double>(d + 1));
      order[d] = order[at];
      order[at] = d;
    }
    for (std::size_t turn = 0; turn < dimensions; ++turn) {
      std::size_t const d = order[turn];
      auto const start = static_cast<std::int64_t>(draw_uniform(start_keys[d], t, 0) * static_cast<double>(levels));
      std::int64_t const end = start < jump ? start + jump : start - jump;
      for (std::size_t k = 0; k <= dimensions; ++k)
        columns[d][t * (dimensions + 1) + k] =
            static_cast<double>(k <= turn ? start : end) / static_cast<double>(levels - 1);
    }
  }
  return columns;
}

}  // namespace hansa
