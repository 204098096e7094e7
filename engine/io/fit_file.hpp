/// The file of estimates: HDF5 that is also valid netCDF-4, sealed like a result file. README.md in this folder
/// describes its contents.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "io/part_file.hpp"
#include "io/result_file.hpp"
#include "record/estimates.hpp"
#include "world/input_digests.hpp"

namespace hansa {

class NetcdfFile;

/// What a fit says of itself besides its estimates: `log_likelihood`, `events`, `information`. NaN or an empty text:
/// not known of this fit. The name is that of a variable: letters, digits and `_`, none of the file's own.
using FitFact = std::pair<std::string, std::variant<double, std::string>>;

struct FitRecord {
  Estimates estimates;
  std::vector<double> model_covariance = {};  ///< K × K, the inverse of the information, where the errors that the fit
                                              ///< reports are others; else empty
  std::vector<FitFact> facts = {};            ///< a name has the same kind of value in all fits
};

struct FitFileOptions {
  std::filesystem::path file;
  Overwrite overwrite = Overwrite::no;
  Reproducible reproducible = Reproducible::no;
  std::string title;
  std::string scenario_text;                         ///< the resolved scenario as YAML
  std::map<std::string, std::string> input_digests;  ///< file as given -> SHA-256: the fingerprint of the data
  std::string world_sha256;
  InputDigests inputs = {};                    ///< of that world, part by part
  std::function<void(NetcdfFile&)> more = {};  ///< writes what else the file has; may be empty
};

/// Most estimates in a file, and most numbers in its covariance.
inline constexpr std::size_t most_estimates = 100'000;
inline constexpr std::size_t most_covariances = 20'000'000;

/// Writes FILE.part, seals it and renames it. Estimates have finite values; a fit without any is kept with its facts.
/// Errors: as ResultFile; Fault::failure also where no fit has an estimate, or there are more than most_estimates. On
/// error nothing is left.
void write_fit_file(std::span<FitRecord const> fits, FitFileOptions const& options);

struct FitFile {
  std::vector<FitRecord> fits;
  std::string scenario_text;
  std::string input_sha256;  ///< a line per file, as `sha256sum` prints it
  std::string world_sha256;
  std::string engine_version;
  InputDigests inputs = {};  ///< empty: an older version wrote the file, as one without groups
};

/// Reads a file of estimates back. Error (Fault::input) with the file's name where it is none, is not as it was
/// written, or its parts do not fit together: labels that repeat, numbers that are not finite, a covariance that is
/// none.
[[nodiscard]] FitFile read_fit_file(std::filesystem::path const& file);

}  // namespace hansa
