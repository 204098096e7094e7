/// Times fits on command: of rows that it draws, and of histories that it simulates.
///
/// `estimator SCENARIO`; after "ready", a line of standard input is a command, and a line of standard output its
/// answer:
///     rows FILE           writes the rows for others: int32 rows and columns, doubles by column, int32 events, int32
///                         cities                                       -> ok
///     fit LINK            estimates and errors                         -> seconds, estimates
///     clustered LINK      the same with errors clustered by city       -> seconds, clustered errors
///     report LINK         the same with all that `hansa fit` reports   -> seconds, area under the curve
///     histories THREADS   simulates the scenario and fits each history -> seconds of each, fits, failed, means, truths
#include <chrono>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <map>
#include <random>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/flat_math.hpp"
#include "hansa.hpp"
#include "inference/fit_report.hpp"
#include "inference/links.hpp"
#include "inference/refits.hpp"

namespace {

using namespace hansa;

constexpr std::size_t cities = 5000, years = 20, covariates = 12;

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

FitLink link_of(std::string const& name) {
  static std::map<std::string, FitLink> const links{
      {"logit", FitLink::logit}, {"cloglog", FitLink::cloglog}, {"probit", FitLink::probit}};
  return links.at(name);
}

/// A constant and twelve covariates, half a city's own and half of the year's too; one decision in thirty is a yes.
Design draw_rows() {
  std::mt19937_64 bits(20);
  auto const uniform = [&] { return (static_cast<double>(bits() >> 11) + 0.5) * 0x1p-53; };
  auto const normal = [&] { return flat::inverse_normal(uniform()); };
  Design design;
  std::size_t const rows = cities * years;
  design.x.resize(static_cast<Eigen::Index>(rows), covariates + 1);
  design.names.emplace_back("baseline");
  for (std::size_t k = 1; k <= covariates; ++k) design.names.push_back(fmt::format("x{}", k));
  std::vector<double> own(covariates);
  for (std::size_t r = 0; r < rows; ++r) {
    double eta = -3.8;
    for (std::size_t k = 0; k < covariates; ++k) {
      if (r % years == 0) own[k] = normal();
      double const x = k % 2 == 0 ? own[k] : 0.5 * own[k] + normal();
      design.x(static_cast<Eigen::Index>(r), static_cast<Eigen::Index>(k + 1)) = x;
      eta += (static_cast<double>(k) / 20 - 0.25) * x;
    }
    design.x(static_cast<Eigen::Index>(r), 0) = 1;
    design.event.push_back(uniform() < chance(FitLink::logit, eta) ? 1 : 0);
    design.spell.push_back(-1);
    design.policy.push_back(0);
    design.city.push_back(static_cast<Index>(r / years));
    design.period.push_back(static_cast<std::int32_t>(r % years));
  }
  return design;
}

std::string write_rows(Design const& design, std::string const& name) {
  std::ofstream file(name, std::ios::binary);
  auto const put = [&](auto const* from, std::size_t count) {
    file.write(reinterpret_cast<char const*>(from), static_cast<std::streamsize>(count * sizeof(*from)));
  };
  auto const rows = static_cast<std::int32_t>(design.rows()), columns = static_cast<std::int32_t>(design.columns());
  put(&rows, 1);
  put(&columns, 1);
  put(design.x.data(), design.rows() * design.columns());
  std::vector<std::int32_t> const event(design.event.begin(), design.event.end());
  std::vector<std::int32_t> const city(design.city.begin(), design.city.end());
  put(event.data(), event.size());
  put(city.data(), city.size());
  return file.flush() ? "ok" : "";
}

std::string time_fit(Design const& design, std::string const& command, std::string const& link) {
  EventHistoryOptions options;
  options.link = link_of(link);
  if (command == "fit") options.clusters.clear();
  auto const start = std::chrono::steady_clock::now();
  EventHistoryFit const fit = fit_event_history(design, options);
  if (!fit.estimated()) throw std::runtime_error(fit.failure);
  if (command == "report") {
    FitReport const report = report_of(design, fit, options, FitSubject{});
    return fmt::format("{} {}", seconds_since(start), report.roc->area);
  }
  std::string answer = fmt::format("{}", seconds_since(start));
  for (Eigen::Index k = 0; k < fit.coefficients.size(); ++k) {
    answer += fmt::format(" {}", command == "fit" ? fit.coefficients[k] : __builtin_sqrt(fit.clustered(k, k)));
  }
  return answer;
}

std::string time_histories(Question const& question, int threads) {
  auto start = std::chrono::steady_clock::now();
  Complaints complaints;
  FitQuestion const posed =
      pose_fit(*question.scenario, *question.world, standard_catalogue(), complaints, Scored::simulated);
  complaints.throw_if_any();
  std::vector<std::vector<ObservedHistory>> histories;
  (void)run(
      question,
      [&](History const& history) { histories.push_back({simulated_history(history.policies[0], posed.model.clock)}); },
      {.threads = threads});
  double const simulated = seconds_since(start);
  start = std::chrono::steady_clock::now();
  Truth const truth = truth_of(*question.scenario, *question.world, question.model);
  Recoveries const found = recoveries_of(fit_histories(posed, {PolicyId{0}}, histories, truth, threads));
  std::string answer =
      fmt::format("{} {} {} {}", simulated, seconds_since(start), found.fitted, histories.size() - found.fitted);
  for (Recovery const& each : found.terms) answer += fmt::format(" {}:{:.4f}:{:.4f}", each.name, each.mean, each.truth);
  return answer;
}

}  // namespace

int main(int count, char** words) try {
  if (count != 2) throw std::runtime_error("estimator SCENARIO was expected");
  Question const question = read_question(words[1]);
  Design const design = draw_rows();
  std::cout << "ready" << std::endl;
  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream parts(line);
    std::string command, word;
    parts >> command >> word;
    if (command == "rows")
      std::cout << write_rows(design, word) << std::endl;
    else if (command == "histories")
      std::cout << time_histories(question, std::stoi(word)) << std::endl;
    else
      std::cout << time_fit(design, command, word) << std::endl;
  }
  return 0;
} catch (std::exception const& error) {
  std::cerr << "estimator: " << error.what() << '\n';
  return 1;
}
