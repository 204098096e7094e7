/// The section `stats` as values: which diffusion statistics are computed of histories.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "scenario/parameters.hpp"

namespace hansa {

/// What is made of the ties of a city: shares of their weight, sums of weights, or their number.
enum class TieNorm { share, weight, count };

struct ExposureStatistic {
  Reference network;
  TieNorm normalize = TieNorm::share;
  bool weights = true;  ///< false: every tie counts 1
  std::int32_t lag = 0;
  std::optional<Reference> source_weight;  ///< attribute of those that are observed
  bool reversed = false;                   ///< along the ties turned round
};

struct ThresholdStatistic {
  Reference network;
  bool weights = true;
  std::int32_t lag = 0;
};

/// Infection looks at those that observe a city and follow, susceptibility at those that it observes and follows.
struct FollowingStatistic {
  enum class Of { infection, susceptibility };
  Of of = Of::infection;
  Reference network;
  std::int32_t periods = 1;
  std::optional<double> discount;  ///< d: what is k steps away counts 1/d^(k-1); none: 1/k
  bool relative = false;           ///< divided by all adoptions that many steps away
};

struct MoranStatistic {
  enum class Of { adopted, adoption_time, attribute };
  enum class Among { all, adopters };
  Of of = Of::adoption_time;
  Reference attribute;
  Among among = Among::all;
  Reference network;
  TieNorm normalize = TieNorm::share;
  bool weights = true;
  std::optional<std::int32_t> at;  ///< label whose adopters, values and ties count; none: the last one
  std::int64_t permutations = 0;
};

struct ClassesStatistic {
  enum class Of { adoption_time, threshold };
  Of of = Of::adoption_time;
  std::optional<Reference> network;  ///< of thresholds
  bool weights = true;
};

struct CurveStatistic {
  enum class Convention { at_risk, netdiffuser };
  Convention convention = Convention::at_risk;
};

struct BassStatistic {};
struct SurvivalStatistic {};

/// One entry of the section.
struct StatisticSpec {
  std::string name;  ///< of the variable
  std::string kind;  ///< the key of the statistic
  Place where;
  std::variant<ExposureStatistic, ThresholdStatistic, FollowingStatistic, MoranStatistic, ClassesStatistic,
               CurveStatistic, BassStatistic, SurvivalStatistic>
      of;
};

struct StatsSpec {
  Place where;
  std::vector<StatisticSpec> entries;  ///< sorted by name
};

/// Names of the variables that an entry makes: its own, and with the parts that its kind has after it.
[[nodiscard]] std::vector<std::string> variables_of(StatisticSpec const& spec);

}  // namespace hansa
