/// Lays a sweep's file out and fills it.
#include "io/sweep_file.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "io/hdf5_read.hpp"
#include "io/netcdf.hpp"
#include "io/seal.hpp"
#include "io/sealed_file.hpp"
#include "scenario/tables.hpp"

namespace hansa {

namespace {

constexpr char const* sweep_word = "sweep";
constexpr std::size_t numbers_of_chunk = std::size_t{1} << 15;

void describe_variable(H5Dataset const& variable, std::string const& meaning, std::string const& unit) {
  h5_set_text(variable.id(), "long_name", meaning);
  if (!unit.empty()) h5_set_text(variable.id(), "units", unit);
}

/// Columns of one measure in its statistics.
struct MeasureDatasets {
  H5Dataset mean, sd, se, missing, quantile, each;
};

}  // namespace

struct SweepFile::Open {
  Open(std::filesystem::path path, Overwrite overwrite, SweepFileShape const& of)
      : part(std::move(path), overwrite), shape(of) {}

  void lay_out(Origin const& origin, std::vector<std::pair<std::string, std::string>> const& attributes);
  void axes();
  void parameters();
  void measures();
  void counts();
  H5Dataset numbers(std::string const& name, std::vector<std::string> const& along, std::string const& meaning,
                    std::string const& unit);
  [[nodiscard]] Storage storage(std::vector<std::string> const& along) const;
  H5Dataset single_replicates(MeasureVariable const& variable, std::vector<std::string> along,
                              std::string const& meaning);
  [[nodiscard]] bool keeps_each(MeasureVariable const& variable) const;
  void write(PointsSlice const& slice);
  void write_measure(PointsSlice const& slice, MeasureVariable const& variable, MeasureDatasets const& to);
  void finish(SweepEnding const& ending);
  void failures(SweepEnding const& ending);

