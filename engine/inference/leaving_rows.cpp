/// Walks through observed histories and writes down every decision to stay or to leave.
#include "inference/leaving_rows.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "base/flat_math.hpp"
#include "inference/risk_rows.hpp"
#include "run/replay.hpp"
#include "scenario/path.hpp"

namespace hansa {

namespace {

struct LeavingRow {
  Index city;
  std::int32_t step;
  std::uint8_t leaves;
  double belief;  ///< of the policy in its own hands; 0 where nothing follows it
};

class LeavingFinder {
 public:
  LeavingFinder(World const& world, Model const& model, std::vector<ObservedHistory> const& histories,
                DesignOrder const& order)
      : policy_(order.policies.at(0)),
        compiled_(model.policies[policy_.value]),
        observed_(histories[policy_.value]),
        order_(order),
        replay_(model, world),
        adopted_(world.cities.size(), 0),
        leaves_(world.cities.size(), 0) {
    for (ObservedHistory const& each : histories) events_.push_back(each.events);
  }

  std::vector<LeavingRow> find() {
    replay_.run(events_, order_.until, [&](std::int32_t step) {
      for (; next_ < observed_.events.size() && observed_.events[next_].step < step; ++next_)
        adopted_[observed_.events[next_].event.city] = observed_.events[next_].event.sign > 0 ? 1 : 0;
      if (step >= order_.from) add_step(step);
    });
    std::sort(rows_.begin(), rows_.end(), [](LeavingRow const& a, LeavingRow const& b) {
      return std::tie(a.city, a.step) < std::tie(b.city, b.step);
    });
    return std::move(rows_);
  }

  [[nodiscard]] std::size_t outside() const noexcept { return outside_; }
  [[nodiscard]] std::size_t bound() const noexcept { return bound_; }

 private:
  [[nodiscard]] bool is_bound(Index city, std::int32_t step) const noexcept {
    auto const& bound = compiled_.leaving.bound;
    bool const held = std::any_of(bound.begin(), bound.end(), [&](BoundSpell const& each) {
      return each.city == city && each.from <= step && step <= each.until;
    });
    return held || replay_.hindrances().is_mandated(policy_, city);
  }

  void add_step(std::int32_t step) {
    for (std::size_t k = next_; k < observed_.events.size() && observed_.events[k].step == step; ++k)
      if (observed_.events[k].event.sign < 0) leaves_[observed_.events[k].event.city] = 1;
    batch_.clear();
    for (Index i = 0; i < adopted_.size(); ++i) {
      bool const can = adopted_[i] != 0 && is_open(compiled_, i, step) && !is_bound(i, step);
      if (can) batch_.push_back(i);
    }
    beliefs_.assign(batch_.size(), 0);
    if (compiled_.leaving.by_belief()) replay_.own_beliefs(policy_, batch_, beliefs_.data());
    for (std::size_t k = 0; k < batch_.size(); ++k) {
      rows_.push_back({batch_[k], step, leaves_[batch_[k]], beliefs_[k]});
      leaves_[batch_[k]] = 0;
    }
    for (std::size_t k = next_; k < observed_.events.size() && observed_.events[k].step == step; ++k) {
      Index const city = observed_.events[k].event.city;
      if (observed_.events[k].event.sign > 0 || leaves_[city] == 0) continue;
      (is_bound(city, step) ? bound_ : outside_) += 1;
      leaves_[city] = 0;
    }
  }

  PolicyId policy_;
  PolicyModel const& compiled_;
  ObservedHistory const& observed_;
  DesignOrder const& order_;
  Replay replay_;
  std::vector<std::vector<DatedEvent>> events_;  // of all policies
  std::vector<std::uint8_t> adopted_, leaves_;
  std::size_t next_ = 0;
  std::vector<Index> batch_;
  std::vector<double> beliefs_;
  std::vector<LeavingRow> rows_;
  std::size_t outside_ = 0, bound_ = 0;
};

void fill(Design& design, std::vector<LeavingRow> const& rows, PolicyId policy, Clock const& clock,
          TextColumn const* countries) {
  for (LeavingRow const& each : rows) {
    design.event.push_back(each.leaves);
    design.spell.push_back(-1);
    design.policy.push_back(policy.value);
    design.city.push_back(each.city);
    design.period.push_back(clock.start + each.step - 1);
    if (countries != nullptr) design.country.push_back(countries->code[each.city]);
  }
}

}  // namespace

bool leaves_by_odds(AbandonmentSpec const& spec) {
  return spec.own_belief != 0 || spec.hazard == flat::softplus(spec.base);
}

std::vector<LeavingNumber> leaving_numbers(PolicySpec const& policy) {
  AbandonmentSpec const& spec = *policy.abandonment;
  std::string const root = joined("policies", policy.name) + ".abandonment";
  if (!leaves_by_odds(spec)) return {{"hazard", root + ".hazard", spec.hazard}};
  std::vector<LeavingNumber> numbers{{"base", root + ".logit.base", spec.base}};
  if (spec.own_belief != 0) numbers.push_back({"own_belief", root + ".logit.own_belief", spec.own_belief});
  return numbers;
}

ObservedDesign leaving_design(Scenario const& scenario, World const& world, Model const& model,
                              std::vector<ObservedHistory> const& histories, DesignOrder const& order) {
  LeavingFinder finder(world, model, histories, order);
  std::vector<LeavingRow> const rows = finder.find();
  std::vector<LeavingNumber> const numbers = leaving_numbers(scenario.policies.at(order.policies.at(0).value));
  ObservedDesign made;
  fill(made.design, rows, order.policies[0], model.clock, world.cities.text("country"));
  made.design.x =
      Eigen::MatrixXd::Ones(static_cast<Eigen::Index>(rows.size()), static_cast<Eigen::Index>(numbers.size()));
  for (std::size_t c = 0; c < numbers.size(); ++c) {
    bool const belief = numbers[c].name == "own_belief";
    made.design.names.push_back(numbers[c].name);
    made.coefficients.push_back(
        {{numbers[c].path}, {}, belief ? CoefficientKind::slope : CoefficientKind::baseline, {}});
    for (std::size_t k = 0; belief && k < rows.size(); ++k)
      made.design.x(static_cast<Eigen::Index>(k), static_cast<Eigen::Index>(c)) = -rows[k].belief;
  }
  made.design.log_linear = numbers.front().name == "hazard" ? 0 : numbers.size();
  made.counts.outside = finder.outside();
  made.counts.bound = finder.bound();
  return made;
}

}  // namespace hansa
