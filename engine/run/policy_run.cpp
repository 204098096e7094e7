/// The step loop of one policy: touched lists, due dates, and the risk set.
#include "run/policy_run.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <numeric>
#include <string>

#include "base/aligned.hpp"
#include "base/flat_math.hpp"
#include "base/random.hpp"
#include "run/attribution.hpp"
#include "run/risk_set.hpp"
#include "run/scan.hpp"
#include "run/settle.hpp"

namespace hansa {

namespace {

constexpr std::size_t block_size = 1024;         // events handed to terms at a time
constexpr int worth_a_row = batch_size * 3 / 8;  // cities awake from which on a whole row is cheaper
constexpr Index largest_listed =
    60'000;  // above: touched cities are found by a scan, so that memory is walked in order

template <class Lane>
class PolicyRunOf final : public PolicyRun {
 public:
  PolicyRunOf(Model const& model, World const& world, PolicyId policy)
      : model_(model),
        policy_(model.policies[policy.value]),
        id_(policy),
        cities_(world.cities),
        risk_(policy_, world.cities.size(), model.clock.steps()),
        n_(world.cities.size()),
        width_(padded(n_)),
        record_(width_),
        due_(width_),
        flags_(width_),
        list_(width_ + 64) {
    for (CompiledTerm const& term : policy_.terms) kept_.push_back(term.term->keep());
    if (!policy_.attributes.empty() && policy_.rule != Rule::threshold) {
      for (double const x : policy_.attributes) base_.push_back(static_cast<Lane>(policy_.baseline + x));
    }
  }

  void begin(std::int64_t replicate) override {
    draw(replicate);
    for (std::size_t k = 0; k < kept_.size(); ++k) policy_.terms[k].term->reset(*kept_[k]);
    std::fill(due_.begin(), due_.end(), no_step);
    std::fill(flags_.begin(), flags_.end(), flag_asleep);
    next_dated_ = 0;
    first_adoption_ = never;
    events_ = 0;
  }

  void decide(std::int32_t step, Recorder& recorder) override {
    dated_begin_ = next_dated_;
    while (next_dated_ < policy_.dated.size() && policy_.dated[next_dated_].step == step) ++next_dated_;
    events_ = 0;
    delivered_ = 0;
    touched_ = {n_ <= largest_listed ? list_.data() : nullptr, flags_.data(), 0, false};
    if (next_dated_ > dated_begin_) {
      record_dated(step, recorder);
    } else if (step >= policy_.first_decision) {
      events_ = find_due(due_.data(), width_, static_cast<std::int16_t>(step), list_.data());
      if (events_ > 0) record_decisions(step, recorder);
    }
    risk_.close(step, flags_.data(), due_.data());
    if (touched_.list != nullptr) touched_.list += events_;
    if (first_adoption_ == never && events_ > 0) first_adoption_ = label_of(step);
  }

  std::span<Event const> next_events() override {
    if (next_dated_ > dated_begin_) {
      std::size_t const from = dated_begin_ + delivered_;
      std::size_t const count = std::min(block_size, next_dated_ - from);
      for (std::size_t k = 0; k < count; ++k) block_[k] = policy_.dated[from + k].event;
      delivered_ += count;
      return {block_.data(), count};
    }
    std::size_t const count = std::min<std::size_t>(block_size, events_ - delivered_);
    for (std::size_t k = 0; k < count; ++k) {
      Index const city = list_[delivered_ + k];
      block_[k] = {city, risk_.episode(city), +1};
    }
    delivered_ += count;
    return {block_.data(), count};
  }

  void follow(std::span<Event const> events) override {
    for (std::size_t k = 0; k < kept_.size(); ++k) policy_.terms[k].term->apply(*kept_[k], events, touched_);
  }

  void follow_other(PolicyId other, std::span<Event const> events) override {
    for (std::size_t k = 0; k < kept_.size(); ++k) {
      policy_.terms[k].term->apply_other(*kept_[k], other, events, touched_);
    }
  }

