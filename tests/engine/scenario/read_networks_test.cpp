/// Tests of scenario/read_networks.
#include "support.hpp"

using namespace hansa;
using namespace hansa::testing;

TEST_CASE("networks of all sources, sorted by name") {
  Checked const checked = check_with(
      "networks: {sister: {file: data/ties.csv, directed: false}, nearby: {nearest: {k: 8}, weight: {decay_km: 1500}},"
      " peers: {similar: {on: [size, income], k: 10}, weight: {attribute: size}}, chance: {erdos_renyi: {degree: 10}},"
      " far: {nearest: {k: 2, on: [x, y]}}, sparse: {erdos_renyi: {ties: 7}, directed: true}},");
  CHECK(checked.errors.empty());
  auto const& networks = checked.scenario.networks;
  REQUIRE(networks.size() == 6);
  CHECK(networks[0].name == "chance");
  CHECK_FALSE(networks[0].directed);
  CHECK(std::get<ErdosRenyiTies>(networks[0].ties).degree == 10.0);
  CHECK_FALSE(std::get<ErdosRenyiTies>(networks[0].ties).ties);
  CHECK(std::get<NearestTies>(networks[1].ties).on.size() == 2);
  CHECK(networks[2].name == "nearby");
  CHECK(networks[2].directed);
  CHECK(std::get<NearestTies>(networks[2].ties).k == 8);
  CHECK(std::get<DecayWeight>(networks[2].weight).km == 1500);
  CHECK(std::get<SimilarTies>(networks[3].ties).on[1].name == "income");
  CHECK(std::get<SourceWeight>(networks[3].weight).attribute.name == "size");
  CHECK(networks[4].name == "sister");
  CHECK_FALSE(networks[4].directed);
  CHECK(std::get<FileTies>(networks[4].ties).file.path == "folder/data/ties.csv");
  CHECK(networks[5].directed);
  CHECK(std::get<ErdosRenyiTies>(networks[5].ties).ties == 7);
}

TEST_CASE("mistakes in networks") {
  auto one = [](std::string const& network) { return complaint("networks: {n:\n" + network + "},"); };
  CHECK(one("{directed: true}") ==
        "s.yaml:1:13: 'n' has none of file, nearest, similar, erdos_renyi, exactly one of them was expected");
  CHECK(one("{file: a, nearest: {k: 2}}") ==
        "s.yaml:2:11: 'nearest' cannot stand beside 'file', only one of them was expected");
  CHECK(one("{nearst: {k: 2}}") ==
        "s.yaml:2:2: unknown key 'nearst', one of file, nearest, similar, erdos_renyi, directed, weight, ties, redraw "
        "was "
        "expected; "
        "did you mean 'nearest'?");
  CHECK(one("{watts_strogatz: {degree: 2}}") == "s.yaml:2:2: 'watts_strogatz' is not supported by this version");
  CHECK(one("{nearest: {}}") ==
        "s.yaml:2:2: 'k' is missing in 'nearest', a whole number from 1 to 1000000000 was expected");
  CHECK(one("{nearest: 5}") == "s.yaml:2:11: 'nearest' is '5', a map was expected");
  CHECK(one("{similar: {k: 2}}") ==
        "s.yaml:2:2: 'on' is missing in 'similar', a list of names of attributes was expected");
  CHECK(one("{similar: {k: 2, on: []}}") == "s.yaml:2:22: 'on' is empty, at least one attribute was expected");
  CHECK(one("{erdos_renyi: {}}") ==
        "s.yaml:2:2: 'erdos_renyi' has none of degree, probability, ties, exactly one of them was expected");
  CHECK(one("{erdos_renyi: {degree: 2, ties: 3}}") ==
        "s.yaml:2:27: 'ties' cannot stand beside 'degree', only one of them was expected");
  CHECK(one("{erdos_renyi: {probability: 1.5}}") ==
        "s.yaml:2:29: 'probability' is '1.5', a number from 0 to 1 was expected");
  CHECK(one("{nearest: {k: 2}, weight: {decay_km: 0}}") ==
        "s.yaml:2:38: 'decay_km' is '0', a number above 0 was expected");
  CHECK(one("{nearest: {k: 2}, weight: {}}") ==
        "s.yaml:2:19: 'weight' has none of decay_km, attribute, exactly one of them was expected");
  CHECK(one("{nearest: {k: 2}, directed: 1}") == "s.yaml:2:29: 'directed' is '1', true or false was expected");
  CHECK(complaint("networks: {my net: {nearest: {k: 2}}},") ==
        "s.yaml:1:13: 'my net' is not a name, letters, digits, '_' and '-' were expected");
}

TEST_CASE("networks with mistakes are left out, and may still be referred to") {
  Checked const checked = check_with("networks: {bad: {nearest: {k: 0}}, good: {nearest: {k: 1}}},",
                                     "{p: {baseline: 1, mechanisms: {m: {exposure: {network: bad}}}}}");
  CHECK(checked.errors.size() == 1);
  REQUIRE(checked.scenario.networks.size() == 1);
  CHECK(checked.scenario.networks[0].name == "good");
}

TEST_CASE("collaborations") {
  Checked const checked = check_with(
      "collaborations: {file: m.csv, properties: {c40: {dissolved: 2030}, \"the club\": {members: {top: 4, by: "
      "size}}}},");
  CHECK(checked.errors.empty());
  auto const& collaborations = checked.scenario.collaborations;
  CHECK(collaborations.file->path == "folder/m.csv");
  REQUIRE(collaborations.properties.size() == 2);
  CHECK(collaborations.properties[0].name == "c40");
  CHECK(collaborations.properties[0].dissolved == 2030);
  CHECK_FALSE(collaborations.properties[0].members);
  CHECK(collaborations.properties[1].members->form == Selector::Form::top);
  CHECK(complaint("collaborations: {properties: {c40: {fee: {amount: 3}}}},") ==
        "s.yaml:1:38: 'fee' is not supported by this version");
  CHECK(complaint("collaborations: {properties: {c40: {dissolved: 2030.5}}},") ==
        "s.yaml:1:49: 'dissolved' is '2030.5', a whole number from -1000000000 to 1000000000 was expected");
}

TEST_CASE("what the format takes for granted may be written, and nothing else") {
  CHECK(check_with("networks: {n: {nearest: {k: 1}, ties: current, redraw: scenario}},").errors.empty());
  CHECK(complaint("networks: {n: {nearest: {k: 1}, ties: lagged}},") ==
        "s.yaml:1:40: 'ties: lagged' is not supported by this version");
  CHECK(complaint("networks: {n: {nearest: {k: 1}, redraw: replicate}},") ==
        "s.yaml:1:42: 'redraw: replicate' is not supported by this version");
  CHECK(complaint("networks: {n: {nearest: {k: 1}, redraw: often}},") ==
        "s.yaml:1:42: 'redraw' is 'often', scenario was expected");
}
