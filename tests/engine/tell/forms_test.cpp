/// Tests of tell/forms.
#include "tell/forms.hpp"

#include <algorithm>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include "mechanisms/catalogue.hpp"
#include "scenario/fields.hpp"

using namespace hansa;

namespace {

/// Every map and list that a table leads to, as "section.key", and whether a form says what it holds.
void gather(std::string_view section, std::span<Field const> fields, std::set<std::string>& without,
            std::set<std::string>& seen) {
  if (!seen.insert(std::string(section)).second) return;
  for (Field const& field : fields) {
    if (field.kind == Kind::section) gather(field.name, field.inside, without, seen);
    if (field.kind != Kind::map && field.kind != Kind::list) continue;
    Form const form = form_of(section, field.name);
    if (form.holds == Holds::anything) without.insert(std::string(section) + "." + std::string(field.name));
    if (!form.inside.empty()) gather(form.name, form.inside, without, seen);
  }
}

}  // namespace

TEST_CASE("every map and list of the format has a form") {
  std::set<std::string> without, seen;
  gather("scenario", fields::scenario, without, seen);
  gather("selector", fields::selector, without, seen);
  for (Schema const* schema : schemas(standard_catalogue())) gather(schema->name, schema->parameters, without, seen);
  CHECK(seen.size() > 10);
  std::string names;
  for (std::string const& each : without) names += each + " ";
  CHECK(names == "");
}

TEST_CASE("a field that no table names holds anything") {
  CHECK(form_of("scenario", "unheard_of").holds == Holds::anything);
}

TEST_CASE("alternatives are the keys named, or all but those that go with every form") {
  using Keys = std::vector<std::string_view>;
  CHECK(alternatives_in("cities", fields::cities) == Keys{"file", "generate"});
  Keys const networks = alternatives_in("network", fields::network);
  CHECK(std::ranges::count(networks, "nearest") == 1);
  CHECK(std::ranges::count(networks, "file") == 1);
  CHECK(std::ranges::count(networks, "directed") == 0);
  CHECK(alternatives_in("time", fields::time).empty());
  CHECK(alternatives_in("range", fields::range).empty());
}

TEST_CASE("companions name keys that exist") {
  auto const has = [](std::span<Field const> fields, std::string_view key) {
    return std::ranges::any_of(fields, [&](Field const& each) { return each.name == key; });
  };
  for (Companion const& each : companions()) {
    std::span<Field const> fields;
    if (each.section == "cities") fields = fields::cities;
    if (each.section == "derived") fields = fields::derived;
    if (each.section == "selector") fields = fields::selector;
    if (each.section == "design") fields = fields::design;
    if (each.section == "measure") fields = fields::measure;
    if (each.section == "within") continue;
    CHECK(has(fields, each.key));
    CHECK(has(fields, each.beside));
    CHECK(has(fields, each.or_beside));
  }
}
