/// One replicate: from the first step to the last.
#pragma once

#include <cstdint>
#include <memory>
#include <stop_token>

#include "model/model.hpp"
#include "record/recorder.hpp"
#include "world/world.hpp"

namespace hansa {

/// Lanes of the arithmetic: `fast` is single precision for hazards (remaining resistance stays exact), `full` is
/// double. The rule `threshold` always compares in double.
enum class Lanes { fast, full };

/// The state of one replicate, reused from one to the next. One per thread.
/// In the lane `fast` 23 bytes per city and policy (where its pressure drifts 39, and 16, with 16 more for each term
/// that drifts, for every time that it was touched since its clock was last exact; more with what a policy asks for:
/// frailty, leaving, beliefs, bars); 4 (8 where sums are wide, 16 where they drift) per network that its terms use; 4
/// in its history.
class Replicate {
 public:
  /// `threads` work on it together where there are many cities; the history does not depend on their number.
  Replicate(Model const& model, World const& world, Lanes lanes, int threads = 1);
  ~Replicate();
  Replicate(Replicate&&) noexcept;
  /// Runs replicate number `replicate`. Throws Error (Fault::failure) naming city and step where |η| > 80 or h is NaN.
  void run(std::int64_t replicate, Recorder& recorder);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace hansa
