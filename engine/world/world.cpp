/// Builds the world from the scenario and its tables, and hashes it.
#include "world/world.hpp"

#include <algorithm>

#include "base/digest.hpp"
#include "world/collaborations.hpp"
#include "world/countries.hpp"
#include "world/file_ties.hpp"
#include "world/laws.hpp"
#include "world/panel.hpp"
#include "world/policy_names.hpp"
#include "world/reach.hpp"
#include "world/records.hpp"
#include "world/rows.hpp"
#include "world/tie_changes.hpp"

namespace hansa {
namespace {

template <class T>
bool precedes(T const& a, T const& b) {
  return a.name < b.name;
}

template <class T>
T const* find_by_name(std::vector<T> const& sorted, std::string_view name) noexcept {
  auto const found =
      std::lower_bound(sorted.begin(), sorted.end(), name, [](T const& a, std::string_view b) { return a.name < b; });
  return found != sorted.end() && found->name == name ? &*found : nullptr;
}

template <class Of>
void add_later(Digest& digest, std::string_view name, std::vector<Later<Of>> const& later) {
  digest.add(name);
  digest.add(std::uint64_t{later.size()});
  for (Later<Of> const& each : later) {
    digest.add_signed(each.from);
    digest.add(std::uint64_t{each.city});
    digest.add(std::span<Of const>(&each.value, 1));
  }
}

void add_cities(Digest& digest, Cities const& cities) {
  digest.add(std::uint64_t{cities.id.size()});
  for (std::string const& id : cities.id) digest.add(std::string_view(id));
  digest.add(std::uint64_t{cities.numbers.size()});
  for (auto const& [name, values] : cities.numbers) {
    digest.add(std::string_view(name));
    digest.add(values);
  }
  digest.add(std::uint64_t{cities.texts.size()});
  for (auto const& [name, column] : cities.texts) {
    digest.add(std::string_view(name));
    digest.add(std::uint64_t{column.labels.size()});
    for (std::string const& label : column.labels) digest.add(std::string_view(label));
    digest.add(column.code);
  }
  for (auto const& [name, later] : cities.later_numbers) add_later(digest, name, later);
  for (auto const& [name, later] : cities.later_texts) add_later(digest, name, later);
}

void add_network(Digest& digest, NetworkLayer const& layer) {
  digest.add(std::string_view(layer.name));
  digest.add(layer.first);
  digest.add(std::span<Index const>(layer.target).first(layer.ties()));
  digest.add(std::uint64_t{layer.weighted()});
  if (layer.weighted()) digest.add(std::span<std::uint32_t const>(layer.weight).first(layer.ties()));
  digest.add(std::span<double const>(&layer.unit, 1));
  digest.add(layer.from);
  digest.add(layer.until);
  digest.add(static_cast<std::uint64_t>(layer.timing));
  digest.add(std::uint64_t{layer.redrawn});
  digest.add(layer.group);
}

void add_label(Digest& digest, std::optional<std::int32_t> label) {
  digest.add(std::uint64_t{label.has_value()});
  digest.add_signed(label.value_or(0));
}

void add_collaboration(Digest& digest, Collaboration const& collaboration) {
  digest.add(std::string_view(collaboration.name));
  digest.add(std::uint64_t{collaboration.members.size()});
  for (Membership const& member : collaboration.members) {
    digest.add(std::uint64_t{member.city});
    digest.add_signed(member.joined);
    digest.add_signed(member.left);
  }
  if (!collaboration.recruits) return;
  digest.add(std::string_view("recruits"));
  digest.add_signed(collaboration.dissolved);
  for (Departure const& each : collaboration.departures) {
    digest.add_signed(each.label);
    digest.add(std::uint64_t{each.city});
  }
}

void add_records(Digest& digest, PolicyRecords const& records) {
  digest.add(std::string_view(records.policy));
  digest.add(std::uint64_t{records.observed.size()});
  for (Observation const& row : records.observed) {
    digest.add(std::uint64_t{row.city});
    digest.add_signed(row.year);
    add_label(digest, row.after);
    digest.add_signed(row.as_written);
    add_label(digest, row.left);
  }
  digest.add(records.initial);
  digest.add(records.covered);
  digest.add(records.eligible);
}

}  // namespace

NetworkLayer const* World::network(std::string_view name) const noexcept {
  return find_by_name(networks, name);
}

Collaboration const* World::collaboration(std::string_view name) const noexcept {
  return find_by_name(collaborations, name);
}

LawRecords const* World::law(std::string_view policy, std::string_view mechanism) const noexcept {
  auto const found = std::find_if(laws.begin(), laws.end(), [&](LawRecords const& each) {
    return each.policy == policy && each.mechanism == mechanism;
  });
  return found == laws.end() ? nullptr : &*found;
}

std::size_t World::changed_by(std::string_view intervention) const noexcept {
  auto const found = reached.find(intervention);
  return found == reached.end() ? 0 : found->second.changed;
}

World build_world(Scenario const& scenario, Tables const& tables, Complaints& complaints, int threads) {
  return intervened(build_given_world(scenario, tables, complaints, threads), scenario, tables, complaints, threads);
}

World intervened(World given, Scenario const& scenario, Tables const& tables, Complaints& complaints, int threads) {
  if (given.cities.size() > 0) find_reached(scenario, tables, given, complaints, threads);
  if (given.cities.size() > 0) given.laws = read_laws(scenario, tables, given.cities, complaints);
  return given;
}

World build_given_world(Scenario const& scenario, Tables const& tables, Complaints& complaints, int threads) {
  World world;
  world.start = scenario.clock.start;
  world.cities = build_cities(scenario.cities, tables, scenario.clock, scenario.seed, complaints);
  if (world.cities.size() == 0) {  // complained of
    check_tables(scenario, tables, complaints);
    return world;
  }
  world.countries = build_countries(scenario, tables, world.cities, complaints);
  for (NetworkSpec const& spec : scenario.networks) {
    world.networks.push_back(
        build_network(spec, world.cities, tables, scenario.clock, scenario.seed, complaints, threads));
    if (spec.redraw == Redrawing::replicate) world.redrawn.push_back(spec);
  }
  std::sort(world.networks.begin(), world.networks.end(), precedes<NetworkLayer>);
  std::sort(world.redrawn.begin(), world.redrawn.end(), precedes<NetworkSpec>);
  build_collaborations(scenario, tables, world, complaints, threads);
  warn_of_policy_names(scenario, tables, complaints);
  for (PolicySpec const& policy : scenario.policies) {
    world.records.push_back(build_records(policy, scenario.clock, tables, world, complaints, threads));
  }
  return world;
}

void check_tables(Scenario const& scenario, Tables const& tables, Complaints& complaints) {
  Cities unread;
  unread.complete = false;
  if (scenario.cities.panel) {
    Table const* panel = find_table(tables, *scenario.cities.panel);
    if (panel) (void)read_panel(*panel, scenario.clock, unread, complaints);
  }
  for (NetworkSpec const& spec : scenario.networks) {
    if (auto const* ties = std::get_if<FileTies>(&spec.ties))
      (void)read_ties(*ties, spec, unread, tables, scenario.clock, complaints);
  }
  for (InterventionSpec const& each : scenario.interventions) check_rows_of_ties(each, scenario, tables, complaints);
  check_memberships(scenario.collaborations, tables, complaints);
  warn_of_policy_names(scenario, tables, complaints);
  for (PolicySpec const& policy : scenario.policies) check_adoptions(policy, tables, complaints);
  (void)build_countries(scenario, tables, unread, complaints);
  (void)read_laws(scenario, tables, unread, complaints);
}

std::string digest(World const& world) {
  Digest digest;
  add_cities(digest, world.cities);
  digest.add(std::uint64_t{world.networks.size()});
  for (NetworkLayer const& layer : world.networks) add_network(digest, layer);
  digest.add(std::uint64_t{world.collaborations.size()});
  for (Collaboration const& collaboration : world.collaborations) add_collaboration(digest, collaboration);
  digest.add(std::uint64_t{world.records.size()});
  for (PolicyRecords const& records : world.records) add_records(digest, records);
  for (auto const& [name, values] : world.countries.numbers) {
    digest.add(std::string_view(name));
    digest.add(values);
  }
  for (LawRecords const& records : world.laws) {
    digest.add(std::string_view(records.policy));
    digest.add(std::string_view(records.mechanism));
    for (DatedLaw const& law : records.laws) {
      digest.add_signed(law.country);
      digest.add_signed(law.from);
    }
  }
  return digest.hex();
}

}  // namespace hansa
