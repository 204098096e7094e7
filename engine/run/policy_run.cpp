/// The step loop of one policy: touched lists, due dates, and the risk set.
#include "run/policy_run.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numeric>
#include <string>

#include "base/aligned.hpp"
#include "run/attribution.hpp"
#include "run/bounds.hpp"
#include "run/cascade_run.hpp"
#include "run/city_parts.hpp"
#include "run/compliance.hpp"
#include "run/costs.hpp"
#include "run/event_blocks.hpp"
#include "run/leaving.hpp"
#include "run/predictor.hpp"
#include "run/resistance.hpp"
#include "run/risk_set.hpp"
#include "run/scan.hpp"
#include "run/seeding.hpp"
#include "run/settle.hpp"
#include "run/thresholds.hpp"

namespace hansa {

namespace {

constexpr std::size_t wide_block = 65'536;       // the same where a crew shares them
constexpr int worth_a_row = batch_size * 3 / 8;  // cities awake from which on a whole row is cheaper

template <class Lane>
class PolicyRunOf final : public PolicyRun {
 public:
  PolicyRunOf(Model const& model, World const& world, PolicyId policy, Crew& crew)
      : crew_(crew),
        clock_(model.clock),
        policy_(model.policies[policy.value]),
        id_(policy),
        cities_(world.cities),
        threshold_(policy_.rule == Rule::threshold),
        resistances_(policy_, world.cities, model.seed),
        seeding_(model, world.cities, policy),
        compliance_(model, world.cities, policy),
        predictor_(model, world, policy),
        thresholds_(policy_, resistances_, predictor_, world.cities.size()),
        risk_(policy_, world.cities.size(), model.clock.steps()),
        leaving_(policy_, risk_, world.cities, model.clock, model.seed),
        costs_(policy_, policy, predictor_.reference_costs(), predictor_.subsidies(), world.cities.size(), risk_),
        n_(world.cities.size()),
        width_(padded(n_)),
        parts_(n_, crew),
        record_(width_),
        due_(width_),
        flags_(width_),
        marks_(width_ / 8),
        list_((leaving_.empty() ? 1 : 2) * width_ + 64),
        counts_(parts_.count()),
        block_(parts_.is_wide() ? wide_block : block_size) {}

  void begin(Outset const& outset) override {
    resistances_.begin(outset.replicate);
    seeding_.begin(outset.replicate);
    compliance_.begin(outset.replicate);
    leaving_.begin(outset.replicate);
    predictor_.begin(outset);
    draw();
    next_dated_ = 0;
    events_ = 0;
  }

  void decide(std::int32_t step, Recorder& recorder) override {
    dated_begin_ = next_dated_;
    while (next_dated_ < policy_.dated.size() && policy_.dated[next_dated_].step == step) ++next_dated_;
    events_ = 0;
    delivered_ = 0;
    leavers_ = {};
    touched_ = parts_.is_listed() ? Touched{list_.data(), flags_.data()} : Touched{nullptr, marks_.data()};
    if (step > 0 && !costs_.empty()) costs_.find(step, has_adopted(), predictor_);
    if (next_dated_ > dated_begin_) {
      record_dated(step, recorder);
    } else if (step >= policy_.first_decision) {
      if (!seeding_.empty()) seed(step, recorder);
      if (!compliance_.empty()) comply(step, recorder);
      find_events(static_cast<std::int16_t>(step));
      bool const adopts = events_ > 0;
      if (adopts && recorder.wants_attribution()) attribute_decisions(step, recorder);
      if (adopts) predictor_.note_adoption(label_of(step));
      if (!leaving_.empty()) leave(step);
      if (events_ > 0) record_events(step, recorder);
    }
    if (step > 0 && !costs_.empty())  // what seeds make cities adopt is not paid by them
      costs_.pay(step, dated(), seeding_.others({list_.data(), events_}), has_adopted(), recorder);
    risk_.close(step, flags_.data(), due_.data());
    if (touched_.list != nullptr) touched_.list += events_;
    for (Index const city : leavers_)
      if (flags_[city] == 0) touched_.add(city);
  }

