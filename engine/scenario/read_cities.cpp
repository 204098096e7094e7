/// Reads the section `cities`: where the cities come from, and the columns derived from theirs.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "scenario/fields.hpp"
#include "scenario/reader.hpp"

namespace hansa {

namespace {

/// Keys that go with bins only, or not with bins.
void check_bins(Item const& item, Parameters const& read, DerivedAttribute const& derived, Reading& reading) {
  bool const bins = derived.from == DerivedAttribute::From::bins;
  for (std::string_view const key : {"at", "labels"}) {
    auto const given = child(item, key);
    if (given && !bins) reading.complaints.add(fmt::format("'{}' goes only with 'bins'", key), given->where);
    if (!given && bins) reading.complaints.add(fmt::format("'{}' is missing beside 'bins'", key), item.where);
  }
  if (bins && read.flag("standardize"))
    reading.complaints.add("'standardize' cannot stand beside 'bins'", child(item, "standardize")->where,
                           "bins are texts");
  if (!bins || !read.has("at") || !read.has("labels")) return;
  if (!check_ascending(derived.at, *child(item, "at"), reading)) return;
  if (derived.labels.size() != derived.at.size() + 1)
    reading.complaints.add(
        fmt::format("{} has {} labels for {} cut points", item.label, derived.labels.size(), derived.at.size()),
        child(item, "labels")->node->where, fmt::format("{} labels were expected", derived.at.size() + 1));
}

DerivedAttribute read_derived(Item const& item, Reading& reading) {
  constexpr std::string_view forms[] = {"of", "log", "bins"};
  DerivedAttribute derived;
  derived.name = item.key;
  derived.where = item.where;
  Parameters const read = read_section(item, fields::derived, reading);
  if (item.node->form != Node::Form::map) return derived;
  auto const from = exactly_one(item, forms, reading);
  if (!from) return derived;
  if (from->key == "log") derived.from = DerivedAttribute::From::log;
  if (from->key == "bins") derived.from = DerivedAttribute::From::bins;
  if (read.has(from->key)) derived.column = read.reference(from->key);
  derived.standardize = read.flag("standardize");
  if (read.has("at")) derived.at = std::get<std::vector<double>>(read.value("at"));
  if (read.has("labels"))
    for (Reference const& label : read.references("labels")) derived.labels.push_back(label.name);
  check_bins(item, read, derived, reading);
  return derived;
}

void read_attention(Item const& item, Parameters const& read, CitiesSpec& into, Reading& reading) {
  if (!read.has("cities.attention")) return;
  Item const entry = *child(item, "attention");
  into.attention = std::get<NumberOrAttribute>(read.value("cities.attention"));
  into.attention_where = value_place(entry);
  auto const* number = std::get_if<double>(&*into.attention);
  if (number != nullptr && *number != std::floor(*number)) refuse(entry, "a whole number", reading);
}

}  // namespace

CitiesSpec read_cities(Item const& item, Parameters const& read, Reading& reading) {
  constexpr std::string_view sources[] = {"file", "generate"};
  CitiesSpec spec;
  spec.where = item.where;

  if (item.node->form != Node::Form::map) return spec;
  auto const source = exactly_one(item, sources, reading);
  if (read.has("cities.file")) spec.file = file_ref(read.text("cities.file"), read.place("cities.file"), reading);
  if (read.has("cities.panel")) spec.panel = file_ref(read.text("cities.panel"), read.place("cities.panel"), reading);
  if (read.has("cities.generate")) spec.generate = read.integer("cities.generate");
  if (read.has("cities.coordinates"))
    spec.coordinates =
        read.text("cities.coordinates") == "square" ? CitiesSpec::Coordinates::square : CitiesSpec::Coordinates::globe;
  if (auto const given = child(item, "coordinates"); given && source && source->key == "file")
    reading.complaints.add("'coordinates' cannot stand beside 'file'", given->where, "it goes only with 'generate'");
  read_attention(item, read, spec, reading);
  auto const attributes = child(item, "attributes");
  if (!attributes) return spec;
  for (Item const& each : entries_of(*attributes, "a map of attributes by name", reading)) {
    std::size_t const before = reading.complaints.size();
    DerivedAttribute derived = read_derived(each, reading);
    if (reading.complaints.size() == before) spec.attributes.push_back(std::move(derived));
  }
  std::sort(spec.attributes.begin(), spec.attributes.end(),
            [](auto const& a, auto const& b) { return a.name < b.name; });
  return spec;
}

}  // namespace hansa
