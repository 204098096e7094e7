/// Reads a file of estimates back, and trusts none of it.
#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "io/fit_file.hpp"
#include "io/fit_layout.hpp"
#include "io/hdf5_read.hpp"
#include "io/sealed_file.hpp"

namespace hansa {

namespace {

constexpr char const* expected_fit = "a file that hansa fit wrote was expected";

class FitParts {
 public:
  explicit FitParts(std::filesystem::path const& file) : h5_(h5_open_file(file.string())) {}

  FitFile read() {
    if (!h5_has_attribute(h5_.id(), fit_file::contents) ||
        h5_read_text(h5_.id(), fit_file::contents) != fit_file::contents_word)
      h5_refuse("holds no estimates");
    FitFile file;
    file.scenario_text = h5_read_text(h5_.id(), "scenario");
    file.input_sha256 = h5_read_text(h5_.id(), "input_sha256");
    file.world_sha256 = h5_read_text(h5_.id(), "world_sha256");
    file.engine_version = h5_read_text(h5_.id(), "engine_version");
    read_axes(file);
    read_estimates(file);
    read_covariance(
        fit_file::covariance, file, [](FitRecord & fit) -> auto& { return fit.estimates.covariance; });
    check_covariances(file);
    if (h5_has(h5_.id(), fit_file::model_covariance)) read_model_covariance(file);
    if (h5_has(h5_.id(), fit_file::logarithmic)) read_scales(file);
    if (h5_has(h5_.id(), fit_file::particle_weight)) read_particles(file);
    if (h5_has(h5_.id(), fit_file::path)) read_paths(file);
    if (h5_has(h5_.id(), fit_file::group_path)) read_groups(file);
    if (h5_has(h5_.id(), fit_file::input)) read_inputs(file);
    read_facts(file);
    return file;
  }

 private:
  [[nodiscard]] H5Variable variable(char const* name, std::vector<hsize_t> const& lengths) const {
    H5Variable found(h5_.id(), name);
    if (found.lengths != lengths)
      h5_refuse(fmt::format("the variable '{}' does not have the lengths of its dimensions", name));
    return found;
  }
  /// A list that is no longer than the bound.
  [[nodiscard]] H5Variable list(char const* name) const {
    H5Variable found(h5_.id(), name);
    if (found.lengths.size() != 1) h5_refuse(fmt::format("the variable '{}' is no list", name));
    if (found.lengths[0] > 10 * most_estimates) h5_refuse(fmt::format("the variable '{}' is too long", name));
    return found;
  }

  void read_axes(FitFile& file) {
    std::vector<std::string> const names = h5_read_texts(list(fit_file::fit));
    if (names.empty()) h5_refuse("holds no fit");
    if (std::set<std::string>(names.begin(), names.end()).size() < names.size()) h5_refuse("names a fit twice");
    std::vector<std::string> const links = h5_read_texts(variable(fit_file::link, {names.size()}));
    file.fits.resize(names.size());
    for (std::size_t k = 0; k < names.size(); ++k) {
      file.fits[k].estimates.name = names[k];
      file.fits[k].estimates.link = links[k];
    }
  }

  void read_estimates(FitFile& file) {
    H5Variable const values = list(fit_file::estimate);
    count_ = values.lengths[0];
    if (count_ == 0 || count_ > most_estimates) h5_refuse(fmt::format("has {} estimates", count_));
    std::vector<double> const estimates = h5_read_rows<double>(values, 0, count_);
    fit_of_ = h5_read_rows<std::int32_t>(variable(fit_file::fit_of, {count_}), 0, count_);
    std::vector<std::string> const terms = h5_read_texts(variable(fit_file::term, {count_}));
    for (std::size_t k = 0; k < count_; ++k) {
      bool const in_order = fit_of_[k] >= (k > 0 ? fit_of_[k - 1] : 0);
      if (!in_order || static_cast<std::size_t>(fit_of_[k]) >= file.fits.size())
        h5_refuse(fmt::format("the variable '{}' does not number the fits in order", fit_file::fit_of));
      if (!std::isfinite(estimates[k])) h5_refuse(fmt::format("the estimate of '{}' is not finite", terms[k]));
      Estimates& into = file.fits[static_cast<std::size_t>(fit_of_[k])].estimates;
      into.terms.push_back(terms[k]);
      into.values.push_back(estimates[k]);
    }
    for (FitRecord& fit : file.fits) {
      fit.estimates.paths.resize(fit.estimates.values.size());
      widest_ = std::max(widest_, fit.estimates.values.size());
    }
  }

