/// Random ties: their number, their independence of other cities, and their counts of small patterns.
#include "world/erdos_renyi.hpp"

#include <cmath>
#include <set>

#include <doctest/doctest.h>

#include "base/random.hpp"
#include "engine/world/support.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

using NamedPairs = std::set<std::pair<std::string, std::string>>;

ErdosRenyiTies with_probability(double p) {
  return {std::nullopt, p, std::nullopt};
}
ErdosRenyiTies with_degree(double d) {
  return {d, std::nullopt, std::nullopt};
}
ErdosRenyiTies with_ties(std::int64_t m) {
  return {std::nullopt, std::nullopt, m};
}

std::vector<Pair> draw(ErdosRenyiTies const& spec, Cities const& c, Sense sense = Sense::both_ways,
                       std::uint64_t key = 77, int threads = 0) {
  Complaints complaints;
  std::vector<Pair> ties = joined(draw_erdos_renyi(spec, {c, key, sense, here, complaints, threads}));
  CHECK(mistakes(complaints) == "");
  return ties;
}

NamedPairs named(std::vector<Pair> const& ties, Cities const& c, Sense sense) {
  NamedPairs pairs;
  for (Pair const& tie : ties) {
    auto one = std::pair(c.id[tie.source], c.id[tie.target]);
    if (sense == Sense::both_ways && one.second < one.first) std::swap(one.first, one.second);
    CHECK(pairs.insert(one).second);  // no pair twice
  }
  return pairs;
}

}  // namespace

TEST_CASE("a pair's tie depends on the two cities alone") {
  Cities const few = generated(300);
  Cities const more = generated(301);
  for (Sense sense : {Sense::one_way, Sense::both_ways}) {
    NamedPairs const before = named(draw(with_probability(0.05), few, sense), few, sense);
    NamedPairs after = named(draw(with_probability(0.05), more, sense), more, sense);
    CHECK(before.size() > 1000);
    std::erase_if(after, [](auto const& pair) { return pair.first == "c300" || pair.second == "c300"; });
    CHECK(before == after);
  }
}

TEST_CASE("a larger probability keeps all ties of a smaller one; other keys draw others") {
  Cities const c = generated(200);
  NamedPairs const low = named(draw(with_probability(0.02), c), c, Sense::both_ways);
  NamedPairs const high = named(draw(with_probability(0.1), c), c, Sense::both_ways);
  CHECK(std::includes(high.begin(), high.end(), low.begin(), low.end()));
  CHECK(low != named(draw(with_probability(0.02), c, Sense::both_ways, 78), c, Sense::both_ways));
}

TEST_CASE("the number of ties is binomial, and its patterns are those of independent pairs") {
  // 30 graphs of 300 cities, p = 0.05. Bounds at 5 standard errors of the mean over graphs, false-alarm rate below
  // 1e-5 in all. Expected: 44,850 p pairs, C(300,3) p^3 triangles, 3 C(300,4) p^4 rings of four.
  double const p = 0.05;
  int const graphs = 30;
  Cities const c = generated(300);
  double ties = 0, triangles = 0, rings = 0, triangles2 = 0, rings2 = 0;
  for (int graph = 0; graph < graphs; ++graph) {
    std::vector<std::vector<double>> a(300, std::vector<double>(300, 0));
    for (Pair const& tie :
         draw(with_probability(p), c, Sense::both_ways, mix64(static_cast<std::uint64_t>(graph) + 1))) {
      a[tie.source][tie.target] = a[tie.target][tie.source] = 1;
      ties += 1;
    }
    double three = 0, four = 0;
    for (int i = 0; i < 300; ++i) {
      for (int j = 0; j < i; ++j) {
        double common = 0;
        for (int k = 0; k < 300; ++k) common += a[i][k] * a[j][k];
        three += a[i][j] * common / 3;
        four += common * (common - 1) / 4;
      }
    }
    triangles += three, triangles2 += three * three;
    rings += four, rings2 += four * four;
  }
  auto const near = [&](double sum, double squares, double expected) {
    double const mean = sum / graphs;
    double const error = std::sqrt((squares / graphs - mean * mean) / (graphs - 1));
    CAPTURE(mean);
    CAPTURE(expected);
    CHECK(std::abs(mean - expected) < 5 * error);
  };
  CHECK(std::abs(ties / graphs - 44850 * p) < 5 * std::sqrt(44850 * p * (1 - p) / graphs));
  near(triangles, triangles2, 4455100 * p * p * p);
  near(rings, rings2, 3 * 330791175.0 * p * p * p * p);
}

TEST_CASE("mean degree of ten thousand cities") {
  Cities const c = generated(10000);
  std::size_t const both = draw(with_degree(20), c).size();
  // 100,000 pairs are expected with standard deviation 316; bounds at 5 of them, false-alarm rate below 1e-6.
  CHECK(std::abs(static_cast<double>(both) - 100000) < 5 * 316);
  std::size_t const one_way = draw(with_degree(10), c, Sense::one_way).size();
  CHECK(std::abs(static_cast<double>(one_way) - 100000) < 5 * 316);
}

