/// Tests of tell/page: what each kind of file gives to the page; tests/report holds the page itself against the files.
#include "tell/page.hpp"

#include <doctest/doctest.h>

#include "engine/io/comparisons.hpp"
#include "engine/io/files.hpp"
#include "io/comparison_file.hpp"
#include "io/fit_file.hpp"
#include "io/hdf5.hpp"
#include "io/result_file.hpp"
#include "io/seal.hpp"
#include "support/fit_samples.hpp"
#include "support/judged_samples.hpp"
#include "support/result_samples.hpp"
#include "support/says.hpp"
#include "tell/page_template.hpp"

using namespace hansa;
using test::Sample;
using test::says;
using test::Scratch;
namespace fs = std::filesystem;

namespace {

PagedFile paged(fs::path const& file) {
  return {file, read_file_contents(file), "# Purpose\n", {}};
}

std::string data_of(fs::path const& file) {
  std::vector<PagedFile> const files{paged(file)};
  return report_data(files);
}

/// As many replicates as are asked for, or, interrupted, the first of them.
void write_result(fs::path const& file, Sample const& sample, std::int64_t made_of = -1) {
  ResultFileOptions options;
  options.file = file;
  options.reproducible = Reproducible::yes;
  options.replicates = sample.replicates;
  options.scenario_text = "title: </script>\n";
  ResultFile made(sample.scenario, sample.world, sample.model, sample.plan, options);
  std::int64_t const count = made_of < 0 ? sample.replicates : made_of;
  for (std::int64_t r = 0; r < count; ++r) made.put(r, made.pack(sample.history(r)));
  made.finish(count, count == sample.replicates);
}

void write_comparison(fs::path const& file, Comparison const& comparison, World const& world) {
  std::vector<std::int32_t> const replicates{0, 1};
  std::vector<std::int32_t> const adopters(2 * comparison.scenarios.size() * comparison.policies.size() * 5, 1);
  ComparisonFileOptions options;
  options.file = file;
  options.reproducible = Reproducible::yes;
  options.title = "Lamps & <trams>";
  options.scenario_texts = {
      "hansa: 1\n",
      "interventions: [{at: 2001, name: fund, seed: {policy: led}}, {from: 2003, name: law, mandate: {}}]\n"};
  options.input_digests = {{"a.yaml", "00ff"}};
  options.asked = 3;
  write_comparison_file(comparison, world, {replicates, adopters}, options);
}

}  // namespace

