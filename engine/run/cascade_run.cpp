/// Subtracts what the ties of new adopters bring, and finds who is left with nothing.
#include "run/cascade_run.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <type_traits>

#include "base/aligned.hpp"
#include "run/by_date.hpp"
#include "run/cascade_ties.hpp"
#include "run/costs.hpp"
#include "run/leaving.hpp"
#include "run/mandates.hpp"
#include "run/resistance.hpp"
#include "run/risk_set.hpp"
#include "run/scan.hpp"
#include "run/seeding.hpp"
#include "run/settle.hpp"

namespace hansa {

namespace {

/// How far a city is from adopting: the resistance that is left, on the grid; infinite for who is not at risk.
struct Resistance {
  using Value = double;
  static constexpr double beyond_reach = std::numeric_limits<double>::infinity();
  static double of(double resistance, double) noexcept { return resistance; }
};

/// The same where all ties take the same: how many more of them it takes. 0 for who is not at risk: no city has the
/// 65,536 ties that would bring it back to 0.
struct MissingTies {
  using Value = std::uint16_t;
  static constexpr std::uint16_t beyond_reach = 0;
  static std::uint16_t of(double resistance, double per_tie) noexcept {
    return CascadeTies::ties_to_take(resistance, per_tie);
  }
};

/// Only exposure passes a policy on under this rule: nothing lowers its cost.
struct Unlowered {
  void fall(std::span<Index const>, Standing, double*) const noexcept {}
};

template <class Distance>
class CascadeRun final : public PolicyRun {
 public:
  CascadeRun(Model const& model, World const& world, PolicyId policy, Budgets& budgets)
      : clock_(model.clock),
        policy_(model.policies[policy.value]),
        id_(policy),
        resistances_(policy_, world.cities, model.seed),
        seeding_(model, world.cities, policy),
        pushes_(policy_.pushes, world.cities.size()),
        mandates_(policy_, model.clock, world.cities.size(), world.cities.size()),
        risk_(policy_, world.cities.size(), model.clock.steps()),
        leaving_(policy_, risk_, world.cities, model.clock, model.seed),
        reference_costs_(policy_, world.cities.size()),
        subsidies_(policy_, clock_, world.cities.size()),
        costs_(policy_, policy, reference_costs_, subsidies_, {budgets, world.cities, risk_, model.seed}),
        n_(world.cities.size()),
        remaining_(padded(n_)),
        adopted_(n_),
        list_(n_ + 1),
        crossed_(padded(n_) / 64) {
    for (CompiledTerm const& term : policy_.terms) ties_.emplace_back(term);
    if (is_shared()) brought_.resize(ties_.size() * n_);
    if (!ties_.empty()) per_tie_ = ties_.front().even();
  }

  void begin(Outset const& outset) override {
    resistances_.begin(outset.replicate);
    seeding_.begin(outset.replicate);
    pushes_.begin();
    mandates_.begin(outset);
    leaving_.begin(outset.replicate);
    costs_.begin(outset.replicate);
    leavers_ = {};
    pressed_.clear();
    reference_costs_.begin();
    subsidies_.begin();
    for (CascadeTies& ties : ties_) ties.begin(outset);
    std::fill(remaining_.begin(), remaining_.end(), Distance::beyond_reach);
    std::fill(adopted_.begin(), adopted_.end(), std::uint8_t{0});
    next_dated_ = 0;
    events_ = 0;
    sources_.clear();
  }

  void find(std::int32_t step, Recorder&) override {
    dated_begin_ = next_dated_;
    while (next_dated_ < policy_.dated.size() && policy_.dated[next_dated_].step == step) ++next_dated_;
  }

  /// What ties bring in a step is there when it begins.
  void add_crossings(std::vector<Crossing>& to) const override {
    for (DatedEvent const& each : dated())
      if (each.event.sign > 0) to.push_back({each.event.city, 0, true, true});
    for (Index const city : std::span(list_).first(is_dated() ? 0 : events_)) to.push_back({city, 0, true, true});
  }
  [[nodiscard]] bool is_bound(Index) const override { return true; }
  /// Budgets do not bar it.
  [[nodiscard]] double price(Index) const override { return 0; }
  /// Nothing bars a policy that spreads in this way.
  void stop(std::span<Stop const>, std::int32_t) override {}

