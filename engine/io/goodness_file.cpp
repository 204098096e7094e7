/// Lays out envelopes, and reads them back.
#include "io/goodness_file.hpp"

#include <span>
#include <utility>

#include <fmt/format.h>

#include "io/checked_variables.hpp"
#include "io/netcdf.hpp"
#include "io/sealed_file.hpp"

namespace hansa {

namespace {

constexpr char const* expected_goodness = "a file that hansa fit wrote was expected";

GoodnessRecord goodness_in(hid_t root) {
  CheckedVariables const in(root);
  GoodnessRecord record;
  record.names = in.names("goodness_value", 10 * most_listed);
  record.parts = in.names("goodness_part", most_listed);
  std::size_t const count = record.names.size(), parts = record.parts.size();
  record.part_of = in.counts("goodness_part_of", {count}, static_cast<std::int64_t>(parts) - 1);
  for (std::size_t k = 0; k < count; ++k) {
    bool const named = record.part_of[k] >= 0 &&
                       record.names[k].starts_with(record.parts[static_cast<std::size_t>(record.part_of[k])] + ".");
    if (!named) h5_refuse(fmt::format("the value '{}' is of no part", record.names[k]));
  }
  record.p = in.numbers("goodness_p", {parts}, {0, 1});
  record.observed = in.numbers("goodness_observed", {count});
  record.mean = in.numbers("goodness_mean", {count});
  record.low = in.numbers("goodness_low", {count});
  record.high = in.numbers("goodness_high", {count});
  record.lower = in.numbers("goodness_lower", {count});
  record.upper = in.numbers("goodness_upper", {count});
  record.histories = h5_read_whole_number(root, "goodness_histories");
  record.failed = h5_read_whole_number(root, "goodness_failed");
  return record;
}

}  // namespace

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

std::optional<GoodnessRecord> read_goodness(std::filesystem::path const& file) {
  return read_sealed(file, expected_goodness, [&]() -> std::optional<GoodnessRecord> {
    H5File const h5 = h5_open_file(file.string());
    if (!h5_has(h5.id(), "goodness_value")) return std::nullopt;
    return goodness_in(h5.id());
  });
}

}  // namespace hansa
