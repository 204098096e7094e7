/// Times whole ensembles on command, so that a driver can interleave contenders: lines on stdin, answers on stdout.
///
/// stopwatch SCENARIO [path=value …], then one line each:
///   ties FILE [SEEDS]                writes the ties (uint32: cities, ties, then source,target pairs), and the cities
///                                    that have adopted before the first step (uint32) -> "ok"
///   CONTENDER THREADS REPLICATES     -> "seconds mean sd", of the final adopters
/// Contenders: hansa (curves only), hansa-together (the same, one replicate after the other, each on all threads),
/// hansa-attribution, hansa-histories (HDF5 on disk), hansa-full (both, as `hansa run` does), plain.
#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/core.h>

#include "hansa.hpp"
#include "in_ties.hpp"
#include "plain_loop.hpp"

namespace hansa::benchmarks {
namespace {

struct Lap {
  double seconds = 0;
  std::vector<std::int32_t> adopters;
};

/// Notes the final adopters and passes everything on to the file, if there is one.
class FinalAdopters : public Sink {
 public:
  FinalAdopters(std::size_t replicates, ResultFile* file) : adopters_(replicates), file_(file) {}
  std::unique_ptr<Packet> pack(History const& history) override {
    if (!history.failure.empty()) throw std::runtime_error(history.failure);
    adopters_[static_cast<std::size_t>(history.replicate)] = history.policies.at(0).adopters.back();
    return file_ != nullptr ? file_->pack(history) : std::make_unique<Packet>();
  }
  void put(std::int64_t replicate, std::unique_ptr<Packet> packet) override {
    if (file_ != nullptr) file_->put(replicate, std::move(packet));
  }
  [[nodiscard]] std::vector<std::int32_t> const& adopters() const noexcept { return adopters_; }

 private:
  std::vector<std::int32_t> adopters_;
  ResultFile* file_;
};

enum class Spread { replicates, cities };

Lap time_engine(Question const& question, RecordPlan const& plan, int threads, int replicates, Spread spread) {
  std::filesystem::path const path = "stopwatch.h5";
  Scenario const& scenario = *question.scenario;
  World const& world = *question.world;
  auto const begin = std::chrono::steady_clock::now();
  std::unique_ptr<ResultFile> file;
  if (plan.adoption_time) {
    ResultFileOptions options;
    options.file = path;
    options.overwrite = Overwrite::yes;
    options.replicates = replicates;
    file = std::make_unique<ResultFile>(scenario, world, question.model, plan, options);
  }
  FinalAdopters sink(static_cast<std::size_t>(replicates), file.get());
  EnsembleOptions options;
  options.count = replicates;
  options.threads = threads;
  options.together = spread == Spread::cities ? threads : 1;
  options.block = file ? file->block() : 1;
  EnsembleReport const report = run_ensemble({question.model, world, plan}, options, sink, {}, {});
  if (file) file->finish(report.finished, true);
  std::chrono::duration<double> const elapsed = std::chrono::steady_clock::now() - begin;
  if (file) std::filesystem::remove(path);
  if (report.finished != replicates) throw std::runtime_error("not all replicates were finished");
  return {elapsed.count(), sink.adopters()};
}

Lap time_plain(Question const& question, InTies const& ties, int threads, int replicates) {
  PolicyModel const& policy = question.model.policies.at(0);
  PlainQuestion plain;
  plain.in_ties = ties.first.empty() ? nullptr : &ties;
  plain.cities = question.world->cities.size();
  plain.steps = question.model.clock.steps();
  plain.base = policy.baseline;
  plain.strength = policy.terms.at(0).strength;
  plain.trend = policy.trend.size() > 1 ? policy.trend[1] - policy.trend[0] : 0;
  auto const begin = std::chrono::steady_clock::now();
  Lap lap;
  lap.adopters = run_plain_loop(plain, replicates, threads);
  lap.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return lap;
}

void write_words(std::vector<std::uint32_t> const& words, std::string const& path) {
  std::ofstream out(path, std::ios::binary);
  out.write(reinterpret_cast<char const*>(words.data()), static_cast<std::streamsize>(words.size() * 4));
  if (!out.flush()) throw std::runtime_error("cannot write " + path);
}

void write_ties(InTies const& ties, std::string const& path) {
  std::vector<std::uint32_t> words{static_cast<std::uint32_t>(ties.first.size() - 1),
                                   static_cast<std::uint32_t>(ties.source.size())};
  for (std::uint32_t i = 0; i < words[0]; ++i)
    for (std::uint32_t e = ties.first[i]; e < ties.first[i + 1]; ++e) {
      words.push_back(ties.source[e]);
      words.push_back(i);
    }
  write_words(words, path);
}

void write_seeds(PolicyModel const& policy, std::string const& path) {
  std::vector<std::uint32_t> seeds;
  for (DatedEvent const& each : policy.dated) seeds.push_back(each.event.city);
  write_words(seeds, path);
}

std::string answer(Lap const& lap) {
  double mean = 0;
  double squares = 0;
  for (std::int32_t const a : lap.adopters) mean += a;
  mean /= static_cast<double>(lap.adopters.size());
  for (std::int32_t const a : lap.adopters) squares += (a - mean) * (a - mean);
  return fmt::format("{:.6f} {:.6f} {:.6f}", lap.seconds, mean,
                     std::sqrt(squares / static_cast<double>(lap.adopters.size() - 1)));
}

RecordPlan plan_of(std::string const& contender, Question const& question) {
  RecordPlan plan = question.plan;
  plan.adoption_time = contender == "hansa-histories" || contender == "hansa-full";
  plan.attribution = contender == "hansa-attribution" || contender == "hansa-full";
  if (contender != "hansa" && contender != "hansa-together" && !plan.adoption_time && !plan.attribution)
    throw std::runtime_error("unknown contender " + contender);
  return plan;
}

void obey(Question const& question) {
  // Only what the other contenders need: a million cities have millions of ties.
  std::optional<InTies> known;
  auto const ties = [&]() -> InTies const& {
    if (!known) known = question.world->networks.empty() ? InTies{} : in_ties(question.world->networks.front());
    return *known;
  };
  std::string line;
  while (std::getline(std::cin, line)) {
    std::istringstream words(line);
    std::string contender;
    std::string rest;
    words >> contender;
    if (contender == "ties") {
      words >> rest;
      write_ties(ties(), rest);
      if (words >> rest) write_seeds(question.model.policies.at(0), rest);
      std::cout << "ok" << std::endl;
      continue;
    }
    int threads = 0;
    int replicates = 0;
    if (!(words >> threads >> replicates) || threads < 1 || replicates < 2)
      throw std::runtime_error("expected CONTENDER THREADS REPLICATES, found: " + line);
    Spread const spread = contender == "hansa-together" ? Spread::cities : Spread::replicates;
    Lap const lap = contender == "plain"
                        ? time_plain(question, ties(), threads, replicates)
                        : time_engine(question, plan_of(contender, question), threads, replicates, spread);
    std::cout << answer(lap) << std::endl;
  }
}

}  // namespace
}  // namespace hansa::benchmarks

int main(int argc, char** argv) {
  try {
    if (argc < 2) throw std::runtime_error("expected: stopwatch SCENARIO [path=value ...]");
    hansa::ReadOptions reading;
    reading.settings.assign(argv + 2, argv + argc);
    hansa::Question const question = hansa::read_question(argv[1], reading);
    std::cout << "ready" << std::endl;
    hansa::benchmarks::obey(question);
    return 0;
  } catch (std::exception const& e) {
    std::cerr << "stopwatch: " << e.what() << '\n';
    return 1;
  }
}
