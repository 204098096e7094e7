/// Replays that decide for themselves once the data end.
#include "inference/free_run.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "base/flat_math.hpp"
#include "base/parallel.hpp"
#include "base/random.hpp"
#include "inference/covariates.hpp"
#include "inference/links.hpp"
#include "run/replay.hpp"

namespace hansa {

namespace {

/// One thread's replicates.
class FreeRun {
 public:
  FreeRun(FitQuestion const& question, FreeRunOrder const& order)
      : question_(question),
        order_(order),
        replay_(question.model, *question.world),
        counts_(order.policies.size() * question.world->cities.size(), 0) {
    std::map<std::string, double> const values(order.coefficients.begin(), order.coefficients.end());
    for (PolicyId const policy : order.policies) add_policy(policy, values);
    for (ObservedHistory const& each : question.histories) given_.push_back(each.events);
    for (PolicyId const policy : order.policies) {
      std::erase_if(given_[policy.value], [&](DatedEvent const& each) { return each.step >= order.first; });
    }
  }

  void run(std::int64_t replicate) {
    std::vector<std::vector<DatedEvent>> events = given_;
    for (Simulated& each : simulated_) begin(each, replicate);
    replay_.run(events, question_.scenario->clock.steps(), [&](std::int32_t step) {
      for (std::size_t k = 0; k < simulated_.size(); ++k) follow(simulated_[k], events[order_.policies[k].value], step);
      for (std::size_t k = 0; k < simulated_.size(); ++k) decide(k, events[order_.policies[k].value], step);
    });
  }

  [[nodiscard]] std::vector<std::int64_t> const& counts() const noexcept { return counts_; }

 private:
  /// A policy and the state of its cities.
  struct Simulated {
    Covariates covariates;
    std::vector<double> values;          // per covariate: its coefficient
    std::vector<double> country;         // per city: its fixed effect
    std::vector<std::uint8_t> adopted;   // per city
    std::vector<std::int32_t> episodes;  // per city: adoptions so far
    std::vector<double> resistance, hazard;
    std::optional<std::int32_t> first_adoption;
    std::size_t next = 0;
  };

  void add_policy(PolicyId policy, std::map<std::string, double> const& values) {
    auto const value_of = [&](std::string const& name) {
      auto const found = values.find(name);
      return found == values.end() ? 0 : found->second;
    };
    Simulated made{Covariates(*question_.scenario, *question_.world, question_.model, policy, order_.first),
                   {},
                   {},
                   {},
                   {},
                   {},
                   {},
                   {},
                   0};
    bool const pooled = order_.policies.size() > 1;
    for (CovariateName const& each : made.covariates.names()) {
      bool const own = pooled && each.name == "baseline";
      made.values.push_back(value_of(own ? "baseline_" + question_.scenario->policies[policy.value].name : each.name));
    }
    TextColumn const* const countries = question_.world->cities.text("country");
    for (Index i = 0; i < question_.world->cities.size(); ++i) {
      std::int32_t const code = countries == nullptr ? -1 : countries->code[i];
      bool const listed = code >= 0;
      made.country.push_back(listed ? country_effect(countries->labels[static_cast<std::size_t>(code)], values) : 0);
    }
    simulated_.push_back(std::move(made));
  }

  [[nodiscard]] bool has_country_effects() const noexcept {
    std::vector<FixedEffect> const& effects = question_.spec.fixed_effects;
    return std::find(effects.begin(), effects.end(), FixedEffect::country) != effects.end();
  }

  [[nodiscard]] double country_effect(std::string const& label, std::map<std::string, double> const& values) const {
    if (!has_country_effects()) return 0;
    auto const found = values.find("country_" + label);
    return found == values.end() ? 0 : found->second;
  }

  void begin(Simulated& each, std::int64_t replicate) {
    std::size_t const cities = question_.world->cities.size();
    PolicyModel const& compiled = question_.model.policies[order_.policies[position(each)].value];
    std::uint64_t const key =
        make_key(question_.model.seed, static_cast<std::uint64_t>(replicate), Purpose::resistance, compiled.hash);
    each.adopted.assign(cities, 0);
    each.episodes.assign(cities, 0);
    each.hazard.assign(cities, 0);
    each.resistance.resize(cities);
    draw_exponential(key, question_.world->cities.hash, 0, each.resistance);
    each.first_adoption.reset();
    each.next = 0;
  }

  [[nodiscard]] std::size_t position(Simulated const& each) const noexcept {
    return static_cast<std::size_t>(&each - simulated_.data());
  }