  void prepare(std::int32_t step) override {
    for (std::size_t k = 0; k < kept_.size(); ++k) {
      policy_.terms[k].term->advance(*kept_[k], {step, label_of(step)}, touched_);
    }
    if (step >= model_.clock.steps()) return;
    if (step + 1 < policy_.first_decision) {
      clear_touched(flags_.data(), width_);
      return;
    }
    risk_.open(step + 1, flags_.data(), touched_);
    if (touched_.everybody || trend_changes(step)) {
      clear_touched(flags_.data(), width_);
      compute_everybody(step);
      return;
    }
    Index* found = touched_.list;
    std::uint32_t count = touched_.count;
    if (found == nullptr) {
      found = list_.data();
      count = find_touched(flags_.data(), width_, found);
    }
    for (std::uint32_t k = 0; k < count; ++k) flags_[found[k]] = 0;
    compute(std::span(found, count), step);
  }

 private:
  [[nodiscard]] std::int32_t label_of(std::int32_t step) const noexcept { return model_.clock.start + step - 1; }

  void draw(std::int64_t replicate) {
    std::array<double, batch_size> resistance;
    auto const r = static_cast<std::uint64_t>(replicate);
    bool const threshold = policy_.rule == Rule::threshold;
    std::uint64_t const key =
        make_key(model_.seed, r, threshold ? Purpose::threshold : Purpose::resistance, policy_.hash);
    for (Index begin = 0; begin < n_; begin += batch_size) {
      Index const count = std::min<Index>(batch_size, n_ - begin);
      if (threshold) {
        for (Index k = 0; k < count; ++k) resistance[k] = threshold_of(key, begin + k);
      } else {
        draw_exponential(key, std::span(cities_.hash).subspan(begin, count), 0, std::span(resistance).first(count));
        for (Index k = 0; k < count; ++k) resistance[k] = std::max(on_grid(resistance[k]), grid_unit);
      }
      for (Index k = 0; k < count; ++k) record_[begin + k] = {resistance[k], Lane{0}, 0};
    }
    if (threshold) return;  // a trait: kept across episodes
    for (auto const& [city, episode] : risk_.later_episodes()) {
      double again = 0;
      draw_exponential(key, std::span(&cities_.hash[city], 1), static_cast<std::uint32_t>(episode),
                       std::span(&again, 1));
      record_[city].remaining = std::max(on_grid(again), grid_unit);
    }
  }

  [[nodiscard]] double threshold_of(std::uint64_t key, Index city) const noexcept {
    ThresholdModel const& law = policy_.threshold;
    double value = law.a;
    if (law.form == ThresholdLaw::Form::attribute) value = law.given[city];
    if (law.form == ThresholdLaw::Form::uniform)
      value = law.a + (law.b - law.a) * draw_uniform(key, cities_.hash[city], 0);
    if (law.form == ThresholdLaw::Form::normal) {
      double const u = std::max(draw_uniform(key, cities_.hash[city], 0), 0x1p-54);
      value = law.a + law.b * flat::inverse_normal(u);
    }
    return policy_.attributes.empty() ? value : value - policy_.attributes[city];
  }

  void record_dated(std::int32_t step, Recorder& recorder) {
    std::array<Event, block_size> events;
    std::array<std::int32_t, block_size> labels;
    std::size_t count = 0;
    for (std::size_t k = dated_begin_; k < next_dated_; ++k) {
      DatedEvent const& dated = policy_.dated[k];
      std::uint8_t& flags = flags_[dated.event.city];
      flags = dated.event.sign > 0 ? flags | flag_adopted : flags & static_cast<std::uint8_t>(~flag_adopted);
      if (dated.event.sign > 0 && (first_adoption_ == never || dated.label < first_adoption_))
        first_adoption_ = dated.label;
      if (dated.event.sign > 0 && step > 0 && recorder.wants_attribution()) {
        recorder.attribute(id_, step, std::size_t(Reserved::data), 1);
      }
      events[count] = dated.event;
      labels[count] = dated.label;
      if (++count == block_size || k + 1 == next_dated_) {
        recorder.events(id_, step, std::span(events).first(count), std::span(labels).first(count));
        count = 0;
      }
    }
  }

