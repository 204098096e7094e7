/// What the user did wrong, or what failed: a problem, the place, and the mend.
#pragma once

#include <cstddef>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace hansa {

/// A place in an input file. Line and column count from 1; 0 means "the file as a whole".
/// `file` is printed as is: a path as the user gave it, or a pseudo file such as `--set`.
struct Place {
  std::string file;
  int line = 0;
  int column = 0;
  bool operator==(Place const&) const = default;
};

/// One mistake or failure. `mend` may be empty; it says what was expected or what to do.
struct Complaint {
  std::string problem;
  Place where;
  std::string mend;
};

/// "FILE:LINE:COL: problem, mend" (parts that are unknown are left out); no trailing newline. Of a problem or mend with
/// more than a thousand bytes the middle is left out.
[[nodiscard]] std::string format(Complaint const& complaint);

/// Whose fault it is decides the exit code of the program: input 2, failure 1.
enum class Fault { input, failure };

/// The one exception of the library. Carries at least one complaint, in the order of their places.
class Error : public std::runtime_error {
 public:
  explicit Error(Complaint complaint, Fault fault = Fault::input);
  explicit Error(std::vector<Complaint> complaints, Fault fault = Fault::input);
  [[nodiscard]] std::vector<Complaint> const& complaints() const noexcept { return complaints_; }
  [[nodiscard]] Fault fault() const noexcept { return fault_; }

 private:
  std::vector<Complaint> complaints_;
  Fault fault_;
};

/// Gathers mistakes, so that all of them are told at once. Memory is bounded however many there are: of each file the
/// first hundred are kept, of all files together a thousand, and the rest is counted. Not thread safe.
class Complaints {
 public:
  static constexpr std::size_t most_of_a_file = 100;
  static constexpr std::size_t most_of_all = 1000;

  void add(std::string problem, Place where, std::string mend = {});
  /// Something odd but not wrong (a self tie that was dropped): told to the user, never thrown.
  void warn(std::string problem, Place where, std::string mend = {});
  [[nodiscard]] bool empty() const noexcept { return size() == 0; }
  /// All that were added, those that are only counted included.
  [[nodiscard]] std::size_t size() const noexcept { return errors_.kept.size() + errors_.more; }
  /// Those that are kept.
  [[nodiscard]] std::vector<Complaint> const& errors() const noexcept { return errors_.kept; }
  [[nodiscard]] std::vector<Complaint> const& warnings() const noexcept { return warnings_.kept; }
  /// Whether a further mistake at this place would only be counted: what its mend says need not be found out.
  [[nodiscard]] bool is_full(Place const& where) const noexcept { return errors_.is_full(where); }
  /// Counts what `others` only counted; what they kept is not taken.
  void count_more(Complaints const& others);
  /// Throws Error with all mistakes, sorted by place, without repetitions, and how many more there are; does nothing if
  /// there is none.
  void throw_if_any() const;
  /// The warnings in the order in which they came, without repetitions, and how many more there are.
  [[nodiscard]] std::vector<Complaint> told_warnings() const;

 private:
  /// The first complaints, and the number of the others by file.
  struct Kept {
    std::vector<Complaint> kept;
    std::map<std::string, std::size_t, std::less<>> of_file;  // number kept
    std::map<std::string, std::size_t, std::less<>> more_of_file;
    std::size_t more = 0;

    void add(Complaint complaint);
    void count(std::string const& file, std::size_t number);
    [[nodiscard]] bool is_full(Place const& where) const noexcept;
    [[nodiscard]] std::vector<Complaint> endings() const;
  };
  Kept errors_;
  Kept warnings_;
};

/// Throws Error (Fault::input) unless `holds`. Checks the user's world, always; `assert` checks ours.
inline void require(bool holds, std::string_view problem, Place const& where, std::string_view mend = {}) {
  if (!holds) throw Error(Complaint{std::string(problem), where, std::string(mend)});
}

}  // namespace hansa
