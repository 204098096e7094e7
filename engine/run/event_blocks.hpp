/// Events on their way to the recorder, a block at a time.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "record/recorder.hpp"

namespace hansa {

/// Events of one policy in one step, in the order in which they are added; the rest goes when the block ends.
class EventBlocks {
 public:
  EventBlocks(PolicyId policy, std::int32_t step, Recorder& recorder) noexcept
      : policy_(policy), step_(step), recorder_(recorder) {}
  ~EventBlocks() { flush(); }
  EventBlocks(EventBlocks const&) = delete;
  EventBlocks& operator=(EventBlocks const&) = delete;

  void add(Event const& event, std::int32_t label) {
    events_[count_] = event;
    labels_[count_] = label;
    if (++count_ == events_.size()) flush();
  }

 private:
  void flush() {
    if (count_ > 0)
      recorder_.events(policy_, step_, std::span(events_).first(count_), std::span(labels_).first(count_));
    count_ = 0;
  }

  PolicyId policy_;
  std::int32_t step_;
  Recorder& recorder_;
  std::size_t count_ = 0;
  std::array<Event, 1024> events_;
  std::array<std::int32_t, 1024> labels_;
};

}  // namespace hansa
