/// Tests of scenario/read_stats.
#include "support.hpp"

using namespace hansa;
using namespace hansa::testing;

namespace {

Checked checked_stats(std::string const& text) {
  return check_with("networks: {road: {erdos_renyi: {degree: 2}}, sister: {erdos_renyi: {degree: 2}}}, stats: " + text +
                    ",");
}

StatsSpec stats_of(std::string const& text) {
  Checked const checked = checked_stats(text);
  CHECK(lines(checked.errors) == "");
  REQUIRE(checked.scenario.stats);
  return *checked.scenario.stats;
}

/// The first complaint, without its place.
std::string stats_complaint(std::string const& text) {
  Checked const checked = checked_stats(text);
  if (checked.errors.empty()) return {};
  return checked.errors[0].substr(checked.errors[0].find(": ") + 2);
}

}  // namespace

TEST_CASE("entries are read with their defaults, and sorted by name") {
  StatsSpec const spec = stats_of(
      "{z: {exposure: {network: road}}, a: {infection: {network: sister, periods: 3, discount: 1.5}}, "
      "m: {moran: {of: adopted, at: 2003, network: road, permutations: 9}}}");
  REQUIRE(spec.entries.size() == 3);
  CHECK(spec.entries[0].name == "a");
  auto const& follows = std::get<FollowingStatistic>(spec.entries[0].of);
  CHECK(follows.of == FollowingStatistic::Of::infection);
  CHECK(follows.periods == 3);
  CHECK(*follows.discount == 1.5);
  auto const& moran = std::get<MoranStatistic>(spec.entries[1].of);
  CHECK(moran.of == MoranStatistic::Of::adopted);
  CHECK(moran.among == MoranStatistic::Among::all);
  CHECK(*moran.at == 2003);
  CHECK(moran.permutations == 9);
  auto const& seen = std::get<ExposureStatistic>(spec.entries[2].of);
  CHECK(seen.normalize == TieNorm::share);
  CHECK(seen.weights);
  CHECK(seen.lag == 0);
  CHECK_FALSE(seen.reversed);
}

TEST_CASE("of times of adoption only adopters count, of attributes all cities") {
  auto const moran = [](std::string const& keys) {
    return std::get<MoranStatistic>(stats_of("{m: {moran: {network: road, " + keys + "}}}").entries[0].of);
  };
  CHECK(moran("of: adoption_time").among == MoranStatistic::Among::adopters);
  CHECK(moran("of: size").among == MoranStatistic::Among::all);
  CHECK(moran("of: size").attribute.name == "size");
  CHECK(moran("of: size, among: adopters").among == MoranStatistic::Among::adopters);
}

TEST_CASE("what goes wrong is told with what to do") {
  CHECK(stats_complaint("{m: {moran: {of: adopted, network: road}}}") ==
        "'at' is missing in 'moran', which is of adopted, the step whose adopters count was expected");
  CHECK(stats_complaint("{m: {moran: {of: adopted, at: 2011, network: road}}}") ==
        "'at' is 2011, outside of the time, a step from 2000 to 2010 was expected");
  CHECK(stats_complaint("{m: {moran: {of: adoption_time, among: all, network: road}}}")
            .starts_with("'moran' is of adoption_time among all"));
  CHECK(stats_complaint("{m: {exposure: {network: raod}}}") ==
        "unknown network 'raod', one of road, sister was expected; did you mean 'road'?");
  CHECK(stats_complaint("{m: {exposure: {}}}").starts_with("'network' is missing"));
  CHECK(stats_complaint("{m: {exposrue: {network: road}}}").find("did you mean 'exposure'?") != std::string::npos);
  CHECK(stats_complaint("{m: {curve: {}, bass: {}}}").starts_with("'bass' cannot stand beside 'curve'"));
  CHECK(stats_complaint("{m: {}}").starts_with("'m' has none of exposure"));
  CHECK(stats_complaint("{}") == "'stats' is empty, at least one statistic was expected");
  CHECK(stats_complaint("[]").starts_with("'stats' is"));
  CHECK(stats_complaint("{m: {infection: {network: road, discount: soon}}}").starts_with("'discount' is 'soon'"));
  CHECK(stats_complaint("{m: {infection: {network: road, discount: 0}}}").starts_with("'discount' is '0'"));
  CHECK(stats_complaint("{m: {infection: {network: road, periods: 0}}}").starts_with("'periods' is '0'"));
  CHECK(stats_complaint("{m: {classes: {of: threshold}}}").starts_with("'network' is missing in 'classes'"));
  CHECK(stats_complaint("{m: {classes: {of: adoption_time, network: road}}}").starts_with("'network' in 'classes'"));
  CHECK(stats_complaint("{m: {bass: {p: 1}}}").starts_with("unknown key 'p'"));
  CHECK(stats_complaint("{\"m m\": {bass: {}}}").starts_with("'m m' is not a name"));
}

TEST_CASE("variables have names of their own") {
  CHECK(stats_complaint("{city: {classes: {of: adoption_time}}}").starts_with("'city' is a name"));
  CHECK(stats_complaint("{km: {survival: {}}, km_se: {classes: {of: adoption_time}}}") ==
        "'km' and 'km_se' both make a variable 'km_se', another name was expected");
}
