/// Lays out what a calibration found.
#include "io/posterior_file.hpp"

#include <span>
#include <utility>

#include "io/hdf5_read.hpp"
#include "io/netcdf.hpp"
#include "io/sealed_file.hpp"

namespace hansa {

namespace {

constexpr char const* calibration_attribute = "calibration_sha256";

class PosteriorWriter {
 public:
  explicit PosteriorWriter(NetcdfFile& file) : file_(file) {}

  void write(PosteriorRecord const& record) {
    labels("parameter", record.parameters, "paths of parameters");
    labels("hypothesis", record.hypotheses, "which mechanisms act");
    labels("summary", record.summaries, "what is compared of histories");
    file_.dimension("generation", record.tolerance.size());
    file_.dimension("draw", record.weights.size());
    put<double>("draw_value", {"draw", "parameter"}, record.values, "parameters; missing: does not act", no_number);
    put<double>("draw_weight", {"draw"}, record.weights, "probability of the draw");
    put<double>("draw_distance", {"draw"}, record.distances, "smallest distance of its histories");
    put<std::int32_t>("draw_hypothesis", {"draw"}, record.hypothesis, "number of its hypothesis, from 0");
    put<double>("tolerance", {"generation"}, record.tolerance, "largest distance; the first is from the priors");
    put<double>("effective_size", {"generation"}, record.effective, "effective sample size");
    put<std::int64_t>("proposals", {"generation"}, record.proposals, "proposals until all particles were taken");
    put<std::int64_t>("failed_histories", {"generation"}, record.failed, "histories of these that failed");
    put<double>("hypothesis_probability", {"generation", "hypothesis"}, record.probability, "weight of its particles");
    put<double>("observed_summary", {"summary"}, record.observed, "of the observed history");
    put<double>("summary_scale", {"summary"}, record.scales, "standard deviation under the priors; 0: not compared");
    h5_set_text(file_.root(), calibration_attribute, record.name);
    h5_set_text(file_.root(), "ended", record.end);
  }

 private:
  static void close(H5Dataset variable, char const* words) {
    h5_set_text(variable.id(), "long_name", words);
    variable.close("cannot close a variable");
  }
  void labels(char const* name, std::vector<std::string> const& texts, char const* words) {
    close(file_.labels(name, std::span<std::string const>(texts)), words);
  }
  template <class T>
  void put(char const* name, std::vector<std::string> const& along, std::vector<T> const& values, char const* words,
           std::optional<T> fill = std::nullopt) {
    H5Dataset made = file_.variable<T>(name, along, fill);
    file_.write<T>(made, values);
    close(std::move(made), words);
  }

  NetcdfFile& file_;
};

}  // namespace

void add_posterior(NetcdfFile& file, PosteriorRecord const& record) {
  PosteriorWriter(file).write(record);
}

std::string calibration_in_file(std::filesystem::path const& file) {
  try {
    return read_sealed(file, "a file that hansa calibrate wrote was expected", [&] {
      H5File const h5 = h5_open_file(file.string());
      bool const is_one = h5_has_attribute(h5.id(), calibration_attribute);
      return is_one ? h5_read_text(h5.id(), calibration_attribute) : std::string();
    });
  } catch (Error const&) {
    return {};
  }
}

}  // namespace hansa
