/// Tests of io/fit_file: estimates come back as they were written, and what is none is refused.
#include "io/fit_file.hpp"

#include <algorithm>
#include <cmath>
#include <csignal>
#include <fstream>
#include <iterator>
#include <limits>
#include <string>

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "base/error.hpp"
#include "engine/io/files.hpp"
#include "io/hdf5.hpp"
#include "io/result_reader.hpp"
#include "io/seal.hpp"
#include "support/fit_samples.hpp"
#include "support/result_samples.hpp"

namespace {

namespace fs = std::filesystem;
using namespace hansa::test;
using hansa::FitFile;
using hansa::FitRecord;

constexpr char const* mend = ", a file that hansa fit wrote was expected";

void write(fs::path const& file, hansa::Overwrite overwrite = hansa::Overwrite::no) {
  hansa::FitFileOptions options = sample_fit_options(file);
  options.reproducible = hansa::Reproducible::yes;
  options.overwrite = overwrite;
  hansa::write_fit_file(sample_fits(), options);
}

/// What reading says, or "".
std::string fit_refusal(fs::path const& file) {
  try {
    (void)hansa::read_fit_file(file);
  } catch (hansa::Error const& error) {
    CHECK(error.fault() == hansa::Fault::input);
    std::string const text = error.what();
    CHECK(text.starts_with(file.string() + ": "));
    return text.substr(std::min(text.size(), file.string().size() + 2));
  }
  return "";
}

double number(FitRecord const& fit, std::string const& name) {
  for (auto const& [each, value] : fit.facts)
    if (each == name) return std::get<double>(value);
  FAIL("no fact " << name);
  return 0;
}

std::string text(FitRecord const& fit, std::string const& name) {
  for (auto const& [each, value] : fit.facts)
    if (each == name) return std::get<std::string>(value);
  FAIL("no fact " << name);
  return "";
}

/// Changes a sound file through HDF5 and seals it again, as a forger would.
template <class Change>
std::string fit_refusal_after(fs::path const& file, Change const& change) {
  write(file, hansa::Overwrite::yes);
  {
    hansa::H5Quiet const quiet;
    std::string const bytes = bytes_of(file);
    write_bytes(file, bytes.substr(0, bytes.size() - hansa::seal_bytes));
    hansa::H5File const h5(H5Fopen(file.c_str(), H5F_ACC_RDWR, H5P_DEFAULT), "open");
    change(h5.id());
  }
  hansa::append_seal(file);
  return fit_refusal(file);
}

template <class T>
void put(hid_t h5, char const* name, std::vector<T> const& values) {
  hansa::H5Dataset const data(H5Dopen2(h5, name, H5P_DEFAULT), name);
  REQUIRE(H5Dwrite(data.id(), hansa::H5Number<T>::memory(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) >= 0);
}

TEST_CASE("estimates, covariances, paths and facts are those that were written") {
  Scratch const scratch;
  write(scratch / "a.h5");
  FitFile const file = hansa::read_fit_file(scratch / "a.h5");
  std::vector<FitRecord> const written = sample_fits();
  REQUIRE(file.fits.size() == written.size());
  for (std::size_t k = 0; k < written.size(); ++k) {
    CAPTURE(k);
    hansa::Estimates const& found = file.fits[k].estimates;
    hansa::Estimates const& wanted = written[k].estimates;
    CHECK(found.name == wanted.name);
    CHECK(found.link == wanted.link);
    CHECK(found.terms == wanted.terms);
    CHECK(found.paths == wanted.paths);
    CHECK(found.values == wanted.values);
    CHECK(found.covariance == wanted.covariance);
    bool const scaled = !wanted.scales.empty();
    for (std::size_t j = 0; j < found.values.size(); ++j) {
      hansa::DrawScale const scale = scaled ? wanted.scales[j] : hansa::DrawScale{};
      REQUIRE(found.scales.size() == found.values.size());
      CHECK(found.scales[j].logarithmic == scale.logarithmic);
      CHECK(found.scales[j].least == scale.least);
      CHECK(found.scales[j].most == scale.most);
    }
    CHECK(file.fits[k].model_covariance == written[k].model_covariance);
    REQUIRE(found.groups.size() == wanted.groups.size());
    for (std::size_t j = 0; j < found.groups.size(); ++j) {
      CHECK(found.groups[j].path == wanted.groups[j].path);
      CHECK(found.groups[j].why == wanted.groups[j].why);
    }
  }
  REQUIRE(file.inputs.size() == 2);
  CHECK(file.inputs.at("cities").sha256 == std::string(64, 'c'));
  CHECK_FALSE(file.inputs.at("cities").changes);
  CHECK(file.inputs.at("networks.sister").sha256 == std::string(64, 'd'));
  CHECK(file.inputs.at("networks.sister").changes);
  CHECK(number(file.fits[0], "log_likelihood") == -512.0625);
  CHECK(number(file.fits[1], "events") == 7);
  CHECK(std::isnan(number(file.fits[2], "events")));
  CHECK(std::isnan(number(file.fits[0], "city_sd")));
  CHECK(number(file.fits[1], "city_sd") == 0.75);
  CHECK(text(file.fits[0], "information") == "expected");
  CHECK(text(file.fits[1], "information") == "");
  CHECK(file.scenario_text == "hansa: 1\ntitle: A sample with Umlauts äöü\n");
  CHECK(file.input_sha256 == std::string(64, 'a') + "  data/cities.csv\n");
  CHECK(file.world_sha256 == std::string(64, 'b'));
  CHECK(file.engine_version != "");
}

TEST_CASE("a file without groups and inputs, as older versions wrote it, is read") {
  Scratch const scratch;
  fs::path const file = scratch / "a.h5";
  CHECK(fit_refusal_after(file, [](hid_t h5) {
          for (char const* const name : {"group_path", "group_of", "group_is_reference", "input", "input_digest"})
            H5Ldelete(h5, name, H5P_DEFAULT);
        }) == "");
  FitFile const old = hansa::read_fit_file(file);
  CHECK(old.inputs.empty());
  CHECK(old.fits[0].estimates.groups.empty());
  CHECK(old.fits[0].estimates.values == sample_fits()[0].estimates.values);
  CHECK(fit_refusal_after(file, [](hid_t h5) {
          put<std::int32_t>(h5, "group_of", {0, 3});
        }) == std::string("the group 'policies.led.trend.periods.2004' is of no fit") + mend);
  CHECK(fit_refusal_after(file, [](hid_t h5) { H5Ldelete(h5, "input_changes", H5P_DEFAULT); }) ==
        std::string("there is no variable 'input_changes'") + mend);
}

TEST_CASE("equal fits give equal bytes, and no file is replaced unasked") {
  Scratch const scratch;
  write(scratch / "a.h5");
  write(scratch / "b.h5");
  CHECK(bytes_of(scratch / "a.h5") == bytes_of(scratch / "b.h5"));
  CHECK_THROWS_WITH_AS(write(scratch / "a.h5"), doctest::Contains("a.h5: "), hansa::Error);
  write(scratch / "a.h5", hansa::Overwrite::yes);
  CHECK(fit_refusal(scratch / "a.h5") == "");
  CHECK_FALSE(fs::exists(scratch / "a.h5.part"));
}

TEST_CASE("fits without any estimate, or with too many, leave no file") {
  Scratch const scratch;
  std::vector<FitRecord> fits{sample_fits()[2]};
  CHECK_THROWS_WITH_AS(hansa::write_fit_file(fits, sample_fit_options(scratch / "a.h5")),
                       ((scratch / "a.h5").string() + ": there are no estimates to keep, nothing was written").c_str(),
                       hansa::Error);
  CHECK_FALSE(fs::exists(scratch / "a.h5"));
  CHECK_FALSE(fs::exists(scratch / "a.h5.part"));
  fits[0].estimates.values.resize(hansa::most_estimates + 1);
  CHECK_THROWS_WITH_AS(hansa::write_fit_file(fits, sample_fit_options(scratch / "a.h5")),
                       doctest::Contains("are more than a file takes"), hansa::Error);
}

TEST_CASE("where there is no room nothing is left") {
  Scratch const scratch;
  rlimit before = {};
  REQUIRE(getrlimit(RLIMIT_FSIZE, &before) == 0);
  rlimit const little{std::min<rlim_t>(20000, before.rlim_max), before.rlim_max};
  auto* const ignored = std::signal(SIGXFSZ, SIG_IGN);
  REQUIRE(setrlimit(RLIMIT_FSIZE, &little) == 0);
  CHECK_THROWS_WITH_AS(write(scratch / "a.h5"), doctest::Contains("cannot write: File too large"), hansa::Error);
  REQUIRE(setrlimit(RLIMIT_FSIZE, &before) == 0);
  std::signal(SIGXFSZ, ignored);
  CHECK(fs::is_empty(scratch / "."));
}

TEST_CASE("what is no file of estimates is told apart") {
  Scratch const scratch;
  REQUIRE(mkfifo((scratch / "pipe").c_str(), 0600) == 0);
  write_bytes(scratch / "empty", "");
  write_bytes(scratch / "text", "coefficient,estimate\n");
  CHECK(fit_refusal(scratch / "none") == "there is no such file");
  CHECK(fit_refusal(scratch / "pipe") == std::string("is not an ordinary file") + mend);
  CHECK(fit_refusal(scratch / ".") == std::string("is a folder") + mend);
  CHECK(fit_refusal(scratch / "empty") == std::string("is empty") + mend);
  CHECK(fit_refusal(scratch / "text") == std::string("is no HDF5 file") + mend);
  Sample const sample(3, 5);
  {
    hansa::ResultFileOptions options;
    options.file = scratch / "result";
    options.replicates = 3;
    hansa::ResultFile made(sample.scenario, sample.world, sample.model, sample.plan, options);
    for (std::int64_t r = 0; r < 3; ++r) made.put(r, made.pack(sample.history(r)));
    made.finish(3, true);
  }
  CHECK(fit_refusal(scratch / "result") == std::string("holds no estimates") + mend);
  write(scratch / "fit");
  CHECK_THROWS_WITH_AS(hansa::ResultReader(scratch / "fit"), doctest::Contains("has no attribute 'complete'"),
                       hansa::Error);
}

TEST_CASE("a file cut off or changed anywhere is refused") {
  Scratch const scratch;
  write(scratch / "a.h5");
  std::string bytes = bytes_of(scratch / "a.h5");
  for (std::size_t length = 0; length < bytes.size(); length += length < 100 || length + 100 > bytes.size() ? 1 : 97) {
    CAPTURE(length);
    write_bytes(scratch / "b.h5", bytes.substr(0, length));
    REQUIRE(fit_refusal(scratch / "b.h5") != "");
  }
  for (std::size_t at = 0; at < bytes.size(); at += at < 100 || at + 60 > bytes.size() ? 1 : 61) {
    CAPTURE(at);
    char const before = bytes[at];
    bytes[at] = static_cast<char>(before ^ (1 << at % 8));
    write_bytes(scratch / "b.h5", bytes);
    bytes[at] = before;
    REQUIRE(fit_refusal(scratch / "b.h5") != "");
  }
}

TEST_CASE("parts that do not fit together are refused, sealed or not") {
  Scratch const scratch;
  fs::path const file = scratch / "a.h5";
  double const unknown = std::numeric_limits<double>::quiet_NaN();
  CHECK(fit_refusal_after(file, [](hid_t) {}) == "");
  for (char const* const name : {"fit", "link", "term", "fit_of", "estimate", "covariance", "replaced_by", "events"}) {
    CHECK(fit_refusal_after(file, [&](hid_t h5) { H5Ldelete(h5, name, H5P_DEFAULT); }) ==
          std::string("there is no variable '") + name + "'" + mend);
    bool const dimension = name == std::string("fit");
    if (name == std::string("link") || name == std::string("events")) continue;  // any texts will do
    CHECK(fit_refusal_after(file, [&](hid_t h5) {
            H5Ldelete(h5, name, H5P_DEFAULT);
            H5Lcreate_hard(h5, dimension ? "fit_of" : "fit", h5, name, H5P_DEFAULT, H5P_DEFAULT);
          }).find(mend) != std::string::npos);
  }
  for (char const* const name : {"contents", "scenario", "facts", "world_sha256"})
    CHECK(fit_refusal_after(file, [&](hid_t h5) { H5Adelete(h5, name); }) != "");
  CHECK(fit_refusal_after(file, [&](hid_t h5) {
          put<double>(h5, "estimate", {1, unknown, 2, 3});
        }) == std::string("the estimate of 'imitation' is not finite") + mend);
  CHECK(fit_refusal_after(file, [](hid_t h5) {
          put<double>(h5, "lowest", {-9, 0, 0, 0.75});
        }) == std::string("the estimate of 'größe' is beyond its own range") + mend);
  CHECK(fit_refusal_after(file, [](hid_t h5) {
          put<std::int32_t>(h5, "fit_of", {0, 1, 0, 0});
        }) == std::string("the variable 'fit_of' does not number the fits in order") + mend);
  CHECK(fit_refusal_after(file, [](hid_t h5) {
          put<std::int32_t>(h5, "fit_of", {0, 0, 0, 3});
        }) == std::string("the variable 'fit_of' does not number the fits in order") + mend);
  CHECK(fit_refusal_after(file, [](hid_t h5) {
          put<std::int32_t>(h5, "fit_of", {-1, 0, 0, 1});
        }).starts_with("the variable 'fit_of' does not number"));
  CHECK(fit_refusal_after(file, [](hid_t h5) {
          put<std::int32_t>(h5, "fit_of", {0, 0, 1, 1});
        }) == std::string("the variable 'covariance' does not have the lengths of its dimensions") + mend);
  CHECK(fit_refusal_after(file, [](hid_t h5) {
          put<std::int32_t>(h5, "replaced_by", {0, 1, 2, 3, 4});
        }) == std::string("the path 'policies.tram.attributes.\"größe\"' is replaced by no estimate") + mend);
  CHECK(fit_refusal_after(file, [&](hid_t h5) {
          put<double>(h5, "covariance", {0.25, 0, 0, 0, unknown, 0, 0, 0, 1, 1, 0, 0});
        }) == std::string("the covariance of 'imitation' and 'baseline' is none") + mend);
  CHECK(fit_refusal_after(file, [](hid_t h5) {
          put<double>(h5, "covariance", {0.25, 0.1, 0, 0, 0.04, 0, 0, 0, 1, 1, 0, 0});
        }) == std::string("the covariance of 'imitation' and 'baseline' is none") + mend);
}

}  // namespace
