/// Cities that join a collaboration within the run, beside those whom data and interventions have join and leave,
/// against enumerated laws, for every mechanism that sees members.
#include <array>
#include <cmath>
#include <set>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "cases.hpp"

namespace hansa::exact {

namespace {

using Cities = std::set<int>;

/// A collaboration that recruits: the members of the data in each step, who is made to leave in a step, and hazards.
struct Club {
  std::string name;
  std::array<Cities, 4> data;  ///< by label; those of 0 are unused
  double base, share;
  std::string more = {};  ///< interventions
  std::array<Cities, 4> leaves = {};
  std::int32_t dissolved = 9;
};

/// M of a city, given members and adopters of the step before.
struct SeenMembers {
  std::string yaml;  ///< of the mechanism on CLUB
  std::function<double(int city, Cities const& members, Cities const& adopters)> m;
};

std::vector<SeenMembers> mechanisms() {
  auto const others = [](int city, Cities const& members, Cities const& adopters) {
    double count = 0;
    for (int const each : members) count += each != city && adopters.count(each) > 0 ? 1 : 0;
    return count;
  };
  auto const inside = [](int city, Cities const& members) { return members.count(city) > 0; };
  return {{"membership: {collaborations: [CLUB]}",
           [=](int city, Cities const& members, Cities const&) { return inside(city, members) ? 1.0 : 0.0; }},
          {"collective: {production: {power: 1}, collaborations: [CLUB]}",
           [=](int city, Cities const& members, Cities const& adopters) {
             bool const counts = inside(city, members) && members.size() > 1;
             return counts ? others(city, members, adopters) / static_cast<double>(members.size()) : 0.0;
           }},
          {"exposure: {pool: {collaboration: CLUB}}",
           [=](int city, Cities const& members, Cities const& adopters) {
             bool const counts = inside(city, members) && members.size() > 1;
             return counts ? others(city, members, adopters) / static_cast<double>(members.size() - 1) : 0.0;
           }},
          {"exposure: {pool: {collaboration: CLUB}, source_weight: votes, normalize: weight}",
           [=](int city, Cities const& members, Cities const& adopters) {
             double sum = 0;
             for (int const each : members)
               sum += each != city && adopters.count(each) > 0 ? votes[static_cast<std::size_t>(each)] : 0;
             return inside(city, members) ? sum : 0.0;
           }},
          {"log_adopters: {pool: {collaboration: CLUB}}", [=](int city, Cities const& members, Cities const& adopters) {
             return inside(city, members) ? std::log1p(others(city, members, adopters)) : 0.0;
           }}};
}

/// Enumerates who adopts and who joins, step by step: first adoptions, then members in each step.
class JoiningHistories {
 public:
  JoiningHistories(Club const& club, SeenMembers const& seen) : club_(club), seen_(seen) {}

  std::map<test::Outcome, double> run() {
    Course course;
    course.first.fill(never);
    course.first[0] = 0;
    course.members[1] = club_.data[1];
    decide(1, course, 1);
    return std::move(law_);
  }

 private:
  struct Course {
    Times first;
    std::array<Cities, 4> members;
  };

  void decide(std::int32_t t, Course const& course, double chance) {
    if (t > last_label) {
      test::Outcome outcome(course.first.begin(), course.first.end());
      for (std::size_t k = 1; k < 4; ++k) outcome.push_back(static_cast<std::int32_t>(course.members[k].size()));
      law_[outcome] += chance;
      return;
    }
    Cities adopters;
    for (int i = 0; i < cities; ++i)
      if (course.first[static_cast<std::size_t>(i)] != never) adopters.insert(i);
    std::array<double, cities> p{};
    for (int i = 0; i < cities; ++i) {
      double const m = seen_.m(i, course.members[static_cast<std::size_t>(t)], adopters);
      p[static_cast<std::size_t>(i)] = adopters.count(i) > 0 ? 0 : 1 / (1 + std::exp(0.9 - 1.1 * m));
    }
    for_each_set(p, chance, [&](Cities const& who, double part) {
      Course next = course;
      for (int const each : who) next.first[static_cast<std::size_t>(each)] = t;
      join(t, next, part);
    });
  }

