/// Reads what is measured in a sweep: words, maps and calls.
#include <algorithm>
#include <iterator>
#include <map>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/names.hpp"
#include "scenario/fields.hpp"
#include "scenario/measure_text.hpp"
#include "scenario/read_sweep.hpp"
#include "scenario/tables.hpp"

namespace hansa {

namespace {

using Of = MeasureSpec::Of;

constexpr std::string_view measured_words[] = {
    "share",    "time_to", "peak", "peak_time", "spending", "population_covered",
    "distance", "series",  "of",   "difference"};

constexpr std::string_view measure_form =
    "a measure (a word such as final_share, a map such as {time_to: 0.25}, or share(where: {region: Europe}, at: "
    "2030))";

Of of_word(std::string_view word) {
  constexpr std::pair<std::string_view, Of> words[] = {{"final_share", Of::final_share},
                                                       {"time_to_half", Of::time_to},
                                                       {"time_to", Of::time_to},
                                                       {"peak", Of::peak},
                                                       {"peak_time", Of::peak_time},
                                                       {"spending", Of::spending},
                                                       {"share", Of::share},
                                                       {"population_covered", Of::population_covered},
                                                       {"distance", Of::distance},
                                                       {"series", Of::series},
                                                       {"attribution", Of::attribution}};
  auto const* const found =
      std::find_if(std::begin(words), std::end(words), [&](auto const& each) { return each.first == word; });
  return found->second;
}

/// What takes a label: its state at the end of that step.
bool takes_label(Of of) {
  return of == Of::share || of == Of::spending || of == Of::population_covered;
}

class MeasureReader {
 public:
  MeasureReader(Scenario const& scenario, Reading& reading) : scenario_(scenario), reading_(reading) {}

  /// Nothing after a complaint. `depth`: of measures of measures.
  std::optional<MeasureSpec> read(Item const& item, int depth = 0) {
    Node const& node = *item.node;
    if (node.form == Node::Form::scalar && node.text.find('(') != std::string::npos) return read_call(item, depth);
    if (node.form == Node::Form::scalar) return read_word(item);
    if (node.form == Node::Form::map) return read_map(item, depth);
    refuse(item, measure_form, reading_);
    return std::nullopt;
  }

 private:
  std::optional<MeasureSpec> read_call(Item const& item, int depth) {
    std::optional<Node> const node = parse_measure(item.node->text, item.node->where);
    if (!node) {
      refuse(item, measure_form, reading_);
      return std::nullopt;
    }
    return read_map({item.key, item.label, item.where, &*node}, depth);
  }

  std::optional<MeasureSpec> read_word(Item const& item) {
    std::string const& word = item.node->text;
    if (std::find(std::begin(fields::bare_measures), std::end(fields::bare_measures), word) ==
        std::end(fields::bare_measures)) {
      reading_.complaints.add(refusal(item), value_place(item), expected_one_of(word, fields::bare_measures));
      return std::nullopt;
    }
    MeasureSpec spec;
    spec.of = of_word(word);
    spec.name = word;
    spec.where = value_place(item);
    return spec;
  }

  std::optional<MeasureSpec> read_map(Item const& item, int depth) {
    std::size_t const before = reading_.complaints.size();
    Parameters const given = read_section(item, fields::measure, reading_);
    auto const one = exactly_one(item, measured_words, reading_);
    if (!one) return std::nullopt;
    check_companion(item, "by", "of");
    check_companion(item, "of", "by");
    check_companion(item, "difference", "to");
    check_companion(item, "to", "difference");
    if (depth > 2) refuse(item, "a measure of at most three", reading_);
    if (reading_.complaints.size() > before) return std::nullopt;
    std::optional<MeasureSpec> spec =
        one->key == "of" || one->key == "difference" ? read_outer(*one, given, depth) : read_inner(*one);
    if (!spec || reading_.complaints.size() > before) return std::nullopt;
    spec->where = value_place(item);
    if (given.has("name")) take_name(*child(item, "name"), *spec);
    return spec;
  }

