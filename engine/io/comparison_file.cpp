/// Writes the file of a comparison.
#include "io/comparison_file.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include <fmt/format.h>

#include "io/city_variables.hpp"
#include "io/comparison_reruns.hpp"
#include "io/comparison_variables.hpp"
#include "io/result_attributes.hpp"
#include "io/sealed_netcdf.hpp"

namespace hansa {

namespace {

Interval const none{no_number, no_number, no_number};

void append_or_none(std::vector<Interval>& to, std::vector<Interval> const& steps, std::size_t count) {
  if (steps.empty()) return to.insert(to.end(), count, none), void();
  to.insert(to.end(), steps.begin(), steps.end());
}

void append(std::vector<double>& to, Luck const& luck) {
  to.insert(to.end(), {luck.low, luck.median, luck.high});
}

class ComparisonWriter : private ComparisonVariables {
 public:
  ComparisonWriter(NetcdfFile& file, Comparison const& comparison, World const& world, std::string const& currency)
      : ComparisonVariables(file, world.cities),
        file_(file),
        comparison_(comparison),
        world_(world),
        currency_(currency.empty() ? "1" : currency) {}

  void write(ComparedReplicates const& replicates) {
    dimensions(replicates);
    place(write_cities(file_, world_.cities));
    adopters(replicates);
    outcomes();
    differences();
    times();
    costs();
    groups();
    followers();
    cities();
    write_reruns(file_, *this, comparison_);
    following();
  }

 private:
  void dimensions(ComparedReplicates const& replicates) {
    label("scenario", comparison_.scenarios, "scenario; the first is the base");
    label("what_if", {comparison_.scenarios.begin() + 1, comparison_.scenarios.end()},
          "scenario compared with the base");
    label("policy", comparison_.policies, "policy");
    std::vector<std::int32_t> time(static_cast<std::size_t>(comparison_.clock.steps()));
    std::iota(time.begin(), time.end(), comparison_.clock.start);
    say(file_.labels<std::int32_t>("time", time), "time", comparison_.clock.unit);
    say(file_.labels<double>("quantile", Numbers{5, 50, 95}), "quantile over replicates", "percent");
    Numbers shares;
    for (TimeTo const& each : comparison_.what_ifs.front().policies.front().times) shares.push_back(each.share);
    say(file_.labels<double>("share", shares), "share of all cities", "1");
    label("bound", {"low", "high"}, "ends of a 95 % confidence interval of the mean over replicates");
    label("reached", {"without", "with", "both"}, "in the base, in the what-if, in both");
    say(file_.labels<std::int32_t>("replicate", replicates.number), "number of the replicate", "1");
    file_.dimension("city", static_cast<hsize_t>(comparison_.cities));
  }

  void adopters(ComparedReplicates const& replicates) {
    std::size_t const row = comparison_.scenarios.size() * comparison_.policies.size() *
                            static_cast<std::size_t>(comparison_.clock.steps());
    Storage storage;
    std::size_t const tall = std::max<std::size_t>(1, (std::size_t{1} << 18) / std::max<std::size_t>(1, row));
    storage.chunk = {std::clamp<std::size_t>(replicates.number.size(), 1, tall), comparison_.scenarios.size(),
                     comparison_.policies.size(), static_cast<std::size_t>(comparison_.clock.steps())};
    H5Dataset const made =
        file_.variable<std::int32_t>("adopters", {"replicate", "scenario", "policy", "time"}, no_count, storage);
    file_.write<std::int32_t>(made, replicates.adopters);
    say(made, "number of adopters at the end of the step", "1");
  }

  void outcomes() {
    std::vector<Interval> adopters, covered;
    Numbers luck;
    for (auto const& policies : comparison_.outcomes) {
      for (ArmOutcome const& each : policies) {
        adopters.insert(adopters.end(), each.adopters.begin(), each.adopters.end());
        covered.insert(covered.end(), each.population_covered.begin(), each.population_covered.end());
        for (Luck const& quantiles : each.luck) append(luck, quantiles);
      }
    }
    Names const along{"scenario", "policy", "time"};
    intervals("adopters_mean", along, adopters, "adopters at the end of the step, mean over replicates");
    put("adopters_quantile", {"scenario", "policy", "time", "quantile"}, luck, "quantiles over replicates of adopters");
    if (!covered.empty())
      intervals("population_covered_mean", along, covered, "share of the known population in adopting cities, mean");
  }

