/// Tests of io/result_reader: what was written is read back, and no change of a byte goes unseen.
#include "io/result_reader.hpp"

#include <fstream>
#include <iterator>
#include <string>

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "base/error.hpp"
#include "engine/io/files.hpp"
#include "io/hdf5.hpp"
#include "io/result_file.hpp"
#include "support/result_samples.hpp"

namespace {

namespace fs = std::filesystem;
using hansa::Expect;
using hansa::ResultReader;
using hansa::test::bytes_of;
using hansa::test::Sample;
using hansa::test::Scratch;
using hansa::test::write_bytes;

hansa::ResultFileOptions plain_options(Sample const& sample, fs::path const& file) {
  hansa::ResultFileOptions made;
  made.file = file;
  made.reproducible = hansa::Reproducible::yes;
  made.replicates = sample.replicates;
  made.scenario_text = "hansa: 1\n";
  return made;
}

void put_all(hansa::ResultFile& file, Sample const& sample, std::int64_t count) {
  for (std::int64_t r = 0; r < count; ++r) file.put(r, file.pack(sample.history(r)));
}

void write(Sample const& sample, fs::path const& file) {
  hansa::ResultFile made(sample.scenario, sample.world, sample.model, sample.plan, plain_options(sample, file));
  put_all(made, sample, sample.replicates);
  made.finish(sample.replicates, true);
}

/// What opening says, or "" if it opens and every count and time can be read.
std::string result_refusal(fs::path const& file, Expect expect = Expect::sealed) {
  try {
    ResultReader const reader(file, expect);
    (void)reader.adopters(0, reader.replicates());
    (void)reader.status(0, reader.replicates());
    if (reader.has("adoption_time")) (void)reader.adoption_time(0, reader.replicates());
  } catch (hansa::Error const& error) {
    std::string text = error.what();
    CHECK(text.starts_with(file.string() + ": "));
    return text.substr(std::min(text.size(), file.string().size() + 2));
  }
  return "";
}

TEST_CASE("histories, counts, labels and attributes are those that were written") {
  Scratch const scratch;
  Sample const sample(60);
  write(sample, scratch / "a.h5");
  ResultReader const reader(scratch / "a.h5");
  CHECK(reader.replicates() == 60);
  CHECK(reader.policies() == std::vector<std::string>{"led", "trams"});
  CHECK(reader.time() == std::vector<std::int32_t>{2000, 2001, 2002, 2003, 2004});
  CHECK(reader.labels("mechanism") == std::vector<std::string>{"baseline", "data", "imitation"});
  CHECK(reader.labels("group_region") == std::vector<std::string>{"Nord", "Süd"});
  REQUIRE(reader.cities().size() == 23);
  CHECK(reader.cities()[0] == "c00022");  // rows are reversed
  CHECK(reader.text("title") == "A sample");
  CHECK(reader.text("seed") == "0xfedcba9876543210");
  CHECK(reader.number("replicates_failed") == 0);
  CHECK(reader.number("complete") == 1);
  CHECK_FALSE(reader.has_attribute("currency"));
  std::vector<std::int32_t> const times = reader.adoption_time(20, 35), adopters = reader.adopters(20, 35);
  CHECK(reader.status(20, 35) == std::vector<std::int32_t>(35, 0));
  for (std::size_t r = 0; r < 35; ++r) {
    hansa::History const history = sample.history(static_cast<std::int64_t>(20 + r));
    for (std::size_t p = 0; p < 2; ++p) {
      for (std::size_t row = 0; row < 23; ++row)
        REQUIRE(times[(r * 2 + p) * 23 + row] == history.policies[p].adoption_time[22 - row]);
      for (std::size_t t = 0; t < 5; ++t) REQUIRE(adopters[(r * 2 + p) * 5 + t] == history.policies[p].adopters[t]);
    }
  }
  CHECK(reader.lengths("adopters_quantile") == std::vector<std::uint64_t>{2, 3, 5});
  CHECK(reader.values("adopters_quantile").size() == 30);
  CHECK(reader.values("population_covered", 3, 2).size() == 2 * 2 * 5);
}

TEST_CASE("what is not there is refused by name") {
  Scratch const scratch;
  Sample sample(3);
  sample.plan.adoption_time = false;
  write(sample, scratch / "a.h5");
  ResultReader const reader(scratch / "a.h5");
  std::string const file = (scratch / "a.h5").string();
  CHECK_FALSE(reader.has("adoption_time"));
  CHECK_THROWS_WITH_AS((void)reader.adoption_time(0, 3),
                       doctest::Contains("has no histories, a run with 'output: {histories: true}' was expected"),
                       hansa::Error);
  CHECK_THROWS_WITH_AS((void)reader.adopters(1, 3), (file + ": has no replicates 1 to 4, it has 3").c_str(),
                       hansa::Error);
  CHECK_THROWS_WITH_AS((void)reader.adopters(-1, 1), doctest::Contains("has no replicates"), hansa::Error);
  CHECK_THROWS_WITH_AS((void)reader.values("nothing"), doctest::Contains("there is no variable 'nothing'"),
                       hansa::Error);
  CHECK_THROWS_WITH_AS((void)reader.values("city_id"), doctest::Contains("'city_id' does not hold numbers"),
                       hansa::Error);
  CHECK_THROWS_WITH_AS((void)reader.labels("time"), doctest::Contains("'time' is no list of texts"), hansa::Error);
  CHECK_THROWS_WITH_AS((void)reader.text("complete"), doctest::Contains("'complete' is not a text"), hansa::Error);
  CHECK_THROWS_WITH_AS((void)reader.number("title"), doctest::Contains("'title' is not a whole number"), hansa::Error);
}

TEST_CASE("what is no result file is told apart") {
  Scratch const scratch;
  REQUIRE(mkfifo((scratch / "pipe").c_str(), 0600) == 0);
  write_bytes(scratch / "empty", "");
  write_bytes(scratch / "text", "hansa: 1\n");
  write_bytes(scratch / "signature", "\x89HDF\r\n\x1A\n");
  constexpr char const* mend = ", a result file of hansa was expected";
  CHECK(result_refusal(scratch / "none") == "there is no such file");
  CHECK(result_refusal(scratch / "pipe") == std::string("is not an ordinary file") + mend);
  CHECK(result_refusal(scratch / ".") == std::string("is a folder") + mend);
  CHECK(result_refusal("/dev/zero") == std::string("is not an ordinary file") + mend);
  CHECK(result_refusal(scratch / "empty") == std::string("is empty") + mend);
  CHECK(result_refusal(scratch / "text") == std::string("is no HDF5 file") + mend);
  CHECK(result_refusal(scratch / "signature") == std::string("is of another program") + mend);
  {
    hansa::H5File const other(H5Fcreate((scratch / "other").c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), "other");
  }
  CHECK(result_refusal(scratch / "other", Expect::counted) == std::string("is of another program") + mend);
  {
    hansa::H5List const access(H5Pcreate(H5P_FILE_ACCESS), "access");
    REQUIRE(H5Pset_libver_bounds(access.id(), H5F_LIBVER_V18, H5F_LIBVER_V18) >= 0);
    hansa::H5File const like(H5Fcreate((scratch / "like").c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access.id()), "like");
  }
  CHECK(result_refusal(scratch / "like") ==
        "has no seal: it was not finished, or has been changed since, the file as hansa wrote it was expected");
  CHECK(result_refusal(scratch / "like", Expect::counted) == std::string("has no attribute 'complete'") + mend);
}

TEST_CASE("a file cut off anywhere is refused") {
  Scratch const scratch;
  write(Sample(3, 5), scratch / "a.h5");
  std::string const bytes = bytes_of(scratch / "a.h5");
  for (std::size_t length = 0; length < bytes.size(); length += length < 100 || length + 100 > bytes.size() ? 1 : 97) {
    CAPTURE(length);
    write_bytes(scratch / "b.h5", bytes.substr(0, length));
    std::string const said = result_refusal(scratch / "b.h5");
    REQUIRE(said != "");
    if (length >= 48 && length + 49 < bytes.size()) CHECK(said.starts_with("is cut off: it has "));
  }
}

TEST_CASE("any flipped bit is refused, before HDF5 sees it") {
  Scratch const scratch;
  write(Sample(3, 5), scratch / "a.h5");
  std::string bytes = bytes_of(scratch / "a.h5");
  for (std::size_t at = 0; at < bytes.size(); at += at < 100 || at + 60 > bytes.size() ? 1 : 31) {
    CAPTURE(at);
    char const before = bytes[at];
    bytes[at] = static_cast<char>(before ^ (1 << at % 8));
    write_bytes(scratch / "b.h5", bytes);
    bytes[at] = before;
    REQUIRE(result_refusal(scratch / "b.h5") != "");
  }
  write_bytes(scratch / "b.h5", bytes + "x");
  CHECK(result_refusal(scratch / "b.h5").starts_with("has no seal"));
  write_bytes(scratch / "b.h5", bytes);
  CHECK(result_refusal(scratch / "b.h5") == "");
}

TEST_CASE("an unfinished run is read as far as it counts, on request") {
  Scratch const scratch;
  Sample const sample(100);
  {
    hansa::ResultFile made(sample.scenario, sample.world, sample.model, sample.plan,
                           plain_options(sample, scratch / "a.h5"));
    put_all(made, sample, 60);
    made.finish(60, false);
    hansa::ResultFile left(sample.scenario, sample.world, sample.model, sample.plan,
                           plain_options(sample, scratch / "b.h5"));
    put_all(left, sample, 60);  // and then it dies
  }
  CHECK(result_refusal(scratch / "a.h5") ==
        "is of a run that did not end: it has 60 of 100 replicates, run the scenario again");
  CHECK(ResultReader(scratch / "a.h5", Expect::counted).replicates() == 60);
  CHECK(result_refusal(scratch / "a.h5", Expect::counted) == "");
  CHECK(result_refusal(scratch / "b.h5.part").starts_with("has no seal"));
  CHECK(ResultReader(scratch / "b.h5.part", Expect::counted).replicates() == 50);
  CHECK(result_refusal(scratch / "b.h5.part", Expect::counted) == "");
}

/// Changes a sealed file through HDF5, which leaves it without a seal.
template <class Change>
std::string result_refusal_after(fs::path const& file, Change const& change) {
  hansa::H5Quiet const quiet;
  {
    hansa::H5File const h5(H5Fopen(file.c_str(), H5F_ACC_RDWR, H5P_DEFAULT), "open");
    change(h5.id());
  }
  return result_refusal(file, Expect::counted);
}

TEST_CASE("variables that do not fit together are refused") {
  Scratch const scratch;
  Sample const sample(3, 5);
  auto const fresh = [&](char const* name) {
    write(sample, scratch / name);
    return scratch / name;
  };
  CHECK(result_refusal_after(fresh("a"), [](hid_t h5) {
          H5Ldelete(h5, "adopters", H5P_DEFAULT);
        }).starts_with("there is no variable 'adopters'"));
  CHECK(result_refusal_after(fresh("b"), [](hid_t h5) {
          H5Ldelete(h5, "time", H5P_DEFAULT);
        }).starts_with("there is no variable 'time'"));
  CHECK(result_refusal_after(fresh("c"), [](hid_t h5) {
          H5Ldelete(h5, "time", H5P_DEFAULT);
          H5Lcreate_hard(h5, "adopters", h5, "time", H5P_DEFAULT, H5P_DEFAULT);
        }).starts_with("the variable 'time' is no list"));
  CHECK(result_refusal_after(fresh("d"), [](hid_t h5) {
          hansa::h5_update_number<std::int32_t>(h5, "replicates_complete", 4);
        }).starts_with("counts 4 of 3 replicates"));
  CHECK(result_refusal_after(fresh("e"), [](hid_t h5) {
          hansa::h5_update_number<std::int32_t>(h5, "replicates_complete", -1);
        }).starts_with("counts -1 of 3 replicates"));
  CHECK(result_refusal_after(fresh("f"), [](hid_t h5) {
          H5Ldelete(h5, "policy", H5P_DEFAULT);
          H5Lcreate_soft("policy", h5, "policy", H5P_DEFAULT, H5P_DEFAULT);  // leads to itself
        }).starts_with("there is no variable 'policy'"));
  CHECK(result_refusal_after(fresh("g"), [](hid_t h5) {
          hansa::H5Dataset const rows(H5Dopen2(h5, "adopters", H5P_DEFAULT), "adopters");
          hsize_t const shorter[] = {2, 2, 5};
          H5Dset_extent(rows.id(), shorter);
        }).starts_with("the variable 'adopters' does not have the lengths"));
  CHECK(result_refusal_after(fresh("h"), [](hid_t h5) {
          H5Adelete(h5, "complete");
          hansa::h5_set_text(h5, "complete", "yes");
        }).starts_with("the attribute 'complete' is not a whole number"));
}

}  // namespace
