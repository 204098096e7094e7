/// Sentences on statistics.
#include <fmt/format.h>

#include "statistics/statistic_words.hpp"
#include "tell/statistics_report.hpp"

namespace hansa {

namespace {

std::string tie_words(std::string const& network, bool weights) {
  return fmt::format("in network {}{}", network, weights ? "" : ", every tie counting 1");
}

std::string lag_words(std::int32_t lag) {
  if (lag == 0) return "adopters of the same step included";
  return fmt::format("by the adopters {} {} before", lag, lag == 1 ? "step" : "steps");
}

std::string words(ExposureStatistic const& how) {
  constexpr std::string_view made[] = {"share", "summed weight", "number"};
  std::string text = fmt::format("{} of adopters among those that a city observes {}, {}",
                                 made[static_cast<std::size_t>(how.normalize)],
                                 tie_words(how.network.name, how.weights), lag_words(how.lag));
  if (how.reversed) text += "; along the ties turned round";
  if (how.source_weight) text += fmt::format("; weighed by their {}", how.source_weight->name);
  return text;
}

std::string words(ThresholdStatistic const& how) {
  return fmt::format("share of adopters seen {} in the step of adoption, {}, and the highest one refused at risk",
                     tie_words(how.network.name, how.weights), lag_words(how.lag));
}

std::string words(FollowingStatistic const& how) {
  bool const ahead = how.of == FollowingStatistic::Of::infection;
  std::string text = ahead
                         ? "of those that observe an adopter and adopt later, the share that does so soon"
                         : "of those that an adopter observes and that adopted earlier, the share that did so shortly "
                           "before";
  text +=
      fmt::format(", within {} {} in network {}, ", how.periods, how.periods == 1 ? "step" : "steps", how.network.name);
  text += how.discount ? fmt::format("k steps away counting 1/{}^(k-1)", *how.discount) : "k steps away counting 1/k";
  return text + (how.relative ? ", divided by all adoptions as many steps away" : "");
}

std::string words(MoranStatistic const& how) {
  using Of = MoranStatistic::Of;
  std::string of = how.attribute.name;
  if (how.of == Of::adopted) of = "having adopted";
  if (how.of == Of::adoption_time) of = "the time of adoption";
  std::string text = fmt::format("Moran's I of {} among {}, {}", of,
                                 how.among == MoranStatistic::Among::all ? "all cities" : "adopters",
                                 tie_words(how.network.name, how.weights));
  if (how.normalize == TieNorm::share) text += ", ties of a city summing to 1";
  if (how.at) text += fmt::format(", in {}", *how.at);
  if (how.permutations > 0) text += fmt::format(", with {} permutations", how.permutations);
  return text;
}

std::string words(ClassesStatistic const& how) {
  if (how.of == ClassesStatistic::Of::adoption_time)
    return "categories of adopters, cut at the mean time and one standard deviation to either side";
  return fmt::format(
      "categories of adopters by their thresholds {}, cut at the mean and one standard deviation to "
      "either side",
      tie_words(how.network->name, how.weights));
}

std::string words(CurveStatistic const& how) {
  return how.convention == CurveStatistic::Convention::at_risk
             ? "adopters, share, rate of growth, and hazard of those in the world who have not adopted"
             : "adopters, share, rate of growth, and hazard in the convention of netdiffuseR";
}

std::string words(BassStatistic const&) {
  return "Bass's model of first adoptions by nonlinear least squares, time counted from the first of them";
}

std::string words(SurvivalStatistic const&) {
  return "time to the first adoption, right-censored at the end of time";
}

}  // namespace

std::string statistic_sentence(StatisticSpec const& spec) {
  std::string const text = std::visit([](auto const& how) { return words(how); }, spec.of);
  return fmt::format("{} ({}).", text, statistic_source(spec));
}

}  // namespace hansa
