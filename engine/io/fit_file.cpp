/// Writes the file of estimates.
#include "io/fit_file.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <limits>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/names.hpp"
#include "io/fit_layout.hpp"
#include "io/netcdf.hpp"
#include "io/result_attributes.hpp"
#include "io/sealed_netcdf.hpp"

namespace hansa {

namespace {

/// All fits one after the other.
struct Columns {
  std::vector<std::string> fits, links, labels, terms, paths;
  std::vector<std::int32_t> fit_of, replaced_by;
  std::vector<double> values, errors;
  std::size_t widest = 0;  ///< most estimates of a fit
};

Columns columns_of(std::span<FitRecord const> fits) {
  Columns all;
  for (FitRecord const& fit : fits) {
    Estimates const& from = fit.estimates;
    std::size_t const count = from.values.size();
    assert(from.terms.size() == count && from.paths.size() == count && from.covariance.size() == count * count);
    assert(fit.model_covariance.empty() || fit.model_covariance.size() == count * count);
    for (std::size_t k = 0; k < count; ++k) {
      for (std::string const& path : from.paths[k]) {
        all.paths.push_back(path);
        all.replaced_by.push_back(static_cast<std::int32_t>(all.values.size()));
      }
      all.fit_of.push_back(static_cast<std::int32_t>(all.fits.size()));
      all.labels.push_back(from.name + "." + from.terms[k]);
      all.terms.push_back(from.terms[k]);
      all.values.push_back(from.values[k]);
      all.errors.push_back(std::sqrt(from.covariance[k * count + k]));
    }
    all.fits.push_back(from.name);
    all.links.push_back(from.link);
    all.widest = std::max(all.widest, count);
  }
  return all;
}

/// Rows of the fits' matrices below one another, each filled up to the widest.
std::vector<double> stacked(std::span<FitRecord const> fits, std::size_t widest,
                            std::vector<double> const& (*matrix)(FitRecord const&)) {
  std::vector<double> rows;
  for (FitRecord const& fit : fits) {
    std::size_t const count = fit.estimates.values.size();
    std::vector<double> const& from = matrix(fit);
    for (std::size_t k = 0; k < count; ++k) {
      for (std::size_t j = 0; j < widest; ++j)
        rows.push_back(j < count && !from.empty() ? from[k * count + j] : no_number);
    }
  }
  return rows;
}

class Writer {
 public:
  Writer(NetcdfFile& file, std::span<FitRecord const> fits) : file_(file), fits_(fits), all_(columns_of(fits)) {}

  void write() {
    describe(file_.labels(fit_file::fit, all_.fits), "fits: policies, or policies pooled");
    describe(file_.labels(fit_file::estimate_label, all_.labels), "fit and term");
    file_.dimension(fit_file::position, all_.widest);
    describe(file_.texts(fit_file::link, {fit_file::fit}, all_.links), "how pressure turns into a chance");
    describe(file_.texts(fit_file::term, {fit_file::estimate_label}, all_.terms), "name of the term");
    write_whole(fit_file::fit_of, fit_file::estimate_label, all_.fit_of, "number of the fit, from 0");
    write_numbers(fit_file::estimate, {fit_file::estimate_label}, all_.values, "estimate");
    write_numbers(fit_file::error, {fit_file::estimate_label}, all_.errors, "standard error");
    write_matrix(fit_file::covariance, "of the estimates of a fit, in their order: of the errors reported",
                 [](FitRecord const& fit) -> std::vector<double> const& { return fit.estimates.covariance; });
    if (std::any_of(fits_.begin(), fits_.end(), [](FitRecord const& fit) { return !fit.model_covariance.empty(); }))
      write_matrix(fit_file::model_covariance, "inverse of the information",
                   [](FitRecord const& fit) -> std::vector<double> const& { return fit.model_covariance; });
    write_scales();
    write_particles();
    write_paths();
    write_groups();
    write_facts();
  }

