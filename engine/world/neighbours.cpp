/// A k-d tree of cities, searched from every one of them.
#include "world/neighbours.hpp"

#include <algorithm>
#include <atomic>
#include <limits>
#include <map>
#include <span>

#include <nanoflann.hpp>

#include "base/parallel.hpp"

namespace hansa {
namespace {

struct Neighbour {
  double distance;  // squared
  Index city;
  auto operator<=>(Neighbour const&) const = default;
};

/// The best k by (distance, id), a heap with the worst on top. What nanoflann calls a result set.
class Nearest {
 public:
  using DistanceType = double;
  Nearest(Index self, std::size_t k) : self_(self), k_(k) { best_.reserve(k + 1); }

  bool addPoint(double distance, Index city) {
    if (city == self_) return true;
    Neighbour const found{distance, city};
    if (full() && !(found < best_.front())) return true;
    best_.push_back(found);
    std::push_heap(best_.begin(), best_.end());
    if (best_.size() > k_) {
      std::pop_heap(best_.begin(), best_.end());
      best_.pop_back();
    }
    return true;
  }
  /// A little beyond the k-th, because those at the same distance matter, and the tree's bounds are rounded.
  [[nodiscard]] double worstDist() const {
    if (!full()) return std::numeric_limits<double>::max();
    return best_.front().distance * (1 + 1e-9) + std::numeric_limits<double>::min();
  }
  [[nodiscard]] bool full() const { return best_.size() == k_; }
  [[nodiscard]] std::size_t size() const { return best_.size(); }
  [[nodiscard]] std::vector<Neighbour> const& best() const { return best_; }

 private:
  Index self_;
  std::size_t k_;
  std::vector<Neighbour> best_;
};

/// All later cities up to a squared distance.
class WithinRadius {
 public:
  using DistanceType = double;
  WithinRadius(Index self, double squared, std::vector<Pair>& found) : self_(self), squared_(squared), found_(found) {}

  bool addPoint(double distance, Index city) {
    if (distance > squared_) return true;
    ++met_;
    if (city > self_) found_.push_back({self_, city});
    return true;
  }
  /// All within the distance, the city itself and earlier ones too.
  [[nodiscard]] std::size_t met() const { return met_; }
  [[nodiscard]] double worstDist() const { return squared_; }
  [[nodiscard]] bool full() const { return true; }
  [[nodiscard]] std::size_t size() const { return found_.size(); }

 private:
  Index self_;
  double squared_;
  std::vector<Pair>& found_;
  std::size_t met_ = 0;
};

struct Points {
  PointCloud const& cloud;
  Index count;
  [[nodiscard]] std::size_t kdtree_get_point_count() const { return count; }
  [[nodiscard]] double kdtree_get_pt(std::size_t city, std::size_t axis) const {
    return cloud.coordinates[city * cloud.axes + axis];
  }
  template <class Box>
  bool kdtree_get_bbox(Box& /*box*/) const {
    return false;
  }
};

/// How nanoflann measures: it splits along coordinates, and labels only add to a distance. Queries are points of the
/// cloud itself, so that their address tells which.
struct Metric {
  using ElementType = double;
  using DistanceType = double;
  PointCloud const& cloud;

