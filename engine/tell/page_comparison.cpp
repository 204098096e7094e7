/// Tells a comparison: differences first, by step, group and city, and who follows whom.
#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>

#include "base/error.hpp"
#include "io/comparison_reader.hpp"
#include "io/yaml.hpp"
#include "scenario/tables.hpp"
#include "tell/comparison.hpp"
#include "tell/followers.hpp"
#include "tell/page_parts.hpp"

namespace hansa {

namespace {

constexpr std::size_t most_flows = 400;                    ///< of one what-if and policy
constexpr std::size_t most_numbers_of_cities = 3'000'000;  ///< of all what-ifs and policies together
constexpr std::size_t numbers_of_a_city = 7;
constexpr float least_flow = 0.005F;  ///< share of replicates

void add_interval(PageJson& to, std::string_view name, Interval const& of) {
  to.key(name).begin_list().value(of.mean).value(of.low).value(of.high).end_list();
}

void add_draws(PageJson& to, Interval const& of) {
  to.key("draws");
  if (!of.draws) {
    to.null();
    return;
  }
  to.begin_object().field("low", of.draws->low).field("median", of.draws->median).field("high", of.draws->high);
  to.field("share", of.draws->share).field("share_error", of.draws->share_error).end_object();
}

/// Lists by step: mean, both ends of its interval, and 5, 50, 95 % of replicates.
void add_steps(PageJson& to, std::vector<Interval> const& means, std::vector<Luck> const& luck) {
  to.begin_object();
  auto const list = [&](char const* name, auto const& of, auto member) {
    to.key(name).begin_list();
    for (auto const& each : of) to.value(each.*member);
    to.end_list();
  };
  list("mean", means, &Interval::mean);
  list("low", means, &Interval::low);
  list("high", means, &Interval::high);
  list("q05", luck, &Luck::low);
  list("q50", luck, &Luck::median);
  list("q95", luck, &Luck::high);
  if (!means.empty()) add_draws(to, means.back());
  to.end_object();
}

void add_groups_of(PageJson& to, std::vector<GroupDifference> const& groups) {
  to.key("groups").begin_list();
  for (GroupDifference const& each : groups) {
    to.begin_object().field("attribute", each.attribute).field("label", each.label).field("cities", each.cities);
    add_interval(to, "without", each.without);
    add_interval(to, "difference", each.difference);
    to.end_object();
  }
  to.end_list();
}

void add_times(PageJson& to, std::vector<TimeTo> const& times) {
  to.key("times").begin_list();
  for (TimeTo const& each : times) {
    to.begin_object().field("share", each.share).field("without", each.without).field("with", each.with);
    to.field("both", each.both);
    add_interval(to, "difference", each.difference);
    to.end_object();
  }
  to.end_list();
}

/// Numbers of cities are along the ids of the page, which are sorted.
void add_city_differences(PageJson& to, PolicyDifference const& of) {
  CityDifferences const& cities = of.cities;
  auto const add = [&](char const* name, std::vector<double> const& numbers) {
    to.key(name).packed(std::vector<float>(numbers.begin(), numbers.end()));
  };
  to.key("cities").begin_object();
  add("without", cities.chance_without);
  add("with", cities.chance_with);
  add("earlier", cities.earlier);
  add("later", cities.later);
  add("only_with", cities.only_with);
  add("only_without", cities.only_without);
  add("steps_gained", cities.gained);
  to.end_object();
}

void add_flows(PageJson& to, Following const& of, Cities const& cities) {
  struct Flow {
    float share;
    std::size_t group, city;
  };
  std::vector<Flow> flows;
  std::size_t const count = cities.id.size();
  for (std::size_t g = 0; g < of.groups.size(); ++g)
    for (std::size_t i = 0; i < count; ++i)
      if (float const share = of.changed_alone[g * count + i]; share >= least_flow) flows.push_back({share, g, i});
  std::ranges::stable_sort(flows, std::ranges::greater(), &Flow::share);
  to.key("flows_in_all").value(flows.size());
  flows.resize(std::min(flows.size(), most_flows));
  to.key("flows").begin_list();
  for (Flow const& each : flows)
    to.begin_list().value(each.group).value(each.city).value(double{each.share}).end_list();
  to.end_list();
}

void add_following(PageJson& to, PolicyDifference const& of, Cities const& cities) {
  to.key("following");
  if (!of.following) {
    to.null();
    return;
  }
  Following const& following = *of.following;
  to.begin_object().field("replicates", following.replicates).key("groups").begin_list();
  for (std::size_t g = 0; g < following.groups.size(); ++g) {
    std::optional<Index> const city = cities.find(following.groups[g]);
    to.begin_object().field("name", city ? name_of(cities, *city) : following.groups[g]).key("city");
    if (city)
      to.value(*city);
    else
      to.null();
    add_interval(to, "alone", following.alone[g]);
    add_interval(to, "added", following.added[g]);
    to.end_object();
  }
  to.end_list();
  add_flows(to, following, cities);
  to.end_object();
}

void add_rivals(PageJson& to, PolicyDifference const& of) {
  to.key("rivals");
  if (!of.rivals) {
    to.null();
    return;
  }
  to.begin_object().field("beaten", of.rivals->beaten).field("replicates", of.rivals->replicates);
  add_interval(to, "chosen", of.rivals->chosen);
  add_interval(to, "best_connected", of.rivals->best_connected);
  add_interval(to, "most_inclined", of.rivals->most_inclined);
  to.key("random").begin_list();
  for (Interval const& each : of.rivals->random) to.value(each.mean);
  to.end_list().end_object();
}

void add_followers(PageJson& to, Followers const& of) {
  to.key("funded").begin_list();
  for (Index const each : of.funded) to.value(each);
  to.end_list();
  add_interval(to, "followers", of.followers);
  add_interval(to, "deadweight", of.deadweight);
  add_interval(to, "funded_difference", of.funded_more);
}

/// The label that a key of an intervention holds: a number, or the first of several.
double label_in(Node const& act, std::string_view key) {
  Node const* found = act.find(key);
  if (found != nullptr && found->form == Node::Form::list && !found->items.empty()) found = &found->items.front();
  if (found == nullptr || found->form != Node::Form::scalar) return std::nan("");
  return parse_number(found->text).value_or(std::nan(""));
}

/// Names of interventions, and what they say, in a scenario as YAML; none where it is no scenario.
std::vector<Node> interventions_in(std::string const& text) {
  try {
    ScenarioDraft const draft = parse_yaml(text, "scenario");
    Node const* const found = draft.root.find("interventions");
    return found == nullptr ? std::vector<Node>() : found->items;
  } catch (Error const&) {
    return {};
  }
}

std::string name_in(Node const& act) {
  Node const* const name = act.find("name");
  return name == nullptr ? std::string() : name->text;
}

/// Interventions of a what-if that its base does not have.
void add_starts(PageJson& to, std::string const& base, std::string const& with) {
  constexpr std::string_view around[] = {"name", "at", "from", "until", "cost", "note"};
  std::set<std::string> known;
  for (Node const& each : interventions_in(base)) known.insert(name_in(each));
  to.key("starts").begin_list();
  for (Node const& each : interventions_in(with)) {
    if (known.contains(name_in(each))) continue;
    double const at = label_in(each, "at");
    to.begin_object().field("name", name_in(each)).field("time", std::isnan(at) ? label_in(each, "from") : at);
    to.field("until", label_in(each, "until")).key("kind");
    auto const kind = std::ranges::find_if(each.entries, [&](Node::Entry const& entry) {
      return std::ranges::find(around, entry.key) == std::end(around);
    });
    to.value(kind == each.entries.end() ? std::string() : kind->key).end_object();
  }
  to.end_list();
}

class ComparisonPage {
 public:
  ComparisonPage(PageJson& to, ComparisonRecord const& record) : to_(to), record_(record), of_(record.comparison) {
    facts_.asked = record.asked;
    facts_.currency = record.currency;
    facts_.strengths = strengths();
  }

