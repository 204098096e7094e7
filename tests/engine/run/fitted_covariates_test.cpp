/// Tests of run/fitted_covariates: what runs otherwise than it was fitted is named, and nothing else.
#include "run/fitted_covariates.hpp"

#include <string>

#include <doctest/doctest.h>

#include "mechanisms/catalogue.hpp"
#include "support/question.hpp"

namespace {

using namespace hansa;

constexpr char const* led = R"(hansa: 1
time: {start: 2000, end: 2006}
cities: {file: c.csv}
networks: {n: {file: t.csv}, other: {file: u.csv}, dated: {file: d.csv}}
policies:
  led:
    baseline: -2
    attributes: {size: 1}
    trend: {polynomial: [0.1]}
    mechanisms:
      m: {exposure: {network: n, half_life: 4}, strength: 1, strength_by: {size: 0.1}}
      o: {exposure: {network: dated}, strength: 1}
)";

test::Texts texts() {
  return {led,
          {{"c.csv", "id,size,rich\na,1,1\nb,2,1\nc,3,2\n"},
           {"t.csv", "source,target\na,b\nb,c\n"},
           {"u.csv", "source,target\na,b\n"},
           {"d.csv", "source,target,from\na,b,2003\n"}}};
}

Estimates estimates() {
  return {.name = "led",
          .terms = {"baseline", "size", "trend_1", "m", "m_by_size", "o"},
          .paths = {{"policies.led.baseline"},
                    {"policies.led.attributes.size"},
                    {"policies.led.trend.polynomial[0]"},
                    {"policies.led.mechanisms.m.strength"},
                    {"policies.led.mechanisms.m.strength_by.size"},
                    {"policies.led.mechanisms.o.strength"}},
          .values = {-3, 1, 0.2, 2, 0.3, 1},
          .covariance = std::vector<double>(36, 0.0),
          .link = "logit"};
}

std::string warnings(test::Texts const& run, std::vector<std::string> const& settings = {}, bool old = false) {
  auto const fitted = test::ask(texts()), now = test::ask(run, settings);
  InputDigests const then = old ? InputDigests{} : input_digests(fitted->world), is = input_digests(now->world);
  Complaints complaints;
  warn_of_covariates({estimates()}, {fitted->scenario, now->scenario, then, is}, schemas(standard_catalogue()),
                     {"fit.h5", 0, 0}, complaints);
  std::string text;
  for (Complaint const& each : complaints.warnings()) text += each.where.file + ": " + each.problem + "\n";
  return text;
}

std::string with_file(std::string const& file, std::string const& text) {
  test::Texts changed = texts();
  changed.files[file] = text;
  return warnings(changed);
}

TEST_CASE("the scenario that was fitted gives no warning, whatever its strengths") {
  CHECK(warnings(texts()) == "");
  CHECK(warnings(texts(), {"policies.led.mechanisms.m.strength=0", "policies.led.baseline=-9", "seed=5"}) == "");
  // What no estimate is of may be another.
  CHECK(with_file("u.csv", "source,target\nc,b\n") == "");
  CHECK(with_file("c.csv", "id,size,rich\na,1,1\nb,2,7\nc,3,2\n") == "");
}

TEST_CASE("parameters that are others are named with both values") {
  CHECK(warnings(texts(), {"policies.led.mechanisms.m.exposure.half_life=0.5"}) ==
        "fit.h5: mechanism 'm' of policy 'led' is not that of the fit: half_life is 0.5 (4 in the fit)\n");
  CHECK(warnings(texts(), {"policies.led.mechanisms.m.exposure.normalize=count",
                           "policies.led.mechanisms.m.exposure.network=other"})
            .find("is not that of the fit: network is other (n in the fit), normalize is count (") !=
        std::string::npos);
  test::Texts other = texts();
  std::size_t const at = other.yaml.find("exposure: {network: n, half_life: 4}");
  other.yaml.replace(at, std::string("exposure: {network: n, half_life: 4}").size(), "log_adopters: {pool: all}");
  CHECK(warnings(other) ==
        "fit.h5: mechanism 'm' of policy 'led' is of kind log_adopters, and was fitted as one of kind exposure\n");
}

TEST_CASE("networks, attributes and cities that are others are named") {
  CHECK(with_file("t.csv", "source,target\na,b\nc,b\n") == "fit.h5: 'networks.n' has other ties than in the fit\n");
  CHECK(with_file("d.csv", "source,target,from\na,b,2004\n") ==
        "fit.h5: 'networks.dated' has other ties than in the fit\n");
  CHECK(with_file("c.csv", "id,size,rich\na,1,1\nb,2.5,1\nc,3,2\n") ==
        "fit.h5: 'attributes.size' has other values than in the fit\n");
  CHECK(with_file("c.csv", "id,size,rich\na,1,1\nb,2,1\nc,3,2\nd,1,1\n")
            .starts_with("fit.h5: the cities are not those of the fit"));
}

TEST_CASE("another time is told where it matters, and a file without digests is") {
  CHECK(warnings(texts(), {"time.end=2010"}) == "");
  std::string const later = warnings(texts(), {"time.start=2002"});
  CHECK(later.find("time starts in 2002, and the trend of policy 'led' was fitted with time from 2000 on") !=
        std::string::npos);
  CHECK(later.find("'networks.dated' change over time, which is 2002 to 2006 and was 2000 to 2006 in the fit") !=
        std::string::npos);
  CHECK(warnings(texts(), {}, true).starts_with("fit.h5: an older version wrote the file"));
}

}  // namespace
