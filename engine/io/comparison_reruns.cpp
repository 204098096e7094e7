/// Writes and reads the counts of reruns and the rivals.
#include "io/comparison_reruns.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "io/result_layout.hpp"

namespace hansa {

namespace {

using Lengths = std::vector<hsize_t>;

/// Calls for each what-if and policy, with its number.
template <class WhatIfs, class Take>
void for_each(WhatIfs& what_ifs, Take const& take) {
  std::size_t number = 0;
  for (auto& what_if : what_ifs)
    for (auto& each : what_if.policies) take(each, number++);
}

Lengths lengths_of(Comparison const& comparison) {
  return {comparison.what_ifs.size(), comparison.policies.size()};
}

/// How many reruns there were, and which are left out.
void write_counts(NetcdfFile& file, ComparisonVariables& to, Comparison const& comparison) {
  std::vector<std::int32_t> replicates, failed, counts;
  std::vector<std::int32_t> owner;
  ComparisonVariables::Names rerun, why;
  for_each(comparison.what_ifs, [&](PolicyDifference const& each, std::size_t number) {
    Reruns const of = each.reruns.value_or(Reruns{});
    replicates.push_back(each.reruns ? static_cast<std::int32_t>(of.replicates) : no_count);
    failed.push_back(each.reruns ? static_cast<std::int32_t>(of.failed) : no_count);
    for (Reruns::Count const& count : of.kinds) counts.insert(counts.end(), {count.asked, count.made});
    auto const add = [&](std::string const& name, std::string const& reason) {
      owner.push_back(static_cast<std::int32_t>(number));
      rerun.push_back(name);
      why.push_back(reason);
    };
    if (!of.none.empty()) add("", of.none);
    for (RerunLeftOut const& one : of.left_out) add(one.rerun, one.why);
  });
  to.label("rerun", {rerun_kinds.begin(), rerun_kinds.end()}, "kind of rerun, by who is seeded");
  to.label("rerun_count", {"asked", "made"}, "reruns that were to be made, and of which something is told");
  to.put_counts("rerun_replicates", {"what_if", "policy"}, replicates, "replicates of each rerun");
  to.put_counts("rerun_replicates_failed", {"what_if", "policy"}, failed, "replicates that count in no rerun");
  to.put_counts("reruns", {"what_if", "policy", "rerun", "rerun_count"}, counts, "number of reruns");
  if (owner.empty()) return;
  file.dimension("rerun_left_out", owner.size());
  to.put_counts("rerun_left_out_of", {"rerun_left_out"}, owner, "its what-if and policy, counted along policies first");
  ComparisonVariables::say(file.texts("rerun_left_out_name", {"rerun_left_out"}, rerun),
                           "which rerun; empty: all of them");
  ComparisonVariables::say(file.texts("rerun_left_out_why", {"rerun_left_out"}, why), "why nothing is told of it");
}

/// Followers of the chosen cities beside those of others; missing where nobody is funded or nothing was rerun.
void write_rivals(ComparisonVariables& to, Comparison const& comparison) {
  std::size_t random = 0;
  for_each(comparison.what_ifs, [&](PolicyDifference const& each, std::size_t) {
    if (each.rivals) random = each.rivals->random.size();
  });
  if (random == 0) return;
  ComparisonVariables::Names names{"chosen", "best_connected", "most_inclined"};
  for (std::size_t k = 0; k < random; ++k) names.push_back(fmt::format("random_{}", k));
  to.label("rival", names, "the cities that are funded, or others in their place");
  std::vector<Interval> followers;
  ComparisonVariables::Numbers beaten;
  for_each(comparison.what_ifs, [&](PolicyDifference const& each, std::size_t) {
    if (!each.rivals) {
      followers.insert(followers.end(), names.size(), {no_number, no_number, no_number});
      return beaten.push_back(no_number);
    }
    followers.insert(followers.end(), {each.rivals->chosen, each.rivals->best_connected, each.rivals->most_inclined});
    followers.insert(followers.end(), each.rivals->random.begin(), each.rivals->random.end());
    beaten.push_back(each.rivals->beaten);
  });
  to.intervals("rival_followers", {"what_if", "policy", "rival"}, followers,
               "adopters at the end among cities that it does not fund, less those without its seeds");
  to.put("rivals_beaten", {"what_if", "policy"}, beaten, "share of random choices that lead to fewer followers");
}

void read_left_out(CheckedVariables const& in, Comparison& to) {
  std::size_t const policies = to.policies.size();
  H5Variable const list = in.list("rerun_left_out_of", most_listed);
  hsize_t const count = list.lengths[0];
  std::vector<std::int32_t> const owner =
      in.counts("rerun_left_out_of", {count}, static_cast<std::int64_t>(to.what_ifs.size() * policies) - 1);
  std::vector<std::string> const names = h5_read_texts(in.variable("rerun_left_out_name", {count})),
                                 whys = h5_read_texts(in.variable("rerun_left_out_why", {count}));
  for (std::size_t k = 0; k < count; ++k) {
    if (owner[k] < 0) h5_refuse("the variable 'rerun_left_out_of' has a number out of range");
    auto const number = static_cast<std::size_t>(owner[k]);
    std::optional<Reruns>& reruns = to.what_ifs[number / policies].policies[number % policies].reruns;
    if (!reruns) h5_refuse("leaves reruns out where there are none");
    if (names[k].empty()) {
      reruns->none = whys[k];
    } else {
      reruns->left_out.push_back({names[k], whys[k]});
    }
  }
}

void read_counts(hid_t group, CheckedVariables const& in, Comparison& to) {
  constexpr std::int64_t most = 1'000'000'000;
  std::size_t const kinds = rerun_kinds.size();
  in.require_labels("rerun", {rerun_kinds.begin(), rerun_kinds.end()});
  in.require_labels("rerun_count", {"asked", "made"});
  Lengths const along = lengths_of(to);
  std::vector<std::int32_t> const replicates = in.counts("rerun_replicates", along, most),
                                  failed = in.counts("rerun_replicates_failed", along, most),
                                  counts = in.counts("reruns", {along[0], along[1], kinds, 2}, most);
  for_each(to.what_ifs, [&](PolicyDifference& each, std::size_t number) {
    if (replicates[number] < 0) return;
    Reruns& made = each.reruns.emplace();
    made.replicates = replicates[number];
    made.failed = std::max(0, failed[number]);
    for (std::size_t k = 0; k < kinds; ++k) {
      std::int32_t const* const pair = &counts[2 * (number * kinds + k)];
      if (pair[1] < 0 || pair[1] > pair[0]) h5_refuse("the variable 'reruns' counts others than there are");
      made.kinds[k] = {pair[0], pair[1]};
    }
  });
  if (h5_has(group, "rerun_left_out_of")) read_left_out(in, to);
}

void read_rivals(CheckedVariables const& in, Comparison& to) {
  std::vector<std::string> const rival = in.names("rival", most_listed);
  std::size_t const width = rival.size();
  if (width < 4 || rival[0] != "chosen" || rival[1] != "best_connected" || rival[2] != "most_inclined")
    h5_refuse("the labels of 'rival' are not those of a comparison");
  Lengths const along = lengths_of(to);
  std::vector<Interval> const found = in.intervals("rival_followers", {along[0], along[1], width});
  std::vector<double> const beaten = in.numbers("rivals_beaten", along, {0, 1});
  for_each(to.what_ifs, [&](PolicyDifference& each, std::size_t number) {
    auto const first = found.begin() + static_cast<std::ptrdiff_t>(number * width);
    std::vector<Interval> const own(first, first + static_cast<std::ptrdiff_t>(width));
    if (std::all_of(own.begin(), own.end(), [](Interval const& of) { return std::isnan(of.mean); })) return;
    each.rivals = {each.reruns ? each.reruns->replicates : 0,
                   own[0],
                   {own.begin() + 3, own.end()},
                   beaten[number],
                   own[1],
                   own[2]};
  });
}

}  // namespace

void write_reruns(NetcdfFile& file, ComparisonVariables& to, Comparison const& comparison) {
  write_counts(file, to, comparison);
  write_rivals(to, comparison);
}

void read_reruns(hid_t group, CheckedVariables const& in, Comparison& to) {
  if (h5_has(group, "rerun")) read_counts(group, in, to);
  if (h5_has(group, "rival")) read_rivals(in, to);
}

}  // namespace hansa