  std::span<Event const> next_events() override {
    std::size_t const all = dated().empty() ? events_ : dated().size();
    std::size_t const count = std::min(block_.size(), all - delivered_);
    for (std::size_t k = delivered_; k < delivered_ + count; ++k)
      block_[k - delivered_] = dated().empty() ? event_of(list_[k]) : dated()[k].event;
    delivered_ += count;
    return {block_.data(), count};
  }

  void follow(std::span<Event const> events) override {
    if (parts_.is_wide()) {
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
    if (recorder.wants_beliefs()) recorder.beliefs(id_, step, predictor_.beliefs());
    if (step >= clock_.steps()) return;
    if (threshold_) thresholds_.lower_changed(record_.data());
    if (step + 1 < policy_.first_decision) {
      forget_touched(0, static_cast<Index>(width_));
      return;
    }
    risk_.open(step + 1, flags_.data(), touched_);
    if (step + 1 == policy_.first_decision) {
      parts_.run([&](Index begin, Index end) { risk_.wake(begin, std::min(end, n_), flags_.data()); });
    }
    if (touched_.everybody || predictor_.turns(step)) {
      parts_.run([&](Index begin, Index end) {
        forget_touched(begin, end);
        compute_everybody(begin, end, step);
      });
    } else if (touched_.list != nullptr) {
      std::span<Index const> const cities(touched_.list, touched_.count);
      for (Index const city : cities) flags_[city] = 0;
      compute(cities, step);
    } else {
      parts_.run([&](Index begin, Index end) {
        Index* const found = list_.data() + begin;
        std::uint32_t const count = take_touched(marks_.data() + begin / 8, flags_.data() + begin, end - begin, found);
        for (std::uint32_t k = 0; k < count; ++k) found[k] += begin;
        compute({found, count}, step);
      });
    }
  }

 private:
  [[nodiscard]] std::int32_t label_of(std::int32_t step) const noexcept { return clock_.start + step - 1; }

  void forget_touched(Index begin, Index end) {
    if (parts_.is_listed()) return clear_touched(flags_.data() + begin, end - begin);
    std::fill(marks_.begin() + begin / 8, marks_.begin() + end / 8, std::uint8_t{0});
  }

  /// What a city that decided in this step did.
  [[nodiscard]] Event event_of(Index city) const noexcept {
    std::int32_t const episode = leaving_.episode(city);
    return (flags_[city] & flag_adopted) != 0 ? Event{city, episode, +1} : Event{city, episode - 1, -1};
  }

  [[nodiscard]] auto has_adopted() const noexcept {
    return [flags = flags_.data()](Index city) { return (flags[city] & flag_adopted) != 0; };
  }

  /// What the data say of the step.
  [[nodiscard]] std::span<DatedEvent const> dated() const noexcept {
    return std::span(policy_.dated).subspan(dated_begin_, next_dated_ - dated_begin_);
  }

  /// Makes seeded cities due.
  void seed(std::int32_t step, Recorder& recorder) {
    for (Index const city : seeding_.seed(step, has_adopted(), recorder)) due_[city] = static_cast<std::int16_t>(step);
  }

  /// Makes due who complies with a mandate and would not have adopted in this step.
  void comply(std::int32_t step, Recorder& recorder) {
    auto const is_undecided = [&](Index city) {
      return (flags_[city] & flag_asleep) == 0 && due_[city] != static_cast<std::int16_t>(step);
    };
    for (Index const city : compliance_.comply(step, is_undecided, recorder))
      due_[city] = static_cast<std::int16_t>(step);
  }

  /// Lists who is due, and puts them to sleep as adopters.
  void find_events(std::int16_t step) {
    parts_.run([&](Index begin, Index end) {
      Index* const found = list_.data() + begin;
      std::uint32_t const count = find_due(due_.data() + begin, end - begin, step, found);
      for (std::uint32_t k = 0; k < count; ++k) {
        found[k] += begin;
        flags_[found[k]] = flag_asleep | flag_adopted;
        due_[found[k]] = no_step;
      }
      counts_[begin / CityParts::size] = count;
    });
    if (!parts_.is_wide()) {
      events_ = counts_[0];
      return;
    }
    for (std::size_t part = 0; part < counts_.size(); ++part) {
      std::copy_n(list_.begin() + static_cast<std::ptrdiff_t>(part * CityParts::size), counts_[part],
                  list_.begin() + static_cast<std::ptrdiff_t>(events_));
      events_ += counts_[part];
    }
  }

  /// Gives those who adopt in `step` a date to leave, and adds to the events who leaves now: at risk from the next step
  /// on, with a resistance of its own.
  void leave(std::int32_t step) {
    for (Index const city : std::span(list_).first(events_)) leaving_.adopted(city, step);
    leavers_ = leaving_.leave(step);
    for (Index const city : leavers_) {
      flags_[city] = risk_.is_open(city, step + 1) ? 0 : flag_asleep;
      if (!threshold_) record_[city] = {resistances_.accumulated(city, leaving_.episode(city)), Lane{0}, step};
    }
    auto const adopters = list_.begin() + events_;
    std::inplace_merge(list_.begin(), adopters, std::copy(leavers_.begin(), leavers_.end(), adopters));
    events_ += static_cast<std::uint32_t>(leavers_.size());
  }

  void draw() {
    parts_.run([&](Index begin, Index end) {
      std::fill(due_.begin() + begin, due_.begin() + end, no_step);
      std::fill(flags_.begin() + begin, flags_.begin() + end, flag_asleep);
      std::fill(marks_.begin() + begin / 8, marks_.begin() + end / 8, std::uint8_t{0});
      if (threshold_) {
        thresholds_.draw(begin, std::min(end, n_), record_.data());
      } else {
        resistances_.draw(begin, std::min(end, n_), record_.data());
      }
    });
    if (threshold_) return;  // a trait: kept across episodes
    for (auto const& [city, episode] : risk_.later_episodes()) {
      record_[city].remaining = resistances_.accumulated(city, episode);
    }
  }

  void record_dated(std::int32_t step, Recorder& recorder) {
    EventBlocks blocks(id_, step, recorder);
    for (DatedEvent const& each : dated()) {
      std::uint8_t& flags = flags_[each.event.city];
      flags = each.event.sign > 0 ? flags | flag_adopted : flags & static_cast<std::uint8_t>(~flag_adopted);
      if (each.event.sign > 0) predictor_.note_adoption(each.label);
      if (!leaving_.empty()) follow_dated(each.event, step);
      if (each.event.sign > 0 && step > 0 && recorder.wants_attribution()) {
        recorder.attribute(id_, step, std::size_t(Reserved::data), std::span(&each.event.city, 1));
      }
      blocks.add(each.event, each.label);
    }
  }

  void follow_dated(Event const& event, std::int32_t step) {
    event.sign > 0 ? leaving_.adopted(event.city, step) : leaving_.forget(event.city);
  }

  void record_events(std::int32_t step, Recorder& recorder) {
    EventBlocks blocks(id_, step, recorder);
    for (std::uint32_t k = 0; k < events_; ++k) blocks.add(event_of(list_[k]), label_of(step));
  }

  /// Those of the step that were seeded, or complied, decided nothing.
  void attribute_decisions(std::int32_t step, Recorder& recorder) {
    std::span<Index const> decided = compliance_.others(seeding_.others({list_.data(), events_}));
    for (; !decided.empty(); decided = decided.subspan(std::min(batch_size, decided.size()))) {
      attribute(policy_, id_, step, predictor_.parts(decided.first(std::min(batch_size, decided.size())), step),
                recorder);
    }
  }

  /// New hazards for step + 1. None of the cities is asleep.
  void compute(std::span<Index const> cities, std::int32_t step) {
    alignas(64) std::array<Lane, batch_size> eta;
    for (std::size_t from = 0; from < cities.size(); from += batch_size) {
      std::span<Index const> const batch = cities.subspan(from, std::min(batch_size, cities.size() - from));
      std::span<Index const> const next = cities.subspan(from + batch.size());
      for (Index const city : next.first(std::min(batch_size, next.size()))) {
        __builtin_prefetch(&record_[city], 1);
        __builtin_prefetch(&due_[city], 1);
      }
      predictor_.predict(batch, step + 1, eta.data());
      if (!settle_some(batch, eta.data(), step)) complain(batch, eta.data(), step);
    }
  }

  /// The same for all cities awake in a range: in rows where many are, else as a list.
  void compute_everybody(Index begin, Index end, std::int32_t step) {
    alignas(64) std::array<Lane, batch_size> eta;
    std::array<Index, batch_size> row;
    std::iota(row.begin(), row.end(), begin);
    std::array<Index, 2 * batch_size> rest;
    std::size_t waiting = 0;
    for (; begin < std::min(end, n_); begin += batch_size) {
      std::uint64_t awake = awake_mask(flags_.data() + begin);
      if (std::popcount(awake) >= worth_a_row && begin + batch_size <= n_ && !threshold_) {
        predictor_.predict(row, step + 1, eta.data());
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
    if constexpr (sizeof(Lane) == 8) {
      if (threshold_) {
        thresholds_.settle(batch, eta, record_.data());
        return settle_threshold(record_.data(), due_.data(), batch.data(), eta, batch.size(), step);
      }
    }
    return under_law([&]<Link link>(auto const& law) {
      return settle_listed<link>(record_.data(), due_.data(), batch.data(), eta, batch.size(), step, law);
    });
  }

  bool settle_whole(Index begin, Lane const* eta, std::int32_t step) {
    return under_law([&]<Link link>(auto law) {
      if constexpr (requires { law.mandated; }) law.mandated += begin;
      return settle_row<link>(record_.data() + begin, due_.data() + begin, flags_.data() + begin, eta, step, law);
    });
  }

  /// use.operator()<link>(law): policies without a mandate have code of their own.
  template <class Use>
  bool under_law(Use const& use) const {
    Lane const* const mandated = predictor_.mandated();
    return with_link(policy_.rule, [&]<Link link>() {
      return mandated == nullptr ? use.template operator()<link>(Free{})
                                 : use.template operator()<link>(Bound<Lane>{mandated});
    });
  }

  [[noreturn]] void complain(std::span<Index const> batch, Lane const* eta, std::int32_t step) const {
    auto const fine = [&](std::size_t k) {
      return (flags_[batch[k]] & flag_asleep) != 0 || is_taken(policy_.rule, eta[k]);
    };
    std::size_t k = 0;
    while (k + 1 < batch.size() && fine(k)) ++k;
    throw_out_of_bounds(policy_, cities_.id[batch[k]], static_cast<double>(eta[k]),
                        clock_.unit + " " + std::to_string(label_of(step + 1)));
  }

  Crew& crew_;
  Clock const& clock_;
  PolicyModel const& policy_;
  PolicyId id_;
  Cities const& cities_;
  bool threshold_;
  Resistances resistances_;
  Seeding seeding_;
  Compliance compliance_;
  Predictor<Lane> predictor_;
  Thresholds<Lane> thresholds_;
  RiskSet risk_;
  Leaving leaving_;
  Costs costs_;
  Index n_;
  std::size_t width_;
  CityParts parts_;
  AlignedVector<CityRecord<Lane>> record_;
  AlignedVector<std::int16_t> due_;
  AlignedVector<std::uint8_t> flags_;
  AlignedVector<std::uint8_t> marks_;  // a bit per city that was touched, where there is no list
  AlignedVector<Index> list_;          // events of the step, then touched cities
  std::vector<std::uint32_t> counts_;  // of events, per part
  std::vector<Event> block_;
  std::span<Index const> leavers_;  // of the step
  Touched touched_;
  std::size_t next_dated_ = 0;
  std::size_t dated_begin_ = 0;
  std::uint32_t events_ = 0;
  std::size_t delivered_ = 0;
};

}  // namespace

std::unique_ptr<PolicyRun> make_policy_run(Model const& model, World const& world, PolicyId policy, Lanes lanes,
                                           Crew& crew) {
  if (model.policies[policy.value].rule == Rule::cascade) return make_cascade_run(model, world, policy);
  bool const full = lanes == Lanes::full || model.policies[policy.value].rule == Rule::threshold;
  if (full) return std::make_unique<PolicyRunOf<double>>(model, world, policy, crew);
  return std::make_unique<PolicyRunOf<float>>(model, world, policy, crew);
}

}  // namespace hansa
