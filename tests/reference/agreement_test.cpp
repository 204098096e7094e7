/// The engine and the slow reference give the same histories on random small worlds.
#include "reference/agreement.hpp"

#include <algorithm>
#include <cstdlib>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "mechanisms/catalogue.hpp"
#include "reference/world_changes.hpp"
#include "support/random_texts.hpp"

namespace hansa::reference {

namespace {

/// HANSA_REFERENCE_WORLDS: how many worlds; HANSA_REFERENCE_FIRST: number of the first.
std::uint64_t from_environment(char const* name, std::uint64_t standard) {
  char const* const text = std::getenv(name);
  return text == nullptr ? standard : std::strtoull(text, nullptr, 10);
}

std::string whole(test::Texts const& texts) {
  std::string all = texts.yaml;
  for (auto const& [name, text] : texts.files) all += fmt::format("--- {}\n{}", name, text);
  return all;
}

/// Every kind of intervention was met under every rule, every kind of number was set, and what presses brought
/// adoptions about.
void check_interventions(Tally const& full, std::uint64_t worlds) {
  std::size_t const rules = 6, kinds_of_acts = 6;
  CHECK(full.acts.size() == rules * kinds_of_acts);
  for (auto const& [kind, times] : full.acts) {
    CAPTURE(kind);
    CHECK(times > static_cast<int>(worlds / 100));
  }
  constexpr std::size_t kinds_of_numbers = 8;
  CHECK(full.numbers.size() == kinds_of_numbers);
  for (auto const& [of, times] : full.numbers) {
    CAPTURE(static_cast<int>(of));
    CHECK(times > static_cast<int>(worlds / 100));
  }
  CHECK(full.intervened.size() == rules);
  for (auto const& [rule, adoptions] : full.intervened) {
    CAPTURE(rule);
    CHECK(adoptions > 0.1 * static_cast<double>(worlds));
  }
}

/// Laws of every kind came into force in every way, under every rule that takes them; a cascade takes mandates.
void check_laws(Tally const& full, std::size_t rules_of_any_kind) {
  std::size_t const triggers = 3, kinds = 3;
  CHECK(full.laws.size() == triggers * (rules_of_any_kind * kinds + 1));
  for (auto const& [kind, countries] : full.laws) {
    CAPTURE(kind);
    CHECK(countries > 0);
  }
  CHECK(full.seeds.excluded > 0);
}

void check_events(Tally const& full, std::uint64_t worlds) {
  CHECK(full.events.size() == 7);
  for (auto const& [kind, events] : full.events) {
    CAPTURE(static_cast<int>(kind));
    CHECK(events > static_cast<std::int64_t>(worlds / 10));
  }
}

/// Adopters left by what they believed and with what they had seen, adapted policies, and took over beliefs.
void check_lessons(Tally const& full, std::uint64_t worlds) {
  CHECK(full.lessons.size() == 7);
  for (auto const& [what, times] : full.lessons) {
    CAPTURE(what);
    CHECK(times > static_cast<std::int64_t>(worlds / 10));
  }
}

/// Budgets, fees, and ties that live.
void check_shared(Tally const& full, std::uint64_t worlds) {
  CHECK(full.purses > static_cast<std::int64_t>(worlds));
  CHECK(full.used > static_cast<std::int64_t>(worlds / 10));
  CHECK(full.begun > static_cast<std::int64_t>(worlds / 2));
  CHECK(full.weakened > static_cast<std::int64_t>(worlds));
  CHECK(full.fees > static_cast<std::int64_t>(worlds / 10));
  CHECK(full.joined > static_cast<std::int64_t>(worlds / 4));
  CHECK(full.pledged > static_cast<std::int64_t>(worlds / 4));
  CHECK(full.kept > static_cast<std::int64_t>(worlds / 20));
}

}  // namespace

TEST_CASE("engine and reference agree event for event on random worlds") {
  std::uint64_t const first = from_environment("HANSA_REFERENCE_FIRST", 1);
  std::uint64_t const worlds = from_environment("HANSA_REFERENCE_WORLDS", 400);
  constexpr int replicates = 3, enough_disagreements = 5;
  Tally full, fast;
  int disagreements = 0;
  for (std::uint64_t number = first; number < first + worlds && disagreements < enough_disagreements; ++number) {
    test::Texts const texts = test::random_texts(number);
    CAPTURE(number);
    std::string difference;
    try {
      auto const question = test::ask(texts, {"output.events=true", "output.ties=true"});
      for (int replicate = 0; replicate < replicates && difference.empty(); ++replicate) {
        difference = disagreement(*question, replicate, Lanes::full, full);
        if (difference.empty()) difference = disagreement(*question, replicate, Lanes::fast, fast);
      }
    } catch (std::exception const& error) {
      difference = error.what();
    }
    if (difference.empty()) continue;
    disagreements += 1;
    FAIL_CHECK("world ", number, ": ", difference, "\n", whole(texts));
  }
  // Something was compared: decided adoptions, and every mechanism had a part under every rule.
  CHECK(full.adoptions > static_cast<std::int64_t>(10 * worlds));
  check_events(full, worlds);
  CHECK(full.beliefs > static_cast<std::int64_t>(50 * worlds));
  CHECK(full.payments > static_cast<std::int64_t>(5 * worlds));
  CHECK(full.subsidies > static_cast<std::int64_t>(worlds / 10));
  CHECK(full.budgets > static_cast<std::int64_t>(worlds / 20));
  check_shared(full, worlds);
  CHECK(full.refused < static_cast<std::int64_t>(worlds / 10 + 1));
  std::size_t const kinds = standard_catalogue().size(), rules_of_any_kind = 5;
  CHECK(full.attributed.size() == rules_of_any_kind * kinds + 2);  // a cascade is exposure and mandates alone
  for (auto const& [kind, adoptions] : full.attributed) {
    CAPTURE(kind);
    CHECK(adoptions > 0.1 * static_cast<double>(worlds));
  }
  check_laws(full, rules_of_any_kind);
  check_lessons(full, worlds);
  check_interventions(full, worlds);
  std::size_t const rules = 6;
  CHECK(full.left.size() == rules);
  for (auto const& [rule, abandonments] : full.left) {
    CAPTURE(rule);
    CHECK(abandonments > static_cast<int>(worlds / 10));
  }
  // Seeds succeeded, failed, and came too late.
  auto const enough = static_cast<std::int32_t>(worlds / 4);
  CHECK(full.seeds.seeded > enough);
  CHECK(full.seeds.failed > enough);
  CHECK(full.seeds.adopters > enough);
  // Single precision errs by about 1e-6 of the pressure: few decisions are so close.
  CHECK(full.mismatches == 0);
  CHECK(fast.mismatches <= 1 + full.adoptions / 20000);
  MESSAGE(worlds, " worlds, ", full.adoptions, " decided adoptions, ", fast.mismatches,
          " near ties in single precision, ", full.refused, " refused pressures");
}

TEST_CASE("interventions make of the world what the reference makes of it, date by date") {
  std::uint64_t const first = from_environment("HANSA_REFERENCE_FIRST", 1);
  std::uint64_t const worlds = 4 * from_environment("HANSA_REFERENCE_WORLDS", 400);
  std::map<std::string, std::size_t> changed;  // by verb
  for (std::uint64_t number = first; number < first + worlds; ++number) {
    test::Texts const texts = test::random_texts(number);
    CAPTURE(number);
    auto const question = test::ask(texts);
    if (!question->given) continue;
    Acted const acted = act_out(question->scenario, *question->given);
    CHECK_MESSAGE(digest(acted.world) == digest(question->world), whole(texts));
    for (InterventionSpec const& each : question->scenario.interventions) {
      changed[each.verb] += question->world.changed_by(each.name);
      auto const chosen = acted.chosen.find(each.name);
      if (chosen != acted.chosen.end()) CHECK(chosen->second == question->world.reached.at(each.name).cities);
    }
  }
  for (std::string const verb : {"join", "leave", "dissolve", "add_ties", "remove_ties"}) {
    CAPTURE(verb);
    CHECK(changed[verb] > worlds / 8);
  }
}

}  // namespace hansa::reference