  /// Calls for each what-if and policy.
  template <class Take>
  void for_each(Take const& take) const {
    for (WhatIf const& what_if : comparison_.what_ifs) {
      for (PolicyDifference const& each : what_if.policies) take(each);
    }
  }

  void differences() {
    std::vector<Interval> adopters, covered;
    Numbers luck, gain;
    for_each([&](PolicyDifference const& each) {
      adopters.insert(adopters.end(), each.adopters.begin(), each.adopters.end());
      covered.insert(covered.end(), each.population_covered.begin(), each.population_covered.end());
      for (Luck const& quantiles : each.luck) append(luck, quantiles);
      gain.push_back(each.gain);
    });
    Names const along{"what_if", "policy", "time"};
    intervals("adopters_difference", along, adopters, "adopters, what-if less base, mean over pairs");
    put("adopters_difference_quantile", {"what_if", "policy", "time", "quantile"}, luck,
        "quantiles over pairs of the difference of adopters");
    if (!covered.empty())
      intervals("population_covered_difference", along, covered, "share of the population, what-if less base");
    put("variance_ratio", {"what_if", "policy"}, gain,
        "variance of the difference of adopters at the end without common random numbers, over that of pairs");
  }

  /// What is paid to date by cities and by others, of policies that state their cost.
  struct Paid {
    std::vector<Interval> spending, subsidies;
    bool any = false;

    void add(PaidToDate const& paid, std::size_t steps) {
      any = any || !paid.spending.empty();
      append_or_none(spending, paid.spending, steps);
      append_or_none(subsidies, paid.subsidies, steps);
    }
  };

  void costs() {
    auto const steps = static_cast<std::size_t>(comparison_.clock.steps());
    Paid outcomes, differences;
    for (auto const& policies : comparison_.outcomes)
      for (ArmOutcome const& each : policies) outcomes.add(each.paid, steps);
    std::vector<Interval> cost, per_adopter, per_follower;
    for_each([&](PolicyDifference const& each) {
      differences.add(each.paid, steps);
      per_adopter.push_back(each.cost_per_adopter);
      per_follower.push_back(each.cost_per_follower);
    });
    Names const along{"scenario", "policy", "time"}, apart{"what_if", "policy", "time"};
    if (outcomes.any) {
      intervals("spending_to_date_mean", along, outcomes.spending,
                "what cities have paid for it by the end of the step", currency_);
      intervals("subsidies_to_date_mean", along, outcomes.subsidies,
                "what others have paid of the cities' costs by then", currency_);
      intervals("spending_to_date_difference", apart, differences.spending,
                "what cities have paid for it by the end of the step, what-if less base", currency_);
      intervals("subsidies_to_date_difference", apart, differences.subsidies,
                "what others have paid of the cities' costs by then, what-if less base", currency_);
    }
    for (WhatIf const& each : comparison_.what_ifs) cost.push_back(each.cost.value_or(none));
    intervals("cost_difference", {"what_if"}, cost,
              "cost of interventions to their funders, subsidies paid included, less that of the base", currency_);
    intervals("cost_per_adopter", {"what_if", "policy"}, per_adopter,
              "cost_difference for each adopter more at the end of the clock", currency_);
    intervals("cost_per_follower", {"what_if", "policy"}, per_follower,
              "cost_difference for each adopter more at the end among cities not funded", currency_);
  }

  void times() {
    std::vector<Interval> differences;
    std::vector<std::int32_t> reached;
    for_each([&](PolicyDifference const& each) {
      for (TimeTo const& time : each.times) {
        differences.push_back(time.difference);
        for (std::int64_t const count : {time.without, time.with, time.both})
          reached.push_back(static_cast<std::int32_t>(count));
      }
    });
    intervals("time_to_difference", {"what_if", "policy", "share"}, differences,
              "first step with that share, what-if less base, mean over replicates that reach it in both");
    H5Dataset const made =
        file_.variable<std::int32_t>("replicates_reached", {"what_if", "policy", "share", "reached"}, no_count);
    file_.write<std::int32_t>(made, reached);
    say(made, "replicates that reach the share", "1");
  }

