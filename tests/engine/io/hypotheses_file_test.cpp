/// Tests of io/hypotheses_file and io/goodness_file: what a fit says beyond estimates comes back, or is refused.
#include "io/hypotheses_file.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "engine/io/files.hpp"
#include "io/fit_file.hpp"
#include "io/goodness_file.hpp"
#include "io/hdf5.hpp"
#include "io/seal.hpp"
#include "support/fit_samples.hpp"
#include "support/judged_samples.hpp"
#include "support/result_samples.hpp"

namespace {

namespace fs = std::filesystem;
using namespace hansa;
using namespace hansa::test;

void write_judged(fs::path const& file) {
  FitFileOptions options = sample_fit_options(file);
  options.more = [](NetcdfFile& to) {
    add_goodness(to, sample_goodness());
    add_hypotheses(to, sample_hypotheses());
  };
  write_fit_file(sample_fits(), options);
}

/// What reading says of a file in which one variable has been replaced by another, sealed anew.
template <class Read>
std::string refusal_with(std::string const& name, std::string const& other, Read const& read) {
  Scratch const scratch;
  fs::path const file = scratch / "f.h5";
  write_judged(file);
  std::string const bytes = bytes_of(file);
  write_bytes(file, bytes.substr(0, bytes.size() - seal_bytes));
  {
    H5Quiet const quiet;
    H5File const h5(H5Fopen(file.c_str(), H5F_ACC_RDWR, H5P_DEFAULT), "open");
    REQUIRE(H5Ldelete(h5.id(), name.c_str(), H5P_DEFAULT) >= 0);
    REQUIRE(H5Lcreate_hard(h5.id(), other.c_str(), h5.id(), name.c_str(), H5P_DEFAULT, H5P_DEFAULT) >= 0);
  }
  append_seal(file);
  return error_of([&] { (void)read(file); });
}

}  // namespace

TEST_CASE("hypotheses come back as they were ranked, with what there is not") {
  Scratch const scratch;
  write_judged(scratch / "f.h5");
  std::optional<HypothesesRecord> const found = read_hypotheses(scratch / "f.h5");
  HypothesesRecord const written = sample_hypotheses();
  REQUIRE(found);
  CHECK(found->fits == std::vector<std::string>{"led", "solar", "stuck"});
  CHECK(found->notes == written.notes);
  REQUIRE(found->ranked.size() == 3);
  CHECK(found->ranked[0].name == "both");
  CHECK(found->ranked[0].against == "ties");
  CHECK(found->ranked[0].aic == written.ranked[0].aic);
  CHECK(found->ranked[0].weight == written.ranked[0].weight);
  CHECK(found->ranked[0].ratio_degrees == 1);
  CHECK(found->ranked[0].left_out_log == 41.5);
  CHECK(std::isnan(found->ranked[1].ratio));
  CHECK(found->ranked[1].left_out_rank == 0);
  CHECK(found->ranked[2].fit == 1);
  CHECK(found->ranked[2].failure == "does not converge");
  CHECK(std::isnan(found->ranked[2].aic));
  CHECK(read_fit_file(scratch / "f.h5").fits.size() == 3);
}

TEST_CASE("envelopes come back part by part") {
  Scratch const scratch;
  write_judged(scratch / "f.h5");
  std::optional<GoodnessRecord> const found = read_goodness(scratch / "f.h5");
  GoodnessRecord const written = sample_goodness();
  REQUIRE(found);
  CHECK(found->names == written.names);
  CHECK(found->parts == written.parts);
  CHECK(found->part_of == written.part_of);
  CHECK(found->p == written.p);
  CHECK(found->observed == written.observed);
  CHECK(found->low == written.low);
  CHECK(found->upper == written.upper);
  CHECK(found->histories == 99);
  CHECK(found->failed == 2);
}

TEST_CASE("a fit that was neither compared nor judged has none of both") {
  Scratch const scratch;
  write_fit_file(sample_fits(), sample_fit_options(scratch / "f.h5"));
  CHECK_FALSE(read_hypotheses(scratch / "f.h5"));
  CHECK_FALSE(read_goodness(scratch / "f.h5"));
}

TEST_CASE("numbers of other lengths or out of range are refused with the file's name") {
  auto const hypotheses = [](fs::path const& file) { return read_hypotheses(file); };
  auto const goodness = [](fs::path const& file) { return read_goodness(file); };
  auto const ends = [](std::string const& text, std::string const& end) { return text.ends_with(end); };
  std::string const mend = ", a file that hansa fit wrote was expected";
  CHECK(ends(refusal_with("ranked_aic", "goodness_p", hypotheses),
             "f.h5: the variable 'ranked_aic' does not have the lengths of its dimensions" + mend));
  CHECK(ends(refusal_with("ranked_weight", "ranked_aic", hypotheses),
             "f.h5: the variable 'ranked_weight' has a number out of range" + mend));
  CHECK(ends(refusal_with("goodness_p", "ranked_aic", goodness),
             "f.h5: the variable 'goodness_p' does not have the lengths of its dimensions" + mend));
}
