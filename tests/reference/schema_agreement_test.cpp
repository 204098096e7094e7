/// Engine and reference give the same histories on questions drawn over the whole schema, and no key is left out.
#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "io/yaml.hpp"
#include "mechanisms/catalogue.hpp"
#include "reference/agreement.hpp"
#include "reference/world_changes.hpp"
#include "support/schema/features.hpp"
#include "support/schema/leaves.hpp"
#include "support/schema/schema_texts.hpp"

namespace hansa::reference {

namespace {

std::uint64_t number_from(char const* name, std::uint64_t standard) {
  char const* const text = std::getenv(name);
  return text == nullptr ? standard : std::strtoull(text, nullptr, 10);
}

std::string all_of(test::Texts const& texts) {
  std::string all = texts.yaml;
  for (auto const& [name, text] : texts.files) all += fmt::format("--- {}\n{}", name, text);
  return all;
}

/// A complaint without the names and numbers of its world.
std::string reason_of(std::string const& problem) {
  std::string reason;
  bool quoted = false;
  for (char const c : problem) {
    bool const digit = c >= '0' && c <= '9';
    if (c == '\'') quoted = !quoted;
    if (!quoted && !digit) reason += c;
  }
  return reason;
}

/// Keys of files with a base, and of what no run depends on: other suites are for them.
bool is_drawn(std::string const& leaf) {
  for (std::string_view const section : {"scenario.sweep", "scenario.calibrate", "scenario.power", "scenario.stats",
                                         "scenario.fit.dyads", "distribution", "statistic", "dyad_covariate"})
    if (leaf.starts_with(section)) return false;
  for (std::string_view const key : {"scenario.base", "scenario.remove"})
    if (leaf == key) return false;
  return true;
}

/// What was refused, what was run, and what was in it.
struct Survey {
  std::vector<Schema const*> kinds = schemas(standard_catalogue());
  std::map<std::string, std::uint64_t> refused = {};  ///< by reason
  std::map<std::string, std::uint64_t> leaves = {};
  std::uint64_t refusals = 0, world_changes = 0;
  test::PairTally pairs{kinds};
  Tally full = {}, fast = {};

  Survey() {
    for (std::string const& leaf : test::all_leaves(kinds))
      if (is_drawn(leaf)) leaves[leaf] = 0;
  }

  /// Asks for all that a history can hold; what is less says the same (`metamorphic`).
  std::unique_ptr<test::Question> ask(test::Texts const& texts) {
    try {
      return test::ask(texts,
                       {"output.histories=true", "output.events=true", "output.ties=true", "output.beliefs=true"});
    } catch (Error const& error) {
      ++refusals;
      for (Complaint const& each : error.complaints()) ++refused[reason_of(each.problem)];
      return nullptr;
    }
  }

  std::string compare(test::Question const& question) {
    constexpr int replicates = 2;
    std::string difference;
    try {
      if (question.given) {
        ++world_changes;
        Acted const acted = act_out(question.scenario, *question.given, question.tables);
        if (digest(acted.world) != digest(question.world)) return "interventions make another world of it";
      }
      for (int replicate = 0; replicate < replicates && difference.empty(); ++replicate) {
        difference = disagreement(question, replicate, Lanes::full, full);
        if (difference.empty()) difference = disagreement(question, replicate, Lanes::fast, fast);
      }
    } catch (std::exception const& error) {
      difference = error.what();
    }
    return difference;
  }

  void count(test::Texts const& texts) {
    Node const scenario = parse_yaml(texts.yaml, "s.yaml").root;
    for (std::string const& leaf : test::leaves_of(scenario, kinds)) ++leaves[leaf];
    pairs.add(scenario);
  }
};

/// Every leaf was run, and every two features together, in a scenario and in one policy.
void check_coverage(Survey const& survey, std::uint64_t worlds) {
  std::uint64_t const enough = worlds / 400;
  std::uint64_t least = worlds;
  test::Leaves leaves;
  for (auto const& [leaf, times] : survey.leaves) {
    CAPTURE(leaf);
    CHECK(times >= enough);
    least = std::min(least, times);
    leaves.insert(leaf);
  }
  std::vector<std::string> const features = test::features_in(leaves);
  for (auto const& [a, b] : survey.pairs.unmet(features)) FAIL_CHECK("never in one scenario: ", a, " and ", b);
  for (auto const& [a, b] : survey.pairs.unmet_in_policies(features))
    FAIL_CHECK("never in one policy: ", a, " and ", b);
  MESSAGE(leaves.size(), " leaves, each in ", least, " questions or more; ", survey.pairs.size(),
          " pairs of features in scenarios, ", survey.pairs.size_in_policies(), " in single policies");
}

}  // namespace

TEST_CASE("engine and reference agree event for event on questions drawn over the whole schema") {
  std::uint64_t const first = number_from("HANSA_REFERENCE_FIRST", 1);
  std::uint64_t const worlds = number_from("HANSA_REFERENCE_WORLDS", 2000);
  constexpr int enough_disagreements = 5;
  Survey survey;
  int disagreements = 0;
  for (std::uint64_t number = first; number < first + worlds && disagreements < enough_disagreements; ++number) {
    test::Texts const texts = test::schema_texts(number);
    auto const question = survey.ask(texts);
    if (!question) continue;
    std::string const difference = survey.compare(*question);
    if (difference.empty())
      survey.count(texts);
    else
      FAIL_CHECK("question ", number, ": ", difference, "\n", all_of(texts));
    disagreements += difference.empty() ? 0 : 1;
  }
  std::string reasons;
  for (auto const& [reason, times] : survey.refused) reasons += fmt::format("\n  {} × {}", times, reason);
  Tally const& full = survey.full;
  MESSAGE(survey.refusals, " of ", worlds, " questions refused:", reasons, "\n", full.refused, " refused pressures, ",
          full.adoptions, " decided adoptions, ", survey.fast.mismatches, " near ties in single precision");
  CHECK(survey.refusals <= worlds / 20);
  CHECK(full.refused <= static_cast<std::int64_t>(worlds / 5));  // of twice as many replicates
  CHECK(full.mismatches == 0);
  CHECK(survey.fast.mismatches <= 1 + full.adoptions / 20000);
  CHECK(full.adoptions > static_cast<std::int64_t>(10 * worlds));
  CHECK(survey.world_changes > worlds / 20);
  CHECK(full.groups > static_cast<std::int64_t>(worlds / 4));
  CHECK(full.covered > static_cast<std::int64_t>(worlds / 4));
  // Fewer than this are asked for by hand.
  constexpr std::uint64_t whole_sample = 2000;
  if (worlds >= whole_sample) check_coverage(survey, worlds);
}

}  // namespace hansa::reference
