/// Constant hazards, however small, are consumed exactly: the step of adoption is ceil(R / h).
#include <algorithm>
#include <cmath>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "base/flat_math.hpp"
#include "base/random.hpp"
#include "support/question.hpp"

namespace hansa::exact {

namespace {

double on_grid(double v) {
  return (v + 384.0) - 384.0;
}

/// Step at which city `id` adopts under hazard `h`, or 0 if that is after step `steps`.
double step_of(std::string const& id, std::int64_t replicate, double h, double steps) {
  std::uint64_t const key = make_key(7, static_cast<std::uint64_t>(replicate), Purpose::resistance, hash_id("p"));
  double const resistance = std::max(on_grid(-flat::log1p(-draw_uniform(key, hash_id(id), 0))), 0x1p-44);
  double const step = std::ceil(resistance / h);
  return step <= steps ? step : 0;
}

/// A mechanism of strength 0 that looks at all cities again whenever one adopts: settling early must change nothing.
enum class Touches { none, all };

/// Runs 20,000 cities with baseline `beta` and compares each with the closed form; tells how many adopted.
std::int64_t compare(double beta, int steps, Lanes lanes, double most_apart, Touches touches = Touches::none) {
  std::string const idle = ", mechanisms: {idle: {exposure: {pool: all}, strength: 0}}";
  auto const question = test::ask({fmt::format("hansa: 1\ntime: {{start: 1, end: {}}}\nseed: 7\n"
                                               "cities: {{generate: 20000}}\n"
                                               "policies: {{p: {{rule: cloglog, baseline: {}{}}}}}\n",
                                               steps, beta, touches == Touches::all ? idle : ""),
                                   {}});
  double const h = on_grid(flat::exp(beta));
  std::int64_t adopted = 0, apart = 0;
  for (std::int64_t replicate = 0; replicate < 10; ++replicate) {
    History const history = test::run_one(*question, replicate, lanes);
    for (Index city = 0; city < question->world.cities.size(); ++city) {
      std::int32_t const time = history.policies[0].adoption_time[city];
      double const step = time == never ? 0 : time;
      double const expected = step_of(question->world.cities.id[city], replicate, h, steps);
      adopted += step > 0;
      bool const at_the_end = (step == 0) != (expected == 0) && std::max(step, expected) + most_apart > steps;
      apart += std::fabs(step - expected) > most_apart && !(most_apart > 0 && at_the_end);
    }
  }
  CHECK(apart == 0);
  return adopted;
}

}  // namespace

TEST_CASE("a hazard of 1e-8 a step is consumed exactly over 30,000 steps") {
  double const beta = -18.420680743952367;
  std::int64_t const adopted = compare(beta, 30000, Lanes::full, 0);
  CHECK(adopted > 25);  // 60 are expected; fewer than 26 has probability 1e-7
  CHECK(adopted < 110);
  CHECK(compare(beta, 30000, Lanes::full, 0, Touches::all) == adopted);
  CHECK(compare(beta, 30000, Lanes::fast, 1) > 25);
}

TEST_CASE("ordinary constant hazards are consumed exactly") {
  CHECK(compare(-9.210340371976182, 2000, Lanes::full, 0) > 30000);
  CHECK(compare(-3.5, 100, Lanes::full, 0) > 150000);
  CHECK(compare(-3.5, 100, Lanes::full, 0, Touches::all) > 150000);
  // In single precision the hazard is within 2e-6 of the exact one.
  CHECK(compare(-3.5, 30, Lanes::fast, 1) > 50000);
}

}  // namespace hansa::exact
