/// Tests of study/power: power enumerated, the same rows whatever the threads, shards and interruptions, and worlds.
#include "study/power.hpp"

#include <cmath>
#include <cstring>
#include <numeric>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "engine/calibration/worlds.hpp"
#include "study/power_rates.hpp"

using namespace hansa;
using hansa::test::OwnFolder;

namespace {

/// One step; 12 cities that observe the only adopter, and 14 that observe nobody.
constexpr char const* one_step = R"(hansa: 1
time: {start: 2000, end: 2000}
seed: 3
cities: {file: cities.csv}
networks: {road: {file: ties.csv}}
policies:
  led:
    baseline: -0.4
    adopters: [hub]
    mechanisms: {talk: {exposure: {network: road}, strength: 9}}
fit:
  cluster: none
  hypotheses: {none: [], talk: [talk]}
power:
  histories: 4000
  effects: {policies.led.mechanisms.talk.strength: [0, 1.2]}
)";

constexpr int exposed = 12, apart = 14;

void write_one_step(OwnFolder const& folder) {
  std::string cities = "id\nhub\n", ties = "source,target\n";
  for (int k = 0; k < exposed; ++k) cities += fmt::format("e{}\n", k), ties += fmt::format("hub,e{}\n", k);
  for (int k = 0; k < apart; ++k) cities += fmt::format("a{}\n", k);
  folder.write("cities.csv", cities);
  folder.write("ties.csv", ties);
}

double binomial(int n, int k, double p) {
  return std::exp(std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0)) * std::pow(p, k) *
         std::pow(1 - p, n - k);
}

double log_chance(int n, int k) {
  double const p = static_cast<double>(k) / n;
  return (k > 0 ? k * std::log(p) : 0) + (k < n ? (n - k) * std::log(1 - p) : 0);
}

/// Chances that the test has an estimate, and that it has one and rejects at 5 %.
std::pair<double, double> enumerated(double strength) {
  auto const logistic = [](double eta) { return 1 / (1 + std::exp(-eta)); };
  double tested = 0, found = 0;
  for (int a = 1; a < exposed; ++a) {
    for (int b = 1; b < apart; ++b) {
      double const weight = binomial(exposed, a, logistic(-0.4 + strength)) * binomial(apart, b, logistic(-0.4));
      double const ratio = 2 * (log_chance(exposed, a) + log_chance(apart, b) - log_chance(exposed + apart, a + b));
      tested += weight;
      found += ratio > 3.841458820694124 ? weight : 0;
    }
  }
  return {tested, found};
}

/// Cities on a ring with adopters in a file; a network, a collaboration, groups.
constexpr char const* ring = R"(hansa: 1
time: {start: 2000, end: 2009}
seed: 11
cities: {file: cities.csv}
networks: {road: {file: ties.csv, directed: false}}
collaborations: {file: members.csv}
policies:
  led:
    baseline: -3.5
    adopters: {file: adopters.csv}
    mechanisms:
      talk: {exposure: {network: road}, strength: 1}
      crowd: {exposure: {pool: all}, strength: 1}
fit: {cluster: none, hypotheses: {none: [], talk: [talk], both: [talk, crowd]}}
power:
  histories: 60
  effects: {policies.led.mechanisms.talk.strength: [0, 2], policies.led.mechanisms.crowd.strength: 1}
)";

struct Ring {
  OwnFolder folder;
  Ring() {
    std::string cities = "id,region\n", ties = "source,target\n";
    for (int k = 0; k < 120; ++k) {
      cities += fmt::format("c{},{}\n", k, k < 60 ? "north" : "south");
      ties += fmt::format("c{},c{}\nc{},c{}\n", k, (k + 1) % 120, k, (k + 2) % 120);
    }
    folder.write("cities.csv", cities);
    folder.write("ties.csv", ties);
    folder.write("adopters.csv", "city,year\nc0,1998\nc50,1999\nc7,2003\n");
    std::string members = "city,collaboration,joined\n";
    for (int k = 0; k < 30; ++k) members += fmt::format("c{},club,{}\n", 4 * k, 1990 + k);
    folder.write("members.csv", members);
  }
  [[nodiscard]] Question question(std::vector<std::string> const& settings = {}) const {
    return parse_question(ring, folder.path() / "s.yaml", {.settings = settings});
  }
};

