/// Tells a sweep: its points, and what its design says of the parameters.
#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>
#include <variant>

#include <fmt/format.h>

#include "base/error.hpp"
#include "design/sensitivity.hpp"
#include "io/sweep_reader.hpp"
#include "io/yaml.hpp"
#include "tell/page_parts.hpp"

namespace hansa {

namespace {

constexpr std::size_t most_page_points = 20'000;  ///< drawn of a response surface

void add_estimate(PageJson& to, std::string_view name, IndexInterval const& of) {
  to.key(name).begin_list().value(of.value).value(of.low).value(of.high).end_list();
}

/// Lists by input, in the order of `inputs`.
class AnalysisJson {
 public:
  AnalysisJson(PageJson& to, Sensitivity const& about) : to_(to), about_(about) {}

  void operator()(SobolReport const& report) const {
    to_.field("method", "saltelli").field("base_points", report.rows.base_points).key("rows").begin_list();
    for (std::size_t i = 0; i < about_.inputs.size(); ++i) {
      to_.begin_object().field("input", about_.inputs[i]);
      add_estimate(to_, "S1", report.first[i]);
      add_estimate(to_, "ST", report.total[i]);
      to_.end_object();
    }
    to_.end_list().key("pairs").begin_list();
    std::size_t const inputs = report.second.empty() ? 0 : about_.inputs.size();
    for (std::size_t i = 0; i < inputs; ++i)
      for (std::size_t j = i + 1; j < inputs; ++j) {
        to_.begin_object().key("inputs").begin_list().value(about_.inputs[i]).value(about_.inputs[j]).end_list();
        add_estimate(to_, "S2", report.second[i * inputs + j]);
        to_.end_object();
      }
    to_.end_list();
  }

  void operator()(MorrisReport const& report) const {
    MorrisEffects const& effects = report.effects;
    to_.field("method", "morris").field("base_points", report.steps.blocks).key("rows").begin_list();
    for (std::size_t i = 0; i < about_.inputs.size(); ++i)
      to_.begin_object()
          .field("input", about_.inputs[i])
          .field("mu", effects.mu[i])
          .field("mu_star", effects.mu_star[i])
          .field("sigma", effects.sigma[i])
          .field("mu_star_error", effects.mu_star_error[i])
          .end_object();
    to_.end_list();
  }

  void operator()(RegressionEffects const& effects) const {
    to_.field("method", "regression").field("r2", effects.r2).field("r2_ranks", effects.r2_ranks);
    to_.key("rows").begin_list();
    for (std::size_t i = 0; i < about_.inputs.size(); ++i)
      to_.begin_object()
          .field("input", about_.inputs[i])
          .field("SRC", effects.standardized[i])
          .field("PRCC", effects.partial[i])
          .field("PRCC_p", effects.partial_p[i])
          .end_object();
    to_.end_list();
  }

  void operator()(Tornado const& found) const {
    to_.field("method", "one_at_a_time").field("base", found.base).key("rows").begin_list();
    for (TornadoBar const& bar : found.bars)
      to_.begin_object()
          .field("input", about_.inputs[bar.input])
          .field("low", bar.low_change)
          .field("high", bar.high_change)
          .field("low_error", bar.low_error)
          .field("high_error", bar.high_error)
          .end_object();
    to_.end_list();
  }

  void operator()(PrimReport const& /*never asked for*/) const { to_.field("method", "none"); }

 private:
  PageJson& to_;
  Sensitivity const& about_;
};

/// What the design of the scenario's sweep can be analysed by.
SensitivityMethod method_for(std::string const& scenario) {
  try {
    ScenarioDraft const draft = parse_yaml(scenario, "scenario");
    Node const* const sweep = draft.root.find("sweep");
    Node const* const design = sweep == nullptr ? nullptr : sweep->find("design");
    if (design == nullptr) return SensitivityMethod::regression;
    if (design->text == "one_at_a_time") return SensitivityMethod::oat;
    if (design->find("saltelli") != nullptr) return SensitivityMethod::saltelli;
    if (design->find("morris") != nullptr) return SensitivityMethod::morris;
  } catch (Error const&) {
  }
  return SensitivityMethod::regression;
}

class SweepPage {
 public:
  SweepPage(PageJson& to, SweepRecord const& record) : to_(to), record_(record), points_(record.points.size()) {}

