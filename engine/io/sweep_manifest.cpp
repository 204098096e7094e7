/// Writes manifests and reads them back, every length checked.
#include "io/sweep_manifest.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "io/hdf5_read.hpp"
#include "io/netcdf.hpp"
#include "io/seal.hpp"
#include "io/sealed_file.hpp"
#include "io/sweep_layout.hpp"
#include "scenario/tables.hpp"

namespace hansa {

namespace {

namespace fs = std::filesystem;

constexpr char const* expected_manifest = "a manifest that hansa sweep wrote was expected";
constexpr char const* manifest_word = "sweep manifest";
constexpr std::string_view manifest_prefix = "manifest-";

fs::path manifest_path(fs::path const& folder, int number) {
  return folder / fmt::format("{}{:04}.h5", manifest_prefix, number);
}

class ManifestWriter {
 public:
  explicit ManifestWriter(SweepManifest const& manifest) : manifest_(manifest), file_(NetcdfFile::in_memory()) {}

  std::string write() {
    attributes();
    file_.dimension("design", manifest_.points.size());
    file_.dimension("cell", manifest_.cells.size());
    file_.dimension("block", manifest_.ends.size());
    file_.labels("scenario", std::span<std::string const>(manifest_.points.scenarios)).close("scenario");
    std::vector<std::string> paths;
    for (PointColumn const& each : manifest_.points.columns) paths.push_back(each.path);
    file_.labels("parameter", std::span<std::string const>(paths)).close("parameter");
    words("common", manifest_.common);
    words("told", manifest_.told);
    write_layout(file_, manifest_.layout);
    points();
    cells();
    file_.flush();
    std::string bytes = file_.image();
    file_.close();
    return bytes + seal_line(bytes);
  }

 private:
  void attributes() {
    h5_set_text(file_.root(), "contents", manifest_word);
    h5_set_text(file_.root(), "sweep_sha256", manifest_.sweep);
    h5_set_number<std::int64_t>(file_.root(), "replicates", manifest_.replicates);
  }

  void words(std::string const& name, std::map<std::string, std::string> const& by_name) {
    std::vector<std::string> names, texts;
    for (auto const& [each, text] : by_name) {
      names.push_back(each);
      texts.push_back(text);
    }
    file_.labels(name, std::span<std::string const>(names)).close(name);
    file_.texts(name + "_text", {name}, texts).close(name);
  }

  template <class T>
  void list(std::string const& name, std::string const& dimension, std::vector<T> const& values) {
    Storage storage;
    if (values.size() > 1024) storage.chunk = {65536};
    if (!storage.chunk.empty()) storage.chunk[0] = std::min<hsize_t>(storage.chunk[0], values.size());
    H5Dataset made = file_.variable<T>(name, {dimension}, std::nullopt, storage);
    file_.write<T>(made, values);
    made.close(name);
  }

  void points() {
    PointTable const& points = manifest_.points;
    list("scenario_of", "design", points.scenario_of);
    list("point_key", "design", manifest_.keys);
    if (!manifest_.seeds.empty()) file_.texts("seed", {"design"}, manifest_.seeds).close("seed");
    for (std::size_t k = 0; k < points.columns.size(); ++k) {
      PointColumn const& column = points.columns[k];
      std::string const name = fmt::format("parameter_{}", k);
      if (column.words.empty())
        list(name, "design", column.numbers);
      else
        file_.texts(name, {"design"}, column.words).close(name);
    }
  }

  void cells() {
    std::vector<std::int32_t> point, first, count;
    for (PlannedCell const& each : manifest_.cells) {
      point.push_back(each.point);
      first.push_back(each.first);
      count.push_back(each.count);
    }
    list("cell_point", "cell", point);
    list("first_replicate", "cell", first);
    list("cell_replicates", "cell", count);
    list("block_end", "block", manifest_.ends);
  }

  SweepManifest const& manifest_;
  NetcdfFile file_;
};

class ManifestReader {
 public:
  explicit ManifestReader(fs::path const& file) : h5_(h5_open_file(file.string())) {}

  SweepManifest read() {
    if (!h5_has_attribute(h5_.id(), "contents") || h5_read_text(h5_.id(), "contents") != manifest_word)
      h5_refuse("is no manifest of a sweep");
    made_.sweep = h5_read_text(h5_.id(), "sweep_sha256");
    made_.replicates = h5_read_whole_number(h5_.id(), "replicates");
    made_.common = words("common");
    made_.told = words("told");
    made_.layout = read_layout(h5_.id());
    points();
    cells();
    return std::move(made_);
  }

