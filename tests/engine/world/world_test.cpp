/// The whole world: its digest does not depend on the order of rows, and depends on everything else.
#include "world/world.hpp"

#include <functional>

#include <doctest/doctest.h>

#include "engine/world/support.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

struct WorldQuestion {
  Scenario scenario;
  Tables tables;
};

void add_network(Scenario& scenario, std::string name, decltype(NetworkSpec::ties) ties,
                 decltype(NetworkSpec::weight) weight = {}, bool directed = true) {
  NetworkSpec& spec = scenario.networks.emplace_back();
  spec.name = std::move(name);
  spec.where = here;
  spec.ties = std::move(ties);
  spec.directed = directed;
  spec.weight = std::move(weight);
}

/// 60 cities on a coarse grid, so that distances tie, with every kind of network, and rows that repeat.
WorldQuestion question() {
  WorldQuestion q;
  std::string cities_text = "id,region,lat,lon,population,two,half\n";
  std::string ties = "source,target,weight\n";
  std::string members = "city,collaboration,joined,left\n";
  std::string adopters = "city,year,policy\n";
  for (int i = 0; i < 60; ++i) {
    std::string const id = "city-" + std::to_string(i * 7919 % 97);
    cities_text += id + "," + (i % 3 ? "X" : "Y") + "," + std::to_string(i % 8) + "," + std::to_string(i / 8) + "," +
                   std::to_string(1000 + i * i) + ",2," + (i % 2 ? "odd" : "even") + "\n";
    std::string const next = "city-" + std::to_string((i + 1) % 60 * 7919 % 97);
    ties += id + "," + next + "," + std::to_string(0.37 * i) + "\n" + id + "," + next + ",0.1\n";
    if (i % 4 == 0) members += id + ",c40," + std::to_string(2000 + i % 5) + ",\n" + id + ",c40,1990,1995\n";
    if (i % 5 == 0) adopters += id + "," + std::to_string(1995 + i % 9) + ",led\n";
  }
  q.tables = {
      {"c.csv", table(cities_text)}, {"t.csv", table(ties)}, {"m.csv", table(members)}, {"a.csv", table(adopters)}};
  Scenario& s = q.scenario;
  s.clock = {2000, 2010, "year"};
  s.cities.file = file("c.csv");
  DerivedAttribute size;
  size.name = "size";
  size.from = DerivedAttribute::From::log;
  size.column = reference("population");
  size.standardize = true;
  s.cities.attributes = {size};
  add_network(s, "alike", SimilarTies{4, {reference("size"), reference("region")}});
  add_network(s, "chance", ErdosRenyiTies{6, {}, {}}, {}, false);
  add_network(s, "near", NearestTies{5, {}}, DecayWeight{300});
  add_network(s, "plane", NearestTies{3, {reference("lat"), reference("lon")}}, SourceWeight{reference("population")},
              false);
  add_network(s, "sister", FileTies{file("t.csv")}, {}, false);
  add_network(s, "blocks", StochasticBlockTies{reference("region"), {{"X", {{"X", 0.1}, {"Y", 0.2}}}}}, {}, false);
  add_network(s, "close", WithinTies{200.0, {}, {}}, {}, false);
  add_network(s, "hubs", BarabasiAlbertTies{2}, DecayWeight{300}, false);
  add_network(s, "ring", WattsStrogatzTies{4, 0.3}, {}, false);
  add_network(s, "tongue", SameTies{reference("region")}, {}, false);
  add_network(s, "twos", ConfigurationTies{reference("two")}, {}, false);
  s.collaborations.file = file("m.csv");
  PolicySpec policy;
  policy.name = "led";
  policy.adopters.source = file("a.csv");
  s.policies = {policy};
  return q;
}

/// Gives every row of a table the same last year.
void date(Table& rows, std::string const& until) {
  std::vector<std::string> cells;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    for (std::size_t column = 0; column < rows.columns(); ++column) cells.push_back(rows.cell(row, column));
    cells.push_back(until);
  }
  rows.header.emplace_back("until");
  rows.cells = std::move(cells);
}

std::string digest_of(WorldQuestion const& q) {
  Complaints complaints;
  World const world = build_world(q.scenario, q.tables, complaints);
  CHECK(mistakes(complaints) == "");
  CHECK(world.cities.size() == 60);
  return digest(world);
}

}  // namespace

TEST_CASE("shuffled rows of every file give the same world") {
  WorldQuestion const q = question();
  std::string const expected = digest_of(q);
  CHECK(expected.size() == 64);
  for (unsigned seed = 1; seed <= 10; ++seed) {
    WorldQuestion other = q;
    for (auto& [path, rows] : other.tables) rows = shuffled(rows, seed);
    CHECK(digest_of(other) == expected);
  }
  WorldQuestion reversed = q;
  std::reverse(reversed.scenario.networks.begin(), reversed.scenario.networks.end());
  CHECK(digest_of(reversed) == expected);
}

