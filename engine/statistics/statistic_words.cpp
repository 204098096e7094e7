/// One table a kind.
#include "statistics/statistic_words.hpp"

#include "statistics/adopter_classes.hpp"

namespace hansa {

namespace {

/// What variables of a kind have in common.
struct Axes {
  bool by_city, by_time;
};

Axes axes_of(std::string_view kind) {
  if (kind == "exposure") return {true, true};
  if (kind == "curve" || kind == "survival") return {false, true};
  return {kind != "moran" && kind != "bass", false};
}

std::vector<std::string_view> meanings_of(StatisticSpec const& spec) {
  std::string_view const kind = spec.kind;
  if (kind == "exposure") return {"adopters among the cities observed"};
  if (kind == "threshold") return {"share of adopters seen at adoption", "highest share of adopters refused"};
  if (kind == "infection") return {"share of observers that adopt soon after"};
  if (kind == "susceptibility") return {"share of earlier adopters observed that adopted shortly before"};
  if (kind == "moran")
    return {"Moran's I", "Moran's I expected under randomisation", "its standard deviation under randomisation",
            "two-sided p of a normal", "two-sided p of random permutations"};
  if (kind == "classes") return {"category of adopters"};
  if (kind == "curve")
    return {"cities that have adopted", "share of cities that have adopted", "new adopters over adopters before",
            "new adopters over cities at risk"};
  if (kind == "bass")
    return {"coefficient of innovation", "coefficient of imitation", "number that adopt in the end",
            "standard error of p",       "standard error of q",      "standard error of m"};
  return {"Kaplan-Meier estimate of the share that has not adopted", "its standard error (Greenwood)",
          "Nelson-Aalen estimate of the cumulative hazard", "cities at risk in the step",
          "adoptions of cities at risk"};
}

bool is_count(std::string_view name) {
  return name.ends_with("_adopters") || name.ends_with("_at_risk") || name.ends_with("_events");
}

}  // namespace

std::vector<StatisticVariable> described_variables(StatisticSpec const& spec) {
  std::vector<StatisticVariable> made;
  std::vector<std::string_view> const meanings = meanings_of(spec);
  Axes const axes = axes_of(spec.kind);
  std::vector<std::string> const names = variables_of(spec);
  for (std::size_t k = 0; k < names.size(); ++k) {
    StatisticVariable variable{names[k], spec.name, spec.kind, std::string(meanings[k]), axes.by_city, axes.by_time};
    variable.counts = axes.by_time && !axes.by_city && is_count(names[k]);
    if (auto const* classes = std::get_if<ClassesStatistic>(&spec.of)) {
      variable.classes = time_classes;
      if (classes->of == ClassesStatistic::Of::threshold) variable.classes = threshold_classes;
    }
    made.push_back(std::move(variable));
  }
  return made;
}

std::string_view statistic_source(StatisticSpec const& spec) {
  std::string_view const kind = spec.kind;
  if (kind == "exposure") return "Valente 1995";
  if (kind == "threshold") return "Valente 1996";
  if (kind == "infection" || kind == "susceptibility") return "Myers 2000; Valente et al. 2015";
  if (kind == "moran") return "Moran 1950; Cliff & Ord 1981";
  if (kind == "classes")
    return std::get<ClassesStatistic>(spec.of).of == ClassesStatistic::Of::threshold ? "Valente 1996" : "Rogers 2003";
  if (kind == "bass") return "Bass 1969; Srinivasan & Mason 1986";
  if (kind == "survival") return "Kaplan & Meier 1958; Greenwood 1926; Nelson 1972; Aalen 1978";
  return "Allison 1984";
}

}  // namespace hansa
