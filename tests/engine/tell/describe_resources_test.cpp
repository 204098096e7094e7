/// Tests of tell/describe_resources, and of what is said of ties that live.
#include <map>

#include "asked.hpp"
#include "support/says.hpp"
#include "tell/describe.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

std::string page_about(Asked const& question) {
  static std::map<std::string, std::string> const digests = {{"folder/asked.yaml", "00ff"}};
  auto const known = schemas(standard_catalogue());
  return description({question.draft.root, *question.scenario, *question.world, question.model, known, digests});
}

}  // namespace

TEST_CASE("budgets are described with their formula, and what becomes of who cannot pay") {
  std::string const text = page_about(asked_about(
      "{led: {baseline: -5, cost: {amount: 3}}, bus: {baseline: -5, cost: {amount: 2}, when_unaffordable: queue}}",
      "collaborations: {properties: {club: {members: all, fee: {amount: 7}}}}\n"
      "resources: {initial: {attribute: x}, income: 2, growth: 0.5, returns: {network: near, per_tie: 4}}\n"));
  CHECK(says(text, "B_i(t) = 1.5 B_i(t - 1) + 2 + 4 u_i(t) - c_i(t) - f_i(t)\nB_i(0) = x_i\n"));
  CHECK(says(text, "u_i(t) is the number of ties of the network `near`"));
  CHECK(says(text, "**Fees.** members of `club` pay 7 in every step as a member."));
  CHECK(says(text, "does not reach that is not at risk: its resistance is not consumed."));
  CHECK(says(text, "decides all the same, and adopts in the first year in which it can pay."));
  CHECK(says(text, "**Budgets.** What the step cost is paid"));
  std::string const without = page_about(asked_about("{led: {baseline: -5, cost: {amount: 3}}}"));
  CHECK(says(without, "Nobody is too poor to adopt: there are no budgets."));
  CHECK_FALSE(says(without, "B_i(t)"));
}

TEST_CASE("ties that live are described with what they lose, gain and begin by") {
  auto const about = [](std::string const& dynamics) {
    return page_about(
        asked("hansa: 1\ntime: {start: 2000, end: 2009}\ncities: {generate: 30, coordinates: globe}\n"
              "networks: {near: {nearest: {k: 4}, dynamics: " +
              dynamics + "}}\npolicies: {led: {baseline: -5}}\n"));
  };
  std::string const text = about(
      "{decay: 0.25, reinforce: 0.5, floor: 0.1, visits: {rate: 0.2, closure: 0.3, prestige: 2, decay_km: 500, "
      "reciprocal: 0.5}}");
  CHECK(says(text, "s falls to 0.75 s; where the target adopts n policies in t"));
  CHECK(says(text, "1 - (1 - s) 0.5^n. A tie with s below 0.1 is gone for good."));
  CHECK(says(text, "visits another with probability 1 - exp(-0.2)"));
  CHECK(says(text,
             "(Jackson & Rogers 2007); else it goes to a city drawn by (1 + policies adopted)^2 and reached with "
             "chance exp(-distance / 500 km), in 32 tries at most."));
  CHECK(says(text, "With chance 0.5 the city that is visited observes the visitor too."));
  CHECK(says(text, "Meeting strangers and friends of friends"));
  CHECK_FALSE(says(about("{decay: 0.25}"), "visits another"));
  CHECK(says(text, "**Ties.** Those with dynamics lose strength"));
  CHECK(says(text, "update mechanisms; update ties; record"));
  std::string const seen = page_about(
      asked("hansa: 1\ntime: {start: 2000, end: 2009}\ncities: {generate: 30, coordinates: square}\n"
            "networks: {near: {nearest: {k: 4, on: [x, y]}, dynamics: {decay: 0.1}}}\n"
            "policies: {led: {baseline: -5, mechanisms: {m: {exposure: {network: near}}}}, bus: {baseline: -5}}\n"));
  CHECK(says(seen, "above, A_j counts by the strength s_ij of the tie as well"));
  CHECK(says(seen, "It is computed from the history of adoptions and given data, and could be estimated"));
  std::string const visited =
      page_about(asked("hansa: 1\ntime: {start: 2000, end: 2009}\ncities: {generate: 30, coordinates: square}\n"
                       "networks: {near: {nearest: {k: 4, on: [x, y]}, dynamics: {visits: {rate: 0.1}}}}\n"
                       "policies: {led: {baseline: -5, mechanisms: {m: {exposure: {network: near}}}}}\n"));
  CHECK(says(visited, "It depends on ties that visits begin by chance, and could not be estimated"));
  CHECK(says(seen, "Policies meet in a city: ties that one uses are there for another."));
}
