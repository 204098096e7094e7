/// Reads and poses scenarios beside the first.
#include "cli/fit_rivals.hpp"

#include <algorithm>

#include "cli/lines.hpp"

namespace hansa::cli {

Rivals read_rivals(std::vector<std::string> const& files, std::string const& first,
                   std::vector<std::string> const& settings, int threads) {
  Rivals result;
  Complaints complaints;
  for (std::size_t k = 0; k < files.size(); ++k) {
    auto const here = files.begin() + static_cast<std::ptrdiff_t>(k);
    if (files[k] == first || std::find(files.begin(), here, files[k]) != here) {
      complaints.add("'" + files[k] + "' is named twice", {"hansa fit"}, "name each scenario that is compared once");
      continue;
    }
    try {
      result.questions.push_back(read_question(files[k], {.settings = settings, .threads = threads}));
      print_warnings(result.questions.back().warnings);
    } catch (Error const& error) {
      if (error.fault() != Fault::input) throw;
      for (Complaint const& each : error.complaints()) complaints.add(each.problem, each.where, each.mend);
      continue;
    }
    Question const& question = result.questions.back();
    result.posed.push_back(pose_fit(*question.scenario, *question.world, standard_catalogue(), complaints));
    if (result.posed.back().spec.imputations > 0) {
      complaints.add("it draws imputations, and what is compared has one likelihood", result.posed.back().spec.where,
                     "compare with --set fit.imputations=0");
    }
    result.rivals.push_back({files[k], {files[k]}, nullptr});
  }
  complaints.throw_if_any();
  for (std::size_t k = 0; k < result.rivals.size(); ++k) result.rivals[k].question = &result.posed[k];
  return result;
}

}  // namespace hansa::cli
