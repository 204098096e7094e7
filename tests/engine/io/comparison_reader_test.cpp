/// Tests of io/comparison_reader: what was written comes back number for number, and nothing else is believed.
#include "io/comparison_reader.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <doctest/doctest.h>

#include "engine/io/comparisons.hpp"
#include "engine/io/files.hpp"
#include "engine/io/same_comparison.hpp"
#include "io/comparison_file.hpp"
#include "io/hdf5.hpp"
#include "io/result_file.hpp"
#include "io/seal.hpp"
#include "support/result_samples.hpp"

using namespace hansa;
using test::bytes_of;
using test::check_same;
using test::comparison_of;
using test::same;
using test::Sample;
using test::Scratch;
using test::write_bytes;

namespace fs = std::filesystem;

namespace {

constexpr char const* mend_of_comparisons = ", a file that hansa compare wrote was expected";
constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

void write(fs::path const& file, Comparison const& comparison, Sample const& sample) {
  std::vector<std::int32_t> const replicates{0, 1};
  std::vector<std::int32_t> adopters(2 * comparison.scenarios.size() * comparison.policies.size() * 5, 1);
  ComparisonFileOptions options;
  options.file = file;
  options.overwrite = Overwrite::yes;
  options.reproducible = Reproducible::yes;
  options.title = "A <sample>";
  options.currency = "EUR";
  options.scenario_texts.assign(comparison.scenarios.size(), "hansa: 1\n");
  options.input_digests = {{"a.yaml", "00ff"}, {"data/b c.csv", "11ee"}};
  options.seed = 26;
  options.asked = 3;
  options.taken_from = "fit.h5";
  write_comparison_file(comparison, sample.world, {replicates, adopters}, options);
}

/// What reading says, without the name of the file; "" if it reads.
std::string comparison_refusal(fs::path const& file) {
  try {
    (void)read_comparison_file(file);
  } catch (Error const& error) {
    CHECK(error.fault() == Fault::input);
    std::string const text = error.what();
    CHECK(text.starts_with(file.string() + ": "));
    return text.substr(std::min(text.size(), file.string().size() + 2));
  }
  return "";
}

/// What reading says of a sound file changed through HDF5 and sealed again, as by a forger.
template <class Change>
std::string comparison_refusal_after(Change const& change) {
  Scratch const scratch;
  Sample const sample(2);
  fs::path const file = scratch / "c.h5";
  write(file, comparison_of(sample.world.cities.size()), sample);
  {
    H5Quiet const quiet;
    std::string const bytes = bytes_of(file);
    write_bytes(file, bytes.substr(0, bytes.size() - seal_bytes));
    H5File const h5(H5Fopen(file.c_str(), H5F_ACC_RDWR, H5P_DEFAULT), "open");
    change(h5.id());
  }
  append_seal(file);
  return comparison_refusal(file);
}

/// Replaces one number of a variable.
template <class T>
void spoil(hid_t h5, char const* name, std::size_t at, T value) {
  H5Dataset const data(H5Dopen2(h5, name, H5P_DEFAULT), name);
  H5Space const space(H5Dget_space(data.id()), name);
  std::vector<T> values(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space.id())));
  REQUIRE(H5Dread(data.id(), H5Number<T>::memory(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) >= 0);
  values.at(at) = value;
  REQUIRE(H5Dwrite(data.id(), H5Number<T>::memory(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) >= 0);
}

template <class T>
std::string spoiled(char const* name, std::size_t at, T value) {
  return comparison_refusal_after([&](hid_t h5) { spoil<T>(h5, name, at, value); });
}

/// Replaces one text of a list.
std::string renamed(char const* name, std::size_t at, char const* text) {
  return comparison_refusal_after([&](hid_t h5) {
    H5Dataset const data(H5Dopen2(h5, name, H5P_DEFAULT), name);
    H5Space const space(H5Dget_space(data.id()), name);
    H5Type const type = h5_text_type();
    std::vector<char*> values(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space.id())));
    REQUIRE(H5Dread(data.id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, static_cast<void*>(values.data())) >= 0);
    std::vector<char const*> others(values.begin(), values.end());
    others.at(at) = text;
    REQUIRE(H5Dwrite(data.id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, static_cast<void const*>(others.data())) >=
            0);
    H5Dvlen_reclaim(type.id(), space.id(), H5P_DEFAULT, static_cast<void*>(values.data()));
  });
}

