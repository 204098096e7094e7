/// Writes ids, names, places and sizes of cities.
#include "io/city_variables.hpp"

#include <limits>
#include <vector>

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

}  // namespace

std::string write_cities(NetcdfFile& file, Cities const& cities) {
  return CityWriter(file, cities).write();
}

}  // namespace hansa
