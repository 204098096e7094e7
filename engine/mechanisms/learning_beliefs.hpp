/// Normal beliefs about a policy and how looks at adopters move them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/aligned.hpp"
#include "base/ids.hpp"
#include "model/number_course.hpp"
#include "model/term.hpp"
#include "world/network.hpp"

namespace hansa {

/// A number for all cities, or one each.
struct PerCity {
  double all = 0;
  std::vector<double> each;  ///< empty: all
  [[nodiscard]] double operator[](Index city) const noexcept { return each.empty() ? all : each[city]; }
};

enum class LookNoise { normal, none };

/// What looks are worth. Shared const.
///
/// A look of city i at the performance q of an adopter j has precision k = w/observation_sd², w the weight of the tie.
/// It tells about what the policy does in a city like i with precision
///   v = 1/(1/k + spread² + distance_sd² ‖z_i - z_j‖²),
/// since adopters differ by chance and cities of other kinds teach less. With ΔU = Σ v, ΔQ = Σ v q and ΔV = Σ v²/k over
/// the looks of a step, and one standard normal ε per city and step:
///   m <- (τ m + ΔQ + √ΔV ε)/(τ + ΔU),   τ <- τ + ΔU.
/// Without noise ε is left out. (The looks have noise of variance 1/k each; weighed by v it sums to ΔV.)
struct LookRule {
  NumberCourse precision = 1;           ///< 1/observation_sd²
  double spread = 0;                    ///< of merit
  NumberCourse distance_sd;             ///< 0: all cities are alike
  std::vector<std::vector<double>> of;  ///< z: the attributes in which cities differ, standardised, one column each
  LookNoise noise = LookNoise::normal;
  NumberCourse risk_aversion;
  NumberCourse own_precision;  ///< of what an adopter sees of its own in a step; 0: it sees nothing
  PerCity prior_mean;
  PerCity prior_precision;
  double prior_spread = 0;  ///< sd by which the means of priors differ between cities, drawn in each replicate
  std::uint64_t policy = 0;
};

/// The beliefs of all cities in one replicate.
class BeliefState {
 public:
  BeliefState(LookRule const& rule, std::span<std::uint64_t const> hashes);
  void reset(Outset const& outset, NetworkLayer const& layer);
  /// Looks are worth from now on what they are in `step`.
  void look_as_in(std::int32_t step);
  /// M is from now on what it is in the decisions of `step`; touches all cities where that is not the same.
  void weigh_as_in(std::int32_t step, Touched& touched);

  /// All cities that observe `source` along ties that hold in `step` look at it: its performance is q.
  void look_at(Index source, double q, std::int32_t step);
  /// One city looks, along a tie of `weight` units of the layer.
  /// `strength`: of a tie that has one, above 0.
  void look(Index target, Index source, std::uint32_t weight, double q, double strength = 1);
  /// A city takes in, with this precision, what it has itself seen a performance to be.
  void absorb(Index city, double precision, double seen) noexcept;
  /// Moves the beliefs of those who looked in `step`, and touches them.
  void update(std::int32_t step, Touched& touched);

  /// M of a city.
  [[nodiscard]] double news(Index city) const noexcept { return cities_[city].news; }
  [[nodiscard]] double mean(Index city) const noexcept { return cities_[city].mean; }
  [[nodiscard]] double precision(Index city) const noexcept { return cities_[city].precision; }
  /// m0.
  [[nodiscard]] double first_mean(Index city) const noexcept;
  /// Valid until the next call.
  [[nodiscard]] Beliefs beliefs() const;
  [[nodiscard]] static constexpr std::size_t bytes_per_city() noexcept { return sizeof(City) + sizeof(Index); }

 private:
  /// All of a city in one cache line: sums over its looks in this step (u > 0 once it has looked), and its belief.
  struct alignas(64) City {
    double u = 0, q = 0, v = 0;
    std::uint64_t hash = 0;
    double mean = 0, precision = 0;
    double start = 0;  // m0 - r/√τ0
    double news = 0;
  };
  template <bool weighted, bool distant, bool dated>
  void look_along(Index source, double q, std::int32_t step);
  void update_some(std::span<Index const> looked, std::int32_t step);
  [[nodiscard]] double variance(Index target, Index source) const noexcept;
  void add(Index target, double k, double share, double q) noexcept;
  [[nodiscard]] double worth(double mean, double precision) const noexcept;

  LookRule const& rule_;
  NetworkLayer const* layer_ = nullptr;
  double per_unit_ = 1;  // precision of a look along a tie of one unit
  double distance_sd_ = 0, risk_aversion_ = 0;
  double known_ = -1, known_share_ = 0;  // 1 / (1 + k spread^2) of the last k
  std::vector<double> first_means_;      // m0, where the aversion to risk changes by date
  std::uint64_t noise_key_ = 0;
  AlignedVector<City> cities_;
  std::vector<Index> looked_;  // who looked in this step; room for one more than there are cities
  std::size_t count_ = 0;
  mutable std::vector<double> means_, precisions_;  // of beliefs()
};

}  // namespace hansa
