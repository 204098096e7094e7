/// Fits rows of a CSV table as a program, and prints what was found as JSON in full precision.
///
/// fit_rows TABLE.csv [KEY=VALUE …]. The table has the columns event, spell, policy, city, period, country; every other
/// one is a covariate. Keys: link, information, clusters (joined by +, or none), penalty, intervals, city_intercept,
/// policy_intercept, quadrature, log_linear, level, heteroskedastic, repeat.
#include <chrono>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "inference/covariance.hpp"
#include "inference/event_history.hpp"

namespace {

using Keys = std::map<std::string, std::string>;

std::vector<std::string> split(std::string const& line, char mark) {
  std::vector<std::string> parts;
  std::stringstream stream(line);
  for (std::string part; std::getline(stream, part, mark);) parts.push_back(part);
  return parts;
}

/// Puts a row's cells where they belong.
void add_row(hansa::Design& design, std::vector<std::string> const& header, std::vector<std::string> const& cells,
             std::vector<double>& x) {
  if (cells.size() != header.size()) throw std::runtime_error("a row of another length");
  for (std::size_t k = 0; k < header.size(); ++k) {
    std::string const& name = header[k];
    double const value = std::stod(cells[k]);
    auto const whole = static_cast<std::int32_t>(value);
    if (name == "event")
      design.event.push_back(static_cast<std::uint8_t>(whole));
    else if (name == "spell")
      design.spell.push_back(whole);
    else if (name == "policy")
      design.policy.push_back(static_cast<hansa::Index>(whole));
    else if (name == "city")
      design.city.push_back(static_cast<hansa::Index>(whole));
    else if (name == "period")
      design.period.push_back(whole);
    else if (name == "country")
      design.country.push_back(whole);
    else
      x.push_back(value);
  }
}

hansa::Design read_design(std::string const& file) {
  std::ifstream stream(file);
  std::string line;
  if (!std::getline(stream, line)) throw std::runtime_error("no table in " + file);
  std::vector<std::string> const header = split(line, ',');
  hansa::Design design;
  for (std::string const& name : header)
    if (name != "event" && name != "spell" && name != "policy" && name != "city" && name != "period" &&
        name != "country")
      design.names.push_back(name);
  std::vector<double> x;
  while (std::getline(stream, line)) add_row(design, header, split(line, ','), x);
  auto const rows = static_cast<Eigen::Index>(design.rows()), columns = static_cast<Eigen::Index>(design.columns());
  design.x.resize(rows, columns);
  for (Eigen::Index r = 0; r < rows; ++r)
    for (Eigen::Index k = 0; k < columns; ++k) design.x(r, k) = x[static_cast<std::size_t>(r * columns + k)];
  return design;
}

template <class T>
T one_of(Keys const& keys, std::string const& key, std::vector<std::pair<std::string, T>> const& choices) {
  auto const found = keys.find(key);
  if (found == keys.end()) return choices.front().second;
  for (auto const& [name, value] : choices)
    if (name == found->second) return value;
  throw std::runtime_error("unknown " + key + " '" + found->second + "'");
}

double number_of(Keys const& keys, std::string const& key, double otherwise) {
  auto const found = keys.find(key);
  return found == keys.end() ? otherwise : std::stod(found->second);
}

hansa::EventHistoryOptions options_of(Keys const& keys) {
  using namespace hansa;
  EventHistoryOptions options;
  options.link = one_of<FitLink>(keys, "link",
                                 {{"logit", FitLink::logit},
                                  {"cloglog", FitLink::cloglog},
                                  {"probit", FitLink::probit},
                                  {"additive", FitLink::additive}});
  options.information = one_of<Information>(keys, "information",
                                            {{"expected", Information::expected}, {"observed", Information::observed}});
  options.penalty = one_of<Penalty>(keys, "penalty", {{"none", Penalty::none}, {"firth", Penalty::firth}});
  options.intervals =
      one_of<Intervals>(keys, "intervals", {{"wald", Intervals::wald}, {"profile", Intervals::profile}});
  options.city_intercept = number_of(keys, "city_intercept", 0) != 0;
  options.policy_intercept = number_of(keys, "policy_intercept", 0) != 0;
  options.quadrature = static_cast<int>(number_of(keys, "quadrature", 15));
  options.level = number_of(keys, "level", 0.95);
  auto const clusters = keys.find("clusters");
  if (clusters == keys.end()) return options;
  options.clusters.clear();
  for (std::string const& name : split(clusters->second, '+')) {
    if (name == "city")
      options.clusters.push_back(ErrorCluster::city);
    else if (name == "country")
      options.clusters.push_back(ErrorCluster::country);
    else if (name == "period")
      options.clusters.push_back(ErrorCluster::period);
    else if (name != "none")
      throw std::runtime_error("unknown cluster '" + name + "'");
  }
  return options;
}

/// JSON has no infinity: it stands as ±1e999, which readers take for one.
std::string number(double value) {
  if (value != value) return "null";
  return value > 1e308 ? "1e999" : value < -1e308 ? "-1e999" : fmt::format("{:.17g}", value);
}

template <class List>
std::string list(List const& values) {
  std::string text = "[";
  for (auto const& value : values) text += (text.size() > 1 ? ", " : "") + number(static_cast<double>(value));
  return text + "]";
}

std::string matrix(Eigen::MatrixXd const& values) {
  std::string text = "[";
  for (Eigen::Index k = 0; k < values.rows(); ++k) {
    Eigen::VectorXd const row = values.row(k).transpose();
    text += (k > 0 ? ", " : "") + list(row);
  }
  return text + "]";
}

std::string to_json(hansa::EventHistoryFit const& fit, Eigen::MatrixXd const& heteroskedastic, double seconds) {
  std::string text = "{\n";
  auto const put = [&text](std::string const& key, std::string const& value) {
    text += (text.size() > 2 ? ",\n\"" : "\"") + key + "\": " + value;
  };
  put("failure", fmt::format("\"{}\"", fit.failure));
  put("coefficients", list(fit.coefficients));
  put("covariance", matrix(fit.covariance));
  put("clustered", matrix(fit.clustered));
  put("heteroskedastic", matrix(heteroskedastic));
  put("lower", list(fit.lower));
  put("upper", list(fit.upper));
  put("city_sd", fit.city_sd ? number(*fit.city_sd) : "null");
  put("policy_sd", fit.policy_sd ? number(*fit.policy_sd) : "null");
  put("sd_profile", fit.sd_profile ? list(std::vector{fit.sd_profile->first, fit.sd_profile->second}) : "null");
  put("log_likelihood_alike", fit.log_likelihood_alike ? number(*fit.log_likelihood_alike) : "null");
  std::vector<double> effects, errors;
  for (hansa::PolicyEffect const& each : fit.policy_effects) {
    effects.push_back(each.effect);
    errors.push_back(each.error);
  }
  put("policy_effects", list(effects));
  put("policy_errors", list(errors));
  put("joint_covariance", matrix(fit.joint_covariance));
  put("log_likelihood", number(fit.log_likelihood));
  put("null_log_likelihood", number(fit.null_log_likelihood));
  put("aic", number(fit.aic()));
  put("bic", number(fit.bic()));
  put("clusters", fmt::format("{}", fit.clusters));
  put("rows", fmt::format("{}", fit.rows));
  put("events", fmt::format("{}", fit.events));
  put("rank", fmt::format("{}", fit.rank));
  put("separation", fmt::format("{}", static_cast<int>(fit.separation)));
  put("separating", list(fit.separating));
  put("separated", list(fit.separated));
  put("aliased", list(fit.aliased));
  put("boundary", list(fit.boundary));
  put("iterations", fmt::format("{}", fit.iterations));
  put("seconds", number(seconds));
  return text + "\n}\n";
}

}  // namespace

