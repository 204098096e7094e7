/// An embedder: a scenario from text, run in memory; prints the mean number of adopters at the end.
#include <cstdint>
#include <cstdio>

#include <hansa.hpp>

namespace {

constexpr auto scenario = R"(
hansa: 1
time: {start: 2000, end: 2010}
seed: 7
replicates: 50
cities: {generate: 200}
networks: {chance: {erdos_renyi: {degree: 6}}}
policies:
  led:
    rule: logit
    baseline: -3
    adopters: {random: 5}
    mechanisms: {imitation: {exposure: {network: chance}, strength: 4}}
)";

}  // namespace

int main() {
  try {
    hansa::Question const question = hansa::parse_question(scenario, "consumer.yaml");
    std::int64_t adopters = 0;
    int histories = 0;
    hansa::run(question, [&](hansa::History const& history) {
      adopters += history.policies.front().adopters.back();
      ++histories;
    });
    std::printf("%.2f\n", static_cast<double>(adopters) / histories);
    return histories == 50 ? 0 : 1;
  } catch (hansa::Error const& error) {
    std::fprintf(stderr, "error: %s\n", error.what());
    return 1;
  }
}
