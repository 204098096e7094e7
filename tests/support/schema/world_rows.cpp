/// What cities, networks, collaborations, resources and output ask beyond their tables.
#include <algorithm>

#include <fmt/format.h>

#include "scenario/fields.hpp"
#include "support/schema/rows.hpp"
#include "support/schema/world_files.hpp"
#include "tell/tree.hpp"

namespace hansa::test {

namespace {

int never_here(Author&) {
  return 0;
}
std::string drawn_number(Author& a, double low, double high) {
  return a.dice.decimal(low, high);
}
/// What a city has of its own, or one number.
Node own_or(Author& a, Names const& attributes, std::string number) {
  if (!attributes.empty() && a.dice.chance(40)) return one("attribute", scalar(a.dice.pick(attributes)));
  return scalar(std::move(number));
}

// Cities.

Node derived_attributes(Author& a, Field const&) {
  Node node = map_node({});
  Ground& ground = a.ground;
  for (int k = a.dice.between(1, 3); k > 0; --k) {
    Node derived = a.section("derived", fields::derived, "derived");
    if (derived.entries.empty()) continue;
    std::string const name = fmt::format("made{}", k), from = derived.entries.front().value.text;
    bool const changes = std::ranges::count(ground.changing, from) > 0;
    if (Node const* const labels = derived.find("labels")) {
      (changes ? ground.changing_texts : ground.texts).push_back(name);
      for (Node const& label : labels->items) ground.values[name].push_back(label.text);
    } else if (!changes) {
      ground.numbers.push_back(name);
    }
    node.entries.push_back({name, {}, std::move(derived)});
  }
  return node;
}

Node cut_points(Author& a, Field const&) {
  bool const in_parts = std::ranges::count(a.ground.parts, a.text("bins")) > 0;
  a.of_bins = a.dice.between(1, 2);
  Names const points = in_parts ? Names{"0.3", "0.6"} : Names{"1.5", "4"};
  return list(Names(points.begin(), points.begin() + a.of_bins));
}

Node class_labels(Author& a, Field const&) {
  Names const labels{"low", "middle", "high"};
  return list(Names(labels.begin(), labels.begin() + a.of_bins + 1));
}

Node generated(Author& a, Field const&) {
  generate_cities(a, false, false);
  return scalar(a.ground.cities);
}

Node placed(Author& a, Field const&) {
  a.ground.id.clear();
  bool const globe = a.dice.chance(50);
  generate_cities(a, globe, !globe);
  return scalar(globe ? "globe" : "square");
}

Node city_file(Author& a, Field const&) {
  write_cities(a);
  return scalar("cities.csv");
}

Node panel_file(Author& a, Field const&) {
  write_panel(a);
  return scalar("panel.csv");
}

Node country_file(Author& a, Field const&) {
  write_countries(a);
  return scalar("countries.csv");
}

Node attention(Author& a, Field const&) {
  return own_or(a, a.ground.whole, a.dice.pick(Names{"1", "1", "2"}));
}

// Networks.

bool random_ties(Author& a) {
  std::string const source = a.chosen("network");
  return source == "erdos_renyi" || source == "watts_strogatz" || source == "barabasi_albert" ||
         source == "stochastic_block" || source == "configuration";
}

bool weighed_in_file(Author& a) {
  return a.chosen("network") == "file" && a.texts.files[a.network->name + ".csv"].find("weight") != std::string::npos;
}

Node all_networks(Author& a, Field const&) {
  Node node = map_node({});
  int const count = a.dice.between(1, 3);
  a.ground.networks.reserve(3);
  for (int k = 0; k < count; ++k) {
    a.network = &a.ground.networks.emplace_back();
    a.network->name = fmt::format("net{}", k);
    Node drawn = a.section("network", fields::network, "network");
    DrawnNetwork& made = *a.network;
    made.groups = drawn.find("same") != nullptr;
    made.living = drawn.find("dynamics") != nullptr;
    made.redrawn = drawn.find("redraw") != nullptr && drawn.find("redraw")->text == "replicate";
    node.entries.push_back({made.name, {}, std::move(drawn)});
    a.network = nullptr;
  }
  return node;
}

Node tie_file(Author& a, Field const&) {
  write_ties(a, a.network->name + ".csv", Spread::wide);
  return scalar(a.network->name + ".csv");
}

Node neighbours(Author& a, Field const&) {
  return scalar(a.dice.between(1, std::min(5, a.ground.cities - 1)));
}

Node axes(Author& a, Field const&) {
  return list(some(a.dice, a.ground.numbers, 2));
}

Node features(Author& a, Field const&) {
  return list(some(a.dice, a.ground.numbers, 2));
}

Node ring_degree(Author& a, Field const&) {
  return scalar(2 * a.dice.between(1, std::min(2, (a.ground.cities - 1) / 2)));
}

Node mean_degree(Author& a, Field const&) {
  return scalar(drawn_number(a, 0, std::min(4, a.ground.cities - 1)));
}

Node few_ties(Author& a, Field const&) {
  return scalar(a.dice.between(0, a.ground.cities - 1));
}

Node some_text(Author& a, Field const&) {
  return scalar(a.dice.pick(a.ground.texts));
}

Node block_probabilities(Author& a, Field const&) {
  Names const groups = a.ground.values[a.text("group")];
  Node node = map_node({});
  std::string const first = a.dice.pick(groups), second = a.dice.pick(groups);
  node.entries.push_back({first, {}, one(second, scalar(drawn_number(a, 0, 1)))});
  if (first == second)
    for (std::string const& other : groups)
      if (other != first) node.entries.push_back({other, {}, one(first, scalar(drawn_number(a, 0, 0.6)))});
  return node;
}

int needs_globe(Author& a) {
  return a.ground.globe ? 100 : 0;
}
int needs_numbers(Author& a) {
  return a.ground.numbers.empty() ? 0 : 100;
}
int needs_texts(Author& a) {
  return a.ground.texts.empty() ? 0 : 100;
}

// Collaborations.

Node properties(Author& a, Field const&) {
  Node node = map_node({});
  Names names = a.ground.clubs;
  names.push_back("chosen");
  names = a.ground.clubs.empty() ? Names{"chosen"} : some(a.dice, names, 2);
  for (std::string const& each : names) {
    a.name = each;
    Node drawn = a.section("collaboration", fields::collaboration, "collaboration");
    if (Node const* const dissolved = drawn.find("dissolved")) a.ended[each] = std::stoi(dissolved->text);
    a.ground.fees = a.ground.fees || drawn.find("fee") != nullptr;
    node.entries.push_back({each, {}, std::move(drawn)});
    if (each == "chosen") a.ground.clubs.push_back(each);
  }
  return node;
}

Node member_file(Author& a, Field const&) {
  write_members(a);
  return scalar("clubs.csv");
}

Node some_label(Author& a, Field const&) {
  return scalar(a.dice.between(a.ground.start - 1, a.ground.end + 2));
}

/// Members of a collaboration that recruits are those of the run: no selector takes them after the first step.
Node recruiting(Author& a, Field const& field) {
  a.ground.recruiting.push_back(a.name);
  return a.section("recruit", field.inside, "collaboration.recruit");
}

Node pledged_policy(Author& a, Field const&) {
  a.ground.pledged.push_back(fmt::format("policy{}", a.dice.between(0, a.ground.policies - 1)));
  return scalar(a.ground.pledged.back());
}

Node needed_pledges(Author& a, Field const&) {
  if (a.dice.chance(50)) return one("share", scalar(a.dice.pick(Names{"0.2", "0.5", "0.8"})));
  return scalar(a.dice.between(1, 3));
}

Node label_inside(Author& a, Field const&) {
  return scalar(a.dice.between(a.ground.start, a.ground.end - 1));
}

Node deadline(Author& a, Field const&) {
  std::string const from = a.text("from");
  return scalar(a.dice.between(from.empty() ? a.ground.start : std::stoi(from), a.ground.end));
}

// The rest.

Node label_of_unit(Author& a, Field const&) {
  return scalar(a.dice.pick(Names{"year", "month", "term of office"}));
}

Node origins(Author& a, Field const&) {
  Node node = map_node({});
  node.entries.push_back(
      {"policies.policy0.rule", {}, scalar(a.dice.pick(Names{"assumed", "fitted", "literature (A 1990)"}))});
  return node;
}

Node groupings(Author& a, Field const&) {
  return list(some(a.dice, a.ground.texts, 2));
}

Node quantiles(Author& a, Field const&) {
  return list(a.dice.pick(std::vector<Names>{{"50"}, {"5", "95"}, {"0", "12.5", "100"}}));
}

Node money(Author& a, Field const&) {
  return own_or(a, a.ground.weights + a.ground.changing, a.dice.pick(Names{"0", "1", "12", a.dice.decimal(-1, 9)}));
}

bool pays(Author& a) {
  return a.ground.fees || std::ranges::any_of(a.ground.drawn, [](DrawnPolicy const& each) { return each.priced; });
}

int if_paid(Author& a) {
  return a.ground.resources && pays(a) ? 100 : 0;
}

constexpr Row world_rows_table[] = {
    {"scenario.time.start", nullptr, [](Author& a, Field const&) { return scalar(a.ground.start); }},
    {"scenario.time.end", nullptr, [](Author& a, Field const&) { return scalar(a.ground.end); }},
    {"scenario.time.unit", nullptr, label_of_unit},
    {"scenario.seed", odds<90>,
     [](Author& a, Field const&) { return scalar(static_cast<int>(a.number % 2000000000)); }},
    {"scenario.sources", nullptr, origins},
    {"scenario.base", never_here},
    {"scenario.remove", never_here},
    {"scenario.sweep", never_here},
    {"scenario.calibrate", never_here},
    {"scenario.power", never_here},
    {"scenario.stats", never_here},
    {"scenario.countries", [](Author& a) { return a.ground.countries.empty() ? 0 : 50; }},
    {"scenario.networks", odds<100>, all_networks},
    {"scenario.collaborations", odds<70>},
    {"scenario.resources", if_paid},
    {"scenario.output", odds<60>},
    {"scenario.cities.file", odds<300>, city_file},
    {"scenario.cities.generate", odds<100>, generated},
    {"scenario.cities.coordinates", odds<90>, placed},
    {"scenario.cities.panel", [](Author& a) { return a.ground.panel ? 100 : 0; }, panel_file},
    {"scenario.cities.attributes", [](Author& a) { return a.ground.numbers.empty() ? 0 : 70; }, derived_attributes},
    {"scenario.cities.attention", [](Author& a) { return a.ground.attention ? 100 : 0; }, attention},
    {"scenario.countries.file", odds<100>, country_file},
    {"derived.of", needs_numbers,
     [](Author& a, Field const&) { return scalar(a.dice.pick(a.ground.numbers + a.ground.changing)); }},
    {"derived.log", [](Author& a) { return a.ground.weights.empty() ? 0 : 100; },
     [](Author& a, Field const&) { return scalar(a.dice.pick(a.ground.weights + a.ground.changing)); }},
    {"derived.bins", [](Author& a) { return a.ground.weights.empty() ? 0 : 150; },
     [](Author& a, Field const&) { return scalar(a.dice.pick(a.ground.weights + a.ground.changing)); }},
    {"derived.at", odds<100>, cut_points},
    {"derived.labels", odds<100>, class_labels},
    {"network.file", odds<200>, tie_file},
    {"network.nearest", [](Author& a) { return a.ground.globe || !a.ground.numbers.empty() ? 100 : 0; }},
    {"network.nearest.k", odds<100>, neighbours},
    {"network.nearest.on", [](Author& a) { return a.ground.numbers.empty() ? 0
                                                  : a.ground.globe         ? 35
                                                                           : 100; }, axes},
    {"network.similar", needs_numbers},
    {"network.similar.k", odds<100>, neighbours},
    {"network.similar.on", odds<100>, features},
    {"network.within", [](Author& a) { return a.ground.globe || !a.ground.numbers.empty() ? 100 : 0; }},
    {"network.within.km", needs_globe, [](Author& a, Field const&) { return scalar(a.dice.between(300, 7000)); }},
    {"network.within.distance", needs_numbers, hundredths<10, 200>},
    {"network.within.on", odds<100>, axes},
    {"network.same", [](Author& a) { return a.ground.texts.empty() || a.tied().empty() ? 0 : 100; }, some_text},
    {"network.erdos_renyi.degree", nullptr, mean_degree},
    {"network.erdos_renyi.probability", nullptr, hundredths<0, 60>},
    {"network.erdos_renyi.ties", nullptr, few_ties},
    {"network.watts_strogatz", [](Author& a) { return a.ground.cities > 2 ? 100 : 0; }},
    {"network.watts_strogatz.degree", odds<100>, ring_degree},
    {"network.barabasi_albert.ties_per_city", odds<100>, neighbours},
    {"network.stochastic_block", needs_texts},
    {"network.stochastic_block.group", odds<100>, some_text},
    {"network.stochastic_block.probability", odds<100>, block_probabilities},
    {"network.configuration", [](Author& a) { return a.ground.from_file ? 100 : 0; }},
    {"network.configuration.degrees", odds<100>, [](Author&, Field const&) { return scalar("degree"); }},
    {"network.directed", [](Author& a) { return a.has("same") ? 0 : 40; },
     [](Author& a, Field const&) { return scalar(a.has("configuration") || a.dice.chance(50) ? "false" : "true"); }},
    {"network.weight",
     [](Author& a) {
       bool const can = a.ground.globe || !a.ground.weights.empty();
       return a.has("same") || weighed_in_file(a) || !can ? 0 : 40;
     }},
    {"network.weight.decay_km", needs_globe, [](Author& a, Field const&) { return scalar(a.dice.between(300, 9000)); }},
    {"network.weight.attribute", [](Author& a) { return a.ground.weights.empty() ? 0 : 100; },
     [](Author& a, Field const&) { return scalar(a.dice.pick(a.ground.weights)); }},
    {"network.ties", [](Author& a) { return a.has("same") ? 0 : 35; }},
    {"network.redraw", [](Author& a) { return random_ties(a) ? 60 : 15; },
     [](Author& a, Field const&) { return scalar(random_ties(a) && a.dice.chance(60) ? "replicate" : "scenario"); }},
    {"network.dynamics", [](Author& a) { return a.has("same") || a.text("ties") == "lagged" ? 0 : 40; }},
    {"network.dynamics.decay", odds<80>, hundredths<0, 40>},
    {"network.dynamics.reinforce", odds<70>, hundredths<0, 100>},
    {"network.dynamics.floor", odds<60>, hundredths<0, 90>},
    {"network.dynamics.visits", [](Author& a) { return a.network->tame ? 60 : 0; }},
    {"network.dynamics.visits.rate", odds<100>, hundredths<0, 60>},
    {"network.dynamics.visits.closure", odds<60>, hundredths<0, 100>},
    {"network.dynamics.visits.prestige", odds<60>, hundredths<-100, 200>},
    {"network.dynamics.visits.decay_km", [](Author& a) { return a.ground.globe ? 50 : 0; },
     [](Author&, Field const&) { return scalar(6000); }},
    {"network.dynamics.visits.reciprocal", odds<60>, hundredths<0, 100>},
    {"scenario.collaborations.file", odds<80>, member_file},
    {"scenario.collaborations.properties", [](Author& a) { return a.ground.clubs.empty() ? 100 : 70; }, properties},
    {"collaboration.members", [](Author& a) { return a.name == "chosen" ? 100 : 0; }},
    {"collaboration.dissolved", nullptr, some_label},
    {"collaboration.fee.amount", odds<100>, hundredths<1, 200>},
    {"collaboration.recruit", [](Author& a) { return a.tied().empty() || a.has("dissolved") ? 0 : 35; }, recruiting},
    {"collaboration.recruit.hazard.base", odds<80>, hundredths<1, 30>},
    {"collaboration.recruit.hazard.share", odds<80>, hundredths<0, 90>},
    {"collaboration.pledge", [](Author& a) { return a.ground.start == a.ground.end || a.has("dissolved") ? 0 : 30; }},
    {"collaboration.pledge.policy", odds<100>, pledged_policy},
    {"collaboration.pledge.needs", odds<100>, needed_pledges},
    {"collaboration.pledge.from", odds<40>, label_inside},
    {"collaboration.pledge.deadline", odds<40>, deadline},
    {"scenario.resources.initial", odds<80>, money},
    {"scenario.resources.income", odds<80>, money},
    {"scenario.resources.growth", nullptr, hundredths<-10, 10>},
    {"scenario.resources.returns", [](Author& a) { return a.tied().empty() ? 0 : 50; }},
    {"scenario.resources.returns.per_tie", odds<100>, hundredths<0, 300>},
    {"scenario.output.by", needs_texts, groupings},
    {"scenario.output.quantiles", nullptr, quantiles},
    {"scenario.output.file", nullptr, [](Author&, Field const&) { return scalar("r.h5"); }},
};

}  // namespace

std::span<Row const> world_rows() {
  return world_rows_table;
}

}  // namespace hansa::test
