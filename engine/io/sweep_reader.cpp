/// Reads the file of a sweep, and trusts none of it.
#include "io/sweep_reader.hpp"

#include <algorithm>
#include <string_view>

#include "io/checked_variables.hpp"
#include "io/digest_lines.hpp"
#include "io/sealed_file.hpp"
#include "io/virtual_blocks.hpp"

namespace hansa {

namespace {

constexpr char const* expected_sweep = "a file that hansa sweep wrote was expected";
constexpr hsize_t most_swept_points = 10'000'000;
constexpr std::string_view parameter_word = "parameter, by its path";  ///< as the writer names them

class SweepParts {
 public:
  explicit SweepParts(std::filesystem::path const& file) : h5_(h5_open_file(file.string())), in_(h5_.id()) {}

  SweepRecord read() {
    if (in_.text("contents") != "sweep") h5_refuse("holds no sweep");
    origin();
    made_.policies = in_.names("policy");
    points_ = in_.list("design", most_swept_points).lengths[0];
    replicates_ = in_.list("replicate", most_swept_points).lengths[0];
    made_.replicates = static_cast<std::int64_t>(replicates_);
    made_.points.scenario_of.assign(points_, 0);
    made_.points.scenarios = {made_.title};
    if (h5_has(h5_.id(), "scenario")) scenarios();
    for (std::string const& name : h5_names(h5_.id())) variable(name);
    return std::move(made_);
  }

 private:
  void origin() {
    made_.title = in_.text("title");
    made_.scenario_text = in_.text("scenario");
    made_.seed = in_.text("seed");
    made_.estimates = in_.text("estimates");
    made_.engine_version = in_.text("engine_version");
    made_.engine_commit = in_.text("engine_commit");
    made_.inputs = digest_lines(in_.text("input_sha256"));
    made_.runs = h5_read_whole_number(h5_.id(), "runs");
    made_.finished = h5_read_whole_number(h5_.id(), "runs_finished");
    made_.failed = h5_read_whole_number(h5_.id(), "runs_failed");
    if (made_.failed < 0 || made_.failed > made_.finished || made_.finished > made_.runs)
      h5_refuse("does not have the runs that it counts");
  }

  void scenarios() {
    std::vector<std::string> const names = h5_read_texts(in_.variable("scenario", {points_}));
    made_.points.scenarios = names;
    std::ranges::sort(made_.points.scenarios);
    auto const same = std::ranges::unique(made_.points.scenarios);
    made_.points.scenarios.erase(same.begin(), same.end());
    for (std::size_t k = 0; k < names.size(); ++k)
      made_.points.scenario_of[k] = static_cast<std::int32_t>(
          std::ranges::lower_bound(made_.points.scenarios, names[k]) - made_.points.scenarios.begin());
  }

  /// A parameter says that it is one, a measure has its standard error beside it; the rest is neither.
  void variable(std::string const& name) {
    H5Variable const found(h5_.id(), name);
    bool const named = h5_has_attribute(found.data.id(), "long_name");
    if (named && h5_read_text(found.data.id(), "long_name") == parameter_word) return parameter(name, found);
    if (!h5_has(h5_.id(), name + "_se")) return;
    if (found.lengths == std::vector<hsize_t>{points_, made_.policies.size()}) return this->measure(name, found);
    made_.others.push_back(name);
  }

  void parameter(std::string const& name, H5Variable const& found) {
    PointColumn& column = made_.points.columns.emplace_back();
    column.path = name;
    if (found.held == Held::texts)
      column.words = h5_read_texts(in_.variable(name, {points_}));
    else
      column.numbers = in_.numbers(name, {points_});
  }

  void measure(std::string const& name, H5Variable const& found) {
    hsize_t const policies = made_.policies.size();
    SweptMeasure& to = made_.measures.emplace_back();
    to.name = name;
    constexpr std::string_view ending = ": mean over replicates";
    if (h5_has_attribute(found.data.id(), "long_name")) to.meaning = h5_read_text(found.data.id(), "long_name");
    if (to.meaning.ends_with(ending)) to.meaning.resize(to.meaning.size() - ending.size());
    if (h5_has_attribute(found.data.id(), "units")) to.unit = h5_read_text(found.data.id(), "units");
    to.mean = in_.numbers(name, {points_, policies});
    to.se = in_.numbers(name + "_se", {points_, policies});
    if (h5_has(h5_.id(), name + "_each")) to.each = in_.numbers(name + "_each", {points_, replicates_, policies});
  }

  H5File h5_;
  CheckedVariables in_;
  SweepRecord made_;
  hsize_t points_ = 0, replicates_ = 0;
};

}  // namespace

SweepRecord read_sweep_file(std::filesystem::path const& file) {
  check_virtual_blocks(
      file, read_sealed(file, expected_sweep, [&] { return referred_blocks(h5_open_file(file.string()).id()); }));
  return read_sealed(file, expected_sweep, [&] { return SweepParts(file).read(); });
}

}  // namespace hansa
