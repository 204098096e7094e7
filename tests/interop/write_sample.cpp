/// Writes a result file by hand, and beside it what its readers should find, as JSON.
#include <cmath>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/error.hpp"
#include "io/event_variables.hpp"
#include "io/result_file.hpp"
#include "support/result_samples.hpp"

namespace {

constexpr std::int64_t failed_replicate = 4;

std::string json(double value) {
  return std::isnan(value) ? "null" : fmt::format("{}", value);
}
std::string json(std::int32_t value) {
  return value == hansa::never ? "null" : fmt::format("{}", value);
}
std::string json(std::string const& text) {
  return '"' + text + '"';
}

template <class T>
std::string list(std::vector<T> const& values) {
  std::string text = "[";
  for (T const& each : values) text += (text.size() > 1 ? ", " : "") + json(each);
  return text + "]";
}

/// Flat lists, the last axis fastest; null: missing.
std::string expected(hansa::test::Sample const& sample) {
  hansa::Cities const& cities = sample.world.cities;
  std::vector<std::int32_t> times, abandonments, adopters, north;
  std::vector<double> covered, means, precisions;
  for (std::int64_t r = 0; r < sample.replicates; ++r) {
    hansa::History const history = sample.history(r);
    bool const failed = r == failed_replicate;
    for (hansa::PolicyHistory const& policy : history.policies) {
      for (hansa::Index const i : cities.input_order) {
        times.push_back(failed ? hansa::never : policy.adoption_time[i]);
        abandonments.push_back(failed ? hansa::never : policy.abandonments[i]);
      }
      for (std::size_t t = 0; t < 5; ++t) {
        for (hansa::Index const i : cities.input_order) {
          bool const none = failed || policy.belief_mean.empty();
          means.push_back(none ? std::nan("") : policy.belief_mean[t * cities.size() + i]);
          precisions.push_back(none ? std::nan("") : policy.belief_precision[t * cities.size() + i]);
        }
        adopters.push_back(failed ? hansa::never : policy.adopters[t]);
        north.push_back(failed ? hansa::never : policy.adopters_by[0][t]);
        covered.push_back(failed ? std::nan("") : policy.population_covered[t]);
      }
    }
  }
  std::vector<std::uint32_t> const rows = hansa::rows_of_cities(cities);
  std::map<std::string, std::vector<std::int32_t>> events;
  for (std::int64_t r = 0; r < sample.replicates; ++r) {
    if (r == failed_replicate) continue;
    hansa::EventColumns const own = hansa::pack_events(sample.history(r), rows);
    auto const append = [&](std::string const& name, auto const& values) {
      events[name].insert(events[name].end(), values.begin(), values.end());
    };
    append("event_replicate", own.replicate);
    append("event_policy", own.policy);
    append("event_city", own.city);
    append("event_time", own.time);
    append("event_kind", own.kind);
    append("event_mechanism", own.mechanism);
  }
  for (std::int32_t& each : events["event_mechanism"]) each = each == hansa::no_mechanism ? hansa::never : each;
  std::vector<std::string> ids, names;
  std::vector<double> population;
  for (hansa::Index const i : cities.input_order) {
    ids.push_back(cities.id[i]);
    names.push_back("Città " + cities.id[i]);
    population.push_back(cities.number("population")->at(i));
  }
  std::string text = "{\n";
  text += "\"replicates\": " + std::to_string(sample.replicates) + ",\n\"adoption_time\": " + list(times);
  text += ",\n\"abandonments\": " + list(abandonments);
  for (auto const& [name, values] : events) text += ",\n\"" + name + "\": " + list(values);
  text += ",\n\"belief_mean\": " + list(means) + ",\n\"belief_precision\": " + list(precisions);
  text += ",\n\"adopters\": " + list(adopters) + ",\n\"adopters_nord\": " + list(north);
  text += ",\n\"population_covered\": " + list(covered) + ",\n\"city_id\": " + list(ids);
  text += ",\n\"city_name\": " + list(names) + ",\n\"population\": " + list(population);
  return text + ",\n\"title\": \"A sample\",\n\"seed\": \"0xfedcba9876543210\"\n}\n";
}

void write(std::string const& file, std::string const& facts) {
  hansa::test::Sample sample(60);
  sample.plan.abandonments = true;
  sample.plan.beliefs = true;
  sample.plan.events = true;
  hansa::ResultFileOptions options;
  options.file = file;
  options.overwrite = hansa::Overwrite::yes;
  options.replicates = sample.replicates;
  options.scenario_text = "hansa: 1\ntitle: A sample with Umlauts äöü\n" + std::string(80000, '#');
  options.input_digests = {{"data/cities.csv", std::string(64, 'a')}};
  hansa::ResultFile result(sample.scenario, sample.world, sample.model, sample.plan, options);
  for (std::int64_t r = 0; r < sample.replicates; ++r) {
    hansa::History history = sample.history(r);
    if (r == failed_replicate) {
      history.policies.clear();
      history.failure = "failed on purpose";
    }
    result.put(r, result.pack(history));
  }
  result.finish(sample.replicates, true);
  std::ofstream(facts) << expected(sample);
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) {
    std::cerr << "usage: write_sample FILE.h5 FACTS.json\n";
    return 2;
  }
  try {
    write(arguments[1], arguments[2]);
  } catch (std::exception const& error) {
    std::cerr << "error: " << error.what() << '\n';
    return 1;
  }
  return 0;
}
