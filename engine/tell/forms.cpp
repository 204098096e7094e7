/// The tables.
#include "tell/forms.hpp"

#include <algorithm>
#include <iterator>

#include "scenario/fields.hpp"

namespace hansa {

namespace {

constexpr Form forms[] = {
    {"scenario", "sources", Holds::origins},
    {"scenario", "networks", Holds::sections, "network", fields::network},
    {"scenario", "policies", Holds::sections, "policy", fields::policy},
    {"scenario", "interventions", Holds::items, "intervention", fields::intervention},
    {"scenario", "fit", Holds::section, "fit", fields::fit},
    {"fit", "cluster", Holds::words, "cluster", {}, fields::cluster_choices},
    {"fit", "fixed_effects", Holds::words, "fixed_effects", {}, fields::fixed_effect_choices},
    {"fit", "hypotheses", Holds::text_lists},
    {"scenario", "sweep", Holds::section, "sweep", fields::sweep},
    {"sweep", "design", Holds::words_or_section, "design", fields::design, fields::bare_designs},
    {"sweep", "parameters", Holds::sections, "distribution", fields::distribution},
    {"sweep", "measures", Holds::measures},
    {"scenario", "calibrate", Holds::section, "calibrate", fields::calibrate},
    {"calibrate", "parameters", Holds::sections, "distribution", fields::distribution},
    {"calibrate", "summaries", Holds::words_or_sections, "summary", fields::summary, fields::bare_summaries},
    {"calibrate", "hypotheses", Holds::text_lists},
    {"scenario", "power", Holds::section, "power", fields::power},
    {"power", "effects", Holds::number_lists},
    {"dyads", "covariates", Holds::sections, "dyad_covariate", fields::dyad_covariate},
    {"dyads", "cluster", Holds::words, "cluster", {}, fields::dyad_cluster_choices},
    {"scenario", "stats", Holds::sections, "statistic", fields::statistic},
    {"statistic", "exposure", Holds::section, "exposure_statistic", fields::exposure_statistic},
    {"statistic", "threshold", Holds::section, "threshold_statistic", fields::threshold_statistic},
    {"statistic", "infection", Holds::section, "following_statistic", fields::following_statistic},
    {"statistic", "susceptibility", Holds::section, "following_statistic", fields::following_statistic},
    {"statistic", "moran", Holds::section, "moran_statistic", fields::moran_statistic},
    {"statistic", "classes", Holds::section, "classes_statistic", fields::classes_statistic},
    {"statistic", "curve", Holds::section, "curve_statistic", fields::curve_statistic},
    {"statistic", "bass", Holds::section, "bass_statistic"},
    {"statistic", "survival", Holds::section, "survival_statistic"},
    {"following_statistic", "discount", Holds::number_or_word, "discount", {}, fields::discount_words},
    {"measure", "share", Holds::section, "part", fields::part},
    {"measure", "time_to", Holds::number_or_section, "part", fields::part},
    {"measure", "peak", Holds::section, "part", fields::part},
    {"measure", "peak_time", Holds::section, "part", fields::part},
    {"measure", "spending", Holds::section, "part", fields::part},
    {"measure", "population_covered", Holds::section, "part", fields::part},
    {"measure", "of", Holds::measure},
    {"measure", "difference", Holds::measure},
    {"part", "where", Holds::conditions},
    {"cities", "attributes", Holds::sections, "derived", fields::derived},
    {"collaborations", "properties", Holds::sections, "collaboration", fields::collaboration},
    {"pledge", "needs", Holds::number_or_section, "needs", fields::needs},
    {"stochastic_block", "probability", Holds::number_tables},
    {"policy", "baseline", Holds::number_or_section, "baseline", fields::chance},
    {"policy", "attributes", Holds::effects},
    {"policy", "trend", Holds::words_or_section, "trend", fields::trend, fields::bare_trends},
    {"policy", "threshold", Holds::number_or_section, "threshold", fields::threshold},
    {"policy", "adopters", Holds::selector_or_section, "adopters", fields::adopters},
    {"policy", "mechanisms", Holds::mechanisms, "mechanism", fields::mechanism},
    {"mechanism", "strength_by", Holds::numbers},
    {"merit", "attributes", Holds::numbers},
    {"intervention", "set", Holds::settings},
    {"trend", "polynomial", Holds::coefficients},
    {"trend", "periods", Holds::labelled_numbers},
    {"selector", "where", Holds::conditions},
    {"selector", "or", Holds::selectors},
    {"selector", "and", Holds::selectors},
    {"selector", "by", Holds::text_or_section, "centrality", fields::centrality},
};

/// Either the keys named, or all but these.
struct Choice {
  enum class Of { these, others };
  std::string_view section;
  Of of;
  std::string_view keys[5];
};

constexpr Choice choices[] = {
    {"cities", Choice::Of::these, {"file", "generate"}},
    {"derived", Choice::Of::these, {"of", "log", "bins"}},
    {"network", Choice::Of::others, {"directed", "weight", "ties", "redraw", "dynamics"}},
    {"erdos_renyi", Choice::Of::others, {}},
    {"within", Choice::Of::these, {"km", "distance"}},
    {"weight", Choice::Of::others, {}},
    {"trend", Choice::Of::others, {}},
    {"threshold", Choice::Of::others, {}},
    {"shape", Choice::Of::others, {}},
    {"pool", Choice::Of::others, {}},
    {"selector", Choice::Of::others, {"by", "among", "network"}},
    {"exposure", Choice::Of::these, {"network", "pool"}},
    {"competition", Choice::Of::these, {"network", "pool"}},
    {"scale", Choice::Of::these, {"progress_ratio", "shared"}},
    {"only", Choice::Of::others, {}},
    {"design", Choice::Of::others, {"second_order", "levels", "plan"}},
    {"distribution", Choice::Of::others, {}},
    {"summary", Choice::Of::others, {}},
    {"statistic", Choice::Of::others, {}},
    {"dyad_covariate", Choice::Of::others, {}},
    {"measure", Choice::Of::others, {"by", "to", "name"}},
    {"intervention", Choice::Of::others, {"at", "until", "name", "cost"}},
};

constexpr Companion all_companions[] = {
    {"cities", "coordinates", "generate", "generate", Need::optional},
    {"derived", "at", "bins", "bins", Need::required},
    {"derived", "labels", "bins", "bins", Need::required},
    {"derived", "standardize", "of", "log", Need::optional},
    {"within", "on", "distance", "distance", Need::optional},
    {"design", "second_order", "saltelli", "saltelli", Need::optional},
    {"design", "levels", "morris", "morris", Need::optional},
    {"design", "plan", "morris", "morris", Need::optional},
    {"measure", "by", "of", "of", Need::required},
    {"measure", "to", "difference", "difference", Need::required},
    {"selector", "by", "top", "top", Need::required},
    {"selector", "among", "top", "random", Need::optional},
    {"selector", "network", "neighbours", "neighbours", Need::required},
};

/// Interventions that happen in one step.
constexpr std::string_view once[] = {"seed", "join", "leave", "dissolve", "add_ties", "remove_ties"};
constexpr std::string_view ties[] = {"sources", "targets", "weight"};

constexpr Stranger all_strangers[] = {
    {"intervention", "until", once},
    {"add_ties", "file", ties},
    {"remove_ties", "file", std::span(ties).first<2>()},
};

}  // namespace

Form form_of(std::string_view section, std::string_view key) noexcept {
  auto const* found = std::find_if(std::begin(forms), std::end(forms),
                                   [&](Form const& each) { return each.section == section && each.key == key; });
  return found == std::end(forms) ? Form{section, key, Holds::anything} : *found;
}

std::vector<std::string_view> alternatives_in(std::string_view section, std::span<Field const> fields) {
  std::vector<std::string_view> keys;
  auto const* choice =
      std::find_if(std::begin(choices), std::end(choices), [&](Choice const& each) { return each.section == section; });
  if (choice == std::end(choices)) return keys;
  for (Field const& field : fields) {
    bool const named =
        std::find(std::begin(choice->keys), std::end(choice->keys), field.name) != std::end(choice->keys);
    if (named == (choice->of == Choice::Of::these)) keys.push_back(field.name);
  }
  return keys;
}

std::span<Stranger const> strangers() noexcept {
  return all_strangers;
}

std::span<Companion const> companions() noexcept {
  return all_companions;
}

}  // namespace hansa