  void add() {
    to_.field("policies", record_.policies).field("points", points_).field("replicates", record_.replicates);
    to_.field("runs", record_.runs).field("finished", record_.finished).field("failed", record_.failed);
    to_.field("estimates", record_.estimates).field("others", record_.others);
    to_.key("inputs").begin_list();
    for (PointColumn const& each : record_.points.columns) {
      to_.begin_object().field("path", each.path).key("values");
      if (each.words.empty())
        to_.value(shown(each.numbers));
      else
        to_.value(shown(each.words));
      to_.end_object();
    }
    to_.end_list().key("measures").begin_list();
    for (SweptMeasure const& each : record_.measures)
      for (std::size_t p = 0; p < record_.policies.size(); ++p) add_measure(each, p);
    to_.end_list();
  }

 private:
  template <class T>
  [[nodiscard]] std::vector<T> shown(std::vector<T> all) const {
    all.resize(std::min(all.size(), most_page_points));
    return all;
  }

  [[nodiscard]] std::vector<double> of_policy(std::vector<double> const& all, std::size_t policy) const {
    std::vector<double> made;
    for (std::size_t k = policy; k < all.size(); k += record_.policies.size()) made.push_back(all[k]);
    return made;
  }

  void add_measure(SweptMeasure const& measure, std::size_t policy) {
    to_.begin_object().field("name", measure.name).field("meaning", measure.meaning).field("unit", measure.unit);
    to_.field("policy", record_.policies[policy]);
    to_.field("mean", shown(of_policy(measure.mean, policy))).field("se", shown(of_policy(measure.se, policy)));
    to_.key("analysis");
    add_analysis(measure, policy);
    to_.end_object();
  }

  /// A row for each point and replicate, or for each point where single replicates were not kept.
  [[nodiscard]] Table table(SweptMeasure const& measure, std::size_t policy) const {
    std::vector<double> const numbers = of_policy(measure.each.empty() ? measure.mean : measure.each, policy);
    std::size_t const each = points_ == 0 ? 1 : numbers.size() / points_;
    Table made;
    made.name = measure.name;
    made.header = {"point", "replicate"};
    for (PointColumn const& column : record_.points.columns) made.header.push_back(column.path);
    made.header.push_back("@measure");
    auto const cell = [](double value) { return std::isnan(value) ? std::string() : fmt::format("{}", value); };
    for (std::size_t row = 0; row < numbers.size(); ++row) {
      made.cells.push_back(fmt::format("{}", row / each));
      made.cells.push_back(fmt::format("{}", row % each));
      for (PointColumn const& column : record_.points.columns)
        made.cells.push_back(column.words.empty() ? cell(column.numbers[row / each]) : column.words[row / each]);
      made.cells.push_back(cell(numbers[row]));
      made.lines.push_back(static_cast<int>(row) + 2);
    }
    return made;
  }

  void add_analysis(SweptMeasure const& measure, std::size_t policy) {
    std::vector<std::string> inputs;
    for (PointColumn const& each : record_.points.columns) inputs.push_back(each.path);
    SensitivityOptions options;
    options.method = method_for(record_.scenario_text);
    Complaints complaints;
    std::optional<Sensitivity> found;
    std::string why;
    try {
      require(record_.points.scenarios.size() < 2, "points of several scenarios are designs of their own", {});
      std::vector<double> const numbers = of_policy(measure.each.empty() ? measure.mean : measure.each, policy);
      require(std::ranges::none_of(numbers, [](double each) { return std::isnan(each); }),
              "some runs do not have it, which never come so far", {});
      found = analyse(table(measure, policy), inputs, "@measure", options, complaints);
      complaints.throw_if_any();
    } catch (Error const& error) {
      found.reset();
      why = error.complaints().front().problem;
    }
    to_.begin_object().field("why_not", why);
    if (found) {
      std::visit(AnalysisJson(to_, *found), found->result);
      to_.field("warnings", found->warnings).key("parts");
      if (found->parts)
        to_.begin_list().value(found->parts->points).value(found->parts->common).value(found->parts->noise).end_list();
      else
        to_.null();
    }
    to_.end_object();
  }

  PageJson& to_;
  SweepRecord const& record_;
  std::size_t points_;
};

}  // namespace

void page_sweep(PageJson& to, PagedFile const& file) {
  SweepRecord const record = read_sweep_file(file.file);
  to.begin_object();
  add_origin(to, file, {"sweep", record.title, record.seed, record.engine_version, record.engine_commit});
  SweepPage(to, record).add();
  to.end_object();
}

}  // namespace hansa
