/// Worlds of five cities with two policies, and who has rows in them.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "five_cities.hpp"
#include "support/says.hpp"

namespace hansa::test {

/// Five cities from 2000 to 2005; `lines` are policies, `led` and `tram` have files of adopters.
inline Texts world(std::string const& lines, std::string const& led, std::string const& tram = "city,year\n",
                   std::string const& above = "") {
  Texts texts = five_texts(led,
                           "hansa: 1\ntime: {start: 2000, end: 2005}\ncities: {file: cities.csv}\n"
                           "networks: {sister: {file: ties.csv, directed: true}}\n" +
                               above + "policies:\n" + lines);
  texts.files["tram.csv"] = tram.empty() ? "city,year\n" : tram;
  texts.files["laws.csv"] = "country,policy,from\nX,led,2003\n";
  return texts;
}

inline std::vector<std::int32_t> years_of(Design const& design, Index city, Index policy = 0) {
  std::vector<std::int32_t> years;
  for (std::size_t k = 0; k < design.rows(); ++k)
    if (design.city[k] == city && design.policy[k] == policy) years.push_back(design.period[k]);
  return years;
}

/// What a fit of the world complains of.
inline std::string complaints_about(Texts const& texts) {
  try {
    (void)pose(texts);
  } catch (Error const& error) {
    return error.what();
  }
  return "";
}

using Years = std::vector<std::int32_t>;
inline std::string const plain = "  led: {baseline: -2, adopters: {file: led.csv}";
inline std::string const tram = "  tram: {baseline: -2, adopters: {file: tram.csv}";

}  // namespace hansa::test
