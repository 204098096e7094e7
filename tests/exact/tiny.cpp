/// Enumerates histories, and counts simulated ones.
#include "tiny.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hansa::exact {

namespace {

using Highest = std::array<double, cities>;

class Enumeration {
 public:
  explicit Enumeration(Law const& law) : law_(law) {}

  std::map<test::Outcome, double> run() {
    Highest highest;
    highest.fill(-std::numeric_limits<double>::infinity());
    step(first_label, law_.initial, highest, 1.0);
    return std::move(result_);
  }

 private:
  void step(std::int32_t t, Times const& times, Highest const& highest, double probability) {
    if (t > last_label) {
      result_[test::Outcome(times.begin(), times.end())] += probability;
      return;
    }
    Highest raised = highest;
    std::array<double, cities> chance{};
    for (int city = 0; city < cities; ++city) {
      auto const at = static_cast<std::size_t>(city);
      if (times[at] != never || (law_.at_risk && !law_.at_risk(city, t))) continue;
      double const eta = law_.eta(View{city, t, times});
      chance[at] = law_.chance(city, eta, highest[at]);
      raised[at] = std::max(highest[at], eta);
    }
    for (unsigned who = 0; who < 1u << cities; ++who) {
      Times next = times;
      double share = probability;
      for (std::size_t city = 0; city < cities; ++city) {
        bool const adopts = (who >> city & 1u) != 0;
        share *= adopts ? chance[city] : 1 - chance[city];
        if (adopts) next[city] = t;
      }
      if (share > 0) step(t + 1, next, raised, share);
    }
  }

  Law const& law_;
  std::map<test::Outcome, double> result_;
};

}  // namespace

double View::adopted(int other) const {
  std::int32_t const time = times[static_cast<std::size_t>(other)];
  return time != never && time < t ? 1.0 : 0.0;
}

double View::others() const {
  double sum = 0;
  for (int other = 0; other < cities; ++other) sum += other == city ? 0.0 : adopted(other);
  return sum;
}

double View::share() const {
  double top = 0, all = 0;
  for (auto const& [source, weight] : sources_of(city)) {
    top += weight * adopted(source);
    all += weight;
  }
  return all > 0 ? top / all : 0;
}

std::vector<std::pair<int, double>> const& sources_of(int city) {
  static std::vector<std::vector<std::pair<int, double>>> const ties{
      {}, {{0, 1}, {3, 3}}, {{0, 2}, {1, 1}}, {{1, 1.5}, {2, 0.5}}};
  return ties[static_cast<std::size_t>(city)];
}

Chance logit() {
  return [](int, double eta, double) { return 1 / (1 + std::exp(-eta)); };
}

Chance cloglog() {
  return [](int, double eta, double) { return -std::expm1(-std::exp(eta)); };
}

Chance threshold(std::function<double(int, double)> distribution) {
  return [distribution](int city, double eta, double highest) {
    double const before = std::isinf(highest) ? 0.0 : distribution(city, highest);
    double const now = distribution(city, eta);
    return now > before ? (now - before) / (1 - before) : 0.0;
  };
}

std::map<test::Outcome, double> enumerate(Law const& law) {
  return Enumeration(law).run();
}

test::Outcome adoption_times(History const& history) {
  return history.policies.at(0).adoption_time;
}

std::map<test::Outcome, std::int64_t> simulate(test::Question const& question, std::int64_t replicates,
                                               Reading const& reading) {
  std::map<test::Outcome, std::int64_t> seen;
  Recorder recorder(question.model, question.world, question.plan);
  Replicate state(question.model, question.world, Lanes::fast);
  for (std::int64_t r = 0; r < replicates; ++r) {
    recorder.begin(r);
    state.run(r, recorder);
    seen[reading(recorder.finish())] += 1;
  }
  return seen;
}

test::Texts world_with(std::string const& policies) {
  test::Texts texts;
  texts.yaml =
      "hansa: 1\n"
      "time: {start: 1, end: 3}\n"
      "seed: 20240229\n"
      "cities: {file: cities.csv}\n"
      "networks:\n"
      "  ties: {file: ties.csv}\n"
      "collaborations: {file: clubs.csv}\n"
      "policies:\n" +
      policies;
  texts.files["cities.csv"] =
      "id,country,region,size,votes,bar,entry,exit\n"
      "a,X,r,0.5,3,0.2,,\n"
      "b,X,s,-1,1,0.5,2,\n"
      "c,Y,r,2,2,0.5,,2\n"
      "d,,s,0,2,1,,\n";
  // Who observes whom: b observes a (1) and d (3); c observes a (2) and b (1); d observes b (1.5) and c (0.5).
  texts.files["ties.csv"] =
      "source,target,weight\n"
      "a,b,1\nd,b,3\n"
      "a,c,2\nb,c,1\n"
      "b,d,1.5\nc,d,0.5\n";
  // green: a and d always, b from 2, c up to 2 (it left in 3). red: c and d always. blue: b alone.
  texts.files["clubs.csv"] =
      "city,collaboration,joined,joined_by,left\n"
      "a,green,,,\nb,green,2,,\nc,green,,,3\nd,green,,,\n"
      "c,red,,,\nd,red,,,\n"
      "b,blue,,,\n";
  return texts;
}

}  // namespace hansa::exact