  void groups() {
    std::vector<GroupDifference> const& all = comparison_.what_ifs.front().policies.front().groups;
    for (std::size_t first = 0; first < all.size();) {
      std::size_t end = first;
      Names labels;
      for (; end < all.size() && all[end].attribute == all[first].attribute; ++end) labels.push_back(all[end].label);
      std::vector<Interval> differences, without;
      std::vector<std::int32_t> sizes;
      for (std::size_t g = first; g < end; ++g) sizes.push_back(static_cast<std::int32_t>(all[g].cities));
      for (PolicyDifference const& each : comparison_.what_ifs.front().policies)
        for (std::size_t g = first; g < end; ++g) without.push_back(each.groups[g].without);
      for_each([&](PolicyDifference const& each) {
        for (std::size_t g = first; g < end; ++g) differences.push_back(each.groups[g].difference);
      });
      std::string const group = "group_" + all[first].attribute;
      label(group, labels, all[first].attribute);
      std::string const& attribute = all[first].attribute;
      intervals("adopters_by_" + attribute + "_difference", {"what_if", "policy", group}, differences,
                "adopters of the group at the end, what-if less base, mean over pairs");
      intervals("adopters_by_" + attribute + "_without", {"policy", group}, without,
                "adopters of the group at the end in the base, mean over replicates");
      H5Dataset const made = file_.variable<std::int32_t>("cities_by_" + attribute, {group}, no_count);
      file_.write<std::int32_t>(made, sizes);
      say(made, "number of cities in the group", "1");
      first = end;
    }
  }

  void followers() {
    std::vector<Interval> followers, deadweight, more;
    for_each([&](PolicyDifference const& each) {
      bool const any = !each.followers.funded.empty();
      followers.push_back(any ? each.followers.followers : none);
      deadweight.push_back(any ? each.followers.deadweight : none);
      more.push_back(any ? each.followers.funded_more : none);
    });
    Names const along{"what_if", "policy"};
    intervals("followers", along, followers, "adopters at the end among cities not funded, what-if less base");
    intervals("deadweight", along, deadweight, "funded cities that adopt in the base too");
    intervals("funded_difference", along, more, "adopters at the end among funded cities, what-if less base");
  }

  void cities() {
    Numbers chance;
    for (std::size_t p = 0; p < comparison_.policies.size(); ++p)
      in_order(chance, comparison_.what_ifs.front().policies[p].cities.chance_without);
    for_each([&](PolicyDifference const& each) { in_order(chance, each.cities.chance_with); });
    per_city("adoption_chance", {"scenario", "policy", "city"}, chance, "chance to have adopted by the end");
    struct Column {
      char const* name;
      Numbers CityDifferences::*values;
      char const* words;
    };
    for (Column const& each :
         {Column{"earlier", &CityDifferences::earlier, "share of replicates in which it adopts in both, earlier with"},
          Column{"later", &CityDifferences::later, "share of replicates in which it adopts in both, later with"},
          Column{"only_with", &CityDifferences::only_with, "share of replicates in which it adopts with only"},
          Column{"only_without", &CityDifferences::only_without, "share of replicates in which it adopts without only"},
          Column{"steps_gained", &CityDifferences::gained, "steps by which it adopts earlier with, mean"}}) {
      Numbers values;
      for_each([&](PolicyDifference const& pair) { in_order(values, pair.cities.*each.values); });
      per_city(each.name, {"what_if", "policy", "city"}, values, each.words);
    }
    std::vector<std::int8_t> funded;
    for_each([&](PolicyDifference const& each) {
      for (Index const i : world_.cities.input_order) {
        std::vector<Index> const& among = each.followers.funded;
        funded.push_back(std::binary_search(among.begin(), among.end(), i) ? 1 : 0);
      }
    });
    H5Dataset const made = file_.variable<std::int8_t>("funded", {"what_if", "policy", "city"}, std::nullopt);
    file_.write<std::int8_t>(made, funded);
    say(made, "1: seeded in the what-if and not in the base", "1");
    find_by_city(made);
  }

