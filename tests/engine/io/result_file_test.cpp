/// Tests of the result file: what is in it, in which order, on any number of threads, and what faults leave behind.
#include "io/result_file.hpp"

#include <algorithm>
#include <cmath>
#include <csignal>
#include <fstream>
#include <iterator>

#include <doctest/doctest.h>
#include <sys/resource.h>

#include "base/error.hpp"
#include "base/parallel.hpp"
#include "engine/io/files.hpp"
#include "engine/io/numbers.hpp"
#include "io/hdf5.hpp"
#include "support/result_samples.hpp"

namespace {

using hansa::test::numbers;
using hansa::test::Sample;
using hansa::test::Scratch;
namespace fs = std::filesystem;
using hansa::test::bytes_of;
using hansa::test::error_of;

std::int32_t count_attribute(fs::path const& file, char const* name) {
  hansa::H5File const h5(H5Fopen(file.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), "open");
  hansa::H5Attribute const attribute(H5Aopen(h5.id(), name, H5P_DEFAULT), name);
  std::int32_t value = -7;
  hansa::h5_check(H5Aread(attribute.id(), H5T_NATIVE_INT32, &value), name);
  return value;
}

hansa::ResultFileOptions options(Sample const& sample, fs::path const& file) {
  hansa::ResultFileOptions made;
  made.file = file;
  made.reproducible = hansa::Reproducible::yes;
  made.replicates = sample.replicates;
  made.scenario_text = "hansa: 1\n";
  made.input_digests = {{"data/cities.csv", std::string(64, 'a')}};
  return made;
}

/// Packs on several threads, puts in order, finishes.
void write(Sample const& sample, hansa::ResultFileOptions const& how, int threads = 1) {
  hansa::ResultFile file(sample.scenario, sample.world, sample.model, sample.plan, how);
  std::vector<std::unique_ptr<hansa::Packet>> packets(static_cast<std::size_t>(sample.replicates));
  hansa::parallel_for(packets.size(), threads,
                      [&](std::size_t r) { packets[r] = file.pack(sample.history(static_cast<std::int64_t>(r))); });
  for (std::size_t r = 0; r < packets.size(); ++r) file.put(static_cast<std::int64_t>(r), std::move(packets[r]));
  file.finish(sample.replicates, true);
}

TEST_CASE("a result file holds every history, cities in the order of the input's rows") {
  Scratch const scratch;
  Sample sample(70);
  sample.plan.abandonments = true;
  fs::path const file = scratch / "r.h5";
  write(sample, options(sample, file));
  CHECK_FALSE(fs::exists(scratch / "r.h5.part"));

  auto const times = numbers<std::int32_t>(file, "adoption_time");
  auto const left = numbers<std::int16_t>(file, "abandonments");
  auto const adopters = numbers<std::int32_t>(file, "adopters");
  auto const by = numbers<std::int32_t>(file, "adopters_by_region");
  auto const covered = numbers<double>(file, "population_covered");
  std::size_t const n = sample.world.cities.size(), steps = 5;
  REQUIRE(times.size() == 70 * 2 * n);
  for (std::size_t r = 0; r < 70; ++r) {
    hansa::History const history = sample.history(static_cast<std::int64_t>(r));
    for (std::size_t p = 0; p < 2; ++p) {
      for (std::size_t row = 0; row < n; ++row) {
        std::uint32_t const city = sample.world.cities.input_order[row];
        REQUIRE(times[(r * 2 + p) * n + row] == history.policies[p].adoption_time[city]);
        REQUIRE(left[(r * 2 + p) * n + row] == history.policies[p].abandonments[city]);
      }
      for (std::size_t t = 0; t < steps; ++t) {
        REQUIRE(adopters[(r * 2 + p) * steps + t] == history.policies[p].adopters[t]);
        REQUIRE(covered[(r * 2 + p) * steps + t] == history.policies[p].population_covered[t]);
        for (std::size_t g = 0; g < 2; ++g) {
          REQUIRE(by[((r * 2 + p) * 2 + g) * steps + t] == history.policies[p].adopters_by[0][g * steps + t]);
        }
      }
    }
  }
  CHECK(std::count(left.begin(), left.end(), 1) > 0);
  CHECK(count_attribute(file, "complete") == 1);
  CHECK(count_attribute(file, "replicates_complete") == 70);
}

TEST_CASE("means over replicates and totals over time sum to the attributed adoptions") {
  Scratch const scratch;
  Sample const sample(30);
  write(sample, options(sample, scratch / "r.h5"));
  auto const mean = numbers<double>(scratch / "r.h5", "new_adoptions_by_mechanism");
  auto const total = numbers<double>(scratch / "r.h5", "new_adoptions_by_mechanism_total");
  double all_means = 0, all_totals = 0;
  for (double const each : mean) all_means += each;
  for (double const each : total) all_totals += each;
  CHECK(all_totals > 0);
  CHECK(all_means * 30 == doctest::Approx(all_totals));
  hansa::PolicyHistory const third = sample.history(2).policies[1];
  double by_hand = 0;
  for (std::size_t t = 0; t < 5; ++t) by_hand += third.adoptions_by_mechanism[5 + t];
  CHECK(total[(2 * 2 + 1) * 3 + 1] == doctest::Approx(by_hand));
}

TEST_CASE("what is attributed in groups are means of the groups' adoptions") {
  Scratch const scratch;
  Sample const sample(30);
  write(sample, options(sample, scratch / "r.h5"));
  auto const by = numbers<double>(scratch / "r.h5", "new_adoptions_by_mechanism_by_region");
  std::size_t const groups = 2, mechanisms = 3;
  REQUIRE(by.size() == 2 * groups * mechanisms);
  std::vector<double> sum(by.size(), 0.0);
  for (std::int64_t r = 0; r < 30; ++r) {
    hansa::History const history = sample.history(r);
    for (std::size_t p = 0; p < 2; ++p) {
      for (std::size_t k = 0; k < groups * mechanisms; ++k)
        sum[p * groups * mechanisms + k] += history.policies[p].adoptions_by_mechanism_by[0][k];
    }
  }
  for (std::size_t k = 0; k < by.size(); ++k) CHECK(by[k] == sum[k] / 30);
  CHECK(by[0] > 0);
}

TEST_CASE("equal runs give equal bytes on 1, 2, 4 and 7 threads, with a last block that is not full") {
  Scratch const scratch;
  Sample const sample(57);
  write(sample, options(sample, scratch / "1.h5"), 1);
  std::string const one = bytes_of(scratch / "1.h5");
  REQUIRE(one.size() > 1000);
  for (int threads : {2, 4, 7}) {
    fs::path const file = scratch / (std::to_string(threads) + ".h5");
    write(sample, options(sample, file), threads);
    CHECK(bytes_of(file) == one);
  }
}

TEST_CASE("chunks are split at 65536 cities and filled to their ends") {
  Scratch const scratch;
  Sample const sample(3, 65600);
  write(sample, options(sample, scratch / "r.h5"));
  auto const times = numbers<std::int32_t>(scratch / "r.h5", "adoption_time");
  REQUIRE(times.size() == 3 * 2 * 65600);
  hansa::History const history = sample.history(1);
  for (std::size_t row = 0; row < 65600; ++row) {
    REQUIRE(times[(1 * 2 + 1) * 65600 + row] ==
            history.policies[1].adoption_time[sample.world.cities.input_order[row]]);
  }
}

TEST_CASE("quantiles of the adopters by time are those of the replicates") {
  Scratch const scratch;
  Sample const sample(41);
  write(sample, options(sample, scratch / "r.h5"));
  auto const quantiles = numbers<double>(scratch / "r.h5", "adopters_quantile");
  REQUIRE(quantiles.size() == 2 * 3 * 5);
  std::vector<std::int32_t> last;
  for (std::int64_t r = 0; r < 41; ++r) last.push_back(sample.history(r).policies[1].adopters[4]);
  std::sort(last.begin(), last.end());
  CHECK(quantiles[(1 * 3 + 0) * 5 + 4] == last[2]);   // 5 %: h = 2
  CHECK(quantiles[(1 * 3 + 1) * 5 + 4] == last[20]);  // 50 %
  CHECK(quantiles[(1 * 3 + 2) * 5 + 4] == last[38]);  // 95 %
}

TEST_CASE("a stopped run leaves a valid file with what was finished, marked incomplete") {
  Scratch const scratch;
  Sample const sample(100);
  {
    hansa::ResultFile file(sample.scenario, sample.world, sample.model, sample.plan, options(sample, scratch / "r.h5"));
    for (std::int64_t r = 0; r < 33; ++r) file.put(r, file.pack(sample.history(r)));
    file.finish(33, false);
  }
  CHECK(count_attribute(scratch / "r.h5", "complete") == 0);
  CHECK(count_attribute(scratch / "r.h5", "replicates") == 100);
  CHECK(count_attribute(scratch / "r.h5", "replicates_complete") == 33);
  auto const replicate = numbers<std::int32_t>(scratch / "r.h5", "replicate");
  REQUIRE(replicate.size() == 33);
  CHECK(replicate[32] == 32);
  auto const times = numbers<std::int32_t>(scratch / "r.h5", "adoption_time");
  REQUIRE(times.size() == 33 * 2 * sample.world.cities.size());
  std::uint32_t const city = sample.world.cities.input_order[3];
  CHECK(times[(32 * 2) * sample.world.cities.size() + 3] == sample.history(32).policies[0].adoption_time[city]);
}

TEST_CASE("a failed replicate is missing, counted, and in no mean") {
  Scratch const scratch;
  Sample const sample(30);
  hansa::ResultFile file(sample.scenario, sample.world, sample.model, sample.plan, options(sample, scratch / "r.h5"));
  for (std::int64_t r = 0; r < 30; ++r) {
    hansa::History history = sample.history(r);
    if (r == 4) {
      history.policies.clear();
      history.failure = "|eta| above 80";
    }
    file.put(r, file.pack(history));
  }
  file.finish(30, true);
  CHECK(count_attribute(scratch / "r.h5", "replicates_failed") == 1);
  auto const status = numbers<std::int8_t>(scratch / "r.h5", "replicate_status");
  CHECK(status[4] == 1);
  CHECK(std::count(status.begin(), status.end(), 1) == 1);
  auto const adopters = numbers<std::int32_t>(scratch / "r.h5", "adopters");
  CHECK(adopters[4 * 10] == -1);
  CHECK(std::isnan(numbers<double>(scratch / "r.h5", "population_covered")[4 * 10]));
  auto const mean = numbers<double>(scratch / "r.h5", "new_adoptions_by_mechanism");
  double by_hand = 0;
  for (std::int64_t r = 0; r < 30; ++r) {
    if (r != 4) by_hand += sample.history(r).policies[0].adoptions_by_mechanism[0];
  }
  CHECK(mean[0] == doctest::Approx(by_hand / 29));
}

TEST_CASE("observed adoptions stand beside the simulated ones") {
  Scratch const scratch;
  Sample const sample(1);
  write(sample, options(sample, scratch / "r.h5"));
  std::size_t const n = sample.world.cities.size();
  auto const times = numbers<std::int32_t>(scratch / "r.h5", "observed_adoption_time");
  auto const known = numbers<std::int8_t>(scratch / "r.h5", "status_known");
  auto const adopters = numbers<std::int32_t>(scratch / "r.h5", "observed_adopters");
  // City 1 adopted in 2001, city 2 in 1999 and left in 2003; city 0 is not covered. Rows are reversed.
  CHECK(times[n - 1 - 1] == 2001);
  CHECK(times[n - 1 - 2] == 1999);
  CHECK(times[n - 1 - 3] == hansa::never);
  CHECK(known[n - 1 - 0] == 0);
  CHECK(known[n - 1 - 1] == 1);
  CHECK(std::vector<std::int32_t>(adopters.begin(), adopters.begin() + 5) == std::vector<std::int32_t>{1, 2, 2, 1, -1});
  CHECK(adopters[5] == -1);  // the second policy has no file
  auto const by = numbers<std::int32_t>(scratch / "r.h5", "observed_adopters_by_region");
  CHECK(std::vector<std::int32_t>(by.begin(), by.begin() + 5) == std::vector<std::int32_t>{1, 1, 1, 0, -1});
  CHECK(std::vector<std::int32_t>(by.begin() + 5, by.begin() + 10) == std::vector<std::int32_t>{0, 1, 1, 1, -1});
  CHECK(by.size() == 2 * 2 * 5);
}

TEST_CASE("the file says which cities may adopt, and counts observed adopters among those") {
  Scratch const scratch;
  Sample sample(1);
  std::size_t const n = sample.world.cities.size();
  sample.model.policies[0].exit.assign(n, 5);
  sample.model.policies[0].exit[1] = 0;
  sample.model.policies[0].exit[2] = 0;
  sample.model.policies[0].dated = {{0, 1999, {2, 0, 1}}, {4, 2003, {2, 0, -1}}};
  write(sample, options(sample, scratch / "r.h5"));
  auto const risk = numbers<std::int8_t>(scratch / "r.h5", "at_risk");
  REQUIRE(risk.size() == 2 * n);
  CHECK(risk[n - 1 - 0] == 1);
  CHECK(risk[n - 1 - 1] == 0);
  CHECK(risk[n - 1 - 2] == 2);
  CHECK(std::count(risk.begin(), risk.end(), 1) == static_cast<std::ptrdiff_t>(2 * n - 2));
  auto const adopters = numbers<std::int32_t>(scratch / "r.h5", "observed_adopters");
  CHECK(std::vector<std::int32_t>(adopters.begin(), adopters.begin() + 5) == std::vector<std::int32_t>{1, 1, 1, 0, -1});
  auto const elsewhere = numbers<std::int32_t>(scratch / "r.h5", "observed_adopters_elsewhere");
  CHECK(std::vector<std::int32_t>(elsewhere.begin(), elsewhere.begin() + 5) ==
        std::vector<std::int32_t>{0, 1, 1, 1, -1});
}

TEST_CASE("what the plan leaves out is not in the file") {
  Scratch const scratch;
  Sample sample(2);
  sample.plan.adoption_time = false;
  sample.plan.attribution = false;
  write(sample, options(sample, scratch / "r.h5"));
  CHECK(error_of([&] { numbers<std::int32_t>(scratch / "r.h5", "adoption_time"); }) != "");
  CHECK(error_of([&] { numbers<double>(scratch / "r.h5", "new_adoptions_by_mechanism"); }) != "");
  CHECK(error_of([&] { numbers<std::int16_t>(scratch / "r.h5", "abandonments"); }) != "");
  CHECK(numbers<std::int32_t>(scratch / "r.h5", "adopters").size() == 20);
}

TEST_CASE("an existing file is replaced only on demand, and refused before and after the run") {
  Scratch const scratch;
  Sample const sample(2);
  fs::path const file = scratch / "r.h5";
  std::ofstream(file) << "precious";
  std::string const refused = error_of([&] { write(sample, options(sample, file)); });
  CHECK(refused.find("r.h5: exists") != std::string::npos);
  CHECK(bytes_of(file) == "precious");
  CHECK_FALSE(fs::exists(scratch / "r.h5.part"));

  hansa::ResultFileOptions force = options(sample, file);
  force.overwrite = hansa::Overwrite::yes;
  write(sample, force);
  CHECK(count_attribute(file, "complete") == 1);

  fs::path const late = scratch / "late.h5";
  {
    hansa::ResultFile result(sample.scenario, sample.world, sample.model, sample.plan, options(sample, late));
    for (std::int64_t r = 0; r < 2; ++r) result.put(r, result.pack(sample.history(r)));
    std::ofstream(late) << "precious";
    CHECK(error_of([&] { result.finish(2, true); }).find("appeared during the run") != std::string::npos);
  }
  CHECK(bytes_of(late) == "precious");
  CHECK(count_attribute(scratch / "late.h5.part", "replicates_complete") == 2);
}

TEST_CASE("without finish() nothing stands under the final name, and the .part keeps whole blocks") {
  Scratch const scratch;
  Sample const sample(60);
  for (std::int64_t put : {0, 10, 30}) {
    fs::path const file = scratch / (std::to_string(put) + ".h5");
    {
      hansa::ResultFile result(sample.scenario, sample.world, sample.model, sample.plan, options(sample, file));
      for (std::int64_t r = 0; r < put; ++r) result.put(r, result.pack(sample.history(r)));
    }
    CHECK_FALSE(fs::exists(file));
    fs::path part = file;
    part += ".part";
    CHECK(fs::exists(part) == (put >= 25));
    if (put >= 25) CHECK(count_attribute(part, "replicates_complete") == 25);
  }
}

TEST_CASE("a missing folder, a file for a folder, and a folder for a file are named") {
  Scratch const scratch;
  Sample const sample(1);
  std::ofstream(scratch / "plain") << "x";
  fs::create_directory(scratch / "folder.h5");
  auto const refused = [&](fs::path const& file) { return error_of([&] { write(sample, options(sample, file)); }); };
  CHECK(refused(scratch / "none" / "r.h5").find("none' does not exist") != std::string::npos);
  CHECK(refused(scratch / "plain" / "r.h5").find("plain' is not a folder") != std::string::npos);
  CHECK(refused(scratch / "folder.h5").find("is a folder") != std::string::npos);
  CHECK(refused("").find("names no file") != std::string::npos);
  CHECK(refused("/proc/r.h5").find("/proc/r.h5.part: cannot create the file: ") != std::string::npos);
}

/// No file may grow past `bytes` while it lives: what a full disk is to a program.
class SmallDisk {
 public:
  explicit SmallDisk(rlim_t bytes) : before_(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &limit_);
    rlimit const small = {bytes, limit_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
  }
  ~SmallDisk() {
    setrlimit(RLIMIT_FSIZE, &limit_);
    std::signal(SIGXFSZ, before_);
  }