int main(int count, char** arguments) {
  try {
    if (count < 2) throw std::runtime_error("usage: fit_rows TABLE.csv [KEY=VALUE …]");
    Keys keys;
    for (int k = 2; k < count; ++k) {
      std::string const word = arguments[k];
      std::size_t const mark = word.find('=');
      if (mark == std::string::npos) throw std::runtime_error("KEY=VALUE was expected, not '" + word + "'");
      keys[word.substr(0, mark)] = word.substr(mark + 1);
    }
    hansa::Design design = read_design(arguments[1]);
    design.log_linear = static_cast<std::size_t>(number_of(keys, "log_linear", 0));
    hansa::EventHistoryOptions const options = options_of(keys);
    double best = 1e300;
    hansa::EventHistoryFit fit;
    for (double k = 0; k < number_of(keys, "repeat", 1); ++k) {
      auto const before = std::chrono::steady_clock::now();
      fit = hansa::fit_event_history(design, options);
      std::chrono::duration<double> const lap = std::chrono::steady_clock::now() - before;
      best = std::min(best, lap.count());
    }
    auto const factor = one_of<hansa::HeteroskedasticFactor>(
        keys, "heteroskedastic",
        {{"hc0", hansa::HeteroskedasticFactor::hc0}, {"hc1", hansa::HeteroskedasticFactor::hc1}});
    std::cout << to_json(fit, hansa::heteroskedastic_covariance(design, fit, factor), best);
  } catch (std::exception const& error) {
    std::cerr << "error: " << error.what() << '\n';
    return 1;
  }
  return 0;
}
