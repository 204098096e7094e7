/// Reads a result file back: what it says of itself, and what its replicates did.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "io/result_events.hpp"

namespace hansa {

/// sealed: as hansa finished it, unchanged, with all replicates that were asked for. counted: also what a run left that
/// was interrupted or killed (FILE.part), or another program has written into; then HDF5 reads bytes that nobody has
/// vouched for, and of damaged ones it may crash.
enum class Expect { sealed, counted };

/// One open result file. Every call throws Error with the file's name: Fault::input where the file is not what it
/// should be, Fault::failure where it cannot be read. Memory: what is asked for, and the labels. Not thread safe.
class ResultReader {
 public:
  /// Checks, in this order: that it is an ordinary file with the signature of HDF5 and as long as its header says, its
  /// seal (all bytes are read), that it is a result of hansa, that it is complete, and that its variables fit together.
  explicit ResultReader(std::filesystem::path file, Expect expect = Expect::sealed);
  ~ResultReader();
  ResultReader(ResultReader&&) noexcept;
  ResultReader& operator=(ResultReader&&) noexcept;

  [[nodiscard]] std::filesystem::path const& file() const noexcept;
  /// Replicates that may be read: those that were complete at the last count, failed ones included.
  [[nodiscard]] std::int64_t replicates() const noexcept;
  [[nodiscard]] std::vector<std::string> const& policies() const noexcept;
  [[nodiscard]] std::vector<std::string> const& cities() const noexcept;            ///< ids in the order of the file
  [[nodiscard]] std::vector<std::int32_t> const& time() const noexcept;             ///< labels of the steps
  [[nodiscard]] std::vector<std::string> labels(std::string_view dimension) const;  ///< `mechanism`, `group_region`

  /// Names of all variables and dimensions, in the order in which they were made.
  [[nodiscard]] std::vector<std::string> variables() const;
  /// What the labels of the steps count: `year`.
  [[nodiscard]] std::string time_unit() const;
  /// Whether there is a variable of this name (`adoption_time` is left out by `histories: false`, `event_count` is
  /// there with `events: true`).
  [[nodiscard]] bool has(std::string_view variable) const;
  /// Replicates [first, first + count) of a variable along `replicate`, the last axis fastest; missing values are those
  /// of the writer (`never`, -1, NaN).
  [[nodiscard]] std::vector<std::int32_t> adopters(std::int64_t first, std::int64_t count) const;  ///< × policy × time
  [[nodiscard]] std::vector<std::int32_t> adoption_time(std::int64_t first,
                                                        std::int64_t count) const;  ///< × policy × city
  /// Events of replicates [first, first + count), in the order of replicate, time, policy, city; failed ones have none.
  /// Every number was checked.
  [[nodiscard]] std::vector<ResultEvent> events(std::int64_t first, std::int64_t count) const;
  /// One number a replicate: 0 finished, 1 failed.
  [[nodiscard]] std::vector<std::int32_t> status(std::int64_t first, std::int64_t count) const;
  /// Any variable of numbers along `replicate`.
  [[nodiscard]] std::vector<double> values(std::string_view variable, std::int64_t first, std::int64_t count) const;
  /// The whole of a variable of numbers that is not along `replicate`.
  [[nodiscard]] std::vector<double> values(std::string_view variable) const;
  /// Lengths of a variable's axes.
  [[nodiscard]] std::vector<std::uint64_t> lengths(std::string_view variable) const;

  /// Attributes of the file; an error if there is none of this name.
  [[nodiscard]] std::string text(std::string_view attribute) const;
  [[nodiscard]] std::int64_t number(std::string_view attribute) const;
  [[nodiscard]] bool has_attribute(std::string_view attribute) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace hansa
