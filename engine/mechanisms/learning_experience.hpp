/// What adopters learn of a policy in their own hands.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "mechanisms/learning_adopters.hpp"
#include "mechanisms/learning_beliefs.hpp"

namespace hansa {

/// The own experience of all adopters in one replicate.
///
/// It is about q_i, the performance in city i itself. Of that the city expects N(m, 1/τ + spread²), m and τ what it
/// believes now of the policy in cities like it. In each step with the policy, that of adoption included, it sees
/// q_i + e, e normal with variance 1/precision; after n of them with mean y, and P = 1/(1/τ + spread²), it believes
///   b = (P m + n precision y)/(P + n precision).
/// What it sees of its own moves m only when it leaves: then all of it counts as one look of precision
///   1/(spread² + 1/(n precision)),
/// since one adopter's luck is as much as any other's. Without noise e is left out. A precision of 0 is none: b = m,
/// and nothing is kept. Else 16 bytes a city, and a draw per adopter and step. Where the precision changes by date,
/// each observation counts with that of its step: n precision is their sum, and y the mean weighed by them.
class OwnExperience {
 public:
  /// `rule` outlives it, as `hashes` do.
  OwnExperience(LookRule const& rule, std::span<std::uint64_t const> hashes);
  [[nodiscard]] bool empty() const noexcept { return seen_.empty(); }
  void reset(Outset const& outset);
  /// An adoption ends: what it taught joins the looks of the step.
  void end(Index city, BeliefState& beliefs);
  /// Each adopter sees once more how the policy performs.
  void observe(AdopterStates const& adopters, std::int32_t step);
  /// b, for the beliefs that there are now.
  [[nodiscard]] double belief(Index city, BeliefState const& beliefs) const noexcept;
  /// P + n precision: how sure the city is of b.
  [[nodiscard]] double precision(Index city, BeliefState const& beliefs) const noexcept;

 private:
  struct Seen {
    double sum = 0, count = 0;  ///< of observations of precision `most_`; those of less count for less than one
  };
  void observe_some(std::span<Index const> cities, AdopterStates const& adopters, std::int32_t step);

  LookRule const& rule_;
  std::span<std::uint64_t const> hashes_;
  double most_;  // precision of an observation in any step
  std::uint64_t key_ = 0;
  std::vector<Seen> seen_;
};

}  // namespace hansa
