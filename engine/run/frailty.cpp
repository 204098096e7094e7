/// Draws frailties by the names of what they belong to.
#include "run/frailty.hpp"

#include <algorithm>

#include "base/flat_math.hpp"
#include "base/random.hpp"

namespace hansa {

namespace {

double draw_normal(std::uint64_t key, std::uint64_t who, std::uint32_t step) noexcept {
  return flat::inverse_normal(std::max(draw_uniform(key, who, step), 0x1p-54));
}

}  // namespace

Frailty::Frailty(PolicyModel const& policy, Cities const& cities, std::int32_t steps)
    : model_(policy.frailty),
      policy_(policy.hash),
      cities_(cities),
      steps_(static_cast<std::size_t>(steps)),
      lasting_(model_.city > 0 || model_.city_policy > 0 || model_.country > 0) {}

void Frailty::begin(Outset const& outset) {
  auto const key = [&](Purpose purpose, std::uint64_t subject) {
    return make_key(outset.seed, static_cast<std::uint64_t>(outset.replicate), purpose, subject);
  };
  if (model_.period > 0) {
    std::uint64_t const of_period = key(Purpose::frailty_period, policy_);
    of_step_.resize(steps_);
    for (std::size_t t = 0; t < steps_; ++t) {
      of_step_[t] = model_.period * draw_normal(of_period, 0, static_cast<std::uint32_t>(t + 1));
    }
  }
  if (!lasting_) return;
  of_city_.assign(cities_.size(), 0);
  auto const add = [&](double sd, std::uint64_t of) {
    if (!(sd > 0)) return;
    for (Index i = 0; i < cities_.size(); ++i) of_city_[i] += sd * draw_normal(of, cities_.hash[i], 0);
  };
  add(model_.city, key(Purpose::frailty_city, 0));
  add(model_.city_policy, key(Purpose::frailty_city_policy, policy_));
  if (!(model_.country > 0)) return;
  std::vector<double> of_country;
  std::uint64_t const of = key(Purpose::frailty_country, policy_);
  for (std::uint64_t const country : model_.countries) {
    of_country.push_back(model_.country * draw_normal(of, country, 0));
  }
  for (Index i = 0; i < cities_.size(); ++i) {
    std::int32_t const code = model_.country_code[i];
    if (code >= 0) of_city_[i] += of_country[static_cast<std::size_t>(code)];
  }
}

}  // namespace hansa