  /// What happened before a step.
  static void follow(Simulated& each, std::vector<DatedEvent> const& events, std::int32_t step) {
    for (; each.next < events.size() && events[each.next].step < step; ++each.next) {
      DatedEvent const& event = events[each.next];
      bool const adopts = event.event.sign > 0;
      if (adopts) each.first_adoption = std::min(each.first_adoption.value_or(event.label), event.label);
      if (adopts) ++each.episodes[event.event.city];
      if (adopts) each.hazard[event.event.city] = 0;
      each.adopted[event.event.city] = adopts ? 1 : 0;
    }
  }

  [[nodiscard]] bool queues(PolicyId policy) const noexcept {
    return question_.model.policies[policy.value].when_unaffordable == Affording::queue &&
           replay_.hindrances().is_paid(policy);
  }

  /// Decisions from order.first on. Where cities queue, who cannot pay decides all the same and adopts once it can,
  /// also if it has waited since before: until then only what is consumed in that wait is found.
  void decide(std::size_t k, std::vector<DatedEvent>& events, std::int32_t step) {
    Simulated& each = simulated_[k];
    bool const waits = queues(order_.policies[k]), simulates = step >= order_.first;
    if (!waits && !simulates) return;
    find_deciders(k, step, waits);
    each.covariates.fill(step, each.first_adoption, batch_, replay_, filled_);
    for (std::size_t b = 0; b < batch_.size(); ++b) {
      Index const city = batch_[b];
      each.hazard[city] += -flat::log1p(-chance_of(each, b, each.country[city]));
      if (each.hazard[city] < each.resistance[city] || liberty(k, city) != Liberty::free) continue;
      events.push_back({step, question_.scenario->clock.start + step - 1, {city, each.episodes[city], +1}});
      ++counts_[k * each.adopted.size() + city];
    }
  }

  [[nodiscard]] Liberty liberty(std::size_t k, Index city) const noexcept {
    return replay_.hindrances().of(order_.policies[k], city);
  }

  /// To batch_. Who could pay before order.first and did not adopt begins anew.
  void find_deciders(std::size_t k, std::int32_t step, bool waits) {
    Simulated& each = simulated_[k];
    PolicyModel const& compiled = question_.model.policies[order_.policies[k].value];
    ObservedHistory const& observed = question_.histories[order_.policies[k].value];
    batch_.clear();
    for (Index i = 0; i < each.adopted.size(); ++i) {
      bool const open =
          (compiled.entry.empty() || compiled.entry[i] <= step) && (compiled.exit.empty() || compiled.exit[i] >= step);
      if (!open || each.adopted[i] != 0 || !observed.covers(i) || is_barred(i)) continue;
      Liberty const found = liberty(k, i);
      bool const given = found == Liberty::free && step < order_.first;
      if (given || found == Liberty::bound) each.hazard[i] = 0;
      if ((found == Liberty::free && !given) || (waits && found == Liberty::poor)) batch_.push_back(i);
    }
  }

  [[nodiscard]] bool is_barred(Index city) const noexcept { return !order_.barred.empty() && order_.barred[city] != 0; }

  [[nodiscard]] double chance_of(Simulated const& each, std::size_t b, double country) const noexcept {
    bool const additive = order_.link == FitLink::additive;
    std::size_t const log_linear = additive ? each.covariates.log_linear() : each.values.size();
    double eta = country, added = 0;
    for (std::size_t c = 0; c < each.values.size(); ++c) {
      (c < log_linear ? eta : added) += each.values[c] * filled_[c * batch_.size() + b];
    }
    if (!additive) return chance(order_.link, eta);
    return chance_of_hazard((log_linear > 0 || has_country_effects() ? flat::exp(eta) : 0) + added);
  }

  FitQuestion const& question_;
  FreeRunOrder const& order_;
  Replay replay_;
  std::vector<std::vector<DatedEvent>> given_;  // of all policies
  std::vector<Simulated> simulated_;
  std::vector<std::int64_t> counts_;
  std::vector<Index> batch_;
  std::vector<double> filled_;
};

}  // namespace

std::vector<std::int64_t> free_adoptions(FitQuestion const& question, FreeRunOrder const& order) {
  constexpr std::int64_t block = 32;
  auto const blocks = static_cast<std::size_t>((order.replicates + block - 1) / block);
  std::vector<std::vector<std::int64_t>> found(blocks);
  parallel_for(blocks, order.threads, [&](std::size_t k) {
    FreeRun run(question, order);
    auto const first = static_cast<std::int64_t>(k) * block;
    for (std::int64_t r = first; r < std::min(first + block, order.replicates); ++r) run.run(r);
    found[k] = run.counts();
  });
  std::vector<std::int64_t> counts(order.policies.size() * question.world->cities.size(), 0);
  for (std::vector<std::int64_t> const& each : found) {
    for (std::size_t i = 0; i < counts.size(); ++i) counts[i] += each[i];
  }
  return counts;
}

}  // namespace hansa
