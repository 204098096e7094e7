/// Reads the file of a comparison, and trusts none of it.
#include "io/comparison_reader.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "base/error.hpp"
#include "io/checked_variables.hpp"
#include "io/city_variables.hpp"
#include "io/comparison_reruns.hpp"
#include "io/digest_lines.hpp"
#include "io/hdf5_read.hpp"
#include "io/sealed_file.hpp"
#include "io/seed_groups.hpp"

namespace hansa {

namespace {

constexpr char const* expected_comparison = "a file that hansa compare wrote was expected";

using Lengths = std::vector<hsize_t>;
using Numbers = std::vector<double>;

constexpr Range share{0, 1};
constexpr Range ratio{0, std::numeric_limits<double>::infinity()};

class ComparisonParts {
 public:
  explicit ComparisonParts(std::filesystem::path const& file) : h5_(h5_open_file(file.string())), in_(h5_.id()) {}

  ComparisonRecord read() {
    if (!h5_has_attribute(h5_.id(), "contents") || h5_read_text(h5_.id(), "contents") != "comparison")
      h5_refuse("holds no comparison");
    axes();
    origin();
    made_.cities = read_cities(h5_.id());
    outcomes();
    differences();
    costs();
    groups();
    city_numbers();
    followers();
    read_reruns(h5_.id(), in_, made_.comparison);
    if (h5_has(h5_.id(), "seed_group")) following();
    return std::move(made_);
  }

 private:
  // What the numbers are along.

  void axes() {
    Comparison& of = made_.comparison;
    of.scenarios = in_.names("scenario");
    of.policies = in_.names("policy");
    if (of.scenarios.size() < 2) h5_refuse("compares nothing");
    if (of.policies.empty()) h5_refuse("has no policy");
    in_.require_labels("what_if", {of.scenarios.begin() + 1, of.scenarios.end()});
    in_.require_labels("bound", {"low", "high"});
    in_.require_labels("reached", {"without", "with", "both"});
    if (in_.numbers("quantile", {3}) != Numbers{5, 50, 95}) h5_refuse("has other quantiles than 5, 50 and 95 percent");
    scenarios_ = of.scenarios.size();
    what_ifs_ = scenarios_ - 1;
    policies_ = of.policies.size();
    clock();
    H5Variable const ids = in_.list("city_id", most_cities);
    cities_ = ids.lengths[0];
    of.cities = static_cast<std::int64_t>(cities_);
    of.what_ifs.resize(what_ifs_);
    for (WhatIf& each : of.what_ifs) each.policies.resize(policies_);
    counts();
    draws();
  }

  void clock() {
    H5Variable const steps = in_.list("time", most_listed);
    steps_ = steps.lengths[0];
    if (steps_ == 0) h5_refuse("has no step");
    std::vector<std::int32_t> const time = h5_read_rows<std::int32_t>(steps, 0, steps_);
    for (std::size_t t = 1; t < time.size(); ++t)
      if (std::int64_t{time[t]} != std::int64_t{time[t - 1]} + 1) h5_refuse("the labels of 'time' leave a step out");
    made_.comparison.clock = {time.front(), time.back(), h5_read_text(steps.data.id(), "units")};
  }

  void counts() {
    std::int64_t const complete = h5_read_whole_number(h5_.id(), "replicates_complete");
    made_.asked = h5_read_whole_number(h5_.id(), "replicates");
    made_.comparison.failed = h5_read_whole_number(h5_.id(), "replicates_failed");
    made_.comparison.replicates = complete - made_.comparison.failed;
    made_.complete = h5_read_whole_number(h5_.id(), "complete") == 1;
    bool const sound = made_.comparison.failed >= 0 && made_.comparison.failed <= complete && complete <= made_.asked;
    H5Variable const replicates(h5_.id(), "replicate");
    if (!sound || replicates.lengths != Lengths{static_cast<hsize_t>(made_.comparison.replicates)})
      h5_refuse("does not have the replicates that it counts");
    H5Variable const adopters(h5_.id(), "adopters");
    if (adopters.lengths != Lengths{replicates.lengths[0], scenarios_, policies_, steps_})
      h5_refuse("the variable 'adopters' does not have the lengths of its dimensions");
  }

