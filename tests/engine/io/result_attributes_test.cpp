/// Tests of a result file's provenance and counts.
#include "io/result_attributes.hpp"

#include <string>

#include <doctest/doctest.h>

#include "support/result_samples.hpp"

namespace {

std::string text(hid_t root, char const* name) {
  if (H5Aexists(root, name) <= 0) return "(none)";
  hansa::H5Attribute const attribute(H5Aopen(root, name, H5P_DEFAULT), name);
  hansa::H5Type const type = hansa::h5_text_type();
  char* bytes = nullptr;
  hansa::h5_check(H5Aread(attribute.id(), type.id(), &bytes), name);
  std::string const found = bytes;
  H5free_memory(bytes);
  return found;
}

int number(hid_t root, char const* name) {
  hansa::H5Attribute const attribute(H5Aopen(root, name, H5P_DEFAULT), name);
  int value = -7;
  hansa::h5_check(H5Aread(attribute.id(), H5T_NATIVE_INT, &value), name);
  return value;
}

TEST_CASE("provenance says where results come from; a reproducible file says no times") {
  hansa::test::Scratch const scratch;
  hansa::test::Sample const sample(8);
  hansa::Scenario scenario = sample.scenario;
  scenario.bases = {"near.yaml", "worlds/far.yaml"};
  hansa::ResultShape const shape = {scenario, sample.world, sample.model, sample.plan, 25};
  hansa::ResultFileOptions options;
  options.replicates = 8;
  options.scenario_text = "hansa: 1\n";
  options.input_digests = {{"b.csv", "bb"}, {"a.csv", "aa"}};
  for (auto const reproducible : {hansa::Reproducible::no, hansa::Reproducible::yes}) {
    options.reproducible = reproducible;
    hansa::NetcdfFile file(scratch / "a.h5");
    hansa::write_provenance(file, shape, options);
    hansa::ResultCounts counts;
    counts.complete = 5;
    hansa::write_progress(file, counts);
    CHECK(number(file.root(), "replicates_complete") == 5);
    CHECK(number(file.root(), "complete") == 0);
    counts = {8, {{3, "eta too large"}}};
    hansa::write_ending(file, counts, options, true);

    hid_t const root = file.root();
    CHECK(text(root, "title") == "A sample");
    CHECK(text(root, "Conventions") == "CF-1.10");
    CHECK(text(root, "scenario") == "hansa: 1\n");
    CHECK(text(root, "input_sha256") == "aa  a.csv\nbb  b.csv\n");
    CHECK(text(root, "scenario_bases") == "near.yaml\nworlds/far.yaml\n");
    CHECK(text(root, "world_sha256") == hansa::digest(sample.world));
    CHECK(text(root, "seed") == "0xfedcba9876543210");
    CHECK(text(root, "failed_replicates") == "3: eta too large\n");
    CHECK(number(root, "replicates") == 8);
    CHECK(number(root, "replicates_failed") == 1);
    CHECK(number(root, "complete") == 1);
    bool const dated = reproducible == hansa::Reproducible::no;
    CHECK((text(root, "started") != "(none)") == dated);
    CHECK((text(root, "finished") != "(none)") == dated);
    CHECK((text(root, "history").find("written by") > 0) == dated);
  }
}

TEST_CASE("a file without a single valid replicate is not complete") {
  hansa::test::Scratch const scratch;
  hansa::test::Sample const sample(1);
  hansa::ResultFileOptions options;
  options.file = scratch / "r.h5";
  options.replicates = 1;
  hansa::ResultFile file(sample.scenario, sample.world, sample.model, sample.plan, options);
  file.put(0, file.pack({0, "failed on purpose", {}, {}}));
  file.finish(1, true);
  hansa::H5File const written(H5Fopen(options.file.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), "open");
  CHECK(number(written.id(), "complete") == 0);
  CHECK(number(written.id(), "replicates_failed") == 1);
}

}  // namespace
