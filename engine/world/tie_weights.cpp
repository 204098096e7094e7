/// Weights of ties by distance, or by an attribute of the source.
#include "world/tie_weights.hpp"

#include <algorithm>
#include <optional>

#include "base/flat_math.hpp"
#include "base/parallel.hpp"
#include "world/fixed_point.hpp"
#include "world/spells.hpp"
#include "world/sphere.hpp"

namespace hansa {
namespace {

/// What the weight of a tie is multiplied by.
class Factor {
 public:
  /// Nothing after a complaint.
  static std::optional<Factor> make(NetworkSpec const& spec, Cities const& cities, Complaints& complaints) {
    if (auto const* decay = std::get_if<DecayWeight>(&spec.weight))
      return decaying(decay->km, spec, cities, complaints);
    if (auto const* source = std::get_if<SourceWeight>(&spec.weight)) {
      return of_source(source->attribute, cities, complaints);
    }
    return std::nullopt;
  }
  [[nodiscard]] double operator()(Index source, Index target) const noexcept {
    if (values_) return (*values_)[source];
    return flat::exp(-great_circle_km(points_[source], points_[target]) / km_);
  }

 private:
  static std::optional<Factor> decaying(double km, NetworkSpec const& spec, Cities const& cities,
                                        Complaints& complaints) {
    if (!(km > 0)) {
      complaints.add("`decay_km` of network '" + spec.name + "' is not positive", spec.where,
                     "kilometres above 0 were expected");
      return std::nullopt;
    }
    Factor factor;
    factor.km_ = km;
    factor.points_ = place_on_sphere(cities, spec.where, complaints);
    if (factor.points_.empty()) return std::nullopt;
    return factor;
  }
  static std::optional<Factor> of_source(Reference const& attribute, Cities const& cities, Complaints& complaints) {
    Factor factor;
    factor.values_ = require_number(cities, attribute, "weight of ties", complaints);
    if (!factor.values_) return std::nullopt;
    for (Index i = 0; i < cities.size(); ++i) {
      if ((*factor.values_)[i] >= 0) continue;
      complaints.add("attribute '" + attribute.name + "' of city '" + cities.id[i] + "' is negative (weight of ties)",
                     attribute.where, "weights from 0 were expected");
      return std::nullopt;
    }
    return factor;
  }

  std::vector<double> const* values_ = nullptr;  // by source; or:
  std::vector<Point> points_;
  double km_ = 0;
};

void warn_of_distance(std::size_t vanished, NetworkSpec const& spec, Complaints& complaints) {
  if (vanished == 0 || !std::holds_alternative<DecayWeight>(spec.weight)) return;
  complaints.warn("network '" + spec.name + "': " + std::to_string(vanished) +
                      (vanished == 1 ? " tie is so long that its" : " ties are so long that their") +
                      " weight exp(-distance / km) is 0",
                  spec.where, "a larger `decay_km` keeps them");
}

std::vector<double> weights_of(NetworkLayer const& layer, Factor const& factor, int threads) {
  constexpr std::size_t rows_a_task = 4096;
  std::vector<double> weights(layer.ties());
  std::size_t const cities = layer.first.size() - 1;
  parallel_for((cities + rows_a_task - 1) / rows_a_task, threads, [&](std::size_t task) {
    std::size_t const end = std::min(cities, (task + 1) * rows_a_task);
    for (std::size_t i = task * rows_a_task; i < end; ++i) {
      for (std::uint32_t k = layer.first[i]; k < layer.first[i + 1]; ++k) {
        weights[k] = factor(static_cast<Index>(i), layer.target[k]);
      }
    }
  });
  return weights;
}

/// Leaves out the ties whose whole weight is 0.
void drop_zeros(NetworkLayer& layer) {
  std::uint32_t kept = 0;
  std::uint32_t begin = 0;
  for (std::size_t i = 0; i + 1 < layer.first.size(); ++i) {
    std::uint32_t const end = layer.first[i + 1];
    for (std::uint32_t k = begin; k < end; ++k) {
      if (layer.weight[k] == 0) continue;
      layer.target[kept] = layer.target[k];
      layer.weight[kept++] = layer.weight[k];
    }
    begin = end;
    layer.first[i + 1] = kept;
  }
}

}  // namespace

void weigh(std::vector<Tie>& ties, NetworkSpec const& spec, Cities const& cities, Complaints& complaints) {
  std::optional<Factor> const factor = Factor::make(spec, cities, complaints);
  if (!factor) return;
  std::size_t vanished = 0;
  for (Tie& tie : ties) {
    double const before = tie.weight;
    tie.weight *= (*factor)(tie.source, tie.target);
    if (tie.weight == 0 && before > 0) ++vanished;
  }
  warn_of_distance(vanished, spec, complaints);
}

void weigh(NetworkLayer& layer, NetworkSpec const& spec, Cities const& cities, Complaints& complaints, int threads) {
  std::optional<Factor> const factor = Factor::make(spec, cities, complaints);
  if (!factor) return;
  std::vector<double> const weights = weights_of(layer, *factor, threads);
  std::size_t const padding = layer.target.size() - layer.ties();
  FixedPoint fixed = to_fixed_point(weights);
  std::size_t too_long = 0;
  std::size_t too_weak = 0;
  bool weighted = fixed.unit != 1;
  for (std::size_t k = 0; k < weights.size(); ++k) {
    too_long += weights[k] == 0 ? 1 : 0;
    too_weak += weights[k] > 0 && fixed.weights[k] == 0 ? 1 : 0;
    weighted = weighted || fixed.weights[k] > 1;
  }
  layer.unit = fixed.unit;
  layer.weight = std::move(fixed.weights);
  if (too_long + too_weak > 0) drop_zeros(layer);
  layer.target.resize(layer.ties());
  layer.target.resize(layer.ties() + padding, 0);
  layer.weight.resize(layer.ties());
  layer.weight.resize(layer.ties() + padding, 0);
  if (!weighted) layer.weight = {};
  warn_of_distance(too_long, spec, complaints);
  warn_of_vanished(too_weak, layer.name, spec.where, complaints);
  count_in_ties(layer);
  check_sums(layer, spec.where, complaints);
}

}  // namespace hansa
