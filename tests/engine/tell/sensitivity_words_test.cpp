/// Tests of tell/sensitivity_words and tell/sweep_words.
#include <limits>

#include <doctest/doctest.h>

#include "tell/bibliography.hpp"
#include "tell/sensitivity_report.hpp"
#include "tell/sweep_words.hpp"

using namespace hansa;

namespace {

constexpr double open = std::numeric_limits<double>::infinity();

bool says(std::string const& text, std::string_view words) {
  return text.find(words) != std::string::npos;
}

Sensitivity boxed() {
  Sensitivity made;
  made.measure = "share";
  made.inputs = {"a", "b"};
  made.points = 200;
  PrimBox box;
  box.limits = {{0, 0.6, open, 0.001}, {1, 0.1, 0.5, 0.02}};
  box.quality = {50, 40, 0.8, 0.8, 0.25, 2};
  made.result = PrimReport{{Interest::Side::at_least, 0.5}, 50, {box}};
  return made;
}

}  // namespace

TEST_CASE("a box is told in a sentence") {
  std::string const text = sensitivity_words(boxed());
  CHECK(says(text, "share at least 0.5: at 50 of 200 points (25.0 %)."));
  CHECK(says(text, "With a at least 0.6 and b from 0.1 to 0.5: at 40 of 50 points (80.0 %, the density"));
  CHECK(says(text, "a: quasi-p 0.001"));
}

TEST_CASE("the variance is told in parts") {
  Sensitivity made = boxed();
  made.replicates = 4;
  made.parts = VarianceParts{6, 1, 3};
  std::string const text = sensitivity_words(made);
  CHECK(says(text, "share: 200 points of 4 replicates\n"));
  CHECK(says(text, "60.0 % lie between points, 10.0 % are luck that all points"));
}

TEST_CASE("designs, laws and measures have words") {
  DesignSpec design;
  design.kind = DesignKind::morris;
  design.size = 20;
  CHECK(design_words(design) == "a Morris design of 20 trajectories on 4 levels");
  design.plan = MorrisPlan::radial;
  CHECK(design_words(design) == "a Morris design of 20 radial blocks");
  for (DesignKind const kind :
       {DesignKind::latin_hypercube, DesignKind::sobol, DesignKind::saltelli, DesignKind::morris})
    for (MorrisPlan const plan : {MorrisPlan::trajectories, MorrisPlan::radial}) {
      DesignSpec each;
      each.kind = kind;
      each.plan = plan;
      CHECK(!keys_in(design_source(each)).empty());
      for (std::string_view const key : keys_in(design_source(each))) CHECK_MESSAGE(find_work(key) != nullptr, key);
    }
  CHECK(law_words({Distribution::Law::beta, {2, 5, 0, 1}}) == "beta(2, 5) from 0 to 1");
  MeasureSpec measure;
  measure.of = MeasureSpec::Of::time_to;
  measure.share = 0.25;
  measure.paired_to = 0;
  CHECK(measure_words(measure) == "first step at which 25 % of cities have adopted, less the same at point 0");
}
