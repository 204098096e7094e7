/// A law that reaches a city when a step comes, or when the city adopts.
#pragma once

#include <memory>
#include <vector>

#include "base/random.hpp"
#include "model/model.hpp"

namespace hansa::test {

/// City i from the decisions of step `from[i]` on; 0: from the step after that of its own adoption. It touches, beside
/// those that it newly reaches, city 0 in every step.
class TimedLaw final : public TermOf<TimedLaw> {
 public:
  explicit TimedLaw(std::vector<std::int32_t> from) : from_(std::move(from)) {}
  std::unique_ptr<Kept> keep() const override { return std::make_unique<Now>(); }
  void reset(Kept& kept, Outset const&) const override { static_cast<Now&>(kept).reached.assign(from_.size(), 0); }
  void apply(Kept& kept, std::span<Event const> events, Touched&) const override {
    for (Event const& event : events)
      if (from_[event.city] == 0) static_cast<Now&>(kept).reached[event.city] = 1;
  }
  void advance(Kept& kept, Moment moment, Touched& touched) const override {
    touched.add(0);
    for (Index i = 0; i < from_.size(); ++i) {
      auto& now = static_cast<Now&>(kept).reached[i];
      if (from_[i] > 0 && from_[i] <= moment.step + 1) now = 1;
      if (now != 0) touched.add(i);
    }
  }
  template <class Lane>
  void evaluate(Kept const& kept, std::span<Index const> cities, Lane* m) const {
    for (std::size_t k = 0; k < cities.size(); ++k)
      m[k] = static_cast<Lane>(static_cast<Now const&>(kept).reached[cities[k]]);
  }

 private:
  struct Now final : Kept {
    std::vector<std::uint8_t> reached;
  };
  std::vector<std::int32_t> from_;
};

/// It as a law of a policy; `mechanism` is its number, `pressure` the same for all cities.
inline CompiledLaw timed_law(std::string name, Force force, std::vector<std::int32_t> from, std::size_t mechanism = 6,
                             double pressure = 1) {
  CompiledLaw law;
  law.pressure.assign(from.size(), pressure);
  law.hash = hash_id(name);
  law.name = std::move(name);
  law.mechanism = mechanism;
  law.force = force;
  law.term = std::make_unique<TimedLaw>(std::move(from));
  return law;
}

}  // namespace hansa::test