  void draws() {
    if (!h5_has_attribute(h5_.id(), "parameter_draws")) return;
    Comparison& of = made_.comparison;
    of.draws = h5_read_whole_number(h5_.id(), "parameter_draws");
    of.per_draw = h5_read_whole_number(h5_.id(), "replicates_per_draw");
    bool const sound = of.draws >= 1 && of.draws <= of.replicates && of.per_draw >= 1 && of.per_draw <= made_.asked + 1;
    if (!sound) h5_refuse("does not have the draws that it counts");
  }

  void origin() {
    made_.title = in_.text("title");
    made_.currency = in_.text("currency");
    made_.seed = in_.text("seed");
    made_.drawn_from = in_.text("parameters_drawn_from");
    made_.taken_from = in_.text("parameters_taken_from");
    made_.world_sha256 = in_.text("world_sha256");
    made_.engine_version = in_.text("engine_version");
    made_.engine_commit = in_.text("engine_commit");
    made_.scenario_texts = h5_read_texts(in_.variable("scenario_text", {scenarios_}));
    made_.inputs = digest_lines(in_.text("input_sha256"));
  }

  // What was found.

  template <class Of>
  [[nodiscard]] static std::vector<Of> part(std::vector<Of> const& all, std::size_t number, std::size_t length) {
    auto const first = all.begin() + static_cast<std::ptrdiff_t>(number * length);
    return {first, first + static_cast<std::ptrdiff_t>(length)};
  }

  void outcomes() {
    Lengths const along{scenarios_, policies_, steps_};
    std::vector<Interval> const adopters = in_.intervals("adopters_mean", along);
    std::vector<Luck> const quantiles = in_.luck("adopters_quantile", along);
    std::vector<Interval> covered;
    if (h5_has(h5_.id(), "population_covered_mean")) covered = in_.intervals("population_covered_mean", along);
    for (std::size_t s = 0; s < scenarios_; ++s) {
      auto& into = made_.comparison.outcomes.emplace_back();
      for (std::size_t p = 0; p < policies_; ++p) {
        std::size_t const k = s * policies_ + p;
        into.push_back({part(adopters, k, steps_), part(quantiles, k, steps_), {}, {}});
        if (!covered.empty()) into.back().population_covered = part(covered, k, steps_);
      }
    }
  }

  /// Calls for each what-if and policy, with its number.
  template <class Take>
  void for_each(Take const& take) {
    std::size_t number = 0;
    for (WhatIf& what_if : made_.comparison.what_ifs)
      for (PolicyDifference& each : what_if.policies) take(each, number++);
  }

  void differences() {
    Lengths const along{what_ifs_, policies_, steps_};
    std::vector<Interval> const adopters = in_.intervals("adopters_difference", along);
    std::vector<Luck> const quantiles = in_.luck("adopters_difference_quantile", along);
    std::vector<Interval> covered;
    if (h5_has(h5_.id(), "population_covered_difference"))
      covered = in_.intervals("population_covered_difference", along);
    Numbers const gain = in_.numbers("variance_ratio", {what_ifs_, policies_}, ratio);
    Numbers const shares = in_.numbers("share", {3}, share);
    if (shares != Numbers{0.25, 0.5, 0.75}) h5_refuse("has other shares than a quarter, half and three quarters");
    std::vector<Interval> const times = in_.intervals("time_to_difference", {what_ifs_, policies_, 3});
    std::vector<std::int32_t> const reached =
        h5_read_rows<std::int32_t>(in_.variable("replicates_reached", {what_ifs_, policies_, 3, 3}), 0, what_ifs_);
    for_each([&](PolicyDifference& each, std::size_t number) {
      each.adopters = part(adopters, number, steps_);
      each.luck = part(quantiles, number, steps_);
      if (!covered.empty()) each.population_covered = part(covered, number, steps_);
      each.gain = gain[number];
      for (std::size_t k = 0; k < 3; ++k) {
        std::int32_t const* const counts = &reached[9 * number + 3 * k];
        each.times.push_back({shares[k], counts[0], counts[1], counts[2], times[3 * number + k]});
        check_reached(each.times.back());
      }
    });
  }

