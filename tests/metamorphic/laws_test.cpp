/// What national laws must not change, and what they must.
#include <algorithm>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "changes.hpp"
#include "worlds.hpp"

namespace hansa::metamorphic {

namespace {

/// A world of 300 cities in three countries, with laws beside the mechanism `m` of p.
test::Texts world_of_laws(std::string const& rule, std::string const& laws) {
  test::Texts texts = world_of_rule(rule);
  std::string const generated = "generate: 300";
  texts.yaml.replace(texts.yaml.find(generated), generated.size(), "file: cities.csv");
  std::string& cities = texts.files["cities.csv"] = "id,country\n";
  for (std::size_t k = 0; k < 300; ++k) cities += fmt::format("c{},{}\n", k, "XYZ"[k % 3]);
  std::size_t const m = texts.yaml.find("m: {exposure");
  REQUIRE(m != std::string::npos);
  texts.yaml.insert(m, laws);
  return texts;
}

std::vector<std::string> rules_but_cascade() {
  std::vector<std::string> rules = all_rules();
  std::erase_if(rules, [](std::string const& rule) { return rule.find("cascade") != std::string::npos; });
  return rules;
}

}  // namespace

TEST_CASE("laws that are never in force, press by nothing or bind to nothing change no bit") {
  for (std::string const& rule : rules_but_cascade()) {
    CAPTURE(rule);
    auto const base = test::ask(world_of_laws(rule, ""));
    for (std::string const law : {"law: {national: {kind: enabling, enact: {share: 0}}, strength: 0}, ",
                                  "law: {national: {kind: mandate, enact: {share: 0}, compliance: 0}}, ",
                                  "law: {national: {kind: mandate, enact: {hazard: {base: 0, share: 0}}}}, ",
                                  "law: {national: {kind: preempt, enact: {share: 0}, delay: 30}}, "}) {
      CAPTURE(law);
      auto const other = test::ask(world_of_laws(rule, law));
      for (Lanes const lanes : {Lanes::fast, Lanes::full}) check_same(*base, *other, lanes, Depth::times);
    }
  }
}

TEST_CASE("a mandate by law on a country is that of an intervention on its cities") {
  for (std::string const& rule : all_rules()) {
    if (rule.find("threshold") != std::string::npos) continue;  // whose draws go by the names of mandates
    CAPTURE(rule);
    test::Texts by_law =
        world_of_laws(rule, "law: {national: {kind: mandate, enact: {file: laws.csv}, compliance: 0.3}}, ");
    by_law.files["laws.csv"] = "country,policy,from\nX,p,4\nY,p,9\n";
    auto const base = test::ask(by_law);
    auto const other =
        with_more(world_of_laws(rule, ""),
                  "{at: 4, name: x, mandate: {policy: p, compliance: 0.3, cities: {where: {country: X}}}}, "
                  "{at: 9, name: y, mandate: {policy: p, compliance: 0.3, cities: {where: {country: Y}}}}");
    for (Lanes const lanes : {Lanes::fast, Lanes::full}) check_same(*base, *other, lanes, Depth::times);
  }
}

TEST_CASE("a law that all governments have from the first step on is pressure on everybody") {
  for (std::string const& rule : rules_but_cascade()) {
    CAPTURE(rule);
    auto const base =
        test::ask(world_of_laws(rule, "law: {national: {kind: enabling, enact: {share: 0}}, strength: 0.25}, "));
    auto const other = with_more(world_of_laws(rule, ""), "{at: 1, push: {policy: p, strength: 0.25}}");
    check_same(*base, *other, Lanes::full, Depth::times);
  }
}

TEST_CASE("in a pre-empted country adopters stay and nobody adopts any more, and seeds are refused") {
  for (std::string const& rule : rules_but_cascade()) {
    CAPTURE(rule);
    test::Texts texts = world_of_laws(rule, "ban: {national: {kind: preempt, enact: {file: laws.csv}}}, ");
    texts.files["laws.csv"] = "country,policy,from\nX,p,8\n";
    auto const base = test::ask(world_of_laws(rule, ""));
    auto const other = with_more(texts, "{at: 8, name: s, seed: {policy: p}}");
    TextColumn const& country = *other->world.cities.text("country");
    for (std::int64_t r = 0; r < 5; ++r) {
      History const a = test::run_one(*base, r, Lanes::fast), b = test::run_one(*other, r, Lanes::fast);
      std::int32_t barred = 0;
      for (std::size_t i = 0; i < 300; ++i) {
        std::int32_t const free = a.policies[0].adoption_time[i];
        bool const early = free != never && free < 8;
        CHECK(b.policies[0].adoption_time[i] == (early ? free : country.code[i] == 0 ? never : 8));
        barred += !early && country.code[i] == 0;
      }
      CHECK(b.seeds.at(0).excluded == barred);
      CHECK(barred > 0);
    }
  }
}

TEST_CASE("threads, rows and further countries move nobody's laws") {
  std::string const laws =
      "ban: {national: {kind: preempt, enact: {hazard: {base: 0.002, share: 0}}}}, "
      "law: {national: {kind: enabling, enact: {hazard: {base: 0.01, share: 0.3}}, delay: {attribute: slow}}, "
      "strength: "
      "0.3}, must: {national: {kind: mandate, enact: {share: {attribute: need}}, compliance: 0.2}}, ";
  for (std::string const& rule : rules_but_cascade()) {
    CAPTURE(rule);
    test::Texts texts = world_of_laws(rule, laws);
    texts.files["countries.csv"] = "country,need,slow\nX,0.4,1\nY,0.5,0\nZ,0.6,3\n";
    texts.yaml.insert(texts.yaml.find("policies:"), "countries: {file: countries.csv}\n");
    auto const base = test::ask(texts), shuffled = test::ask(with_rows_shuffled(texts, 3));
    CHECK(digest(base->world) == digest(shuffled->world));
    check_same(*base, *shuffled, Lanes::fast, Depth::everything);
    auto const more = test::ask(with_row(texts, "countries.csv", "W,0.1,0"));
    check_same(*base, *more, Lanes::fast, Depth::everything);
    auto const alone = test::run_many(*base, 0, 12, 1, Lanes::fast),
               crowd = test::run_many(*base, 0, 12, 4, Lanes::fast);
    std::int64_t by_law = 0;
    for (std::size_t r = 0; r < alone.size(); ++r) {
      CHECK(alone[r].policies[0].adoption_time == crowd[r].policies[0].adoption_time);
      CHECK(alone[r].policies[0].adoptions_by_mechanism == crowd[r].policies[0].adoptions_by_mechanism);
      for (double const each : alone[r].policies[0].adoptions_by_mechanism) by_law += each > 0;
    }
    CHECK(by_law > 0);
  }
}

}  // namespace hansa::metamorphic
