/// Scenario discovery: boxes of inputs in which something happens, by the patient rule induction method (PRIM; Friedman
/// & Fisher 1999), with coverage, density and quasi-p-values after Bryant & Lempert (2010).
#pragma once

#include <cstddef>
#include <vector>

namespace hansa {

struct PrimOptions {
  double peel = 0.05;           ///< share of the points that is taken off, or put back, at a time
  double least_support = 0.05;  ///< share of all points that stays in a box
  std::size_t boxes = 1;        ///< at most so many, each found among the points outside those before
  double most_p = 0.05;         ///< a limit with a higher quasi-p-value is given up
};

/// x >= low and x <= high; an end that is infinite is open.
struct BoxLimit {
  std::size_t input = 0;
  double low = 0, high = 0;
  double quasi_p = 0;  ///< chance of as many hits inside if the limit only took points away at random
};

struct BoxQuality {
  std::size_t inside = 0, hits = 0;
  double coverage = 0;  ///< share of all hits that lie in the box
  double density = 0;   ///< share of the points in the box that are hits
  double support = 0;   ///< share of all points that lie in the box
  std::size_t limits = 0;
};

struct PrimBox {
  std::vector<BoxLimit> limits;  ///< by input; empty: nothing tells hits from the rest
  BoxQuality quality;
  std::vector<BoxQuality> peeled;  ///< after each peel, the whole space first
};

/// Peels as long as enough points stay, each time where the density of what is left is highest; takes from the boxes on
/// the way the one with the highest harmonic mean of coverage and density; pastes while that raises the density; gives
/// up limits that could be chance. `columns`: of inputs, by point; `hits`: whether it happened. Coverage and support
/// are of all points, also in later boxes. A box without limits ends the search. Deterministic; ties go to the earlier
/// input, low ends first.
[[nodiscard]] std::vector<PrimBox> find_boxes(std::vector<std::vector<double>> const& columns,
                                              std::vector<bool> const& hits, PrimOptions const& options);

}  // namespace hansa