  void read_covariance(char const* name, FitFile& file, std::vector<double>& (*matrix)(FitRecord&)) {
    H5Variable const rows = variable(name, {count_, widest_});
    if (count_ * widest_ > most_covariances) h5_refuse(fmt::format("the variable '{}' is too large", name));
    std::vector<double> const values = h5_read_rows<double>(rows, 0, count_);
    for (std::size_t k = 0; k < count_; ++k) {
      FitRecord& fit = file.fits[static_cast<std::size_t>(fit_of_[k])];
      auto const first = values.begin() + static_cast<std::ptrdiff_t>(k * widest_);
      matrix(fit).insert(matrix(fit).end(), first, first + static_cast<std::ptrdiff_t>(fit.estimates.values.size()));
    }
  }

  /// Only of fits whose errors are others.
  void read_model_covariance(FitFile& file) {
    read_covariance(
        fit_file::model_covariance, file, [](FitRecord & fit) -> auto& { return fit.model_covariance; });
    for (FitRecord& fit : file.fits) {
      bool const none = std::any_of(fit.model_covariance.begin(), fit.model_covariance.end(),
                                    [](double value) { return !std::isfinite(value); });
      if (none) fit.model_covariance.clear();
    }
  }

  /// Finite and symmetric. Errors clustered in two ways need not be a variance (Cameron, Gelbach & Miller 2011).
  static void check_covariances(FitFile const& file) {
    for (FitRecord const& fit : file.fits) {
      std::size_t const count = fit.estimates.values.size();
      std::vector<double> const& matrix = fit.estimates.covariance;
      for (std::size_t k = 0; k < count; ++k) {
        for (std::size_t j = 0; j <= k; ++j) {
          double const one = matrix[k * count + j], other = matrix[j * count + k];
          double const size = std::sqrt(std::fabs(matrix[k * count + k]) * std::fabs(matrix[j * count + j]));
          bool const sound =
              std::isfinite(one) && std::isfinite(other) && std::fabs(one - other) <= 1e-9 * (size + std::fabs(one));
          if (!sound)
            h5_refuse(
                fmt::format("the covariance of '{}' and '{}' is none", fit.estimates.terms[k], fit.estimates.terms[j]));
        }
      }
    }
  }

  void read_scales(FitFile& file) {
    std::vector<std::int32_t> const logarithmic =
        h5_read_rows<std::int32_t>(variable(fit_file::logarithmic, {count_}), 0, count_);
    std::vector<double> const least = h5_read_rows<double>(variable(fit_file::least, {count_}), 0, count_);
    std::vector<double> const most = h5_read_rows<double>(variable(fit_file::most, {count_}), 0, count_);
    for (std::size_t k = 0; k < count_; ++k) {
      Estimates& into = file.fits[static_cast<std::size_t>(fit_of_[k])].estimates;
      std::size_t const own = into.scales.size();
      double const value = into.values[own];
      bool const sound = least[k] <= value && value <= most[k] && (logarithmic[k] == 0 || value > 0);
      if (!sound) h5_refuse(fmt::format("the estimate of '{}' is beyond its own range", into.terms[own]));
      into.scales.push_back({logarithmic[k] != 0, least[k], most[k]});
    }
  }

  void read_particles(FitFile& file) {
    H5Variable const weight = list(fit_file::particle_weight);
    std::size_t const size = weight.lengths[0];
    if (size == 0 || size * count_ > most_covariances) h5_refuse(fmt::format("has {} particles", size));
    std::vector<double> const weights = h5_read_rows<double>(weight, 0, size);
    double sum = 0;
    for (double const each : weights) {
      if (!(each >= 0)) h5_refuse("has a particle whose weight is none");
      sum += each;
    }
    if (!(std::fabs(sum - 1) < 1e-6)) h5_refuse("has particles whose weights do not add up to 1");
    H5Variable const table = variable(fit_file::particle_value, {count_, size});
    std::vector<double> const values = h5_read_rows<double>(table, 0, count_);
    for (FitRecord& fit : file.fits) {
      fit.estimates.weights = weights;
      fit.estimates.particles.resize(size * fit.estimates.values.size());
    }
    std::vector<std::size_t> own(file.fits.size(), 0);
    for (std::size_t k = 0; k < count_; ++k) {
      auto const fit = static_cast<std::size_t>(fit_of_[k]);
      Estimates& into = file.fits[fit].estimates;
      for (std::size_t i = 0; i < size; ++i) {
        if (!std::isfinite(values[k * size + i])) h5_refuse("has a particle that is not finite");
        into.particles[i * into.values.size() + own[fit]] = values[k * size + i];
      }
      ++own[fit];
    }
  }

