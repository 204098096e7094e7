/// Weights of ties by distance, or by an attribute of the source.
#include "world/tie_weights.hpp"

#include "base/flat_math.hpp"
#include "world/sphere.hpp"

namespace hansa {
namespace {

void weigh_by_distance(std::vector<Tie>& ties, double km, NetworkSpec const& spec, Cities const& cities,
                       Complaints& complaints) {
  if (!(km > 0)) {
    complaints.add("`decay_km` of network '" + spec.name + "' is not positive", spec.where,
                   "kilometres above 0 were expected");
    return;
  }
  std::vector<Point> const points = place_on_sphere(cities, spec.where, complaints);
  if (points.empty()) return;
  std::size_t vanished = 0;
  for (Tie& tie : ties) {
    double const before = tie.weight;
    tie.weight *= flat::exp(-great_circle_km(points[tie.source], points[tie.target]) / km);
    if (tie.weight == 0 && before > 0) ++vanished;
  }
  if (vanished > 0) {
    complaints.warn("network '" + spec.name + "': " + std::to_string(vanished) +
                        (vanished == 1 ? " tie is so long that its" : " ties are so long that their") +
                        " weight exp(-distance / km) is 0",
                    spec.where, "a larger `decay_km` keeps them");
  }
}

void weigh_by_source(std::vector<Tie>& ties, Reference const& attribute, Cities const& cities, Complaints& complaints) {
  std::vector<double> const* values = require_number(cities, attribute, "weight of ties", complaints);
  if (!values) return;
  for (Index i = 0; i < cities.size(); ++i) {
    if ((*values)[i] >= 0) continue;
    complaints.add("attribute '" + attribute.name + "' of city '" + cities.id[i] + "' is negative (weight of ties)",
                   attribute.where, "weights from 0 were expected");
    return;
  }
  for (Tie& tie : ties) tie.weight *= (*values)[tie.source];
}

}  // namespace

void weigh(std::vector<Tie>& ties, NetworkSpec const& spec, Cities const& cities, Complaints& complaints) {
  if (auto const* decay = std::get_if<DecayWeight>(&spec.weight)) {
    weigh_by_distance(ties, decay->km, spec, cities, complaints);
  } else if (auto const* source = std::get_if<SourceWeight>(&spec.weight)) {
    weigh_by_source(ties, source->attribute, cities, complaints);
  }
}

}  // namespace hansa
