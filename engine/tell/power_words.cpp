/// Tables and sentences of a study of power.
#include "tell/power_words.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/counted.hpp"
#include "tell/fit_words.hpp"
#include "tell/text_table.hpp"

namespace hansa {

namespace {

using PowerTable = std::vector<std::vector<std::string>>;

constexpr auto to_left = Align::left;
constexpr auto to_right = Align::right;

std::string percent_of(double share) {
  return std::isnan(share) ? "–" : fmt::format("{:.1f} %", 100 * share);
}

std::string limits_of(Rate const& rate) {
  return rate.of > 0 ? percent_of(rate.lower()) + " to " + percent_of(rate.upper()) : "–";
}

/// What histories of a cell were simulated from, in the words of a table.
class CellNames {
 public:
  CellNames(PowerStudy const& study, PowerSpec const& spec) : study_(study), spec_(spec) {}
  [[nodiscard]] std::string operator()(std::size_t c) const {
    PowerCell const& cell = study_.cells[c];
    if (cell.from == PowerCell::From::world) return world_words(spec_.worlds[cell.index], cell.strength);
    std::string name = study_.hypotheses[cell.index].name, sizes;
    for (std::size_t k = 0; k < spec_.effects.size(); ++k) {
      auto const& own = study_.hypotheses[cell.index].mechanisms;
      bool const acts = std::any_of(own.begin(), own.end(),
                                    [&](Reference const& each) { return each.name == spec_.effects[k].mechanism; });
      if (acts && spec_.levels > 1)
        sizes += fmt::format("{}{} {}", sizes.empty() ? "" : ", ", spec_.effects[k].mechanism, cell.sizes[k]);
    }
    return sizes.empty() ? name : name + " (" + sizes + ")";
  }

