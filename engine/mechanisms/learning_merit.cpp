/// Performance: the attributes' part once, and again when they change; the draw at each adoption.
#include "mechanisms/learning_merit.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/random.hpp"
#include "model/phases.hpp"

namespace hansa {

namespace {

/// The policy as it is in the first step.
PolicySpec const& first_of(TermContext const& context) {
  return context.phases == nullptr ? context.policy : context.phases->front().spec;
}

}  // namespace

Merit::Merit(TermContext const& context, Complaints& complaints)
    : cities_(context.world.cities),
      policy_(hash_id(context.policy.name)),
      mean_(first_of(context).merit.mean),
      drawn_(context.policy.merit.spread) {
  if (context.policy.reinvention) {
    ReinventionSpec const& spec = *context.policy.reinvention;
    reinvention_ = Reinvention(context.phases == nullptr ? ReinventionModel{spec.probability, spec.gain, spec.cost}
                                                         : reinvention_model(*context.phases),
                               policy_);
    gains_ = reinvention_.model().gain.ever();
  }
  MeritSpec const& spec = first_of(context).merit;
  if (spec.performance) {
    std::pair<Reference, double> const data{*spec.performance, 1};
    expected_ = number_sums(0, {&data, 1}, "performance", context.world, context.clock, complaints);
    drawn_ = 0;
  } else {
    expected_ = number_sums(spec.mean, spec.attributes, "an effect on merit", context.world, context.clock, complaints);
    if (context.phases != nullptr) follow_dates(*context.phases, context);
  }
}

/// Where μ or γ are others from some step on.
void Merit::follow_dates(std::vector<Phase> const& phases, TermContext const& context) {
  auto const same = [](MeritSpec const& a, MeritSpec const& b) {
    return a.mean == b.mean && std::equal(a.attributes.begin(), a.attributes.end(), b.attributes.begin(),
                                          [](auto const& x, auto const& y) { return x.second == y.second; });
  };
  MeritSpec const& first = phases.front().spec.merit;
  bool const constant =
      std::all_of(phases.begin(), phases.end(), [&](Phase const& each) { return same(first, each.spec.merit); });
  if (constant) return;
  Complaints told;  // of the first phase
  PhasedSums sums;
  MeritSpec const* before = nullptr;
  for (Phase const& each : phases) {
    MeritSpec const& now = each.spec.merit;
    if (before != nullptr && same(*before, now)) continue;
    before = &now;
    AttributeSums own = number_sums(now.mean, now.attributes, "an effect on merit", context.world, context.clock, told);
    if (own.start.empty()) own.start.assign(cities_.size(), now.mean);
    sums.add(each.step, std::move(own));
  }
  expected_ = sums.take();
}

void Merit::reset(Now& now, Outset const& outset) const {
  now.key = make_key(outset.seed, static_cast<std::uint64_t>(outset.replicate), Purpose::merit, policy_);
  if (!expected_.later.empty() && (now.expected.empty() || now.next_change > 0)) now.expected = expected_.start;
  now.next_change = 0;
  if (!gains_) return;
  now.reinvention = reinvention_;
  now.reinvention.begin(outset.seed, outset.replicate);
}

void Merit::advance(Now& now, std::int32_t step) const {
  for (; now.next_change < expected_.later.size() && expected_.later[now.next_change].step <= step; ++now.next_change) {
    AttributeStep const& change = expected_.later[now.next_change];
    now.expected[change.city] = change.sum;
  }
}

void Merit::realise(Now const& now, std::span<Index const> cities, std::int32_t episode, std::int32_t step,
                    std::span<double> q) const {
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
    double const gain = gains_ ? reinvention_.model().gain.at(step) : 0;
    for (std::size_t k = 0; gain != 0 && k < n; ++k) {
      if (now.reinvention.adapts(cities_.hash[cities[begin + k]], episode, step)) out[k] += gain;
    }
  }
}

}  // namespace hansa