/// All numbers apart from each other, so that none can stand for another.
Comparison varied(Index cities) {
  Comparison made = comparison_of(cities);
  double next = 0;
  for (auto& policies : made.outcomes) {
    for (ArmOutcome& each : policies) {
      for (Interval& of : each.adopters) of = {++next, next - 0.5, next + 0.25};
      for (Luck& of : each.luck) of = {++next, next + 1, next + 2.5};
      each.population_covered.assign(5, {0.1, 0.05, 0.2});
      each.population_covered[3].mean = 0.1 + 0.0001 * next;
    }
    for (int t = 0; t < 5; ++t) {  // the other policy states no cost
      policies[1].paid.spending.push_back({++next, next - 0.5, next + 0.25});
      policies[1].paid.subsidies.push_back({++next, next - 0.25, next + 0.5});
    }
  }
  for (PolicyDifference& each : made.what_ifs[0].policies) {
    each.population_covered.assign(5, {0.1, 0.05, 0.2});
    each.population_covered[2].mean = 0.11;
    CityDifferences& of = each.cities;
    for (auto* column : {&of.chance_without, &of.earlier, &of.later, &of.only_with, &of.only_without, &of.gained})
      for (double& value : *column) value = (next += 1) / 10'000;
  }
  made.what_ifs[0].policies[1].paid = made.outcomes[1][1].paid;
  for (Interval& each : made.what_ifs[0].policies[1].paid.spending) each = {++next, next - 1, next + 1};
  made.what_ifs[0].policies[0].times[2] = {0.75, 0, 0, 0, {unknown, unknown, unknown}};
  made.what_ifs[0].policies[0].gain = unknown;
  return made;
}

}  // namespace

TEST_CASE("a comparison comes back number for number") {
  Scratch const scratch;
  Sample const sample(2);
  Comparison const written = varied(sample.world.cities.size());
  write(scratch / "c.h5", written, sample);
  ComparisonRecord const read = read_comparison_file(scratch / "c.h5");
  check_same(written, read.comparison);
  CHECK(read.title == "A <sample>");
  CHECK(read.currency == "EUR");
  CHECK(read.asked == 3);
  CHECK(read.complete);
  CHECK(read.scenario_texts == std::vector<std::string>{"hansa: 1\n", "hansa: 1\n"});
  CHECK(read.inputs == std::vector<std::pair<std::string, std::string>>{{"a.yaml", "00ff"}, {"data/b c.csv", "11ee"}});
  CHECK(read.seed == "0x000000000000001a");
  CHECK(read.taken_from == "fit.h5");
  CHECK(read.drawn_from.empty());
  Cities const& cities = sample.world.cities;
  CHECK(read.cities.id == cities.id);
  CHECK(read.cities.input_order == cities.input_order);
  CHECK(*read.cities.number("lat") == *cities.number("lat"));
  CHECK(same(*read.cities.number("population"), *cities.number("population")));
  for (char const* const name : {"name", "region"}) {
    REQUIRE(read.cities.text(name) != nullptr);
    CHECK(read.cities.text(name)->labels == cities.text(name)->labels);
    CHECK(read.cities.text(name)->code == cities.text(name)->code);
  }
}

TEST_CASE("what lies between draws comes back, and a policy without reruns") {
  Scratch const scratch;
  Sample const sample(2);
  Comparison written = test::drawn_comparison_of(sample.world.cities.size());
  written.what_ifs[0].policies[0].followers = {{2}, {1, 0, 2}, {3, 2, 4}, {5, 4, 6}};
  written.what_ifs[0].policies[0].followers.followers.draws = BetweenDraws{4, 5, 6, unknown, unknown};
  written.what_ifs[0].policies[0].reruns.emplace().none = "it was interrupted";
  write(scratch / "c.h5", written, sample);
  check_same(written, read_comparison_file(scratch / "c.h5").comparison);
}