  void decide(std::int32_t step, Recorder& recorder) override {
    delivered_ = 0;
    if (step > 0 && !costs_.empty()) costs_.find(step, has_adopted(), Unlowered{});
    if (recorder.wants_attribution()) attribute(step, recorder);
    if (!is_dated()) settle_events(step);
    std::array<std::int32_t, block_size> labels;
    for (auto events = next_events(); !events.empty(); events = next_events()) {
      for (std::size_t k = 0; k < events.size(); ++k) {
        if (is_dated()) follow_dated(events[k], step);
        if (costs_.wants_events()) costs_.note(events[k], step);
        labels[k] = is_dated() ? policy_.dated[dated_begin_ + delivered_ - events.size() + k].label : label_of(step);
      }
      recorder.events(id_, step, events, std::span(labels).first(events.size()));
    }
    delivered_ = 0;
    if (step > 0 && !costs_.empty()) {  // what seeds make cities adopt is not paid by them
      std::span<Index const> const adopters(list_.data(), is_dated() ? 0 : events_);
      costs_.pay(step, dated(), seeding_.others(adopters), has_adopted(), recorder);
    }
  }

  std::span<Event const> next_events() override {
    std::size_t const all = is_dated() ? next_dated_ - dated_begin_ : events_;
    std::size_t const count = std::min(block_size, all - delivered_);
    for (std::size_t k = 0; k < count; ++k) {
      std::size_t const at = delivered_ + k;
      block_[k] = is_dated() ? policy_.dated[dated_begin_ + at].event : event_of(list_[at]);
    }
    delivered_ += count;
    return {block_.data(), count};
  }

  void follow(std::span<Event const> events) override {
    mandates_.follow(events);
    for (Event const& event : events) {
      if (event.sign > 0) {
        sources_.push_back(event);
      } else if (!sources_.empty() && sources_.back().city == event.city) {
        sources_.pop_back();  // it has left before it could act: events are sorted by city
      }
    }
  }

  void follow_other(PolicyId, std::span<Event const>) override {}

  void prepare(std::int32_t step, Recorder& recorder) override {
    events_ = 0;
    if (has_pressure()) find_pressed(step);
    reference_costs_.advance(step + 1, [](Index) {});
    subsidies_.advance(step + 1, [](Index) {});
    if (step < clock_.steps() && step + 1 >= policy_.first_decision) {
      open(step);
      if (!seeding_.empty()) seed(step + 1, recorder);
      press();
      for (CascadeTies& ties : ties_) {
        ties.advance(step + 1);
        ties.push(sources_, step + 1, remaining_.data(), list_.data(), events_);
      }
      sort_events();
      if (is_shared() && recorder.wants_attribution()) share_out(step + 1, recorder);
      for (std::size_t k = 0; k < events_; ++k) crossed_[list_[k] / 64] = 0;
      add_seeded();
    }
    sources_.clear();
  }

 private:
  using Value = typename Distance::Value;

  [[nodiscard]] std::int32_t label_of(std::int32_t step) const noexcept { return clock_.start + step - 1; }
  [[nodiscard]] bool is_dated() const noexcept { return next_dated_ > dated_begin_; }
  /// What a city that decided in this step did.
  [[nodiscard]] Event event_of(Index city) const noexcept {
    std::int32_t const episode = leaving_.episode(city);
    return adopted_[city] != 0 ? Event{city, episode, +1} : Event{city, episode - 1, -1};
  }

  void follow_dated(Event const& event, std::int32_t step) {
    adopted_[event.city] = event.sign > 0;
    remaining_[event.city] = Distance::beyond_reach;
    if (leaving_.empty()) return;
    event.sign > 0 ? leaving_.adopted(event.city, step) : leaving_.forget(event.city);
  }

  /// Those on the list adopt; who leaves in this step joins them.
  void settle_events(std::int32_t step) {
    for (Index const city : std::span(list_).first(events_)) {
      adopted_[city] = 1;
      remaining_[city] = Distance::beyond_reach;
    }
    if (leaving_.empty() || step < policy_.first_decision) return;
    leaving_.adopted(std::span(list_).first(events_), step);
    leavers_ = leaving_.leave(step, mandates_.laws());
    for (Index const city : leavers_) adopted_[city] = 0;
    auto const begin = list_.begin(), adopters = begin + static_cast<std::ptrdiff_t>(events_);
    std::inplace_merge(begin, adopters, std::copy(leavers_.begin(), leavers_.end(), adopters));
    events_ += leavers_.size();
  }

