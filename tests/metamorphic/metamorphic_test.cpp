/// What must not change an answer does not: other orders of rows and keys, isolated cities, idle mechanisms and
/// policies, outputs, settings that say the same, threads and the company of other replicates.
#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <optional>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "changes.hpp"
#include "scenario/laws.hpp"
#include "support/random_texts.hpp"
#include "worlds.hpp"

namespace hansa::metamorphic {

TEST_CASE("shuffled rows of every file change nothing") {
  for_worlds(40, {}, [](test::Texts const& texts, test::Question const& base) {
    auto const other = test::ask(with_rows_shuffled(texts, 5));
    CHECK(digest(base.world) == digest(other->world));
    check_same(base, *other, Lanes::fast, Depth::everything);
  });
}

TEST_CASE("the order of keys in the scenario changes nothing") {
  for_worlds(40, {}, [](test::Texts const& texts, test::Question const& base) {
    auto const other = test::ask(texts, {}, [](ScenarioDraft& draft) { reverse_keys(draft); });
    CHECK(digest(base.world) == digest(other->world));
    check_same(base, *other, Lanes::fast, Depth::everything);
  });
}

TEST_CASE("an isolated city changes no other city") {
  // Pools of all and of its class count it, standardised columns see it, it may be the first to adopt, and ties drawn
  // by number are drawn anew.
  for_worlds(40,
             {"pool: all", "same: class", "similar", "erdos_renyi", "watts_strogatz", "barabasi_albert",
              "stochastic_block", "within", "random:", "top:", "panel:", "transferability", "visits:", "log_time"},
             [](test::Texts const& texts, test::Question const& base) {
               for (std::string const id : {"aaa", "city10b", "zzz"}) {
                 auto const other = test::ask(with_row(texts, "cities.csv", id + ",,,0.5,3,1.5,0.5,,,0.5"));
                 CHECK(other->world.cities.size() == base.world.cities.size() + 1);
                 check_same(base, *other, Lanes::fast, Depth::times);
               }
             });
}

TEST_CASE("a further city moves no random tie between the others") {
  std::string const yaml =
      "hansa: 1\ntime: {start: 1, end: 5}\ncities: {file: cities.csv}\n"
      "networks: {chance: {erdos_renyi: {probability: 0.3}}}\npolicies: {p: {baseline: -1}}\n";
  std::string rows = "id\n";
  for (int i = 0; i < 30; ++i) rows += fmt::format("city{}\n", i);
  auto ties = [](test::Question const& question) {
    std::map<std::pair<std::string, std::string>, int> found;
    NetworkLayer const& layer = question.world.networks.at(0);
    auto const& id = question.world.cities.id;
    for (Index source = 0; source < question.world.cities.size(); ++source) {
      for (std::uint32_t k = layer.first[source]; k < layer.first[source + 1]; ++k) {
        if (id[source] != "city10b" && id[layer.target[k]] != "city10b") ++found[{id[source], id[layer.target[k]]}];
      }
    }
    return found;
  };
  auto const base = test::ask({yaml, {{"cities.csv", rows}}});
  auto const other = test::ask({yaml, {{"cities.csv", rows + "city10b\n"}}});
  CHECK(ties(*base).size() > 100);
  CHECK(ties(*base) == ties(*other));
}

TEST_CASE("a mechanism of strength 0 is none") {
  for_worlds(40, {}, [](test::Texts const& texts, test::Question const& base) {
    for (std::string const idle : {"{exposure: {network: net0}, strength: 0}", "{exposure: {pool: all}, strength: 0}",
                                   "{scale: {pool: all, progress_ratio: 0.8}, strength: 0}"}) {
      // A shared cost stands alone, and another cost curve changes the price that budgets and subsidies pay.
      bool const priced = std::ranges::any_of(std::array{"shared:", "subsidy:", "resources:"}, [&](char const* word) {
        return texts.yaml.find(word) != std::string::npos;
      });
      if (idle.starts_with("{scale") && priced) continue;
      for (std::string const name : {"AAA", "zzz"}) {
        CAPTURE(idle);
        CAPTURE(name);
        auto const other = test::ask(texts, {}, [&](ScenarioDraft& draft) { add_mechanism(draft, name, idle); });
        check_same(base, *other, Lanes::fast, Depth::times);
        check_same(base, *other, Lanes::full, Depth::times);
      }
    }
  });
}

TEST_CASE("doubled weights change no share") {
  for_worlds(40, {"normalize: weight", "rule: cascade", "transmission", "learning:", "add_ties", "visits:"},
             [](test::Texts const& texts, test::Question const& base) {
               check_same(base, *test::ask(with_weights_doubled(texts)), Lanes::fast, Depth::everything);
             });
}

TEST_CASE("further outputs change nothing") {
  for_worlds(20, {}, [](test::Texts const& texts, test::Question const& base) {
    auto const more = test::ask(texts, {"output.by=[region, country]", "output.quantiles=[10, 90]"});
    check_same(base, *more, Lanes::fast, Depth::everything);
    auto const less = test::ask(texts, {"output.histories=false"});
    for (std::int64_t r = 0; r < replicates; ++r) {
      History const before = test::run_one(base, r, Lanes::fast), after = test::run_one(*less, r, Lanes::fast);
      for (std::size_t p = 0; p < before.policies.size(); ++p) {
        CHECK(before.policies[p].adopters == after.policies[p].adopters);
      }
    }
  });
}

TEST_CASE(
    "a policy that nothing refers to changes no other, but for the attention that it takes and the ties it uses") {
  for_worlds(20, {}, [](test::Texts const& texts, test::Question const& base) {
    if (base.scenario.cities.attention || (base.scenario.resources && base.scenario.resources->returns)) return;
    for (std::string const name : {"aside", "zone"}) {
      test::Texts more = texts;
      std::string const heading = "\npolicies:\n";
      more.yaml.insert(more.yaml.find(heading) + heading.size(),
                       fmt::format("  {}: {{baseline: -2, adopters: {{random: 1}}, mechanisms: {{m: {{exposure: "
                                   "{{network: net0}}}}}}}}\n",
                                   name));
      check_same(base, *test::ask(more), Lanes::fast, Depth::times);
    }
  });
}

TEST_CASE("setting what already holds changes nothing") {
  for_worlds(20, {}, [](test::Texts const& texts, test::Question const& base) {
    std::vector<std::string> settings{fmt::format("seed={}", base.scenario.seed)};
    for (PolicySpec const& policy : base.scenario.policies) {
      if (policy.baseline) {
        settings.push_back(fmt::format("policies.{}.baseline={}", policy.name, *policy.baseline));
      }
      for (MechanismSpec const& each : policy.mechanisms) {
        if (is_law(each)) continue;
        settings.push_back(fmt::format("policies.{}.mechanisms.{}.strength={}", policy.name, each.name, each.strength));
      }
    }
    check_same(base, *test::ask(texts, settings), Lanes::fast, Depth::everything);
  });
}

TEST_CASE("a panel that repeats what holds changes nothing") {
  for_worlds(20, {"panel:"}, [](test::Texts const& texts, test::Question const& base) {
    test::Texts more = texts;
    more.yaml.insert(more.yaml.find("  file: cities.csv"), "  panel: panel.csv\n");
    std::string panel = "time,size,region,city\n";
    Cities const& cities = base.world.cities;
    for (Index i = 0; i < cities.size(); i += 2) {
      std::int32_t const region = cities.text("region")->code[i];
      std::string const name = region < 0 ? "" : cities.text("region")->labels[static_cast<std::size_t>(region)];
      for (std::int32_t const year : {-1, 0, 2, 3}) {
        panel += fmt::format("{},{},{},{}\n", base.scenario.clock.start + year, (*cities.number("size"))[i], name,
                             cities.id[i]);
      }
    }
    more.files["panel.csv"] = panel;
    auto const other = test::ask(more);
    CHECK(digest(base.world) == digest(other->world));
    check_same(base, *other, Lanes::fast, Depth::everything);
  });
}

namespace {

/// Every policy depends on nothing but wealth: 0 from the start on, 1 from the label `late` on.
std::unique_ptr<test::Question> ask_of_wealth(test::Texts texts, test::Question const& base,
                                              std::optional<std::int32_t> late) {
  texts.yaml.insert(texts.yaml.find("  file: cities.csv"), "  panel: panel.csv\n");
  std::string& panel = texts.files["panel.csv"] = "city,year,wealth\n";
  for (std::string const& id : base.world.cities.id) {
    panel += fmt::format("{},{},0\n", id, base.scenario.clock.start);
    if (late) panel += fmt::format("{},{},1\n", id, *late);
  }
  std::vector<std::string> settings;
  for (PolicySpec const& policy : base.scenario.policies) {
    settings.push_back(fmt::format("policies.{}.attributes={{wealth: 3}}", policy.name));
  }
  return test::ask(texts, settings);
}

}  // namespace

TEST_CASE("what a panel changes, changes histories, and only from then on") {
  int changed = 0;
  for_worlds(20, {"panel:", "rule: additive", "rule: linear", "rule: cascade", " set: {"},
             [&](test::Texts const& texts, test::Question const& base) {
               Clock const& clock = base.scenario.clock;
               std::int32_t const steps = (clock.steps() + 1) / 2;
               auto const poor = ask_of_wealth(texts, base, {});
               auto const rich = ask_of_wealth(texts, base, clock.start + steps);
               for (std::int64_t r = 0; r < replicates; ++r) {
                 History const before = test::run_one(*poor, r, Lanes::fast);
                 History const after = test::run_one(*rich, r, Lanes::fast);
                 for (std::size_t p = 0; p < base.scenario.policies.size(); ++p) {
                   std::vector<std::int32_t> const& a = before.policies[p].adopters;
                   std::vector<std::int32_t> const& b = after.policies[p].adopters;
                   CHECK(std::equal(a.begin(), a.begin() + steps, b.begin()));
                   changed += a != b;
                 }
               }
             });
  CHECK(changed > 20);
}

TEST_CASE("another seed does change something") {
  int different = 0;
  for_worlds(20, {}, [&](test::Texts const& texts, test::Question const& base) {
    auto const other = test::ask(texts, {"seed=987654321"});
    History const before = test::run_one(base, 0, Lanes::fast), after = test::run_one(*other, 0, Lanes::fast);
    for (std::size_t p = 0; p < before.policies.size(); ++p) {
      different += before.policies[p].adoption_time != after.policies[p].adoption_time;
    }
  });
  CHECK(different > 10);
}

namespace {

/// In worlds in which nobody is there any more the mean cost is missing.
bool same_costs(PolicyHistory const& x, PolicyHistory const& y) {
  auto const equal = [](double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); };
  return x.spending == y.spending && x.subsidies == y.subsidies && std::ranges::equal(x.unit_cost, y.unit_cost, equal);
}

bool same(History const& a, History const& b) {
  if (a.replicate != b.replicate || a.policies.size() != b.policies.size() || a.subsidies != b.subsidies) return false;
  for (std::size_t p = 0; p < a.policies.size(); ++p) {
    PolicyHistory const &x = a.policies[p], &y = b.policies[p];
    if (x.adoption_time != y.adoption_time || x.adopters != y.adopters || x.adopters_by != y.adopters_by ||
        x.adoptions_by_mechanism != y.adoptions_by_mechanism || x.population_covered != y.population_covered ||
        !same_costs(x, y)) {
      return false;
    }
  }
  return true;
}

}  // namespace

TEST_CASE("the number of threads changes nothing") {
  for_worlds(10, {}, [](test::Texts const&, test::Question const& base) {
    std::vector<History> const one = test::run_many(base, 0, most_replicates, 1, Lanes::fast);
    REQUIRE(one.size() == most_replicates);
    for (int threads : {2, 4, 7}) {
      std::vector<History> const several = test::run_many(base, 0, most_replicates, threads, Lanes::fast);
      REQUIRE(several.size() == one.size());
      for (std::size_t r = 0; r < one.size(); ++r) CHECK(same(one[r], several[r]));
    }
  });
}

TEST_CASE("a replicate alone equals the same one among many") {
  for_worlds(10, {}, [](test::Texts const&, test::Question const& base) {
    std::vector<History> const many = test::run_many(base, 0, 12, 2, Lanes::fast);
    for (std::int64_t r : {0, 5, 11}) {
      CHECK(same(many[static_cast<std::size_t>(r)], test::run_many(base, r, 1, 1, Lanes::fast).front()));
      CHECK(same(many[static_cast<std::size_t>(r)], test::run_one(base, r, Lanes::fast)));
    }
  });
}

}  // namespace hansa::metamorphic
