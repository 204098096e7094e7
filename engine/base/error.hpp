/// What the user did wrong, or what failed: a problem, the place, and the mend.
#pragma once

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

/// "FILE:LINE:COL: problem, mend" (parts that are unknown are left out); no trailing newline.
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

/// Gathers mistakes, so that all of them are told at once. Not thread safe.
class Complaints {
 public:
  void add(std::string problem, Place where, std::string mend = {});
  /// Something odd but not wrong (a self tie that was dropped): told to the user, never thrown.
  void warn(std::string problem, Place where, std::string mend = {});
  [[nodiscard]] bool empty() const noexcept { return errors_.empty(); }
  [[nodiscard]] std::size_t size() const noexcept { return errors_.size(); }
  [[nodiscard]] std::vector<Complaint> const& errors() const noexcept { return errors_; }
  [[nodiscard]] std::vector<Complaint> const& warnings() const noexcept { return warnings_; }
  /// Throws Error with all mistakes, sorted by place, without repetitions; does nothing if there is none.
  void throw_if_any() const;

 private:
  std::vector<Complaint> errors_;
  std::vector<Complaint> warnings_;
};

/// Throws Error (Fault::input) unless `holds`. Checks the user's world, always; `assert` checks ours.
inline void require(bool holds, std::string_view problem, Place const& where, std::string_view mend = {}) {
  if (!holds) throw Error(Complaint{std::string(problem), where, std::string(mend)});
}

}  // namespace hansa