 private:
  rlimit limit_ = {};
  void (*before_)(int);
};

TEST_CASE("a disk that fills up ends the run with its reason, wherever it happens, and keeps the blocks before") {
  Scratch const scratch;
  Sample const sample(300, 6000);
  std::vector<hansa::History> histories;
  for (std::int64_t r = 0; r < 300; ++r) histories.push_back(sample.history(r));
  auto const write_first = [&](std::int64_t count, fs::path const& file) {
    hansa::ResultFile result(sample.scenario, sample.world, sample.model, sample.plan, options(sample, file));
    for (std::int64_t r = 0; r < count; ++r) result.put(r, result.pack(histories[static_cast<std::size_t>(r)]));
    result.finish(count, true);
  };
  write_first(0, scratch / "empty.h5");
  write_first(300, scratch / "whole.h5");
  auto const empty = fs::file_size(scratch / "empty.h5"), whole = fs::file_size(scratch / "whole.h5");
  auto const good = numbers<std::int32_t>(scratch / "whole.h5", "adoption_time");
  std::vector<std::size_t> kept;
  for (rlim_t const limit :
       {rlim_t{0}, empty / 20, empty / 2, empty - 5000, empty + (whole - empty) / 4 * 3, whole - 5000}) {
    fs::path const file = scratch / (std::to_string(limit) + ".h5");
    std::string said;
    {
      SmallDisk const disk(limit);
      said = error_of([&] { write_first(300, file); });
    }
    CAPTURE(said);
    CHECK(said.find(".h5.part: ") != std::string::npos);
    CHECK(said.find("File too large") != std::string::npos);
    CHECK_FALSE(fs::exists(file));
    fs::path part = file;
    part += ".part";
    if (!fs::exists(part)) continue;
    kept.push_back(static_cast<std::size_t>(count_attribute(part, "replicates_complete")));
    auto const times = numbers<std::int32_t>(part, "adoption_time");
    REQUIRE(times.size() == kept.back() * 2 * 6000);
    CHECK(std::equal(times.begin(), times.end(), good.begin()));
  }
  REQUIRE(kept.size() == 2);
  CHECK(kept[0] >= 25);
  CHECK(kept[1] > kept[0]);
  CHECK(H5Fget_obj_count(H5F_OBJ_ALL, H5F_OBJ_ALL) == 0);  // else HDF5 meets them again when the process ends
  write_first(300, scratch / (std::to_string(empty / 2) + ".h5"));
  CHECK(bytes_of(scratch / (std::to_string(empty / 2) + ".h5")) == bytes_of(scratch / "whole.h5"));
}

}  // namespace
