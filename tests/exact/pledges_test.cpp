/// Pledges of members to adopt together, against enumerated laws: who is enough, when, and who defaults.
#include <array>
#include <cmath>
#include <set>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "cases.hpp"

namespace hansa::exact {

namespace {

using Cities = std::set<int>;

/// green: a and d always, b from 2, c up to 2.
std::array<Cities, 5> const members{Cities{}, {0, 2, 3}, {0, 1, 2, 3}, {0, 1, 3}, {0, 1, 3}};

struct Contract {
  std::string yaml;  ///< but for the policy
  std::function<bool(std::size_t pledges, std::size_t members)> enough;
  std::int32_t from = first_label, deadline = last_label;
};

std::vector<Contract> contracts() {
  auto const at_least = [](std::size_t n) { return [n](std::size_t pledges, std::size_t) { return pledges >= n; }; };
  auto const share = [](double s) {
    return [s](std::size_t pledges, std::size_t all) {
      return pledges > 0 && static_cast<double>(pledges) >= s * static_cast<double>(all) - 1e-9;
    };
  };
  return {{"needs: 1", at_least(1)},
          {"needs: 2", at_least(2)},
          {"needs: 3", at_least(3)},
          {"needs: {share: 0.5}", share(0.5)},
          {"needs: {share: 0.6}", share(0.6)},
          {"needs: {share: 1}", share(1)},
          {"needs: 2, deadline: 1", at_least(2), 1, 1},
          {"needs: 1, from: 2, deadline: 2", at_least(1), 2, 2}};
}

/// A rule with its hazard at a share of adopters; YAML without the mechanism.
struct PledgeRule {
  std::string yaml;
  std::function<double(double share)> hazard;
};

std::vector<PledgeRule> pledge_rules() {
  return {
      {"baseline: -1.2", [](double s) { return std::log1p(std::exp(-1.2 + 1.5 * s)); }},
      {"rule: cloglog, baseline: -1.5", [](double s) { return std::exp(-1.5 + 1.5 * s); }},
      {"rule: additive, baseline: -2", [](double s) { return std::exp(-2.0) + 1.5 * s; }},
      {"rule: linear, baseline: 0.1", [](double s) { return 0.1 + 1.5 * s < 1 ? -std::log1p(-0.1 - 1.5 * s) : 64; }}};
}

/// Enumerates adoptions and pledges: first adoptions, then pledges kept in each step.
class PledgeHistories {
 public:
  /// `poor`: who decides, but can never pay.
  PledgeHistories(PledgeRule const& rule, Contract const& contract, Cities poor = {})
      : rule_(rule), contract_(contract), poor_(std::move(poor)) {}

  std::map<test::Outcome, double> run() {
    Course course;
    course.first.fill(never);
    decide(1, course, 1);
    return std::move(law_);
  }

 private:
  struct Course {
    Times first;
    Cities pledged;
    bool over = false;
    std::array<std::int32_t, 4> kept{};
  };

  void decide(std::int32_t t, Course course, double chance) {
    if (t > last_label) {
      test::Outcome outcome(course.first.begin(), course.first.end());
      outcome.insert(outcome.end(), course.kept.begin() + 1, course.kept.end());
      law_[outcome] += chance;
      return;
    }
    auto const at = static_cast<std::size_t>(t);
    auto const adopted = [&](Course const& of, int i) { return of.first[static_cast<std::size_t>(i)] != never; };
    std::array<double, cities> own{};
    for (int i = 0; i < cities; ++i) {
      double others = 0;
      for (int const each : members[at]) others += each != i && adopted(course, each) ? 1 : 0;
      bool const inside = members[at].count(i) > 0;
      double const s = inside ? others / static_cast<double>(members[at].size()) : 0;
      if (!adopted(course, i) && poor_.count(i) == 0) own[static_cast<std::size_t>(i)] = -std::expm1(-rule_.hazard(s));
    }
    keep(t, course, own);
    bool const open = !course.over && contract_.from <= t && t <= contract_.deadline;
    for (unsigned who = 0; who < 1u << cities; ++who) {
      Course next = course;
      double part = chance;
      for (int i = 0; i < cities; ++i) {
        bool const in = (who >> i & 1u) != 0;
        part *= in ? own[static_cast<std::size_t>(i)] : 1 - own[static_cast<std::size_t>(i)];
        if (in && next.first[static_cast<std::size_t>(i)] == never) next.first[static_cast<std::size_t>(i)] = t;
      }
      if (!(part > 0)) continue;
      std::array<double, cities> pledges{};
      for (int const i : members[at])
        if (open && !adopted(next, i) && next.pledged.count(i) == 0)
          pledges[static_cast<std::size_t>(i)] = -std::expm1(-rule_.hazard(1));
      pledge(t, next, part, pledges);
    }
  }

