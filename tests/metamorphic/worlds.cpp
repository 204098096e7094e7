/// Finds random worlds and compares histories.
#include "worlds.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "io/yaml.hpp"
#include "support/random_texts.hpp"

namespace hansa::metamorphic {

void check_same(test::Question const& base, test::Question const& other, Lanes lanes, Depth depth, std::int64_t count) {
  for (std::int64_t r = 0; r < count; ++r) {
    History const before = test::run_one(base, r, lanes), after = test::run_one(other, r, lanes);
    for (std::size_t p = 0; p < base.scenario.policies.size(); ++p) {
      std::string const& policy = base.scenario.policies[p].name;
      auto const times = test::adoption_times(other, after, policy);
      for (auto const& [city, time] : test::adoption_times(base, before, policy)) {
        CAPTURE(city);
        CHECK(times.at(city) == time);
      }
      if (depth == Depth::everything) {
        CHECK(before.policies[p].adopters == after.policies[p].adopters);
        CHECK(before.policies[p].abandonments == after.policies[p].abandonments);
        CHECK(before.policies[p].adoptions_by_mechanism == after.policies[p].adoptions_by_mechanism);
        CHECK(before.policies[p].spending == after.policies[p].spending);
        CHECK(before.policies[p].subsidies == after.policies[p].subsidies);
      }
    }
  }
}

namespace {

/// False where some pressure goes beyond 80, which the engine refuses.
bool runs(test::Question const& question) {
  try {
    for (std::int64_t r = 0; r < most_replicates; ++r) (void)test::run_one(question, r, Lanes::fast);
    return true;
  } catch (Error const& error) {
    if (error.fault() != Fault::failure) throw;
    return false;
  }
}

}  // namespace

void for_worlds(int count, std::vector<std::string> const& without,
                std::function<void(test::Texts const&, test::Question const&)> const& change) {
  int done = 0;
  for (std::uint64_t number = 20001; done < count; ++number) {
    REQUIRE(number < 60001);
    test::Texts const texts = test::random_texts(number);
    bool const fits = std::none_of(without.begin(), without.end(),
                                   [&](std::string const& word) { return texts.yaml.find(word) != std::string::npos; });
    // What changes in worlds of these changes who joins and who pledges too: members_test has worlds of its own.
    bool const joins =
        texts.yaml.find("recruit: {") != std::string::npos || texts.yaml.find("pledge: {") != std::string::npos;
    if (!fits || joins) continue;
    CAPTURE(number);
    auto const base = test::ask(texts);
    if (!runs(*base)) continue;
    change(texts, *base);
    ++done;
  }
}

std::unique_ptr<test::Question> with_more(test::Texts const& texts, std::string const& items,
                                          std::vector<std::string> const& settings) {
  return test::ask(texts, settings, [&](ScenarioDraft& draft) {
    if (items.empty()) return;
    Node list = parse_yaml("x: [" + items + "]", "acts").root.entries.at(0).value;
    Node* const found = draft.root.find("interventions");
    if (found == nullptr) {
      draft.root.entries.push_back({"interventions", {}, std::move(list)});
    } else {
      for (Node& each : list.items) found->items.push_back(std::move(each));
    }
  });
}

std::vector<std::string> const& all_rules() {
  static std::vector<std::string> const rules{"baseline: -4",
                                              "rule: cloglog, baseline: -4",
                                              "rule: additive, baseline: -4",
                                              "rule: linear, baseline: 0.02",
                                              "rule: threshold, threshold: {normal: [0.5, 0.3]}",
                                              "rule: cascade, adopters: {random: 5}"};
  return rules;
}

test::Texts world_of_rule(std::string const& rule) {
  return {
      "hansa: 1\ntime: {start: 1, end: 20}\nseed: 3\ncities: {generate: 300}\n"
      "networks: {net: {erdos_renyi: {degree: 4}}}\n"
      "policies: {p: {" +
          rule + ", mechanisms: {m: {exposure: {network: net}, strength: 0.4}}}}\n",
      {}};
}

}  // namespace hansa::metamorphic
