/// Relabelling and swaps of ends.
#include "world/null_networks.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>
#include <utility>

#include "base/random.hpp"

namespace hansa {

namespace {

constexpr std::uint64_t tries_per_tie = 20;

/// Which cities are tied to which; of mutual ties under the smaller of the two.
class TiedPairs {
 public:
  TiedPairs(std::vector<Tie> const& ties, std::size_t cities, bool mutual) : mutual_(mutual), others_(cities) {
    for (Tie const& each : ties) add(each.source, each.target);
  }
  void add(Index a, Index b) {
    order(a, b);
    others_[a].push_back(b);
  }
  void drop(Index a, Index b) {
    order(a, b);
    others_[a].erase(std::find(others_[a].begin(), others_[a].end(), b));
  }
  [[nodiscard]] bool has(Index a, Index b) const {
    order(a, b);
    return std::find(others_[a].begin(), others_[a].end(), b) != others_[a].end();
  }

 private:
  void order(Index& a, Index& b) const noexcept {
    if (mutual_ && a > b) std::swap(a, b);
  }
  bool mutual_;
  std::vector<std::vector<Index>> others_;
};

/// A whole number below `count`, from 32 random bits (Lemire 2019, without rejection: off by less than count / 2³²).
std::size_t below(std::uint64_t bits, std::size_t count) noexcept {
  return static_cast<std::size_t>(((bits & 0xFFFFFFFFull) * count) >> 32);
}

void swap_ends(std::vector<Tie>& ties, std::size_t cities, bool mutual, std::uint64_t key) {
  TiedPairs pairs(ties, cities, mutual);
  if (ties.size() < 2) return;
  std::uint64_t const tries = tries_per_tie * ties.size();
  for (std::uint64_t k = 0; k < tries; ++k) {
    Bits const bits = draw_bits(key, k, 0, 0);
    Tie& first = ties[below(bits.low, ties.size())];
    Tie& second = ties[below(bits.low >> 32, ties.size())];
    // An undirected tie may be taken by either end.
    if (mutual && (bits.high >> 63) != 0) std::swap(second.source, second.target);
    bool const loops = first.source == second.target || second.source == first.target;
    if (&first == &second || loops) continue;
    if (pairs.has(first.source, second.target) || pairs.has(second.source, first.target)) continue;
    pairs.drop(first.source, first.target);
    pairs.drop(second.source, second.target);
    std::swap(first.target, second.target);
    pairs.add(first.source, first.target);
    pairs.add(second.source, second.target);
  }
}

/// What complaints there may be are of weights that do not fit, which are those of the layer itself.
NetworkLayer layer_with(NetworkLayer const& layer, std::vector<Tie> ties) {
  Complaints complaints;
  NetworkLayer made = with_ties(layer, std::move(ties), {}, complaints);
  complaints.throw_if_any();
  return made;
}

}  // namespace

std::vector<Index> exchange_within(std::span<std::int32_t const> strata, std::span<std::uint64_t const> cities,
                                   std::uint64_t key) {
  std::map<std::int32_t, std::vector<Index>> members;
  for (std::size_t i = 0; i < strata.size(); ++i) members[strata[i]].push_back(static_cast<Index>(i));
  std::vector<Index> place(strata.size());
  for (auto const& [stratum, own] : members) {
    std::vector<std::tuple<std::uint64_t, std::uint64_t, Index>> shuffled;
    for (Index const city : own) {
      Bits const bits = draw_bits(key, cities[city], 0, 0);
      shuffled.emplace_back(bits.low, bits.high, city);
    }
    std::sort(shuffled.begin(), shuffled.end());
    for (std::size_t k = 0; k < own.size(); ++k) place[own[k]] = std::get<2>(shuffled[k]);
  }
  return place;
}

NetworkLayer relabelled(NetworkLayer const& layer, std::span<Index const> place) {
  if (!layer.group.empty()) {
    NetworkLayer made = layer;
    std::vector<std::int32_t> group(layer.group.size());
    for (std::size_t i = 0; i < group.size(); ++i) group[place[i]] = layer.group[i];
    made.group = std::move(group);
    return made;
  }
  std::vector<Tie> ties = ties_of(layer);
  for (Tie& each : ties) {
    each.source = place[each.source];
    each.target = place[each.target];
  }
  return layer_with(layer, std::move(ties));
}

bool is_mutual(NetworkLayer const& layer) {
  auto const order = [](Tie const& a, Tie const& b) {
    return std::tie(a.source, a.target, a.from, a.until, a.weight) <
           std::tie(b.source, b.target, b.from, b.until, b.weight);
  };
  std::vector<Tie> ties = ties_of(layer), mirrored = ties;
  for (Tie& each : mirrored) std::swap(each.source, each.target);
  std::sort(ties.begin(), ties.end(), order);
  std::sort(mirrored.begin(), mirrored.end(), order);
  return std::equal(ties.begin(), ties.end(), mirrored.begin(),
                    [&](Tie const& a, Tie const& b) { return !order(a, b) && !order(b, a); });
}

NetworkLayer rewired(NetworkLayer const& layer, std::uint64_t key) {
  std::vector<Tie> ties = ties_of(layer);
  bool const mutual = is_mutual(layer);
  if (mutual) std::erase_if(ties, [](Tie const& each) { return each.source > each.target; });
  swap_ends(ties, layer.first.size() - 1, mutual, key);
  if (mutual) {
    std::size_t const count = ties.size();
    for (std::size_t k = 0; k < count; ++k) {
      ties.push_back(ties[k]);
      std::swap(ties.back().source, ties.back().target);
    }
  }
  return layer_with(layer, std::move(ties));
}

}  // namespace hansa
