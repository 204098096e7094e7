/// Which dimensions and variables a result file has, in the order in which they are made.
#include "io/result_layout.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <string_view>

#include "io/city_variables.hpp"
#include "io/observed.hpp"
#include "io/result_series.hpp"
#include "measures/observed.hpp"
#include "model/interventions.hpp"
#include "record/history.hpp"

namespace hansa {

namespace {

using Texts = std::vector<std::string>;

void say_flags(H5Dataset const& variable, std::vector<std::int8_t> const& values, std::string const& meanings) {
  h5_set_numbers<std::int8_t>(variable.id(), "flag_values", values);
  h5_set_text(variable.id(), "flag_meanings", meanings);
}

/// Makes the variables one after the other.
class Layout {
 public:
  Layout(NetcdfFile& file, ResultShape const& shape) : file_(file), shape_(shape) {}

  ResultVariables make() {
    dimensions();
    city_coordinates_ = write_cities(file_, shape_.world.cities);
    at_risk();
    observed();
    adoption_time();
    counts();
    beliefs();
    interventions();
    summaries();
    return std::move(made_);
  }

 private:
  void dimensions();
  void at_risk();
  void observed();
  void observed_count(std::string const& name, std::vector<std::string> const& dimensions, std::string const& of,
                      std::vector<std::int32_t> const& values);
  void adoption_time();
  void counts();
  void beliefs();
  void interventions();
  void subsidies();
  void summaries();
  [[nodiscard]] Storage by_replicate(std::vector<std::size_t> const& lengths, std::size_t value_bytes) const {
    return storage_by_replicate(shape_.block, lengths, value_bytes);
  }
  void name_cities(H5Dataset const& variable) const { h5_set_text(variable.id(), "coordinates", city_coordinates_); }

