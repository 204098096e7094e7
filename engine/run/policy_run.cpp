/// The step loop of one policy: touched lists, due dates, and the risk set.
#include "run/policy_run.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "run/affordability.hpp"
#include "run/cascade_run.hpp"
#include "run/clocks.hpp"
#include "run/compliance.hpp"
#include "run/costs.hpp"
#include "run/deciders.hpp"
#include "run/event_blocks.hpp"
#include "run/kept_pledges.hpp"
#include "run/leaving.hpp"
#include "run/predictor.hpp"
#include "run/resistance.hpp"
#include "run/risk_set.hpp"
#include "run/seeding.hpp"

namespace hansa {

namespace {

constexpr std::size_t wide_block = 65'536;  // the same where a crew shares them

template <class Lane>
class PolicyRunOf final : public PolicyRun {
 public:
  PolicyRunOf(Model const& model, World const& world, PolicyId policy, SharedRun const& shared)
      : crew_(shared.crew),
        clock_(model.clock),
        policy_(model.policies[policy.value]),
        id_(policy),
        cities_(world.cities),
        resistances_(policy_, world.cities, model.seed),
        seeding_(model, world.cities, policy),
        compliance_(model, world.cities, policy),
        predictor_(model, world, policy),
        risk_(policy_, world.cities.size(), model.clock.steps()),
        leaving_(policy_, risk_, world.cities, model.clock, model.seed),
        costs_(policy_, policy, predictor_.reference_costs(), predictor_.subsidies(),
               {shared.budgets, world.cities, risk_, model.seed}),
        n_(world.cities.size()),
        hindrances_{shared.bars, {}, {}},
        affordability_(policy_, shared.budgets, costs_, hindrances_),
        clocks_({clock_, policy_, cities_, resistances_, predictor_, risk_, hindrances_}, !leaving_.empty(),
                shared.alone, crew_),
        block_(clocks_.parts().is_wide() ? wide_block : block_size),
        deciders_(policy_, id_, predictor_, hindrances_) {}

  void begin(Outset const& outset) override {
    resistances_.begin(outset.replicate);
    seeding_.begin(outset.replicate);
    compliance_.begin(outset.replicate);
    leaving_.begin(outset.replicate);
    costs_.begin(outset.replicate);
    predictor_.begin(outset);
    affordability_.begin();
    clocks_.draw();
    next_dated_ = 0;
    events_ = 0;
  }

  void find(std::int32_t step, Recorder& recorder) override {
    dated_begin_ = next_dated_;
    while (next_dated_ < policy_.dated.size() && policy_.dated[next_dated_].step == step) ++next_dated_;
    events_ = 0;
    delivered_ = 0;
    leavers_ = {};
    stopped_.clear();
    pledged_.clear();
    touched_ = clocks_.touched();
    if (!dated().empty() || step < policy_.first_decision) return;
    if (!seeding_.empty()) seed(step, recorder);
    if (affordability_.queues()) call(step);
    if (!compliance_.empty()) comply(step);
    events_ = clocks_.find_events(static_cast<std::int16_t>(step), [&](Index city) { return seeding_.has(city); });
    if (affordability_.queues()) hold_back();
    step_ = step;
  }

  void add_crossings(std::vector<Crossing>& to) const override {
    for (DatedEvent const& each : dated())
      if (each.event.sign > 0) to.push_back({each.event.city, 0, true, true});
    for (Index const city : std::span(clocks_.list(), dated().empty() ? events_ : 0)) {
      bool const seeded = seeding_.has(city), complies = compliance_.has(city);
      double const fraction = seeded || complies || hindrances_.waits(city) ? 0 : clocks_.fraction(city, step_);
      bool const pays = !seeded || (policy_.cost && policy_.cost->per == CostPer::step);
      to.push_back({city, fraction, seeded, complies || is_bound(city), pays});
    }
  }

  [[nodiscard]] bool is_bound(Index city) const override { return clocks_.is_mandated(city); }

  [[nodiscard]] double price(Index city) const override { return costs_.empty() ? 0 : costs_.price(city); }

