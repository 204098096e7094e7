/// Writes how central the engine finds the cities of a network, for another program to check.
///
/// write_centralities CITIES TIES.csv SCORES.csv: ties are source,target,weight without a header, cities numbered from
/// 0; scores are city,kind,score. A kind without scores has one row, with the reason and no number.
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/random.hpp"
#include "world/centrality.hpp"

namespace {

using namespace hansa;

NetworkLayer read_layer(Index cities, char const* file) {
  std::ifstream in(file);
  std::vector<Tie> ties;
  Tie tie{};
  char comma = 0;
  while (in >> tie.source >> comma >> tie.target >> comma >> tie.weight) ties.push_back(tie);
  Complaints complaints;
  NetworkLayer layer = make_layer("net", std::move(ties), cities, {}, complaints);
  complaints.throw_if_any();
  return layer;
}

}  // namespace

int main(int count, char** words) {
  if (count != 4) return std::cerr << "write_centralities CITIES TIES.csv SCORES.csv\n", 2;
  auto const cities = static_cast<Index>(std::stoul(words[1]));
  NetworkLayer const layer = read_layer(cities, words[2]);
  TiesInForce const ties(layer, 1);
  std::vector<std::uint64_t> hashes(cities);
  for (Index i = 0; i < cities; ++i) hashes[i] = hash_id(std::to_string(i));
  constexpr char const* names[] = {"degree", "strength", "eigenvector", "pagerank", "betweenness"};
  std::ofstream out(words[3]);
  for (int kind = 0; kind < 5; ++kind) {
    CentralityScores const found = centrality_scores(static_cast<Centrality>(kind), ties, layer.name, hashes, 1);
    if (auto const* problem = std::get_if<std::string>(&found)) {
      out << fmt::format("{},{},\n", *problem, names[kind]);
      continue;
    }
    std::vector<double> const& scores = std::get<std::vector<double>>(found);
    double const unit = kind == 1 ? layer.unit : 1;
    for (Index i = 0; i < cities; ++i) out << fmt::format("{},{},{:.17g}\n", i, names[kind], scores[i] * unit);
  }
  return out.flush() ? 0 : 1;
}