  /// Those who can adopt by their pledges at the beginning of `t`.
  void keep(std::int32_t t, Course& course, std::array<double, cities>& own) const {
    if (course.over) return;
    Cities able;
    for (int const i : course.pledged)
      if (poor_.count(i) == 0) able.insert(i);
    if (contract_.enough(able.size(), members[static_cast<std::size_t>(t)].size())) {
      for (int const i : able) course.first[static_cast<std::size_t>(i)] = t, own[static_cast<std::size_t>(i)] = 0;
      course.kept[static_cast<std::size_t>(t)] = static_cast<std::int32_t>(able.size());
      course.over = true;
    }
    course.over = course.over || t > contract_.deadline;
    if (course.over) course.pledged.clear();
  }

  void pledge(std::int32_t t, Course const& course, double chance, std::array<double, cities> const& p) {
    for (unsigned who = 0; who < 1u << cities; ++who) {
      Course next = course;
      double part = chance;
      for (int i = 0; i < cities; ++i) {
        bool const in = (who >> i & 1u) != 0;
        part *= in ? p[static_cast<std::size_t>(i)] : 1 - p[static_cast<std::size_t>(i)];
        if (in) next.pledged.insert(i);
      }
      if (!(part > 0)) continue;
      std::erase_if(next.pledged, [&](int i) {
        bool const adopted = next.first[static_cast<std::size_t>(i)] != never;
        return adopted || members[static_cast<std::size_t>(t) + 1].count(i) == 0;
      });
      decide(t + 1, next, part);
    }
  }

  PledgeRule const& rule_;
  Contract const& contract_;
  Cities poor_;
  std::map<test::Outcome, double> law_;
};

test::Outcome adoptions_and_kept(History const& history) {
  test::Outcome made = history.policies.at(0).adoption_time;
  for (double const each : history.shared.pledged_adoptions) made.push_back(static_cast<std::int32_t>(each));
  return made;
}

test::Texts world_pledging(PledgeRule const& rule, Contract const& contract, std::string const& more = "") {
  test::Texts texts = world_with(fmt::format(
      "  p: {{{}{}, mechanisms: {{m: {{collective: {{production: {{power: 1}}, collaborations: [green]}}, strength: "
      "1.5}}}}}}\n",
      rule.yaml, more));
  std::string const given = "collaborations: {file: clubs.csv}\n";
  texts.yaml.replace(
      texts.yaml.find(given), given.size(),
      fmt::format("collaborations: {{file: clubs.csv, properties: {{green: {{pledge: {{policy: p, {}}}}}}}}}\n",
                  contract.yaml));
  return texts;
}

}  // namespace

TEST_CASE("pledges have the enumerated law, whatever is enough and however long they stand") {
  for (PledgeRule const& rule : pledge_rules())
    for (Contract const& contract : contracts())
      check_fit(world_pledging(rule, contract), PledgeHistories(rule, contract).run(), adoptions_and_kept);
}

TEST_CASE("who cannot pay defaults, and then the others must be enough") {
  std::string const costly = ", cost: {amount: 2}, when_unaffordable: queue";
  for (PledgeRule const& rule : pledge_rules()) {
    for (Contract const& contract : contracts()) {
      test::Texts texts = world_pledging(rule, contract, costly);
      texts.yaml += "resources: {initial: {attribute: votes}}\n";  // b has 1
      check_fit(texts, PledgeHistories(rule, contract, {1}).run(), adoptions_and_kept);
    }
  }
}

}  // namespace hansa::exact