  void find_hazards_of_pledging(Collaboration const& collaboration, std::span<Index const> cities, std::int32_t step,
                                double* hazards) override {
    std::array<Index, batch_size> awake;
    std::array<std::size_t, batch_size> place;
    std::array<double, batch_size> found;
    std::fill_n(hazards, cities.size(), 0.0);
    for (std::size_t next = 0; next < cities.size();) {
      std::size_t count = 0;
      for (; next < cities.size() && count < batch_size; ++next) {
        if (!is_at_risk(cities[next])) continue;
        awake[count] = cities[next];
        place[count++] = next;
      }
      if (count == 0) continue;
      clocks_.hazards_if_all(collaboration, std::span(awake).first(count), step, found.data());
      for (std::size_t k = 0; k < count; ++k) hazards[place[k]] = found[k];
    }
  }

  [[nodiscard]] bool can_keep_pledge(Index city) const override {
    if (seeding_.has(city)) return true;
    Index const* const events = clocks_.list();
    Bars const* const bars = hindrances_.bars;
    bool const found = std::binary_search(events, events + events_, city);
    bool const open = found ? !hindrances_.lacks(city) : is_at_risk(city);
    if (!open || (bars != nullptr && bars->excludes_now(city))) return false;
    return !affordability_.queues() || affordability_.can_pay(city);
  }

  void keep_pledges(Collaboration const& collaboration, std::span<Index const> cities) override {
    Index* const events = clocks_.list();
    std::vector<Index> all;
    std::set_union(events, events + events_, cities.begin(), cities.end(), std::back_inserter(all));
    std::copy(all.begin(), all.end(), events);
    events_ = static_cast<std::uint32_t>(all.size());
    for (Index const city : cities) {
      clocks_.flags()[city] = flag_asleep | flag_adopted;
      clocks_.due()[city] = no_step;
    }
    pledged_.add(collaboration, cities, [&](Index city) { return seeding_.has(city); });
  }

  [[nodiscard]] bool adopted(Index city) const override { return has_adopted()(city); }

  void stop(std::span<Stop const> stops, std::int32_t step) override {
    if (step < policy_.first_decision || !dated().empty()) return;
    Index* const events = clocks_.list();
    std::uint32_t kept = 0, next = 0;
    for (Stop const& each : stops) {
      if (!each.due && (clocks_.flags()[each.city] & flag_asleep) != 0) continue;
      if (each.waits) affordability_.enqueue(each.city);
      if (hindrances_.waits(each.city)) {
        clocks_.wait(each.city);
      } else {
        clocks_.stop(each.city, step, each.fraction);
        stopped_.push_back(each.city);
      }
      if (!each.due) continue;
      while (events[next] != each.city) events[kept++] = events[next++];
      ++next;
    }
    while (next < events_) events[kept++] = events[next++];
    events_ = kept;
  }

  void decide(std::int32_t step, Recorder& recorder) override {
    if (!dated().empty()) {
      record_dated(step, recorder);
    } else if (step >= policy_.first_decision) {
      bool const adopts = events_ > 0;
      if (adopts && recorder.wants_attribution()) {
        compliance_.tell({clocks_.list(), events_}, step, recorder);
        deciders_.attribute_decisions(compliance_.others(seeding_.others({clocks_.list(), events_})), pledged_, step,
                                      recorder);
      }
      if (adopts) predictor_.note_adoption(label_of(step));
      if (affordability_.queues()) affordability_.dequeue({clocks_.list(), events_});
      if (!leaving_.empty()) leave(step);
      if (events_ > 0) record_events(step, recorder);
    }
    if (step > 0 && !costs_.empty())  // what seeds make cities adopt is not paid by them
      costs_.pay(step, dated(), seeding_.others({clocks_.list(), events_}), has_adopted(), recorder);
    risk_.close(step, clocks_.flags(), clocks_.due());
    if (touched_.list != nullptr) touched_.list += events_;
    for (Index const city : leavers_)
      if (clocks_.flags()[city] == 0) touched_.add(city);
    for (Index const city : stopped_)
      if (clocks_.flags()[city] == 0) touched_.add(city);
  }

  std::span<Event const> next_events() override {
    std::size_t const all = dated().empty() ? events_ : dated().size();
    std::size_t const count = std::min(block_.size(), all - delivered_);
    for (std::size_t k = delivered_; k < delivered_ + count; ++k)
      block_[k - delivered_] = dated().empty() ? event_of(clocks_.list()[k]) : dated()[k].event;
    delivered_ += count;
    return {block_.data(), count};
  }

  void follow(std::span<Event const> events) override {
    if (clocks_.parts().is_wide()) {
      predictor_.follow(events, touched_, crew_);
    } else {
      predictor_.follow(events, touched_);
    }
  }