TEST_CASE("reruns that are left out are missing, with all that they would tell") {
  Scratch const scratch;
  Sample const sample(2);
  Index const n = sample.world.cities.size();
  Comparison written = comparison_of(n);
  PolicyDifference& of = written.what_ifs[0].policies[1];
  Interval const none{unknown, unknown, unknown};
  of.rivals->chosen = of.rivals->random[1] = none;
  of.rivals->beaten = unknown;
  of.following->alone[1] = none;
  for (Index i = 0; i < n; ++i) of.following->changed_alone[n + i] = std::nanf("");
  write(scratch / "c.h5", written, sample);
  ComparisonRecord const read = read_comparison_file(scratch / "c.h5");
  PolicyDifference const& found = read.comparison.what_ifs[0].policies[1];
  CHECK(std::isnan(found.rivals->chosen.mean));
  CHECK(found.rivals->random[0].mean == of.rivals->random[0].mean);
  CHECK(std::isnan(found.rivals->beaten));
  CHECK(std::isnan(found.following->alone[1].mean));
  CHECK(std::isnan(found.following->changed_alone[n]));
  CHECK(found.following->changed_alone[1] == of.following->changed_alone[1]);
}

TEST_CASE("names with blanks do not lead followers to another what-if") {
  Scratch const scratch;
  Sample const sample(2);
  Comparison written = comparison_of(sample.world.cities.size());
  written.scenarios = {"base", "a", "a led"};
  written.outcomes.push_back(written.outcomes[0]);
  written.what_ifs.push_back(written.what_ifs[0]);
  written.what_ifs[0].cost.reset();
  written.what_ifs[0].policies[0] = written.what_ifs[0].policies[1];
  written.what_ifs[1].policies[0].gain = 3;
  write(scratch / "c.h5", written, sample);
  check_same(written, read_comparison_file(scratch / "c.h5").comparison);
}

TEST_CASE("a file cut off or changed anywhere is refused") {
  Scratch const scratch;
  Sample const sample(2, 5);
  write(scratch / "c.h5", comparison_of(5), sample);
  std::string bytes = bytes_of(scratch / "c.h5");
  REQUIRE(comparison_refusal(scratch / "c.h5") == "");
  for (std::size_t length = 0; length < bytes.size(); length += length < 100 || length + 100 > bytes.size() ? 1 : 997) {
    CAPTURE(length);
    write_bytes(scratch / "d.h5", bytes.substr(0, length));
    REQUIRE(comparison_refusal(scratch / "d.h5") != "");
  }
  for (std::size_t at = 0; at < bytes.size(); at += at < 100 || at + 60 > bytes.size() ? 1 : 499) {
    CAPTURE(at);
    char const before = bytes[at];
    bytes[at] = static_cast<char>(before ^ (1 << at % 8));
    write_bytes(scratch / "d.h5", bytes);
    bytes[at] = before;
    REQUIRE(comparison_refusal(scratch / "d.h5") != "");
  }
}

TEST_CASE("what is no comparison is told apart") {
  Scratch const scratch;
  write_bytes(scratch / "empty", "");
  write_bytes(scratch / "text", "a,b\n");
  CHECK(comparison_refusal(scratch / "none") == "there is no such file");
  CHECK(comparison_refusal(scratch / ".") == std::string("is a folder") + mend_of_comparisons);
  CHECK(comparison_refusal(scratch / "empty") == std::string("is empty") + mend_of_comparisons);
  CHECK(comparison_refusal(scratch / "text") == std::string("is no HDF5 file") + mend_of_comparisons);
  Sample const sample(3, 5);
  ResultFileOptions options;
  options.file = scratch / "result";
  options.replicates = 3;
  ResultFile made(sample.scenario, sample.world, sample.model, sample.plan, options);
  for (std::int64_t r = 0; r < 3; ++r) made.put(r, made.pack(sample.history(r)));
  made.finish(3, true);
  CHECK(comparison_refusal(scratch / "result") == std::string("holds no comparison") + mend_of_comparisons);
}

