/// Puts together curves, maps and tables of one what-if and policy.
#include "tell/page_sections.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "tell/comparison.hpp"
#include "tell/comparison_words.hpp"
#include "tell/followers.hpp"
#include "tell/html.hpp"
#include "tell/page_curves.hpp"
#include "tell/page_map.hpp"

namespace hansa {

namespace {

constexpr std::size_t most_moved_named = 20;
constexpr std::size_t most_funded = 50;

std::string heading(std::string_view words) {
  return fmt::format("<h3>{}</h3>\n", html_text(words));
}

std::string range_words(Luck const& luck) {
  return fmt::format("{} to {}", signed_number(luck.low), signed_number(luck.high));
}

class Section {
 public:
  Section(ComparisonRecord const& record, PageSection const& section)
      : comparison_(record.comparison),
        cities_(record.cities),
        section_(section),
        difference_(comparison_.what_ifs[section.what_if].policies[section.policy]),
        base_(comparison_.scenarios[0]),
        with_(comparison_.scenarios[section.what_if + 1]),
        policy_(comparison_.policies[section.policy]),
        end_(std::to_string(comparison_.clock.end)),
        currency_(record.currency) {}

  [[nodiscard]] std::string html() const {
    return fmt::format("<section aria-labelledby=\"{0}\">\n<h2 id=\"{0}\">{1}</h2>\n", section_.id,
                       html_text(section_title(comparison_, section_))) +
           curves() + totals() + map() + named() + followers() + "</section>\n";
  }

 private:
  [[nodiscard]] ArmOutcome const& outcome(std::size_t scenario) const {
    return comparison_.outcomes[scenario][section_.policy];
  }

  [[nodiscard]] std::string curves() const {
    ArmOutcome const& base = outcome(0);
    ArmOutcome const& with = outcome(section_.what_if + 1);
    CurveChart both{
        section_.id + "-adopters",
        fmt::format("Adopters of {}", policy_),
        fmt::format("Mean over runs and the band from 5 to 95 % of runs. {}: {} in {}, {} to {}. {}: {} in "
                    "{}, {} to {}.",
                    base_, short_number(base.adopters.back().mean), end_, short_number(base.luck.back().low),
                    short_number(base.luck.back().high), with_, short_number(with.adopters.back().mean), end_,
                    short_number(with.luck.back().low), short_number(with.luck.back().high)),
        "cities that have adopted",
        comparison_.clock,
        {curve_of(base_, "base", base.adopters, base.luck), curve_of(with_, "with", with.adopters, with.luck)}};
    CurveChart gap{
        section_.id + "-difference",
        fmt::format("Difference: {} less {}", with_, base_),
        fmt::format("Mean over pairs of runs and the band from 5 to 95 % of pairs: {} in {}, {}.",
                    signed_number(difference_.adopters.back().mean), end_, range_words(difference_.luck.back())),
        "cities more (or fewer)",
        comparison_.clock,
        {curve_of("difference", "with", difference_.adopters, difference_.luck)}};
    std::string const band = comparison_.draws > 0
                                 ? "The strengths given, nine of ten runs end in the shaded band at any one time."
                                 : "Of ten runs nine end in the shaded band at any one time.";
    return heading("Adopters over time") +
           html_paragraph("Lines are means over all runs. " + band +
                          " The difference is taken run by run, both scenarios on the same random numbers, so its "
                          "band is not the gap between the two bands.") +
           "<div class=\"pair\">\n" + curve_figure(both) + curve_figure(gap) + "</div>\n" +
           html_details("The numbers of these curves", curve_table(both) + curve_table(gap));
  }

