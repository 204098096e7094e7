/// Lays out hypotheses, and reads them back.
#include "io/hypotheses_file.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "io/checked_variables.hpp"
#include "io/sealed_file.hpp"

namespace hansa {

namespace {

constexpr char const* ranked = "ranked";  ///< dimension, with labels "FIT.HYPOTHESIS"
constexpr char const* expected_hypotheses = "a file that hansa fit wrote was expected";

struct RankedNumber {
  char const* name;
  double RankedRecord::*value;
  Range range;
  char const* words;
};

constexpr RankedNumber ranked_numbers[] = {
    {"ranked_log_likelihood", &RankedRecord::log_likelihood, {}, "log-likelihood"},
    {"ranked_aic", &RankedRecord::aic, {}, "AIC"},
    {"ranked_aic_difference", &RankedRecord::aic_difference, {0}, "AIC less the lowest of the fit"},
    {"ranked_weight", &RankedRecord::weight, {0, 1}, "Akaike weight"},
    {"ranked_bic", &RankedRecord::bic, {}, "BIC"},
    {"ranked_bic_difference", &RankedRecord::bic_difference, {0}, "BIC less the lowest of the fit"},
    {"ranked_ratio", &RankedRecord::ratio, {}, "likelihood ratio against ranked_against"},
    {"ranked_ratio_p", &RankedRecord::ratio_p, {0, 1}, "p of that ratio"},
    {"ranked_left_out_log", &RankedRecord::left_out_log, {}, "log score of decisions left out, summed"},
};

struct RankedCount {
  char const* name;
  std::int32_t RankedRecord::*value;
  char const* words;
};

constexpr RankedCount ranked_counts[] = {
    {"ranked_of", &RankedRecord::fit, "number of the fit, from 0"},
    {"ranked_parameters", &RankedRecord::parameters, "parameters that are estimated"},
    {"ranked_ratio_degrees", &RankedRecord::ratio_degrees, "degrees of freedom of the likelihood ratio; 0: none"},
    {"ranked_left_out_rank", &RankedRecord::left_out_rank, "rank by the log score of decisions left out; 0: none"},
};

struct RankedText {
  char const* name;
  std::string RankedRecord::*value;
  char const* words;
};

constexpr RankedText ranked_texts[] = {
    {"ranked_name", &RankedRecord::name, "name of the hypothesis"},
    {"ranked_against", &RankedRecord::against, "hypothesis that the likelihood ratio is against"},
    {"ranked_failure", &RankedRecord::failure, "why it is not ranked"},
};

HypothesesRecord hypotheses_in(hid_t root) {
  CheckedVariables const in(root);
  HypothesesRecord record;
  record.fits = in.names("fit", most_listed);
  std::size_t const count = in.names(ranked, most_listed).size();
  record.ranked.resize(count);
  for (RankedText const& each : ranked_texts) {
    std::vector<std::string> const values = h5_read_texts(in.variable(each.name, {count}));
    for (std::size_t k = 0; k < count; ++k) record.ranked[k].*each.value = values[k];
  }
  for (RankedCount const& each : ranked_counts) {
    std::vector<std::int32_t> const values = in.counts(each.name, {count}, most_listed);
    for (std::size_t k = 0; k < count; ++k) record.ranked[k].*each.value = values[k];
  }
  for (RankedNumber const& each : ranked_numbers) {
    std::vector<double> const values = in.numbers(each.name, {count}, each.range);
    for (std::size_t k = 0; k < count; ++k) record.ranked[k].*each.value = values[k];
  }
  for (RankedRecord const& each : record.ranked)
    if (each.fit < 0 || static_cast<std::size_t>(each.fit) >= record.fits.size())
      h5_refuse(fmt::format("the hypothesis '{}' is of no fit", each.name));
  std::string const notes = in.text("ranked_notes");
  for (std::size_t at = 0; at < notes.size();) {
    std::size_t const end = std::min(notes.find('\n', at), notes.size());
    record.notes.push_back(notes.substr(at, end - at));
    at = end + 1;
  }
  return record;
}

}  // namespace

void add_hypotheses(NetcdfFile& file, HypothesesRecord const& record) {
  auto const close = [](H5Dataset variable, char const* words) {
    h5_set_text(variable.id(), "long_name", words);
    variable.close("cannot close a variable");
  };
  std::vector<std::string> labels;
  for (RankedRecord const& each : record.ranked)
    labels.push_back(record.fits.at(static_cast<std::size_t>(each.fit)) + "." + each.name);
  close(file.labels(ranked, std::span<std::string const>(labels)), "fit and hypothesis");
  for (RankedText const& each : ranked_texts) {
    std::vector<std::string> values;
    for (RankedRecord const& one : record.ranked) values.push_back(one.*each.value);
    close(file.texts(each.name, {ranked}, values), each.words);
  }
  for (RankedCount const& each : ranked_counts) {
    std::vector<std::int32_t> values;
    for (RankedRecord const& one : record.ranked) values.push_back(one.*each.value);
    H5Dataset made = file.variable<std::int32_t>(each.name, {ranked}, std::nullopt);
    file.write<std::int32_t>(made, values);
    close(std::move(made), each.words);
  }
  for (RankedNumber const& each : ranked_numbers) {
    std::vector<double> values;
    for (RankedRecord const& one : record.ranked) values.push_back(one.*each.value);
    H5Dataset made = file.variable<double>(each.name, {ranked}, no_number);
    file.write<double>(made, values);
    close(std::move(made), each.words);
  }
  h5_set_text(file.root(), "ranked_notes", fmt::format("{}", fmt::join(record.notes, "\n")));
}

std::optional<HypothesesRecord> read_hypotheses(std::filesystem::path const& file) {
  return read_sealed(file, expected_hypotheses, [&]() -> std::optional<HypothesesRecord> {
    H5File const h5 = h5_open_file(file.string());
    if (!h5_has(h5.id(), ranked)) return std::nullopt;
    return hypotheses_in(h5.id());
  });
}

}  // namespace hansa