  void check_companion(Item const& item, std::string_view key, std::string_view other) {
    if (auto const there = child(item, key); there && !child(item, other))
      reading_.complaints.add(fmt::format("'{}' stands without '{}'", key, other), there->where,
                              "{by: ATTRIBUTE, of: MEASURE} or {difference: MEASURE, to: POINT} was expected");
  }

  /// {by: A, of: M} and {difference: M, to: K}.
  std::optional<MeasureSpec> read_outer(Item const& one, Parameters const& given, int depth) {
    std::optional<MeasureSpec> spec = read(one, depth + 1);
    if (!spec) return std::nullopt;
    bool const grouped = one.key == "of";
    if ((grouped && spec->by) || (!grouped && spec->paired_to)) {
      refuse(one, grouped ? "a measure without groups of its own" : "a measure that is no difference", reading_);
      return std::nullopt;
    }
    if (grouped && (spec->of == Of::attribution || spec->of == Of::distance)) {
      refuse(one, "a measure other than attribution and distance, which are of all cities,", reading_);
      return std::nullopt;
    }
    if (grouped) {
      spec->by = given.reference("by");
      spec->name += "_by_" + spec->by->name;
    } else {
      spec->paired_to = given.integer("to");
      spec->name += fmt::format("_minus_{}", *spec->paired_to);
    }
    return spec;
  }

  std::optional<MeasureSpec> read_inner(Item const& one) {
    MeasureSpec spec;
    spec.of = of_word(one.key);
    spec.name = one.key;
    if (spec.of == Of::distance || spec.of == Of::series) {
      if (spec.of == Of::series) spec.name = "adopters";
      if (spec.of == Of::distance) check_observed(one);
      return spec;
    }
    bool const number = one.node->form == Node::Form::scalar && spec.of == Of::time_to;
    if (number) {
      constexpr Field share = {.name = "time_to", .lowest = fields::above_zero, .highest = 1};
      if (auto const value = read_number(one, share, reading_)) spec.share = *value;
    } else {
      read_part(one, spec);
    }
    if (spec.of == Of::time_to) spec.name = spec.share == 0.5 ? "time_to_half" : fmt::format("time_to_{}", spec.share);
    if (spec.cities) spec.name += "_where_" + where_words(*spec.cities);
    if (spec.at) spec.name += fmt::format("_{}", *spec.at);
    return spec;
  }

  void read_part(Item const& one, MeasureSpec& spec) {
    Parameters const part = read_section(one, fields::part, reading_);
    if (part.has("share") && spec.of != Of::time_to)
      reading_.complaints.add(fmt::format("'share' stands in {}", one.label), part.place("share"),
                              "it was expected in time_to only");
    else if (part.has("share"))
      spec.share = part.number("share");
    spec.at = optional_label(part, "at");
    if (spec.at && !takes_label(spec.of))
      reading_.complaints.add(fmt::format("'at' stands in {}", one.label), part.place("at"),
                              "it was expected in share, spending and population_covered only");
    Clock const& clock = scenario_.clock;
    if (spec.at && clock.end >= clock.start && (*spec.at < clock.start || *spec.at > clock.end))
      reading_.complaints.add(fmt::format("'at' is {}", *spec.at), part.place("at"),
                              fmt::format("a step from {} to {} was expected", clock.start, clock.end));
    auto const conditions = child(one, "where");
    if (!conditions) return;
    Node selection;
    selection.form = Node::Form::map;
    selection.where = conditions->where;
    selection.entries.push_back({"where", conditions->where, *conditions->node});
    spec.cities = read_selector({"where", conditions->label, conditions->where, &selection}, reading_);
  }