  /// The parts of the world that the fits are of.
  void write_inputs(InputDigests const& inputs) {
    if (inputs.empty()) return;
    std::vector<std::string> names, digests;
    std::vector<std::int32_t> changes;
    for (auto const& [name, each] : inputs) {
      names.push_back(name);
      digests.push_back(each.sha256);
      changes.push_back(each.changes ? 1 : 0);
    }
    describe(file_.labels(fit_file::input, names), "cities, attributes, networks and collaborations");
    describe(file_.texts(fit_file::input_digest, {fit_file::input}, digests), "SHA-256 of what was fitted");
    write_whole(fit_file::input_changes, fit_file::input, changes, "1: it changes over time");
  }

 private:
  static void describe(H5Dataset variable, char const* words) {
    h5_set_text(variable.id(), "long_name", words);
    variable.close("cannot close a variable");
  }
  void write_whole(char const* name, char const* along, std::vector<std::int32_t> const& values, char const* words) {
    H5Dataset made = file_.variable<std::int32_t>(name, {along}, std::nullopt);
    file_.write<std::int32_t>(made, values);
    describe(std::move(made), words);
  }
  void write_numbers(std::string const& name, std::vector<std::string> const& along, std::vector<double> const& values,
                     char const* words) {
    H5Dataset made = file_.variable<double>(name, along, no_number);
    file_.write<double>(made, values);
    describe(std::move(made), words);
  }
  void write_matrix(char const* name, char const* words, std::vector<double> const& (*matrix)(FitRecord const&)) {
    write_numbers(name, {fit_file::estimate_label, fit_file::position}, stacked(fits_, all_.widest, matrix), words);
  }

  /// Of all fits, where some have any.
  void write_scales() {
    std::vector<std::int32_t> logarithmic;
    std::vector<double> least, most;
    bool any = false;
    for (FitRecord const& fit : fits_) {
      std::vector<DrawScale> scales = fit.estimates.scales;
      any = any || !scales.empty();
      scales.resize(fit.estimates.values.size());
      for (DrawScale const& each : scales) {
        logarithmic.push_back(each.logarithmic ? 1 : 0);
        least.push_back(each.least);
        most.push_back(each.most);
      }
    }
    if (!any) return;
    write_whole(fit_file::logarithmic, fit_file::estimate_label, logarithmic, "1: its logarithm is drawn as normal");
    write_numbers(fit_file::least, {fit_file::estimate_label}, least, "lowest value that a draw can have");
    write_numbers(fit_file::most, {fit_file::estimate_label}, most, "highest value that a draw can have");
  }

  /// Of all fits together: a row of each makes one draw.
  void write_particles() {
    std::size_t const count = fits_.empty() ? 0 : fits_.front().estimates.weights.size();
    if (count == 0) return;
    std::vector<double> values;
    for (FitRecord const& fit : fits_) {
      Estimates const& from = fit.estimates;
      assert(from.weights == fits_.front().estimates.weights);
      for (std::size_t k = 0; k < from.values.size(); ++k)
        for (std::size_t i = 0; i < count; ++i) values.push_back(from.particles[i * from.values.size() + k]);
    }
    file_.dimension(fit_file::particle, count);
    write_numbers(fit_file::particle_value, {fit_file::estimate_label, fit_file::particle}, values,
                  "draws from the posterior, by estimate");
    write_numbers(fit_file::particle_weight, {fit_file::particle}, fits_.front().estimates.weights,
                  "chance of each draw");
  }

  /// What the estimates stand for in the scenario.
  void write_paths() {
    if (all_.paths.empty()) return;
    file_.dimension(fit_file::replacement, all_.paths.size());
    describe(file_.texts(fit_file::path, {fit_file::replacement}, all_.paths), "path that an estimate replaces");
    write_whole(fit_file::replaced_by, fit_file::replacement, all_.replaced_by, "number of that estimate, from 0");
  }

