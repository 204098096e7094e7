/// Words of findings, and tables of differences.
#include "tell/comparison.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "tell/comparison_words.hpp"
#include "tell/followers.hpp"
#include "tell/text_table.hpp"

namespace hansa {

namespace {

constexpr std::size_t most_named = 10;

using ComparedRows = std::vector<std::vector<std::string>>;

std::string chance(double value) {
  return fmt::format("{:.2f}", value);
}

std::string units(double count, Clock const& clock) {
  return counted_words(std::fabs(count), clock.unit, clock.unit + "s");
}

bool is_nothing(Interval const& each) {
  return each.mean == 0 && !(each.high > 0);
}

bool is_nil(PolicyDifference const& difference) {
  CityDifferences const& cities = difference.cities;
  return std::all_of(difference.adopters.begin(), difference.adopters.end(), is_nothing) &&
         std::all_of(cities.gained.begin(), cities.gained.end(), [](double each) { return each == 0; }) &&
         std::all_of(cities.earlier.begin(), cities.earlier.end(), [](double each) { return each == 0; });
}

/// Tells one what-if of one policy.
class Findings {
 public:
  Findings(Comparison const& comparison, ComparisonFacts const& facts, std::size_t what_if, std::size_t policy)
      : comparison_(comparison),
        facts_(facts),
        what_if_(comparison.what_ifs[what_if]),
        difference_(what_if_.policies[policy]),
        name_(comparison.scenarios[what_if + 1]),
        policy_(comparison.policies[policy]) {}

  [[nodiscard]] std::string words() const {
    std::string const head = fmt::format("{}, {}: ", name_, policy_);
    if (is_nil(difference_)) return head + "no city adopts at another time in any replicate.";
    std::vector<std::string> sentences;
    if (!difference_.followers.funded.empty()) sentences.push_back(followers());
    if (difference_.rivals) sentences.push_back(rivals_words(*difference_.rivals, difference_.followers.funded.size()));
    sentences.push_back(adopters());
    sentences.push_back(half());
    if (what_if_.cost) sentences.push_back(cost());
    if (!difference_.paid.spending.empty()) sentences.push_back(spending());
    if (std::isfinite(difference_.gain))
      sentences.push_back(fmt::format("Unpaired, {} times as many runs would be needed to know this as well.",
                                      short_number(difference_.gain)));
    if (difference_.reruns) sentences.push_back(reruns_words(*difference_.reruns));
    return head + fmt::format("{}", fmt::join(sentences, " "));
  }

 private:
  [[nodiscard]] std::string followers() const {
    Followers const& found = difference_.followers;
    auto const funded = static_cast<double>(found.funded.size());
    return fmt::format(
        "{} more cities that are not funded adopt by {}{}{}; of the {} funded, {} would have adopted by then anyway, "
        "and {} more do.",
        short_number(found.followers.mean), comparison_.clock.end, sureness_words(found.followers),
        draws_words(found.followers), counted_words(funded, "city", "cities"), short_number(found.deadweight.mean),
        short_number(found.funded_more.mean));
  }

  [[nodiscard]] std::string adopters() const {
    Interval const& last = difference_.adopters.back();
    Luck const& luck = difference_.luck.back();
    if (is_nothing(last)) return fmt::format("By {} as many have adopted.", comparison_.clock.end);
    return fmt::format("In all, {} {} cities have adopted in {}{}{}.", short_number(std::fabs(last.mean)),
                       last.mean < 0 ? "fewer" : "more", comparison_.clock.end, sureness_words(last),
                       spread_words(luck, last));
  }

  [[nodiscard]] std::string half() const {
    TimeTo const& half = difference_.times.at(1);
    std::int64_t const all = comparison_.replicates;
    if (half.without == 0 && half.with == 0) return "Half of all cities is reached in no run.";
    if (half.without < all || half.with < all) {
      std::string text = fmt::format("Half of all cities is reached in {} of {} runs without it and in {} with it",
                                     half.without, all, half.with);
      if (half.both == 0) return text + ".";
      return text + fmt::format("; where in both, {}.", shift(half.difference));
    }
    return fmt::format("Half of all cities is reached {}.", shift(half.difference));
  }

  /// "2.1 years earlier (…)"
  [[nodiscard]] std::string shift(Interval const& each) const {
    if (is_nothing(each)) return "at the same time";
    return fmt::format("{} {}{}", units(each.mean, comparison_.clock), each.mean < 0 ? "earlier" : "later",
                       sureness_words(each));
  }