  NetcdfFile& file_;
  ResultShape const& shape_;
  ResultVariables made_;
  std::string city_coordinates_;
};

void Layout::dimensions() {
  // Chunks of one block, like all that grows: no chunk is written twice, so a killed run leaves the old ones whole.
  made_.replicate = file_.growing_labels<std::int32_t>("replicate", static_cast<hsize_t>(shape_.block));
  say(made_.replicate, "number of the replicate", "1");
  Texts policies;
  for (PolicyModel const& each : shape_.model.policies) policies.push_back(each.name);
  say(file_.labels("policy", std::span<std::string const>(policies)), "policy");
  std::vector<std::int32_t> time(shape_.steps());
  std::iota(time.begin(), time.end(), shape_.model.clock.start);
  say(file_.labels<std::int32_t>("time", time), "time", shape_.model.clock.unit);
  say(file_.labels("mechanism", std::span<std::string const>(shape_.model.mechanisms)), "mechanism");
  say(file_.labels<double>("quantile", shape_.scenario.output.quantiles), "quantile over replicates", "percent");
  for (std::size_t g = 0; g < shape_.plan.groupings.size(); ++g) {
    std::string const& attribute = shape_.plan.grouping_names[g];
    say(file_.labels("group_" + attribute, std::span<std::string const>(shape_.plan.groupings[g]->labels)), attribute);
  }
  file_.dimension("city", shape_.cities());
}

void Layout::at_risk() {
  std::vector<std::int8_t> values;
  for (PolicyModel const& policy : shape_.model.policies) {
    std::vector<Risk> const risk = risks(policy, shape_.model.clock, shape_.world.cities.size());
    for (Index const i : shape_.world.cities.input_order) values.push_back(static_cast<std::int8_t>(risk[i]));
  }
  H5Dataset const variable = file_.variable<std::int8_t>("at_risk", {"policy", "city"}, std::nullopt);
  say(variable, "whether the city may adopt in the run: by deciding, or only on the dates of data");
  say_flags(variable, {0, 1, 2}, "never at_risk given");
  name_cities(variable);
  file_.write<std::int8_t>(variable, values);
}

void Layout::observed() {
  ObservedAdoption const data = observed_adoption(shape_.scenario, shape_.world, shape_.model, shape_.plan);
  if (!data.any) return;
  H5Dataset const times = file_.variable<std::int32_t>("observed_adoption_time", {"policy", "city"}, never);
  say(times, "time of the first adoption in the data", shape_.model.clock.unit);
  name_cities(times);
  file_.write<std::int32_t>(times, data.adoption_time);
  H5Dataset const known = file_.variable<std::int8_t>("status_known", {"policy", "city"}, std::nullopt);
  say(known, "whether the data tell if the city has adopted");
  say_flags(known, {0, 1}, "unknown known");
  name_cities(known);
  file_.write<std::int8_t>(known, data.status_known);
  observed_count("observed_adopters", {"policy", "time"}, "cities that may adopt in the run", data.adopters);
  observed_count("observed_adopters_elsewhere", {"policy", "time"}, "cities that never adopt in the run",
                 data.elsewhere);
  for (std::size_t g = 0; g < shape_.plan.groupings.size(); ++g) {
    std::string const& attribute = shape_.plan.grouping_names[g];
    observed_count("observed_adopters_by_" + attribute, {"policy", "group_" + attribute, "time"},
                   "cities that may adopt in the run, by " + attribute, data.adopters_by[g]);
  }
}

void Layout::observed_count(std::string const& name, std::vector<std::string> const& dimensions, std::string const& of,
                            std::vector<std::int32_t> const& values) {
  H5Dataset const variable = file_.variable<std::int32_t>(name, dimensions, no_count);
  say(variable, "number of adopters in the data at the end of the step among the " + of, "1");
  file_.write<std::int32_t>(variable, values);
}

void Layout::adoption_time() {
  if (!shape_.plan.adoption_time) return;
  Storage storage;
  storage.chunk = {static_cast<hsize_t>(shape_.block), 1, shape_.chunk_cities()};
  made_.adoption_time = file_.variable<std::int32_t>("adoption_time", {"replicate", "policy", "city"}, never, storage);
  say(made_.adoption_time, "time of the first adoption; missing: never", shape_.model.clock.unit);
  name_cities(made_.adoption_time);
}

void Layout::counts() {
  std::size_t const policies = shape_.policies(), steps = shape_.steps();
  if (shape_.plan.abandonments) {
    made_.abandonments =
        file_.variable<std::int16_t>("abandonments", {"replicate", "policy", "city"},
                                     static_cast<std::int16_t>(no_count), by_replicate({policies, shape_.cities()}, 2));
    say(made_.abandonments, "how often the city abandoned the policy", "1");
    name_cities(made_.abandonments);
  }
  made_.replicate_status = file_.variable<std::int8_t>("replicate_status", {"replicate"}, std::nullopt,
                                                       {{static_cast<hsize_t>(shape_.block)}});
  say(made_.replicate_status, "whether the replicate failed; then its values are missing");
  say_flags(made_.replicate_status, {0, 1}, "finished failed");
  made_.adopters = file_.variable<std::int32_t>("adopters", {"replicate", "policy", "time"}, no_count,
                                                by_replicate({policies, steps}, 4));
  say(made_.adopters, "number of adopters at the end of the step", "1");
  for (std::size_t g = 0; g < shape_.plan.groupings.size(); ++g) {
    std::string const& attribute = shape_.plan.grouping_names[g];
    std::string const group = "group_" + attribute;
    made_.adopters_by.push_back(file_.variable<std::int32_t>(
        "adopters_by_" + attribute, {"replicate", "policy", group, "time"}, no_count,
        by_replicate({policies, static_cast<std::size_t>(file_.length(group)), steps}, 4)));
    say(made_.adopters_by.back(), "number of adopters at the end of the step by " + attribute, "1");
  }
  made_.series = make_result_series(file_, shape_);
  if (!shape_.plan.attribution) return;
  made_.mechanism_total =
      file_.variable<double>("new_adoptions_by_mechanism_total", {"replicate", "policy", "mechanism"}, no_number,
                             by_replicate({policies, shape_.mechanisms()}, 8));
  say(made_.mechanism_total, "adoptions attributed to the mechanism over all steps", "1");
}

void Layout::beliefs() {
  if (shape_.averages_beliefs()) {
    made_.belief_period = file_.variable<std::int32_t>("belief_period", {"replicate", "policy"}, no_count,
                                                       by_replicate({shape_.policies()}, 4));
    say(made_.belief_period,
        "1: beliefs have settled in the end; above: they come back to what they were so many steps before; 0: they "
        "move, and neither is seen; missing: cities do not average beliefs about the policy",
        "1");
  }
  if (!shape_.plan.beliefs) return;
  BeliefCut const cut = shape_.belief_cut();
  Storage storage;
  storage.chunk = {1, 1, cut.tall, cut.wide};
  auto const make = [&](std::string const& name, std::string const& long_name) {
    H5Dataset made = file_.variable<double>(name, {"replicate", "policy", "time", "city"}, no_number, storage);
    say(made, long_name + "; missing: nobody learns about the policy", "1");
    name_cities(made);
    return made;
  };
  made_.belief_mean = make("belief_mean", "what the city expects of the policy's performance at the end of the step");
  made_.belief_precision = make("belief_precision", "how sure the city is of that at the end of the step, 1/variance");
}

void Layout::interventions() {
  if (shape_.interventions() == 0) return;
  Texts names, kinds;
  std::vector<std::int32_t> policy, time, until;
  std::vector<double> cost;
  for (InterventionModel const& each : shape_.model.interventions) {
    names.push_back(each.name);
    kinds.push_back(each.verb);
    policy.push_back(each.policy ? static_cast<std::int32_t>(each.policy->value) : no_count);
    time.push_back(each.label);
    until.push_back(each.until.value_or(each.label));
    cost.push_back(each.cost.value_or(no_number));
  }
  say(file_.labels("intervention", std::span<std::string const>(names)), "intervention");
  say(file_.texts("intervention_kind", {"intervention"}, kinds), "what is done");
  Texts const outcomes{"seeded", "failed", "adopted_before", "excluded"};
  say(file_.labels("seed_outcome", std::span<std::string const>(outcomes)), "what became of a city of a seed");
  H5Dataset const policies = file_.variable<std::int32_t>("intervention_policy", {"intervention"}, no_count);
  say(policies, "number of its policy along `policy`, from 0; missing: it acts on none", "1");
  file_.write<std::int32_t>(policies, policy);
  H5Dataset const times = file_.variable<std::int32_t>("intervention_time", {"intervention"}, std::nullopt);
  say(times, "step in which it happens, or begins", shape_.model.clock.unit);
  file_.write<std::int32_t>(times, time);
  H5Dataset const ends = file_.variable<std::int32_t>("intervention_until", {"intervention"}, std::nullopt);
  say(ends, "last step in which it is in force; its only one, where it acts once", shape_.model.clock.unit);
  file_.write<std::int32_t>(ends, until);
  H5Dataset const costs = file_.variable<double>("intervention_cost", {"intervention"}, no_number);
  say(costs, "cost to its funder as stated; missing: not stated", shape_.scenario.currency);
  file_.write<double>(costs, cost);
  made_.seeds = file_.variable<std::int32_t>("seeds", {"replicate", "intervention", "seed_outcome"}, no_count,
                                             by_replicate({shape_.interventions(), seed_outcomes}, 4));
  say(made_.seeds, "number of cities of the intervention of which this became; missing: it seeds none", "1");
  subsidies();
}

/// What became of each subsidy.
void Layout::subsidies() {
  bool any = false;
  for (std::size_t k = 0; k < shape_.interventions(); ++k) any = any || shape_.pays(k);
  if (!any) return;
  made_.subsidy_paid = file_.variable<double>("subsidy_paid", {"replicate", "intervention"}, no_number,
                                              by_replicate({shape_.interventions()}, 8));
  say(made_.subsidy_paid, "what the intervention paid of the cities' costs; missing: it is no subsidy",
      shape_.scenario.currency);
  made_.budget_spent = file_.variable<std::int32_t>("budget_spent", {"replicate", "intervention"}, never,
                                                    by_replicate({shape_.interventions()}, 4));
  say(made_.budget_spent, "step in which the budget of the subsidy was spent; missing: it was not",
      shape_.model.clock.unit);
}

void Layout::summaries() {
  if (shape_.plan.attribution) {
    made_.mechanism_mean =
        file_.variable<double>("new_adoptions_by_mechanism", {"policy", "mechanism", "time"}, no_number);
    say(made_.mechanism_mean, "adoptions in the step attributed to the mechanism, mean over replicates", "1");
    h5_set_text(made_.mechanism_mean.id(), "cell_methods", "replicate: mean");
    for (std::string const& attribute : shape_.plan.grouping_names) {
      H5Dataset by = file_.variable<double>("new_adoptions_by_mechanism_by_" + attribute,
                                            {"policy", "group_" + attribute, "mechanism"}, no_number);
      say(by, "adoptions of the group over all steps attributed to the mechanism, mean over replicates", "1");
      h5_set_text(by.id(), "cell_methods", "replicate: mean");
      made_.mechanism_by.push_back(std::move(by));
    }
  }
  made_.adopters_quantile = file_.variable<double>("adopters_quantile", {"policy", "quantile", "time"}, no_number);
  say(made_.adopters_quantile, "quantiles over replicates of the number of adopters", "1");
}

}  // namespace

std::int64_t replicates_of_chunk(std::size_t cities) noexcept {
  std::size_t const fit = (std::size_t{16} << 20) / (4 * std::max<std::size_t>(1, cities));
  return static_cast<std::int64_t>(std::clamp<std::size_t>(fit, 1, 25));
}

std::uint64_t bytes_of_layout(ResultShape const& shape) {
  constexpr std::uint64_t a_text = 56, own = std::uint64_t{1} << 18;  // own: what HDF5 needs for itself
  Cities const& cities = shape.world.cities;
  std::uint64_t bytes = own;
  auto const add = [&](Texts const& texts) {
    for (std::string const& each : texts) bytes += a_text + each.size();
  };
  add(cities.id);
  for (char const* const name : {"name", "country", "region"}) {
    TextColumn const* const column = cities.text(name);
    if (column == nullptr) continue;
    for (std::int32_t const code : column->code) {
      bytes += a_text + (code < 0 ? 0 : column->labels[static_cast<std::size_t>(code)].size());
    }
  }
  std::uint64_t counts = 2;  // observed ones, per policy and step
  for (TextColumn const* const column : shape.plan.groupings) {
    add(column->labels);
    counts += column->labels.size();
  }
  add(shape.model.mechanisms);
  for (MembersModel const& each : shape.model.members) bytes += a_text + each.collaboration->name.size();
  for (InterventionModel const& each : shape.model.interventions) bytes += 2 * a_text + each.name.size();
  bytes += shape.policies() * (a_text + 6 * shape.cities() + 4 * shape.steps() * counts);
  return bytes + 3 * 8 * shape.cities() + 4 * shape.steps();
}

bool ResultShape::pays(std::size_t intervention) const noexcept {
  return pays_costs(model.interventions[intervention], model);
}

bool ResultShape::averages_beliefs() const noexcept {
  return std::any_of(model.policies.begin(), model.policies.end(), [](PolicyModel const& policy) {
    return std::any_of(policy.terms.begin(), policy.terms.end(),
                       [](CompiledTerm const& each) { return each.term && each.term->averages_beliefs(); });
  });
}

std::size_t ResultShape::chunk_cities() const noexcept {
  return std::clamp<std::size_t>(cities(), 1, 65536);
}

ResultVariables make_result_variables(NetcdfFile& file, ResultShape const& shape) {
  return Layout(file, shape).make();
}

}  // namespace hansa
