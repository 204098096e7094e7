/// Random ties, keyed by pair.
#include "world/erdos_renyi.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <tuple>

#include "base/parallel.hpp"
#include "base/random.hpp"

namespace hansa {
namespace {

struct Pair {
  std::uint64_t hash;
  Index source;
  Index target;
};

/// Hashes of pairs, a row of sources against all targets. Sums over cities appear nowhere: a pair's hash is
/// mix(mix(key, source) + target), the smaller city hash as the source of an unordered pair.
class PairScan {
 public:
  PairScan(Sense sense, Cities const& cities, std::uint64_t key, int threads)
      : sense_(sense), key_(key), threads_(threads) {
    order_.resize(cities.size());
    std::iota(order_.begin(), order_.end(), Index{0});
    std::sort(order_.begin(), order_.end(), [&](Index a, Index b) { return cities.hash[a] < cities.hash[b]; });
    for (Index city : order_) hash_.push_back(cities.hash[city]);
  }

  /// All pairs with a hash of at most `highest`, in order of the rows.
  [[nodiscard]] std::vector<Pair> up_to(std::uint64_t highest) const {
    constexpr std::size_t rows_a_task = 64;
    std::size_t const n = order_.size();
    std::size_t const tasks = (n + rows_a_task - 1) / rows_a_task;
    std::vector<std::vector<Pair>> found(tasks);
    parallel_for(tasks, threads_, [&](std::size_t task) {
      std::size_t const end = std::min(n, (task + 1) * rows_a_task);
      for (std::size_t row = task * rows_a_task; row < end; ++row) scan_row(row, highest, found[task]);
    });
    std::vector<Pair> all;
    for (std::vector<Pair> const& part : found) all.insert(all.end(), part.begin(), part.end());
    return all;
  }

 private:
  static constexpr std::size_t block = 256;

  void scan_row(std::size_t row, std::uint64_t highest, std::vector<Pair>& found) const {
    std::uint64_t const own = mix64(key_ ^ hash_[row]);
    std::size_t const n = hash_.size();
    std::array<std::uint64_t, block> mixed;
    for (std::size_t start = sense_ == Sense::both_ways ? row + 1 : 0; start < n; start += block) {
      std::size_t const count = std::min(block, n - start);
      std::uint64_t const* targets = hash_.data() + start;
      std::uint64_t any = 0;
      for (std::size_t k = 0; k < count; ++k) {
        mixed[k] = mix64(own + targets[k]);
        any |= std::uint64_t{mixed[k] <= highest};
      }
      if (any == 0) continue;
      for (std::size_t k = 0; k < count; ++k) {
        if (mixed[k] <= highest && start + k != row) found.push_back({mixed[k], order_[row], order_[start + k]});
      }
    }
  }

  Sense sense_;
  std::uint64_t key_;
  int threads_;
  std::vector<Index> order_;         // cities by hash
  std::vector<std::uint64_t> hash_;  // ascending
};

std::vector<Tie> as_ties(std::span<Pair const> pairs) {
  std::vector<Tie> ties;
  ties.reserve(pairs.size());
  for (Pair const& pair : pairs) ties.push_back({pair.source, pair.target, 1});
  return ties;
}

std::vector<Tie> draw_with_probability(PairScan const& scan, double probability) {
  if (!(probability > 0)) return {};
  double const below = probability * 0x1p64;  // exact: a power of two
  bool const everyone = below >= 0x1p64;
  std::uint64_t const highest = everyone ? ~std::uint64_t{0} : static_cast<std::uint64_t>(below) - 1;
  if (!everyone && below < 1) return {};
  return as_ties(scan.up_to(highest));
}

/// Scans up to a hash below which enough pairs are expected (by six standard deviations), further if they are not.
std::vector<Tie> draw_smallest(PairScan const& scan, std::uint64_t wanted, double pairs) {
  if (wanted == 0) return {};
  double const count = static_cast<double>(wanted);
  double share = (count + 6 * std::sqrt(count) + 16) / pairs;
  std::vector<Pair> found;
  do {
    found = scan.up_to(share >= 1 ? ~std::uint64_t{0} : static_cast<std::uint64_t>(share * 0x1p64));
    share *= 2;
  } while (found.size() < wanted);
  auto const first = [](Pair const& a, Pair const& b) {
    return std::tie(a.hash, a.source, a.target) < std::tie(b.hash, b.source, b.target);
  };
  std::nth_element(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(wanted - 1), found.end(), first);
  found.resize(wanted);
  return as_ties(found);
}

}  // namespace

std::vector<Tie> draw_erdos_renyi(ErdosRenyiTies const& spec, Sense sense, Cities const& cities, std::uint64_t key,
                                  Place const& where, Complaints& complaints, int threads) {
  double const n = cities.size();
  double const pairs = sense == Sense::both_ways ? n * (n - 1) / 2 : n * (n - 1);
  if (spec.ties) {
    if (*spec.ties < 0 || static_cast<double>(*spec.ties) > pairs) {
      complaints.add(std::to_string(*spec.ties) + " ties do not fit among " + std::to_string(cities.size()) + " cities",
                     where, "0 to " + std::to_string(static_cast<std::int64_t>(pairs)) + " were expected");
      return {};
    }
    return draw_smallest(PairScan(sense, cities, key, threads), static_cast<std::uint64_t>(*spec.ties), pairs);
  }
  double probability = spec.probability.value_or(0);
  if (spec.degree) probability = *spec.degree == 0 ? 0 : *spec.degree / (n - 1);
  if (!(probability >= 0 && probability <= 1)) {
    complaints.add(spec.degree ? "the mean degree does not fit among " + std::to_string(cities.size()) + " cities"
                               : std::string("the probability of a tie lies outside 0 to 1"),
                   where, spec.degree ? "0 to n - 1 was expected" : "a number from 0 to 1 was expected");
    return {};
  }
  return draw_with_probability(PairScan(sense, cities, key, threads), probability);
}

}  // namespace hansa