  /// The steps of one row; none where all are missing.
  [[nodiscard]] std::vector<Interval> known_part(std::vector<Interval> const& all, std::size_t number) const {
    std::vector<Interval> made = part(all, number, steps_);
    bool const any = std::any_of(made.begin(), made.end(), [](Interval const& each) { return !std::isnan(each.mean); });
    return any ? made : std::vector<Interval>{};
  }

  void costs() {
    if (h5_has(h5_.id(), "spending_to_date_mean")) {
      Lengths const along{scenarios_, policies_, steps_}, apart{what_ifs_, policies_, steps_};
      std::vector<Interval> const spending = in_.intervals("spending_to_date_mean", along),
                                  subsidies = in_.intervals("subsidies_to_date_mean", along),
                                  more = in_.intervals("spending_to_date_difference", apart),
                                  more_subsidies = in_.intervals("subsidies_to_date_difference", apart);
      for (std::size_t k = 0; k < scenarios_ * policies_; ++k)
        made_.comparison.outcomes[k / policies_][k % policies_].paid = {known_part(spending, k),
                                                                        known_part(subsidies, k)};
      for_each([&](PolicyDifference& each, std::size_t number) {
        each.paid = {known_part(more, number), known_part(more_subsidies, number)};
      });
    }
    std::vector<Interval> const cost = in_.intervals("cost_difference", {what_ifs_});
    for (std::size_t k = 0; k < what_ifs_; ++k)
      if (!std::isnan(cost[k].mean)) made_.comparison.what_ifs[k].cost = cost[k];
    std::vector<Interval> const per_adopter = in_.intervals("cost_per_adopter", {what_ifs_, policies_}),
                                per_follower = in_.intervals("cost_per_follower", {what_ifs_, policies_});
    for_each([&](PolicyDifference& each, std::size_t number) {
      each.cost_per_adopter = per_adopter[number];
      each.cost_per_follower = per_follower[number];
    });
  }

  void check_reached(TimeTo const& time) const {
    bool const sound = time.both >= 0 && time.both <= std::min(time.without, time.with) &&
                       std::max(time.without, time.with) <= made_.comparison.replicates;
    if (!sound) h5_refuse("the variable 'replicates_reached' counts others than there are");
  }

  void groups() {
    for (std::string const& dimension : h5_names(h5_.id())) {
      if (!dimension.starts_with("group_")) continue;
      std::string const attribute = dimension.substr(6);
      std::string const name = "adopters_by_" + attribute + "_difference";
      std::vector<std::string> const labels = in_.names(dimension, most_listed);
      std::size_t const width = labels.size();
      std::vector<Interval> const found = in_.intervals(name, {what_ifs_, policies_, width});
      std::string const base = "adopters_by_" + attribute + "_without", size = "cities_by_" + attribute;
      std::vector<Interval> without(policies_ * width);
      std::vector<std::int32_t> sizes(width, 0);
      if (h5_has(h5_.id(), base)) without = in_.intervals(base, {policies_, width});
      if (h5_has(h5_.id(), size)) sizes = in_.counts(size, {width}, static_cast<std::int64_t>(cities_));
      for_each([&](PolicyDifference& each, std::size_t number) {
        for (std::size_t g = 0; g < width; ++g)
          each.groups.push_back({attribute, labels[g], std::max(0, sizes[g]), without[number % policies_ * width + g],
                                 found[number * width + g]});
      });
    }
  }

  /// The numbers of one row of cities, in canonical order.
  template <class Of>
  [[nodiscard]] std::vector<Of> in_order(std::vector<Of> const& all, std::size_t row) const {
    std::vector<Of> made(cities_);
    for (std::size_t k = 0; k < cities_; ++k) made[made_.cities.input_order[k]] = all[row * cities_ + k];
    return made;
  }

