/// Ties to the nearest and to the most similar cities.
#include "world/near_ties.hpp"

#include <algorithm>
#include <cmath>

#include "world/attributes.hpp"
#include "world/neighbours.hpp"
#include "world/sphere.hpp"

namespace hansa {
namespace {

bool fits(std::int64_t k, Cities const& cities, Place const& where, Complaints& complaints) {
  if (k > 0 && k < cities.size()) return true;
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

std::vector<Tie> nearest_ties(NearestTies const& spec, Cities const& cities, Place const& where, Complaints& complaints,
                              int threads) {
  bool sound = fits(spec.k, cities, where, complaints);
  PointCloud cloud;
  if (spec.on.empty()) {
    std::vector<Point> const points = place_on_sphere(cities, where, complaints);
    sound = sound && !points.empty();
    cloud.axes = 3;
    for (Point const& point : points) cloud.coordinates.insert(cloud.coordinates.end(), point.begin(), point.end());
  } else {
    std::vector<std::vector<double>> columns;
    for (Reference const& attribute : spec.on) {
      std::vector<double> const* values = require_number(cities, attribute, "nearest", complaints);
      sound = values && is_moderate(*values, attribute, complaints) && sound;
      if (values) columns.push_back(*values);
    }
    if (sound) cloud = as_cloud(columns, {}, cities.size());
  }
  if (!sound) return {};
  return nearest_neighbours(cloud, cities.size(), static_cast<std::size_t>(spec.k), threads);
}

std::vector<Tie> similar_ties(SimilarTies const& spec, Cities const& cities, Place const& where, Complaints& complaints,
                              int threads) {
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

}  // namespace hansa
