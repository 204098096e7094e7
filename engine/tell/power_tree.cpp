/// A study of power as a tree.
#include <cmath>

#include "scenario/fields_power.hpp"
#include "tell/power_words.hpp"
#include "tell/tree.hpp"

namespace hansa {

namespace {

Node rate_tree(Rate const& rate) {
  return map_node({{"rate", number_node(rate.value())},
                   {"error", number_node(rate.error())},
                   {"lower", number_node(rate.lower())},
                   {"upper", number_node(rate.upper())},
                   {"histories", number_node(static_cast<std::int64_t>(rate.of))}});
}

/// What histories of a cell were simulated from.
Node cell_tree(PowerStudy const& study, PowerSpec const& spec, std::size_t c) {
  PowerCell const& cell = study.cells[c];
  if (cell.from == PowerCell::From::world) {
    auto const kind = static_cast<std::size_t>(spec.worlds[cell.index].kind);
    return map_node(
        {{"world", text_node(std::string(fields::world_kinds[kind]))}, {"strength", number_node(cell.strength)}});
  }
  std::vector<std::pair<std::string, Node>> sizes;
  for (std::size_t k = 0; k < spec.effects.size(); ++k) {
    for (Reference const& each : study.hypotheses[cell.index].mechanisms)
      if (each.name == spec.effects[k].mechanism)
        sizes.emplace_back(spec.effects[k].path.name, number_node(cell.sizes[k]));
  }
  return map_node(
      {{"hypothesis", text_node(study.hypotheses[cell.index].name)}, {"effects", map_node(std::move(sizes))}});
}

Node fitted_tree(PowerStudy const& study, FittedRates const& fitted) {
  std::vector<Node> effects;
  for (EffectRate const& each : fitted.effects)
    effects.push_back(map_node({{"mechanism", text_node(each.mechanism)},
                                {"size", number_node(each.size)},
                                {"found", rate_tree(each.found)},
                                {"claimed", rate_tree(each.positive)},
                                {"mean_estimate", number_node(each.mean)}}));
  return map_node({{"hypothesis", text_node(study.hypotheses[fitted.hypothesis].name)},
                   {"holds", truth_node(fitted.holds)},
                   {"estimated", number_node(fitted.ends[0])},
                   {"separation", number_node(fitted.ends[1])},
                   {"rank", number_node(fitted.ends[2])},
                   {"other", number_node(fitted.ends[3])},
                   {"selected_aic", number_node(fitted.by_aic)},
                   {"selected_bic", number_node(fitted.by_bic)},
                   {"effects", list_node(std::move(effects))}});
}

Node reached_tree(Reached const& found) {
  constexpr char const* words[] = {"below", "at", "beyond"};
  return map_node(
      {{"where", text_node(words[static_cast<std::size_t>(found.where)])}, {"size", number_node(found.size)}});
}

Node fit_rates_tree(PowerStudy const& study, PowerSpec const& spec, std::size_t f, FitRates const& rates) {
  std::vector<Node> cells, detectable, told;
  std::size_t const policies = study.shifts.size() / study.cells.size();
  for (CellRates const& each : rates.cells) {
    std::vector<Node> fitted;
    for (FittedRates const& one : each.fitted) fitted.push_back(fitted_tree(study, one));
    Node node = map_node({{"from", cell_tree(study, spec, each.cell)},
                          {"histories", number_node(each.histories)},
                          {"adoptions", number_node(each.adoptions)},
                          {"undecided", number_node(each.undecided)},
                          {"fitted", list_node(std::move(fitted))}});
    std::vector<std::pair<std::string, Node>> shifts;
    for (std::size_t p = 0; p < study.fits[f].policies.size() && policies > 0; ++p)
      shifts.emplace_back(study.fits[f].names[p],
                          number_node(study.shifts[each.cell * policies + study.fits[f].policies[p].value]));
    if (policies > 0) node.entries.push_back({"baseline_shift", {}, map_node(std::move(shifts))});
    cells.push_back(std::move(node));
  }
  for (DetectableEffect const& each : rates.detectable)
    detectable.push_back(map_node({{"hypothesis", text_node(study.hypotheses[each.hypothesis].name)},
                                   {"mechanism", text_node(each.mechanism)},
                                   {"power", number_node(wanted_power)},
                                   {"effect", reached_tree(each.effect)},
                                   {"lower", reached_tree(each.lower)},
                                   {"upper", reached_tree(each.upper)}}));
  for (ToldApart const& each : rates.told_apart)
    told.push_back(map_node({{"first", cell_tree(study, spec, each.first)},
                             {"second", cell_tree(study, spec, each.second)},
                             {"right", rate_tree(each.right)},
                             {"adoptions", number_node(each.adoptions)},
                             {"undecided", number_node(each.undecided)}}));
  return map_node({{"observed_adoptions", rates.observed ? number_node(*rates.observed) : Node{}},
                   {"cells", list_node(std::move(cells))},
                   {"detectable", list_node(std::move(detectable))},
                   {"told_apart", list_node(std::move(told))}});
}

}  // namespace

Node power_tree(PowerStudy const& study, PowerSpec const& spec, std::vector<FitRates> const& rates) {
  std::vector<std::pair<std::string, Node>> fits;
  for (std::size_t f = 0; f < rates.size(); ++f)
    fits.emplace_back(rates[f].name, fit_rates_tree(study, spec, f, rates[f]));
  std::vector<Node> failures;
  for (FailedHistory const& each : study.failures)
    failures.push_back(map_node({{"from", cell_tree(study, spec, each.cell)},
                                 {"history", number_node(each.history)},
                                 {"why", text_node(each.why)}}));
  return map_node({{"sha256", text_node(study.name)},
                   {"complete", truth_node(study.missing == 0)},
                   {"histories", number_node(study.histories)},
                   {"missing", number_node(study.missing)},
                   {"failed", number_node(study.failed)},
                   {"failures", list_node(std::move(failures))},
                   {"alpha", number_node(spec.alpha)},
                   {"test", text_node(std::string(fields::power_test_choices[spec.test == PowerTest::wald ? 1 : 0]))},
                   {"fits", map_node(std::move(fits))}});
}

}  // namespace hansa
