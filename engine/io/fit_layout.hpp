/// The names in a file of estimates.
#pragma once

#include <algorithm>
#include <iterator>
#include <string_view>

namespace hansa::fit_file {

inline constexpr char const* fit = "fit";                            ///< dimension, with labels
inline constexpr char const* estimate_label = "coefficient";         ///< dimension, with labels "FIT.TERM"
inline constexpr char const* position = "position";                  ///< dimension: the estimates of one fit
inline constexpr char const* replacement = "replacement";            ///< dimension
inline constexpr char const* link = "link";                          ///< (fit)
inline constexpr char const* term = "term";                          ///< (coefficient)
inline constexpr char const* fit_of = "fit_of";                      ///< (coefficient)
inline constexpr char const* estimate = "estimate";                  ///< (coefficient)
inline constexpr char const* error = "standard_error";               ///< (coefficient)
inline constexpr char const* covariance = "covariance";              ///< (coefficient, position)
inline constexpr char const* model_covariance = "covariance_model";  ///< the same
inline constexpr char const* logarithmic = "drawn_in_logarithms";    ///< (coefficient): 1 or 0
inline constexpr char const* least = "lowest";                       ///< (coefficient)
inline constexpr char const* most = "highest";                       ///< (coefficient)
inline constexpr char const* path = "replaced_path";                 ///< (replacement)
inline constexpr char const* replaced_by = "replaced_by";            ///< (replacement)

inline constexpr char const* particle = "particle";                ///< dimension
inline constexpr char const* particle_value = "particle_value";    ///< (coefficient, particle)
inline constexpr char const* particle_weight = "particle_weight";  ///< (particle)

inline constexpr char const* group = "group";                   ///< dimension
inline constexpr char const* group_path = "group_path";         ///< (group)
inline constexpr char const* group_of = "group_of";             ///< (group): number of the fit
inline constexpr char const* reference = "group_is_reference";  ///< (group): 1 or 0
inline constexpr char const* input = "input";                   ///< dimension, with labels
inline constexpr char const* input_digest = "input_digest";     ///< (input)
inline constexpr char const* input_changes = "input_changes";   ///< (input): 1 or 0

inline constexpr char const* facts = "facts";        ///< attribute: names of further variables along `fit`
inline constexpr char const* contents = "contents";  ///< attribute, always this word:
inline constexpr char const* contents_word = "estimates";

/// Whether a variable or dimension of the file itself has this name.
inline bool is_own(std::string_view name) {
  constexpr std::string_view own[] = {
      fit,   estimate_label, position,         replacement, link,        term,         fit_of,       estimate,
      error, covariance,     model_covariance, path,        replaced_by, logarithmic,  least,        most,
      particle, particle_value, particle_weight, group, group_path,     group_of,         reference,   input,       input_digest, input_changes};
  return std::find(std::begin(own), std::end(own), name) != std::end(own);
}

}  // namespace hansa::fit_file
