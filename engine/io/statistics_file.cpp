/// Lays out variables along policies, cities, steps and replicates.
#include "io/statistics_file.hpp"

#include <cmath>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "io/city_variables.hpp"
#include "io/netcdf.hpp"
#include "io/result_attributes.hpp"
#include "io/sealed_netcdf.hpp"

namespace hansa {

namespace {

using Axes = std::vector<std::string>;

class StatisticsWriter {
 public:
  StatisticsWriter(NetcdfFile& file, StatisticsTable const& table, Cities const& cities, Clock const& clock)
      : file_(file), table_(table), cities_(cities), clock_(clock) {}

  void write() {
    say(file_.labels("policy", std::span<std::string const>(table_.policies)), "policy");
    file_.dimension("city", cities_.size());
    std::vector<std::int32_t> time(static_cast<std::size_t>(clock_.steps()));
    std::iota(time.begin(), time.end(), clock_.start);
    say(file_.labels<std::int32_t>("time", time), "time", clock_.unit);
    if (table_.simulated) {
      std::vector<std::int32_t> const numbers(table_.replicates.begin(), table_.replicates.end());
      say(file_.labels<std::int32_t>("replicate", numbers), "number of the replicate");
    }
    coordinates_ = write_cities(file_, cities_);
    for (std::size_t v = 0; v < table_.variables.size(); ++v) write_variable(v);
  }

 private:
  static void say(H5Dataset variable, std::string const& words, std::string const& units = {}) {
    h5_set_text(variable.id(), "long_name", words);
    if (!units.empty()) h5_set_text(variable.id(), "units", units);
    variable.close("cannot close a variable");
  }

  /// Rows of cities in the order of the cities' file; `wide` numbers a city.
  template <class T>
  [[nodiscard]] std::vector<T> in_file_order(std::vector<T> const& values, std::size_t wide) const {
    std::size_t const cities = cities_.size();
    std::vector<T> ordered(values.size());
    for (std::size_t begin = 0; begin < values.size(); begin += cities * wide)
      for (std::size_t row = 0; row < cities; ++row)
        for (std::size_t k = 0; k < wide; ++k)
          ordered[begin + row * wide + k] = values[begin + cities_.input_order[row] * wide + k];
    return ordered;
  }

  void finish(H5Dataset made, StatisticVariable const& variable, std::string const& words) {
    h5_set_text(made.id(), "statistic", variable.kind);
    h5_set_text(made.id(), "entry", variable.entry);
    if (variable.by_city) h5_set_text(made.id(), "coordinates", coordinates_);
    say(std::move(made), words);
  }

  void write_variable(std::size_t v) {
    StatisticVariable const& variable = table_.variables[v];
    Axes axes;
    if (table_.simulated && !variable.by_city) axes.emplace_back("replicate");
    axes.emplace_back("policy");
    if (variable.by_city) axes.emplace_back("city");
    if (variable.by_time) axes.emplace_back("time");
    if (!variable.classes.empty()) return write_classes(v, std::move(axes));
    if (variable.counts) {
      std::vector<std::int32_t> counts;
      for (double const each : table_.values[v]) counts.push_back(static_cast<std::int32_t>(each));
      H5Dataset made = file_.variable<std::int32_t>(variable.name, axes, std::nullopt);
      file_.write<std::int32_t>(made, counts);
      return finish(std::move(made), variable, variable.meaning);
    }
    std::size_t const wide = variable.by_time ? static_cast<std::size_t>(clock_.steps()) : 1;
    H5Dataset made = file_.variable<double>(variable.name, axes, no_number);
    if (variable.by_city)
      file_.write<double>(made, in_file_order(table_.values[v], wide));
    else
      file_.write<double>(made, table_.values[v]);
    bool const mean = table_.simulated && variable.by_city;
    finish(std::move(made), variable,
           mean ? variable.meaning + ", mean over replicates that have it" : variable.meaning);
    if (mean) write_known(v, axes, wide);
  }

  /// In how many replicates there is a value.
  void write_known(std::size_t v, Axes const& axes, std::size_t wide) {
    StatisticVariable const& variable = table_.variables[v];
    H5Dataset made = file_.variable<std::int32_t>(variable.name + "_replicates", axes, std::nullopt);
    file_.write<std::int32_t>(made, in_file_order(table_.known[v], wide));
    finish(std::move(made), variable, "number of replicates that have " + variable.name);
  }

  void write_classes(std::size_t v, Axes axes) {
    StatisticVariable const& variable = table_.variables[v];
    if (table_.simulated) {
      std::string const dimension = "class_" + variable.name;
      std::vector<std::string> const names(variable.classes.begin(), variable.classes.end());
      say(file_.labels(dimension, std::span<std::string const>(names)), "category");
      axes.push_back(dimension);
      H5Dataset made = file_.variable<double>(variable.name, axes, no_number);
      file_.write<double>(made, in_file_order(table_.values[v], names.size()));
      finish(std::move(made), variable, variable.meaning + ", share of replicates");
      axes.pop_back();
      return write_known(v, axes, 1);
    }
    std::vector<std::int8_t> codes, flags;
    for (double const each : in_file_order(table_.values[v], 1))
      codes.push_back(std::isnan(each) ? std::int8_t{-1} : static_cast<std::int8_t>(each));
    for (std::size_t k = 0; k < variable.classes.size(); ++k) flags.push_back(static_cast<std::int8_t>(k));
    H5Dataset made = file_.variable<std::int8_t>(variable.name, axes, std::int8_t{-1});
    file_.write<std::int8_t>(made, codes);
    h5_set_numbers<std::int8_t>(made.id(), "flag_values", flags);
    h5_set_text(made.id(), "flag_meanings", fmt::format("{}", fmt::join(variable.classes, " ")));
    finish(std::move(made), variable, variable.meaning);
  }

  NetcdfFile& file_;
  StatisticsTable const& table_;
  Cities const& cities_;
  Clock const& clock_;
  std::string coordinates_;
};

std::uint64_t bytes_of(StatisticsTable const& table, Cities const& cities, StatisticsFileOptions const& options) {
  std::uint64_t bytes = (std::uint64_t{1} << 17) + options.scenario_text.size() + 512 * options.input_digests.size();
  bytes += std::uint64_t{300} * cities.size() + 16 * table.replicates.size();
  for (std::vector<double> const& each : table.values) bytes += sizeof(double) * each.size() + 2048;
  for (std::vector<std::int32_t> const& each : table.known) bytes += sizeof(std::int32_t) * each.size() + 2048;
  return bytes;
}

}  // namespace

void write_statistics_file(StatisticsTable const& table, Cities const& cities, Clock const& clock,
                           StatisticsFileOptions const& options) {
  write_sealed(options.file, options.overwrite, bytes_of(table, cities, options), [&](NetcdfFile& file) {
    StatisticsWriter(file, table, cities, clock).write();
    write_origin(file, {options.title, options.scenario_text, options.input_digests, options.world_sha256,
                        options.reproducible});
    h5_set_text(file.root(), "contents", "statistics");
    h5_set_text(file.root(), "histories", options.histories.empty() ? "observed" : options.histories);
  });
}

}  // namespace hansa
