/// Adopts the estimates, and runs.
#include "study/goodness.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <new>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include "base/counted.hpp"
#include "base/parallel.hpp"
#include "base/random.hpp"
#include "inference/estimates_of.hpp"
#include "inference/shaped_designs.hpp"
#include "inference/summaries.hpp"
#include "record/recorder.hpp"
#include "scenario/adopt.hpp"
#include "scenario/fields_policies.hpp"
#include "scenario/path.hpp"
#include "scenario/try_paths.hpp"
#include "scenario/validate.hpp"

namespace hansa {

namespace {

constexpr std::string_view not_judged[] = {"sweep", "calibrate", "fit", "power", "stats", "sources"};

/// The scenario with the estimates, and what is given until the first scored decision.
ScenarioDraft fitted_draft(Question const& question, FitQuestion const& posed, std::vector<FittedPolicies> const& fits,
                           Goodness& made) {
  Place const where{question.scenario->file.string(), 0, 0};
  ScenarioDraft draft = question.draft;
  std::erase_if(draft.root.entries, [](Node::Entry const& each) {
    return std::find(std::begin(not_judged), std::end(not_judged), each.key) != std::end(not_judged);
  });
  draft.mistakes = {};
  std::vector<PathValue> values;
  std::vector<std::string> fitted;
  std::size_t lost = 0;
  require(!needs_tables(posed.spec), "goodness takes the networks as they are written, and the fit estimates one",
          posed.spec.profile.empty() ? where : posed.spec.profile.front().where, "leave out goodness or that path");
  std::size_t const decided = fits_of(posed).size();  // those that follow are of how cities leave
  for (std::size_t f = 0; f < fits.size(); ++f) {
    FittedPolicies const& fit = fits[f];
    std::string const& name = fit.report.subject.name;
    require(fit.report.fit.link != FitLink::probit, fmt::format("the fit of '{}' is a probit, which no rule is", name),
            where, "a link that is a rule too was expected: logit, cloglog or additive");
    std::vector<double> covariance;
    Estimates const estimates = estimates_of(fit, covariance);
    for (std::size_t k = 0; k < estimates.values.size(); ++k)
      for (std::string const& path : estimates.paths[k]) values.push_back({path, estimates.values[k]});
    for (UnestimatedGroup const& each : estimates.groups) lost += each.why == UnestimatedGroup::Why::no_event ? 1 : 0;
    for (std::string const& policy : fit.report.subject.policies) {
      if (f >= decided) break;
      fitted.push_back(policy);
      std::string const rule = hansa::joined("policies", policy) + ".rule";
      Node word = value_node(0, {rule, 0, 0});
      word.text = std::string(
          fields::rule_choices[static_cast<std::size_t>(fit.report.fit.link == FitLink::logit     ? Rule::logit
                                                        : fit.report.fit.link == FitLink::cloglog ? Rule::cloglog
                                                                                                  : Rule::additive)]);
      apply_setting(draft, rule, std::move(word));
    }
  }
  if (lost > 0)
    made.notes.push_back(
        fmt::format("{} without an event have no effect of their own, and are simulated with that of "
                    "the reference",
                    counted(lost, "period or country", "periods and countries")));
  Complaints complaints;
  adopt(draft, values, {}, where, complaints);
  complaints.throw_if_any();
  Clock const& clock = question.scenario->clock;
  for (PolicySpec const& policy : question.scenario->policies) {
    if (!std::holds_alternative<FileRef>(policy.adopters.source)) continue;
    bool const is_judged = std::find(fitted.begin(), fitted.end(), policy.name) != fitted.end();
    std::int32_t const from = posed.spec.from.value_or(clock.start);
    std::string const path = hansa::joined("policies", policy.name) + ".adopters.until";
    apply_setting(draft, path, value_node(is_judged ? from - 1 : clock.end, {path, 0, 0}));
  }
  return draft;
}

std::vector<SummarySpec> all_summaries() {
  using Of = SummarySpec::Of;
  std::vector<SummarySpec> specs;
  for (Of const each : {Of::curve, Of::curve_by_group, Of::exposure_at_adoption, Of::moran, Of::seniority})
    specs.push_back({each, {}, {}});
  return specs;
}

template <class Work>
std::string why_it_failed(Work const& work) {
  try {
    work();
    return {};
  } catch (std::bad_alloc const&) {
    throw;
  } catch (std::system_error const&) {
    throw;
  } catch (std::exception const& error) {
    std::string const why = error.what();
    return why.empty() ? "unknown failure" : why;
  }
}

/// Rows of summaries of histories 0 … count - 1; of one that failed NaN.
std::vector<double> simulated_rows(Summaries const& summaries, Model const& model, World const& world,
                                   GoodnessOptions const& options, std::vector<std::string>& failures) {
  constexpr std::int64_t block = 8;
  std::size_t const width = summaries.size();
  auto const count = static_cast<std::size_t>(options.histories);
  std::vector<double> rows(count * width, std::numeric_limits<double>::quiet_NaN());
  failures.resize(count);
  auto const blocks = static_cast<std::size_t>((options.histories + block - 1) / block);
  parallel_for(blocks, options.threads, [&](std::size_t b) {
    Replicate replicate(model, world, options.lanes, 1);
    Recorder recorder(model, world, summaries.plan());
    auto const first = static_cast<std::int64_t>(b) * block;
    for (std::int64_t k = first; k < std::min(first + block, options.histories); ++k) {
      auto const at = static_cast<std::size_t>(k);
      failures[at] = why_it_failed([&] {
        recorder.begin(k);
        replicate.run(k, recorder);
        summaries.simulated(recorder.finish(), std::span(rows).subspan(at * width, width));
      });
    }
  });
  return rows;
}

/// One a part of the summaries, with the columns of its own.
std::vector<GoodnessPart> parts_of(Summaries const& summaries, std::vector<double> const& rows,
                                   std::vector<std::string> const& failures) {
  std::size_t const width = summaries.size();
  std::vector<double> const observed = summaries.observed();
  std::vector<GoodnessPart> parts;
  for (std::size_t p = 0; p < summaries.part_names().size(); ++p) {
    std::string const& whole = summaries.part_names()[p];
    GoodnessPart part;
    std::size_t const dot = whole.rfind('.');
    part.policy = whole.substr(0, dot);
    part.statistic = whole.substr(dot + 1);
    std::vector<std::size_t> columns;
    for (std::size_t k = 0; k < width; ++k)
      if (summaries.parts()[k] == p) columns.push_back(k);
    for (std::size_t const k : columns) {
      part.names.push_back(summaries.names()[k].substr(whole.size() + 1));
      part.observed.push_back(observed[k]);
    }
    std::vector<double> own;
    for (std::size_t s = 0; s < failures.size(); ++s)
      for (std::size_t const k : columns)
        if (failures[s].empty()) own.push_back(rows[s * width + k]);
    part.envelope = global_envelope(part.observed, own, goodness_alpha);
    parts.push_back(std::move(part));
  }
  return parts;
}

}  // namespace

Goodness goodness_of(Question const& question, FitQuestion const& posed, std::vector<FittedPolicies> const& fits,
                     GoodnessOptions const& options) {
  Goodness made;
  for (FittedPolicies const& each : fits)
    if (!each.report.fit.estimated())
      made.notes.push_back(
          fmt::format("'{}' has no estimates to simulate from: nothing is judged", each.report.subject.name));
  if (!made.notes.empty()) return made;
  made.histories = options.histories;
  ScenarioDraft const draft = fitted_draft(question, posed, fits, made);
  Complaints complaints;
  Scenario const scenario = validate(draft, schemas(question.mechanisms), complaints);
  complaints.throw_if_any();
  Model model = compile(scenario, *question.world, question.mechanisms, complaints, Sources::known);
  complaints.throw_if_any();
  model.seed = make_key(question.scenario->seed, 0, Purpose::goodness, 0);
  Summaries const summaries(scenario, *question.world, model, all_summaries(),
                            posed.spec.until.value_or(scenario.clock.end), posed.spec.where, complaints);
  complaints.throw_if_any();
  std::vector<std::string> failures;
  std::vector<double> const rows = simulated_rows(summaries, model, *question.world, options, failures);
  for (std::string const& each : failures) {
    if (each.empty()) continue;
    if (made.failed++ == 0) made.failure = each;
  }
  require(made.failed < options.histories, "no history can be simulated from the estimates: " + made.failure,
          {question.scenario->file.string(), 0, 0}, "estimates within the range of the model were expected");
  made.parts = parts_of(summaries, rows, failures);
  return made;
}

}  // namespace hansa