TEST_CASE("everything that can reach a result changes the digest") {
  WorldQuestion const q = question();
  std::string const expected = digest_of(q);
  std::vector<std::function<void(WorldQuestion&)>> const changes{
      [](WorldQuestion& o) { o.tables["c.csv"].cells[4] = "1001"; },
      [](WorldQuestion& o) { o.tables["c.csv"].cells[1] = "X"; },
      [](WorldQuestion& o) { o.tables["t.csv"].cells[2] = "0.25"; },
      [](WorldQuestion& o) { o.tables["m.csv"].cells[2] = "1999"; },
      [](WorldQuestion& o) { o.tables["a.csv"].cells[1] = "1994"; },
      [](WorldQuestion& o) { o.scenario.seed = 2; },
      [](WorldQuestion& o) { o.scenario.networks[2].weight = DecayWeight{301}; },
      [](WorldQuestion& o) { o.scenario.networks[4].name = "twin"; },
      [](WorldQuestion& o) { o.scenario.networks[1].redraw = Redrawing::replicate; },
      [](WorldQuestion& o) { o.scenario.networks[4].timing = TieTiming::lagged; },
      [](WorldQuestion& o) { o.scenario.networks[9].ties = SameTies{reference("half")}; },
      [](WorldQuestion& o) { date(o.tables["t.csv"], "2004"); },
      [](WorldQuestion& o) { o.scenario.policies[0].name = "brt"; },
      [](WorldQuestion& o) {
        Selector one;
        one.form = Selector::Form::ids;
        one.names = {reference("city-0")};
        o.scenario.policies[0].adopters.coverage = one;
      },
  };
  for (std::size_t k = 0; k < changes.size(); ++k) {
    CAPTURE(k);
    WorldQuestion other = q;
    changes[k](other);
    CHECK(digest_of(other) != expected);
  }
}

TEST_CASE("an isolated city leaves the ties and ids of the others") {
  WorldQuestion q = question();
  // Ties by distance and likeness are between the cities there are; those from the file and by chance stay.
  q.scenario.networks = {q.scenario.networks[1], q.scenario.networks[4]};
  q.scenario.networks[0].ties = ErdosRenyiTies{{}, 0.1, {}};
  Complaints complaints;
  World const before = build_world(q.scenario, q.tables, complaints);
  Table& rows = q.tables["c.csv"];
  for (std::string_view cell : {"aaa", "X", "50", "50", "5000", "2", "odd"}) rows.cells.emplace_back(cell);
  rows.lines.push_back(static_cast<int>(rows.lines.size()) + 2);
  World const after = build_world(q.scenario, q.tables, complaints);
  CHECK(mistakes(complaints) == "");
  CHECK(after.cities.id[0] == "aaa");
  for (std::size_t layer = 0; layer < 2; ++layer) {
    std::vector<StoredTie> expected = stored(before.networks[layer]);
    for (StoredTie& tie : expected) ++tie.source, ++tie.target;
    std::vector<StoredTie> found = stored(after.networks[layer]);
    std::erase_if(found, [](StoredTie const& tie) { return tie.source == 0 || tie.target == 0; });
    CHECK(found == expected);
  }
  CHECK(after.network("sister")->unit == before.network("sister")->unit);
}

TEST_CASE("names are found in the world, and only those") {
  WorldQuestion const q = question();
  Complaints complaints;
  World const world = build_world(q.scenario, q.tables, complaints);
  CHECK(world.network("near")->name == "near");
  CHECK(world.network("nea") == nullptr);
  CHECK(world.collaboration("c40")->members.size() == 30);
  CHECK(world.collaboration("c41") == nullptr);
}

TEST_CASE("mistakes in all files are told together; without cities only theirs") {
  WorldQuestion q = question();
  q.tables["t.csv"].cells[0] = "city-01";
  q.tables["m.csv"].cells[0] = "city-02";
  q.tables["a.csv"].cells[0] = "city-03";
  q.tables["c.csv"].cells[2] = "91";
  Complaints complaints;
  (void)build_world(q.scenario, q.tables, complaints);
  for (std::string_view part : {"'city-01'", "'city-02'", "'city-03'", "'91' in column 'lat' is out of range"}) {
    CAPTURE(part);
    CHECK(contains(mistakes(complaints), part));
  }
  Complaints none;
  q.tables.erase("c.csv");
  CHECK(build_world(q.scenario, q.tables, none).networks.empty());
  CHECK(none.empty());  // the missing file has been told by its reader
}
