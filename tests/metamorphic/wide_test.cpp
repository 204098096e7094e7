/// One large replicate shared by several threads: the same history, whatever their number.
#include <doctest/doctest.h>

#include "support/question.hpp"

using namespace hansa;

namespace {

/// Large enough for a crew to share it; every rule, weighted and plain ties, pools, attributes, learning, abandonment.
constexpr char const* wide = R"(
hansa: 1
time: {start: 1, end: 10}
seed: 11
cities: {generate: 70000, coordinates: square}
networks:
  chance: {erdos_renyi: {degree: 5}}
  weighed: {erdos_renyi: {degree: 4}, weight: {attribute: x}}
policies:
  imitated:
    baseline: -3
    attributes: {y: 0.5}
    frailty: {city: 0.4, period: 0.1}
    abandonment: {hazard: 0.1}
    mechanisms:
      near: {exposure: {network: weighed}, strength: 3}
      all: {exposure: {pool: all}, strength: 1}
  caught:
    rule: additive
    adopters: {random: 3000}
    mechanisms: {contact: {exposure: {network: chance, transmission: 0.2}}}
  resisted:
    rule: threshold
    threshold: {uniform: [0, 4]}
    adopters: {random: 9000}
    abandonment: {logit: {base: -2}}
    mechanisms: {near: {exposure: {network: chance, normalize: count}}}
  tried:
    rule: cascade
    adopters: {random: 2000}
    abandonment: {hazard: 0.3}
    mechanisms: {attempt: {exposure: {network: chance}, strength: 0.4}}
  learned:
    rule: cloglog
    baseline: -4
    merit: {mean: 0.5, spread: 0.2}
    cost: {amount: {attribute: x}, per: step}
    reinvention: {probability: 0.3, gain: 0.5, cost: 0.2}
    abandonment: {logit: {base: -1.5, own_belief: 1}}
    mechanisms: {lessons: {learning: {network: chance, own_precision: 2}, strength: 2}}
  averaged:
    baseline: -4
    merit: {mean: 1, spread: 0.2}
    abandonment: {logit: {base: -2, own_belief: 1}}
    mechanisms: {lessons: {learning: {network: weighed, model: degroot, openness: 0.6, prior: {spread: 1}}, strength: 1}}
interventions:
  - {at: 1, seed: {policy: imitated, cities: {random: 5000}, success: 0.6}}
  - {at: 3, name: c, seed: {policy: caught, success: 0.01}}
  - {at: 4, name: r, seed: {policy: resisted, cities: {top: 9000, by: x}, success: 0.5}}
  - {at: 5, name: t, seed: {policy: tried, cities: {random: 4000}}}
  - {at: 6, name: l, seed: {policy: learned, cities: {random: 3000}, success: 0.9}}
  - {at: 3, until: 6, name: pi, push: {policy: imitated, strength: 0.4, cities: {random: 20000}}}
  - {at: 4, until: 5, name: pc, push: {policy: caught, strength: 0.01}}
  - {at: 2, name: pr, push: {policy: resisted, strength: 0.3, cities: {random: 9000}}}
  - {at: 5, name: pt, push: {policy: tried, strength: 0.05, cities: {random: 9000}}}
  - {at: 4, until: 6, name: mi, mandate: {policy: imitated, compliance: 0.05, cities: {top: 40000, by: x}}}
  - {at: 4, name: mr, mandate: {policy: resisted, compliance: 0.1, cities: {random: 30000}}}
  - {at: 3, until: 5, name: ml, mandate: {policy: learned, compliance: 0.02}}
  - {at: 4, until: 6, name: ci, campaign: {policy: imitated, mechanism: near, factor: 2}}
  - {at: 4, name: ct, campaign: {policy: tried, mechanism: attempt, factor: 1.5, cities: {random: 20000}}}
)";

History run_with(test::Question const& question, std::int64_t replicate, int threads) {
  Replicate runner(question.model, question.world, Lanes::fast, threads);
  Recorder recorder(question.model, question.world, question.plan);
  runner.run(replicate, recorder);
  return recorder.finish();
}

}  // namespace

TEST_CASE("threads that share a replicate do not change it") {
  auto const question = test::ask({wide, {}}, {"output.events=true", "output.beliefs=true"});
  for (std::int64_t const replicate : {0, 5}) {
    History const alone = run_with(*question, replicate, 1);
    for (int const threads : {2, 3, 4}) {
      History const shared = run_with(*question, replicate, threads);
      REQUIRE(shared.seeds == alone.seeds);
      for (std::size_t p = 0; p < alone.policies.size(); ++p) {
        CHECK(alone.policies[p].adopters.back() > alone.policies[p].adopters.front());
        REQUIRE(shared.policies[p].abandonments == alone.policies[p].abandonments);
        REQUIRE(shared.policies[p].adoption_time == alone.policies[p].adoption_time);
        REQUIRE(shared.policies[p].adopters == alone.policies[p].adopters);
        REQUIRE(shared.policies[p].events == alone.policies[p].events);
        REQUIRE(shared.policies[p].spending == alone.policies[p].spending);
        REQUIRE(shared.policies[p].belief_mean == alone.policies[p].belief_mean);
        REQUIRE(shared.policies[p].adoptions_by_mechanism == alone.policies[p].adoptions_by_mechanism);
      }
    }
  }
}

TEST_CASE("an ensemble of large replicates is the same, one thread each or several") {
  auto const question = test::ask({wide, {}}, {"time.end=6"});
  std::vector<History> const alone = test::run_many(*question, 0, 2, 1, Lanes::fast);
  for (int const threads : {2, 4, 7}) {
    std::vector<History> const shared = test::run_many(*question, 0, 2, threads, Lanes::fast);
    REQUIRE(shared.size() == 2);
    for (std::size_t r = 0; r < 2; ++r) {
      for (std::size_t p = 0; p < alone[r].policies.size(); ++p) {
        REQUIRE(shared[r].policies[p].adoption_time == alone[r].policies[p].adoption_time);
      }
    }
  }
}
