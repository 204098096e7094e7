/// Reads the section `stats`, entry by entry.
#include "scenario/read_stats.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "scenario/fields.hpp"
#include "scenario/read_words.hpp"
#include "scenario/tables.hpp"

namespace hansa {

namespace {

Reference network_in(Parameters const& read) {
  return read.has("network") ? read.reference("network") : Reference{};
}

std::int32_t whole(Parameters const& read, std::string_view name) {
  return static_cast<std::int32_t>(read.integer(name));
}

ExposureStatistic exposure_of(Parameters const& read) {
  ExposureStatistic made;
  made.network = network_in(read);
  made.normalize = chosen<TieNorm>(read.text("normalize"), fields::tie_norm_choices);
  made.weights = read.flag("weights");
  made.lag = whole(read, "lag");
  made.source_weight = optional_reference(read, "source_weight");
  made.reversed = read.flag("reversed");
  return made;
}

ThresholdStatistic threshold_of(Parameters const& read) {
  return {network_in(read), read.flag("weights"), whole(read, "lag")};
}

FollowingStatistic following_of(Item const& item, Parameters const& read, FollowingStatistic::Of of, Reading& reading) {
  FollowingStatistic made;
  made.of = of;
  made.network = network_in(read);
  made.periods = whole(read, "periods");
  made.relative = read.flag("relative");
  auto const discount = child(item, "discount");
  if (!discount || discount->node->text == "linear") return made;
  Field const& field = *std::ranges::find(fields::following_statistic, "discount", &Field::name);
  if (discount->node->form == Node::Form::scalar && parse_number(discount->node->text))
    made.discount = read_number(*discount, field, reading);
  else
    refuse(*discount, "linear, or a number above 0", reading);
  return made;
}

void check_at(MoranStatistic const& made, Item const& item, Parameters const& read, Clock const& clock,
              Reading& reading) {
  bool const known = clock.end >= clock.start;
  if (made.of == MoranStatistic::Of::adopted && !read.has("at") && !child(item, "at"))
    reading.complaints.add("'at' is missing in 'moran', which is of adopted", item.where,
                           "the step whose adopters count was expected");
  if (made.at && known && (*made.at < clock.start || *made.at > clock.end))
    reading.complaints.add(fmt::format("'at' is {}, outside of the time", *made.at), read.place("at"),
                           fmt::format("a step from {} to {} was expected", clock.start, clock.end));
}

MoranStatistic moran_of(Item const& item, Parameters const& read, Clock const& clock, Reading& reading) {
  using Of = MoranStatistic::Of;
  MoranStatistic made;
  std::string const of = read.has("of") ? read.text("of") : "adoption_time";
  made.of = of == "adopted" ? Of::adopted : of == "adoption_time" ? Of::adoption_time : Of::attribute;
  if (made.of == Of::attribute) made.attribute = {of, read.place("of")};
  made.among = made.of == Of::adoption_time ? MoranStatistic::Among::adopters : MoranStatistic::Among::all;
  if (read.has("among")) made.among = chosen<MoranStatistic::Among>(read.text("among"), fields::among_choices);
  if (made.of == Of::adoption_time && made.among == MoranStatistic::Among::all)
    reading.complaints.add("'moran' is of adoption_time among all", read.place("among"),
                           "'among: adopters' was expected: those who never adopt have no time");
  made.network = network_in(read);
  made.normalize = chosen<TieNorm>(read.text("normalize"), fields::tie_norm_choices);
  made.weights = read.flag("weights");
  made.at = optional_label(read, "at");
  made.permutations = read.integer("permutations");
  check_at(made, item, read, clock, reading);
  return made;
}

ClassesStatistic classes_of(Item const& item, Parameters const& read, Reading& reading) {
  ClassesStatistic made;
  if (!read.has("of")) return made;
  made.of = chosen<ClassesStatistic::Of>(read.text("of"), fields::classes_choices);
  made.network = optional_reference(read, "network");
  made.weights = read.flag("weights");
  bool const by_threshold = made.of == ClassesStatistic::Of::threshold;
  if (by_threshold && !child(item, "network"))
    reading.complaints.add("'network' is missing in 'classes', which is of threshold", item.where,
                           "the network in which thresholds are taken was expected");
  for (std::string_view const key : {"network", "weights"})
    if (auto const written = child(item, key); written && !by_threshold)
      reading.complaints.add(fmt::format("'{}' in 'classes', which is of adoption_time", key), written->where,
                             "times of adoption have no ties: leave it out, or take 'of: threshold'");
  return made;
}

std::span<Field const> fields_of(std::string_view kind) {
  if (kind == "exposure") return fields::exposure_statistic;
  if (kind == "threshold") return fields::threshold_statistic;
  if (kind == "infection" || kind == "susceptibility") return fields::following_statistic;
  if (kind == "moran") return fields::moran_statistic;
  if (kind == "classes") return fields::classes_statistic;
  if (kind == "curve") return fields::curve_statistic;
  return {};
}

/// Nothing after a complaint.
std::optional<StatisticSpec> read_statistic(Item const& item, Clock const& clock, Reading& reading) {
  using Of = FollowingStatistic::Of;
  std::size_t const before = reading.complaints.size();
  (void)check_name(item, reading);
  (void)read_section(item, fields::statistic, reading);
  auto const one = exactly_one(item, fields::statistic_kinds, reading);
  if (!one) return std::nullopt;
  std::string_view const kind = one->key;
  if (std::ranges::find(fields::statistic_kinds, kind) == std::end(fields::statistic_kinds)) return std::nullopt;
  Parameters const read = read_section(*one, fields_of(kind), reading);
  if (one->node->form != Node::Form::map) return std::nullopt;
  StatisticSpec spec{item.key, one->key, item.where, BassStatistic{}};
  if (kind == "exposure") spec.of = exposure_of(read);
  if (kind == "threshold") spec.of = threshold_of(read);
  if (kind == "infection") spec.of = following_of(*one, read, Of::infection, reading);
  if (kind == "susceptibility") spec.of = following_of(*one, read, Of::susceptibility, reading);
  if (kind == "moran") spec.of = moran_of(*one, read, clock, reading);
  if (kind == "classes") spec.of = classes_of(*one, read, reading);
  if (kind == "curve")
    spec.of = CurveStatistic{chosen<CurveStatistic::Convention>(read.text("convention"), fields::convention_choices)};
  if (kind == "survival") spec.of = SurvivalStatistic{};
  if (reading.complaints.size() > before) return std::nullopt;
  return spec;
}

/// Variables of one file have different names, and none that the file has already.
void check_variables(StatsSpec const& spec, Reading& reading) {
  constexpr std::string_view taken[] = {"policy",    "city",    "time",   "replicate",  "class", "city_id",
                                        "city_name", "country", "region", "population", "lat",   "lon"};
  std::map<std::string, std::string> made;
  for (StatisticSpec const& each : spec.entries) {
    std::vector<std::string> names = variables_of(each);
    names.push_back(each.name + "_replicates");
    names.push_back("class_" + each.name);
    for (std::string const& name : names) {
      auto const [found, is_new] = made.emplace(name, each.name);
      if (std::ranges::find(taken, name) != std::end(taken))
        reading.complaints.add(fmt::format("'{}' is a name that the file of statistics has already", name), each.where,
                               "another name was expected");
      else if (!is_new)
        reading.complaints.add(fmt::format("'{}' and '{}' both make a variable '{}'", found->second, each.name, name),
                               each.where, "another name was expected");
    }
  }
}

}  // namespace

std::vector<std::string> variables_of(StatisticSpec const& spec) {
  std::vector<std::string_view> parts = {""};
  if (spec.kind == "threshold") parts = {"", "_refused"};
  if (spec.kind == "moran") parts = {"", "_expected", "_sd", "_p"};
  if (auto const* moran = std::get_if<MoranStatistic>(&spec.of); moran != nullptr && moran->permutations > 0)
    parts.push_back("_p_permutation");
  if (spec.kind == "curve") parts = {"_adopters", "_share", "_rate", "_hazard"};
  if (spec.kind == "bass") parts = {"_p", "_q", "_m", "_p_se", "_q_se", "_m_se"};
  if (spec.kind == "survival") parts = {"", "_se", "_cumulative_hazard", "_at_risk", "_events"};
  std::vector<std::string> names;
  for (std::string_view const part : parts) names.push_back(spec.name + std::string(part));
  return names;
}

StatsSpec read_stats(Item const& item, Clock const& clock, Reading& reading) {
  StatsSpec spec;
  spec.where = item.where;
  std::vector<Item> const entries = entries_of(item, "a map from names to statistics", reading);
  if (entries.empty() && item.node->form == Node::Form::map)
    reading.complaints.add("'stats' is empty", item.where, "at least one statistic was expected");
  for (Item const& each : entries)
    if (auto made = read_statistic(each, clock, reading)) spec.entries.push_back(*std::move(made));
  std::ranges::sort(spec.entries, {}, &StatisticSpec::name);
  check_variables(spec, reading);
  return spec;
}

}  // namespace hansa
