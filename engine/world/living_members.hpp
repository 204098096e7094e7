/// The members of a collaboration in one replicate: those of the data, and those who join within the run.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "base/ids.hpp"
#include "scenario/scenario.hpp"
#include "world/world.hpp"

namespace hansa {

/// A city is a member (+1), or no member any more (-1), in the decisions of the step that comes next.
struct MemberMove {
  Index city;
  std::int8_t sign;
};

/// Members change between steps. Who joins within the run stays until a spell of the data ends that began meanwhile
/// (it is then one with it), an intervention has the city leave, or the collaboration is dissolved. 8 bytes a city.
class LivingMembers {
 public:
  /// Of those who are no members: since when.
  static constexpr std::int32_t outside = std::numeric_limits<std::int32_t>::max();

  /// The collaboration outlives it.
  LivingMembers(Collaboration const& collaboration, Clock const& clock, Index cities);

  /// Those of the first step.
  void begin();
  [[nodiscard]] Collaboration const& collaboration() const noexcept { return *collaboration_; }
  [[nodiscard]] bool has(Index city) const noexcept { return since_[city] != outside; }
  /// Label of the first step of the membership, as the data have it where they date it: of members of undated spells
  /// the lowest number; `outside` of others.
  [[nodiscard]] std::int32_t since(Index city) const noexcept { return since_[city]; }
  [[nodiscard]] std::int64_t count() const noexcept { return count_; }

  /// Brings members to those whom data and interventions have at `label`, one step after the last.
  void advance(std::int32_t label);
  /// A city that is no member joins at `label`, after advance().
  void join(Index city, std::int32_t label);
  /// Of the last step, in their order; a city whose one spell ends as another begins has two.
  [[nodiscard]] std::span<MemberMove const> moves() const noexcept { return moves_; }
  /// True if the collaboration has no members at `label`, whatever happens.
  [[nodiscard]] bool is_dissolved(std::int32_t label) const noexcept { return label >= collaboration_->dissolved; }

 private:
  enum class Turn : std::uint8_t { ends, begins, departs };
  struct Dated {
    std::int32_t label;
    Turn turn;
    Index city;
  };
  void leave(Index city);

  Collaboration const* collaboration_;
  std::vector<std::int32_t> at_start_;  // per city: since when
  std::vector<Dated> dated_;            // after the start, by label, turn, then city
  std::vector<std::int32_t> since_;     // per city
  std::vector<MemberMove> moves_;
  std::int64_t count_ = 0, count_at_start_ = 0;
  std::size_t next_ = 0;
};

}  // namespace hansa
