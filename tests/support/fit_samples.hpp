/// Made-up fits for tests of the file of estimates.
#pragma once

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "io/fit_file.hpp"

namespace hansa::test {

/// A fit of three terms, another of one and a third that found no estimates.
inline std::vector<FitRecord> sample_fits() {
  double const unknown = std::numeric_limits<double>::quiet_NaN();
  FitRecord led, solar, stuck;
  led.estimates = {.name = "led",
                   .terms = {"baseline", "imitation", "trend_1"},
                   .paths = {{"policies.led.baseline"},
                             {"policies.led.mechanisms.imitation.strength"},
                             {"policies.led.trend.polynomial[0]"}},
                   .values = {-5.25, 1.5, 1.0 / 3},
                   .covariance = {0.25, -0.01, 0.0002, -0.01, 0.04, 0, 0.0002, 0, 1e-6},
                   .link = "logit"};
  led.estimates.groups = {{"policies.led.attributes.country.\"Côte\"", UnestimatedGroup::Why::reference},
                          {"policies.led.trend.periods.2004", UnestimatedGroup::Why::no_event}};
  led.model_covariance = {0.2, -0.02, 0, -0.02, 0.09, 0, 0, 0, 4e-6};
  led.facts = {{"log_likelihood", -512.0625}, {"events", 112.0}, {"information", "expected"}, {"city_sd", unknown}};
  solar.estimates = {.name = "solar",
                     .terms = {"größe"},
                     .paths = {{"policies.solar.attributes.\"größe\"", "policies.tram.attributes.\"größe\""}},
                     .values = {0.5},
                     .covariance = {0.01},
                     .link = "cloglog",
                     .scales = {{true, 0.125, 2}}};
  solar.facts = {{"log_likelihood", -3.5}, {"events", 7.0}, {"city_sd", 0.75}};
  stuck.estimates.name = "stuck";
  stuck.estimates.link = "probit";
  stuck.facts = {{"information", "observed"}};
  return {led, solar, stuck};
}

inline FitFileOptions sample_fit_options(std::filesystem::path const& file) {
  FitFileOptions options;
  options.file = file;
  options.title = "A sample";
  options.scenario_text = "hansa: 1\ntitle: A sample with Umlauts äöü\n";
  options.input_digests = {{"data/cities.csv", std::string(64, 'a')}};
  options.world_sha256 = std::string(64, 'b');
  options.inputs = {{"cities", {std::string(64, 'c'), false}}, {"networks.sister", {std::string(64, 'd'), true}}};
  return options;
}

}  // namespace hansa::test