  void follow_other(PolicyId other, std::span<Event const> events) override {
    predictor_.follow_other(other, events, touched_);
  }

  void prepare(std::int32_t step, Recorder& recorder) override {
    predictor_.advance(step, touched_);
    if (!clocks_.follows_drift()) predictor_.touch_drifting(touched_);
    if (recorder.wants_beliefs()) recorder.beliefs(id_, step, predictor_.beliefs());
    if (step >= clock_.steps()) return recorder.belief_period(id_, predictor_.belief_period());
    if (!costs_.empty()) costs_.find(step + 1, has_adopted(), predictor_);
    affordability_.find_poor();
    clocks_.lower_thresholds();
    if (step + 1 < policy_.first_decision) {
      clocks_.forget_touched(0, static_cast<Index>(padded(n_)));
      return;
    }
    risk_.open(step + 1, clocks_.flags(), touched_);
    if (step + 1 == policy_.first_decision) {
      clocks_.parts().run([&](Index begin, Index end) { risk_.wake(begin, std::min(end, n_), clocks_.flags()); });
    }
    clocks_.apply_bars(step, touched_);
    clocks_.set(step, touched_);
  }

 private:
  [[nodiscard]] std::int32_t label_of(std::int32_t step) const noexcept { return clock_.start + step - 1; }

  /// What a city that decided in this step did.
  [[nodiscard]] Event event_of(Index city) const noexcept {
    std::int32_t const episode = leaving_.episode(city);
    return has_adopted()(city) ? Event{city, episode, +1} : Event{city, episode - 1, -1};
  }

  [[nodiscard]] auto has_adopted() const noexcept {
    return [flags = clocks_.flags()](Index city) { return (flags[city] & flag_adopted) != 0; };
  }

  /// What adopters believe at the end of the step before.
  [[nodiscard]] auto believing() const noexcept {
    return [this](std::span<Index const> cities, double* beliefs) {
      predictor_.own_beliefs(policy_.leaving.believed, cities, beliefs);
    };
  }

  /// What the data say of the step.
  [[nodiscard]] std::span<DatedEvent const> dated() const noexcept {
    return std::span(policy_.dated).subspan(dated_begin_, next_dated_ - dated_begin_);
  }

  /// Makes seeded cities due.
  void seed(std::int32_t step, Recorder& recorder) {
    Bars const* const bars = hindrances_.bars;
    auto const is_excluded = [bars](Index city) { return bars != nullptr && bars->excludes_now(city); };
    for (Index const city : seeding_.seed(step, {has_adopted(), is_excluded}, recorder))
      clocks_.due()[city] = static_cast<std::int16_t>(step);
  }

  /// Makes due who complies with a mandate and would not have adopted in this step.
  void comply(std::int32_t step) {
    auto const is_undecided = [&](Index city) {
      bool const held_back = affordability_.queues() && !affordability_.can_pay(city) && !seeding_.has(city);
      if (clocks_.due()[city] == static_cast<std::int16_t>(step) && !held_back) return false;
      if ((clocks_.flags()[city] & flag_asleep) == 0) return true;
      bool const barred = (hindrances_.lacks(city) || hindrances_.waits(city)) && !hindrances_.excludes(city);
      return barred && !has_adopted()(city) && risk_.is_open(city, step);
    };
    for (Index const city : compliance_.comply(step, predictor_.mandates().laws(), is_undecided))
      clocks_.due()[city] = static_cast<std::int16_t>(step);
  }

  /// Makes due who waits and can pay now.
  void call(std::int32_t step) {
    for (Index city = 0; city < n_; ++city) {
      bool const called = is_bound(city) || (affordability_.can_pay(city) && !hindrances_.lacks(city));
      if (hindrances_.waits(city) && called && !hindrances_.excludes(city) && risk_.is_open(city, step))
        clocks_.due()[city] = static_cast<std::int16_t>(step);
    }
  }

  /// Who is due, decides and cannot pay waits.
  void hold_back() {
    Index* const events = clocks_.list();
    std::uint32_t kept = 0;
    for (std::uint32_t k = 0; k < events_; ++k) {
      Index const city = events[k];
      bool const pays = affordability_.can_pay(city) || is_bound(city) || seeding_.has(city) || compliance_.has(city);
      if (pays) {
        events[kept++] = city;
      } else {
        affordability_.enqueue(city);
        clocks_.wait(city);
      }
    }
    events_ = kept;
  }

