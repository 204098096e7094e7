/// Designs made up for tests of estimation: rows by hand, and histories drawn from a known model.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/flat_math.hpp"
#include "inference/design.hpp"
#include "scenario/fit_spec.hpp"

namespace hansa::test {

inline constexpr FitLink every_link[] = {FitLink::logit, FitLink::cloglog, FitLink::probit, FitLink::additive};

/// Uniform numbers in (0, 1), the same everywhere (Steele, Lea & Flood 2014).
class Uniform {
 public:
  explicit Uniform(std::uint64_t seed) : state_(seed) {}
  double operator()() {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15ull;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return (static_cast<double>((z ^ (z >> 31)) >> 12) + 0.5) * 0x1p-52;
  }
  double normal() { return flat::inverse_normal((*this)()); }

 private:
  std::uint64_t state_;
};

/// Rows as they are, each a city of its own in period 0; no spells, no countries.
inline Design rows_of(std::vector<std::vector<double>> const& x, std::vector<int> const& event) {
  Design design;
  std::size_t const columns = x.front().size();
  design.x.resize(static_cast<Eigen::Index>(x.size()), static_cast<Eigen::Index>(columns));
  for (std::size_t k = 0; k < columns; ++k) design.names.push_back("x" + std::to_string(k));
  for (std::size_t r = 0; r < x.size(); ++r) {
    for (std::size_t k = 0; k < columns; ++k)
      design.x(static_cast<Eigen::Index>(r), static_cast<Eigen::Index>(k)) = x[r][k];
    design.event.push_back(static_cast<std::uint8_t>(event[r]));
    design.spell.push_back(-1);
    design.policy.push_back(0);
    design.city.push_back(static_cast<Index>(r));
    design.period.push_back(0);
  }
  return design;
}

struct MadeModel {
  std::size_t cities = 60, years = 8;
  std::vector<double> beta = {-1.5, 0.5, -0.4};  ///< the first of a column of ones
  FitLink link = FitLink::logit;
  double city_sd = 0;
  int spell_percent = 0;       ///< of adoptions: known only within three steps
  std::size_t log_linear = 0;  ///< of an additive link; the columns beyond are uniform and not normal
};

inline double made_hazard(MadeModel const& model, std::vector<double> const& x, double shift) {
  bool const additive = model.link == FitLink::additive;
  double eta = shift, added = 0;
  for (std::size_t k = 0; k < x.size(); ++k) (additive && k >= model.log_linear ? added : eta) += model.beta[k] * x[k];
  if (model.link == FitLink::logit) return flat::softplus(eta);
  if (model.link == FitLink::probit) return -flat::log(flat::normal_tail(eta));
  return flat::exp(eta) + added;
}

/// Histories: cities leave when they adopt. Three countries.
inline Design draw(MadeModel const& model, std::uint64_t seed) {
  Uniform uniform(seed);
  Design design;
  std::vector<std::vector<double>> rows;
  std::int32_t spells = 0;
  for (std::size_t city = 0; city < model.cities; ++city) {
    double const shift = model.city_sd * uniform.normal();
    std::size_t const first = rows.size();
    bool adopted = false;
    for (std::size_t year = 0; year < model.years && !adopted; ++year) {
      std::vector<double> x = {1};
      for (std::size_t k = 1; k < model.beta.size(); ++k) {
        bool const adds = model.link == FitLink::additive && k >= model.log_linear;
        x.push_back(adds ? uniform() : uniform.normal());
      }
      if (model.link == FitLink::additive && model.log_linear == 0) x[0] = uniform();
      adopted = uniform() < 1 - flat::exp(-made_hazard(model, x, shift));
      rows.push_back(x);
      design.event.push_back(adopted ? 1 : 0);
      design.spell.push_back(-1);
      design.policy.push_back(0);
      design.city.push_back(static_cast<Index>(city));
      design.period.push_back(2000 + static_cast<std::int32_t>(year));
      design.country.push_back(static_cast<std::int32_t>(city % 3));
    }
    if (adopted && uniform() * 100 < model.spell_percent) {
      for (std::size_t r = rows.size() > first + 3 ? rows.size() - 3 : first; r < rows.size(); ++r)
        design.spell[r] = spells;
      ++spells;
    }
  }
  design.x.resize(static_cast<Eigen::Index>(rows.size()), static_cast<Eigen::Index>(model.beta.size()));
  for (std::size_t k = 0; k < model.beta.size(); ++k) {
    design.names.push_back("x" + std::to_string(k));
    for (std::size_t r = 0; r < rows.size(); ++r)
      design.x(static_cast<Eigen::Index>(r), static_cast<Eigen::Index>(k)) = rows[r][k];
  }
  design.log_linear = model.log_linear;
  return design;
}

}  // namespace hansa::test
