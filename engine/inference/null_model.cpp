/// One hazard per policy, found by Newton's method where spells leave no closed form.
#include "inference/null_model.hpp"

#include <cmath>
#include <limits>

#include "base/flat_math.hpp"

namespace hansa {

namespace {

/// The decisions on one policy: rows survived, and adoptions by the number of rows in which each is known to lie.
struct Tally {
  double survived = 0;
  std::map<double, double> adoptions;
};

/// Where −h·survived + Σ count·ln(1 − e^(−length·h)) is largest in h; 0 or infinite at the ends.
double best_hazard(Tally const& tally) {
  if (tally.adoptions.empty()) return 0;
  if (tally.survived == 0) return std::numeric_limits<double>::infinity();
  double adopted = 0, exposed = tally.survived;
  for (auto const& [length, count] : tally.adoptions) {
    adopted += count;
    exposed += length * count;
  }
  // In ln h the function is concave, with derivative −survived·h + Σ count·a/(e^a − 1), a = length·h.
  double log_h = flat::log(adopted / exposed);
  for (int step = 0; step < 100; ++step) {
    double const h = flat::exp(log_h);
    double slope = -tally.survived * h, bend = tally.survived * h;
    for (auto const& [length, count] : tally.adoptions) {
      double const a = length * h;
      double const share = a > 700 ? 0 : a / flat::expm1(a);
      slope += count * share;
      bend += count * share * (a + share - 1);
    }
    double const by = slope / bend;
    log_h += by > 1 ? 1 : by < -1 ? -1 : by;
    if (std::fabs(by) < 1e-14) break;
  }
  return flat::exp(log_h);
}

double maximum(Tally const& tally) {
  if (tally.adoptions.empty() || tally.survived == 0) return 0;
  double const h = best_hazard(tally);
  double value = -tally.survived * h;
  for (auto const& [length, count] : tally.adoptions) value += count * flat::log(-flat::expm1(-length * h));
  return value;
}

std::map<Index, Tally> tally_policies(Design const& design) {
  std::map<Index, Tally> policies;
  for (std::size_t r = 0; r < design.rows();) {
    std::size_t end = r + 1;
    if (design.spell[r] >= 0)
      while (end < design.rows() && design.spell[end] == design.spell[r]) ++end;
    Tally& tally = policies[design.policy[r]];
    auto const length = static_cast<double>(end - r);
    if (design.event[end - 1] != 0)
      tally.adoptions[length] += 1;
    else
      tally.survived += length;
    r = end;
  }
  return policies;
}

}  // namespace

double null_log_likelihood(Design const& design) {
  double sum = 0;
  for (auto const& [policy, tally] : tally_policies(design)) sum += maximum(tally);
  return sum;
}

std::map<Index, double> null_chances(Design const& design) {
  std::map<Index, double> chances;
  for (auto const& [policy, tally] : tally_policies(design)) chances[policy] = -flat::expm1(-best_hazard(tally));
  return chances;
}

}  // namespace hansa
