/// The pieces of the hot path alone, with Google Benchmark: what a draw, a softplus, a pushed tie and a touch cost.
#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "base/flat_math.hpp"
#include "base/random.hpp"
#include "hansa.hpp"
#include "run/replicate.hpp"

namespace {

using namespace hansa;

constexpr std::size_t batch = 256;

/// W4; a million cities get their nearest neighbours instead of random ties, which are drawn pair by pair.
Question w4(std::int64_t cities, std::int64_t degree) {
  ReadOptions reading;
  std::string const ties = cities < 1'000'000 ? "{erdos_renyi: {degree: " + std::to_string(degree) + "}}"
                                              : "{nearest: {k: " + std::to_string(degree) + ", on: [x, y]}}";
  reading.settings = {"cities={generate: " + std::to_string(cities) + ", coordinates: square}",
                      "networks.chance=" + ties};
  return read_question(HANSA_BENCHMARKS_DIR "/w4.yaml", reading);
}

void softplus(benchmark::State& state) {
  std::vector<float> in(batch);
  std::vector<float> out(batch);
  for (std::size_t k = 0; k < batch; ++k) in[k] = -6.F + 4.F * static_cast<float>(k) / static_cast<float>(batch);
  for (auto _ : state) {
    for (std::size_t k = 0; k < batch; ++k) out[k] = flat::softplus(in[k]);
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(batch));
}
BENCHMARK(softplus);

void draw_resistances(benchmark::State& state) {
  std::vector<std::uint64_t> who(static_cast<std::size_t>(state.range(0)));
  std::vector<double> out(who.size());
  for (std::size_t i = 0; i < who.size(); ++i) who[i] = mix64(i + 1);
  std::uint64_t replicate = 0;
  for (auto _ : state) {
    draw_exponential(make_key(1, replicate++, Purpose::resistance, 7), who, 0, out);
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(draw_resistances)->Arg(10'000);

/// Adoptions pushed to their observers: items are ties.
void push(benchmark::State& state) {
  Question const question = w4(state.range(0), 10);
  NetworkLayer const& layer = question.world->networks.front();
  Term const& term = *question.model.policies.front().terms.front().term;
  Index const n = question.world->cities.size();
  std::unique_ptr<Kept> const kept = term.keep();
  std::vector<Index> list(n + batch);
  std::vector<std::uint8_t> seen(n + batch);
  std::vector<Event> events;
  std::int64_t ties = 0;
  for (Index i = 0; i < n; i += 50) {  // 2 % of the cities adopt in one step, spread over the ids
    events.push_back({i, 0, 1});
    ties += layer.first[i + 1] - layer.first[i];
  }
  for (auto _ : state) {
    state.PauseTiming();
    term.reset(*kept, {});
    std::fill(seen.begin(), seen.end(), std::uint8_t{0});
    state.ResumeTiming();
    Touched touched{list.data(), seen.data(), 0, false};
    term.apply(*kept, events, touched);
    benchmark::DoNotOptimize(touched.count);
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * ties);
}
BENCHMARK(push)->Arg(10'000)->Arg(1'000'000);

/// The value of exposure for touched cities, in batches of 256: items are cities.
void value(benchmark::State& state) {
  Question const question = w4(state.range(0), 10);
  Term const& term = *question.model.policies.front().terms.front().term;
  Index const n = question.world->cities.size();
  std::unique_ptr<Kept> const kept = term.keep();
  term.reset(*kept, {});
  std::vector<Index> touched;
  for (Index i = 0; i < n; i += 5) touched.push_back(i);
  std::vector<float> m(batch);
  for (auto _ : state)
    for (std::size_t at = 0; at < touched.size(); at += batch) {
      term.value(*kept, std::span<Index const>(touched).subspan(at, std::min(batch, touched.size() - at)), m.data());
      benchmark::DoNotOptimize(m.data());
      benchmark::ClobberMemory();
    }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(touched.size()));
}
BENCHMARK(value)->Arg(10'000)->Arg(1'000'000);

/// One replicate on one thread, curves only: items are city-steps.
void replicate(benchmark::State& state) {
  Question const question = w4(state.range(0), state.range(1));
  RecordPlan plan = question.plan;
  plan.adoption_time = false;
  plan.attribution = false;
  Replicate runner(question.model, *question.world, Lanes::fast);
  Recorder recorder(question.model, *question.world, plan);
  std::int64_t number = 0;
  for (auto _ : state) {
    recorder.begin(number);
    runner.run(number++, recorder);
    benchmark::DoNotOptimize(recorder.finish().policies.front().adopters.back());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0) * question.model.clock.steps());
}
BENCHMARK(replicate)->Args({10'000, 10})->Args({10'000, 20})->Args({1'000'000, 10})->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
