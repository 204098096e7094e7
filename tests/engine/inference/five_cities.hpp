/// A question of five cities and few years, small enough to count on fingers.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "inference/fit_scenario.hpp"
#include "mechanisms/catalogue.hpp"
#include "support/question.hpp"

namespace hansa::test {

inline constexpr char five_cities[] = R"(hansa: 1
time: {start: 2000, end: 2005}
cities: {file: cities.csv}
networks: {sister: {file: ties.csv, directed: true}}
policies:
  led:
    baseline: -2
    attributes: {size: 0.5, region: {north: 1}}
    trend: {polynomial: [0.1, 0.01]}
    adopters: {file: led.csv}
    mechanisms:
      imitation: {exposure: {network: sister}, strength: 2, strength_by: {size: 0.3}}
      pool: {log_adopters: {pool: all}, strength: 0.2}
)";

/// a observes b, c, d; b observes a; c observes d.
inline Texts five_texts(std::string const& led, std::string const& yaml = five_cities) {
  return {yaml,
          {{"cities.csv", "id,size,region,country\na,1,north,X\nb,2,south,X\nc,3,north,Y\nd,4,south,Y\ne,5,south,\n"},
           {"ties.csv", "source,target\nb,a\nc,a\nd,a\na,b\nd,c\n"},
           {"led.csv", led}}};
}

struct Posed {
  std::unique_ptr<Question> question;
  FitQuestion fit;
};

inline Posed pose(Texts const& texts, std::vector<std::string> const& settings = {}) {
  Posed posed{ask(texts, settings), {}};
  Complaints complaints;
  posed.fit = pose_fit(posed.question->scenario, posed.question->world, standard_catalogue(), complaints);
  complaints.throw_if_any();
  return posed;
}

/// The column of a design.
inline std::vector<double> column(Design const& design, std::string const& name) {
  std::vector<double> values;
  for (std::size_t c = 0; c < design.columns(); ++c) {
    for (std::size_t k = 0; design.names[c] == name && k < design.rows(); ++k) {
      values.push_back(design.x(static_cast<Eigen::Index>(k), static_cast<Eigen::Index>(c)));
    }
  }
  return values;
}

inline void check_close(std::vector<double> const& found, std::vector<double> const& expected) {
  REQUIRE(found.size() == expected.size());
  for (std::size_t k = 0; k < found.size(); ++k) CHECK(found[k] == doctest::Approx(expected[k]).epsilon(1e-12));
}

}  // namespace hansa::test
