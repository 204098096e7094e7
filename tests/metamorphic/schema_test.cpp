/// Laws that hold whatever a scenario is made of, on questions drawn over the whole schema: neither threads nor orders
/// nor outputs nor what does nothing nor a city that nobody sees move a bit.
#include <algorithm>
#include <bit>
#include <cstdint>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "changes.hpp"
#include "io/yaml.hpp"
#include "support/schema/schema_texts.hpp"
#include "worlds.hpp"

namespace hansa::metamorphic {

namespace {

constexpr std::int64_t few_replicates = 3;

/// Bit for bit: what is missing equals what is missing.
bool same_row(std::vector<double> const& a, std::vector<double> const& b) {
  return std::ranges::equal(
      a, b, [](double x, double y) { return std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y); });
}

bool same_rows(std::vector<std::vector<double>> const& a, std::vector<std::vector<double>> const& b) {
  return std::ranges::equal(a, b, same_row);
}

/// The first series that differs, or nothing. `what` of either may be missing where it was not asked for.
std::string differing(PolicyHistory const& a, PolicyHistory const& b) {
  auto const asked = [](auto const& x, auto const& y) { return !x.empty() && !y.empty(); };
  if (asked(a.adoption_time, b.adoption_time) && a.adoption_time != b.adoption_time) return "adoption_time";
  if (a.adopters != b.adopters) return "adopters";
  if (asked(a.adopters_by, b.adopters_by) && a.adopters_by != b.adopters_by) return "adopters_by";
  if (!same_row(a.adoptions_by_mechanism, b.adoptions_by_mechanism)) return "adoptions_by_mechanism";
  if (asked(a.adoptions_by_mechanism_by, b.adoptions_by_mechanism_by) &&
      !same_rows(a.adoptions_by_mechanism_by, b.adoptions_by_mechanism_by))
    return "adoptions_by_mechanism_by";
  if (asked(a.abandonments, b.abandonments) && a.abandonments != b.abandonments) return "abandonments";
  if (asked(a.events, b.events) && a.events != b.events) return "events";
  if (asked(a.belief_mean, b.belief_mean) && !same_row(a.belief_mean, b.belief_mean)) return "belief_mean";
  if (asked(a.belief_precision, b.belief_precision) && !same_row(a.belief_precision, b.belief_precision))
    return "belief_precision";
  if (a.belief_period != b.belief_period) return "belief_period";
  if (!same_row(a.population_covered, b.population_covered)) return "population_covered";
  if (!same_row(a.spending, b.spending)) return "spending";
  if (!same_row(a.subsidies, b.subsidies)) return "subsidies";
  return same_row(a.unit_cost, b.unit_cost) ? "" : "unit_cost";
}

std::string differing(SharedHistory const& a, SharedHistory const& b) {
  auto const asked = [](auto const& x, auto const& y) { return !x.empty() && !y.empty(); };
  if (!same_row(a.budget, b.budget)) return "budget";
  if (asked(a.budget_by, b.budget_by) && !same_rows(a.budget_by, b.budget_by)) return "budget_by";
  if (!same_row(a.ties_used, b.ties_used)) return "ties_used";
  if (!same_row(a.fees, b.fees)) return "fees";
  if (asked(a.tie_count, b.tie_count) && !same_row(a.tie_count, b.tie_count)) return "tie_count";
  return asked(a.tie_strength, b.tie_strength) && !same_row(a.tie_strength, b.tie_strength) ? "tie_strength" : "";
}

std::string differing(History const& a, History const& b) {
  if (a.failure != b.failure) return "failure";
  for (std::size_t p = 0; p < a.policies.size(); ++p)
    if (std::string found = differing(a.policies[p], b.policies.at(p)); !found.empty()) return found;
  return differing(a.shared, b.shared);
}

/// Replicates, those included that fail.
std::vector<History> histories(test::Question const& question, Lanes lanes) {
  std::vector<History> found;
  for (std::int64_t r = 0; r < few_replicates; ++r) {
    try {
      found.push_back(test::run_one(question, r, lanes));
    } catch (Error const& error) {
      if (error.fault() != Fault::failure) throw;
      found.emplace_back().failure = error.what();
    }
  }
  return found;
}

void check_all_same(test::Question const& base, test::Question const& other) {
  for (Lanes const lanes : {Lanes::fast, Lanes::full}) {
    std::vector<History> const before = histories(base, lanes), after = histories(other, lanes);
    for (std::size_t r = 0; r < before.size(); ++r) CHECK(differing(before[r], after[r]) == "");
  }
}

/// `change` to `count` questions that are accepted and hold none of the words.
void for_questions(int count, std::uint64_t first, std::vector<std::string> const& without,
                   std::function<void(test::Texts const&, test::Question const&)> const& change) {
  int done = 0;
  for (std::uint64_t number = first; done < count; ++number) {
    REQUIRE(number < first + 2000 * static_cast<std::uint64_t>(count));
    test::Texts const texts = test::schema_texts(number);
    auto const holds = [&](std::string const& word) { return texts.yaml.find(word) != std::string::npos; };
    if (std::ranges::any_of(without, holds)) continue;
    CAPTURE(number);
    std::unique_ptr<test::Question> base;
    try {
      base = test::ask(texts);
    } catch (Error const&) {
      continue;
    }
    change(texts, *base);
    ++done;
  }
}

/// The table of cities with one more, which is like the first but for its id and has neither country nor region.
std::string with_stranger(std::string table, std::string const& id) {
  std::size_t const begin = table.find('\n') + 1, end = table.find('\n', begin);
  std::string row = table.substr(begin, end - begin);
  std::size_t const country = row.find(','), region = row.find(',', country + 1), rest = row.find(',', region + 1);
  return table + id + ",," + row.substr(rest) + "\n";
}

}  // namespace