TEST_CASE("numbers that cannot be are refused, sealed or not") {
  CHECK(comparison_refusal_after([](hid_t) {}) == "");
  double const infinite = std::numeric_limits<double>::infinity();
  CHECK(spoiled<double>("adoption_chance", 3, 1.5) ==
        std::string("the variable 'adoption_chance' has a number out of range") + mend_of_comparisons);
  CHECK(spoiled<double>("adopters_mean", 0, infinite).find("out of range") != std::string::npos);
  CHECK(spoiled<double>("steps_gained", 1, 1e6).find("out of range") != std::string::npos);
  CHECK(spoiled<double>("lat", 1, 91).find("'lat' has a number out of range") != std::string::npos);
  CHECK(spoiled<float>("changed_alone", 1, -1).find("out of range") != std::string::npos);
  CHECK(spoiled<float>("changed_added", 1, std::nanf("")).find("out of range") != std::string::npos);
  CHECK(spoiled<std::int32_t>("reruns", 15, 9).find("'reruns' counts others than there are") != std::string::npos);
  CHECK(spoiled<std::int32_t>("rerun_left_out_of", 0, 2).find("out of range") != std::string::npos);
  CHECK(spoiled<std::int32_t>("rerun_left_out_of", 0, 0).find("where there are none") != std::string::npos);
  CHECK(spoiled<std::int32_t>("cities_by_region", 0, 1'000'000).find("out of range") != std::string::npos);
  CHECK(spoiled<double>("variance_ratio", 0, -1).find("out of range") != std::string::npos);
  CHECK(spoiled<double>("adopters_difference_bound", 1, -5) ==
        std::string("the variable 'adopters_difference_bound' has no interval around each mean") + mend_of_comparisons);
  CHECK(spoiled<double>("adopters_quantile", 2, -5).find("quantiles that do not ascend") != std::string::npos);
  CHECK(spoiled<std::int32_t>("replicates_reached", 0, 9).find("counts others than there are") != std::string::npos);
  CHECK(spoiled<std::int32_t>("time", 2, 2001).find("leave a step out") != std::string::npos);
  CHECK(spoiled<std::int8_t>("funded", 0, 2).find("other numbers than 0 and 1") != std::string::npos);
  CHECK(spoiled<double>("quantile", 0, 10).find("other quantiles") != std::string::npos);
  CHECK(spoiled<double>("share", 0, 0.1).find("other shares") != std::string::npos);
}

TEST_CASE("labels, lengths and counts that cannot be are refused") {
  CHECK(renamed("what_if", 0, "other").find("labels of 'what_if'") != std::string::npos);
  CHECK(renamed("policy", 0, "trams") == std::string("names a policy twice") + mend_of_comparisons);
  CHECK(renamed("city_id", 0, "c00001") == std::string("names the city 'c00001' twice") + mend_of_comparisons);
  CHECK(renamed("bound", 0, "high").find("names a bound twice") != std::string::npos);
  CHECK(renamed("rerun", 1, "others").find("labels of 'rerun'") != std::string::npos);
  CHECK(renamed("rival", 1, "none").find("labels of 'rival'") != std::string::npos);
  CHECK(renamed("seed_group", 0, "more led c00001").find("of no what-if that funds cities") != std::string::npos);
  for (char const* const name :
       {"adopters", "adopters_difference", "funded", "rivals_beaten", "city_id", "scenario_text"}) {
    CAPTURE(name);
    std::string const said = comparison_refusal_after([&](hid_t h5) { H5Ldelete(h5, name, H5P_DEFAULT); });
    CHECK(said == "there is no variable '" + std::string(name) + "'" + mend_of_comparisons);
  }
  std::string const shorter = comparison_refusal_after([](hid_t h5) {
    H5Ldelete(h5, "later", H5P_DEFAULT);
    H5Lcreate_hard(h5, "followers", h5, "later", H5P_DEFAULT, H5P_DEFAULT);
  });
  CHECK(shorter ==
        std::string("the variable 'later' does not have the lengths of its dimensions") + mend_of_comparisons);
  std::string const texts = comparison_refusal_after([](hid_t h5) {
    H5Ldelete(h5, "cost_difference", H5P_DEFAULT);
    H5Lcreate_hard(h5, "what_if", h5, "cost_difference", H5P_DEFAULT, H5P_DEFAULT);
  });
  CHECK(texts == std::string("the variable 'cost_difference' does not hold numbers") + mend_of_comparisons);
  for (std::int32_t const count : {-1, 1, 4}) {
    CAPTURE(count);
    std::string const said =
        comparison_refusal_after([&](hid_t h5) { h5_update_number(h5, "replicates_complete", count); });
    CHECK(said == std::string("does not have the replicates that it counts") + mend_of_comparisons);
  }
}
