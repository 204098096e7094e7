/// Performance: the attributes' part once, and again when they change; the draw at each adoption.
#include "mechanisms/learning_merit.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/random.hpp"

namespace hansa {

Merit::Merit(TermContext const& context, Complaints& complaints)
    : cities_(context.world.cities),
      policy_(hash_id(context.policy.name)),
      mean_(context.policy.merit.mean),
      drawn_(context.policy.merit.spread) {
  if (context.policy.reinvention) {
    reinvention_ = Reinvention(*context.policy.reinvention, policy_);
    gain_ = context.policy.reinvention->gain;
  }
  MeritSpec const& spec = context.policy.merit;
  if (spec.performance) {
    std::pair<Reference, double> const data{*spec.performance, 1};
    expected_ = number_sums(0, {&data, 1}, "performance", context.world, context.clock, complaints);
    drawn_ = 0;
  } else {
    expected_ = number_sums(spec.mean, spec.attributes, "an effect on merit", context.world, context.clock, complaints);
  }
}

void Merit::reset(Now& now, Outset const& outset) const {
  now.key = make_key(outset.seed, static_cast<std::uint64_t>(outset.replicate), Purpose::merit, policy_);
  if (!expected_.later.empty() && (now.expected.empty() || now.next_change > 0)) now.expected = expected_.start;
  now.next_change = 0;
  if (gain_ == 0) return;
  now.reinvention = reinvention_;
  now.reinvention.begin(outset.seed, outset.replicate);
}

void Merit::advance(Now& now, std::int32_t step) const {
  for (; now.next_change < expected_.later.size() && expected_.later[now.next_change].step <= step; ++now.next_change) {
    AttributeStep const& change = expected_.later[now.next_change];
    now.expected[change.city] = change.sum;
  }
}

void Merit::realise(Now const& now, std::span<Index const> cities, std::int32_t episode, std::span<double> q) const {
  constexpr std::size_t batch = 256;
  std::array<std::uint64_t, batch> who;
  std::vector<double> const& each = expected_.later.empty() ? expected_.start : now.expected;
  for (std::size_t begin = 0; begin < cities.size(); begin += batch) {
    std::size_t const n = std::min(batch, cities.size() - begin);
    std::span<double> const out = q.subspan(begin, n);
    if (drawn_ > 0) {
      for (std::size_t k = 0; k < n; ++k) who[k] = cities_.hash[cities[begin + k]];
      draw_normal(now.key, std::span(who).first(n), static_cast<std::uint32_t>(episode), out);
    } else {
      std::fill(out.begin(), out.end(), 0.0);
    }
    for (std::size_t k = 0; k < n; ++k) {
      out[k] = (each.empty() ? mean_ : each[cities[begin + k]]) + drawn_ * out[k];
    }
    for (std::size_t k = 0; gain_ != 0 && k < n; ++k) {
      if (now.reinvention.adapts(cities_.hash[cities[begin + k]], episode)) out[k] += gain_;
    }
  }
}

}  // namespace hansa
