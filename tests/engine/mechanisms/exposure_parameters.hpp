/// Parameters of exposure, as tests write them.
#pragma once

#include <string>
#include <utility>

#include "scenario/parameters.hpp"

namespace hansa::test {

inline Parameters exposure(Value where, std::string const& key, std::string const& normalize = "share",
                           Shape shape = {}) {
  Parameters p;
  p.set(key, std::move(where), {});
  p.set("normalize", normalize, {});
  p.set("shape", shape, {});
  return p;
}

inline Parameters on_ties(std::string const& normalize = "share", Shape shape = {}) {
  return exposure(Reference{"ties", {}}, "network", normalize, shape);
}

inline Parameters in_pool(Pool::Of of, std::string const& name = "", std::string const& normalize = "share") {
  return exposure(Pool{of, {name, {}}}, "pool", normalize);
}

/// The same with one more parameter.
inline Parameters with(Parameters parameters, std::string const& key, Value value) {
  parameters.set(key, std::move(value), {});
  return parameters;
}
inline Parameters fading(Parameters parameters, double half_life) {
  return with(std::move(parameters), "half_life", half_life);
}
inline Parameters weighed(Parameters parameters, std::string const& attribute) {
  return with(std::move(parameters), "source_weight", Reference{attribute, {}});
}
/// `how`: larger, smaller, same or different.
inline Parameters only(Parameters parameters, std::string const& how, std::string const& attribute) {
  return with(std::move(parameters), "only." + how, Reference{attribute, {}});
}

}  // namespace hansa::test