 private:
  PowerStudy const& study_;
  PowerSpec const& spec_;
};

/// One line for each effect of a fitted hypothesis that `wanted` takes; nothing without any.
template <class Wanted>
std::string effect_table(PowerStudy const& study, FitRates const& rates, CellNames const& names, std::string_view title,
                         bool positive, Wanted const& wanted) {
  PowerTable rows{{"  simulated from", "fitted", "effect", "size", positive ? "claimed" : "found", "95 %", "tests",
                   "mean estimate"}};
  for (CellRates const& cell : rates.cells) {
    for (FittedRates const& fitted : cell.fitted) {
      for (EffectRate const& each : fitted.effects) {
        if (!wanted(cell, fitted, each)) continue;
        Rate const& rate = positive ? each.positive : each.found;
        rows.push_back({"  " + names(cell.cell), study.hypotheses[fitted.hypothesis].name, each.mechanism,
                        four_digits(each.size), percent_of(rate.value()), limits_of(rate), fmt::format("{}", rate.of),
                        four_digits(each.mean)});
      }
    }
  }
  if (rows.size() == 1) return "";
  return fmt::format("\n{}\n", title) +
         lay_out(rows, {to_left, to_left, to_left, to_right, to_right, to_right, to_right, to_right});
}

bool is_world(PowerStudy const& study, CellRates const& cell) {
  return study.cells[cell.cell].from == PowerCell::From::world;
}

std::string rate_tables(PowerStudy const& study, FitRates const& rates, CellNames const& names) {
  std::string text = effect_table(
      study, rates, names, "Power: effects that act, found by the hypothesis that histories are simulated from", false,
      [&](CellRates const& cell, FittedRates const& fitted, EffectRate const& each) {
        return !is_world(study, cell) && study.cells[cell.cell].index == fitted.hypothesis && each.size != 0;
      });
  text +=
      effect_table(study, rates, names, "Type-I errors: effects of size 0, found by hypotheses that have all that acts",
                   false, [&](CellRates const& cell, FittedRates const& fitted, EffectRate const& each) {
                     return fitted.holds && each.size == 0 && !is_world(study, cell);
                   });
  text += effect_table(study, rates, names, "Found though of size 0, by hypotheses that leave out what acts", false,
                       [&](CellRates const& cell, FittedRates const& fitted, EffectRate const& each) {
                         return !fitted.holds && each.size == 0 && !is_world(study, cell);
                       });
  text += effect_table(
      study, rates, names, "Confounded worlds: effects claimed (found, and above 0) where there are none", true,
      [&](CellRates const& cell, FittedRates const&, EffectRate const&) { return is_world(study, cell); });
  return text;
}

std::string choice_table(PowerStudy const& study, FitRates const& rates, CellNames const& names, bool bic) {
  PowerTable rows{{"  simulated from"}};
  std::vector<Align> columns{to_left};
  for (Hypothesis const& each : study.hypotheses) {
    rows[0].push_back(each.name);
    columns.push_back(to_right);
  }
  rows[0].push_back("undecided");
  columns.push_back(to_right);
  for (CellRates const& cell : rates.cells) {
    std::vector<std::string> row{"  " + names(cell.cell)};
    auto const all = static_cast<double>(cell.histories);
    for (FittedRates const& each : cell.fitted)
      row.push_back(percent_of(static_cast<double>(bic ? each.by_bic : each.by_aic) / all));
    row.push_back(percent_of(static_cast<double>(cell.undecided) / all));
    rows.push_back(std::move(row));
  }
  return fmt::format("\nSelected by the lowest {}, of histories\n", bic ? "BIC" : "AIC") + lay_out(rows, columns);
}

std::string failure_lines(PowerStudy const& study, FitRates const& rates, CellNames const& names) {
  std::string text;
  for (CellRates const& cell : rates.cells) {
    for (FittedRates const& each : cell.fitted) {
      auto const& ends = each.ends;
      std::int64_t const lost = ends[1] + ends[2] + ends[3];
      if (lost == 0) continue;
      add_line(text, fmt::format("of {} simulated from {}, {} have no estimates of {}: {} by separation, {} since "
                                 "columns depend on each other, {} for other reasons; they are in no share above",
                                 counted(cell.histories, "history", "histories"), names(cell.cell), lost,
                                 study.hypotheses[each.hypothesis].name, ends[1], ends[2], ends[3]));
    }
  }
  return text.empty() ? text : "\nFits without estimates\n" + text;
}

std::string reached_words(Reached const& found) {
  switch (found.where) {
    case Reached::Where::below:
      return fmt::format("at most {}", four_digits(found.size));
    case Reached::Where::at:
      return four_digits(found.size);
    case Reached::Where::beyond:
      return fmt::format("more than {}", four_digits(found.size));
  }
  return {};
}

/// "With 79 adoptions on average (61 in your data)".
std::string adoptions_words(double adoptions, std::optional<std::int64_t> const& observed) {
  std::string words = fmt::format("with {:.0f} adoptions on average", adoptions);
  if (observed) words += fmt::format(" (your data have {})", *observed);
  return words;
}

std::string sentences(PowerStudy const& study, PowerSpec const& spec, FitRates const& rates, CellNames const& names) {
  std::string text;
  for (DetectableEffect const& each : rates.detectable)
    add_line(text, fmt::format("The smallest effect of {} that {} finds with power {:.0f} %: {} (95 %: {} to {}).",
                               each.mechanism, study.hypotheses[each.hypothesis].name, 100 * wanted_power,
                               reached_words(each.effect), reached_words(each.lower), reached_words(each.upper)));
  for (ToldApart const& each : rates.told_apart) {
    std::string words = adoptions_words(each.adoptions, rates.observed);
    words.front() = 'W';
    words += fmt::format(", {} and {} are told apart {:.0f} % of the time (95 %: {}; guessing: 50 %)",
                         names(each.first), names(each.second), 100 * each.right.value(), limits_of(each.right));
    if (each.undecided > 0)
      words += fmt::format("; {} without estimates of one of them are left out",
                           counted(each.undecided, "history", "histories"));
    if (each.right.of > 0) add_line(text, words + ".");
  }
  for (CellRates const& cell : rates.cells) {
    PowerCell const& own = study.cells[cell.cell];
    if (!is_world(study, cell) || own.strength == 0) continue;
    for (FittedRates const& fitted : cell.fitted)
      for (EffectRate const& each : fitted.effects)
        if (each.positive.of > 0)
          add_line(text, fmt::format("In a world of {}, without any contagion, {} claims {} in {:.0f} % of histories "
                                     "({:.0f} % would be by chance).",
                                     names(cell.cell), study.hypotheses[fitted.hypothesis].name, each.mechanism,
                                     100 * each.positive.value(), 50 * spec.alpha));
  }
  return text.empty() ? text : "\nIn words\n" + text;
}

}  // namespace

std::string_view power_source(PowerSpec const& spec) {
  if (spec.worlds.empty()) return "Cohen 1988";
  bool const along_ties = std::any_of(spec.worlds.begin(), spec.worlds.end(),
                                      [](WorldSpec const& each) { return each.kind == WorldSpec::Kind::homophily; });
  return along_ties ? "Cohen 1988; Shalizi & Thomas 2011; Ord 1975" : "Cohen 1988; Shalizi & Thomas 2011";
}

std::string world_words(WorldSpec const& world, double strength) {
  switch (world.kind) {
    case WorldSpec::Kind::homophily:
      return fmt::format("latent homophily of strength {} along {}", strength, world.name.name);
    case WorldSpec::Kind::law:
      return fmt::format("a law of strength {} from {} on", strength, world.at);
    case WorldSpec::Kind::membership:
      return fmt::format("self-selected members of {} of strength {}", world.name.name, strength);
    case WorldSpec::Kind::shocks:
      return fmt::format("common shocks of sd {}", strength);
  }
  return {};
}

std::string power_text(PowerStudy const& study, PowerSpec const& spec, std::vector<FitRates> const& rates,
                       std::string_view title) {
  CellNames const names(study, spec);
  std::string text = fmt::format("{}: study of power\n", title);
  add_line(text, fmt::format("{} of each of {}, every hypothesis fitted to each; an effect is found where the {} has p "
                             "< {}; limits are of the Monte Carlo error (Wilson 1927)",
                             counted(study.histories, "history", "histories"),
                             counted(study.cells.size(), "source", "sources"),
                             spec.test == PowerTest::wald ? "Wald test" : "likelihood ratio test", spec.alpha));
  if (study.missing > 0)
    add_line(text, fmt::format("{} still to be simulated: what follows is of the others",
                               counted(study.missing, "history is", "histories are")));
  if (study.failed > 0)
    add_line(text, fmt::format("{} failed, and are in no number below",
                               counted(study.failed, "simulation has", "simulations have")));
  for (FitRates const& each : rates) {
    text += fmt::format("\nfit of {}\n", each.name);
    text += rate_tables(study, each, names);
    text += choice_table(study, each, names, false) + choice_table(study, each, names, true);
    text += failure_lines(study, each, names) + sentences(study, spec, each, names);
  }
  return text;
}

}  // namespace hansa