  /// Who follows whom, all what-ifs and policies one after the other.
  void following() {
    Names labels;
    std::vector<Interval> alone, added;
    std::vector<float> changed_alone, changed_added;
    for (std::size_t k = 0; k < comparison_.what_ifs.size(); ++k) {
      for (std::size_t p = 0; p < comparison_.policies.size(); ++p) {
        std::optional<Following> const& each = comparison_.what_ifs[k].policies[p].following;
        if (!each) continue;
        for (std::string const& group : each->groups)
          labels.push_back(comparison_.scenarios[k + 1] + " " + comparison_.policies[p] + " " + group);
        alone.insert(alone.end(), each->alone.begin(), each->alone.end());
        added.insert(added.end(), each->added.begin(), each->added.end());
        in_order(changed_alone, each->changed_alone);
        in_order(changed_added, each->changed_added);
      }
    }
    if (labels.empty()) return;
    label("seed_group", labels, "what-if, policy, and funded city or intervention");
    intervals("followers_alone", {"seed_group"}, alone, "adopters at the end among others, with it alone less without");
    intervals("followers_added", {"seed_group"}, added, "adopters at the end among others, with all less without it");
    char const* const words = "share of replicates in which it changes when the city adopts";
    per_group("changed_alone", changed_alone, fmt::format("{}: it alone against nobody", words));
    per_group("changed_added", changed_added, fmt::format("{}: all against all but it", words));
  }

  NetcdfFile& file_;
  Comparison const& comparison_;
  World const& world_;
  std::string currency_;
};

/// Room for all of it, generously.
std::uint64_t bytes_of(Comparison const& comparison, ComparedReplicates const& replicates,
                       ComparisonFileOptions const& options) {
  std::uint64_t bytes = (std::uint64_t{1} << 18) + 4 * (replicates.adopters.size() + replicates.number.size());
  std::uint64_t const pairs = comparison.scenarios.size() * comparison.policies.size();
  bytes += pairs * 8 * (20 * static_cast<std::uint64_t>(comparison.clock.steps()) + 64);
  bytes += (pairs * 50 + 512) * static_cast<std::uint64_t>(comparison.cities);
  for (std::string const& each : options.scenario_texts) bytes += each.size();
  return bytes + 512 * options.input_digests.size();
}

}  // namespace

void write_comparison_file(Comparison const& comparison, World const& world, ComparedReplicates const& replicates,
                           ComparisonFileOptions const& options) {
  write_sealed(options.file, options.overwrite, bytes_of(comparison, replicates, options), [&](NetcdfFile& file) {
    ComparisonWriter(file, comparison, world, options.currency).write(replicates);
    file.texts("scenario_text", {"scenario"}, options.scenario_texts);
    write_origin(file, {options.title, options.scenario_texts.front(), options.input_digests, digest(world),
                        options.reproducible});
    hid_t const root = file.root();
    h5_set_text(root, "contents", "comparison");
    h5_set_text(root, "seed", fmt::format("0x{:016x}", options.seed));
    if (!options.currency.empty()) h5_set_text(root, "currency", options.currency);
    if (!options.drawn_from.empty()) h5_set_text(root, "parameters_drawn_from", options.drawn_from);
    if (!options.taken_from.empty()) h5_set_text(root, "parameters_taken_from", options.taken_from);
    h5_set_number<std::int32_t>(root, "replicates", static_cast<std::int32_t>(options.asked));
    h5_set_number<std::int32_t>(root, "replicates_complete",
                                static_cast<std::int32_t>(comparison.replicates + comparison.failed));
    h5_set_number<std::int32_t>(root, "replicates_failed", static_cast<std::int32_t>(comparison.failed));
    if (comparison.draws > 0) {
      h5_set_number<std::int32_t>(root, "parameter_draws", static_cast<std::int32_t>(comparison.draws));
      h5_set_number<std::int32_t>(root, "replicates_per_draw", static_cast<std::int32_t>(comparison.per_draw));
    }
    h5_set_number<std::int8_t>(root, "complete", options.complete ? 1 : 0);
  });
}

}  // namespace hansa