  void record_decisions(std::int32_t step, Recorder& recorder) {
    if (recorder.wants_attribution()) attribute_decisions(step, recorder);
    std::array<Event, block_size> events;
    std::array<std::int32_t, block_size> labels;
    labels.fill(label_of(step));
    for (std::size_t from = 0; from < events_; from += block_size) {
      std::size_t const count = std::min<std::size_t>(block_size, events_ - from);
      for (std::size_t k = 0; k < count; ++k) {
        Index const city = list_[from + k];
        flags_[city] = flag_asleep | flag_adopted;
        due_[city] = no_step;
        events[k] = {city, risk_.episode(city), +1};
      }
      recorder.events(id_, step, std::span(events).first(count), std::span(labels).first(count));
    }
  }

  void attribute_decisions(std::int32_t step, Recorder& recorder) {
    parts_.resize(policy_.terms.size() * batch_size);
    for (std::size_t from = 0; from < events_; from += batch_size) {
      std::size_t const count = std::min<std::size_t>(batch_size, events_ - from);
      std::span<Index const> const cities(list_.data() + from, count);
      for (std::size_t k = 0; k < kept_.size(); ++k) {
        double* const row = parts_.data() + k * count;
        policy_.terms[k].term->value(*kept_[k], cities, row);
        for (std::size_t i = 0; i < count; ++i) row[i] *= policy_.terms[k].strength;
      }
      attribute(policy_, id_, step, {cities, trend_at(step), std::span(parts_).first(kept_.size() * count)}, recorder);
    }
  }

  /// What time alone adds to the pressure of `step`.
  [[nodiscard]] double trend_at(std::int32_t step) const noexcept {
    if (policy_.log_time != 0) {
      std::int32_t const since = first_adoption_ == never ? 0 : label_of(step) - first_adoption_;
      return since > 0 ? policy_.log_time * flat::log(since) : 0;
    }
    return policy_.trend.empty() ? 0 : policy_.trend[static_cast<std::size_t>(step - 1)];
  }

  /// True if the trend of step + 1 differs from that of `step`, or the cities decide for the first time in step + 1.
  [[nodiscard]] bool trend_changes(std::int32_t step) const noexcept {
    if (step + 1 == policy_.first_decision) return true;
    return trend_at(step + 1) != trend_at(step);
  }

  /// The linear predictor of at most batch_size cities for step + 1.
  void predict(std::span<Index const> cities, std::int32_t step, Lane* __restrict eta) {
    Lane const trend = static_cast<Lane>(trend_at(step + 1));
    if (base_.empty()) {
      std::fill_n(eta, cities.size(), static_cast<Lane>(policy_.baseline) + trend);
    } else {
      for (std::size_t k = 0; k < cities.size(); ++k) eta[k] = base_[cities[k]] + trend;
    }
    alignas(64) std::array<Lane, batch_size> m;
    for (std::size_t term = 0; term < kept_.size(); ++term) {
      policy_.terms[term].term->value(*kept_[term], cities, m.data());
      Lane const theta = static_cast<Lane>(policy_.terms[term].strength);
      for (std::size_t k = 0; k < cities.size(); ++k) eta[k] += theta * m[k];
    }
  }

  /// New hazards for step + 1. None of the cities is asleep.
  void compute(std::span<Index const> cities, std::int32_t step) {
    alignas(64) std::array<Lane, batch_size> eta;
    for (std::size_t from = 0; from < cities.size(); from += batch_size) {
      std::span<Index const> const batch = cities.subspan(from, std::min(batch_size, cities.size() - from));
      predict(batch, step, eta.data());
      if (!settle_some(batch, eta.data(), step)) complain(batch, eta.data(), step);
    }
  }

