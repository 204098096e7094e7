/// Reads what is known of pairs of cities, covariate by covariate.
#include "scenario/read_dyads.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "scenario/fields.hpp"
#include "scenario/read_words.hpp"

namespace hansa {

namespace {

DyadCovariate::Form form_of_words(std::string const& word) {
  if (word == "log" || word == "log_km") return DyadCovariate::Form::logarithm;
  return word == "square" ? DyadCovariate::Form::square : DyadCovariate::Form::plain;
}

std::optional<DyadCovariate> read_covariate(Item const& item, Reading& reading) {
  using Of = DyadCovariate::Of;
  std::size_t const before = reading.complaints.size();
  (void)check_name(item, reading);
  Parameters const read = read_section(item, fields::dyad_covariate, reading);
  auto const one = exactly_one(item, fields::dyad_covariate_kinds, reading);
  if (!one || reading.complaints.size() > before) return std::nullopt;
  DyadCovariate made{item.key, item.where, chosen<Of>(one->key, fields::dyad_covariate_kinds), {}, {}};
  if (made.of == Of::distance || made.of == Of::time)
    made.form = form_of_words(read.text(one->key));
  else
    made.what = read.reference(one->key);
  if (made.name == "baseline")
    reading.complaints.add("'baseline' is the name of the constant of a fit", item.where, "another name was expected");
  return made;
}

}  // namespace

DyadSpec read_dyads(Item const& item, Parameters const& read, Reading& reading) {
  DyadSpec spec;
  spec.where = item.where;
  if (item.node->form != Node::Form::map) return spec;
  if (auto const covariates = child(item, "covariates")) {
    std::vector<Item> const entries = entries_of(*covariates, "a map from names to covariates", reading);
    if (entries.empty() && covariates->node->form == Node::Form::map)
      reading.complaints.add("'covariates' is empty", covariates->where, "at least one was expected");
    for (Item const& each : entries)
      if (auto made = read_covariate(each, reading)) spec.covariates.push_back(*std::move(made));
  }
  std::ranges::sort(spec.covariates, {}, &DyadCovariate::name);
  spec.leaders = optional_reference(read, "dyads.leaders");
  if (read.has("dyads.risk_set")) spec.risk = chosen<DyadRisk>(read.text("dyads.risk_set"), fields::dyad_risk_choices);
  if (auto const words = child(item, "cluster"))
    spec.clusters = read_words<DyadCluster>(*words, fields::dyad_cluster_choices, reading);
  return spec;
}

}  // namespace hansa