  void add() {
    Clock const& clock = of_.clock;
    to_.field("unit", clock.unit).field("asked", record_.asked).field("finished", of_.replicates);
    to_.field("failed", of_.failed).field("complete", record_.complete).field("draws", of_.draws);
    to_.field("per_draw", of_.per_draw).field("currency", record_.currency).field("taken_from", record_.taken_from);
    to_.field("drawn_from", record_.drawn_from).field("strengths", strengths_words(facts_.strengths));
    to_.key("time").begin_list();
    for (std::int64_t t = clock.start; t <= clock.end; ++t) to_.value(t);
    to_.end_list().field("scenarios", of_.scenarios).field("policies", of_.policies);
    add_cities_of(to_, record_.cities);
    to_.key("arms").begin_list();
    for (auto const& arm : of_.outcomes) {
      to_.begin_list();
      for (ArmOutcome const& each : arm) add_steps(to_, each.adopters, each.luck);
      to_.end_list();
    }
    to_.end_list().key("what_ifs").begin_list();
    for (std::size_t k = 0; k < of_.what_ifs.size(); ++k) add_what_if(k);
    to_.end_list();
  }

 private:
  [[nodiscard]] Strengths strengths() const {
    if (!record_.drawn_from.empty()) return Strengths::drawn;
    return record_.taken_from.empty() ? Strengths::assumed : Strengths::estimated;
  }

