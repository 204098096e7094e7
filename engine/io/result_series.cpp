/// Makes the variables one after the other, each with what fills it.
#include "io/result_series.hpp"

#include <algorithm>
#include <span>

namespace hansa {

namespace {

class Series {
 public:
  Series(NetcdfFile& file, ResultShape const& shape) : file_(file), shape_(shape) {}

  std::vector<SeriesVariable> make() {
    if (!shape_.plan.population.empty())
      series("population_covered", "share of the population that lives in adopting cities", "1",
             &PolicyHistory::population_covered);
    costs();
    resources();
    ties();
    members();
    return std::move(made_);
  }

 private:
  void series(std::string const& name, std::string const& long_name, std::string const& units,
              std::vector<double> PolicyHistory::*values);
  void shared_series(std::string const& name, std::string const& long_name, std::string const& units,
                     std::vector<double> SharedHistory::*values);
  void costs();
  void resources();
  void ties();
  void members();
  [[nodiscard]] Storage by_replicate(std::vector<std::size_t> const& lengths, std::size_t value_bytes) const {
    return storage_by_replicate(shape_.block, lengths, value_bytes);
  }

  NetcdfFile& file_;
  ResultShape const& shape_;
  std::vector<SeriesVariable> made_;
};

void Series::series(std::string const& name, std::string const& long_name, std::string const& units,
                    std::vector<double> PolicyHistory::*values) {
  H5Dataset made = file_.variable<double>(name, {"replicate", "policy", "time"}, no_number,
                                          by_replicate({shape_.policies(), shape_.steps()}, 8));
  say(made, long_name, units);
  std::size_t const steps = shape_.steps();
  auto const of = [values, steps](History const& history) {
    std::vector<double> all;
    for (PolicyHistory const& policy : history.policies) {
      std::vector<double> const& own = policy.*values;
      all.insert(all.end(), own.begin(), own.end());
      if (own.empty()) all.insert(all.end(), steps, no_number);
    }
    return all;
  };
  made_.push_back({std::move(made), of, shape_.policies() * steps});
}

void Series::shared_series(std::string const& name, std::string const& long_name, std::string const& units,
                           std::vector<double> SharedHistory::*values) {
  H5Dataset made = file_.variable<double>(name, {"replicate", "time"}, no_number, by_replicate({shape_.steps()}, 8));
  say(made, long_name, units);
  made_.push_back(
      {std::move(made), [values](History const& history) { return history.shared.*values; }, shape_.steps()});
}

/// Along all networks, by name.
void Series::ties() {
  if (!shape_.plan.ties) return;
  std::vector<std::string> names;
  for (NetworkLayer const& each : shape_.world.networks) names.push_back(each.name);
  say(file_.labels("network", std::span<std::string const>(names)), "network");
  auto const make = [&](std::string const& name, std::string const& long_name,
                        std::vector<double> SharedHistory::*values) {
    H5Dataset made = file_.variable<double>(name, {"replicate", "network", "time"}, no_number,
                                            by_replicate({names.size(), shape_.steps()}, 8));
    say(made, long_name, "1");
    made_.push_back({std::move(made), [values](History const& history) { return history.shared.*values; },
                     names.size() * shape_.steps()});
  };
  make("tie_count", "ties that there are at the end of the step", &SharedHistory::tie_count);
  make("tie_strength", "mean strength of the ties that there are at the end of the step; missing: there are none",
       &SharedHistory::tie_strength);
}

/// Along the collaborations that recruit or have a pledge, by name.
void Series::members() {
  std::vector<MembersModel> const& all = shape_.model.members;
  if (all.empty()) return;
  std::vector<std::string> names;
  for (MembersModel const& each : all) names.push_back(each.collaboration->name);
  say(file_.labels("collaboration", std::span<std::string const>(names)), "collaboration");
  auto const make = [&](std::string const& name, std::string const& long_name,
                        std::vector<double> SharedHistory::*values) {
    H5Dataset made = file_.variable<double>(name, {"replicate", "collaboration", "time"}, no_number,
                                            by_replicate({names.size(), shape_.steps()}, 8));
    say(made, long_name, "1");
    made_.push_back({std::move(made), [values](History const& history) { return history.shared.*values; },
                     names.size() * shape_.steps()});
  };
  make("members", "members of the collaboration in the step", &SharedHistory::members);
  if (std::none_of(all.begin(), all.end(), [](MembersModel const& each) { return each.pledge.has_value(); })) return;
  make("pledges", "pledges of members that stand at the end of the step; missing: there is no contract",
       &SharedHistory::pledges);
  make("pledged_adoptions", "adoptions in the step by which pledges are kept; missing: there is no contract",
       &SharedHistory::pledged_adoptions);
}

void Series::resources() {
  std::string const& currency = shape_.scenario.currency;
  Model const& model = shape_.model;
  if (!model.fees.total.empty())
    shared_series("fees", "what members pay to collaborations in the step", currency, &SharedHistory::fees);
  if (!model.resources) return;
  shared_series("budget", "what a city has at the end of the step, mean over the cities", currency,
                &SharedHistory::budget);
  if (model.resources->network != nullptr)
    shared_series("ties_used", "ties whose target adopts in the step what their source had before", "1",
                  &SharedHistory::ties_used);
  for (std::size_t g = 0; g < shape_.plan.groupings.size(); ++g) {
    std::string const& attribute = shape_.plan.grouping_names[g];
    std::string const group = "group_" + attribute;
    auto const groups = static_cast<std::size_t>(file_.length(group));
    H5Dataset made = file_.variable<double>("budget_by_" + attribute, {"replicate", group, "time"}, no_number,
                                            by_replicate({groups, shape_.steps()}, 8));
    say(made, "what a city has at the end of the step, mean over the cities, by " + attribute, currency);
    made_.push_back({std::move(made), [g](History const& history) { return history.shared.budget_by.at(g); },
                     groups * shape_.steps()});
  }
}

void Series::costs() {
  auto const& all = shape_.model.policies;
  if (std::none_of(all.begin(), all.end(), [](PolicyModel const& each) { return each.cost.has_value(); })) return;
  std::string const& currency = shape_.scenario.currency;
  series("spending", "what cities pay for the policy in the step; missing: its cost is not stated", currency,
         &PolicyHistory::spending);
  bool const subsidised = std::any_of(
      all.begin(), all.end(), [](PolicyModel const& each) { return each.cost.has_value() && !each.subsidies.empty(); });
  if (subsidised)
    series("subsidies", "what others pay of the cities' costs in the step; missing: nobody subsidises the policy",
           currency, &PolicyHistory::subsidies);
  series("unit_cost", "what the policy costs a city in the step, mean over the cities in the world", currency,
         &PolicyHistory::unit_cost);
}

}  // namespace

void say(H5Dataset const& variable, std::string const& long_name, std::string const& units) {
  h5_set_text(variable.id(), "long_name", long_name);
  if (!units.empty()) h5_set_text(variable.id(), "units", units);
}

Storage storage_by_replicate(std::int64_t block, std::vector<std::size_t> const& lengths, std::size_t value_bytes) {
  constexpr std::size_t aim = 1u << 20;
  Storage storage;
  storage.chunk.push_back(static_cast<hsize_t>(block));
  for (std::size_t const each : lengths) storage.chunk.push_back(std::max<std::size_t>(1, each));
  std::size_t bytes = value_bytes;
  for (hsize_t const each : storage.chunk) bytes *= each;
  for (std::size_t axis = 1; axis < storage.chunk.size() && bytes > aim; ++axis) {
    std::size_t const whole = storage.chunk[axis];
    std::size_t const kept = std::max<std::size_t>(1, whole * aim / bytes);
    storage.chunk[axis] = kept;
    bytes = bytes / whole * kept;
  }
  std::size_t row = static_cast<std::size_t>(block) * value_bytes;
  for (std::size_t const each : lengths) row *= each;
  storage.cache = std::max(storage.cache, 2 * row);
  return storage;
}

std::vector<SeriesVariable> make_result_series(NetcdfFile& file, ResultShape const& shape) {
  return Series(file, shape).make();
}

}  // namespace hansa
