/// Ties to the nearest, to the most similar and to all close cities.
#include "world/near_ties.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

#include "base/flat_math.hpp"
#include "base/parallel.hpp"
#include "world/attributes.hpp"
#include "world/neighbours.hpp"
#include "world/sphere.hpp"

namespace hansa {
namespace {

bool fits(std::int64_t k, Cities const& cities, Place const& where, Complaints& complaints) {
  if (k > 0 && k < cities.size()) return fits_layer(double(k) * cities.size(), where, complaints);
  complaints.add("k is " + std::to_string(k) + ", but there are " + std::to_string(cities.size()) + " cities", where,
                 "1 to the number of cities less one was expected");
  return false;
}

/// Interleaves columns into points.
PointCloud as_cloud(std::vector<std::vector<double>> const& numbers, std::vector<TextColumn const*> const& texts,
                    Index cities) {
  PointCloud cloud;
  cloud.axes = numbers.size();
  cloud.texts = texts.size();
  for (Index i = 0; i < cities; ++i) {
    for (std::vector<double> const& column : numbers) cloud.coordinates.push_back(column[i]);
    for (TextColumn const* column : texts) cloud.labels.push_back(column->code[i]);
  }
  return cloud;
}

/// Squared differences must stay finite.
bool is_moderate(std::vector<double> const& values, Reference const& attribute, Complaints& complaints) {
  constexpr double largest = 1e150;
  if (std::all_of(values.begin(), values.end(), [](double v) { return std::fabs(v) <= largest; })) return true;
  complaints.add("attribute '" + attribute.name + "' holds numbers too large for a distance", attribute.where,
                 "numbers up to 1e150 were expected");
  return false;
}

/// Points on the unit sphere as a cloud.
PointCloud cloud_on_sphere(std::vector<Point> const& points) {
  PointCloud cloud;
  cloud.axes = 3;
  cloud.coordinates.reserve(3 * points.size());
  for (Point const& point : points) cloud.coordinates.insert(cloud.coordinates.end(), point.begin(), point.end());
  return cloud;
}

/// Points in the space of attributes; nothing after a complaint.
std::optional<PointCloud> cloud_in_space(std::vector<Reference> const& on, std::string_view what, Cities const& cities,
                                         Complaints& complaints) {
  bool sound = true;
  std::vector<std::vector<double>> columns;
  for (Reference const& attribute : on) {
    std::vector<double> const* values = require_number(cities, attribute, what, complaints);
    sound = values && is_moderate(*values, attribute, complaints) && sound;
    if (values) columns.push_back(*values);
  }
  if (!sound) return std::nullopt;
  return as_cloud(columns, {}, cities.size());
}

TextColumn const* complete_text(Cities const& cities, Reference const& attribute, Complaints& complaints) {
  TextColumn const* text = require_text(cities, attribute, "similar", complaints);
  if (!text) return nullptr;
  auto const first = std::find(text->code.begin(), text->code.end(), -1);
  if (first == text->code.end()) return text;
  complaints.add("attribute '" + attribute.name + "' is missing for " +
                     std::to_string(std::count(first, text->code.end(), -1)) + " of " + std::to_string(cities.size()) +
                     " cities, '" + cities.id[first - text->code.begin()] + "' the first (similar)",
                 attribute.where, "a text for every city was expected");
  return nullptr;
}

}  // namespace

std::vector<Pair> nearest_ties(NearestTies const& spec, Cities const& cities, Place const& where,
                               Complaints& complaints, int threads) {
  bool const sound = fits(spec.k, cities, where, complaints);
  std::optional<PointCloud> cloud;
  if (spec.on.empty()) {
    std::vector<Point> const points = place_on_sphere(cities, where, complaints);
    if (!points.empty()) cloud = cloud_on_sphere(points);
  } else {
    cloud = cloud_in_space(spec.on, "nearest", cities, complaints);
  }
  if (!sound || !cloud) return {};
  return nearest_neighbours(*cloud, cities.size(), static_cast<std::size_t>(spec.k), threads);
}

std::vector<Pair> similar_ties(SimilarTies const& spec, Cities const& cities, Place const& where,
                               Complaints& complaints, int threads) {
  bool sound = fits(spec.k, cities, where, complaints);
  if (spec.on.empty()) {
    complaints.add("nothing is given in which cities could be similar", where, "`on: [ATTRIBUTE, …]` was expected");
    sound = false;
  }
  std::vector<std::vector<double>> numbers;
  std::vector<TextColumn const*> texts;
  for (Reference const& attribute : spec.on) {
    if (cities.text(attribute.name)) {
      texts.push_back(complete_text(cities, attribute, complaints));
      sound = sound && texts.back();
      continue;
    }
    std::vector<double> const* values = require_number(cities, attribute, "similar", complaints);
    sound = sound && values;
    if (!values) continue;
    numbers.push_back(*values);
    if (!standardize(numbers.back())) {
      complaints.add("attribute '" + attribute.name + "' does not vary (similar)", attribute.where,
                     "at least two different values are needed");
      sound = false;
    }
  }
  if (!sound) return {};
  return nearest_neighbours(as_cloud(numbers, texts, cities.size()), cities.size(), static_cast<std::size_t>(spec.k),
                            threads);
}

namespace {

/// All pairs of the cloud up to a distance of which `close` has the last word: the search goes a little further.
template <class Close>
PairParts close_pairs(PointCloud const& cloud, Index cities, double squared, Close const& close, Place const& where,
                      Complaints& complaints, int threads) {
  constexpr std::size_t most = std::size_t{1} << 31;
  std::optional<PairParts> parts = neighbours_within(cloud, cities, squared, most, threads);
  if (!parts) {
    complaints.add("more than 2^31 pairs of cities are that close", where, "a smaller distance was expected");
    return {};
  }
  parallel_for(parts->size(), threads, [&](std::size_t task) {
    std::erase_if((*parts)[task], [&](Pair const& pair) { return !close(pair.source, pair.target); });
  });
  return std::move(*parts);
}

}  // namespace

PairParts ties_within(WithinTies const& spec, Cities const& cities, Place const& where, Complaints& complaints,
                      int threads) {
  double const furthest = spec.km ? *spec.km : spec.distance.value_or(-1);
  if (!(furthest >= 0 && furthest <= 1e150)) {
    complaints.add("the distance is no number from 0 (within)", where, "a distance from 0 was expected");
    return {};
  }
  if (spec.km) {
    std::vector<Point> const points = place_on_sphere(cities, where, complaints);
    if (points.empty()) return {};
    double const half_angle = furthest / (2 * earth_radius_km);
    double const chord = half_angle < std::numbers::pi / 2 ? 2 * flat::sin(half_angle) : 2;
    auto const close = [&](Index a, Index b) { return great_circle_km(points[a], points[b]) <= furthest; };
    return close_pairs(cloud_on_sphere(points), cities.size(), chord * chord, close, where, complaints, threads);
  }
  if (spec.on.empty()) {
    complaints.add("nothing is given in which the distance is measured (within)", where,
                   "`on: [ATTRIBUTE, …]` was expected");
    return {};
  }
  std::optional<PointCloud> const cloud = cloud_in_space(spec.on, "within", cities, complaints);
  if (!cloud) return {};
  auto const close = [&](Index a, Index b) { return std::sqrt(cloud->squared_distance(a, b)) <= furthest; };
  return close_pairs(*cloud, cities.size(), furthest * furthest, close, where, complaints, threads);
}

}  // namespace hansa