  void join(std::int32_t t, Course const& course, double chance) {
    if (t == last_label) return decide(t + 1, course, chance);
    auto const at = static_cast<std::size_t>(t);
    Cities const& now = course.members[at];
    std::array<double, cities> p{};
    for (int i = 0; i < cities; ++i) {
      if (now.count(i) > 0 || club_.dissolved <= t + 1) continue;
      double above = 0, below = 0;
      for (auto const& [source, weight] : sources_of(i)) {
        below += weight;
        above += now.count(source) > 0 ? weight : 0;
      }
      p[static_cast<std::size_t>(i)] = -std::expm1(-(club_.base + (below > 0 ? club_.share * above / below : 0)));
    }
    for_each_set(p, chance, [&](Cities const& who, double part) {
      Course next = course;
      Cities& then = next.members[at + 1];
      then = club_.data[at + 1];
      for (int const each : now) {
        bool const recruited = club_.data[at].count(each) == 0;
        if (recruited && club_.leaves[at + 1].count(each) == 0) then.insert(each);
      }
      for (int const each : who) then.insert(each);
      if (club_.dissolved <= t + 1) then.clear();
      decide(t + 1, next, part);
    });
  }

  template <class Use>
  static void for_each_set(std::array<double, cities> const& p, double chance, Use const& use) {
    for (unsigned who = 0; who < 1u << cities; ++who) {
      double part = chance;
      Cities chosen;
      for (int i = 0; i < cities; ++i) {
        bool const in = (who >> i & 1u) != 0;
        part *= in ? p[static_cast<std::size_t>(i)] : 1 - p[static_cast<std::size_t>(i)];
        if (in) chosen.insert(i);
      }
      if (part > 0) use(chosen, part);
    }
  }

  Club const& club_;
  SeenMembers const& seen_;
  std::map<test::Outcome, double> law_;
};

test::Outcome adoptions_and_members(History const& history) {
  test::Outcome made = history.policies.at(0).adoption_time;
  for (double const each : history.shared.members) made.push_back(static_cast<std::int32_t>(each));
  return made;
}

test::Texts world_recruiting(Club const& club, SeenMembers const& seen) {
  std::string yaml = seen.yaml;
  yaml.replace(yaml.find("CLUB"), 4, club.name);
  test::Texts texts = world_with(
      fmt::format("  p: {{baseline: -0.9, adopters: [a], mechanisms: {{m: {{{}, strength: 1.1}}}}}}\n", yaml));
  std::string const given = "collaborations: {file: clubs.csv}\n";
  std::string const dissolved = club.dissolved < 9 ? fmt::format(", dissolved: {}", club.dissolved) : "";
  texts.yaml.replace(
      texts.yaml.find(given), given.size(),
      fmt::format(
          "collaborations: {{file: clubs.csv, properties: {{{}: {{recruit: {{network: ties, hazard: {{base: {}, "
          "share: {}}}}}{}}}}}}}\n",
          club.name, club.base, club.share, dissolved));
  texts.yaml += club.more;
  return texts;
}

Cities const none;
Cities const a_b{0, 1}, b_only{1}, c_d{2, 3};

}  // namespace

TEST_CASE("who joins within the run has the enumerated law, for every mechanism that sees members") {
  for (SeenMembers const& seen : mechanisms()) {
    for (auto const& [base, share] : {std::pair{0.3, 0.0}, std::pair{0.0, 0.9}, std::pair{0.2, 1.4}}) {
      Club const red{"red", {none, c_d, c_d, c_d}, base, share};
      check_fit(world_recruiting(red, seen), JoiningHistories(red, seen).run(), adoptions_and_members);
      Club const blue{"blue", {none, b_only, b_only, b_only}, base, share};
      check_fit(world_recruiting(blue, seen), JoiningHistories(blue, seen).run(), adoptions_and_members);
    }
  }
}

TEST_CASE("what data and interventions do to members, and dissolution, goes on beside it") {
  for (SeenMembers const& seen : mechanisms()) {
    // green: a and d always, b from 2 by the data, c up to 2; nobody else is left to join before the end.
    Club green{"green", {none, {0, 2, 3}, {0, 1, 2, 3}, {0, 1, 3}}, 0.5, 0.5};
    check_fit(world_recruiting(green, seen), JoiningHistories(green, seen).run(), adoptions_and_members);
    Club left{"red", {none, c_d, c_d, {3}}, 0.4, 0.8};
    left.more = "interventions: [{at: 3, leave: {collaboration: red, cities: [b, c]}}]\n";
    left.leaves[3] = {1, 2};
    check_fit(world_recruiting(left, seen), JoiningHistories(left, seen).run(), adoptions_and_members);
    Club joined{"blue", {none, b_only, a_b, a_b}, 0.4, 0.8};
    joined.more = "interventions: [{at: 2, join: {collaboration: blue, cities: [a]}}]\n";
    check_fit(world_recruiting(joined, seen), JoiningHistories(joined, seen).run(), adoptions_and_members);
    Club over{"red", {none, c_d, c_d, none}, 0.4, 0.8};
    over.dissolved = 3;
    check_fit(world_recruiting(over, seen), JoiningHistories(over, seen).run(), adoptions_and_members);
  }
}

}  // namespace hansa::exact