TEST_CASE("so many ties: those with the smallest hashes, so that more ties contain fewer") {
  Cities const c = generated(100);
  NamedPairs const few = named(draw(with_ties(50), c), c, Sense::both_ways);
  NamedPairs const many = named(draw(with_ties(3000), c), c, Sense::both_ways);
  CHECK(few.size() == 50);
  CHECK(many.size() == 3000);
  CHECK(std::includes(many.begin(), many.end(), few.begin(), few.end()));
  CHECK(draw(with_ties(4950), c).size() == 4950);
  CHECK(draw(with_ties(9900), c, Sense::one_way).size() == 9900);
  CHECK(draw(with_ties(0), c).empty());
}

TEST_CASE("all pairs, no pair, one city") {
  Cities const c = generated(30);
  CHECK(draw(with_probability(1), c).size() == 435);
  CHECK(draw(with_degree(29), c, Sense::one_way).size() == 870);
  CHECK(draw(with_probability(0), c).empty());
  CHECK(draw(with_probability(1e-300), c).empty());
  CHECK(draw(with_degree(0), generated(1)).empty());
  CHECK(draw(with_probability(0.5), generated(1)).empty());
}

TEST_CASE("what does not fit is refused") {
  Cities const c = generated(4);
  Complaints complaints;
  (void)draw_erdos_renyi(with_degree(3.5), {c, 1, Sense::both_ways, here, complaints});
  (void)draw_erdos_renyi(with_ties(7), {c, 1, Sense::both_ways, here, complaints});
  (void)draw_erdos_renyi(with_probability(1.5), {c, 1, Sense::both_ways, here, complaints});
  CHECK(mistakes(complaints) ==
        "s.yaml:5:3: 7 ties do not fit among 4 cities, 0 to 6 were expected\n"
        "s.yaml:5:3: the mean degree does not fit among 4 cities, 0 to n - 1 was expected\n"
        "s.yaml:5:3: the probability of a tie lies outside 0 to 1, a number from 0 to 1 was expected\n");
}

TEST_CASE("many cities are skipped over: the number of ties, and few moved by a further city") {
  Cities const few = generated(30000);
  std::vector<Pair> const ties = draw(with_degree(10), few);
  // 150,000 pairs are expected with standard deviation 387; bounds at 5 of them, false-alarm rate below 1e-6.
  CHECK(std::abs(static_cast<double>(ties.size()) - 150000) < 5 * 387);
  CHECK(ties == draw(with_degree(10), few, Sense::both_ways, 77, 3));
  CHECK(ties != draw(with_degree(10), few, Sense::both_ways, 78));
  Cities const more = generated(30001);
  double const p = 10.0 / 29999;
  NamedPairs const before = named(draw(with_probability(p), few), few, Sense::both_ways);
  NamedPairs const after = named(draw(with_probability(p), more), more, Sense::both_ways);
  std::vector<std::pair<std::string, std::string>> gone, come;
  std::set_difference(before.begin(), before.end(), after.begin(), after.end(), std::back_inserter(gone));
  std::set_difference(after.begin(), after.end(), before.begin(), before.end(), std::back_inserter(come));
  CHECK(gone.size() < 100);
  CHECK(come.size() < 100);
  Complaints complaints;
  Cities const dense = generated(20001);  // pair by pair: 14,001,400 are expected with standard deviation 3608
  double count = 0;
  for (std::vector<Pair> const& part :
       draw_erdos_renyi(with_probability(0.07), {dense, 77, Sense::both_ways, here, complaints})) {
    count += static_cast<double>(part.size());
  }
  CHECK(std::abs(count - 14001400) < 5 * 3608);
}

TEST_CASE("so many ties among many cities") {
  Cities const c = generated(30000);
  for (Sense sense : {Sense::one_way, Sense::both_ways}) {
    std::vector<Pair> const ties = draw(with_ties(60000), c, sense);
    CHECK(named(ties, c, sense).size() == 60000);
    double source_sum = 0;
    for (Pair const& tie : ties) source_sum += 0.5 * (tie.source + tie.target);
    // The mean of 120,000 ends, each with standard deviation 8660: within 5 standard errors.
    CHECK(std::abs(source_sum / 60000 - 14999.5) < 5 * 8660 / std::sqrt(120000));
  }
  CHECK(draw(with_ties(1), c).size() == 1);
}

TEST_CASE("more ties than a layer holds are refused before they are drawn") {
  Cities const c = generated(70000);
  Complaints complaints;
  CHECK(draw_erdos_renyi(with_probability(1), {c, 1, Sense::both_ways, here, complaints}).empty());
  CHECK(draw_erdos_renyi(with_ties(2200000000), {c, 1, Sense::both_ways, here, complaints}).empty());
  CHECK(mistakes(complaints) ==
        "s.yaml:5:3: the network has 4400000000 ties, a layer holds fewer than 2^32\n"
        "s.yaml:5:3: the network has 4899930000 ties, a layer holds fewer than 2^32\n");
}
