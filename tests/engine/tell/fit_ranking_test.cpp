/// Hypotheses beside one another.
#include <doctest/doctest.h>

#include "tell/fit_report.hpp"

using namespace hansa;

namespace {

Ranking two_of_three() {
  Ranked best{"imitation", "", 2, -100.5, 205, 210.21, 0, 0, 0.622, 1, 1, "none", ChiSquareTest{19, 1, 1.3e-5}};
  Ranked none{"none", "", 1, -110, 222, 224.6, 17, 14.39, 0.378, 2, 2, "", {}};
  Ranked failed;
  failed.name = "all";
  failed.failure = "purchase separates events from the rest";
  return {{best, none, failed}, 1};
}

}  // namespace

TEST_CASE("the best is first, what failed is last, counted and told why") {
  std::string const text = ranking_text(two_of_three());
  std::size_t const imitation = text.find("  imitation"), none = text.find("  none"), all = text.find("  all");
  REQUIRE(all != std::string::npos);
  CHECK(imitation < none);
  CHECK(none < all);
  CHECK(text.find("χ²(1) = 19.00, p < 0.0001, against none") != std::string::npos);
  CHECK(text.find("0.622") != std::string::npos);
  CHECK(text.find("all: purchase separates events from the rest") != std::string::npos);
  CHECK(text.find("1 of 3 fits failed and is in no weight above") != std::string::npos);
}

TEST_CASE("the tree has the same numbers, and none of a fit that failed") {
  Node const tree = ranking_tree(two_of_three());
  CHECK(tree.find("failed")->text == "1");
  Node const& best = tree.find("fits")->items.at(0);
  CHECK(best.find("akaike_weight")->text == "0.622");
  CHECK(best.find("bic_rank")->text == "1");
  CHECK(best.find("likelihood_ratio")->find("against")->text == "none");
  CHECK(tree.find("fits")->items.at(1).find("likelihood_ratio")->form == Node::Form::null);
  Node const& failed = tree.find("fits")->items.at(2);
  CHECK(failed.find("aic") == nullptr);
  CHECK(failed.find("failure")->text == "purchase separates events from the rest");
}
