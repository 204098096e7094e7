/// One layer of ties: sorted, merged, rounded, and stored by source.
#include "world/network.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>
#include <utility>

#include "base/random.hpp"
#include "world/erdos_renyi.hpp"
#include "world/file_ties.hpp"
#include "world/fixed_point.hpp"
#include "world/near_ties.hpp"
#include "world/tie_weights.hpp"

namespace hansa {
namespace {

constexpr std::size_t padding = 64;

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

/// Sorts by (source, target, weight): counted by source first, each row then on its own.
void sort_ties(std::vector<Tie>& ties, Index cities) {
  std::vector<std::size_t> start(std::size_t{cities} + 1, 0);
  for (Tie const& tie : ties) ++start[tie.source + 1];
  std::partial_sum(start.begin(), start.end(), start.begin());
  std::vector<std::size_t> next(start.begin(), start.end() - 1);
  std::vector<Tie> sorted(ties.size());
  for (Tie const& tie : ties) sorted[next[tie.source]++] = tie;
  for (Index i = 0; i < cities; ++i) {
    std::sort(sorted.begin() + static_cast<std::ptrdiff_t>(start[i]),
              sorted.begin() + static_cast<std::ptrdiff_t>(start[i + 1]),
              [](Tie const& a, Tie const& b) { return std::tie(a.target, a.weight) < std::tie(b.target, b.weight); });
  }
  ties = std::move(sorted);
}

/// Drops self ties and zero weights; puts the smaller city first where a tie stands for both directions.
void drop_void(std::vector<Tie>& ties, std::string const& name, Sense sense, Place const& where,
               Complaints& complaints) {
  std::size_t const selves = std::erase_if(ties, [](Tie const& tie) { return tie.source == tie.target; });
  if (selves > 0) {
    complaints.warn("network '" + name +
                        "': " + counted(selves, "tie of a city to itself", "ties of cities to themselves") + " dropped",
                    where);
  }
  std::erase_if(ties, [](Tie const& tie) { return tie.weight == 0; });
  if (sense == Sense::one_way) return;
  for (Tie& tie : ties) {
    if (tie.source > tie.target) std::swap(tie.source, tie.target);
  }
}

/// A merged tie, its weight a whole number.
struct WholeTie {
  Index source;
  Index target;
  std::uint32_t weight;
};

/// Adds up duplicates, which are neighbours by now, and rounds.
std::vector<WholeTie> merge(std::vector<Tie> const& ties, NetworkLayer& layer, Place const& where,
                            Complaints& complaints) {
  std::vector<std::size_t> first;
  std::vector<double> weights;
  weights.reserve(ties.size());
  for (std::size_t row = 0; row < ties.size(); ++row) {
    bool const repeated =
        row > 0 && ties[row].source == ties[row - 1].source && ties[row].target == ties[row - 1].target;
    if (!repeated) first.push_back(row);
    weights.push_back(ties[row].weight);
  }
  std::size_t const repetitions = ties.size() - first.size();
  if (repetitions > 0) {
    complaints.warn("network '" + layer.name + "': " + counted(repetitions, "duplicate tie", "duplicate ties") +
                        " added to the weight of the first",
                    where);
  }
  first.push_back(ties.size());
  FixedPoint const fixed = to_fixed_point(weights, first);
  layer.unit = fixed.unit;
  std::vector<WholeTie> merged;
  merged.reserve(fixed.weights.size());
  for (std::size_t k = 0; k < fixed.weights.size(); ++k) {
    if (fixed.weights[k] > 0) merged.push_back({ties[first[k]].source, ties[first[k]].target, fixed.weights[k]});
  }
  std::size_t const vanished = fixed.weights.size() - merged.size();
  if (vanished > 0) {
    complaints.warn("network '" + layer.name + "': " + counted(vanished, "tie is", "ties are") +
                        " so weak beside the strongest that the weight rounds to 0",
                    where);
  }
  return merged;
}

void mirror(std::vector<WholeTie>& ties) {
  std::size_t const pairs = ties.size();
  ties.reserve(2 * pairs);
  for (std::size_t k = 0; k < pairs; ++k) ties.push_back({ties[k].target, ties[k].source, ties[k].weight});
}

/// Places the ties into rows of sources. Ties come sorted by target within each source, mirrors after originals: a
/// counting sort by target, then by source, gives the final order.
void store(std::vector<WholeTie> const& ties, Index cities, NetworkLayer& layer) {
  bool const weighted = std::any_of(ties.begin(), ties.end(), [](WholeTie const& tie) { return tie.weight != 1; });
  layer.first.assign(std::size_t{cities} + 1, 0);
  layer.in_degree.assign(cities, 0);
  layer.in_weight.assign(cities, 0);
  std::vector<std::uint32_t> by_target(std::size_t{cities} + 1, 0);
  for (WholeTie const& tie : ties) {
    ++layer.first[tie.source + 1];
    ++by_target[tie.target + 1];
    ++layer.in_degree[tie.target];
    layer.in_weight[tie.target] += tie.weight;
  }
  std::partial_sum(layer.first.begin(), layer.first.end(), layer.first.begin());
  std::partial_sum(by_target.begin(), by_target.end(), by_target.begin());
  std::vector<std::uint32_t> order(ties.size());
  for (std::uint32_t k = 0; k < ties.size(); ++k) order[by_target[ties[k].target]++] = k;
  layer.target.assign(ties.size() + padding, 0);
  if (weighted || layer.unit != 1) layer.weight.assign(ties.size() + padding, 0);
  std::vector<std::uint32_t> next(layer.first.begin(), layer.first.end() - 1);
  for (std::uint32_t k : order) {
    std::uint32_t const at = next[ties[k].source]++;
    layer.target[at] = ties[k].target;
    if (layer.weighted()) layer.weight[at] = ties[k].weight;
  }
}

void check_sums(NetworkLayer& layer, Place const& where, Complaints& complaints) {
  constexpr std::uint64_t most = std::uint64_t{1} << 63;
  constexpr std::uint64_t most_narrow = std::uint64_t{1} << 31;
  layer.narrow_ = true;
  for (std::uint64_t sum : layer.in_weight) {
    // 2^32 ties of at most 2^32 - 1 each stay below 2^64, so that the sum itself has not wrapped round.
    if (sum > most) {
      complaints.add("network '" + layer.name + "': the weights of one city's ties add up to too much", where,
                     "use weights with fewer digits");
      return;
    }
    layer.narrow_ = layer.narrow_ && sum < most_narrow;
  }
}

NetworkLayer empty_layer(std::string name, Index cities) {
  NetworkLayer layer;
  layer.hash = hash_id(name);
  layer.name = std::move(name);
  store({}, cities, layer);
  return layer;
}

struct TieSource {
  NetworkSpec const& spec;
  Cities const& cities;
  Tables const& tables;
  std::uint64_t seed;
  Complaints& complaints;
  int threads;