  /// Who is at risk in step + 1 and was not before gets a resistance; who was in its last step has none any more.
  void open(std::int32_t step) {
    if (step + 1 == policy_.first_decision) return open_all();
    for (auto const& [when, city] : risk_.leaving(step)) remaining_[city] = Distance::beyond_reach;
    for (auto const& [when, city] : risk_.entering(step + 1))
      if (adopted_[city] == 0 && risk_.is_open(city, step + 1)) set(city, leaving_.episode(city));
    for (Index const city : leavers_)
      if (risk_.is_open(city, step + 1)) set(city, leaving_.episode(city));
    leavers_ = {};
  }

  void open_all() {
    alignas(64) std::array<double, batch_size> batch;
    for (Index begin = 0; begin < n_; begin += batch_size) {
      std::size_t const count = std::min<std::size_t>(batch_size, n_ - begin);
      resistances_.accumulated(begin, std::span(batch).first(count));
      for (std::size_t k = 0; k < count; ++k) {
        Value const distance = Distance::of(batch[k], per_tie_);
        remaining_[begin + k] = adopted_[begin + k] != 0 ? Distance::beyond_reach : distance;
      }
    }
    bool const dated = !policy_.entry.empty() || !policy_.exit.empty();
    for (Index i = 0; dated && i < n_; ++i) {
      if (!risk_.is_open(i, policy_.first_decision)) remaining_[i] = Distance::beyond_reach;
    }
    for (auto const& [city, episode] : risk_.later_episodes()) {
      if (remaining_[city] != Distance::beyond_reach) set(city, episode);
    }
  }

  void set(Index city, std::int32_t episode) {
    remaining_[city] = Distance::of(resistances_.accumulated(city, episode), per_tie_);
  }

  [[nodiscard]] auto has_adopted() const noexcept {
    return [adopted = adopted_.data()](Index city) { return adopted[city] != 0; };
  }

  /// What the data say of the step.
  [[nodiscard]] std::span<DatedEvent const> dated() const noexcept {
    return std::span(policy_.dated).subspan(dated_begin_, next_dated_ - dated_begin_);
  }

  /// A seed precedes the decisions of its step: what ties bring to its cities in that step is lost.
  void seed(std::int32_t step, Recorder& recorder) {
    for (Index const city : seeding_.seed(step, {has_adopted(), [](Index) { return false; }}, recorder))
      remaining_[city] = Distance::beyond_reach;
  }

  /// True if pushes or mandates press on some city in some step.
  [[nodiscard]] bool has_pressure() const noexcept { return !pushes_.empty() || !mandates_.empty(); }
  /// True if an adoption may have several causes.
  [[nodiscard]] bool is_shared() const noexcept { return ties_.size() > 1 || has_pressure(); }

  [[nodiscard]] double push_on(Index city) const noexcept { return pushes_.empty() ? 0 : pushes_[city]; }

  /// What pushes and mandates take from a city's resistance in a step, on the grid.
  [[nodiscard]] double pressure_on(Index city) const noexcept {
    return on_grid(std::min(push_on(city) + mandates_[city], hazard_cap));
  }

  /// Brings pushes and mandates to the decisions of step + 1, and lists whom they press on.
  void find_pressed(std::int32_t step) {
    std::size_t const before = pressed_.size();
    auto const add = [&](Index city) { pressed_.push_back(city); };
    pushes_.advance(step + 1, add);
    mandates_.advance(step, add);
    if (pressed_.size() == before) return;
    std::sort(pressed_.begin(), pressed_.end());
    pressed_.erase(std::unique(pressed_.begin(), pressed_.end()), pressed_.end());
    std::erase_if(pressed_, [&](Index city) { return !(pressure_on(city) > 0); });
  }

  void press() {
    if constexpr (std::is_same_v<Distance, Resistance>) {
      for (Index const city : pressed_) {
        double const before = remaining_[city], after = before - pressure_on(city);
        remaining_[city] = after;
        if (before > 0 && after <= 0) list_[events_++] = city;
      }
    }
  }

  /// Puts them on the list, in the order of cities.
  void add_seeded() {
    auto const begin = list_.begin(), crossed = begin + static_cast<std::ptrdiff_t>(events_);
    std::span<Index const> const seeded = seeding_.seeded();
    std::inplace_merge(begin, crossed, std::copy(seeded.begin(), seeded.end(), crossed));
    events_ += seeded.size();
  }

  /// Puts the list in the order of cities, and sets their bits.
  void sort_events() {
    if (events_ == 0) return;
    for (std::size_t k = 0; k < events_; ++k) crossed_[list_[k] / 64] |= std::uint64_t{1} << (list_[k] % 64);
    std::size_t count = 0;
    for (std::size_t word = 0; count < events_; ++word) {
      for (std::uint64_t bits = crossed_[word]; bits != 0; bits &= bits - 1) {
        list_[count++] = static_cast<Index>(word * 64) + static_cast<Index>(__builtin_ctzll(bits));
      }
    }
  }

