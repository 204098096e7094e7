/// A set of cities, as the user described it; world/select.hpp finds the cities.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenario/parameters.hpp"

namespace hansa {

/// One line of `where`: the attribute's value is one of `values`, or lies in [lowest, highest] (a missing end is open).
struct Condition {
  Reference attribute;
  std::vector<Reference> values;  ///< texts, or numbers as written
  std::optional<double> lowest, highest;
};

/// How much a city is observed; world/centrality.hpp says how each is computed.
enum class Centrality { degree, strength, eigenvector, pagerank, betweenness };

struct Selector {
  enum class Form { all, ids, where, top, random, members, neighbours, any_of, all_of, none_of };
  Form form = Form::all;
  Place where;
  std::vector<Reference> names;       ///< ids; or one collaboration (members); or one network (neighbours)
  std::vector<Condition> conditions;  ///< where: all must hold
  std::size_t count = 0;              ///< top, random
  Reference by;  ///< top: attribute, largest first, ties by id; with `centrality`: network; empty: complained of
  std::optional<Centrality> centrality;
  std::vector<Selector> parts;  ///< among (top, random; empty: all), of (neighbours), or, and, not
};

}  // namespace hansa
