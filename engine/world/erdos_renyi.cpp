/// Random ties: pair by pair among few cities, by skipping among many.
#include "world/erdos_renyi.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <tuple>

#include "base/parallel.hpp"
#include "base/random.hpp"
#include "world/slots.hpp"

namespace hansa {
namespace {

constexpr Index most_scanned = 20000;
constexpr double dense = 1.0 / 16;

/// A pair and what decides on it.
struct Marked {
  std::uint64_t mark;
  Pair pair;
  auto operator<=>(Marked const&) const = default;
};

/// Hashes of pairs, a row of sources against all targets. Sums over cities appear nowhere: a pair's hash is
/// mix(mix(key, source) + target), the smaller city hash as the source of an unordered pair.
class PairScan {
 public:
  explicit PairScan(Drawing const& drawing) : drawing_(drawing) {
    std::vector<std::uint64_t> const& hash = drawing.cities.hash;
    order_.resize(hash.size());
    std::iota(order_.begin(), order_.end(), Index{0});
    std::sort(order_.begin(), order_.end(), [&](Index a, Index b) { return hash[a] < hash[b]; });
    for (Index city : order_) hash_.push_back(hash[city]);
  }

  /// All pairs with a hash of at most `highest`, each made into `Found` from its hash and itself.
  template <class Found, class Make>
  [[nodiscard]] std::vector<std::vector<Found>> up_to(std::uint64_t highest, Make const& make) const {
    constexpr std::size_t rows_a_task = 64;
    std::size_t const n = order_.size();
    std::vector<std::vector<Found>> found((n + rows_a_task - 1) / rows_a_task);
    parallel_for(found.size(), drawing_.threads, [&](std::size_t task) {
      std::size_t const end = std::min(n, (task + 1) * rows_a_task);
      for (std::size_t row = task * rows_a_task; row < end; ++row) scan_row(row, highest, make, found[task]);
    });
    return found;
  }

 private:
  static constexpr std::size_t block = 256;

  template <class Found, class Make>
  void scan_row(std::size_t row, std::uint64_t highest, Make const& make, std::vector<Found>& found) const {
    std::uint64_t const own = mix64(drawing_.key ^ hash_[row]);
    std::size_t const n = hash_.size();
    std::array<std::uint64_t, block> mixed;
    for (std::size_t start = drawing_.sense == Sense::both_ways ? row + 1 : 0; start < n; start += block) {
      std::size_t const count = std::min(block, n - start);
      std::uint64_t const* targets = hash_.data() + start;
      std::uint64_t any = 0;
      for (std::size_t k = 0; k < count; ++k) {
        mixed[k] = mix64(own + targets[k]);
        any |= std::uint64_t{mixed[k] <= highest};
      }
      if (any == 0) continue;
      for (std::size_t k = 0; k < count; ++k) {
        if (mixed[k] <= highest && start + k != row) found.push_back(make(mixed[k], order_[row], order_[start + k]));
      }
    }
  }

  Drawing const& drawing_;
  std::vector<Index> order_;         // cities by hash
  std::vector<std::uint64_t> hash_;  // ascending
};

PairParts draw_each(double probability, Drawing const& drawing) {
  if (!(probability > 0)) return {};
  if (drawing.cities.size() > most_scanned && probability < dense) return draw_by_slots(probability, drawing);
  double const below = probability * 0x1p64;  // exact: a power of two
  bool const everyone = below >= 0x1p64;
  std::uint64_t const highest = everyone ? ~std::uint64_t{0} : static_cast<std::uint64_t>(below) - 1;
  if (!everyone && below < 1) return {};
  return PairScan(drawing).up_to<Pair>(highest, [](std::uint64_t, Index source, Index target) {
    return Pair{source, target};
  });
}

/// Pairs with their hashes, or with a mark of their own, of each of which there are about share · pairs.
std::vector<Marked> draw_marked(double share, Drawing const& drawing) {
  std::vector<Marked> all;
  if (drawing.cities.size() <= most_scanned || share >= dense) {
    std::uint64_t const highest = share >= 1 ? ~std::uint64_t{0} : static_cast<std::uint64_t>(share * 0x1p64);
    auto const mark = [](std::uint64_t hash, Index source, Index target) { return Marked{hash, {source, target}}; };
    for (auto const& part : PairScan(drawing).up_to<Marked>(highest, mark)) {
      all.insert(all.end(), part.begin(), part.end());
    }
    return all;
  }
  std::vector<std::uint64_t> const& hash = drawing.cities.hash;
  std::uint64_t const key = mix64(drawing.key + 1);
  PairParts parts = draw_by_slots(share, drawing);
  std::size_t count = 0;
  for (std::vector<Pair> const& part : parts) count += part.size();
  all.reserve(count);
  for (std::vector<Pair>& part : parts) {
    for (Pair const& pair : part) {
      all.push_back({mix64(mix64(key ^ hash[pair.source]) + hash[pair.target]), pair});
    }
    part = {};
  }
  return all;
}

/// Draws so many that enough are expected by six standard deviations, more if they are not.
PairParts draw_number(std::uint64_t wanted, double pairs, Drawing const& drawing) {
  if (wanted == 0) return {};
  double const count = static_cast<double>(wanted);
  double share = (count + 6 * std::sqrt(count) + 16) / pairs;
  std::vector<Marked> found;
  do {
    found = draw_marked(share, drawing);
    share *= 2;
  } while (found.size() < wanted);
  std::nth_element(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(wanted - 1), found.end());
  PairParts parts(1);
  parts[0].reserve(wanted);
  for (std::size_t k = 0; k < wanted; ++k) parts[0].push_back(found[k].pair);
  return parts;
}

}  // namespace

PairParts draw_erdos_renyi(ErdosRenyiTies const& spec, Drawing const& drawing) {
  Cities const& cities = drawing.cities;
  double const n = cities.size();
  double const pairs = drawing.sense == Sense::both_ways ? n * (n - 1) / 2 : n * (n - 1);
  double const each = drawing.sense == Sense::both_ways ? 2 : 1;
  if (spec.ties) {
    double const ties = static_cast<double>(*spec.ties);
    if (*spec.ties < 0 || ties > pairs) {
      drawing.complaints.add(
          std::to_string(*spec.ties) + " ties do not fit among " + std::to_string(cities.size()) + " cities",
          drawing.where, "0 to " + std::to_string(static_cast<std::int64_t>(pairs)) + " were expected");
      return {};
    }
    if (!fits_layer(each * ties, drawing.where, drawing.complaints)) return {};
    return draw_number(static_cast<std::uint64_t>(*spec.ties), pairs, drawing);
  }
  double probability = spec.probability.value_or(0);
  if (spec.degree) probability = *spec.degree == 0 ? 0 : *spec.degree / (n - 1);
  if (!(probability >= 0 && probability <= 1)) {
    drawing.complaints.add(
        spec.degree ? "the mean degree does not fit among " + std::to_string(cities.size()) + " cities"
                    : std::string("the probability of a tie lies outside 0 to 1"),
        drawing.where, spec.degree ? "0 to n - 1 was expected" : "a number from 0 to 1 was expected");
    return {};
  }
  if (!fits_layer(each * probability * pairs, drawing.where, drawing.complaints)) return {};
  return draw_each(probability, drawing);
}

}  // namespace hansa
