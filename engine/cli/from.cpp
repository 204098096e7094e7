/// The words of commands that run from a fit.
#include "cli/from.hpp"

#include <CLI/App.hpp>
#include <fmt/format.h>

#include "cli/lines.hpp"

namespace hansa::cli {

void add_from_words(CLI::App& command, FromWords& words) {
  command
      .add_option(
          "--from", words.from,
          "a file of hansa fit or calibrate: its estimates replace the scenario's numbers; --set goes before them")
      ->type_name("FIT.h5");
  command.add_flag(
      "--draw", words.draw,
      "with --from: parameters are drawn from the distribution of the estimates; run: for each replicate, compare: "
      "for some together, the same in all scenarios");
}

void take_estimates(FromWords const& words, ReadOptions& into) {
  require(!words.draw || words.from.has_value(), "there is nothing to draw from", {"--draw"},
          "--from FIT.h5 was expected beside it");
  if (!words.from) return;
  require(!words.from->empty(), "an empty text is out of place", {"--from"},
          "a file of hansa fit or hansa calibrate was expected");
  into.from = *words.from;
  if (words.draw) into.estimates = EstimatesAre::drawn;
}

void tell_redrawn(Outcome const& outcome, FromWords const& words) {
  if (outcome.redrawn == 0) return;
  print_warnings({{Complaint{fmt::format("{} draws had a parameter where it cannot be", outcome.redrawn),
                             {words.from.value_or("")},
                             "they were made again: the distribution is cut off there"}}});
}

}  // namespace hansa::cli
