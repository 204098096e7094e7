/// What reaches the log of a replicate, by hand on three cities: what happened, in which order, and by which mechanism.
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "support/question.hpp"

using namespace hansa;

namespace {

/// Each event as "time city kind mechanism".
using Told = std::vector<std::string>;

Told told_by(test::Question const& question, History const& history, std::size_t policy = 0) {
  constexpr char const* kinds[] = {"adoption", "abandonment", "seed", "mandate", "replay", "replayed_abandonment"};
  Told told;
  for (LoggedEvent const& each : history.policies[policy].events) {
    std::string const mechanism = each.mechanism == no_mechanism
                                      ? "none"
                                      : question.model.mechanisms.at(static_cast<std::size_t>(each.mechanism));
    told.push_back(fmt::format("{} {} {} {}", each.time, question.world.cities.id[each.city],
                               kinds[static_cast<std::size_t>(each.kind)], mechanism));
  }
  return told;
}

/// a observes nobody, b observes a, c observes b; four steps.
Told log_of(std::string const& policy, std::string const& more = "", std::string const& adopters = "city,year\n") {
  test::Texts const texts{
      "hansa: 1\ntime: {start: 1, end: 4}\ncities: {file: cities.csv}\n"
      "networks: {n: {file: n.csv}, same: {file: n.csv}}\noutput: {events: true}\n"
      "policies:\n  p: {" +
          policy + "}\n" + more,
      {{"cities.csv", "id,bar\nc,0.5\na,0\nb,0.5\n"},
       {"n.csv", "source,target\na,b\nb,c\n"},
       {"adopters.csv", adopters}}};
  auto const question = test::ask(texts);
  Told const told = told_by(*question, test::run_one(*question, 0, Lanes::full));
  CHECK(told == told_by(*question, test::run_one(*question, 0, Lanes::fast)));
  return told;
}

/// Who sees somebody adopt follows; two mechanisms of these strengths.
std::string watching(double first, double second, std::string const& more = "") {
  return fmt::format(
      "rule: threshold, threshold: {{attribute: bar}}, mechanisms: {{zeta: {{exposure: {{network: n}}, strength: {}}}, "
      "alpha: {{exposure: {{network: same}}, strength: {}}}}}{}",
      first, second, more);
}

}  // namespace

TEST_CASE("the largest share has the adoption, of equal ones the first in the order of the file") {
  CHECK(log_of(watching(2, 1)) == Told{"1 a adoption baseline", "2 b adoption zeta", "3 c adoption zeta"});
  CHECK(log_of(watching(1, 2)) == Told{"1 a adoption baseline", "2 b adoption alpha", "3 c adoption alpha"});
  CHECK(log_of(watching(1, 1)) == Told{"1 a adoption baseline", "2 b adoption alpha", "3 c adoption alpha"});
}

TEST_CASE("seeds, compliance and pushes are the intervention's, and told apart") {
  CHECK(log_of(watching(2, 1), "interventions: [{at: 1, seed: {policy: p, cities: [c]}}]\n") ==
        Told{"1 a adoption baseline", "1 c seed intervention", "2 b adoption zeta"});
  CHECK(log_of(watching(2, 1), "interventions: [{at: 1, mandate: {policy: p, compliance: 1, cities: [c, a]}}]\n") ==
        Told{"1 a adoption baseline", "1 c mandate intervention", "2 b adoption zeta"});
  CHECK(log_of(watching(2, 1), "interventions: [{at: 2, push: {policy: p, strength: 9}}]\n") ==
        Told{"1 a adoption baseline", "2 b adoption intervention", "2 c adoption intervention"});
}

TEST_CASE("under rules with hazards a mandate is one of the pressures, under cascades too") {
  std::string const mandate = "interventions: [{at: 2, mandate: {policy: p, compliance: 1}}]\n";
  CHECK(log_of("baseline: -60", mandate) ==
        Told{"2 a adoption intervention", "2 b adoption intervention", "2 c adoption intervention"});
  CHECK(log_of("rule: cascade, mechanisms: {m: {exposure: {network: n}, strength: 0.001}}", mandate) ==
        Told{"2 a adoption intervention", "2 b adoption intervention", "2 c adoption intervention"});
}

TEST_CASE("a cascade is passed on by its ties, one mechanism or several") {
  std::string const seed = "interventions: [{at: 2, seed: {policy: p, cities: [a]}}]\n";
  CHECK(log_of("rule: cascade, mechanisms: {m: {exposure: {network: n}, strength: 1}}", seed) ==
        Told{"2 a seed intervention", "3 b adoption m", "4 c adoption m"});
  CHECK(log_of("rule: cascade, mechanisms: {b: {exposure: {network: n}, strength: 1}, a: {exposure: {network: same}, "
               "strength: 0.5}}",
               seed) == Told{"2 a seed intervention", "3 b adoption b", "4 c adoption b"});
}

TEST_CASE("who leaves and comes again is logged each time") {
  CHECK(log_of(watching(2, 1, ", abandonment: {hazard: 60}")) ==
        Told{"1 a adoption baseline", "2 a abandonment none", "2 b adoption zeta", "3 a adoption baseline",
             "3 b abandonment none", "3 c adoption zeta", "4 a abandonment none", "4 b adoption zeta",
             "4 c abandonment none"});
}

TEST_CASE("data are replayed as such; who had adopted before the first step is no event") {
  Told const told =
      log_of(watching(2, 1, ", adopters: {file: adopters.csv, until: 3}"), "", "city,year,left\nb,0,2\nb,3,\na,1,3\n");
  CHECK(told == Told{"1 a replay data", "2 b replayed_abandonment none", "3 a replayed_abandonment none",
                     "3 b replay data", "4 a adoption baseline", "4 c adoption zeta"});
  CHECK(log_of("baseline: -60, adopters: {file: adopters.csv}", "", "city,year\na,0\n").empty());
}
