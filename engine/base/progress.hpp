/// How far a long computation is: a callback, never a print.
#pragma once

#include <cstdint>
#include <functional>

namespace hansa {

struct Done {
  std::int64_t finished = 0;
  std::int64_t total = 0;
};

/// Called from one thread at a time, not more than about ten times a second and once at the end.
using Progress = std::function<void(Done)>;

}  // namespace hansa