  /// Periods and countries without an estimate.
  void write_groups() {
    std::vector<std::string> paths;
    std::vector<std::int32_t> of, reference;
    for (std::size_t k = 0; k < fits_.size(); ++k) {
      for (UnestimatedGroup const& each : fits_[k].estimates.groups) {
        paths.push_back(each.path);
        of.push_back(static_cast<std::int32_t>(k));
        reference.push_back(each.why == UnestimatedGroup::Why::reference ? 1 : 0);
      }
    }
    if (paths.empty()) return;
    file_.dimension(fit_file::group, paths.size());
    describe(file_.texts(fit_file::group_path, {fit_file::group}, paths), "path of a group without an estimate");
    write_whole(fit_file::group_of, fit_file::group, of, "number of its fit, from 0");
    write_whole(fit_file::reference, fit_file::group, reference, "1: others are compared with it; 0: without an event");
  }

  void write_facts() {
    std::vector<std::string> names;
    for (FitRecord const& fit : fits_) {
      for (FitFact const& fact : fit.facts) {
        assert(is_name(fact.first) && !fit_file::is_own(fact.first));
        if (std::find(names.begin(), names.end(), fact.first) == names.end()) names.push_back(fact.first);
      }
    }
    for (std::string const& name : names) write_fact(name);
    h5_set_text(file_.root(), fit_file::facts, fmt::format("{}", fmt::join(names, " ")));
  }

  void write_fact(std::string const& name) {
    std::vector<double> numbers(fits_.size(), no_number);
    std::vector<std::string> texts(fits_.size());
    bool is_text = false;
    for (std::size_t k = 0; k < fits_.size(); ++k) {
      for (auto const& [each, value] : fits_[k].facts) {
        if (each != name) continue;
        if (auto const* text = std::get_if<std::string>(&value)) {
          texts[k] = *text;
          is_text = true;
        } else {
          numbers[k] = std::get<double>(value);
        }
      }
    }
    if (is_text)
      file_.texts(name, {fit_file::fit}, texts).close("cannot close a variable");
    else
      write_numbers(name, {fit_file::fit}, numbers, name.c_str());
  }

  NetcdfFile& file_;
  std::span<FitRecord const> fits_;
  Columns all_;
};

/// Room for all of it, generously, so that a full disk shows before anything is written.
std::uint64_t bytes_of(std::span<FitRecord const> fits, FitFileOptions const& options) {
  std::uint64_t bytes = (std::uint64_t{1} << 17) + options.scenario_text.size() +
                        512 * (options.input_digests.size() + options.inputs.size());
  std::size_t widest = 0;
  for (FitRecord const& fit : fits) widest = std::max(widest, fit.estimates.values.size());
  for (FitRecord const& fit : fits) {
    for (UnestimatedGroup const& each : fit.estimates.groups) bytes += each.path.size() + 64;
    bytes += 8 * (fit.estimates.particles.size() + fit.estimates.weights.size());
    bytes += fit.estimates.values.size() * (2 * sizeof(double) * widest + 512) + 512 * fit.facts.size();
    for (auto const& paths : fit.estimates.paths)
      for (std::string const& path : paths) bytes += path.size() + 64;
  }
  return bytes;
}

void check_size(std::span<FitRecord const> fits, std::filesystem::path const& file) {
  std::size_t count = 0, widest = 0, particles = 0;
  for (FitRecord const& fit : fits) {
    particles = std::max(particles, fit.estimates.weights.size());
    count += fit.estimates.values.size();
    widest = std::max(widest, fit.estimates.values.size());
  }
  auto const refuse = [&](std::string problem) {
    throw Error(Complaint{std::move(problem), {file.string(), 0, 0}, "nothing was written"}, Fault::failure);
  };
  if (count == 0) refuse("there are no estimates to keep");
  if (count > most_estimates || count * std::max(widest, particles) > most_covariances)
    refuse(fmt::format("{} estimates are more than a file takes", count));
}

}  // namespace

void write_fit_file(std::span<FitRecord const> fits, FitFileOptions const& options) {
  check_size(fits, options.file);
  write_sealed(options.file, options.overwrite, bytes_of(fits, options), [&](NetcdfFile& file) {
    Writer writer(file, fits);
    writer.write();
    writer.write_inputs(options.inputs);
    write_origin(file, {options.title, options.scenario_text, options.input_digests, options.world_sha256,
                        options.reproducible});
    if (options.more) options.more(file);
    h5_set_text(file.root(), fit_file::contents, fit_file::contents_word);
  });
}

}  // namespace hansa