  [[nodiscard]] std::string cost() const {
    Interval const& last = difference_.adopters.back();
    Interval const& cost = *what_if_.cost;
    std::string text = fmt::format("It costs its funders {}{} {}{}", amount_words(std::fabs(cost.mean)), currency(),
                                   cost.mean < 0 ? "less" : "more", cost.low < cost.high ? sureness_words(cost) : "");
    if (cost.mean <= 0) return text + ".";
    if (!(last.low > 0)) return text + "; that it brings more adopters is not certain, so that no cost of one is told.";
    auto const per = [](Interval const& of, std::string_view what) {
      return fmt::format("{} per {} ({} to {})", amount_words(of.mean), what, amount_words(of.low),
                         amount_words(of.high));
    };
    text += ": " + per(difference_.cost_per_adopter, "additional adopter");
    Interval const& followers = difference_.followers.followers;
    if (!difference_.followers.funded.empty() && followers.low > 0)
      text += ", " + per(difference_.cost_per_follower, "follower");
    return text + ".";
  }

  /// What cities pay, with what others pay of it.
  [[nodiscard]] std::string spending() const {
    Interval const& cities = difference_.paid.spending.back();
    Interval const& others = difference_.paid.subsidies.back();
    std::string text = is_nothing(cities) ? fmt::format("By {} cities have spent as much", comparison_.clock.end)
                                          : fmt::format("By {} cities have spent {}{} {}{}", comparison_.clock.end,
                                                        amount_words(std::fabs(cities.mean)), currency(),
                                                        cities.mean < 0 ? "less" : "more", sureness_words(cities));
    if (is_nothing(others)) return text + ".";
    return text + fmt::format(", subsidies {}{} {}{}.", amount_words(std::fabs(others.mean)), currency(),
                              others.mean < 0 ? "less" : "more", sureness_words(others));
  }

  [[nodiscard]] std::string currency() const { return facts_.currency.empty() ? "" : " " + facts_.currency; }

  Comparison const& comparison_;
  ComparisonFacts const& facts_;
  WhatIf const& what_if_;
  PolicyDifference const& difference_;
  std::string const& name_;
  std::string const& policy_;
};

/// Rows of the table of one policy; those of a comparison without draws have no column of draws.
class PolicyRows {
 public:
  PolicyRows(Comparison const& comparison, ComparisonFacts const& facts, std::size_t policy)
      : comparison_(comparison), facts_(facts), policy_(policy) {}

  void add_to(ComparedRows& rows) const {
    std::string const end = std::to_string(comparison_.clock.end);
    rows.push_back(
        {comparison_.policies[policy_] + " in " + end, "mean", "difference", "95 % interval", "5 to 95 % of runs"});
    if (comparison_.draws > 0) rows.back().push_back("5 to 95 % of draws");
    ArmOutcome const& base = comparison_.outcomes[0][policy_];
    Luck const& luck = base.luck.back();
    rows.push_back({"  adopters, " + comparison_.scenarios[0], short_number(base.adopters.back().mean), "", "",
                    fmt::format("{} to {}", short_number(luck.low), short_number(luck.high))});
    if (auto const& draws = base.adopters.back().draws)
      rows.back().push_back(fmt::format("{} to {}", short_number(draws->low), short_number(draws->high)));
    for (std::size_t k = 0; k < comparison_.what_ifs.size(); ++k) add_what_if(rows, k);
  }

 private:
  void add(ComparedRows& rows, std::string name, std::string mean, Interval const& of, std::string runs = {}) const {
    rows.push_back({std::move(name), std::move(mean), signed_number(of.mean), bounds_words(of), std::move(runs)});
    if (comparison_.draws > 0) rows.back().push_back(draws_range(of));
  }

  void add_paid(ComparedRows& rows, std::string name, std::vector<Interval> const& with,
                std::vector<Interval> const& difference) const {
    if (difference.empty() || (with.back().mean == 0 && is_nothing(difference.back()))) return;
    if (!facts_.currency.empty()) name += ", " + facts_.currency;
    add(rows, std::move(name), short_number(with.back().mean), difference.back());
  }

