/// Draws resistances and thresholds.
#include "run/resistance.hpp"

#include <algorithm>
#include <limits>
#include <string>

#include "base/error.hpp"
#include "base/flat_math.hpp"
#include "base/random.hpp"
#include "run/settle.hpp"

namespace hansa {

void Resistances::begin(std::int64_t replicate) noexcept {
  Purpose const purpose = policy_.rule == Rule::threshold ? Purpose::threshold : Purpose::resistance;
  key_ = make_key(seed_, static_cast<std::uint64_t>(replicate), purpose, policy_.hash);
}

void Resistances::accumulated(Index first, std::span<double> out) const noexcept {
  draw_exponential(key_, std::span(cities_.hash).subspan(first, out.size()), 0, out);
  for (double& each : out) each = std::max(on_grid(each), grid_unit);
}

double Resistances::accumulated(Index city, std::int32_t episode) const noexcept {
  double drawn = 0;
  draw_exponential(key_, std::span(&cities_.hash[city], 1), static_cast<std::uint32_t>(episode), std::span(&drawn, 1));
  return std::max(on_grid(drawn), grid_unit);
}

double Resistances::threshold(Index city) const noexcept {
  ThresholdModel const& law = policy_.threshold;
  switch (law.form) {
    case ThresholdLaw::Form::given:
      return law.a;
    case ThresholdLaw::Form::attribute:
      return law.given[city];
    case ThresholdLaw::Form::uniform:
      return law.a + (law.b - law.a) * draw_uniform(key_, cities_.hash[city], 0);
    case ThresholdLaw::Form::normal:
      return law.a + law.b * flat::inverse_normal(std::max(draw_uniform(key_, cities_.hash[city], 0), 0x1p-54));
  }
  return law.a;
}

double Resistances::threshold_above(Index city, double bound) const {
  ThresholdModel const& law = policy_.threshold;
  double const u = std::max(draw_uniform(key_, cities_.hash[city], 0), 0x1p-54);
  double drawn = bound;
  if (law.form == ThresholdLaw::Form::uniform) {
    double const lowest = std::max(law.a, bound);
    drawn = lowest + (law.b - lowest) * u;
  } else if (law.form == ThresholdLaw::Form::normal) {
    // By the upper tail, which keeps its digits where the bound is far above the mean.
    double const tail = flat::normal_tail((bound - law.a) / law.b) * (1 - u);
    drawn = tail > std::numeric_limits<double>::min() ? law.a - law.b * flat::inverse_normal(tail) : bound;
  }
  if (drawn > bound) return drawn;
  throw Error(Complaint{"no threshold of policy '" + policy_.name + "' lies above the initial pressure of city '" +
                            cities_.id[city] + "', " + std::to_string(bound),
                        {},
                        "entry settled needs a law that reaches beyond it"},
              Fault::failure);
}

}  // namespace hansa
