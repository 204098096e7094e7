/// Variables of the file of a comparison.
#include "io/comparison_variables.hpp"

#include <algorithm>

#include "io/result_layout.hpp"

namespace hansa {

void ComparisonVariables::put_counts(std::string const& name, Names const& along,
                                     std::vector<std::int32_t> const& values, std::string const& words) {
  H5Dataset const made = file_.variable<std::int32_t>(name, along, no_count);
  file_.write<std::int32_t>(made, values);
  say(made, words, "1");
}

void ComparisonVariables::per_group(std::string const& name, std::vector<float> const& values,
                                    std::string const& words) {
  H5Dataset const made = file_.variable<float>(name, {"seed_group", "city"}, std::nullopt);
  file_.write<float>(made, values);
  say(made, words, "1");
  find_by_city(made);
}

void ComparisonVariables::in_order(std::vector<float>& to, std::vector<float> const& rows) const {
  std::size_t const width = cities_.size();
  for (std::size_t first = 0; first < rows.size(); first += width)
    for (Index const i : cities_.input_order) to.push_back(rows[first + i]);
}

void ComparisonVariables::in_order(Numbers& to, Numbers const& values) const {
  for (Index const i : cities_.input_order) to.push_back(values[i]);
}

void ComparisonVariables::per_city(std::string const& name, Names const& along, Numbers const& values,
                                   std::string const& words) {
  H5Dataset const made = put(name, along, values, words);
  find_by_city(made);
}

void ComparisonVariables::intervals(std::string const& name, Names along, std::vector<Interval> const& values,
                                    std::string const& words, std::string const& units) {
  Numbers means, bounds;
  for (Interval const& each : values) {
    means.push_back(each.mean);
    bounds.insert(bounds.end(), {each.low, each.high});
  }
  put(name, along, means, words, units);
  along.emplace_back("bound");
  put(name + "_bound", along, bounds, "95 % confidence interval of " + name, units);
  along.pop_back();
  between_draws(name, along, values, units);
}

void ComparisonVariables::between_draws(std::string const& name, Names along, std::vector<Interval> const& values,
                                        std::string const& units) {
  if (std::none_of(values.begin(), values.end(), [](Interval const& each) { return each.draws.has_value(); })) return;
  Numbers shares, errors, quantiles;
  for (Interval const& each : values) {
    BetweenDraws const of = each.draws.value_or(BetweenDraws{no_number, no_number, no_number, no_number, no_number});
    shares.push_back(of.share);
    errors.push_back(of.share_error);
    quantiles.insert(quantiles.end(), {of.low, of.median, of.high});
  }
  put(name + "_draws_share", along, shares, "share of the variance of single replicates that is between draws");
  put(name + "_draws_share_error", along, errors, "standard error of " + name + "_draws_share");
  along.emplace_back("quantile");
  put(name + "_draws", along, quantiles, "quantiles over draws of the parameters, luck averaged out", units);
}

H5Dataset ComparisonVariables::put(std::string const& name, Names const& along, Numbers const& values,
                                   std::string const& words, std::string const& units) {
  H5Dataset made = file_.variable<double>(name, along, no_number);
  file_.write<double>(made, values);
  say(made, words, units);
  return made;
}

void ComparisonVariables::label(std::string const& name, Names const& names, std::string const& words) {
  say(file_.labels(name, std::span<std::string const>(names)), words);
}

void ComparisonVariables::say(H5Dataset const& variable, std::string const& words, std::string const& units) {
  h5_set_text(variable.id(), "long_name", words);
  if (!units.empty()) h5_set_text(variable.id(), "units", units);
}

void ComparisonVariables::find_by_city(H5Dataset const& variable) const {
  h5_set_text(variable.id(), "coordinates", coordinates_);
}

}  // namespace hansa
