/// Scores of all cities, iterated where they feed on one another.
#include "world/centrality.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>

#include "base/parallel.hpp"
#include "base/random.hpp"
#include "world/betweenness.hpp"

namespace hansa {
namespace {

/// A part in which rounding may differ between cities in like positions.
constexpr double rounding = 1e-9;

std::vector<double> degrees(TiesInForce const& ties) {
  std::vector<double> scores(ties.cities());
  for (Index i = 0; i < ties.cities(); ++i) scores[i] = static_cast<double>(ties.observers(i).size());
  return scores;
}

std::vector<double> strengths(TiesInForce const& ties) {
  if (!ties.weighted()) return degrees(ties);
  std::vector<double> scores(ties.cities());
  for (Index i = 0; i < ties.cities(); ++i) {
    std::span<std::uint32_t const> const weights = ties.weights(i);
    scores[i] = static_cast<double>(std::accumulate(weights.begin(), weights.end(), std::uint64_t{0}));
  }
  return scores;
}

/// Products of the ties with scores: each city sums over its observers, in their order.
class Product {
 public:
  Product(TiesInForce const& ties, int threads)
      : ties_(ties),
        tasks_((ties.cities() + cities_a_task - 1) / cities_a_task),
        crew_(static_cast<int>(std::clamp<std::size_t>(tasks_, 1, static_cast<std::size_t>(thread_count(threads))))) {}

  /// to[i] = Σ w_ij from[j] over the cities j that observe i.
  void operator()(std::vector<double> const& from, std::vector<double>& to) {
    crew_.run(tasks_, [&](std::size_t task) {
      auto const end = static_cast<Index>(std::min<std::size_t>(ties_.cities(), (task + 1) * cities_a_task));
      for (auto i = static_cast<Index>(task * cities_a_task); i < end; ++i) to[i] = sum(i, from);
    });
  }

 private:
  static constexpr std::size_t cities_a_task = 8192;

  [[nodiscard]] double sum(Index city, std::vector<double> const& from) const {
    std::span<Index const> const observers = ties_.observers(city);
    std::span<std::uint32_t const> const weights = ties_.weights(city);
    double total = 0;
    if (weights.empty()) {
      for (Index const each : observers) total += from[each];
    } else {
      for (std::size_t k = 0; k < observers.size(); ++k) total += weights[k] * from[observers[k]];
    }
    return total;
  }

  TiesInForce const& ties_;
  std::size_t tasks_;
  Crew crew_;
};

/// Per city, the weights of the ties by which it observes others.
std::vector<double> attention(TiesInForce const& ties) {
  std::vector<std::uint64_t> sums(ties.cities(), 0);
  for (Index i = 0; i < ties.cities(); ++i) {
    std::span<Index const> const observers = ties.observers(i);
    std::span<std::uint32_t const> const weights = ties.weights(i);
    for (std::size_t k = 0; k < observers.size(); ++k) sums[observers[k]] += weights.empty() ? 1 : weights[k];
  }
  return {sums.begin(), sums.end()};
}

std::string unsettled(std::string_view what, std::string const& network, int rounds) {
  return "the " + std::string(what) + " of network '" + network + "' does not settle in " + std::to_string(rounds) +
         " rounds";
}

CentralityScores pagerank(TiesInForce const& ties, std::string const& network, int threads) {
  constexpr double tolerance = 1e-12;  // of each score
  constexpr int most_rounds = 1000;
  double const cities = ties.cities();
  std::vector<double> const observed = attention(ties);
  std::vector<double> scores(ties.cities(), 1 / cities), passed(ties.cities()), next(ties.cities());
  Product product(ties, threads);
  for (int round = 0; round < most_rounds; ++round) {
    double stranded = 0;
    for (Index i = 0; i < ties.cities(); ++i) {
      passed[i] = observed[i] > 0 ? scores[i] / observed[i] : 0;
      if (observed[i] == 0) stranded += scores[i];
    }
    product(passed, next);
    double const anywhere = (1 - pagerank_damping + pagerank_damping * stranded) / cities;
    double change = 0;
    for (Index i = 0; i < ties.cities(); ++i) {
      next[i] = anywhere + pagerank_damping * next[i];
      change = std::max(change, std::fabs(next[i] - scores[i]) / next[i]);
    }
    scores.swap(next);
    if (change > tolerance) continue;
    level_scores(scores, rounding, Within::larger_one);
    return scores;
  }
  return unsettled("pagerank", network, most_rounds);
}

/// Whether some ties lead in a circle: cities that observe nobody are taken away until there are none.
bool has_circle(TiesInForce const& ties) {
  std::vector<std::uint32_t> observed(ties.cities(), 0);  // how many a city still observes
  for (Index i = 0; i < ties.cities(); ++i) {
    for (Index const each : ties.observers(i)) ++observed[each];
  }
  std::vector<Index> gone;
  for (Index i = 0; i < ties.cities(); ++i) {
    if (observed[i] == 0) gone.push_back(i);
  }
  for (std::size_t k = 0; k < gone.size(); ++k) {
    for (Index const each : ties.observers(gone[k])) {
      if (--observed[each] == 0) gone.push_back(each);
    }
  }
  return gone.size() < ties.cities();
}

/// Tells when what is iterated has settled, from how fast its changes shrink.
class Settling {
 public:
  /// Whether all changes still to come are small, after one more round with this largest change.
  bool note(double change) {
    largest_ = std::max(largest_, change);
    if (++rounds_ % rounds_a_block != 0) return false;
    double const shrunk = before_ > 0 ? largest_ / before_ : 1;
    bool const small = shrunk < 1 && rounds_a_block * largest_ * shrunk / (1 - shrunk) <= tolerance;
    bool const settled = small || largest_ <= least_change;
    before_ = largest_;
    largest_ = 0;
    return settled;
  }