  [[nodiscard]] std::string totals() const {
    std::vector<std::vector<std::string>> rows;
    Interval const& last = difference_.adopters.back();
    auto const add_draws = [&](Interval const& of) {
      if (comparison_.draws > 0) rows.back().push_back(draws_range(of));
    };
    rows.push_back({"adopters", short_number(outcome(0).adopters.back().mean),
                    short_number(outcome(section_.what_if + 1).adopters.back().mean), signed_number(last.mean),
                    bounds_words(last), range_words(difference_.luck.back())});
    add_draws(last);
    if (!difference_.population_covered.empty()) {
      Interval const& of = difference_.population_covered.back();
      rows.push_back({"% of the population", short_number(100 * outcome(0).population_covered.back().mean),
                      short_number(100 * outcome(section_.what_if + 1).population_covered.back().mean),
                      signed_number(100 * of.mean), bounds_words(scaled(of, 100)), ""});
      add_draws(scaled(of, 100));
    }
    auto const add_paid = [&](char const* words, std::vector<Interval> PaidToDate::*which) {
      std::vector<Interval> const& of = difference_.paid.*which;
      if (of.empty()) return;
      double const without = (outcome(0).paid.*which).back().mean,
                   with = (outcome(section_.what_if + 1).paid.*which).back().mean;
      if (without == 0 && with == 0) return;
      rows.push_back({words + (currency_.empty() ? "" : ", " + currency_), short_number(without), short_number(with),
                      signed_number(of.back().mean), bounds_words(of.back()), ""});
      add_draws(of.back());
    };
    add_paid("spent by cities", &PaidToDate::spending);
    add_paid("subsidies paid", &PaidToDate::subsidies);
    for (TimeTo const& time : difference_.times) {
      if (time.both == 0) continue;
      rows.push_back(
          {fmt::format("{}s until {:.0f} % of cities have adopted{}", comparison_.clock.unit, 100 * time.share,
                       time.both < comparison_.replicates ? fmt::format(" (in the {} of {} runs that reach it in both)",
                                                                        time.both, comparison_.replicates)
                                                          : ""),
           "", "", signed_number(time.difference.mean), bounds_words(time.difference), ""});
      add_draws(time.difference);
    }
    std::vector<HtmlColumn> columns{
        {"", false}, {base_}, {with_}, {"difference"}, {"95 % interval of the mean difference"}, {"5 to 95 % of runs"}};
    if (comparison_.draws > 0) columns.push_back({"5 to 95 % of draws"});
    return html_table(fmt::format("At the end, in {}", end_), columns, rows) + draws() + groups();
  }

  /// What of the difference is not known since the strengths are not.
  [[nodiscard]] std::string draws() const {
    auto const& of = difference_.adopters.back().draws;
    if (!of || std::isnan(of->share)) return {};
    std::string const error = std::isnan(of->share_error) ? "" : fmt::format(" (± {:.0f})", 100 * of->share_error);
    return html_paragraph(
        fmt::format("Of the variance of single runs' differences of adopters, {:.0f} %{} is due to the strengths that "
                    "the data leave open, the rest to luck.",
                    100 * of->share, error));
  }

  [[nodiscard]] std::string groups() const {
    if (difference_.groups.empty()) return {};
    std::vector<std::vector<std::string>> rows;
    for (GroupDifference const& each : difference_.groups) {
      rows.push_back({each.attribute + " " + each.label, std::to_string(each.cities), short_number(each.without.mean),
                      short_number(each.without.mean + each.difference.mean), signed_number(each.difference.mean),
                      bounds_words(each.difference)});
      if (comparison_.draws > 0) rows.back().push_back(draws_range(each.difference));
    }
    std::vector<HtmlColumn> columns{{"group", false}, {"cities"},     {"adopters, " + base_},
                                    {with_},          {"difference"}, {"95 % interval of the mean"}};
    if (comparison_.draws > 0) columns.push_back({"5 to 95 % of draws"});
    return html_details("The difference by group of cities",
                        html_table(fmt::format("Adopters in {}: {} less {}", end_, with_, base_), columns, rows));
  }

  [[nodiscard]] std::string map() const {
    return heading("Where the chance to adopt differs") +
           map_figure(
               difference_, cities_,
               {section_.id + "-map",
                fmt::format("Change of the chance to have adopted {} by {}: {} less {}", policy_, end_, with_, base_),
                section_.dots});
  }

  [[nodiscard]] std::vector<std::string> city_row(Index i) const {
    CityDifferences const& of = difference_.cities;
    auto const two = [](double value) { return fmt::format("{:.2f}", value); };
    return {name_of(cities_, i),         two(of.chance_without[i]), two(of.chance_with[i]),
            signed_number(of.gained[i]), two(of.only_with[i]),      two(of.only_without[i])};
  }

  [[nodiscard]] std::string cities(std::string const& caption, std::vector<Index> const& which) const {
    std::vector<std::vector<std::string>> rows;
    for (Index const i : which) rows.push_back(city_row(i));
    return html_table(caption,
                      {{"city", false},
                       {"chance without"},
                       {"chance with"},
                       {comparison_.clock.unit + "s gained"},
                       {"adopts only with"},
                       {"adopts only without"}},
                      rows);
  }

