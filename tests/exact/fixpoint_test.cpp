/// Thresholds that are certain: Granovetter's crowd, fixpoints on networks, and pressures that a rule refuses.
#include <algorithm>
#include <numeric>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "record/history.hpp"
#include "support/question.hpp"

namespace hansa::exact {

namespace {

/// n people with thresholds 0, 1, 2, … n - 1, but for the second, who has `second`.
std::vector<std::int32_t> crowd(int n, int second) {
  std::string rows = "id,bar\n";
  for (int i = 0; i < n; ++i) rows += fmt::format("p{:03},{}\n", i, i == 1 ? second : i);
  auto const question =
      test::ask({fmt::format("hansa: 1\ntime: {{start: 1, end: {}}}\ncities: {{file: c.csv}}\n"
                             "policies: {{riot: {{rule: threshold, threshold: {{attribute: bar}}, "
                             "mechanisms: {{seen: {{exposure: {{pool: all, normalize: count}}}}}}}}}}\n",
                             n),
                 {{"c.csv", rows}}});
  return test::run_one(*question, 0, Lanes::fast).policies[0].adopters;
}

}  // namespace

TEST_CASE("a crowd of a hundred riots one by one, and stops at one where a single threshold is 2 instead of 1") {
  std::vector<std::int32_t> all(100);
  std::iota(all.begin(), all.end(), 1);
  CHECK(crowd(100, 1) == all);  // Granovetter (1978)
  CHECK(crowd(100, 2) == std::vector<std::int32_t>(100, 1));
}

TEST_CASE("thresholds on a network reach their fixpoint, step by step") {
  // Watts (2002): a random graph, one threshold for all, a few seeds; here followed city by city.
  for (double const bar : {0.1, 0.18, 0.25, 1.0 / 3}) {
    CAPTURE(bar);
    auto const question = test::ask({fmt::format("hansa: 1\ntime: {{start: 1, end: 60}}\ncities: {{generate: 500}}\n"
                                                 "networks: {{net: {{erdos_renyi: {{degree: 5}}}}}}\n"
                                                 "policies: {{p: {{rule: threshold, threshold: {}, adopters: {{random: "
                                                 "20}}, mechanisms: {{m: {{exposure: {{network: net}}}}}}}}}}\n",
                                                 bar),
                                     {}});
    NetworkLayer const& net = question->world.networks.at(0);
    PolicyHistory const history = test::run_one(*question, 0, Lanes::fast).policies[0];
    std::vector<std::int32_t> time(500, never);
    for (Index const city : question->world.records[0].initial) time[city] = 0;
    for (std::int32_t t = 1; t <= 60; ++t) {
      std::vector<int> adopted(500, 0), all(500, 0);
      for (Index source = 0; source < 500; ++source) {
        for (std::uint32_t e = net.first[source]; e < net.first[source + 1]; ++e) {
          all[net.target[e]] += 1;
          adopted[net.target[e]] += time[source] != never && time[source] < t;
        }
      }
      for (Index i = 0; i < 500; ++i) {
        if (time[i] == never && all[i] > 0 && double(adopted[i]) / all[i] >= bar) time[i] = t;
      }
    }
    CHECK(history.adoption_time == time);
    CHECK(history.adopters[58] == history.adopters[59]);  // the fixpoint
    CHECK(history.adopters[59] > 20);
  }
}

namespace {

std::string refusal(std::string const& policy) {
  auto const question =
      test::ask({"hansa: 1\ntime: {start: 2001, end: 2003}\ncities: {file: c.csv}\npolicies:\n  led: " + policy + "\n",
                 {{"c.csv", "id,size\na,1\nb,-3\n"}}});
  std::string said;
  for (Lanes const lanes : {Lanes::fast, Lanes::full}) {
    try {
      (void)test::run_one(*question, 0, lanes);
      return "ran";
    } catch (Error const& error) {
      CHECK(error.fault() == Fault::failure);
      CHECK((said.empty() || said == error.what()));
      said = error.what();
    }
  }
  return said;
}

}  // namespace

TEST_CASE("negative hazards and probabilities fail with the names of city and step") {
  std::string const dearer = "mechanisms: {m: {scale: {pool: all, progress_ratio: 1.5}}}";
  CHECK(refusal("{rule: additive, adopters: [b], " + dearer + "}").find("city 'a'") != std::string::npos);
  CHECK(refusal("{rule: additive, adopters: [b], " + dearer + "}").find("year 2001") != std::string::npos);
  std::string const below = refusal("{rule: linear, baseline: 0.2, attributes: {size: 0.1}, adopters: [a]}");
  CHECK(below.find("city 'b'") != std::string::npos);
  CHECK(below.find("-0.1") != std::string::npos);
  CHECK(below.find("year 2001") != std::string::npos);
  // What is 0 but for rounding is 0: 0.3 - 0.1 × 3.
  CHECK(refusal("{rule: linear, baseline: 0.3, attributes: {size: 0.1}, adopters: [a]}") == "ran");
  CHECK(refusal("{rule: threshold, threshold: {uniform: [0, 1]}, entry: settled, attributes: {size: 2}, adopters: "
                "[b]}")
            .find("city 'a'") != std::string::npos);
}

}  // namespace hansa::exact
