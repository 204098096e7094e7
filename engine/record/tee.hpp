/// A sink that feeds two others.
#pragma once

#include "record/sink.hpp"

namespace hansa {

/// Both must outlive it; `first` is put before `second`. An exception of either ends the run.
class Tee : public Sink {
 public:
  Tee(Sink& first, Sink& second) noexcept : first_(first), second_(second) {}
  [[nodiscard]] std::unique_ptr<Packet> pack(History const& history) override;
  void put(std::int64_t replicate, std::unique_ptr<Packet> packet) override;

 private:
  Sink& first_;
  Sink& second_;
};

}  // namespace hansa
