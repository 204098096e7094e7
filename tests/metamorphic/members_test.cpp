/// What recruiting and pledges must not change, and what they must.
#include <algorithm>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "changes.hpp"
#include "worlds.hpp"

namespace hansa::metamorphic {

namespace {

/// A world of 300 cities, of which every tenth is in a club, beside which mechanisms see its members; `club`: its
/// properties.
test::Texts world_of_members(std::string const& club, std::string const& policy = "baseline: -3") {
  test::Texts texts;
  texts.yaml = fmt::format(
      "hansa: 1\ntime: {{start: 1, end: 20}}\nseed: 16\ncities: {{file: cities.csv}}\n"
      "networks: {{ties: {{file: net0.csv}}}}\n"
      "collaborations: {{file: clubs.csv, properties: {{club: {{{}}}}}}}\n"
      "policies:\n  p: {{{}, mechanisms: {{belonging: {{membership: {{measure: years}}, strength: 0.02}}, "
      "good: {{collective: {{production: {{power: 1}}}}, strength: 1.5}}, "
      "mates: {{exposure: {{pool: {{collaboration: club}}, half_life: 4}}, strength: 0.5}}, "
      "purchase: {{scale: {{pool: {{collaboration: club}}, progress_ratio: 0.95}}, strength: 0.4}}}}}}\n",
      club, policy);
  texts.files["cities.csv"] = "id,region\n";
  texts.files["clubs.csv"] = "city,collaboration,joined,left\n";
  texts.files["net0.csv"] = "source,target,weight\n";
  for (int k = 0; k < 300; ++k) {
    texts.files["cities.csv"] += fmt::format("c{},{}\n", k, "XYZ"[k % 3]);
    for (int step : {1, 7, 31})
      texts.files["net0.csv"] += fmt::format("c{},c{},{}\n", (k + step) % 300, k, step % 5 + 1);
    if (k % 10 == 0) texts.files["clubs.csv"] += fmt::format("c{},club,{},{}\n", k, k % 7 - 3, k % 4 == 0 ? "15" : "");
  }
  return texts;
}

std::string const recruits = "recruit: {network: ties, hazard: {base: 0.01, share: 0.3}}";
std::string const pledges = "pledge: {policy: p, needs: {share: 0.15}, from: 2, deadline: 18}";

void check_same_club(test::Texts const& one, test::Texts const& other, Depth depth) {
  auto const base = test::ask(one), changed = test::ask(other);
  for (Lanes const lanes : {Lanes::fast, Lanes::full}) check_same(*base, *changed, lanes, depth);
}

}  // namespace

TEST_CASE("a hazard of joining of 0, and a contract that is never kept, change no bit") {
  test::Texts const base = world_of_members("fee: {amount: 3, per: once}");
  check_same_club(
      base, world_of_members("fee: {amount: 3, per: once}, recruit: {network: ties, hazard: {base: 0, share: 0}}"),
      Depth::times);
  check_same_club(base,
                  world_of_members("fee: {amount: 3, per: once}, pledge: {policy: p, needs: {share: 1}, deadline: 2}"),
                  Depth::times);
}

TEST_CASE("fees and budgets are the same bits whether nobody can join, or nobody does") {
  std::string const rest = "baseline: -3, cost: {amount: 5}";
  for (std::string const per : {"once", "step"}) {
    std::string const fee = "fee: {amount: 3, per: " + per + "}";
    test::Texts one = world_of_members(fee, rest),
                other = world_of_members(fee + ", recruit: {network: ties, hazard: {base: 0}}", rest);
    for (test::Texts* each : {&one, &other})
      each->yaml +=
          "resources: {initial: 20, income: 0.3, growth: 0.01}\n"
          "interventions: [{at: 3, until: 5, set: {collaborations.properties.club.fee.amount: 4}}]\n";
    auto const base = test::ask(one), changed = test::ask(other);
    for (std::int64_t r = 0; r < 5; ++r) {
      History const a = test::run_one(*base, r, Lanes::fast), b = test::run_one(*changed, r, Lanes::fast);
      CHECK(a.shared.fees == b.shared.fees);
      CHECK(a.shared.budget == b.shared.budget);
      CHECK(a.policies[0].adoption_time == b.policies[0].adoption_time);
      CHECK(std::ranges::any_of(a.shared.fees, [](double each) { return each > 0; }));
    }
  }
}

TEST_CASE("threads, rows, keys and isolated cities move nobody's membership and no pledge") {
  for (std::string const& club : {recruits, pledges, recruits + ", " + pledges}) {
    CAPTURE(club);
    test::Texts const texts = world_of_members(club);
    auto const base = test::ask(texts), shuffled = test::ask(with_rows_shuffled(texts, 3)),
               reversed = test::ask(texts, {}, [](ScenarioDraft&draft) { reverse_keys(draft); });
    CHECK(digest(base->world) == digest(shuffled->world));
    check_same(*base, *shuffled, Lanes::fast, Depth::everything);
    check_same(*base, *reversed, Lanes::fast, Depth::everything);
    auto const more = test::ask(with_row(texts, "cities.csv", "island,X"));
    auto const alone = test::run_many(*base, 0, 12, 1, Lanes::fast),
               crowd = test::run_many(*base, 0, 12, 4, Lanes::fast);
    bool joined = false, kept = false;
    for (std::size_t r = 0; r < alone.size(); ++r) {
      CHECK(alone[r].policies[0].adoption_time == crowd[r].policies[0].adoption_time);
      CHECK(alone[r].policies[0].adoptions_by_mechanism == crowd[r].policies[0].adoptions_by_mechanism);
      CHECK(alone[r].shared.members == crowd[r].shared.members);
      joined = joined || alone[r].shared.members[19] > alone[r].shared.members[0] + 20;
      for (double const each : alone[r].shared.pledged_adoptions) kept = kept || each > 0;
    }
    CHECK(joined == (club.find("recruit") != std::string::npos));
    CHECK(kept == (club.find("pledge") != std::string::npos));
    if (club != pledges) continue;  // who is alone may join
    for (std::int64_t r = 0; r < 5; ++r) {
      auto const here = test::adoption_times(*base, test::run_one(*base, r, Lanes::fast), "p"),
                 there = test::adoption_times(*more, test::run_one(*more, r, Lanes::fast), "p");
      CHECK(std::ranges::all_of(here, [&](auto const& each) { return there.at(each.first) == each.second; }));
    }
  }
}

TEST_CASE("attention that is set from the first step on is what pledges are held against") {
  auto const texts = [](int attention, std::string const& set) {
    test::Texts made = world_of_members(pledges);
    made.yaml.replace(made.yaml.find("cities: {file: cities.csv"), 25,
                      fmt::format("cities: {{attention: {}, file: cities.csv", attention));
    made.yaml += "  q: {baseline: -30}\n";
    made.yaml += fmt::format("interventions: [{}{{at: 3, name: a, seed: {{policy: q, cities: {{random: 300}}}}}}", set);
    for (int step = 4; step <= 19; ++step) {
      made.yaml.replace(made.yaml.find("  q: "), 5, fmt::format("  q{}: {{baseline: -30}}\n  q: ", step));
      made.yaml += fmt::format(", {{at: {0}, name: a{0}, seed: {{policy: q{0}, cities: {{random: 300}}}}}}", step);
    }
    made.yaml += "]\n";
    return made;
  };
  std::string const set = "{at: 1, name: more, set: {cities.attention: 2}}, ";
  auto const two = test::ask(texts(2, "")), later = test::ask(texts(1, set)), one = test::ask(texts(1, ""));
  double kept = 0, kept_of_one = 0;
  for (std::int64_t r = 0; r < 5; ++r) {
    History const a = test::run_one(*two, r, Lanes::fast), b = test::run_one(*later, r, Lanes::fast),
                  c = test::run_one(*one, r, Lanes::fast);
    for (std::size_t p = 0; p < a.policies.size(); ++p)
      CHECK(a.policies[p].adoption_time == b.policies[p].adoption_time);
    CHECK(a.shared.pledged_adoptions == b.shared.pledged_adoptions);
    for (double const each : a.shared.pledged_adoptions) kept += each;
    for (double const each : c.shared.pledged_adoptions) kept_of_one += each;
  }
  CHECK((kept > 0 && kept_of_one == 0));
}

TEST_CASE("further outputs move nobody, and members of all steps are those of the data where nobody joins") {
  test::Texts const texts = world_of_members(recruits + ", " + pledges);
  auto const base = test::ask(texts), more = test::ask(texts, {"output.events=true", "output.ties=true"});
  for (std::int64_t r = 0; r < 5; ++r) {
    History const a = test::run_one(*base, r, Lanes::fast), b = test::run_one(*more, r, Lanes::fast);
    CHECK(a.policies[0].adoption_time == b.policies[0].adoption_time);
    CHECK(a.shared.members == b.shared.members);
    std::int64_t by_pledge = 0;
    for (LoggedEvent const& each : b.policies[0].events) by_pledge += each.kind == EventKind::pledge ? 1 : 0;
    double kept = 0;
    for (double const each : b.shared.pledged_adoptions) kept += each;
    CHECK(static_cast<double>(by_pledge) == kept);
  }
  auto const dated = test::ask(world_of_members(pledges));
  History const history = test::run_one(*dated, 0, Lanes::fast);
  std::vector<Membership> const& spells = dated->world.collaborations.at(0).members;
  for (std::int32_t t = 1; t <= 20; ++t) {
    auto const count =
        std::ranges::count_if(spells, [t](Membership const& each) { return each.joined <= t && t < each.left; });
    CHECK(history.shared.members[static_cast<std::size_t>(t - 1)] == static_cast<double>(count));
  }
}

TEST_CASE("a larger hazard has the same cities join, and more, and nobody later") {
  auto const joined = [](double base) {
    auto const question =
        test::ask(world_of_members(fmt::format("recruit: {{network: ties, hazard: {{base: {}, share: 0.2}}}}", base)));
    std::vector<double> members;
    for (std::int64_t r = 0; r < 5; ++r) {
      History const history = test::run_one(*question, r, Lanes::fast);
      members.insert(members.end(), history.shared.members.begin(), history.shared.members.end());
    }
    return members;
  };
  std::vector<double> const few = joined(0.005), many = joined(0.02);
  for (std::size_t k = 0; k < few.size(); ++k) CHECK(few[k] <= many[k]);
  CHECK(few != many);
}

}  // namespace hansa::metamorphic