  void read_paths(FitFile& file) {
    H5Variable const texts = list(fit_file::path);
    std::vector<std::string> const paths = h5_read_texts(texts);
    std::vector<std::int32_t> const by =
        h5_read_rows<std::int32_t>(variable(fit_file::replaced_by, {paths.size()}), 0, paths.size());
    std::vector<std::size_t> first(file.fits.size(), 0);  // number of each fit's first estimate
    for (std::size_t k = 1; k < first.size(); ++k) first[k] = first[k - 1] + file.fits[k - 1].estimates.values.size();
    for (std::size_t k = 0; k < paths.size(); ++k) {
      if (by[k] < 0 || static_cast<std::size_t>(by[k]) >= count_)
        h5_refuse(fmt::format("the path '{}' is replaced by no estimate", paths[k]));
      auto const fit = static_cast<std::size_t>(fit_of_[static_cast<std::size_t>(by[k])]);
      file.fits[fit].estimates.paths[static_cast<std::size_t>(by[k]) - first[fit]].push_back(paths[k]);
    }
  }

  void read_groups(FitFile& file) {
    std::vector<std::string> const paths = h5_read_texts(list(fit_file::group_path));
    std::size_t const size = paths.size();
    auto const of = h5_read_rows<std::int32_t>(variable(fit_file::group_of, {size}), 0, size);
    auto const reference = h5_read_rows<std::int32_t>(variable(fit_file::reference, {size}), 0, size);
    for (std::size_t k = 0; k < size; ++k) {
      if (of[k] < 0 || static_cast<std::size_t>(of[k]) >= file.fits.size())
        h5_refuse(fmt::format("the group '{}' is of no fit", paths[k]));
      file.fits[static_cast<std::size_t>(of[k])].estimates.groups.push_back(
          {paths[k], reference[k] != 0 ? UnestimatedGroup::Why::reference : UnestimatedGroup::Why::no_event});
    }
  }

  void read_inputs(FitFile& file) {
    std::vector<std::string> const names = h5_read_texts(list(fit_file::input));
    std::size_t const size = names.size();
    std::vector<std::string> const digests = h5_read_texts(variable(fit_file::input_digest, {size}));
    auto const changes = h5_read_rows<std::int32_t>(variable(fit_file::input_changes, {size}), 0, size);
    for (std::size_t k = 0; k < size; ++k) {
      if (!file.inputs.emplace(names[k], InputDigest{digests[k], changes[k] != 0}).second)
        h5_refuse(fmt::format("names the input '{}' twice", names[k]));
    }
  }

  void read_facts(FitFile& file) {
    std::string const names = h5_read_text(h5_.id(), fit_file::facts);
    for (std::size_t at = 0; at < names.size();) {
      std::size_t const end = std::min(names.find(' ', at), names.size());
      std::string const name = names.substr(at, end - at);
      at = end + 1;
      H5Variable const found = variable(name.c_str(), {file.fits.size()});
      if (found.held == Held::texts) {
        std::vector<std::string> const texts = h5_read_texts(found);
        for (std::size_t k = 0; k < texts.size(); ++k) file.fits[k].facts.emplace_back(name, texts[k]);
      } else {
        std::vector<double> const numbers = h5_read_rows<double>(found, 0, file.fits.size());
        for (std::size_t k = 0; k < numbers.size(); ++k) file.fits[k].facts.emplace_back(name, numbers[k]);
      }
    }
  }

  H5File h5_;
  hsize_t count_ = 0;       ///< estimates
  std::size_t widest_ = 0;  ///< most of one fit
  std::vector<std::int32_t> fit_of_;
};

}  // namespace

FitFile read_fit_file(std::filesystem::path const& file) {
  return read_sealed(file, expected_fit, [&] { return FitParts(file).read(); });
}

}  // namespace hansa