bool same_rows(PowerStudy const& a, PowerStudy const& b) {
  return a.rows.size() == b.rows.size() && a.made == b.made &&
         std::memcmp(a.rows.data(), b.rows.data(), a.rows.size() * sizeof(double)) == 0;
}

std::string refusal(Ring const& there, std::vector<std::string> const& settings) {
  try {
    (void)study_power(there.question(settings), {});
  } catch (Error const& error) {
    return error.complaints().at(0).problem;
  }
  return {};
}

}  // namespace

TEST_CASE("the power of a test in one step is that which is enumerated, and so is its error") {
  OwnFolder folder;
  write_one_step(folder);
  Question const question = parse_question(one_step, folder.path() / "s.yaml");
  PowerStudy const study = study_power(question, {});
  FitRates const rates = rates_of(study, *question.scenario->power).at(0);
  REQUIRE(rates.cells.size() == 3);
  for (std::size_t c = 1; c < 3; ++c) {
    double const strength = study.cells[c].sizes[0];
    auto const [tested, found] = enumerated(strength);
    FittedRates const& talk = rates.cells[c].fitted[1];
    CAPTURE(strength);
    CHECK(talk.ends[0] + talk.ends[1] == 4000);
    // Within four standard errors: false alarms of all four below 3e-4.
    CHECK(std::fabs(static_cast<double>(talk.ends[0]) / 4000 - tested) <
          4 * std::sqrt(tested * (1 - tested) / 4000) + 1e-12);
    double const power = found / tested;
    CHECK(std::fabs(talk.effects[0].found.value() - power) < 4 * std::sqrt(power * (1 - power) / (4000 * tested)));
    CHECK(talk.effects[0].found.of == talk.ends[0]);
  }
  CHECK(enumerated(1.2).second > 2 * enumerated(0).second);
}

TEST_CASE("rows are the same for any number of threads, in shards, and after an interruption") {
  Ring const there;
  Question const question = there.question();
  PowerStudy const alone = study_power(question, {.threads = 1});
  CHECK(alone.missing == 0);
  CHECK(same_rows(alone, study_power(question, {.threads = 3})));

  OwnFolder kept;
  std::filesystem::path const folder = kept.path() / "shards";
  PowerStudy const first = study_power(question, {.folder = folder, .shard = StudyShard{1, 2}});
  CHECK(first.missing > 0);
  CHECK(first.missing < 5 * 60);
  PowerStudy const second = study_power(question, {.folder = folder, .shard = StudyShard{2, 2}});
  CHECK(second.missing == 0);
  CHECK(same_rows(alone, second));
  CHECK(same_rows(alone, study_power(question, {.folder = folder})));

  std::stop_source stop;
  int told = 0;
  PowerOptions options{.threads = 1, .folder = kept.path() / "stopped", .stop = stop.get_token()};
  options.progress = [&](Done) {
    if (++told == 2) stop.request_stop();
  };
  PowerStudy const stopped = study_power(question, options);
  CHECK(stopped.stopped);
  CHECK(stopped.missing > 0);
  CHECK(same_rows(alone, study_power(question, {.folder = options.folder})));
}

