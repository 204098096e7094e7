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
      lasting_(is_ever([](FrailtyStep const& sds) { return sds.city > 0 || sds.city_policy > 0 || sds.country > 0; })),
      periods_(is_ever([](FrailtyStep const& sds) { return sds.period > 0; })) {}

template <class Is>
bool Frailty::is_ever(Is const& is) const {
  return std::any_of(model_.sds.begin(), model_.sds.end(), is);
}

std::uint64_t Frailty::key(Purpose purpose, std::uint64_t subject) const noexcept {
  return make_key(seed_, static_cast<std::uint64_t>(replicate_), purpose, subject);
}

void Frailty::begin(Outset const& outset) {
  seed_ = outset.seed;
  replicate_ = outset.replicate;
  next_ = 1;
  if (periods_) {
    std::uint64_t const of_period = key(Purpose::frailty_period, policy_);
    of_step_.resize(steps_);
    std::size_t now = 0;
    for (std::size_t t = 0; t < steps_; ++t) {
      auto const step = static_cast<std::uint32_t>(t + 1);
      while (now + 1 < model_.sds.size() && model_.sds[now + 1].step <= static_cast<std::int32_t>(step)) ++now;
      of_step_[t] = model_.sds[now].period * draw_normal(of_period, 0, step);
    }
  }
  if (lasting_) draw_lasting(model_.sds.front());
}

bool Frailty::advance(std::int32_t step) {
  std::size_t const before = next_;
  while (next_ < model_.sds.size() && model_.sds[next_].step <= step) ++next_;
  if (next_ == before || !lasting_) return false;
  draw_lasting(model_.sds[next_ - 1]);
  return true;
}

void Frailty::draw_lasting(FrailtyStep const& sds) {
  of_city_.assign(cities_.size(), 0);
  auto const add = [&](double sd, std::uint64_t of) {
    if (!(sd > 0)) return;
    for (Index i = 0; i < cities_.size(); ++i) of_city_[i] += sd * draw_normal(of, cities_.hash[i], 0);
  };
  add(sds.city, key(Purpose::frailty_city, 0));
  add(sds.city_policy, key(Purpose::frailty_city_policy, policy_));
  if (!(sds.country > 0)) return;
  std::vector<double> of_country;
  std::uint64_t const of = key(Purpose::frailty_country, policy_);
  for (std::uint64_t const country : model_.countries) of_country.push_back(sds.country * draw_normal(of, country, 0));
  for (Index i = 0; i < cities_.size(); ++i) {
    std::int32_t const code = model_.country_code[i];
    if (code >= 0) of_city_[i] += of_country[static_cast<std::size_t>(code)];
  }
}

}  // namespace hansa
