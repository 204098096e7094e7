/// Tiny worlds whose histories can be enumerated: four cities, three steps, every pressure worked out by hand.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "support/chi_square.hpp"
#include "support/question.hpp"

namespace hansa::exact {

inline constexpr int cities = 4;  ///< a, b, c, d in this order
inline constexpr std::int32_t first_label = 1, last_label = 3;

/// Labels of the adoptions of a, b, c, d so far; `never` where there was none.
using Times = std::array<std::int32_t, cities>;

inline constexpr std::array<double, cities> votes{3, 1, 2, 2};  ///< their attribute of this name

/// What city `city` decides on at label `t`.
struct View {
  int city;
  std::int32_t t;
  Times const& times;
  /// 1 if the city had adopted by the end of t - 1, else 0.
  [[nodiscard]] double adopted(int other) const;
  /// Number of adopters among the others.
  [[nodiscard]] double others() const;
  /// Weighted share of the sources of `city` along the network `ties` that had adopted.
  [[nodiscard]] double share() const;
};

/// Sources of a city along the network `ties` of world_with(), with their weights.
[[nodiscard]] std::vector<std::pair<int, double>> const& sources_of(int city);

/// A number that depends on who decides, when, and on who has adopted: M of a mechanism, or a whole predictor.
using Formula = std::function<double(View const&)>;

/// How pressure turns into the chance of adopting in a step, given that it did not happen before. `highest` is the
/// largest earlier pressure while at risk (minus infinity at first).
using Chance = std::function<double(int city, double eta, double highest)>;

[[nodiscard]] Chance logit();
[[nodiscard]] Chance cloglog();
/// R of law F: [F(eta) - F(highest)] / [1 - F(highest)].
[[nodiscard]] Chance threshold(std::function<double(int city, double x)> distribution);

/// The law of the adoption times of one policy.
struct Law {
  Formula eta;
  Chance chance;
  Times initial;                                          ///< labels before the start, or `never`
  std::function<bool(int city, std::int32_t t)> at_risk;  ///< default: always
};
[[nodiscard]] std::map<test::Outcome, double> enumerate(Law const& law);

/// What is counted of a history: by default the adoption times of its first policy.
using Reading = std::function<test::Outcome(History const&)>;
[[nodiscard]] test::Outcome adoption_times(History const& history);

/// Frequencies of what is read of replicates 0 … `replicates` - 1.
[[nodiscard]] std::map<test::Outcome, std::int64_t> simulate(test::Question const& question, std::int64_t replicates,
                                                             Reading const& reading = adoption_times);

/// Cities, two networks and two collaborations; `policies` is the YAML below `policies:`. City a has adopted before
/// the start wherever the policy says `adopters: [a]`.
[[nodiscard]] test::Texts world_with(std::string const& policies);

}  // namespace hansa::exact
