/// Puts ties into rows: sorted, merged, rounded, and stored by source.
#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <numeric>
#include <tuple>
#include <utility>

#include "base/counted.hpp"
#include "base/parallel.hpp"
#include "base/random.hpp"
#include "world/fixed_point.hpp"
#include "world/network.hpp"
#include "world/pairs.hpp"
#include "world/spells.hpp"

namespace hansa {
namespace {

constexpr std::size_t padding = 64;
constexpr std::size_t most_ties = std::numeric_limits<std::uint32_t>::max() - padding;

NetworkLayer named_layer(std::string name) {
  NetworkLayer layer;
  layer.hash = hash_id(name);
  layer.name = std::move(name);
  return layer;
}

/// Sorts by (source, target, dates, weight): counted by source first, each row then on its own.
void sort_ties(std::vector<Tie>& ties, Index cities) {
  std::vector<std::size_t> start(std::size_t{cities} + 1, 0);
  for (Tie const& tie : ties) ++start[tie.source + 1];
  std::partial_sum(start.begin(), start.end(), start.begin());
  std::vector<std::size_t> next(start.begin(), start.end() - 1);
  std::vector<Tie> sorted(ties.size());
  for (Tie const& tie : ties) sorted[next[tie.source]++] = tie;
  auto const key = [](Tie const& tie) { return std::tie(tie.target, tie.from, tie.until, tie.weight); };
  for (Index i = 0; i < cities; ++i) {
    std::sort(sorted.begin() + static_cast<std::ptrdiff_t>(start[i]),
              sorted.begin() + static_cast<std::ptrdiff_t>(start[i + 1]),
              [&](Tie const& a, Tie const& b) { return key(a) < key(b); });
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

/// Rounds merged ties to whole numbers of one unit; those that round to 0 are left out.
std::vector<WholeTie> round_weights(Merged& merged, NetworkLayer& layer, Place const& where, Complaints& complaints) {
  FixedPoint const fixed = to_fixed_point(merged.weights, merged.first);
  layer.unit = fixed.unit;
  std::vector<WholeTie> ties = std::move(merged.ties);
  for (std::size_t k = 0; k < ties.size(); ++k) ties[k].weight = fixed.weights[k];
  warn_of_vanished(std::erase_if(ties, [](WholeTie const& tie) { return tie.weight == 0; }), layer.name, where,
                   complaints);
  return ties;
}

void mirror(std::vector<WholeTie>& ties) {
  std::size_t const pairs = ties.size();
  ties.reserve(2 * pairs);
  for (std::size_t k = 0; k < pairs; ++k) {
    ties.push_back(ties[k]);
    std::swap(ties.back().source, ties.back().target);
  }
}

/// Places the ties into rows of sources. Ties come sorted by target within each source, mirrors after originals: a
/// counting sort by target, then by source, gives the final order; ties of one pair stay in the order of their dates.
void store(std::vector<WholeTie> const& ties, Index cities, NetworkLayer& layer) {
  bool const weighted = std::any_of(ties.begin(), ties.end(), [](WholeTie const& tie) { return tie.weight != 1; });
  bool const dated = std::any_of(ties.begin(), ties.end(), [](WholeTie const& tie) { return tie.is_dated(); });
  layer.first.assign(std::size_t{cities} + 1, 0);
  std::vector<std::uint32_t> by_target(std::size_t{cities} + 1, 0);
  for (WholeTie const& tie : ties) {
    ++layer.first[tie.source + 1];
    ++by_target[tie.target + 1];
  }
  std::partial_sum(layer.first.begin(), layer.first.end(), layer.first.begin());
  std::partial_sum(by_target.begin(), by_target.end(), by_target.begin());
  std::vector<std::uint32_t> order(ties.size());
  for (std::uint32_t k = 0; k < ties.size(); ++k) order[by_target[ties[k].target]++] = k;
  layer.target.assign(ties.size() + padding, 0);
  if (weighted || layer.unit != 1) layer.weight.assign(ties.size() + padding, 0);
  if (dated) layer.from.assign(ties.size(), 0);
  if (dated) layer.until.assign(ties.size(), 0);
  std::vector<std::uint32_t> next(layer.first.begin(), layer.first.end() - 1);
  for (std::uint32_t k : order) {
    std::uint32_t const at = next[ties[k].source]++;
    layer.target[at] = ties[k].target;
    if (layer.weighted()) layer.weight[at] = ties[k].weight;
    if (dated) layer.from[at] = ties[k].from;
    if (dated) layer.until[at] = ties[k].until;
  }
}

}  // namespace

void warn_of_vanished(std::size_t count, std::string const& name, Place const& where, Complaints& complaints) {
  if (count == 0) return;
  complaints.warn("network '" + name + "': " + counted(count, "tie is", "ties are") +
                      " so weak beside the strongest that the weight rounds to 0",
                  where);
}

bool fits_layer(double ties, Place const& where, Complaints& complaints) {
  if (ties <= static_cast<double>(most_ties)) return true;
  constexpr double far_too_many = 1e18;
  std::string const number =
      ties < far_too_many ? std::to_string(static_cast<std::uint64_t>(ties)) : std::string("more than 10^18");
  complaints.add("the network has " + number + " ties", where, "a layer holds fewer than 2^32");
  return false;
}

NetworkLayer make_layer(std::string name, std::vector<Tie> ties, Index cities, Place const& where,
                        Complaints& complaints, Sense sense) {
  NetworkLayer layer = named_layer(std::move(name));
  drop_void(ties, layer.name, sense, where, complaints);
  sort_ties(ties, cities);
  std::optional<Merged> merged = merge_spells(ties, layer.name, where, complaints);
  ties = {};
  std::size_t const each = sense == Sense::both_ways ? 2 : 1;
  if (!merged || !fits_layer(static_cast<double>(each * merged->ties.size()), where, complaints)) merged.emplace();
  std::vector<WholeTie> whole = round_weights(*merged, layer, where, complaints);
  if (sense == Sense::both_ways) mirror(whole);
  store(whole, cities, layer);
  count_in_ties(layer);
  list_changes(layer);
  check_sums(layer, where, complaints);
  return layer;
}

std::vector<Tie> ties_of(NetworkLayer const& layer) {
  std::vector<Tie> ties;
  ties.reserve(layer.ties());
  // Parts of a power of ten are divided, so that decimals are those that were written.
  double const parts = layer.unit < 1 ? std::nearbyint(1 / layer.unit) : 1;
  bool const decimal = layer.unit < 1 && 1 / parts == layer.unit;
  for (Index source = 0; source + 1 < layer.first.size(); ++source) {
    for (std::uint32_t k = layer.first[source]; k < layer.first[source + 1]; ++k) {
      double const whole = layer.weighted() ? layer.weight[k] : 1;
      Tie& tie = ties.emplace_back(Tie{source, layer.target[k], decimal ? whole / parts : whole * layer.unit});
      if (layer.dated()) tie.from = layer.from[k], tie.until = layer.until[k];
    }
  }
  return ties;
}

NetworkLayer with_ties(NetworkLayer const& layer, std::vector<Tie> ties, Place const& where, Complaints& complaints) {
  auto const cities = static_cast<Index>(layer.first.size() - 1);
  NetworkLayer made = named_layer(layer.name);
  sort_ties(ties, cities);
  Complaints of_overlaps;
  std::optional<Merged> merged = merge_spells(ties, layer.name, where, of_overlaps);
  ties = {};
  for (Complaint const& each : of_overlaps.errors()) complaints.add(each.problem, each.where, each.mend);
  if (!merged || !fits_layer(static_cast<double>(merged->ties.size()), where, complaints)) merged.emplace();
  store(round_weights(*merged, made, where, complaints), cities, made);
  count_in_ties(made);
  list_changes(made);
  check_sums(made, where, complaints);
  made.timing = layer.timing;
  return made;
}

namespace {

/// Ties into rows, unsorted: first[i] runs from the beginning of row i to its end, and is put back.
void scatter(PairParts& parts, Sense sense, NetworkLayer& layer) {
  for (std::vector<Pair>& part : parts) {
    for (Pair const& pair : part) {
      layer.target[layer.first[pair.source]++] = pair.target;
      if (sense == Sense::both_ways) layer.target[layer.first[pair.target]++] = pair.source;
    }
    part = {};
  }
  std::copy_backward(layer.first.begin(), layer.first.end() - 1, layer.first.end());
  layer.first.front() = 0;
}

/// Sorts every row; true if some pair comes more than once.
bool sort_rows(NetworkLayer& layer, Index cities, int threads) {
  constexpr std::size_t rows_a_task = 4096;
  std::atomic<bool> repeated = false;
  parallel_for((cities + rows_a_task - 1) / rows_a_task, threads, [&](std::size_t task) {
    for (std::size_t i = task * rows_a_task; i < std::min<std::size_t>(cities, (task + 1) * rows_a_task); ++i) {
      auto const begin = layer.target.begin() + layer.first[i];
      auto const end = layer.target.begin() + layer.first[i + 1];
      std::sort(begin, end);
      if (std::adjacent_find(begin, end) != end) repeated = true;
    }
  });
  return repeated;
}

void drop_repeated(NetworkLayer& layer, Index cities) {
  std::uint32_t kept = 0;
  std::uint32_t begin = 0;
  for (Index i = 0; i < cities; ++i) {
    std::uint32_t const end = layer.first[i + 1];
    for (std::uint32_t k = begin; k < end; ++k) {
      if (k == begin || layer.target[k] != layer.target[k - 1]) layer.target[kept++] = layer.target[k];
    }
    begin = end;
    layer.first[i + 1] = kept;
  }
  layer.target.resize(kept);
  layer.target.resize(kept + padding, 0);
  layer.target.shrink_to_fit();
}

}  // namespace

NetworkLayer layer_of_pairs(std::string name, PairParts parts, Index cities, Place const& where, Complaints& complaints,
                            Sense sense, int threads) {
  NetworkLayer layer = named_layer(std::move(name));
  std::size_t const each = sense == Sense::both_ways ? 2 : 1;
  std::size_t ties = 0;
  for (std::vector<Pair> const& part : parts) ties += each * part.size();
  if (!fits_layer(static_cast<double>(ties), where, complaints)) ties = 0, parts = {};
  layer.first.assign(std::size_t{cities} + 1, 0);
  for (std::vector<Pair> const& part : parts) {
    for (Pair const& pair : part) {
      ++layer.first[pair.source + 1];
      if (sense == Sense::both_ways) ++layer.first[pair.target + 1];
    }
  }
  std::partial_sum(layer.first.begin(), layer.first.end(), layer.first.begin());
  layer.target.assign(ties + padding, 0);
  scatter(parts, sense, layer);
  if (sort_rows(layer, cities, threads)) drop_repeated(layer, cities);
  count_in_ties(layer);
  return layer;
}

void count_in_ties(NetworkLayer& layer) {
  std::size_t const cities = layer.first.size() - 1;
  layer.in_degree.assign(cities, 0);
  for (std::uint32_t k = 0; k < layer.ties(); ++k) {
    if (!layer.dated() || layer.from[k] <= 1) ++layer.in_degree[layer.target[k]];
  }
  layer.in_weight.assign(layer.in_degree.begin(), layer.in_degree.end());
  if (!layer.weighted()) return;
  std::fill(layer.in_weight.begin(), layer.in_weight.end(), 0);
  for (std::uint32_t k = 0; k < layer.ties(); ++k) {
    if (!layer.dated() || layer.from[k] <= 1) layer.in_weight[layer.target[k]] += layer.weight[k];
  }
}

}  // namespace hansa