  void add_what_if(std::size_t k) {
    WhatIf const& what_if = of_.what_ifs[k];
    to_.begin_object().field("name", of_.scenarios[k + 1]);
    if (what_if.cost)
      add_interval(to_, "cost", *what_if.cost);
    else
      to_.key("cost").null();
    add_starts(to_, record_.scenario_texts[0], record_.scenario_texts[k + 1]);
    to_.key("policies").begin_list();
    for (std::size_t p = 0; p < of_.policies.size(); ++p) add_policy_of(k, p);
    to_.end_list().end_object();
  }

  void add_policy_of(std::size_t k, std::size_t p) {
    PolicyDifference const& each = of_.what_ifs[k].policies[p];
    to_.begin_object().field("name", of_.policies[p]);
    to_.field("finding", of_.replicates > 0 ? finding_words(of_, facts_, k, p) : std::string());
    to_.key("difference");
    add_steps(to_, each.adopters, each.luck);
    add_followers(to_, each.followers);
    add_interval(to_, "cost_per_adopter", each.cost_per_adopter);
    add_interval(to_, "cost_per_follower", each.cost_per_follower);
    to_.field("variance_ratio", each.gain);
    if (!each.population_covered.empty()) add_interval(to_, "population_covered", each.population_covered.back());
    add_groups_of(to_, each.groups);
    add_times(to_, each.times);
    to_.field("reruns", each.reruns ? reruns_words(*each.reruns) : std::string());
    add_rivals(to_, each);
    add_following(to_, each, record_.cities);
    city_numbers_ += numbers_of_a_city * each.cities.chance_with.size();
    if (city_numbers_ <= most_numbers_of_cities)
      add_city_differences(to_, each);
    else
      to_.key("cities").null();
    to_.end_object();
  }

  PageJson& to_;
  ComparisonRecord const& record_;
  Comparison const& of_;
  ComparisonFacts facts_;
  std::size_t city_numbers_ = 0;  ///< of what was told until now
};

}  // namespace

void add_cities_of(PageJson& to, Cities const& cities) {
  to.key("cities").begin_object().field("count", cities.id.size()).field("listed", true).key("id").begin_list();
  for (std::string const& each : cities.id) to.value(each);
  to.end_list();
  for (auto const& [key, attribute] : {std::pair{"city_name", "name"}, {"country", "country"}, {"region", "region"}}) {
    TextColumn const* const found = cities.text(attribute);
    to.key(key);
    if (found == nullptr) {
      to.null();
      continue;
    }
    to.begin_list();
    for (std::int32_t const code : found->code)
      to.value(code < 0 ? std::string() : found->labels[static_cast<std::size_t>(code)]);
    to.end_list();
  }
  for (char const* const name : {"lat", "lon", "population"}) {
    std::vector<double> const* const found = cities.number(name);
    to.key(name);
    if (found == nullptr)
      to.null();
    else
      to.value(*found);
  }
  to.end_object();
}

void page_comparison(PageJson& to, PagedFile const& file) {
  ComparisonRecord const record = read_comparison_file(file.file);
  to.begin_object();
  add_origin(to, file, {"comparison", record.title, record.seed, record.engine_version, record.engine_commit});
  ComparisonPage(to, record).add();
  to.end_object();
}

}  // namespace hansa
