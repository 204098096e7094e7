/// Counts adopters in a pool of cities, mean field: everybody in it sees everybody else, and no tie is stored.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "model/catalogue.hpp"

namespace hansa {

/// What is counted: those who have adopted now, or all adoptions so far, earlier episodes included.
enum class Counted { current, episodes };

/// Const and shared. Groups are all cities, the cities of a country or attribute value, the members of a collaboration
/// (at the step that decides), or a city's in-neighbours in a network (each once, whatever the weight); a network of
/// complete groups is those groups.
class PoolCount {
 public:
  struct Counts {
    std::vector<std::int32_t> adopters;   ///< per group, or per city (network)
    std::vector<std::uint16_t> own;       ///< per city, collaboration or dated ties only: what it counts for
    std::vector<std::uint32_t> sources;   ///< per city, dated ties or unknown sources only: those in force
    NetworkLayer const* layer = nullptr;  ///< network only: as the replicate has it
    std::int32_t step = 0;                ///< dated ties only: whose events come next
    std::vector<std::uint8_t> member;     ///< per city, collaboration only
    std::int32_t members = 0;             ///< collaboration only
    std::size_t next_change = 0;
    LivingMembers const* living = nullptr;  ///< of a collaboration that recruits; null: members are those of the data
    std::vector<std::uint8_t> changed;      ///< per group, scratch of apply
  };

  /// Nothing after a complaint: unknown country column, attribute, collaboration or network.
  [[nodiscard]] static std::optional<PoolCount> make(Pool const& pool, Counted counted, TermContext const& context,
                                                     Complaints& complaints);

  void reset(Counts& counts, Outset const& outset = {}) const;
  void apply(Counts& counts, std::span<Event const> events, Touched& touched) const;
  void advance(Counts& counts, Moment moment, Touched& touched) const;

  /// Others counted in the city's pool. The city itself must not be an adopter now; its earlier episodes count.
  [[nodiscard]] std::int32_t adopters(Counts const& counts, Index city) const noexcept;
  /// The same of a city that has adopted now: its adoption in force does not count.
  [[nodiscard]] std::int32_t adopters_beside(Counts const& counts, Index city) const noexcept;
  /// Number of other cities of known status in the pool; 0 outside it.
  [[nodiscard]] std::int32_t others(Counts const& counts, Index city) const noexcept;
  [[nodiscard]] bool per_city() const noexcept { return layer_ != nullptr; }
  /// One group of all cities: every city that has not adopted sees the same.
  [[nodiscard]] bool uniform() const noexcept { return layer_ == nullptr && !dated_ && group_.empty(); }

 private:
  struct Change {
    std::int32_t label;
    Index city;
    std::int8_t sign;
  };
  [[nodiscard]] bool knows(Index city) const noexcept { return known_.empty() || known_[city] != 0; }
  [[nodiscard]] std::vector<std::uint32_t> sources_at_start(NetworkLayer const& layer) const;
  void use_groups(std::vector<std::int32_t> group, std::size_t groups);
  void use_collaboration(Collaboration const& collaboration, Index cities, Clock const& clock);
  void follow_ties(Counts& counts, Event const& event, std::int32_t weight, Touched& touched) const;
  void change_ties(Counts& counts, std::int32_t step, Touched& touched) const;
  bool change_member(Counts& counts, Index city, std::int8_t sign, Touched& touched) const;
  void touch_group(std::size_t group, Touched& touched) const;
  void touch_members(Counts const& counts, Touched& touched) const;
  [[nodiscard]] std::int32_t weight_of(Event const& event) const noexcept {
    return counted_ == Counted::current ? event.sign : (event.sign > 0 ? 1 : 0);
  }

  Counted counted_ = Counted::current;
  Index cities_ = 0;
  std::span<std::uint8_t const> known_;  // per city: 0 is no source; empty: all are
  NetworkLayer const* layer_ = nullptr;  // network
  std::vector<std::int32_t> group_;      // per city, -1 outside; empty: one group of all
  std::vector<std::int32_t> size_;       // per group
  std::vector<std::uint32_t> first_;     // members by group
  std::vector<Index> members_;
  bool dated_ = false;  // collaboration
  Collaboration const* collaboration_ = nullptr;
  std::vector<std::uint8_t> at_start_;
  std::vector<Index> ever_;      // all who are members at some step
  std::vector<Change> changes_;  // after start, by label, then city
};

/// The collaborations that `collaborations` names, all where it is left out; sorted by name, after complaints without
/// the unknown ones.
[[nodiscard]] std::vector<Collaboration const*> chosen_collaborations(Parameters const& parameters, World const& world,
                                                                      Complaints& complaints);

}  // namespace hansa
