/// Tells what else a result has by step, and its interventions.
#include <algorithm>
#include <cmath>
#include <string_view>

#include "tell/page_result.hpp"

namespace hansa {

namespace {

/// A variable replicate × [along ×] time; `along` names the dimension, empty: none.
struct StepVariable {
  std::string_view name, along, meaning, unit;
};

constexpr StepVariable step_variables[] = {
    {"population_covered", "policy", "share of the population that lives in adopting cities", "share"},
    {"spending", "policy", "what cities pay for the policy in the step, in all", "currency"},
    {"subsidies", "policy", "what others pay of these costs in the step", "currency"},
    {"unit_cost", "policy", "what the policy costs a city, mean over cities", "currency"},
    {"budget", "", "what a city has at the end of the step, mean over cities", "currency"},
    {"fees", "", "what members pay to collaborations in the step", "currency"},
    {"members", "collaboration", "members of the collaboration", "cities"},
    {"pledges", "collaboration", "pledges that stand at the end of the step", "cities"},
    {"pledged_adoptions", "collaboration", "adoptions by which pledges are kept", "cities"},
    {"tie_count", "network", "ties at the end of the step", "ties"},
    {"tie_strength", "network", "mean strength of ties", "strength"},
    {"ties_used", "", "ties along which a policy passes in the step", "ties"},
};

void add_one(PageJson& to, ResultPage const& page, StepVariable const& of) {
  std::string const name(of.name);
  std::size_t const steps = page.reader.time().size();
  std::vector<std::string> const labels =
      of.along.empty() ? std::vector<std::string>{""} : page.reader.labels(std::string(of.along));
  if (of.along.empty())
    require_rows(page, name, {steps});
  else
    require_rows(page, name, {labels.size(), steps});
  std::vector<std::vector<double>> rows(labels.size());
  std::size_t const row = labels.size() * steps;
  std::int64_t const block = replicates_at_a_time(row);
  bool const counts = of.unit == "cities" || of.unit == "ties";
  for (std::size_t next = 0; next < page.finished.size();) {
    std::int64_t const first = page.finished[next], count = std::min(block, page.reader.replicates() - first);
    std::vector<double> const numbers = page.reader.values(name, first, count);
    for (; next < page.finished.size() && page.finished[next] < first + count; ++next)
      for (std::size_t k = 0; k < labels.size(); ++k)
        for (std::size_t const t : page.steps) {
          double const value = numbers[static_cast<std::size_t>(page.finished[next] - first) * row + k * steps + t];
          rows[k].push_back(counts && value < 0 ? std::nan("") : value);  // -1: missing
        }
  }
  to.begin_object().field("variable", of.name).field("along", of.along).field("meaning", of.meaning);
  to.field("unit", of.unit).key("of").begin_list();
  for (std::size_t k = 0; k < labels.size(); ++k) {
    if (std::ranges::all_of(rows[k], [](double each) { return std::isnan(each); })) continue;
    to.begin_object().field("label", labels[k]).key("quantile");
    add_quantiles(to, rows[k], page.steps.size());
    to.end_object();
  }
  to.end_list().end_object();
}

/// Sums over finished replicates of a variable replicate × row.
std::vector<double> means_of(ResultPage const& page, std::string const& variable) {
  std::vector<std::uint64_t> const lengths = page.reader.lengths(variable);
  std::size_t row = 1;
  for (std::size_t k = 1; k < lengths.size(); ++k) row *= lengths[k];
  std::vector<double> sums(row);
  std::vector<double> const all = page.reader.values(variable, 0, page.reader.replicates());
  for (std::int64_t const r : page.finished)
    for (std::size_t k = 0; k < row; ++k) sums[k] += all[static_cast<std::size_t>(r) * row + k];
  for (double& each : sums) each /= static_cast<double>(std::max<std::size_t>(1, page.finished.size()));
  return sums;
}

}  // namespace

void add_series(PageJson& to, ResultPage const& page) {
  to.key("series").begin_list();
  for (StepVariable const& each : step_variables)
    if (page.reader.has(each.name)) add_one(to, page, each);
  to.end_list();
}

void add_interventions(PageJson& to, ResultPage const& page) {
  to.key("interventions").begin_list();
  if (page.reader.has("intervention")) {
    std::vector<std::string> const names = page.reader.labels("intervention"),
                                   kinds = require_texts(page, "intervention_kind", names.size());
    for (char const* const each : {"intervention_policy", "intervention_time", "intervention_until"})
      require_lengths(page, each, {names.size()});
    require_rows(page, "seeds", {names.size(), page.reader.labels("seed_outcome").size()});
    std::vector<double> const policy = page.reader.values("intervention_policy"),
                              time = page.reader.values("intervention_time"),
                              until = page.reader.values("intervention_until"), seeds = means_of(page, "seeds");
    std::size_t const outcomes = names.empty() ? 0 : seeds.size() / names.size();
    for (std::size_t k = 0; k < names.size(); ++k) {
      to.begin_object().field("name", names[k]).field("kind", kinds[k]).field("time", time[k]).field("until", until[k]);
      to.key("policy");
      if (policy[k] >= 0 && policy[k] < static_cast<double>(page.policies()))
        to.value(page.reader.policies()[static_cast<std::size_t>(policy[k])]);
      else
        to.null();
      to.key("seeds");
      if (kinds[k] == "seed")
        to.value(std::vector<double>(seeds.begin() + static_cast<std::ptrdiff_t>(k * outcomes),
                                     seeds.begin() + static_cast<std::ptrdiff_t>((k + 1) * outcomes)));
      else
        to.null();
      to.end_object();
    }
  }
  to.end_list();
}

}  // namespace hansa