  [[nodiscard]] std::string named() const {
    std::string text = heading("Cities by name");
    std::vector<Index> const moved = most_moved(difference_, cities_, most_moved_named);
    bool const some_funded = !difference_.followers.funded.empty();
    if (moved.empty()) {
      text += html_paragraph(some_funded ? "The chance of no city that is not funded differs."
                                         : "The chance of no city differs.");
    } else {
      text += html_paragraph(fmt::format(
          "The chance is that to have adopted by {}, without the change ({}) and with it ({}). The last two columns "
          "are "
          "shares of runs in which the city adopts in one scenario alone: they rest on the resistances that the "
          "scenarios share.",
          end_, base_, with_));
      text += cities(
          fmt::format("{} differs most ({} of {} that differ)", some_funded ? "Not funded, chance" : "The chance",
                      moved.size(), most_moved(difference_, cities_, cities_.size()).size()),
          moved);
    }
    std::vector<Index> funded = difference_.followers.funded;
    if (funded.empty()) return text;
    auto const gain = [&](Index i) { return difference_.cities.gained[i]; };
    std::stable_sort(funded.begin(), funded.end(), [&](Index a, Index b) { return gain(a) > gain(b); });
    if (funded.size() > most_funded) funded.resize(most_funded);
    return text + html_details("The cities that are funded",
                               cities(fmt::format("Funded, {} of {}, most {}s gained first", funded.size(),
                                                  difference_.followers.funded.size(), comparison_.clock.unit),
                                      funded));
  }

  [[nodiscard]] std::string followers() const {
    if (!difference_.rivals && !difference_.following && !difference_.reruns) return {};
    std::string const reruns = difference_.reruns ? html_paragraph(reruns_words(*difference_.reruns)) : "";
    return heading("Who follows whom") + reruns + rivals() + following();
  }

  [[nodiscard]] std::string rivals() const {
    if (!difference_.rivals) return {};
    Rivals const& of = *difference_.rivals;
    auto const row = [](std::string const& name, Interval const& each) {
      return std::vector<std::string>{name, short_number(each.mean), bounds_words(each)};
    };
    std::vector<Interval> random;
    for (Interval const& each : of.random)
      if (!std::isnan(each.mean)) random.push_back(each);
    auto const by_mean = [](Interval const& a, Interval const& b) { return a.mean < b.mean; };
    auto const ends = std::minmax_element(random.begin(), random.end(), by_mean);
    std::vector<std::vector<std::string>> rows{row("the cities that were chosen", of.chosen),
                                               row("the best connected", of.best_connected),
                                               row("the most inclined by themselves", of.most_inclined)};
    if (!random.empty()) {
      rows.push_back(row(fmt::format("the weakest of {} random choices", random.size()), *ends.first));
      rows.push_back(row(fmt::format("the strongest of {} random choices", random.size()), *ends.second));
    }
    return html_paragraph(
               "Followers are cities that are not funded and adopt by the end, less those that do without "
               "any funding. The same funding could go to as many other cities:") +
           html_table("Followers, by who is funded", {{"funded", false}, {"followers"}, {"95 % interval of the mean"}},
                      rows);
  }

  [[nodiscard]] std::string following() const {
    if (!difference_.following) return {};
    std::vector<std::vector<std::string>> rows;
    for (FollowingRow const& each : following_rows(*difference_.following, cities_))
      rows.push_back({each.name, signed_number(each.alone.mean), bounds_words(each.alone),
                      signed_number(each.added.mean), bounds_words(each.added), each.changed});
    return html_table(fmt::format("Followers of single funded cities or interventions: the first {} of {}", rows.size(),
                                  difference_.following->groups.size()),
                      {{"funded", false},
                       {"followers, if funded alone"},
                       {"95 % interval"},
                       {"followers, added to the others"},
                       {"95 % interval"},
                       {"cities that change most often (share of runs)", false}},
                      rows);
  }

  Comparison const& comparison_;
  Cities const& cities_;
  PageSection const& section_;
  PolicyDifference const& difference_;
  std::string const& base_;
  std::string const& with_;
  std::string const& policy_;
  std::string end_, currency_;
};

}  // namespace

std::string section_title(Comparison const& comparison, PageSection const& section) {
  return fmt::format("{} against {}: {}", comparison.scenarios[section.what_if + 1], comparison.scenarios[0],
                     comparison.policies[section.policy]);
}

std::string what_if_section(ComparisonRecord const& record, PageSection const& section) {
  return Section(record, section).html();
}

}  // namespace hansa
