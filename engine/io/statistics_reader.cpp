/// Reads variables of statistics by their kinds, and trusts no length.
#include "io/statistics_reader.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "io/checked_variables.hpp"
#include "io/city_variables.hpp"
#include "io/netcdf.hpp"
#include "io/sealed_file.hpp"

namespace hansa {

namespace {

constexpr char const* expected_statistics = "a file that hansa stats wrote was expected";
constexpr std::size_t most_statistic_numbers = 20'000'000;

struct KindAxes {
  std::string_view kind;
  bool by_city, by_time;
};

constexpr KindAxes kind_axes[] = {
    {"exposure", true, true},        {"threshold", true, false}, {"infection", true, false},
    {"susceptibility", true, false}, {"classes", true, false},   {"moran", false, false},
    {"bass", false, false},          {"curve", false, true},     {"survival", false, true},
};

std::vector<std::string> words_of(std::string const& text) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t const end = std::min(text.find(' ', at), text.size());
    words.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

class StatisticsParts {
 public:
  explicit StatisticsParts(hid_t root) : root_(root), in_(root) {}

  StatisticsContents read() {
    if (in_.text("contents") != "statistics") h5_refuse("holds no statistics");
    made_.title = in_.text("title");
    made_.histories = in_.text("histories");
    made_.engine_version = in_.text("engine_version");
    made_.engine_commit = in_.text("engine_commit");
    made_.policies = in_.names("policy");
    made_.cities = read_cities(root_);
    H5Variable const time = in_.list("time", most_listed);
    made_.time = h5_read_rows<std::int32_t>(time, 0, time.lengths[0]);
    made_.time_unit = h5_read_text(time.data.id(), "units");
    simulated_ = h5_has(root_, "replicate");
    if (simulated_) made_.replicates = in_.list("replicate", 10 * most_listed).lengths[0];
    for (std::string const& name : h5_names(root_)) read_one(name);
    return std::move(made_);
  }

 private:
  void read_one(std::string const& name) {
    H5Variable const found(root_, name);
    if (!h5_has_attribute(found.data.id(), "statistic")) return;
    ReadStatistic one;
    one.name = name;
    one.kind = h5_read_text(found.data.id(), "statistic");
    one.entry = h5_has_attribute(found.data.id(), "entry") ? h5_read_text(found.data.id(), "entry") : name;
    one.meaning = h5_read_text(found.data.id(), "long_name");
    if (counts_replicates(name)) return;
    auto const axes = std::ranges::find(kind_axes, one.kind, &KindAxes::kind);
    if (axes == std::end(kind_axes)) h5_refuse(fmt::format("the variable '{}' is of an unknown kind", name));
    one.by_city = axes->by_city;
    one.by_time = axes->by_time;
    std::vector<hsize_t> const lengths = lengths_of(one, found);
    hsize_t numbers = 1;
    for (hsize_t const each : lengths) numbers *= each;
    if (numbers > most_statistic_numbers) {
      made_.too_large.push_back(name);
      return;
    }
    one.values = in_.numbers(name, lengths);
    if (!one.classes.empty() && !simulated_) check_classes(one);
    if (one.by_city) one.values = in_canonical_order(one.values, lengths.size() > 2 ? lengths[2] : 1);
    made_.statistics.push_back(std::move(one));
  }

  /// Whether it says of how many replicates the mean of another variable is.
  [[nodiscard]] bool counts_replicates(std::string const& name) const {
    constexpr std::string_view end = "_replicates";
    return simulated_ && name.ends_with(end) && h5_has(root_, name.substr(0, name.size() - end.size()));
  }

  [[nodiscard]] std::vector<hsize_t> lengths_of(ReadStatistic& one, H5Variable const& found) const {
    std::vector<hsize_t> lengths;
    if (simulated_ && !one.by_city) lengths.push_back(made_.replicates);
    lengths.push_back(made_.policies.size());
    if (one.by_city) lengths.push_back(made_.cities.size());
    if (one.by_time) lengths.push_back(made_.time.size());
    if (one.kind != "classes") return lengths;
    if (simulated_) {
      one.classes = in_.names("class_" + one.name);
      lengths.push_back(one.classes.size());
    } else {
      one.classes = words_of(h5_read_text(found.data.id(), "flag_meanings"));
    }
    if (one.classes.empty()) h5_refuse(fmt::format("the variable '{}' has no categories", one.name));
    return lengths;
  }

  static void check_classes(ReadStatistic& one) {
    for (double& each : one.values) {
      if (each == -1) each = no_number;
      if (each >= static_cast<double>(one.classes.size()) || each < 0)
        h5_refuse(fmt::format("the variable '{}' has a number out of range", one.name));
    }
  }

  [[nodiscard]] std::vector<double> in_canonical_order(std::vector<double> const& values, std::size_t wide) const {
    std::vector<double> ordered(values.size());
    std::size_t const cities = made_.cities.size();
    for (std::size_t begin = 0; begin < values.size(); begin += cities * wide)
      for (std::size_t row = 0; row < cities; ++row)
        for (std::size_t k = 0; k < wide; ++k)
          ordered[begin + made_.cities.input_order[row] * wide + k] = values[begin + row * wide + k];
    return ordered;
  }

  hid_t root_;
  CheckedVariables in_;
  bool simulated_ = false;
  StatisticsContents made_;
};

}  // namespace

StatisticsContents read_statistics_file(std::filesystem::path const& file) {
  return read_sealed(file, expected_statistics, [&] {
    H5File const h5 = h5_open_file(file.string());
    return StatisticsParts(h5.id()).read();
  });
}

}  // namespace hansa