  /// What each mechanism had to do with the adoptions of `step`, where there are several.
  void share_out(std::int32_t step, Recorder& recorder) {
    for (std::size_t term = 0; term < ties_.size(); ++term) {
      ties_[term].weigh(sources_, step, crossed_, brought_.data() + term * n_);
    }
    std::span<Index const> const cities = std::span(list_).first(events_);
    taken_.clear();
    for (Index const city : cities) {
      double all = has_pressure() ? pressure_on(city) : 0;
      for (std::size_t term = 0; term < ties_.size(); ++term) all += brought_[term * n_ + city];
      taken_.push_back(all);
    }
    shares_.resize(events_);
    for (std::size_t term = 0; term < ties_.size(); ++term) {
      for (std::size_t k = 0; k < events_; ++k) {
        double& part = brought_[term * n_ + cities[k]];
        shares_[k] = part / taken_[k];
        part = 0;
      }
      recorder.attribute(id_, step, policy_.terms[term].mechanism, cities, shares_);
    }
    if (!has_pressure()) return;
    for (std::size_t k = 0; k < events_; ++k)
      shares_[k] = pressure_on(cities[k]) / taken_[k] * (1 - mandates_.part_of_laws(cities[k], push_on(cities[k])));
    recorder.attribute(id_, step, std::size_t(Reserved::intervention), cities, shares_);
    LawsInForce const& laws = mandates_.laws();
    for (std::size_t law = 0; law < laws.size(); ++law) {
      for (std::size_t k = 0; k < events_; ++k)
        shares_[k] = pressure_on(cities[k]) / taken_[k] * mandates_.part_of_law(law, cities[k], push_on(cities[k]));
      recorder.attribute(id_, step, laws.law(law).mechanism, cities, shares_);
    }
  }

  void attribute(std::int32_t step, Recorder& recorder) {
    for (std::size_t k = dated_begin_; k < next_dated_; ++k) {
      DatedEvent const& dated = policy_.dated[k];
      if (dated.event.sign > 0)
        recorder.attribute(id_, step, std::size_t(Reserved::data), std::span(&dated.event.city, 1));
    }
    if (is_dated() || is_shared() || ties_.empty() || events_ == 0) return;
    recorder.attribute(id_, step, policy_.terms[0].mechanism, seeding_.others(std::span(list_).first(events_)));
  }

  Clock const& clock_;
  PolicyModel const& policy_;
  PolicyId id_;
  Resistances resistances_;
  Seeding seeding_;
  ByDate<double> pushes_;
  Mandates<double> mandates_;
  std::vector<Index> pressed_;  // on whom these press now, ascending
  RiskSet risk_;
  Leaving leaving_;
  ReferenceCosts reference_costs_;
  Subsidies subsidies_;
  Costs costs_;
  Index n_;
  std::vector<CascadeTies> ties_;  // one a term
  double per_tie_ = 0;             // taken, where that is one for all ties
  AlignedVector<Value> remaining_;
  std::vector<std::uint8_t> adopted_;
  std::vector<Index> list_;             // who adopts in the next step, then in this
  std::vector<std::uint64_t> crossed_;  // the same as bits
  std::span<Index const> leavers_;      // of this step
  std::vector<Event> sources_;          // who adopted in this step
  std::vector<double> brought_;         // per term and city, of attribution; 0 between steps
  std::vector<double> taken_, shares_;  // per city on the list
  std::array<Event, block_size> block_;
  std::size_t next_dated_ = 0;
  std::size_t dated_begin_ = 0;
  std::size_t events_ = 0;
  std::size_t delivered_ = 0;
};

}  // namespace

std::unique_ptr<PolicyRun> make_cascade_run(Model const& model, World const& world, PolicyId policy, Budgets& budgets) {
  PolicyModel const& own = model.policies[policy.value];
  bool const once = own.leaving.empty() && std::all_of(own.dated.begin(), own.dated.end(),
                                                       [](DatedEvent const& dated) { return dated.event.sign > 0; });
  bool const by_ties_alone = own.pushes.empty() && own.mandated.empty() && own.laws.empty();
  if (once && by_ties_alone && own.terms.size() == 1 && CascadeTies::counted(own.terms.front(), model.dynamics)) {
    return std::make_unique<CascadeRun<MissingTies>>(model, world, policy, budgets);
  }
  return std::make_unique<CascadeRun<Resistance>>(model, world, policy, budgets);
}

}  // namespace hansa
