/// Lays out envelopes.
#include "io/goodness_file.hpp"

#include <span>
#include <utility>

#include "io/netcdf.hpp"

namespace hansa {

void add_goodness(NetcdfFile& file, GoodnessRecord const& record) {
  auto const close = [](H5Dataset variable, char const* words) {
    h5_set_text(variable.id(), "long_name", words);
    variable.close("cannot close a variable");
  };
  close(file.labels("goodness_value", std::span<std::string const>(record.names)), "what is compared of histories");
  close(file.labels("goodness_part", std::span<std::string const>(record.parts)), "what is judged as a whole");
  auto const put = [&](char const* name, char const* along, std::vector<double> const& values, char const* words) {
    H5Dataset made = file.variable<double>(name, {along}, std::nullopt);
    file.write<double>(made, values);
    close(std::move(made), words);
  };
  put("goodness_observed", "goodness_value", record.observed, "of the observed history");
  put("goodness_mean", "goodness_value", record.mean, "mean over simulated histories");
  put("goodness_low", "goodness_value", record.low, "2.5 % quantile over simulated histories");
  put("goodness_high", "goodness_value", record.high, "97.5 % quantile over simulated histories");
  put("goodness_lower", "goodness_value", record.lower, "lower end of the simultaneous 95 % envelope of the part");
  put("goodness_upper", "goodness_value", record.upper, "upper end of the simultaneous 95 % envelope of the part");
  put("goodness_p", "goodness_part", record.p, "share of curves at least as extreme as the observed one");
  H5Dataset part = file.variable<std::int32_t>("goodness_part_of", {"goodness_value"}, std::nullopt);
  file.write<std::int32_t>(part, record.part_of);
  close(std::move(part), "number of the part, from 0");
  h5_set_number<std::int64_t>(file.root(), "goodness_histories", record.histories);
  h5_set_number<std::int64_t>(file.root(), "goodness_failed", record.failed);
}

}  // namespace hansa
