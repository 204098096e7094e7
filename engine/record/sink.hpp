/// Where histories go: packed by any thread, put by one thread in order of replicates.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "record/history.hpp"

namespace hansa {

/// What pack() hands to put(). Derived by each sink.
struct Packet {
  virtual ~Packet() = default;
};

class Sink {
 public:
  virtual ~Sink() = default;
  /// Heavy work (shuffling, compressing). Thread safe; called once per replicate, in any order.
  [[nodiscard]] virtual std::unique_ptr<Packet> pack(History const& history) = 0;
  /// One thread, replicates in ascending order without gaps.
  virtual void put(std::int64_t replicate, std::unique_ptr<Packet> packet) = 0;
};

}  // namespace hansa
