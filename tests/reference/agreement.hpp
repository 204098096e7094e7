/// Compares histories of the engine with those of the reference, event for event.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "record/history.hpp"
#include "run/replicate.hpp"
#include "support/question.hpp"

namespace hansa::reference {

/// What was compared so far, so that a test can see that it compared something.
struct Tally {
  std::int64_t adoptions = 0;   ///< decided ones
  std::int64_t mismatches = 0;  ///< decisions in which single precision fell on the other side of a tie within 1e-5 R
  std::int64_t beliefs = 0;     ///< means and precisions of beliefs that were compared
  std::int64_t payments = 0;    ///< policies × steps in which cities pay something
  std::int64_t subsidies = 0;   ///< that paid something
  std::int64_t budgets = 0;     ///< that were spent
  std::int64_t purses = 0;      ///< steps in which cities have budgets
  std::int64_t used = 0;        ///< steps in which some tie is used
  std::int64_t fees = 0;        ///< steps in which some member pays
  std::int64_t joined = 0;      ///< steps in which a collaboration that is followed has more members
  std::int64_t pledged = 0;     ///< steps after which pledges stand
  std::int64_t kept = 0;        ///< steps in which pledges are kept
  std::int64_t begun = 0;       ///< steps after which a network has more ties
  std::int64_t weakened = 0;    ///< steps after which ties are not at full strength
  std::int64_t refused = 0;     ///< replicates that both refuse a pressure
  SeedCounts seeds;             ///< what became of the cities of seeds
  std::map<std::string, double> attributed;     ///< decided adoptions by rule and mechanism kind, absolute shares
  std::map<std::string, double> intervened;     ///< by rule: absolute shares of interventions, without seeds
  std::map<std::string, int> left;              ///< abandonments by rule, of policies that state how cities leave
  std::map<std::string, std::int64_t> lessons;  ///< what came of own experience, own beliefs, reinvention and averages
  std::map<std::string, int> acts;              ///< interventions by rule of their policy and what they do
  std::map<std::string, int> laws;              ///< of countries, by rule, kind and trigger
  std::map<EventKind, std::int64_t> events;     ///< by kind
  std::map<NumberAt::Of, int> numbers;          ///< that were set, by what they are of
};

/// Empty if engine and reference agree on the replicate; else what differs first. Lanes::full: every adoption time,
/// every count, every event and every attributed sum (1e-9). Lanes::fast: adoption times and counts, where a decision
/// with |R - Λ| < 1e-5 R may differ, is counted, and replaces the reference's.
[[nodiscard]] std::string disagreement(test::Question const& question, std::int64_t replicate, Lanes lanes,
                                       Tally& tally);

}  // namespace hansa::reference