TEST_CASE("more histories and more sizes go on from what is there") {
  Ring const there;
  OwnFolder kept;
  std::filesystem::path const folder = kept.path() / "p";
  PowerStudy const before = study_power(there.question({"power.histories=30"}), {.folder = folder});
  std::vector<std::string> const larger{
      "power.effects={policies.led.mechanisms.talk.strength: [0, 2, 3], policies.led.mechanisms.crowd.strength: 1}"};
  std::int64_t first = -1;
  PowerOptions options{.threads = 1, .folder = folder};
  options.progress = [&](Done done) { first = first < 0 ? done.finished : first; };
  PowerStudy const after = study_power(there.question(larger), options);
  CHECK(first > 5 * 30 - 30);  // what was there counts as finished
  for (std::size_t c = 0; c < before.cells.size(); ++c) {
    std::size_t const same = static_cast<std::size_t>(
        std::find_if(after.cells.begin(), after.cells.end(),
                     [&](PowerCell const& each) { return each.name == before.cells[c].name; }) -
        after.cells.begin());
    REQUIRE(same < after.cells.size());
    CHECK(std::memcmp(before.row(c, 29), after.row(same, 29), before.width * sizeof(double)) == 0);
  }
  CHECK_THROWS_WITH((void)study_power(there.question({"policies.led.baseline=-3"}), {.folder = folder}),
                    doctest::Contains("another study of power: the scenario was other"));
}

TEST_CASE("a block that is damaged is put aside and made again") {
  Ring const there;
  OwnFolder kept;
  std::filesystem::path const folder = kept.path() / "p";
  PowerStudy const whole = study_power(there.question(), {.folder = folder});
  for (auto const& each : std::filesystem::directory_iterator(folder))
    if (each.path().extension() == ".h5") {
      std::filesystem::resize_file(each.path(), 100);
      break;
    }
  PowerStudy const again = study_power(there.question(), {.folder = folder});
  CHECK(again.problems.size() == 1);
  CHECK(same_rows(whole, again));
}

TEST_CASE("mechanisms that a hypothesis leaves out do not act, and others act with the size of their level") {
  Ring const there;
  Question const question = there.question();
  std::vector<PowerCell> const cells = cells_of(*question.scenario);
  REQUIRE(cells.size() == 5);
  CHECK(cells[0].name ==
        "hypothesis both policies.led.mechanisms.crowd.strength 1 policies.led.mechanisms.talk.strength 0");
  CHECK(cells[2].sizes == std::vector<double>{0, 0});  // none: one cell, whatever the levels
  CHECK(cells[4].sizes == std::vector<double>{0, 2});
  auto const adoptions = [&](PowerCell const& cell) {
    CellSimulator simulator(question, cell, Lanes::fast);
    std::size_t count = 0;
    for (std::int64_t k = 0; k < 40; ++k) count += simulator.run(k)[0].events.size();
    return count;
  };
  CHECK(adoptions(cells[2]) < adoptions(cells[4]));
  CHECK(adoptions(cells[4]) < adoptions(cells[1]));
}

TEST_CASE("baselines are moved to the adoptions that are asked for") {
  Ring const there;
  Question const question = there.question({"power.adoptions=40", "power.histories=200"});
  PowerStudy const study = study_power(question, {});
  REQUIRE(study.shifts.size() == study.cells.size());
  FitRates const rates = rates_of(study, *question.scenario->power).at(0);
  for (CellRates const& each : rates.cells) CHECK(each.adoptions == doctest::Approx(40).epsilon(0.08));
  CHECK(study.shifts[1] < study.shifts[2]);  // contagion needs less
  CHECK(refusal(there, {"power.adoptions=500"}).starts_with("no baseline of 'led' makes 500 adoptions"));
}

TEST_CASE("a trait is standardised noise, and alike along ties the more the higher its correlation is") {
  Ring const there;
  Question const question = there.question();
  NetworkLayer const& road = *question.world->network("road");
  auto const alike = [&](double correlation) {
    double sum = 0;
    for (std::int64_t k = 0; k < 50; ++k) {
      std::vector<double> const u = trait_along(road, question.world->cities.hash, correlation, 5, k);
      double const mean = std::accumulate(u.begin(), u.end(), 0.0) / 120;
      CHECK(std::fabs(mean) < 1e-12);
      CHECK(std::inner_product(u.begin(), u.end(), u.begin(), 0.0) / 120 == doctest::Approx(1));
      for (Tie const& each : ties_of(road)) sum += u[each.source] * u[each.target];
    }
    return sum / 50 / road.ties();
  };
  CHECK(std::fabs(alike(0)) < 0.05);  // 12,000 pairs of independent numbers
  CHECK(alike(0.5) > 0.15);
  CHECK(alike(0.95) > 0.6);
}

