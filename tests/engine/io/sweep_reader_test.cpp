/// Tests of io/sweep_reader: what a sweep wrote comes back, and other files are refused.
#include "io/sweep_reader.hpp"

#include <cmath>
#include <limits>

#include <doctest/doctest.h>

#include "engine/io/files.hpp"
#include "io/fit_file.hpp"
#include "io/sweep_file.hpp"
#include "support/fit_samples.hpp"
#include "support/result_samples.hpp"

using namespace hansa;
using test::Scratch;

namespace {

constexpr double gone = std::numeric_limits<double>::quiet_NaN();

struct SmallSweep {
  PointTable points;
  MeasureLayout layout;
  std::vector<std::string> seeds;

  SmallSweep() {
    points.scenarios = {"s"};
    points.scenario_of = {0, 0};
    points.columns = {{"policies.led.baseline", {-2, 0.25}, {}}, {"policies.led.rule", {}, {"logit", "cloglog"}}};
    layout.policies = {"led"};
    layout.axes = {{MeasureAxis::Of::group, "group_region", {"a", "b"}}};
    layout.variables = {{"final_share", "share at the end", "1", {}, 1, 0, {}},
                        {"by", "share by region", "1", 0, 2, 1, {}}};
    layout.width = 3;
  }

  void write(std::filesystem::path const& file) const {
    SweepFileShape const shape{points, layout, seeds, 2, {}, "year", EachReplicate::numbers};
    Origin origin;
    origin.title = "Swept";
    origin.scenario_text = "hansa: 1\n";
    origin.input_digests = {{"a.csv", "00ff"}};
    SweepFile made(file, Overwrite::no, shape, origin,
                   {{"sweep_sha256", "0123"}, {"seed", "7"}, {"estimates", "none"}});
    std::vector<double> const values{0.1, 1, 2, 0.3, 3, 4, 0.5, 5, 6, gone, gone, gone};
    std::vector<RunStatus> const status{RunStatus::finished, RunStatus::finished, RunStatus::finished,
                                        RunStatus::failed};
    std::vector<double> const mean{0.2, 2, 3, 0.5, 5, 6}, spread{0.1, 1, 1, gone, gone, gone};
    std::vector<std::int32_t> const missing(6, 0), finished{2, 1}, failed{0, 1};
    made.write({0, 2, values, status, mean, spread, spread, missing, {}, finished, failed});
    made.finish({{{1, 1, "7", "|eta| > 80"}}, 4, 4, 1});
  }
};

}  // namespace

TEST_CASE("points, measures and single replicates come back") {
  Scratch const scratch;
  SmallSweep().write(scratch / "s.h5");
  SweepRecord const read = read_sweep_file(scratch / "s.h5");
  CHECK(read.title == "Swept");
  CHECK(read.policies == std::vector<std::string>{"led"});
  CHECK(read.replicates == 2);
  CHECK(read.runs == 4);
  CHECK(read.failed == 1);
  CHECK(read.points.size() == 2);
  REQUIRE(read.points.columns.size() == 2);
  CHECK(read.points.columns[0] == PointColumn{"policies.led.baseline", {-2, 0.25}, {}});
  CHECK(read.points.columns[1] == PointColumn{"policies.led.rule", {}, {"logit", "cloglog"}});
  REQUIRE(read.measures.size() == 1);
  SweptMeasure const& measure = read.measures[0];
  CHECK(measure.name == "final_share");
  CHECK(measure.meaning == "share at the end");
  CHECK(measure.mean == std::vector<double>{0.2, 0.5});
  REQUIRE(measure.each.size() == 4);
  CHECK(measure.each[1] == 0.3);
  CHECK(std::isnan(measure.each[3]));
  CHECK(read.others == std::vector<std::string>{"by"});
}

TEST_CASE("files of other contents are no sweep") {
  Scratch const scratch;
  write_fit_file(test::sample_fits(), test::sample_fit_options(scratch / "f.h5"));
  CHECK(test::error_of([&] {
          (void)read_sweep_file(scratch / "f.h5");
        }).ends_with("f.h5: holds no sweep, a file that hansa sweep wrote was expected"));
}