TEST_CASE("a result gives curves, groups, attribution and its cities") {
  Scratch const scratch;
  Sample const sample(4);
  write_result(scratch / "r.h5", sample);
  std::string const data = data_of(scratch / "r.h5");
  CHECK(data.starts_with("{\"version\":\""));
  CHECK(says(data, R"("kind":"result","file":"r.h5","title":"A sample")"));
  CHECK(says(data, R"("scenario":"title: \u003c/script\u003e\n")"));
  CHECK(says(data, R"("description":"# Purpose\n")"));
  for (char const* part :
       {"\"quantile\":[[", "\"runs\":[[", "\"half\":{\"reached\":", "\"attribute\":\"region\"",
        "\"attribution\":{\"by_step\":", "\"counts\":\"", "\"cities\":{\"count\":23,\"listed\":true,\"id\":["})
    CHECK(says(data, part));
  CHECK_FALSE(says(data, "nan"));
  CHECK_FALSE(says(data, "</"));
}

TEST_CASE("a comparison gives differences, who is funded, and when each intervention begins") {
  Scratch const scratch;
  Sample const sample(2);
  write_comparison(scratch / "c.h5", test::comparison_of(sample.world.cities.size()), sample.world);
  std::string const data = data_of(scratch / "c.h5");
  CHECK(says(data, R"("title":"Lamps \u0026 \u003ctrams\u003e")"));
  CHECK(says(
      data,
      R"("starts":[{"name":"fund","time":2001,"until":null,"kind":"seed"},{"name":"law","time":2003,"until":null,"kind":"mandate"}])"));
  CHECK(says(data, "5 more cities that are not funded adopt by 2004 (95 % interval of the mean +4 to +6)"));
  CHECK(says(data, R"("files_read":[["a.yaml","00ff"]])"));
  CHECK(says(data, R"("strengths":"Strengths are as the scenario states them)"));
  CHECK(says(data, R"("rivals":{"beaten":)"));
  CHECK(says(data, R"("following":{"replicates":)"));
  CHECK(says(data, R"("draws":null)"));
  CHECK_FALSE(says(data, "nan"));
}

TEST_CASE("a result whose variables do not have the lengths of their dimensions is refused") {
  Sample const sample(3);
  for (char const* name : {"lat", "at_risk", "observed_adopters", "adopters_by_region", "new_adoptions_by_mechanism",
                           "new_adoptions_by_mechanism_total", "observed_adopters_by_region"}) {
    Scratch const scratch;
    fs::path const file = scratch / "r.h5";
    write_result(file, sample);
    std::string const bytes = test::bytes_of(file);
    test::write_bytes(file, bytes.substr(0, bytes.size() - seal_bytes));
    {
      H5Quiet const quiet;
      H5File const h5(H5Fopen(file.c_str(), H5F_ACC_RDWR, H5P_DEFAULT), "open");
      REQUIRE(H5Ldelete(h5.id(), name, H5P_DEFAULT) >= 0);
      REQUIRE(H5Lcreate_hard(h5.id(), "quantile", h5.id(), name, H5P_DEFAULT, H5P_DEFAULT) >= 0);
    }
    append_seal(file);
    std::string const said = test::error_of([&] { (void)data_of(file); });
    CHECK_MESSAGE(says(said, std::string("r.h5: the variable '") + name + "' does not have the lengths"), said);
  }
}

TEST_CASE("estimates give terms with their errors, and the facts of each fit") {
  Scratch const scratch;
  write_fit_file(test::sample_fits(), test::sample_fit_options(scratch / "f.h5"));
  std::string const data = data_of(scratch / "f.h5");
  CHECK(says(data, R"("kind":"estimates")"));
  CHECK(says(data, R"("coefficients":[{"term":")"));
  CHECK(says(data, R"("facts":{)"));
}

TEST_CASE("estimates have hypotheses and envelopes where the file has them") {
  Scratch const scratch;
  FitFileOptions options = test::sample_fit_options(scratch / "f.h5");
  options.more = [](NetcdfFile& to) {
    add_goodness(to, test::sample_goodness());
    add_hypotheses(to, test::sample_hypotheses());
  };
  write_fit_file(test::sample_fits(), options);
  std::string const data = data_of(scratch / "f.h5");
  CHECK(says(data, R"("hypotheses":[{"name":"both","failure":"","parameters":3,"log_likelihood":-500.5,"aic":1007)"));
  CHECK(says(data, R"("hypotheses":[{"name":"alone","failure":"does not converge","parameters":0,)"));
  CHECK(says(data, R"("hypotheses":null)"));
  CHECK(says(data, R"("notes":["led: 3 cities separate","solar: one \u003cb\u003enote\u003c/b\u003e"])"));
  CHECK(says(
      data, R"("goodness":{"histories":99,"failed":2,"parts":[{"name":"led.curve","p":0.34,"values":[{"name":"2000")"));
  CHECK(
      says(data, R"({"name":"near.adopted","observed":0.5,"mean":0.1,"low":0,"high":0.2,"lower":-0.05,"upper":0.25})"));
  CHECK_FALSE(says(data, "nan"));
  write_fit_file(test::sample_fits(), test::sample_fit_options(scratch / "bare.h5"));
  CHECK(says(data_of(scratch / "bare.h5"), R"("goodness":null)"));
}

TEST_CASE("a posterior has the interval of its particles, not that of a normal law") {
  Scratch const scratch;
  FitRecord led;
  led.estimates.name = "led";
  led.estimates.terms = {"imitation", "baseline"};
  led.estimates.paths = {{}, {}};
  led.estimates.values = {2, -4};
  led.estimates.covariance = {1, 0, 0, 1};
  led.estimates.link = "logit";
  led.estimates.weights = {0.02, 0.96, 0.01, 0.01};
  led.estimates.particles = {9, -9, 2, -4, 30, -3, 1, -2};
  write_fit_file(std::vector<FitRecord>{led}, test::sample_fit_options(scratch / "p.h5"));
  std::string const data = data_of(scratch / "p.h5");
  CHECK(says(data, R"("posterior":true)"));
  CHECK(says(data, R"({"term":"imitation","estimate":2,"error":1,"paths":[],"low":2,"high":9,)"));
  CHECK(says(data, R"({"term":"baseline","estimate":-4,"error":1,"paths":[],"low":-4,"high":-4,)"));
  write_fit_file(test::sample_fits(), test::sample_fit_options(scratch / "f.h5"));
  CHECK(says(data_of(scratch / "f.h5"), R"("posterior":false)"));
}

TEST_CASE("an interrupted run is told with what it has") {
  Scratch const scratch;
  Sample const sample(4);
  write_result(scratch / "whole.h5", sample);
  CHECK(says(data_of(scratch / "whole.h5"), R"("asked":4,"finished":4,"complete":true)"));
  write_result(scratch / "r.h5", sample, 3);
  CHECK(says(data_of(scratch / "r.h5"), R"("asked":4,"finished":3,"complete":false)"));
}

TEST_CASE("comparisons come before results, whatever the order of the files") {
  Scratch const scratch;
  Sample const sample(2);
  write_result(scratch / "r.h5", sample);
  write_comparison(scratch / "c.h5", test::comparison_of(sample.world.cities.size()), sample.world);
  std::vector<PagedFile> const files{paged(scratch / "r.h5"), paged(scratch / "c.h5")};
  std::string const data = report_data(files);
  CHECK(data.find("\"kind\":\"comparison\"") < data.find("\"kind\":\"result\""));
}

TEST_CASE("the page has its data in one place, or the program says what to install") {
  Scratch const scratch;
  Sample const sample(2);
  write_result(scratch / "r.h5", sample);
  std::vector<PagedFile> const files{paged(scratch / "r.h5")};
  if (page_template().empty()) {
    CHECK(says(test::error_of([&] { (void)report_page(files); }), "install Node.js"));
    return;
  }
  std::string const page = report_page(files);
  CHECK(page.starts_with("<!DOCTYPE html>"));
  CHECK(says(page, "default-src 'none'"));
  CHECK(says(page, "<script type=\"application/json\" id=\"data\">{\"version\""));
  CHECK_FALSE(says(page, page_data_mark));
}
