/// Follows contracts from step to step.
#include "run/pledges.hpp"

#include <algorithm>
#include <tuple>

#include "base/random.hpp"

namespace hansa {

Pledges::Pledges(Model const& model, Cities const& cities)
    : models_(model.members), cities_(cities), seed_(model.seed) {
  for (std::size_t k = 0; k < models_.size(); ++k) {
    if (!models_[k].pledge) continue;
    Contract contract{k, &*models_[k].pledge, model.policies[models_[k].pledge->policy.value].hash};
    contract.pledged.resize(cities.size());
    contracts_.push_back(std::move(contract));
  }
  std::sort(contracts_.begin(), contracts_.end(),
            [](Contract const& a, Contract const& b) { return std::tie(a.hash, a.of) < std::tie(b.hash, b.of); });
}

void Pledges::begin(std::int64_t replicate) {
  for (Contract& each : contracts_) {
    each.key =
        make_key(seed_, static_cast<std::uint64_t>(replicate), Purpose::pledge, models_[each.of].collaboration->hash);
    each.ended = false;
    each.kept = 0;
    std::fill(each.pledged.begin(), each.pledged.end(), std::uint8_t{0});
    each.episode.assign(cities_.size(), 0);
    each.used.assign(cities_.size(), 0.0);
    each.hazard.assign(cities_.size(), 0.0);
    each.resistance.resize(cities_.size());
    draw_exponential(each.key, cities_.hash, 0, each.resistance);
  }
}

void Pledges::draw(Contract& contract, Index city) {
  contract.used[city] = 0;
  draw_exponential(contract.key, std::span(&cities_.hash[city], 1), contract.episode[city],
                   std::span(&contract.resistance[city], 1));
}

bool Pledges::is_open(Contract const& contract, std::int32_t step) const noexcept {
  return !contract.ended && contract.terms->from <= step && step <= contract.terms->until;
}

/// One correctly rounded quotient, so that a share that can be reached is.
bool Pledges::is_enough(PledgeModel const& terms, std::size_t pledges, std::int64_t members) noexcept {
  if (terms.members > 0) return pledges >= static_cast<std::size_t>(terms.members);
  return pledges > 0 && static_cast<double>(pledges) / static_cast<double>(members) >= terms.share;
}

void Pledges::press(std::int32_t step, std::span<LivingMembers const> members, Policies policies) {
  for (Contract& each : contracts_) {
    each.kept = 0;
    if (!is_open(each, step)) continue;
    list_.clear();
    for (Index city = 0; city < cities_.size(); ++city)
      if (members[each.of].has(city) && each.pledged[city] == 0) list_.push_back(city);
    hazards_.resize(list_.size());
    policies[each.terms->policy.value]->find_hazards_of_pledging(*models_[each.of].collaboration, list_, step,
                                                                 hazards_.data());
    for (std::size_t k = 0; k < list_.size(); ++k) each.hazard[list_[k]] = hazards_[k];
  }
}

void Pledges::keep(std::int32_t step, std::span<LivingMembers const> members, Policies policies, Coupling& coupling) {
  for (Contract& each : contracts_) {
    if (each.ended || step <= each.terms->from) continue;
    PolicyRun& run = *policies[each.terms->policy.value];
    list_.clear();
    for (Index city = 0; city < cities_.size(); ++city) {
      bool const keeps = each.pledged[city] != 0 && run.can_keep_pledge(city) &&
                         coupling.admits(each.terms->policy, run, city, policies);
      if (keeps) list_.push_back(city);
    }
    if (is_enough(*each.terms, list_.size(), members[each.of].count())) {
      run.keep_pledges(*models_[each.of].collaboration, list_);
      coupling.keep_pledges(each.terms->policy, list_);
      each.kept = static_cast<std::int64_t>(list_.size());
      end(each);
    } else if (step > each.terms->until) {
      end(each);
    }
  }
}

void Pledges::end(Contract& contract) {
  contract.ended = true;
  std::fill(contract.pledged.begin(), contract.pledged.end(), std::uint8_t{0});
  std::fill(contract.hazard.begin(), contract.hazard.end(), 0.0);
}

void Pledges::close(std::int32_t step, std::span<LivingMembers const> members, Policies policies, Recorder& recorder) {
  for (Contract& each : contracts_) {
    PolicyRun const& run = *policies[each.terms->policy.value];
    std::int64_t standing = 0;
    for (Index city = 0; !each.ended && city < cities_.size(); ++city) {
      bool const adopted = run.adopted(city);
      if (!adopted && each.hazard[city] > 0) {
        each.used[city] += each.hazard[city];
        if (each.used[city] >= each.resistance[city]) each.pledged[city] = 1;
      }
      each.hazard[city] = 0;
      if (each.pledged[city] == 0) continue;
      if (adopted || !members[each.of].has(city)) {
        each.pledged[city] = 0;
        ++each.episode[city];
        draw(each, city);
      } else {
        ++standing;
      }
    }
    if (step > 0) recorder.pledges(each.of, step, standing, each.kept);
  }
}

}  // namespace hansa