  explicit Metric(Points const& points) : cloud(points.cloud) {}
  double evalMetric(double const* from, Index city, std::size_t axes) const {
    auto const query = static_cast<Index>((from - cloud.coordinates.data()) / static_cast<std::ptrdiff_t>(axes));
    return cloud.squared_distance(query, city);
  }
  double accum_dist(double a, double b, std::size_t /*axis*/) const { return (a - b) * (a - b); }
};

using Tree = nanoflann::KDTreeSingleIndexAdaptor<Metric, Points, -1, Index>;

void search_tree(PointCloud const& cloud, Index cities, std::size_t k, int threads, std::vector<Pair>& ties) {
  constexpr std::size_t cities_a_task = 256;
  Points const points{cloud, cities};
  Tree const tree(static_cast<std::int32_t>(cloud.axes), points, nanoflann::KDTreeSingleIndexAdaptorParams(10));
  parallel_for((cities + cities_a_task - 1) / cities_a_task, threads, [&](std::size_t task) {
    std::size_t const end = std::min<std::size_t>(cities, (task + 1) * cities_a_task);
    for (std::size_t turn = task * cities_a_task; turn < end; ++turn) {
      std::size_t const i = tree.vAcc[turn];  // neighbours in turn, whose surroundings are at hand
      Nearest nearest(static_cast<Index>(i), k);
      tree.findNeighbors(nearest, cloud.coordinates.data() + i * cloud.axes, nanoflann::SearchParams());
      std::size_t at = i * k;
      for (Neighbour const& each : nearest.best()) ties[at++] = {each.city, static_cast<Index>(i)};
    }
  });
}

/// Cities with the same labels have the same neighbours, apart from themselves: the k + 1 nearest of each combination
/// are found once.
void search_labels(PointCloud const& cloud, Index cities, std::size_t k, int threads, std::vector<Pair>& ties) {
  std::map<std::vector<std::int32_t>, std::vector<Index>> groups;
  for (Index i = 0; i < cities; ++i) {
    auto const first = cloud.labels.begin() + static_cast<std::ptrdiff_t>(i * cloud.texts);
    groups[{first, first + static_cast<std::ptrdiff_t>(cloud.texts)}].push_back(i);
  }
  std::vector<std::span<Index const>> members;
  for (auto const& [labels, group] : groups) members.emplace_back(group);
  parallel_for(members.size(), threads, [&](std::size_t own) {
    Nearest nearest(std::numeric_limits<Index>::max(), k + 1);
    for (std::span<Index const> other : members) {
      double const distance = cloud.squared_distance(members[own].front(), other.front());
      for (Index city : other.first(std::min(other.size(), k + 1))) nearest.addPoint(distance, city);
    }
    std::vector<Neighbour> sorted = nearest.best();
    std::sort(sorted.begin(), sorted.end());
    for (Index i : members[own]) {
      std::size_t taken = 0;
      for (Neighbour const& each : sorted) {
        if (each.city != i && taken < k) ties[i * k + taken++] = {each.city, i};
      }
    }
  });
}

}  // namespace

double PointCloud::squared_distance(Index a, Index b) const noexcept {
  double sum = 0;
  for (std::size_t axis = 0; axis < axes; ++axis) {
    double const difference = coordinates[a * axes + axis] - coordinates[b * axes + axis];
    sum += difference * difference;
  }
  for (std::size_t text = 0; text < texts; ++text) {
    if (labels[a * texts + text] != labels[b * texts + text]) sum += 1;
  }
  return sum;
}

std::vector<Pair> nearest_neighbours(PointCloud const& cloud, Index cities, std::size_t k, int threads) {
  std::vector<Pair> ties(std::size_t{cities} * k);
  if (cloud.axes > 0)
    search_tree(cloud, cities, k, threads, ties);
  else
    search_labels(cloud, cities, k, threads, ties);
  return ties;
}

namespace {

/// Whether so many pairs are to be expected from a hundred of the cities that they would not fit by far.
bool expects_more(Tree const& tree, PointCloud const& cloud, Index cities, double bound, std::size_t most) {
  std::size_t const step = std::max<std::size_t>(1, cities / 100);
  double sampled = 0;
  double pairs = 0;
  std::vector<Pair> none;
  for (std::size_t i = 0; i < cities; i += step, ++sampled) {
    WithinRadius within(std::numeric_limits<Index>::max(), bound, none);  // which keeps none, and counts all
    tree.findNeighbors(within, cloud.coordinates.data() + i * cloud.axes, nanoflann::SearchParams());
    pairs += static_cast<double>(within.met()) / 2;
  }
  return pairs / sampled * cities > 4 * static_cast<double>(most);
}

}  // namespace

std::optional<PairParts> neighbours_within(PointCloud const& cloud, Index cities, double squared, std::size_t most,
                                           int threads) {
  constexpr std::size_t cities_a_task = 256;
  Points const points{cloud, cities};
  Tree const tree(static_cast<std::int32_t>(cloud.axes), points, nanoflann::KDTreeSingleIndexAdaptorParams(10));
  double const bound = squared * (1 + 1e-9) + std::numeric_limits<double>::min();
  if (expects_more(tree, cloud, cities, bound, most)) return std::nullopt;
  PairParts parts((cities + cities_a_task - 1) / cities_a_task);
  std::atomic<std::size_t> count = 0;
  parallel_for(parts.size(), threads, [&](std::size_t task) {
    std::size_t const end = std::min<std::size_t>(cities, (task + 1) * cities_a_task);
    for (std::size_t turn = task * cities_a_task; turn < end && count <= most; ++turn) {
      std::size_t const i = tree.vAcc[turn];
      std::size_t const before = parts[task].size();
      WithinRadius within(static_cast<Index>(i), bound, parts[task]);
      tree.findNeighbors(within, cloud.coordinates.data() + i * cloud.axes, nanoflann::SearchParams());
      count += parts[task].size() - before;
    }
    parts[task].shrink_to_fit();
  });
  if (count > most) return std::nullopt;
  return parts;
}

}  // namespace hansa