  void check_observed(Item const& one) {
    bool const any = std::any_of(scenario_.policies.begin(), scenario_.policies.end(), [](PolicySpec const& each) {
      return std::holds_alternative<FileRef>(each.adopters.source);
    });
    if (!any && reading_.policies.complete)
      reading_.complaints.add("no policy has observed adopters to keep a distance to", one.where,
                              "'adopters: {file: F.csv}' was expected in a policy");
  }

  void take_name(Item const& name, MeasureSpec& spec) {
    if (is_name(name.node->text))
      spec.name = name.node->text;
    else
      refuse(name, "letters, digits, '_' and '-'", reading_);
  }

  /// "region_Europe", what is no letter of a name being left out.
  static std::string where_words(Selector const& selection) {
    std::string words;
    auto const add = [&](std::string_view text) {
      if (!words.empty()) words += '_';
      for (char const c : text)
        if (c == '.' || is_name(std::string_view(&c, 1))) words += c;
    };
    for (Condition const& each : selection.conditions) {
      add(each.attribute.name);
      for (Reference const& value : each.values) add(value.name);
      if (each.lowest) add(fmt::format("from_{}", *each.lowest));
      if (each.highest) add(fmt::format("to_{}", *each.highest));
    }
    return words;
  }

  Scenario const& scenario_;
  Reading& reading_;
};

/// Variables that the gathered file has besides measures (io/sweep_file.hpp).
constexpr std::string_view taken_names[] = {"design",
                                            "policy",
                                            "replicate",
                                            "quantile",
                                            "mechanism",
                                            "time",
                                            "scenario",
                                            "seed",
                                            "failure",
                                            "failure_point",
                                            "failure_seed",
                                            "failure_why",
                                            "replicates_finished",
                                            "replicates_failed",
                                            "failure_replicate"};

/// What the gathered file calls the statistics of a measure, besides its mean.
constexpr std::string_view statistics[] = {"_sd", "_se", "_missing", "_quantile", "_each"};

/// Complains of measures whose name, or that of one of their statistics, is taken by another variable.
void check_variables(std::vector<MeasureSpec> const& measures, Reading& reading) {
  std::map<std::string, std::string> taken;  // what has the name
  for (std::string_view const each : taken_names) taken.emplace(each, "a variable of every sweep");
  for (MeasureSpec const& each : measures)
    if (each.by) taken.emplace("group_" + each.by->name, fmt::format("the groups of '{}'", each.name));
  for (MeasureSpec const& each : measures)
    for (std::string_view const what : statistics)
      taken.emplace(each.name + std::string(what), fmt::format("a statistic of '{}'", each.name));
  for (MeasureSpec const& each : measures)
    if (auto const found = taken.find(each.name); found != taken.end())
      reading.complaints.add(fmt::format("a measure is called '{}', as is {}", each.name, found->second), each.where,
                             "give it another 'name'");
}

}  // namespace

std::vector<MeasureSpec> read_measures(Item const& item, Scenario const& scenario, Reading& reading) {
  std::vector<MeasureSpec> measures;
  std::map<std::string, Place> seen;
  std::vector<Item> const items = items_of(item, "a list of measures", reading);
  if (items.empty() && item.node->form == Node::Form::list)
    reading.complaints.add(fmt::format("{} is empty", item.label), value_place(item),
                           "at least one measure was expected");
  MeasureReader reader(scenario, reading);
  for (Item const& each : items) {
    std::optional<MeasureSpec> spec = reader.read(each);
    if (!spec) continue;
    auto const [first, fresh] = seen.emplace(spec->name, spec->where);
    if (!fresh)
      reading.complaints.add(fmt::format("two measures are called '{}'", spec->name), spec->where,
                             fmt::format("the other stands at {}:{}:{}; give one a 'name'", first->second.file,
                                         first->second.line, first->second.column));
    measures.push_back(*std::move(spec));
  }
  check_variables(measures, reading);
  return measures;
}

}  // namespace hansa
