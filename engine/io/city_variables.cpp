/// Writes and reads ids, names, places and sizes of cities.
#include "io/city_variables.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include <fmt/format.h>

#include "io/checked_variables.hpp"

namespace hansa {

namespace {

/// Gathers the names of coordinates on the way.
class CityWriter {
 public:
  CityWriter(NetcdfFile& file, Cities const& cities) : file_(file), cities_(cities) {}

  std::string write() {
    std::vector<std::string> ids;
    for (Index const i : cities_.input_order) ids.push_back(cities_.id[i]);
    h5_set_text(file_.texts("city_id", {"city"}, ids).id(), "long_name", "stable id of the city");
    texts("name", "city_name", "name of the city");
    numbers("lat", "lat", "latitude", "degrees_north");
    numbers("lon", "lon", "longitude", "degrees_east");
    texts("country", "country", "country of the city");
    texts("region", "region", "region of the city");
    numbers("population", "population", "", "1");
    return coordinates_;
  }

 private:
  void numbers(std::string const& attribute, std::string const& name, std::string const& standard,
               std::string const& units) {
    std::vector<double> const* column = cities_.number(attribute);
    if (column == nullptr) return;
    std::vector<double> values;
    for (Index const i : cities_.input_order) values.push_back((*column)[i]);
    H5Dataset const variable = file_.variable<double>(name, {"city"}, std::numeric_limits<double>::quiet_NaN());
    h5_set_text(variable.id(), "long_name", standard.empty() ? name + " of the city" : standard);
    h5_set_text(variable.id(), "units", units);
    if (!standard.empty()) {
      h5_set_text(variable.id(), "standard_name", standard);
      coordinates_ += " " + name;
    }
    file_.write<double>(variable, values);
  }

  void texts(std::string const& attribute, std::string const& name, std::string const& long_name) {
    TextColumn const* column = cities_.text(attribute);
    if (column == nullptr) return;
    std::vector<std::string> values;
    for (Index const i : cities_.input_order) {
      std::int32_t const code = column->code[i];
      values.push_back(code < 0 ? std::string() : column->labels[static_cast<std::size_t>(code)]);
    }
    h5_set_text(file_.texts(name, {"city"}, values).id(), "long_name", long_name);
    if (name == "city_name") coordinates_ += " city_name";
  }

  NetcdfFile& file_;
  Cities const& cities_;
  std::string coordinates_ = "city_id";
};

class CityReader {
 public:
  explicit CityReader(hid_t file) : file_(file), in_(file) {}

  Cities read() {
    std::vector<std::string> const ids = h5_read_texts(in_.list("city_id", most_cities));
    count_ = ids.size();
    if (count_ == 0) h5_refuse("has no cities");
    std::vector<Index> row(count_);  // of each city, in canonical order
    std::iota(row.begin(), row.end(), Index{0});
    std::sort(row.begin(), row.end(), [&](Index a, Index b) { return ids[a] < ids[b]; });
    made_.input_order.resize(count_);
    for (std::size_t i = 0; i < count_; ++i) {
      if (i > 0 && ids[row[i]] == made_.id.back()) h5_refuse(fmt::format("names the city '{}' twice", made_.id.back()));
      made_.id.push_back(ids[row[i]]);
      made_.input_order[row[i]] = static_cast<Index>(i);
    }
    texts("city_name", "name");
    texts("country", "country");
    texts("region", "region");
    numbers("lat", {-90, 90});
    numbers("lon", {-180, 180});
    numbers("population", {0, 1e12});
    return std::move(made_);
  }

 private:
  void texts(std::string const& name, std::string const& attribute) {
    if (!h5_has(file_, name)) return;
    std::vector<std::string> const values = h5_read_texts(in_.variable(name, {count_}));
    TextColumn column;
    column.labels = values;
    std::sort(column.labels.begin(), column.labels.end());
    column.labels.erase(std::unique(column.labels.begin(), column.labels.end()), column.labels.end());
    if (!column.labels.empty() && column.labels.front().empty()) column.labels.erase(column.labels.begin());
    column.code.assign(count_, -1);
    for (std::size_t k = 0; k < count_; ++k) {
      if (values[k].empty()) continue;
      auto const label = std::lower_bound(column.labels.begin(), column.labels.end(), values[k]);
      column.code[made_.input_order[k]] = static_cast<std::int32_t>(label - column.labels.begin());
    }
    made_.texts.emplace(attribute, std::move(column));
  }

  void numbers(std::string const& name, Range range) {
    if (!h5_has(file_, name)) return;
    std::vector<double> const values = in_.numbers(name, {count_}, range);
    std::vector<double> column(count_);
    for (std::size_t k = 0; k < count_; ++k) column[made_.input_order[k]] = values[k];
    made_.numbers.emplace(name, std::move(column));
  }

  hid_t file_;
  CheckedVariables in_;
  std::size_t count_ = 0;
  Cities made_;
};

}  // namespace

Cities read_cities(hid_t file) {
  return CityReader(file).read();
}

std::string write_cities(NetcdfFile& file, Cities const& cities) {
  return CityWriter(file, cities).write();
}

}  // namespace hansa
