/// Scores in words and as a tree.
#include "tell/fit_scores.hpp"

#include <cmath>
#include <sstream>
#include <vector>

#include <doctest/doctest.h>

using namespace hansa;

namespace {

NamedScores network_against_baseline() {
  ScoreComparison found;
  found.trials = 800;
  found.events = 30;
  found.cities = 90;
  found.own = {0.15, 0.034};
  found.reference = {0.16, 0.035};
  found.log = {-0.01, 0.005, -2, 0.0455, 0.0625};
  found.brier = {-0.001, std::nan(""), std::nan(""), std::nan(""), 0.02857};
  return {"network", "baseline", found};
}

}  // namespace

TEST_CASE("scores are told beside those of the reference") {
  NamedScores const scores = network_against_baseline();
  std::string const text = scores_text({&scores, 1});
  std::vector<std::string> words;
  std::istringstream line(text.substr(text.find("  network")));
  for (std::string word; words.size() < 11 && line >> word;) words.push_back(word);
  CHECK(words == std::vector<std::string>{"network", "against", "baseline", "log", "0.1500", "0.1600", "0.06250",
                                          "-0.01000", "0.005000", "-2.00", "0.0455"});
  CHECK(text.find("Brier") != std::string::npos);
  CHECK(text.find("nan") == std::string::npos);
  CHECK(text.find("800 trials, 30 events, 90 cities") != std::string::npos);
}

TEST_CASE("the tree has the same numbers") {
  NamedScores const scores = network_against_baseline();
  Node const tree = scores_tree({&scores, 1});
  Node const& each = tree.items.at(0);
  CHECK(each.find("own")->text == "network");
  CHECK(each.find("log")->find("difference")->text == "-0.01");
  CHECK(each.find("log")->find("skill")->text == "0.0625");
  CHECK(each.find("brier")->find("se_cluster")->form == Node::Form::null);
  CHECK(each.find("events")->text == "30");
}