 private:
  H5Variable list(std::string const& name, std::optional<hsize_t> length) {
    H5Variable found(h5_.id(), name);
    if (found.lengths.size() != 1 || found.lengths[0] != length.value_or(found.lengths[0]))
      h5_refuse(fmt::format("the variable '{}' does not have the length that was expected", name));
    return found;
  }
  template <class T>
  std::vector<T> numbers(std::string const& name, std::optional<hsize_t> length) {
    H5Variable const found = list(name, length);
    return h5_read_rows<T>(found, 0, found.lengths[0]);
  }
  std::vector<std::string> texts(std::string const& name, std::optional<hsize_t> length) {
    return h5_read_texts(list(name, length));
  }
  std::map<std::string, std::string> words(std::string const& name) {
    std::map<std::string, std::string> by_name;
    std::vector<std::string> const names = texts(name, std::nullopt), said = texts(name + "_text", names.size());
    for (std::size_t k = 0; k < names.size(); ++k) by_name.emplace(names[k], said[k]);
    return by_name;
  }

  void points() {
    PointTable& points = made_.points;
    points.scenarios = texts("scenario", std::nullopt);
    points.scenario_of = numbers<std::int32_t>("scenario_of", std::nullopt);
    auto const count = static_cast<std::int32_t>(points.scenarios.size());
    for (std::int32_t const each : points.scenario_of)
      if (each < 0 || each >= count) h5_refuse("has a point of a scenario that it does not have");
    made_.keys = numbers<std::int64_t>("point_key", points.size());
    if (h5_has(h5_.id(), "seed")) made_.seeds = texts("seed", points.size());
    std::vector<std::string> const paths = texts("parameter", std::nullopt);
    for (std::size_t k = 0; k < paths.size(); ++k) {
      PointColumn& column = points.columns.emplace_back();
      column.path = paths[k];
      std::string const name = fmt::format("parameter_{}", k);
      H5Variable const values = list(name, points.size());
      if (values.held == Held::texts)
        column.words = h5_read_texts(values);
      else
        column.numbers = h5_read_rows<double>(values, 0, values.lengths[0]);
    }
  }

  void cells() {
    auto const point = numbers<std::int32_t>("cell_point", std::nullopt);
    auto const first = numbers<std::int32_t>("first_replicate", point.size());
    auto const count = numbers<std::int32_t>("cell_replicates", point.size());
    for (std::size_t k = 0; k < point.size(); ++k) {
      bool const inside = point[k] >= 0 && static_cast<std::size_t>(point[k]) < made_.points.size() && first[k] >= 0 &&
                          count[k] > 0 && std::int64_t{first[k]} + count[k] <= made_.replicates;
      if (!inside) h5_refuse("has a cell of runs that it does not have");
      made_.cells.push_back({point[k], first[k], count[k]});
    }
    made_.ends = numbers<std::int64_t>("block_end", std::nullopt);
    std::int64_t before = 0;
    for (std::int64_t const end : made_.ends) {
      if (end <= before) h5_refuse("has a block without cells");
      before = end;
    }
    if (before != static_cast<std::int64_t>(point.size())) h5_refuse("has cells without a block");
  }

  H5File h5_;
  SweepManifest made_;
};

}  // namespace

std::int64_t SweepManifest::runs() const noexcept {
  return static_cast<std::int64_t>(points.size()) * replicates;
}

std::vector<PlannedCell> SweepManifest::block(std::size_t number) const {
  std::int64_t const begin = number == 0 ? 0 : ends[number - 1];
  return {cells.begin() + begin, cells.begin() + ends[number]};
}

PlacedFile write_manifest(SweepManifest const& manifest, fs::path const& folder, int number) {
  H5Quiet const quiet;
  return place_file(manifest_path(folder, number), ManifestWriter(manifest).write());
}

int newest_manifest(fs::path const& folder) {
  int newest = 0;
  std::error_code problem;
  for (auto entry = fs::directory_iterator(folder, problem); !problem && entry != fs::directory_iterator();
       entry.increment(problem)) {
    std::string const name = entry->path().filename().string();
    if (!name.starts_with(manifest_prefix) || !name.ends_with(".h5")) continue;
    std::string const digits = name.substr(manifest_prefix.size(), name.size() - manifest_prefix.size() - 3);
    bool const plain =
        !digits.empty() && std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    auto const number =
        plain ? parse_integer(digits.substr(std::min(digits.find_first_not_of('0'), digits.size() - 1))) : std::nullopt;
    if (number && *number < 1'000'000) newest = std::max(newest, static_cast<int>(*number));
  }
  bool const none = problem == std::errc::no_such_file_or_directory || problem == std::errc::not_a_directory;
  if (problem && !none)
    throw Error(Complaint{"the folder cannot be read: " + problem.message(), {folder.string(), 0, 0}, {}},
                Fault::failure);
  return newest;
}

SweepManifest read_manifest(fs::path const& folder, int number) {
  fs::path const file = manifest_path(folder, number);
  return read_sealed(file, expected_manifest, [&] { return ManifestReader(file).read(); });
}

fs::path block_path(fs::path const& folder, std::int64_t number) {
  return folder / fmt::format("block-{:06}.h5", number);
}

}  // namespace hansa