  void add_what_if(ComparedRows& rows, std::size_t k) const {
    PolicyDifference const& each = comparison_.what_ifs[k].policies[policy_];
    ArmOutcome const& with = comparison_.outcomes[k + 1][policy_];
    add(rows, "  adopters, " + comparison_.scenarios[k + 1], short_number(with.adopters.back().mean),
        each.adopters.back(),
        fmt::format("{} to {}", signed_number(each.luck.back().low), signed_number(each.luck.back().high)));
    if (!each.population_covered.empty())
      add(rows, "    % of population", short_number(100 * with.population_covered.back().mean),
          scaled(each.population_covered.back(), 100));
    add_paid(rows, "    spent by cities", with.paid.spending, each.paid.spending);
    add_paid(rows, "    subsidies paid", with.paid.subsidies, each.paid.subsidies);
    for (TimeTo const& time : each.times) {
      if (time.both == 0) continue;
      add(rows, fmt::format("    {}s until {:.0f} % have adopted", comparison_.clock.unit, 100 * time.share), "",
          time.difference,
          time.both < comparison_.replicates ? fmt::format("reached in both in {} runs", time.both) : "");
    }
    for (GroupDifference const& group : each.groups)
      add(rows,
          fmt::format("    {} {} ({})", group.attribute, group.label,
                      group.cities == 1 ? "1 city" : fmt::format("{} cities", group.cities)),
          short_number(group.without.mean + group.difference.mean), group.difference);
  }

