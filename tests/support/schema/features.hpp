/// Which features of the format stand together in a scenario, and in one policy.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/schema.hpp"
#include "scenario/draft.hpp"
#include "support/schema/leaves.hpp"

namespace hansa::test {

/// Of the leaves, the keys of scenarios, cities, networks, collaborations, policies, mechanisms and interventions, the
/// rules, and the kinds of mechanisms.
[[nodiscard]] std::vector<std::string> features_in(Leaves const& leaves);

using Pair = std::pair<std::string, std::string>;  ///< in order

/// How often each pair was met.
class PairTally {
 public:
  explicit PairTally(std::span<Schema const* const> kinds) : kinds_(kinds) {}
  void add(Node const& scenario);
  /// Pairs of `features` that were never met, but for those that the program refuses.
  [[nodiscard]] std::vector<Pair> unmet(std::vector<std::string> const& features) const;
  /// The same of pairs within one policy.
  [[nodiscard]] std::vector<Pair> unmet_in_policies(std::vector<std::string> const& features) const;
  [[nodiscard]] std::size_t size() const { return met_.size(); }
  [[nodiscard]] std::size_t size_in_policies() const { return in_policies_.size(); }

 private:
  std::span<Schema const* const> kinds_;
  std::map<Pair, std::uint64_t> met_, in_policies_;
};

}  // namespace hansa::test