  /// Gives those who adopt in `step` a date to leave, and adds to the events who leaves now: at risk from the next step
  /// on, with a resistance of its own.
  void leave(std::int32_t step) {
    Index* const list = clocks_.list();
    leaving_.adopted({list, events_}, step);
    LawsInForce const& laws = predictor_.mandates().laws();
    leavers_ = leaving_.by_belief() ? leaving_.leave(step, laws, believing()) : leaving_.leave(step, laws);
    restart(leavers_, step);
    Index* const adopters = list + events_;
    std::inplace_merge(list, adopters, std::copy(leavers_.begin(), leavers_.end(), adopters));
    events_ += static_cast<std::uint32_t>(leavers_.size());
  }

  void restart(std::span<Index const> leavers, std::int32_t step) {
    std::array<double, batch_size> fresh;
    for (; !leavers.empty(); leavers = leavers.subspan(std::min(batch_size, leavers.size()))) {
      std::span<Index const> const some = leavers.first(std::min(batch_size, leavers.size()));
      resistances_.accumulated(
          some, [&](Index city) { return leaving_.episode(city); }, fresh.data());
      for (std::size_t k = 0; k < some.size(); ++k)
        clocks_.restart(some[k], step, risk_.is_open(some[k], step + 1), fresh[k]);
    }
  }

  void record_dated(std::int32_t step, Recorder& recorder) {
    EventBlocks blocks(id_, step, recorder);
    for (DatedEvent const& each : dated()) {
      std::uint8_t& flags = clocks_.flags()[each.event.city];
      flags = each.event.sign > 0 ? flags | flag_adopted : flags & static_cast<std::uint8_t>(~flag_adopted);
      if (each.event.sign > 0) predictor_.note_adoption(each.label);
      if (!leaving_.empty()) follow_dated(each.event, step);
      if (each.event.sign > 0 && step > 0 && recorder.wants_attribution()) {
        recorder.attribute(id_, step, std::size_t(Reserved::data), std::span(&each.event.city, 1));
      }
      if (costs_.wants_events()) costs_.note(each.event, step);
      blocks.add(each.event, each.label);
    }
  }

  void follow_dated(Event const& event, std::int32_t step) {
    event.sign > 0 ? leaving_.adopted(event.city, step) : leaving_.forget(event.city);
  }

  void record_events(std::int32_t step, Recorder& recorder) {
    EventBlocks blocks(id_, step, recorder);
    for (std::uint32_t k = 0; k < events_; ++k) {
      Event const event = event_of(clocks_.list()[k]);
      if (costs_.wants_events()) costs_.note(event, step);
      blocks.add(event, label_of(step));
    }
  }

  [[nodiscard]] bool is_at_risk(Index city) const noexcept {
    return (clocks_.flags()[city] & (flag_asleep | flag_adopted)) == 0 && !hindrances_.lacks(city);
  }

  Crew& crew_;
  Clock const& clock_;
  PolicyModel const& policy_;
  PolicyId id_;
  Cities const& cities_;
  Resistances resistances_;
  Seeding seeding_;
  Compliance compliance_;
  Predictor<Lane> predictor_;
  RiskSet risk_;
  Leaving leaving_;
  Costs costs_;
  Index n_;
  Hindrances hindrances_;
  Affordability affordability_;
  Clocks<Lane> clocks_;
  std::vector<Event> block_;
  std::span<Index const> leavers_;  // of the step
  std::vector<Index> stopped_;      // in the step
  Deciders<Lane> deciders_;
  KeptPledges pledged_;  // in the step
  Touched touched_;
  std::size_t next_dated_ = 0;
  std::size_t dated_begin_ = 0;
  std::uint32_t events_ = 0;
  std::int32_t step_ = 0;
  std::size_t delivered_ = 0;
};

}  // namespace

std::unique_ptr<PolicyRun> make_policy_run(Model const& model, World const& world, PolicyId policy, Lanes lanes,
                                           SharedRun const& shared) {
  if (model.policies[policy.value].rule == Rule::cascade) return make_cascade_run(model, world, policy, shared.budgets);
  bool const full = lanes == Lanes::full || model.policies[policy.value].rule == Rule::threshold;
  if (full) return std::make_unique<PolicyRunOf<double>>(model, world, policy, shared);
  return std::make_unique<PolicyRunOf<float>>(model, world, policy, shared);
}

}  // namespace hansa
