/// Names axes and columns of measures.
#include "measures/measure_layout.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace hansa {

namespace {

using Of = MeasureSpec::Of;

struct MeaningOf {
  Of of;
  std::string_view meaning;
  std::string_view unit;  ///< `time`, `currency`: the scenario's
};
constexpr MeaningOf meanings[] = {
    {Of::final_share, "share of the cities that have adopted at the end", "1"},
    {Of::time_to, "first label at which the share of the cities has adopted", "time"},
    {Of::peak, "most new adoptions in a step", "1"},
    {Of::peak_time, "label of the first step with most new adoptions", "time"},
    {Of::spending, "what cities have paid for the policy", "currency"},
    {Of::population_covered, "share of the population that lives in adopting cities", "1"},
    {Of::attribution, "adoptions put down to the mechanism", "1"},
    {Of::share, "share of the cities that have adopted", "1"},
    {Of::distance, "root mean square distance of the number of adopters from the observed one", "1"},
    {Of::series, "adopters at the end of the step", "1"},
};

std::vector<std::string> policies_of(Model const& model) {
  std::vector<std::string> names;
  for (PolicyModel const& each : model.policies) names.push_back(each.name);
  return names;
}

class LayoutMaker {
 public:
  LayoutMaker(std::span<MeasuredCase const> cases, Complaints& complaints) : cases_(cases), complaints_(complaints) {
    layout_.policies = policies_of(cases.front().model);
    for (MeasuredCase const& each : cases)
      if (policies_of(each.model) != layout_.policies)
        complaints_.add("the scenario has other policies than the first of the sweep", at(each),
                        "the same were expected");
  }

  void add(MeasureSpec const& spec) {
    check_attribute(spec);
    check_there(spec);
    MeasureVariable variable;
    variable.name = spec.name;
    auto const meaning = std::find_if(std::begin(meanings), std::end(meanings),
                                      [&](MeaningOf const& each) { return each.of == spec.of; });
    variable.meaning = meaning->meaning;
    variable.unit = unit(meaning->unit);
    variable.paired_to = spec.paired_to;
    variable.axis = axis_of(spec);
    if (variable.axis) variable.length = layout_.axes[*variable.axis].labels.size();
    variable.first = layout_.width;
    layout_.width += variable.length * layout_.policies.size();
    layout_.variables.push_back(std::move(variable));
  }

  [[nodiscard]] MeasureLayout take() { return std::move(layout_); }

 private:
  static Place at(MeasuredCase const& each) { return {each.scenario.file.string(), 0, 0}; }

  [[nodiscard]] std::string unit(std::string_view word) const {
    Scenario const& scenario = cases_.front().scenario;
    if (word == "time") return scenario.clock.unit;
    if (word == "currency") return scenario.currency.empty() ? "1" : scenario.currency;
    return std::string(word);
  }

  void check_attribute(MeasureSpec const& spec) {
    if (!spec.by) return;
    for (MeasuredCase const& each : cases_)
      (void)require_text(each.world.cities, *spec.by, "a measure by group", complaints_, Changes::allowed);
  }

  /// Complains of what no case can tell.
  void check_there(MeasureSpec const& spec) {
    bool const parts = spec.by || spec.cities;
    auto const any = [&](auto const& holds) { return std::any_of(cases_.begin(), cases_.end(), holds); };
    if (spec.of == Of::spending && parts)
      complaints_.add("spending of a part of the cities is not told", spec.where, "spending of all was expected");
    if (spec.of == Of::spending && !any([](MeasuredCase const& each) {
          return std::any_of(each.model.policies.begin(), each.model.policies.end(),
                             [](PolicyModel const& policy) { return policy.cost.has_value(); });
        }))
      complaints_.add("there is no spending: no policy states its cost", spec.where,
                      "a measure such as final_share was expected");
    if (spec.of == Of::population_covered &&
        !any([](MeasuredCase const& each) { return each.world.cities.number("population") != nullptr; }))
      complaints_.add("there is no population to cover: the cities have none", spec.where,
                      "an attribute 'population' was expected, or final_share");
  }

  std::optional<std::size_t> axis_of(MeasureSpec const& spec) {
    if (spec.of == Of::attribution) return axis({MeasureAxis::Of::mechanism, "mechanism", mechanisms()});
    if (spec.of == Of::series && spec.by) {
      complaints_.add("whole series by group are not kept", spec.where,
                      "a series of 'where', or a share by group, was expected");
      return std::nullopt;
    }
    if (spec.of == Of::series) return axis({MeasureAxis::Of::time, "time", labels(spec)});
    if (spec.by) return axis({MeasureAxis::Of::group, "group_" + spec.by->name, groups(spec.by->name)});
    return std::nullopt;
  }

  std::size_t axis(MeasureAxis made) {
    auto const found = std::find(layout_.axes.begin(), layout_.axes.end(), made);
    if (found != layout_.axes.end()) return static_cast<std::size_t>(found - layout_.axes.begin());
    layout_.axes.push_back(std::move(made));
    return layout_.axes.size() - 1;
  }

  [[nodiscard]] std::vector<std::string> mechanisms() const {
    std::vector<std::string> const& own = cases_.front().model.mechanisms;
    auto const reserved = own.begin() + static_cast<std::ptrdiff_t>(Reserved::count);
    std::vector<std::string> names(own.begin(), reserved);
    std::set<std::string> all;
    for (MeasuredCase const& each : cases_)
      all.insert(each.model.mechanisms.begin() + static_cast<std::ptrdiff_t>(Reserved::count),
                 each.model.mechanisms.end());
    names.insert(names.end(), all.begin(), all.end());
    return names;
  }

  [[nodiscard]] std::vector<std::string> groups(std::string const& attribute) const {
    std::set<std::string> all;
    for (MeasuredCase const& each : cases_)
      if (TextColumn const* column = each.world.cities.text(attribute))
        all.insert(column->labels.begin(), column->labels.end());
    return {all.begin(), all.end()};
  }

  std::vector<std::string> labels(MeasureSpec const& spec) {
    Clock const& clock = cases_.front().scenario.clock;
    for (MeasuredCase const& each : cases_) {
      Clock const& other = each.scenario.clock;
      if (other.start != clock.start || other.end != clock.end)
        complaints_.add("the scenario has another clock than the first of the sweep", at(each),
                        fmt::format("the series '{}' needs one from {} to {}", spec.name, clock.start, clock.end));
    }
    std::vector<std::string> labels;
    for (std::int32_t label = clock.start; label <= clock.end; ++label) labels.push_back(fmt::format("{}", label));
    return labels;
  }

  std::span<MeasuredCase const> cases_;
  Complaints& complaints_;
  MeasureLayout layout_;
};

}  // namespace

MeasureLayout lay_out_measures(std::span<MeasureSpec const> specs, std::span<MeasuredCase const> cases,
                               Complaints& complaints) {
  LayoutMaker maker(cases, complaints);
  for (MeasureSpec const& each : specs) maker.add(each);
  return maker.take();
}

std::string words_of(MeasureLayout const& layout) {
  std::string words = fmt::format("policies: {}\n", fmt::join(layout.policies, ", "));
  for (MeasureVariable const& each : layout.variables) {
    words += fmt::format("{}: {}", each.name, each.meaning);
    if (each.axis) {
      MeasureAxis const& axis = layout.axes[*each.axis];
      words += fmt::format(", by {} ({})", axis.name, fmt::join(axis.labels, ", "));
    }
    words += '\n';
  }
  return words;
}

}  // namespace hansa
