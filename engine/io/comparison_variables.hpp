/// Writes variables of the file of a comparison: numbers, means with their intervals, rows of cities.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "io/netcdf.hpp"
#include "measures/moments.hpp"
#include "world/cities.hpp"

namespace hansa {

/// What it refers to outlives it.
class ComparisonVariables {
 public:
  using Names = std::vector<std::string>;
  using Numbers = std::vector<double>;

  ComparisonVariables(NetcdfFile& file, Cities const& cities) : file_(file), cities_(cities) {}

  H5Dataset put(std::string const& name, Names const& along, Numbers const& values, std::string const& words,
                std::string const& units = "1");
  void put_counts(std::string const& name, Names const& along, std::vector<std::int32_t> const& values,
                  std::string const& words);
  /// Means under the name, ends of their intervals under NAME_bound; what is expected under each draw of the parameters
  /// under NAME_draws, where some are drawn.
  void intervals(std::string const& name, Names along, std::vector<Interval> const& values, std::string const& words,
                 std::string const& units = "1");
  void label(std::string const& name, Names const& names, std::string const& words);
  static void say(H5Dataset const& variable, std::string const& words, std::string const& units = {});

  /// By what readers find a city, for what follows.
  void place(std::string coordinates) { coordinates_ = std::move(coordinates); }
  void per_city(std::string const& name, Names const& along, Numbers const& values, std::string const& words);
  void per_group(std::string const& name, std::vector<float> const& values, std::string const& words);
  void find_by_city(H5Dataset const& variable) const;
  /// Rows of cities in the order of the file.
  void in_order(std::vector<float>& to, std::vector<float> const& rows) const;
  void in_order(Numbers& to, Numbers const& values) const;

 private:
  void between_draws(std::string const& name, Names along, std::vector<Interval> const& values,
                     std::string const& units);

  NetcdfFile& file_;
  Cities const& cities_;
  std::string coordinates_;
};

}  // namespace hansa