  /// The same for all cities awake: in rows where many are, else as a list.
  void compute_everybody(std::int32_t step) {
    alignas(64) std::array<Lane, batch_size> eta;
    std::array<Index, batch_size> row;
    std::iota(row.begin(), row.end(), Index{0});
    std::array<Index, 2 * batch_size> rest;
    std::size_t waiting = 0;
    for (Index begin = 0; begin < n_; begin += batch_size) {
      std::uint64_t awake = awake_mask(flags_.data() + begin);
      if (std::popcount(awake) >= worth_a_row && begin + batch_size <= n_ && policy_.rule != Rule::threshold) {
        predict(row, step, eta.data());
        if (!settle_whole(begin, eta.data(), step)) complain(row, eta.data(), step);
      } else {
        for (; awake != 0; awake &= awake - 1) rest[waiting++] = begin + static_cast<Index>(std::countr_zero(awake));
      }
      for (Index& city : row) city += batch_size;
      if (waiting < batch_size) continue;
      compute(std::span(rest).first(batch_size), step);
      waiting -= batch_size;
      std::copy_n(rest.begin() + batch_size, waiting, rest.begin());
    }
    compute(std::span(rest).first(waiting), step);
  }

  bool settle_some(std::span<Index const> batch, Lane const* eta, std::int32_t step) {
    auto const run = [&](auto&& settle) {
      return settle(record_.data(), due_.data(), batch.data(), eta, batch.size(), step);
    };
    if (policy_.rule == Rule::logit) return run(settle_listed<Link::softplus, Lane>);
    if (policy_.rule == Rule::cloglog) return run(settle_listed<Link::exponential, Lane>);
    if constexpr (sizeof(Lane) == 8) return run(settle_threshold);
    return false;
  }

  bool settle_whole(Index begin, Lane const* eta, std::int32_t step) {
    auto const run = [&](auto&& settle) {
      return settle(record_.data() + begin, due_.data() + begin, flags_.data() + begin, eta, step);
    };
    return policy_.rule == Rule::logit ? run(settle_row<Link::softplus, Lane>)
                                       : run(settle_row<Link::exponential, Lane>);
  }

  [[noreturn]] void complain(std::span<Index const> batch, Lane const* eta, std::int32_t step) const {
    Lane const bound =
        static_cast<Lane>(policy_.rule == Rule::threshold ? std::numeric_limits<double>::max() : predictor_bound);
    auto const fine = [&](std::size_t k) {
      return (flags_[batch[k]] & flag_asleep) != 0 || (eta[k] <= bound && eta[k] >= -bound);
    };
    std::size_t k = 0;
    while (k + 1 < batch.size() && fine(k)) ++k;
    throw Error(Complaint{"the linear predictor of city '" + cities_.id[batch[k]] + "' for policy '" + policy_.name +
                              "' is " + std::to_string(static_cast<double>(eta[k])) + " at " + model_.clock.unit + " " +
                              std::to_string(label_of(step + 1)),
                          {},
                          "beyond 80 either way nothing is left to chance: look at strengths, attributes and units"},
                Fault::failure);
  }

  Model const& model_;
  PolicyModel const& policy_;
  PolicyId id_;
  Cities const& cities_;
  RiskSet risk_;
  Index n_;
  std::size_t width_;
  AlignedVector<CityRecord<Lane>> record_;
  AlignedVector<std::int16_t> due_;
  AlignedVector<std::uint8_t> flags_;
  AlignedVector<Index> list_;  // events of the step, then touched cities
  std::vector<Lane> base_;     // per city, where attributes have effects
  std::vector<std::unique_ptr<Kept>> kept_;
  std::vector<double> parts_;  // θ·M of deciding cities, for attribution
  std::array<Event, block_size> block_;
  Touched touched_;
  std::size_t next_dated_ = 0;
  std::size_t dated_begin_ = 0;
  std::uint32_t events_ = 0;
  std::size_t delivered_ = 0;
  std::int32_t first_adoption_ = never;
};

}  // namespace

std::unique_ptr<PolicyRun> make_policy_run(Model const& model, World const& world, PolicyId policy, Lanes lanes) {
  bool const full = lanes == Lanes::full || model.policies[policy.value].rule == Rule::threshold;
  if (full) return std::make_unique<PolicyRunOf<double>>(model, world, policy);
  return std::make_unique<PolicyRunOf<float>>(model, world, policy);
}

}  // namespace hansa