  H5Quiet quiet;
  PartFile part;
  SweepFileShape const& shape;
  std::optional<NetcdfFile> file;
  H5Dataset finished, failed;
  std::vector<MeasureDatasets> datasets;
  bool done = false;
};

Storage SweepFile::Open::storage(std::vector<std::string> const& along) const {
  Storage made;
  std::size_t row = 1;
  for (std::size_t k = 1; k < along.size(); ++k) row *= std::max<hsize_t>(1, file->length(along[k]));
  std::size_t const tall =
      std::clamp<std::size_t>(numbers_of_chunk / row, 1, std::max<std::size_t>(1, shape.points.size()));
  made.chunk.push_back(tall);
  for (std::size_t k = 1; k < along.size(); ++k) made.chunk.push_back(std::max<hsize_t>(1, file->length(along[k])));
  made.cache = 2 * tall * row * sizeof(double);
  return made;
}

H5Dataset SweepFile::Open::numbers(std::string const& name, std::vector<std::string> const& along,
                                   std::string const& meaning, std::string const& unit) {
  H5Dataset made = file->variable<double>(name, along, no_number, storage(along));
  describe_variable(made, meaning, unit);
  return made;
}

void SweepFile::Open::axes() {
  std::vector<std::int32_t> points(shape.points.size());
  std::iota(points.begin(), points.end(), 0);
  H5Dataset const design = file->labels<std::int32_t>("design", points);
  describe_variable(design, "number of the point", "1");
  file->labels("policy", std::span<std::string const>(shape.layout.policies)).close("policy");
  std::vector<std::int32_t> replicates(static_cast<std::size_t>(shape.replicates));
  for (std::size_t k = 0; k < replicates.size(); ++k) replicates[k] = static_cast<std::int32_t>(k);
  file->labels<std::int32_t>("replicate", replicates).close("replicate");
  H5Dataset const quantile = file->labels<double>("quantile", shape.quantiles);
  describe_variable(quantile, "quantile over replicates", "percent");
  for (MeasureAxis const& each : shape.layout.axes) {
    if (each.of != MeasureAxis::Of::time) {
      file->labels(each.name, std::span<std::string const>(each.labels)).close(each.name);
      continue;
    }
    std::vector<std::int32_t> labels;
    for (std::string const& label : each.labels) labels.push_back(static_cast<std::int32_t>(*parse_integer(label)));
    H5Dataset const time = file->labels<std::int32_t>("time", labels);
    describe_variable(time, "time", shape.time_unit);
  }
}

void SweepFile::Open::parameters() {
  if (shape.points.scenarios.size() > 1) {
    std::vector<std::string> names;
    for (std::int32_t const each : shape.points.scenario_of)
      names.push_back(shape.points.scenarios[static_cast<std::size_t>(each)]);
    file->texts("scenario", {"design"}, names).close("scenario");
  }
  for (PointColumn const& each : shape.points.columns) {
    if (!each.words.empty()) {
      H5Dataset const made = file->texts(each.path, {"design"}, each.words);
      describe_variable(made, "parameter, by its path", "");
      continue;
    }
    H5Dataset const made = numbers(each.path, {"design"}, "parameter, by its path", "");
    file->write<double>(made, each.numbers);
  }
  if (!shape.seeds.empty()) file->texts("seed", {"design"}, shape.seeds).close("seed");
}

bool SweepFile::Open::keeps_each(MeasureVariable const& variable) const {
  bool const series = variable.axis && shape.layout.axes[*variable.axis].of == MeasureAxis::Of::time;
  return shape.each == EachReplicate::all || (shape.each == EachReplicate::numbers && !series);
}

void SweepFile::Open::measures() {
  for (MeasureVariable const& each : shape.layout.variables) {
    std::vector<std::string> along{"design", "policy"};
    if (each.axis) along.push_back(shape.layout.axes[*each.axis].name);
    std::string const meaning =
        each.paired_to ? fmt::format("{}, less the same replicate at point {}", each.meaning, *each.paired_to)
                       : each.meaning;
    MeasureDatasets& to = datasets.emplace_back();
    to.mean = numbers(each.name, along, meaning + ": mean over replicates", each.unit);
    to.sd = numbers(each.name + "_sd", along, meaning + ": standard deviation over replicates", each.unit);
    to.se = numbers(each.name + "_se", along, meaning + ": standard error of the mean", each.unit);
    to.missing = file->variable<std::int32_t>(each.name + "_missing", along, std::int32_t{-1}, storage(along));
    describe_variable(to.missing, "finished replicates in which it is missing, which are in no mean", "1");
    std::vector<std::string> with_quantile = along;
    with_quantile.push_back("quantile");
    if (!shape.quantiles.empty())
      to.quantile = numbers(each.name + "_quantile", with_quantile, meaning + ": quantiles over replicates", each.unit);
    if (!keeps_each(each)) continue;
    to.each = single_replicates(each, along, meaning + ": of each replicate");
  }
}

/// No dataset where the values lie elsewhere.
H5Dataset SweepFile::Open::single_replicates(MeasureVariable const& variable, std::vector<std::string> along,
                                             std::string const& meaning) {
  along.insert(along.begin() + 1, "replicate");
  std::string const name = variable.name + "_each";
  if (shape.blocks.empty() || variable.paired_to) return numbers(name, along, meaning, variable.unit);
  std::size_t const columns = shape.layout.policies.size() * variable.length;
  std::vector<VirtualPart> const parts = virtual_parts(shape.blocks, shape.layout.width, variable.first, columns);
  H5Dataset made = file->virtual_variable(name, along, parts);
  describe_variable(made, meaning, variable.unit);
  made.close(name);
  return {};
}

void SweepFile::Open::counts() {
  finished = file->variable<std::int32_t>("replicates_finished", {"design"}, std::int32_t{-1}, storage({"design"}));
  describe_variable(finished, "replicates that the means are over, but for missing numbers", "1");
  failed = file->variable<std::int32_t>("replicates_failed", {"design"}, std::int32_t{-1}, storage({"design"}));
  describe_variable(failed, "replicates that failed, which are in no mean", "1");
}

void SweepFile::Open::lay_out(Origin const& origin,
                              std::vector<std::pair<std::string, std::string>> const& attributes) {
  file.emplace(part.part(), 0, shape.blocks.empty() ? Holds::values : Holds::virtual_variables);
  write_origin(*file, origin);
  h5_set_text(file->root(), "contents", sweep_word);
  for (auto const& [name, text] : attributes) h5_set_text(file->root(), name, text);
  axes();
  parameters();
  counts();
  measures();
  if (!shape.blocks.empty()) write_virtual_blocks(*file, shape.blocks);
}

void SweepFile::Open::write_measure(PointsSlice const& slice, MeasureVariable const& variable,
                                    MeasureDatasets const& to) {
  std::size_t const width = shape.layout.width, count = slice.count;
  std::size_t const numbers = shape.layout.policies.size() * variable.length;
  auto const gather = [&]<class T>(std::span<T const> from, std::size_t rows, std::size_t depth) {
    std::vector<T> box;
    box.reserve(rows * numbers * depth);
    for (std::size_t row = 0; row < rows; ++row) {
      T const* const begin = from.data() + (row * width + variable.first) * depth;
      box.insert(box.end(), begin, begin + numbers * depth);
    }
    return box;
  };
  std::vector<double> box;
  auto const put = [&](H5Dataset const& dataset, std::span<double const> from, std::size_t rows, std::size_t depth) {
    if (dataset.id() < 0) return;
    box = gather(from, rows, depth);
    file->write_rows<double>(dataset, slice.first, count, box);
  };
  put(to.mean, slice.mean, count, 1);
  put(to.sd, slice.sd, count, 1);
  put(to.se, slice.se, count, 1);
  std::vector<std::int32_t> const missing = gather(slice.missing, count, 1);
  file->write_rows<std::int32_t>(to.missing, slice.first, count, missing);
  put(to.quantile, slice.quantile, count, shape.quantiles.size());
  put(to.each, slice.values, count * static_cast<std::size_t>(shape.replicates), 1);
}

void SweepFile::Open::write(PointsSlice const& slice) {
  if (slice.count == 0) return;
  file->write_rows<std::int32_t>(finished, slice.first, slice.count, slice.finished);
  file->write_rows<std::int32_t>(failed, slice.first, slice.count, slice.failed);
  for (std::size_t k = 0; k < datasets.size(); ++k) write_measure(slice, shape.layout.variables[k], datasets[k]);
}

void SweepFile::Open::failures(SweepEnding const& ending) {
  std::vector<std::int32_t> point, replicate;
  std::vector<std::string> seed, why;
  for (SweepFailure const& each : ending.failures) {
    point.push_back(each.point);
    replicate.push_back(each.replicate);
    seed.push_back(each.seed);
    why.push_back(each.why);
  }
  if (point.empty()) return;
  file->dimension("failure", point.size());
  H5Dataset const points = file->variable<std::int32_t>("failure_point", {"failure"}, std::nullopt);
  file->write<std::int32_t>(points, point);
  H5Dataset const replicates = file->variable<std::int32_t>("failure_replicate", {"failure"}, std::nullopt);
  file->write<std::int32_t>(replicates, replicate);
  file->texts("failure_seed", {"failure"}, seed).close("failure_seed");
  file->texts("failure_why", {"failure"}, why).close("failure_why");
}

void SweepFile::Open::finish(SweepEnding const& ending) {
  failures(ending);
  auto const number = [&](std::string const& name, std::int64_t value) {
    h5_set_number<std::int64_t>(file->root(), name, value);
  };
  number("runs", ending.runs);
  number("runs_finished", ending.finished);
  number("runs_failed", ending.failed);
  h5_set_number<std::int8_t>(file->root(), "complete", ending.finished == ending.runs ? 1 : 0);
  for (MeasureDatasets& each : datasets)
    for (H5Dataset* one : {&each.mean, &each.sd, &each.se, &each.missing, &each.quantile, &each.each})
      one->close("a measure");
  finished.close("replicates_finished");
  failed.close("replicates_failed");
  file->flush();
  file->close();
  file.reset();
  append_seal(part.part());
  part.commit();
  done = true;
}

SweepFile::SweepFile(std::filesystem::path file, Overwrite overwrite, SweepFileShape const& shape, Origin const& origin,
                     std::vector<std::pair<std::string, std::string>> const& attributes)
    : open_(std::make_unique<Open>(std::move(file), overwrite, shape)) {
  open_->lay_out(origin, attributes);
}

SweepFile::~SweepFile() {
  if (open_->done) return;
  if (open_->file) open_->file->abandon();
  open_->part.discard();
}

void SweepFile::write(PointsSlice const& slice) {
  open_->write(slice);
}

void SweepFile::finish(SweepEnding const& ending) {
  open_->finish(ending);
}

std::string sweep_named_in(std::filesystem::path const& file) {
  try {
    return read_sealed(file, "a file that hansa sweep wrote was expected", [&] {
      H5File const h5 = h5_open_file(file.string());
      bool const sweep = h5_has_attribute(h5.id(), "contents") && h5_read_text(h5.id(), "contents") == sweep_word;
      return sweep ? h5_read_text(h5.id(), "sweep_sha256") : std::string();
    });
  } catch (Error const&) {
    return {};
  }
}

}  // namespace hansa
