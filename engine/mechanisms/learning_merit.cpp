/// Performance: the attributes' part once, and again when they change; the draw at each adoption.
#include "mechanisms/learning_merit.hpp"

#include <algorithm>
#include <utility>

#include "base/flat_math.hpp"
#include "base/random.hpp"

namespace hansa {

Merit::Merit(TermContext const& context, Complaints& complaints)
    : cities_(context.world.cities),
      policy_(hash_id(context.policy.name)),
      mean_(context.policy.merit.mean),
      drawn_(context.policy.merit.spread) {
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
}

void Merit::advance(Now& now, std::int32_t step) const {
  for (; now.next_change < expected_.later.size() && expected_.later[now.next_change].step <= step; ++now.next_change) {
    AttributeStep const& change = expected_.later[now.next_change];
    now.expected[change.city] = change.sum;
  }
}

double Merit::realised(Now const& now, Index city, std::int32_t episode) const noexcept {
  std::vector<double> const& each = expected_.later.empty() ? expected_.start : now.expected;
  double const expected = each.empty() ? mean_ : each[city];
  if (drawn_ == 0) return expected;
  double const u = draw_uniform(now.key, cities_.hash[city], static_cast<std::uint32_t>(episode));
  return expected + drawn_ * flat::inverse_normal(std::max(u, 0x1p-54));
}

}  // namespace hansa
