/// Tests of io/file_contents: files of hansa are told apart, and nothing else is taken for one.
#include "io/file_contents.hpp"

#include <doctest/doctest.h>

#include "engine/io/comparisons.hpp"
#include "engine/io/files.hpp"
#include "io/comparison_file.hpp"
#include "io/fit_file.hpp"
#include "io/result_file.hpp"
#include "support/fit_samples.hpp"
#include "support/result_samples.hpp"

using namespace hansa;
using test::error_of;
using test::Sample;
using test::Scratch;

namespace {

void write_small_result(std::filesystem::path const& file, Sample const& sample) {
  ResultFileOptions options;
  options.file = file;
  options.replicates = sample.replicates;
  options.scenario_text = "hansa: 1\n";
  options.input_digests = {{"a.csv", "00ff"}};
  ResultFile made(sample.scenario, sample.world, sample.model, sample.plan, options);
  for (std::int64_t r = 0; r < sample.replicates; ++r) made.put(r, made.pack(sample.history(r)));
  made.finish(sample.replicates, true);
}

}  // namespace

TEST_CASE("each kind of file is known by what it says of itself") {
  Scratch const scratch;
  Sample const sample(2);
  write_small_result(scratch / "r.h5", sample);
  FileContents const result = read_file_contents(scratch / "r.h5");
  CHECK(result.kind == Contents::result);
  CHECK(result.scenario_text == "hansa: 1\n");
  CHECK(result.inputs == std::map<std::string, std::string>{{"a.csv", "00ff"}});

  Comparison const comparison = test::comparison_of(sample.world.cities.size());
  std::vector<std::int32_t> const replicates{0, 1},
      adopters(2 * comparison.scenarios.size() * comparison.policies.size() * 5, 1);
  ComparisonFileOptions options;
  options.file = scratch / "c.h5";
  options.scenario_texts = {"base: 1\n", "other: 2\n"};
  write_comparison_file(comparison, sample.world, {replicates, adopters}, options);
  CHECK(read_file_contents(scratch / "c.h5").kind == Contents::comparison);
  CHECK(read_file_contents(scratch / "c.h5").scenario_text == "base: 1\n");

  write_fit_file(test::sample_fits(), test::sample_fit_options(scratch / "f.h5"));
  CHECK(read_file_contents(scratch / "f.h5").kind == Contents::estimates);
}

TEST_CASE("what hansa did not write, or what was changed, is refused with its name") {
  Scratch const scratch;
  CHECK(error_of([&] { (void)read_file_contents(scratch / "none.h5"); }).find("there is no such file") !=
        std::string::npos);
  test::write_bytes(scratch / "a.yaml", "hansa: 1\n");
  CHECK(
      error_of([&] {
        (void)read_file_contents(scratch / "a.yaml");
      }).ends_with("a.yaml: is no HDF5 file, a file that hansa run, compare, sweep, fit or stats wrote was expected"));
  test::write_bytes(scratch / "p.json", R"({"sha256":"00","complete":true,"histories":9,"missing":0,"alpha":0.05})");
  CHECK(error_of([&] { (void)read_file_contents(scratch / "p.json"); })
            .ends_with(
                "p.json: is an answer of hansa power, of which no page is made, without --json, hansa power says the "
                "same in tables and sentences"));
  test::write_bytes(scratch / "a.json", "{}");
  CHECK(error_of([&] { (void)read_file_contents(scratch / "a.json"); })
            .ends_with(
                "a.json: is an answer in JSON, of which no page is made, a file that hansa run, compare, sweep, fit or "
                "stats wrote was expected"));
  write_small_result(scratch / "r.h5", Sample(2));
  std::string bytes = test::bytes_of(scratch / "r.h5");
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 4);
  test::write_bytes(scratch / "r.h5", bytes);
  CHECK_FALSE(error_of([&] { (void)read_file_contents(scratch / "r.h5"); }).empty());
}