  void city_numbers() {
    Numbers const chance = in_.numbers("adoption_chance", {scenarios_, policies_, cities_}, share);
    for_each([&](PolicyDifference& each, std::size_t number) {
      each.cities.chance_without = in_order(chance, number % policies_);
      each.cities.chance_with = in_order(chance, number + policies_);
    });
    struct Column {
      char const* name;
      Numbers CityDifferences::*values;
      Range range;
    };
    double const steps = static_cast<double>(steps_) + 1;
    for (Column const& column :
         {Column{"earlier", &CityDifferences::earlier, share}, Column{"later", &CityDifferences::later, share},
          Column{"only_with", &CityDifferences::only_with, share},
          Column{"only_without", &CityDifferences::only_without, share},
          Column{"steps_gained", &CityDifferences::gained, Range{-steps, steps}}}) {
      Numbers const values = in_.numbers(column.name, {what_ifs_, policies_, cities_}, column.range);
      for_each(
          [&](PolicyDifference& each, std::size_t number) { each.cities.*column.values = in_order(values, number); });
    }
  }

  void followers() {
    std::vector<std::int32_t> const funded =
        h5_read_rows<std::int32_t>(in_.variable("funded", {what_ifs_, policies_, cities_}), 0, what_ifs_);
    if (std::any_of(funded.begin(), funded.end(), [](std::int32_t each) { return each != 0 && each != 1; }))
      h5_refuse("the variable 'funded' has other numbers than 0 and 1");
    Lengths const along{what_ifs_, policies_};
    std::vector<Interval> const followers = in_.intervals("followers", along),
                                deadweight = in_.intervals("deadweight", along),
                                more = in_.intervals("funded_difference", along);
    for_each([&](PolicyDifference& each, std::size_t number) {
      std::vector<std::int32_t> const own = in_order(funded, number);
      for (std::size_t i = 0; i < cities_; ++i)
        if (own[i] == 1) each.followers.funded.push_back(static_cast<Index>(i));
      if (each.followers.funded.empty()) return;
      each.followers.deadweight = deadweight[number];
      each.followers.funded_more = more[number];
      each.followers.followers = followers[number];
    });
  }

  // Who follows whom.

  /// Shares are missing only of a rerun that is left out.
  void check_known(char const* name, std::vector<float> const& shares, std::size_t group, Interval const& of) const {
    auto const first = shares.begin() + static_cast<std::ptrdiff_t>(group * cities_);
    bool const any =
        std::any_of(first, first + static_cast<std::ptrdiff_t>(cities_), [](float each) { return std::isnan(each); });
    if (any && !std::isnan(of.mean)) h5_refuse(fmt::format("the variable '{}' has a number out of range", name));
  }

  void following() {
    std::vector<std::string> const labels = in_.names("seed_group", most_listed);
    hsize_t const count = labels.size();
    std::vector<Interval> const alone = in_.intervals("followers_alone", {count}),
                                added = in_.intervals("followers_added", {count});
    std::vector<float> const changed_alone = in_.shares("changed_alone", {count, cities_});
    std::vector<float> const changed_added = in_.shares("changed_added", {count, cities_});
    std::size_t owner = 0;
    for (std::size_t g = 0; g < count; ++g) {
      owner = owner_of(labels[g], owner, made_.comparison, made_.cities);
      check_known("changed_alone", changed_alone, g, alone[g]);
      check_known("changed_added", changed_added, g, added[g]);
      auto& into = made_.comparison.what_ifs[owner / policies_].policies[owner % policies_].following;
      if (!into) {
        std::optional<Reruns> const& reruns =
            made_.comparison.what_ifs[owner / policies_].policies[owner % policies_].reruns;
        into.emplace().replicates = reruns ? reruns->replicates : 0;
      }
      into->groups.push_back(*group_of(labels[g], owner, made_.comparison));
      into->alone.push_back(alone[g]);
      into->added.push_back(added[g]);
      std::vector<float> const own = in_order(changed_alone, g), others = in_order(changed_added, g);
      into->changed_alone.insert(into->changed_alone.end(), own.begin(), own.end());
      into->changed_added.insert(into->changed_added.end(), others.begin(), others.end());
    }
  }

  H5File h5_;
  CheckedVariables in_;
  ComparisonRecord made_;
  hsize_t scenarios_ = 0, what_ifs_ = 0, policies_ = 0, steps_ = 0, cities_ = 0;
};

}  // namespace

ComparisonRecord read_comparison_file(std::filesystem::path const& file) {
  return read_sealed(file, expected_comparison, [&] { return ComparisonParts(file).read(); });
}

}  // namespace hansa
