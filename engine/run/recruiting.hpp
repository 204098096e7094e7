/// Who joins a collaboration within the run: a hazard of each city that is no member, against a resistance of its own.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/model.hpp"
#include "world/living_members.hpp"
#include "world/world.hpp"

namespace hansa {

/// At the end of step t (not before the first) a city that is a member neither in t nor, by the data, in t + 1 consumes
///   base + share s,  s = Σ_j w_ij s_ij m_j / Σ_j w_ij
/// of its resistance R ~ Exp(1), drawn by collaboration, city and how often it has left before; m_j is 1 for
/// the members of t, over the ties that decisions of t + 1 see (w their weights, s_ij their strengths, 1 where they
/// have none), as exposure takes the share of adopters. Who has used it up is a member from t + 1 on. Nobody joins what
/// is dissolved then. 36 bytes a city; O(ties of those who join or leave) in a step, and O(ties of members) where ties
/// have strengths.
class Recruiting {
 public:
  /// The model outlives it.
  Recruiting(RecruitModel const& model, Cities const& cities, std::uint64_t seed);

  /// `members`: of the first step.
  void begin(Outset const& outset, LivingMembers const& members);
  /// Who joins at the end of `step`, `members` being those of it; ascending. Valid until the next call.
  std::span<Index const> find(std::int32_t step, LivingMembers const& members);
  /// Members have moved on to the next step.
  void follow(std::int32_t step, LivingMembers const& members);

 private:
  [[nodiscard]] double share(Index city) const noexcept;
  void add_ties_of(Index source, std::int32_t step, std::int8_t sign);
  void change_ties(std::int32_t step, LivingMembers const& members);
  void add_living(std::int32_t step, LivingMembers const& members);
  void draw(Index city);

  RecruitModel const& model_;
  Cities const& cities_;
  std::uint64_t seed_, key_ = 0;
  NetworkLayer const* layer_ = nullptr;
  LivingTies const* living_ = nullptr;
  std::vector<std::uint64_t> above_, below_;  // per city: weight of ties from members, and of all ties
  std::vector<double> living_above_;          // the first, where ties have strengths
  std::vector<double> resistance_, used_;     // per city
  std::vector<std::uint32_t> episode_;        // per city
  std::vector<Index> joining_;
  std::size_t next_change_ = 0;
};

}  // namespace hansa