 private:
  static constexpr int rounds_a_block = 16;
  static constexpr double tolerance = 1e-10;
  static constexpr double least_change = 1e-14;  // less is rounding
  double largest_ = 0, before_ = 0;
  int rounds_ = 0;
};

/// One round: scores <- (W + shift λ) scores over their largest, λ being the growth of their sum. Returns the largest
/// change.
double advance(Product& product, std::vector<double>& scores, std::vector<double>& next) {
  constexpr double shift = 0.25;
  constexpr double nothing = 1e-100;  // far below, so that no arithmetic is on numbers next to 0
  product(scores, next);
  double const growth =
      std::accumulate(next.begin(), next.end(), 0.0) / std::accumulate(scores.begin(), scores.end(), 0.0);
  double largest = 0;
  for (std::size_t i = 0; i < next.size(); ++i) {
    next[i] += shift * growth * scores[i];
    largest = std::max(largest, next[i]);
  }
  double change = 0;
  for (std::size_t i = 0; i < next.size(); ++i) {
    next[i] /= largest;
    if (next[i] < nothing) next[i] = 0;
    change = std::max(change, std::fabs(next[i] - scores[i]));
  }
  scores.swap(next);
  return change;
}

CentralityScores eigenvector(TiesInForce const& ties, std::string const& network, int threads) {
  constexpr double most_work = 2e10;
  if (ties.ties() == 0) return std::vector<double>(ties.cities(), 0);
  if (!has_circle(ties)) {
    return "no ties of network '" + network + "' lead in a circle, so that the eigenvector centrality of all is 0";
  }
  int const most_rounds =
      static_cast<int>(std::clamp(most_work / (double{1} + ties.cities() + ties.ties()), 500.0, 100'000.0));
  std::vector<double> scores(ties.cities(), 1), next(ties.cities());
  Product product(ties, threads);
  Settling settling;
  for (int round = 0; round < most_rounds; ++round) {
    if (!settling.note(advance(product, scores, next))) continue;
    level_scores(scores, rounding, Within::largest_of_all);
    return scores;
  }
  return unsettled("eigenvector centrality", network, most_rounds);
}

std::vector<double> betweenness(TiesInForce const& ties, std::string const& network,
                                std::span<std::uint64_t const> hashes, int threads) {
  // A blank is in no name, so that no other selection has this key.
  std::uint64_t const key = make_key(0, 0, Purpose::selection, hash_id("betweenness " + network));
  std::size_t const sources = ties.cities() > most_exact_betweenness ? betweenness_sources : most_exact_betweenness;
  std::vector<double> scores = betweenness_scores(ties, hashes, key, sources, threads);
  level_scores(scores, rounding, Within::larger_one);
  return scores;
}

}  // namespace

CentralityScores centrality_scores(Centrality kind, TiesInForce const& ties, std::string const& network,
                                   std::span<std::uint64_t const> hashes, int threads) {
  switch (kind) {
    case Centrality::degree:
      return degrees(ties);
    case Centrality::strength:
      return strengths(ties);
    case Centrality::eigenvector:
      return eigenvector(ties, network, threads);
    case Centrality::pagerank:
      return pagerank(ties, network, threads);
    case Centrality::betweenness:
      return betweenness(ties, network, hashes, threads);
  }
  return degrees(ties);
}

void level_scores(std::vector<double>& scores, double part, Within within) {
  std::vector<Index> order(scores.size());
  std::iota(order.begin(), order.end(), Index{0});
  std::sort(order.begin(), order.end(), [&](Index a, Index b) { return scores[a] > scores[b]; });
  double const largest = order.empty() ? 0 : scores[order.front()];
  double above = std::numeric_limits<double>::infinity();
  double shared = above;
  for (Index const i : order) {
    double const own = scores[i];
    bool const apart = above - own > part * (within == Within::largest_of_all ? largest : above);
    if (apart || above == std::numeric_limits<double>::infinity()) shared = own;
    scores[i] = shared;
    above = own;
  }
}

}  // namespace hansa