TEST_CASE("latent homophily is taken for contagion, and a world without strength is not") {
  Ring const there;
  Question const question =
      there.question({"power.histories=300", "power.hypotheses=[talk]", "policies.led.baseline=-2.5",
                      "power.effects={policies.led.mechanisms.talk.strength: 0}",
                      "power.worlds={homophily: {network: road, correlation: 0.95, strength: [0, 2]}}"});
  PowerStudy const study = study_power(question, {});
  FitRates const rates = rates_of(study, *question.scenario->power).at(0);
  Rate const without = rates.cells.at(1).fitted[0].effects[0].positive,
             with = rates.cells[2].fitted[0].effects[0].positive;
  CHECK(without.lower() < 0.025);
  CHECK(without.value() < 0.07);
  CHECK(with.value() > 0.5);
}

TEST_CASE("worlds of shocks, laws and members do what they say") {
  Ring const there;
  Question const question = there.question(
      {"power.worlds={shocks: {sd: [0, 3]}, law: {at: 2005, cities: {where: {region: south}}, strength: [3]}, "
       "membership: {collaboration: club, strength: [2]}}"});
  std::vector<PowerCell> const cells = cells_of(*question.scenario);
  REQUIRE(cells.size() == 9);  // in the order law, membership, shocks
  auto const run = [&](std::size_t cell, auto const& visit) {
    CellSimulator simulator(question, cells[cell], Lanes::fast);
    for (std::int64_t k = 0; k < 60; ++k) {
      std::vector<ObservedHistory> const histories = simulator.run(k);
      for (DatedEvent const& each : histories[0].events)
        if (each.step >= 1) visit(k, each);
    }
  };
  Cities const& of = question.world->cities;
  auto const number = [&](Index city) { return std::stoi(std::string(of.id[city]).substr(1)); };
  int south_before = 0, south_after = 0, north = 0;
  run(5, [&](std::int64_t, DatedEvent const& each) {
    bool const is_south = number(each.event.city) >= 60;
    (is_south ? (each.step < 6 ? south_before : south_after) : north) += 1;
  });
  CHECK(south_after > 3 * south_before);
  CHECK(south_after > 2 * north);
  int members = 0, others = 0;
  run(6, [&](std::int64_t, DatedEvent const& each) { ++(number(each.event.city) % 4 == 0 ? members : others); });
  CHECK(members > others);  // 30 of 120 cities
  auto const variance = [&](std::size_t cell) {
    std::vector<double> counts(600, 0);
    run(cell, [&](std::int64_t k, DatedEvent const& each) {
      counts[static_cast<std::size_t>(k) * 10 + static_cast<std::size_t>(each.step - 1)] += 1;
    });
    double const mean = std::accumulate(counts.begin(), counts.end(), 0.0) / 600;
    double sum = 0;
    for (double const each : counts) sum += (each - mean) * (each - mean);
    return sum / 600 / mean;
  };
  CHECK(variance(7) < 1.3);  // of the sd 0: binomial
  CHECK(variance(8) > 5);
}

TEST_CASE("what cannot be studied is refused with what to do") {
  Ring const there;
  CHECK(refusal(there, {"power.worlds={homophily: {network: rode, correlation: 0.5, strength: [1]}}"}).find("'rode'") !=
        std::string::npos);
  CHECK(refusal(there, {"power.worlds={membership: {collaboration: klub, strength: [1]}}"}) ==
        "there is no collaboration 'klub'");
  CHECK(refusal(there, {"fit.profile=[policies.led.mechanisms.talk.exposure.half_life]",
                        "policies.led.mechanisms.talk.exposure.half_life=5"}) ==
        "a study of power takes shape parameters as they are written");
  CHECK_THROWS_WITH((void)study_power(parse_question("hansa: 1\ntime: {start: 1, end: 2}\ncities: {generate: 5}\n"
                                                     "policies: {led: {baseline: -1, adopters: {random: 1}}}\n",
                                                     there.folder.path() / "t.yaml"),
                                      {}),
                    doctest::Contains("there is nothing to study"));
}