TEST_CASE("whole schema: shuffled rows and another order of keys change no bit") {
  for_questions(120, 100001, {}, [](test::Texts const& texts, test::Question const& base) {
    auto const other = test::ask(with_rows_shuffled(texts, 7), {}, [](ScenarioDraft& draft) { reverse_keys(draft); });
    CHECK(digest(base.world) == digest(other->world));
    check_all_same(base, *other);
  });
}

TEST_CASE("whole schema: further outputs change no bit of the others") {
  for_questions(120, 200001, {}, [](test::Texts const& texts, test::Question const& base) {
    std::vector<std::string> more{"output.histories=true", "output.beliefs=true", "output.events=true",
                                  "output.ties=true", "output.quantiles=[10, 90]"};
    check_all_same(base, *test::ask(texts, more));
  });
}

TEST_CASE("whole schema: interventions that do nothing change no bit") {
  for_questions(120, 300001, {}, [](test::Texts const& texts, test::Question const& base) {
    PolicySpec const& policy = base.scenario.policies.back();
    std::int32_t const start = base.scenario.clock.start, end = base.scenario.clock.end;
    std::string items = fmt::format("{{at: {}, name: noop-0, push: {{policy: {}, strength: 0}}}}", start, policy.name);
    if (!policy.abandonment)  // adopters do not leave while a mandate lasts
      items += fmt::format(", {{at: {}, name: Noop, mandate: {{policy: {}, compliance: 0}}}}", start, policy.name);
    if (policy.adopters.until.value_or(start - 1) < end)
      items += fmt::format(", {{at: {}, name: zz, seed: {{policy: {}, success: 0}}}}", end, policy.name);
    check_all_same(base, *with_more(texts, items));
  });
}

TEST_CASE("whole schema: the number of threads changes no bit") {
  for_questions(60, 400001, {}, [](test::Texts const&, test::Question const& base) {
    constexpr std::int64_t several = 8;
    std::vector<std::vector<History>> found;
    for (int const threads : {1, 4}) {
      try {
        found.push_back(test::run_many(base, 0, several, threads, Lanes::fast));
      } catch (std::runtime_error const&) {
        found.emplace_back();  // a pressure was refused
      }
    }
    REQUIRE(found[0].size() == found[1].size());
    for (std::size_t r = 0; r < found[0].size(); ++r) CHECK(differing(found[0][r], found[1][r]) == "");
  });
}

TEST_CASE("whole schema: a city that nobody sees changes no other") {
  // What counts all cities, draws or places ties by them, chooses among them or standardises over them sees it.
  std::vector<std::string> const seen{
      "generate:",      "pool: all",       "similar",           "nearest:",      "within:",         "erdos_renyi",
      "watts_strogatz", "barabasi_albert", "stochastic_block",  "configuration", "random:",         "top:",
      "panel:",         "visits",          "standardize: true", "bins:",         "transferability", "subsidy:",
      "add_ties:",      "join:",           "members:",          "coverage",      "same: made"};
  for_questions(40, 500001, seen, [](test::Texts const& texts, test::Question const& base) {
    for (std::string const id : {"aaa", "city10b", "zzz"}) {
      test::Texts more = texts;
      more.files["cities.csv"] = with_stranger(texts.files.at("cities.csv"), id);
      auto const other = test::ask(more);
      CHECK(other->world.cities.size() == base.world.cities.size() + 1);
      std::vector<History> const before = histories(base, Lanes::fast), after = histories(*other, Lanes::fast);
      for (std::size_t r = 0; r < before.size(); ++r) {
        if (!before[r].failure.empty() || !after[r].failure.empty()) continue;
        for (std::size_t p = 0; p < base.scenario.policies.size(); ++p) {
          if (before[r].policies[p].adoption_time.empty()) continue;
          std::string const& policy = base.scenario.policies[p].name;
          auto const times = test::adoption_times(*other, after[r], policy);
          for (auto const& [city, time] : test::adoption_times(base, before[r], policy)) {
            CAPTURE(city);
            CHECK(times.at(city) == time);
          }
        }
      }
    }
  });
}

}  // namespace hansa::metamorphic