  Comparison const& comparison_;
  ComparisonFacts const& facts_;
  std::size_t policy_;
};

/// What became of the measure that was to be precise.
std::string precision_words(Comparison const& comparison, ComparisonFacts const& facts) {
  if (!facts.until || facts.precision == Precision::not_asked) return {};
  std::string const asked =
      fmt::format("{}:{}", precise_names[static_cast<std::size_t>(facts.until->measure)], facts.until->width);
  if (facts.precision == Precision::nowhere)
    return fmt::format(
        "{}: nothing has this measure after {} replicates (no pair of runs comes so far), so no more were run.", asked,
        facts.asked);
  std::string text = facts.precision == Precision::missed
                         ? fmt::format("{} was not reached with {} replicates.", asked, facts.asked)
                         : fmt::format("{} was reached with {} replicates.", asked, facts.asked);
  if (facts.lacking.empty()) return text;
  std::vector<std::string> names;
  for (ComparedPair const& each : facts.lacking)
    names.push_back(comparison.scenarios[each.what_if + 1] + ", " + comparison.policies[each.policy]);
  return text + fmt::format(" It is not known of {}, which {} no such measure.", fmt::join(names, "; "),
                            names.size() == 1 ? "has" : "have");
}

/// How well the chance of one city is known.
std::string chances_words(Comparison const& comparison) {
  auto const half = [](std::int64_t count) { return 1.96 * std::sqrt(0.25 / static_cast<double>(count)); };
  std::string const luck = fmt::format("{:.2f}", half(comparison.replicates));
  std::string const known =
      comparison.draws > 0
          ? fmt::format("± {} at {} replicates where luck decides, to ± {:.2f} at {} draws where the strengths do",
                        luck, comparison.replicates, half(comparison.draws), comparison.draws)
          : fmt::format("± {} at {} replicates", luck, comparison.replicates);
  return fmt::format(
      "Chances of single cities are known to {}. \"Only with\" and \"only without\" count runs in which the city "
      "adopts in one scenario alone: they rest on the resistances that the scenarios share.",
      known);
}

std::string city_rows(Comparison const& comparison, Cities const& cities, std::size_t what_if, std::size_t policy) {
  PolicyDifference const& difference = comparison.what_ifs[what_if].policies[policy];
  std::vector<Index> const moved = most_moved(difference, cities, most_named);
  if (moved.empty()) return {};
  ComparedRows rows;
  rows.push_back({fmt::format("{}, {}: most moved{}", comparison.scenarios[what_if + 1], comparison.policies[policy],
                              difference.followers.funded.empty() ? "" : ", not funded"),
                  "chance without", "with", comparison.clock.unit + "s gained", "only with", "only without"});
  for (Index const i : moved) {
    CityDifferences const& of = difference.cities;
    rows.push_back({"  " + name_of(cities, i), chance(of.chance_without[i]), chance(of.chance_with[i]),
                    signed_number(of.gained[i]), chance(of.only_with[i]), chance(of.only_without[i])});
  }
  return "\n" + lay_out(rows, {Align::left, Align::right, Align::right, Align::right, Align::right, Align::right});
}

}  // namespace

ComparisonFacts facts_of(CompareOutcome const& outcome, std::span<Question const> questions) {
  ComparisonFacts facts;
  Question const& base = questions.front();
  facts.asked = outcome.asked;
  facts.seconds = outcome.seconds;
  facts.currency = base.scenario->currency;
  if (!base.from.empty()) facts.strengths = base.drawn ? Strengths::drawn : Strengths::estimated;
  facts.precision = outcome.precision;
  facts.until = outcome.until;
  facts.lacking = outcome.lacking;
  return facts;
}

std::string strengths_words(Strengths strengths) {
  switch (strengths) {
    case Strengths::assumed:
      return "Strengths are as the scenario states them, taken as certain: what follows tells what the model says, and "
             "how "
             "far chance in its runs blurs it; not how sure the model is.";
    case Strengths::estimated:
      return "Strengths are estimates, taken as certain: intervals tell how far chance in the runs blurs the means, "
             "not how sure the estimates are.";
    case Strengths::drawn:
      return "Strengths are drawn from their estimated distribution, each draw for several replicates and the same in "
             "all scenarios. Three things are told apart: the 95 % interval of the mean (so many runs and no more), 5 "
             "to 95 % of runs (luck, the strengths given), and 5 to 95 % of draws (what the data leave open about the "
             "strengths, luck averaged out).";
  }
  return {};
}

std::string finding_words(Comparison const& comparison, ComparisonFacts const& facts, std::size_t what_if,
                          std::size_t policy) {
  return Findings(comparison, facts, what_if, policy).words();
}

std::vector<Index> most_moved(PolicyDifference const& difference, Cities const& cities, std::size_t most) {
  CityDifferences const& of = difference.cities;
  std::vector<Index> moved;
  auto const by = [&](Index i) { return std::fabs(of.chance_with[i] - of.chance_without[i]); };
  for (Index i = 0; i < cities.size(); ++i) {
    std::vector<Index> const& funded = difference.followers.funded;
    if (by(i) > 0 && !std::binary_search(funded.begin(), funded.end(), i)) moved.push_back(i);
  }
  std::stable_sort(moved.begin(), moved.end(), [&](Index a, Index b) { return by(a) > by(b); });
  if (moved.size() > most) moved.resize(most);
  return moved;
}

std::string comparison_words(Comparison const& comparison, Cities const& cities, ComparisonFacts const& facts) {
  std::string text;
  auto const add = [&](std::string const& line) { text += wrap(line, terminal_width, 0) + "\n"; };
  add(strengths_words(facts.strengths));
  if (comparison.replicates == 0) return text + "No replicate was finished in all scenarios.\n";
  for (std::size_t k = 0; k < comparison.what_ifs.size(); ++k) {
    for (std::size_t p = 0; p < comparison.policies.size(); ++p) {
      text += "\n";
      add(finding_words(comparison, facts, k, p));
    }
  }
  ComparedRows rows;
  for (std::size_t p = 0; p < comparison.policies.size(); ++p) PolicyRows(comparison, facts, p).add_to(rows);
  text += "\n" + lay_out(rows, {Align::left, Align::right, Align::right, Align::right, Align::right, Align::right});
  for (std::size_t k = 0; k < comparison.what_ifs.size(); ++k) {
    for (std::size_t p = 0; p < comparison.policies.size(); ++p) {
      text += city_rows(comparison, cities, k, p);
      auto const& following = comparison.what_ifs[k].policies[p].following;
      if (following)
        text += "\n" + following_table(*following, cities,
                                       comparison.scenarios[k + 1] + ", " + comparison.policies[p] + ": seeded alone");
    }
  }
  text += "\n";
  add(chances_words(comparison));
  std::string const precision = precision_words(comparison, facts);
  if (!precision.empty()) add(precision);
  if (comparison.failed > 0)
    add(fmt::format("{} of {} replicates failed in some scenario, and are left out.", comparison.failed, facts.asked));
  else if (comparison.replicates < facts.asked)
    add(fmt::format("interrupted: {} of {} replicates", comparison.replicates, facts.asked));
  std::string const draws = comparison.draws > 0 ? fmt::format(" ({} draws of the strengths, {} replicates each)",
                                                               comparison.draws, comparison.per_draw)
                                                 : "";
  add(fmt::format("{} replicates{} of {} scenarios in {:.1f} s", comparison.replicates, draws,
                  comparison.scenarios.size(), facts.seconds));
  if (!facts.file.empty()) text += "result: " + facts.file + "\n";
  return text;
}

}  // namespace hansa