  DrawnTies operator()(FileTies const& ties) const { return read_ties(ties, spec, cities, tables, complaints); }
  DrawnTies operator()(NearestTies const& ties) const {
    return {nearest_ties(ties, cities, spec.where, complaints, threads), Weights::none};
  }
  DrawnTies operator()(SimilarTies const& ties) const {
    return {similar_ties(ties, cities, spec.where, complaints, threads), Weights::none};
  }
  DrawnTies operator()(ErdosRenyiTies const& ties) const {
    std::uint64_t const key = make_key(seed, 0, Purpose::network, hash_id(spec.name));
    Sense const sense = spec.directed ? Sense::one_way : Sense::both_ways;
    return {draw_erdos_renyi(ties, sense, cities, key, spec.where, complaints, threads), Weights::none};
  }
};

/// Adds the mirror image of every tie that lacks it.
void symmetrize(std::vector<Tie>& ties) {
  std::size_t const count = ties.size();
  ties.reserve(2 * count);
  for (std::size_t k = 0; k < count; ++k) ties.push_back({ties[k].target, ties[k].source, ties[k].weight});
  auto const key = [](Tie const& tie) { return std::pair(tie.source, tie.target); };
  std::sort(ties.begin(), ties.end(), [&](Tie const& a, Tie const& b) { return key(a) < key(b); });
  ties.erase(std::unique(ties.begin(), ties.end(), [&](Tie const& a, Tie const& b) { return key(a) == key(b); }),
             ties.end());
}

}  // namespace

NetworkLayer make_layer(std::string name, std::vector<Tie> ties, Index cities, Place const& where,
                        Complaints& complaints, Sense sense) {
  NetworkLayer layer;
  layer.hash = hash_id(name);
  layer.name = std::move(name);
  drop_void(ties, layer.name, sense, where, complaints);
  std::size_t const stored = sense == Sense::both_ways ? 2 * ties.size() : ties.size();
  if (stored > std::numeric_limits<std::uint32_t>::max() - padding) {
    complaints.add("network '" + layer.name + "' has " + std::to_string(stored) + " ties", where,
                   "a layer holds fewer than 2^32");
    return empty_layer(std::move(layer.name), cities);
  }
  sort_ties(ties, cities);
  std::vector<WholeTie> merged = merge(ties, layer, where, complaints);
  ties = {};
  if (sense == Sense::both_ways) mirror(merged);
  store(merged, cities, layer);
  check_sums(layer, where, complaints);
  return layer;
}

NetworkLayer build_network(NetworkSpec const& spec, Cities const& cities, Tables const& tables, std::uint64_t seed,
                           Complaints& complaints, int threads) {
  DrawnTies drawn = std::visit(TieSource{spec, cities, tables, seed, complaints, threads}, spec.ties);
  bool const near = std::holds_alternative<NearestTies>(spec.ties) || std::holds_alternative<SimilarTies>(spec.ties);
  bool const weigh_anew = !std::holds_alternative<std::monostate>(spec.weight);
  Sense sense = spec.directed ? Sense::one_way : Sense::both_ways;
  if (sense == Sense::both_ways && (near || weigh_anew)) {
    // Neighbours may name each other; and the weight of a tie may differ from that of its mirror image.
    if (near)
      symmetrize(drawn.ties);
    else
      mirror_rows(drawn.ties);
    sense = Sense::one_way;
  }
  if (weigh_anew && drawn.weights == Weights::given) {
    complaints.add("network '" + spec.name + "' has weights in its file and under `weight`", spec.where,
                   "remove one of them");
  } else if (weigh_anew) {
    weigh(drawn.ties, spec, cities, complaints);
  }
  return make_layer(spec.name, std::move(drawn.ties), cities.size(), spec.where, complaints, sense);
}

}  // namespace hansa
